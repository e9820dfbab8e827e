"""The bundled vintages as one table of claims, and the sources they come from."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from lodeclaim.claims.model import Claim, Source
from lodeclaim.claims.table import COLUMNS, from_row
from lodeclaim.core.errors import ClaimNotFound, StatisticsError
from lodeclaim.vocabulary.load import read_yaml

if TYPE_CHECKING:
    import polars as pl

__all__ = ["statistic_claim", "statistic_claims", "vintages"]

VINTAGES = Path(__file__).parent / "vintages"


@cache
def vintages() -> tuple[Source, ...]:
    """Return the sources of the bundled statistics, one for each vintage, in the order they were built."""
    return tuple(msgspec.convert(entry, Source) for entry in read_yaml(VINTAGES / "sources.yaml"))


def statistic_claims(vintages: Sequence[str] | None = None) -> pl.LazyFrame:
    """Return the claims of the bundled statistics as a lazy table with the full schema of claims.

    ``vintages`` are source ids such as ``usgs-mcs-2026``; None takes all. ``reasons`` is null: the row of the
    table is the reason. Raises StatisticsError for a vintage that is not bundled.

    >>> import polars as pl
    >>> tungsten = statistic_claims(["usgs-mcs-2026"]).filter(pl.col("material") == "tungsten")
    >>> world = tungsten.filter(predicate="production", place="WLD", period="2025").collect()
    >>> world["value"].to_list()
    [85000.0]
    """
    import polars as pl

    bundled = _ids()
    wanted = bundled if vintages is None else tuple(dict.fromkeys(vintages))
    for vintage in wanted:
        if vintage not in bundled:
            raise StatisticsError(
                f"no vintage {vintage!r}", where="statistics", remedy=f"There are {', '.join(bundled)}"
            )
    frames = [pl.scan_parquet(VINTAGES / f"{vintage}.parquet") for vintage in wanted]
    if not frames:
        from lodeclaim.claims.table import schema

        return pl.LazyFrame(schema=schema())
    return pl.concat(frames).with_columns(reasons=pl.lit(None, dtype=pl.String)).select(COLUMNS)


def statistic_claim(id: str) -> Claim:
    """Return the claim with that id; raises ClaimNotFound where no vintage has it."""
    import polars as pl

    rows = statistic_claims().filter(pl.col("id") == id).collect()
    if rows.is_empty():
        raise ClaimNotFound(f"no statistical claim {id!r}", remedy="Take an id from statistic_claims()")
    return from_row(rows.row(0, named=True))


def _ids() -> tuple[str, ...]:
    return tuple(source.id for source in vintages())

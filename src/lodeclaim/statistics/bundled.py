"""The bundled vintages, and those a person keeps beside a ledger, as one table of claims."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from lodeclaim.claims.model import Claim, Source
from lodeclaim.claims.table import COLUMNS, from_row, schema
from lodeclaim.core.errors import ClaimNotFound, StatisticsError
from lodeclaim.statistics.kept import Vintage, kept

if TYPE_CHECKING:
    import polars as pl

__all__ = ["asked_for", "statistic_claim", "statistic_claims", "vintages"]

VINTAGES = Path(__file__).parent / "vintages"


def vintages(extra: Path | None = None) -> tuple[Source, ...]:
    """Return the sources of the bundled statistics, one for each vintage, then those kept in the folder ``extra``."""
    return tuple(one.source for one in _vintages(extra))


def asked_for(
    wanted: Mapping[str, tuple[str, ...]], extra: Path | None = None, *, every: bool = False
) -> tuple[str, ...]:
    """Return the vintages that answer a question with these filters (slot → ids).

    Bilateral trade has hundreds of thousands of rows and no place in most answers: such a bulk vintage is read only
    where ``source`` names it, ``predicate`` names trade, or ``every`` claim is looked through for an id.
    """
    sources = wanted.get("source")
    trade = every or "trade" in wanted.get("predicate", ())
    return tuple(
        one.source.id
        for one in _vintages(extra)
        if (one.source.id in sources if sources is not None else trade or not one.bulk)
    )


def statistic_claims(vintages: Sequence[str] | None = None, *, extra: Path | None = None) -> pl.LazyFrame:
    """Return the claims of statistics as a lazy table with the full schema of claims.

    ``vintages`` are source ids such as ``usgs-mcs-2026``; None takes all but bulk ones (bilateral trade), which have
    to be named. ``extra`` is a folder of vintages that a person loaded. ``reasons`` is null: the row of the table is
    the reason. Raises StatisticsError for a vintage that is neither bundled nor kept there.

    >>> import polars as pl
    >>> tungsten = statistic_claims(["usgs-mcs-2026"]).filter(pl.col("material") == "tungsten")
    >>> world = tungsten.filter(predicate="production", place="WLD", period="2025").collect()
    >>> world["value"].to_list()
    [85000.0]
    """
    import polars as pl

    known = {one.source.id: one for one in _vintages(extra)}
    default = tuple(key for key, one in known.items() if not one.bulk)
    wanted = default if vintages is None else tuple(dict.fromkeys(vintages))
    for vintage in wanted:
        if vintage not in known:
            raise StatisticsError(f"no vintage {vintage!r}", where="statistics", remedy=f"There are {', '.join(known)}")
    frames = [pl.scan_parquet(known[vintage].path) for vintage in wanted]
    if not frames:
        return pl.LazyFrame(schema=schema())
    return pl.concat(frames).with_columns(reasons=pl.lit(None, dtype=pl.String)).select(COLUMNS)


def statistic_claim(id: str, *, extra: Path | None = None) -> Claim:
    """Return the claim with that id; raises ClaimNotFound where no vintage has it."""
    import polars as pl

    everywhere = asked_for({}, extra, every=True)
    rows = statistic_claims(everywhere, extra=extra).filter(pl.col("id") == id).collect()
    if rows.is_empty():
        raise ClaimNotFound(f"no statistical claim {id!r}", remedy="Take an id from statistic_claims()")
    return from_row(rows.row(0, named=True))


def _vintages(extra: Path | None) -> tuple[Vintage, ...]:
    """The bundled ones, then the loaded ones; a loaded one of the same name takes the place of the bundled."""
    found = {one.source.id: one for one in _bundled()}
    if extra is not None:
        found |= {one.source.id: one for one in kept(extra)}
    return tuple(found.values())


@cache
def _bundled() -> tuple[Vintage, ...]:
    return kept(VINTAGES)

"""The published net import reliance of the United States, recomputed from the rows beside it.

Which rows count differs from commodity to commodity and is data: ``data/net_import_reliance.yaml``. Each published
number comes out as agreeing, differing, or as one that cannot be recomputed, with what is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from lodeclaim.claims.figure import Figure
from lodeclaim.indicators.reliance_rows import Index, Row, Series, Terms, checked, computed
from lodeclaim.vocabulary.load import read_yaml

if TYPE_CHECKING:
    import polars as pl

__all__ = ["agreement", "recompute_us_reliance", "reliance_series", "us_net_import_reliance", "verdict_table"]

_FILE = Path(__file__).parent / "data" / "net_import_reliance.yaml"
_PREDICATES = ("production", "trade", "demand", "stocks", "import_reliance")
_COLUMNS = (
    *("material", "predicate", "kind", "form", "period", "locator", "basis", "unit", "id", "value", "comparator"),
    *("flags", "quote"),
)


class _Layout(Terms, frozen=True, forbid_unknown_fields=True, kw_only=True):
    source: str
    vintage: str
    place: str
    series: tuple[Series, ...]


@cache
def reliance_series() -> _Layout:
    """Return the layout: the source, the vintage it is for, and every series with its rows."""
    return msgspec.convert(read_yaml(_FILE), _Layout)


def recompute_us_reliance(frame: pl.DataFrame, *, material: str | None = None, year: int | None = None) -> pl.DataFrame:
    """Return every published net import reliance beside the one computed from the rows of the same release.

    Columns: material, form, year, published, comparator, recomputed, low, high (all %), status (``agrees``,
    ``differs``, ``cannot be computed``, ``not published``), reason, claims. A number agrees when what the rounding
    of the rows allows meets what the rounding of the published one allows; a bound (such as more than 75) agrees
    when the computed number lies within. Published as net exporter is zero or less.
    """
    layout = reliance_series()
    return verdict_table(
        [
            checked(layout, series, published, found)
            for series, published, found in _published(frame, layout, material, year)
        ]
    )


def verdict_table(rows: Sequence[tuple[object, ...]]) -> pl.DataFrame:
    """Return verdicts of ``reliance_rows.checked`` as the table of recompute_us_reliance."""
    import polars as pl

    schema = {
        "material": pl.String(),
        "form": pl.String(),
        "year": pl.Int64(),
        "published": pl.Float64(),
        "comparator": pl.String(),
        "recomputed": pl.Float64(),
        "low": pl.Float64(),
        "high": pl.Float64(),
        "status": pl.String(),
        "reason": pl.String(),
        "claims": pl.List(pl.String()),
    }
    return pl.DataFrame(rows, schema=schema, orient="row")


def us_net_import_reliance(frame: pl.DataFrame, material: str, year: int, *, form: str | None = None) -> Figure:
    """Return the net import reliance of the United States in a year, computed from the rows of the release.

    Unknown where the layout has no such series or a row is withheld; then the figure says what is missing.
    """
    layout = reliance_series()
    series = next((one for one in layout.series if (one.material, one.form) == (material, form)), None)
    if series is None:
        what = f"a definition of net import reliance for {material}" + (f" ({form})" if form else "")
        return Figure.unknown(what, unit="%", period=str(year))
    return computed(layout, series, _indexes(frame, layout, [material]).get(material, {}), year)


def agreement(table: pl.DataFrame) -> dict[str, int]:
    """Return how many rows of recompute_us_reliance have each status."""
    found = dict.fromkeys(("agrees", "differs", "cannot be computed", "not published"), 0)
    return found | dict(table.group_by("status").len().rows())


def _published(
    frame: pl.DataFrame, layout: _Layout, material: str | None, year: int | None
) -> Iterator[tuple[Series | None, Row, Index]]:
    import polars as pl

    known = {(one.material, one.form): one for one in layout.series}
    rows = frame.filter(
        pl.col("source") == layout.vintage, pl.col("predicate") == "import_reliance", pl.col("place") == layout.place
    )
    if material is not None:
        rows = rows.filter(pl.col("material") == material)
    if year is not None:
        rows = rows.filter(pl.col("period") == str(year))
    wanted = rows["material"].drop_nulls().unique().to_list()
    indexes = _indexes(frame, layout, wanted)
    for row in rows.sort("material", "form", "period", nulls_last=True).iter_rows(named=True):
        yield known.get((row["material"], row["form"])), row, indexes.get(row["material"], {})


def _indexes(frame: pl.DataFrame, layout: _Layout, materials: Iterable[str]) -> dict[str, Index]:
    """Material → its rows on the country, found in one pass."""
    import polars as pl

    rows = frame.filter(
        pl.col("source") == layout.vintage,
        pl.col("material").is_in(list(materials)),
        pl.col("place") == layout.place,
        pl.col("predicate").is_in(list(_PREDICATES)),
    )
    found: dict[str, dict[tuple[str, str | None, str | None, str], list[Row]]] = {}
    for row in rows.select(_COLUMNS).iter_rows(named=True):
        key = (row["predicate"], row["kind"], row["form"], row["period"])
        found.setdefault(row["material"], {}).setdefault(key, []).append(row)
    return dict(found)

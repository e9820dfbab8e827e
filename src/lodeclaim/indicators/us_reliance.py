"""The published net import reliance of the United States, recomputed from the rows beside it.

Which rows count differs from commodity to commodity and is data: ``data/net_import_reliance.yaml``. Each published
number comes out as agreeing, differing, or as one that cannot be recomputed, with what is missing.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from lodeclaim.claims.figure import Figure
from lodeclaim.core.errors import BasisError
from lodeclaim.core.quantity import Interval
from lodeclaim.indicators.reliance import net_import_reliance
from lodeclaim.vocabulary.load import read_yaml

if TYPE_CHECKING:
    import polars as pl

__all__ = ["agreement", "recompute_us_reliance", "reliance_series", "us_net_import_reliance"]

_FILE = Path(__file__).parent / "data" / "net_import_reliance.yaml"
_PREDICATES = ("production", "trade", "demand", "stocks", "import_reliance")
_COLUMNS = (
    *("material", "predicate", "kind", "form", "period", "locator", "basis", "unit", "id", "value", "comparator"),
    *("flags", "quote"),
)
_NONE = "-"
Row = dict[str, Any]
#: (predicate, kind, form, year) → rows of the release
Index = Mapping[tuple[str, str | None, str | None, str], list[Row]]


class _Series(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One published series and the rows that make it up."""

    material: str
    form: str | None = None
    production: tuple[str, ...] = ()
    trade: tuple[str, ...] = ()
    imports: tuple[str, ...] = ()
    exports: tuple[str, ...] = ()
    stocks: tuple[str, ...] = ()
    releases: tuple[str, ...] = ()
    consumption: str | None = None
    over: Literal["sum", "consumption", "balance"] = "sum"
    accepts: dict[str, str] = msgspec.field(default_factory=dict)
    missing: str | None = None


class _Layout(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    source: str
    vintage: str
    place: str
    releases_until: int
    series: tuple[_Series, ...]


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
    import polars as pl

    layout = reliance_series()
    rows = [
        _checked(layout, series, published, found)
        for series, published, found in _published(frame, layout, material, year)
    ]
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
    return _computed(layout, series, _indexes(frame, layout, [material]).get(material, {}), year)


def agreement(table: pl.DataFrame) -> dict[str, int]:
    """Return how many rows of recompute_us_reliance have each status."""
    found = dict.fromkeys(("agrees", "differs", "cannot be computed", "not published"), 0)
    return found | dict(table.group_by("status").len().rows())


def _published(
    frame: pl.DataFrame, layout: _Layout, material: str | None, year: int | None
) -> Iterator[tuple[_Series | None, Row, Index]]:
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


def _checked(layout: _Layout, series: _Series | None, published: Row, index: Index) -> tuple[object, ...]:
    year, value, comparator = int(published["period"]), published["value"], published["comparator"]
    head = (published["material"], published["form"], year, value, comparator)
    if series is None:
        return (*head, None, None, None, "cannot be computed", "missing a definition of the series", [published["id"]])
    figure = _computed(layout, series, index, year)
    claims = [published["id"], *figure.claims]
    ends = (figure.value, figure.low, figure.high)
    if value is None:
        return (*head, *ends, "not published", f"not published ({published['flags']})", claims)
    printed = _allowed(value, comparator)
    if figure.value is None:
        if figure.high is not None and figure.high <= printed.high and printed.low == -math.inf:
            return (*head, *ends, "agrees", f"at most {figure.high:g} %, {_how(series)}", claims)
        return (*head, *ends, "cannot be computed", f"missing {figure.missing}", claims)
    spread = Interval(
        figure.low if figure.low is not None else -math.inf, figure.high if figure.high is not None else math.inf
    )
    if spread.overlaps(printed):
        return (*head, *ends, "agrees", _how(series), claims)
    off = figure.value - value
    reason = f"{abs(off):.1f} points {'above' if off > 0 else 'below'} what is published, {_how(series)}"
    return (*head, *ends, "differs", reason + _beside(series, index, year, figure), claims)


def _beside(series: _Series, index: Index, year: int, figure: Figure) -> str:
    """What the published consumption would give, since it may rest on other numbers than the rows beside it."""
    found = [
        row["value"]
        for form in (series.form, None)
        for row in index.get(("demand", "apparent", form, str(year)), [])
        if row["value"]
    ]
    production = _figures(series, index, "production", series.production, year)
    if not found or figure.value is None or any(one.value is None for one in production):
        return "; the release gives no consumption to compare with"
    made = sum(one.value or 0.0 for one in production)
    rest = 100 * (found[0] - made) / found[0]
    whole = made / (1 - figure.value / 100) if figure.value < 100 else math.nan
    return (
        f"; the rows add up to a consumption of {whole:,.4g} t, {found[0]:,.6g} t is published, "
        f"and what that leaves over production is {rest:.1f} %"
    )


def _how(series: _Series) -> str:
    over = {
        "sum": "over production and net imports",
        "consumption": "over the published consumption",
        "balance": "published consumption less production, over that consumption",
    }[series.over]
    return over + "".join(f"; {basis}: {why}" for basis, why in series.accepts.items())


def _allowed(value: float, comparator: str | None) -> Interval:
    if comparator in (">", ">="):
        return Interval(value, math.inf)
    if comparator in ("<", "<="):
        return Interval(-math.inf, value)
    return Interval(value - 0.5, value + 0.5)


def _computed(layout: _Layout, series: _Series, index: Index, year: int) -> Figure:
    if series.missing is not None:
        return Figure.unknown(f"{series.missing}: the release does not give it", unit="%", period=str(year))
    production = _figures(series, index, "production", series.production, year)
    consumption = (
        _figures(series, index, "demand", (series.consumption,), year)[0] if series.consumption is not None else None
    )
    if series.over == "balance" and consumption is not None:
        # What consumption leaves over production is net imports, whatever they are made of.
        return _balance(production, consumption)
    imports = _figures(series, index, "trade", (*series.trade, *series.imports), year, kind="import")
    exports = _figures(series, index, "trade", (*series.trade, *series.exports), year, kind="export")
    stocks = [_change(series, index, selector, year) for selector in series.stocks]
    if year <= layout.releases_until:
        released = _figures(series, index, "stocks", series.releases, year)
        stocks += [_negative(one) for one in released]
    try:
        return net_import_reliance(
            production if series.over == "sum" else (),
            imports,
            exports,
            stocks,
            consumption=consumption if series.over == "consumption" else None,
        )
    except BasisError as error:
        return Figure.unknown(f"one basis: {error.what}", unit="%", period=str(year))


def _balance(production: Iterable[Figure], consumption: Figure) -> Figure:
    made = list(production)
    return net_import_reliance(made, [consumption], made, consumption=consumption)


def _figures(
    series: _Series, index: Index, predicate: str, selectors: Iterable[str], year: int, *, kind: str | None = None
) -> list[Figure]:
    result = []
    for selector in selectors:
        first, _, last = selector.rpartition("/")
        wanted = kind if kind is not None else (None if first == _NONE else first)
        form = None if last == _NONE else last
        result.append(_figure(series, index, (predicate, wanted, form, str(year))))
    return result


def _figure(series: _Series, index: Index, key: tuple[str, str | None, str | None, str]) -> Figure:
    rows = index.get(key, [])
    name = " ".join(part for part in (key[1], key[0], key[2]) if part) + f" in {key[3]}"
    if not rows:
        return Figure.unknown(f"{name}: no row", unit="t", period=key[3])
    # A chapter gives its salient statistics first; its world table repeats some of them, rounded or by gross weight.
    row = min(rows, key=lambda one: int(one["locator"].partition(":")[2]))
    basis = None if row["basis"] in series.accepts else row["basis"]
    known = {"unit": row["unit"], "period": row["period"], "basis": basis, "claims": (row["id"],)}
    if row["value"] is None:
        why = (row["flags"] or "no number").replace("-", " ")
        return Figure.unknown(f"{name}: {why}", **known)
    if row["comparator"] in ("<", "<="):
        if row["value"] and _negligible(row):
            return Figure(value=row["value"] / 2, low=0.0, high=row["value"], **known)
        return Figure.unknown(f"{name}: only an upper bound", low=0.0, high=row["value"], **known)
    spread = _rounding(row)
    return Figure(value=row["value"], low=spread.low, high=spread.high, **known)


def _negligible(row: Row) -> bool:
    """Whether the bound is half a unit of the table: too little to be printed, not a quantity kept back."""
    token = row["quote"].rsplit(" | ", 1)[-1].strip()
    return "½" in token or token in ("s", "<0.5", "<500") or bool(row["flags"] and "insignificant" in row["flags"])


def _change(series: _Series, index: Index, selector: str, year: int) -> Figure:
    """What stocks gained over the year."""
    now, before = (_figures(series, index, "stocks", (selector,), when)[0] for when in (year, year - 1))
    claims = tuple(dict.fromkeys((*now.claims, *before.claims)))
    if now.value is None or before.value is None:
        return Figure.unknown(now.missing or before.missing or "stocks", period=str(year), claims=claims)
    return Figure(
        value=now.value - before.value,
        low=(now.low or 0.0) - (before.high or 0.0),
        high=(now.high or 0.0) - (before.low or 0.0),
        unit=now.unit,
        period=str(year),
        basis=now.basis,
        claims=claims,
    )


def _negative(one: Figure) -> Figure:
    if one.value is None:
        return one
    return dataclasses.replace(one, value=-one.value, low=-(one.high or 0.0), high=-(one.low or 0.0))


def _rounding(row: Row) -> Interval:
    """What the printed number may have been: the release rounds to three significant digits or fewer."""
    token = row["quote"].rsplit(" | ", 1)[-1].strip().replace(",", "").lstrip("e<>")
    value = float(row["value"])
    if not value or not token.replace(".", "").isdigit():
        return Interval(value, value)
    number = float(token)
    if "." in token:
        half = 0.5 * 10.0 ** -len(token.partition(".")[2])
    else:
        zeros = len(token) - len(token.rstrip("0"))
        half = 0.5 * 10.0 ** min(zeros, max(0, len(token) - 2))
    return Interval(value * max(0.0, number - half) / number, value * (number + half) / number)

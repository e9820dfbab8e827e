"""One series of net import reliance from the rows of a release: computed, and set beside what is published.

Pure: rows come in as mappings and go out as figures and verdicts, wherever they were read from.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable, Mapping
from typing import Any, Literal

import msgspec

from lodeclaim.claims.figure import Figure
from lodeclaim.core.errors import BasisError
from lodeclaim.core.quantity import Interval
from lodeclaim.indicators.reliance import net_import_reliance

__all__ = ["Index", "Row", "Series", "Terms", "checked", "computed"]

_NONE = "-"
Row = dict[str, Any]
#: (predicate, kind, form, year) → rows of the release
Index = Mapping[tuple[str, str | None, str | None, str], list[Row]]


class Series(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
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
    closing: str | None = None
    below: dict[str, float] = msgspec.field(default_factory=dict)
    accepts: dict[str, str] = msgspec.field(default_factory=dict)
    note: str | None = None
    missing: str | None = None


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """What holds for every series of a release: its first year, and the last in which Government sales count."""

    first_year: int
    releases_until: int


def checked(terms: Terms, series: Series | None, published: Row, index: Index) -> tuple[object, ...]:
    """Return the published number beside the computed one, with its verdict: the columns of recompute_us_reliance."""
    year, value, comparator = int(published["period"]), published["value"], published["comparator"]
    head = (published["material"], published["form"], year, value, comparator)
    if series is None:
        return (*head, None, None, None, "cannot be computed", "missing a definition of the series", [published["id"]])
    figure = computed(terms, series, index, year)
    claims = [published["id"], *figure.claims]
    ends = (figure.value, figure.low, figure.high)
    how = _how(terms, series, year)
    if value is None:
        return (*head, *ends, "not published", f"not published ({published['flags']})", claims)
    printed = _allowed(value, comparator)
    if figure.value is None:
        if figure.high is not None and figure.high <= printed.high and printed.low == -math.inf:
            return (*head, *ends, "agrees", f"at most {figure.high:g} %, {how}", claims)
        return (*head, *ends, "cannot be computed", f"missing {figure.missing}", claims)
    spread = Interval(
        figure.low if figure.low is not None else -math.inf, figure.high if figure.high is not None else math.inf
    )
    if spread.overlaps(printed):
        return (*head, *ends, "agrees", how, claims)
    off = figure.value - value
    reason = f"{abs(off):.1f} points {'above' if off > 0 else 'below'} what is published, {how}"
    return (*head, *ends, "differs", reason + _beside(series, index, year, figure), claims)


def _beside(series: Series, index: Index, year: int, figure: Figure) -> str:
    """What the published consumption would give, since it may rest on other numbers than the rows beside it."""
    if series.over == "consumption" and series.consumption is not None and figure.value is not None:
        whole = _figures(series, index, "demand", (series.consumption,), year)[0]
        net = figure.value * (whole.value or math.nan) / 100
        return f"; net imports are {net:,.6g} {whole.unit}, consumption is {whole.value:,.6g} {whole.unit}"
    named = (series.closing, f"apparent/{series.form}", f"apparent/{_NONE}")
    found = [one for one in _figures(series, index, "demand", filter(None, named), year) if one.value]
    production = _figures(series, index, "production", series.production, year)
    if not found or figure.value is None or any(one.value is None for one in production):
        return "; the release gives no consumption to compare with"
    printed, unit = found[0].value or math.nan, found[0].unit
    made = sum(one.value or 0.0 for one in production)
    rest = 100 * (printed - made) / printed
    total = made / (1 - figure.value / 100) if figure.value < 100 else math.nan
    return (
        f"; the rows add up to a consumption of {total:,.4g} {unit}, {printed:,.6g} {unit} is published, "
        f"and what that leaves over production is {rest:.1f} %"
    )


def _how(terms: Terms, series: Series, year: int) -> str:
    over = {
        "sum": "over production and net imports",
        "consumption": "over the published consumption",
        "balance": "published consumption less production, over that consumption",
    }[series.over]
    if _closes(terms, series, year):
        over = (
            f"stocks at the end of {year - 1} are not in the release: published apparent consumption, which contains "
            f"their change, less production, over {'' if series.over == 'sum' else 'the published '}consumption"
        )
    notes = [f"{basis}: {why}" for basis, why in series.accepts.items()] + ([series.note] if series.note else [])
    return "; ".join((over, *notes))


def _closes(terms: Terms, series: Series, year: int) -> bool:
    """Whether apparent consumption has to stand for the change of stocks, whose first end is not in the release."""
    return series.closing is not None and bool(series.stocks) and year == terms.first_year


def _allowed(value: float, comparator: str | None) -> Interval:
    if comparator in (">", ">="):
        return Interval(value, math.inf)
    if comparator in ("<", "<="):
        return Interval(-math.inf, value)
    return Interval(value - 0.5, value + 0.5)


def computed(terms: Terms, series: Series, index: Index, year: int) -> Figure:
    """Return the net import reliance of a year; unknown, with what is missing, where a row is."""
    if series.missing is not None:
        return Figure.unknown(f"{series.missing}: not in the release", unit="%", period=str(year))
    production = _figures(series, index, "production", series.production, year)
    consumption = (
        _figures(series, index, "demand", (series.consumption,), year)[0] if series.consumption is not None else None
    )
    if series.over == "balance" and consumption is not None:
        # What consumption leaves over production is net imports, whatever they are made of.
        return _balance(production, consumption)
    whole = consumption if series.over == "consumption" else None
    if series.closing is not None and _closes(terms, series, year):
        return _balance(production, _figures(series, index, "demand", (series.closing,), year)[0], whole)
    imports = _figures(series, index, "trade", (*series.trade, *series.imports), year, kind="import")
    exports = _figures(series, index, "trade", (*series.trade, *series.exports), year, kind="export")
    stocks = [_change(series, index, selector, year) for selector in series.stocks]
    if year <= terms.releases_until:
        released = _figures(series, index, "stocks", series.releases, year)
        stocks += [_negative(one) for one in released]
    return _reliance(production if whole is None else [], imports, exports, stocks, whole)


def _reliance(
    production: list[Figure],
    imports: list[Figure],
    exports: list[Figure],
    stocks: list[Figure] | None = None,
    whole: Figure | None = None,
) -> Figure:
    """net_import_reliance of figures in one unit and basis; unknown where they are in several."""
    parts = [*production, *imports, *exports, *(stocks or ()), *([whole] if whole is not None else [])]
    units = sorted({one.unit for one in parts if one.unit is not None and one.value is not None})
    if len(units) > 1:
        return Figure.unknown(f"one unit: rows are in {' and in '.join(units)}", unit="%", period=parts[0].period)
    try:
        return net_import_reliance(production, imports, exports, stocks or (), consumption=whole)
    except BasisError as error:
        return Figure.unknown(f"one basis: {error.what}", unit="%", period=parts[0].period)


def _balance(production: list[Figure], consumption: Figure, whole: Figure | None = None) -> Figure:
    """What consumption leaves over production, over that consumption or over ``whole``."""
    found = _reliance(production, [consumption], production, whole=whole or consumption)
    if whole is not None or found.value is None or not consumption.low or consumption.high is None:
        return found
    # Numerator and denominator hold the same consumption, so its rounding counts once.
    least, most = (sum(getattr(one, end) or 0.0 for one in production) for end in ("low", "high"))
    ends = [100 * (1 - made / used) for made in (least, most) for used in (consumption.low, consumption.high)]
    return dataclasses.replace(found, low=min(ends), high=max(ends))


def _figures(
    series: Series, index: Index, predicate: str, selectors: Iterable[str], year: int, *, kind: str | None = None
) -> list[Figure]:
    result = []
    for selector in selectors:
        first, _, last = selector.rpartition("/")
        wanted = kind if kind is not None else (None if first in ("", _NONE) else first)
        form = None if last == _NONE else last
        result.append(_figure(series, index, (predicate, wanted, form, str(year))))
    return result


def _figure(series: Series, index: Index, key: tuple[str, str | None, str | None, str]) -> Figure:
    rows = index.get(key, [])
    name = " ".join(part for part in (key[1], key[0], key[2]) if part) + f" in {key[3]}"
    if not rows:
        return Figure.unknown(f"{name}: no row", unit="t", period=key[3])
    # A chapter gives its salient statistics first; its world table repeats some of them, rounded or by gross weight.
    row = min(rows, key=lambda one: int(one["locator"].partition(":")[2]))
    basis = None if row["basis"] in series.accepts else row["basis"]
    known = {"unit": row["unit"], "period": row["period"], "basis": basis, "claims": (row["id"],)}
    if row["value"] is None and (most := series.below.get(f"{key[1] or _NONE}/{key[2] or _NONE}")):
        return Figure(value=most / 2, low=0.0, high=most, **known)
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


def _change(series: Series, index: Index, selector: str, year: int) -> Figure:
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

"""How far a country or the European Union depends on imports, and on whom.

Net import reliance of the U.S. Geological Survey: net imports, less what stocks gained, over apparent consumption
(Mineral Commodity Summaries 2026, Appendix and notes). Import reliance of the European Union: Regulation (EU)
2024/1252, Annex II, Section 2: max{0; (imports - exports) / (domestic production + imports - exports)}.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

from lodeclaim.claims.figure import Figure
from lodeclaim.core.errors import BasisError
from lodeclaim.core.quantity import Interval
from lodeclaim.indicators.model import Share
from lodeclaim.indicators.uncertainty import interval_of_figure, rounding_interval

if TYPE_CHECKING:
    import polars as pl

__all__ = [
    "eu_import_reliance",
    "net_import_reliance",
    "same_basis",
    "supplier_shares",
    "supplier_shares_by_table",
    "supplier_shares_of",
]

_SUPPLIER_COLUMNS = ("material", "place", "stage", "form", "counterparty", "value", "comparator", "period", "id")


def net_import_reliance(
    production: Sequence[Figure],
    imports: Sequence[Figure],
    exports: Sequence[Figure],
    stock_changes: Sequence[Figure] = (),
    *,
    consumption: Figure | None = None,
) -> Figure:
    """Return net imports over apparent consumption, in percent; zero or below is a net exporter.

    Apparent consumption is production + imports - exports - stock changes (a gain of stocks is positive), or
    ``consumption`` where it is given. All quantities are in one unit and basis. Raises BasisError where bases
    differ. A quantity that is not known leaves the value out; the bounds allow it anything from zero up. Who sells
    more abroad than it makes has no value, only that it lies below zero.
    """
    parts = [*production, *imports, *exports, *stock_changes, *([consumption] if consumption else [])]
    basis = same_basis(parts)
    claims = tuple(dict.fromkeys(chain.from_iterable(one.claims for one in parts)))
    period = next((one.period for one in parts if one.period), None)
    known: dict[str, Any] = {"unit": "%", "period": period, "basis": basis, "claims": claims}
    net = _difference(imports, exports, stock_changes)
    missing = [one.missing or "a quantity" for one in parts if one.value is None]
    made = _total(production)
    if consumption is not None:
        whole = interval_of_figure(consumption, floor=0.0)
        bounds = _over(net, whole)
    else:
        # Net imports over net imports plus production rise with the first, and move towards zero with the second.
        bounds = Interval(
            _share(net.low, made.high if net.low > 0 else made.low),
            _share(net.high, made.low if net.high > 0 else made.high),
        )
    low, high = max(-math.inf, bounds.low), min(100.0 if consumption is None else math.inf, bounds.high)
    ends: dict[str, Any] = {"low": low if math.isfinite(low) else None, "high": high if math.isfinite(high) else None}
    above = _sum(imports) - _sum(exports) - _sum(stock_changes)
    if missing:
        traded = [*imports, *exports, *stock_changes, *([consumption] if consumption else [])]
        if above == 0 and any(one.value for one in traded) and all(one.value is not None for one in traded):
            # Nothing over whatever is made: only production is not known.
            return Figure(value=0.0, reasons=("imports and exports are equal",), **known, **ends)
        return Figure.unknown("; ".join(dict.fromkeys(missing)), **known, **ends)
    below = (consumption.value or 0.0) if consumption is not None else _sum(production) + above
    if below <= 0:
        if above == below == 0 and consumption is None:
            return Figure(value=0.0, reasons=("nothing is made, bought or sold",), **known, **ends)
        if above < 0 and net.high <= 0 and consumption is None:
            ends = {"low": None, "high": 0.0}
        return Figure.unknown("a consumption above zero", **known, **ends)
    value = 100 * above / below
    return Figure(
        value=value,
        low=min(value, low) if math.isfinite(low) else None,
        high=max(value, high) if math.isfinite(high) else None,
        reasons=("imports less exports and gains of stocks, over apparent consumption", "interval: exact bounds"),
        **known,
    )


def eu_import_reliance(production: Figure, imports: Figure, exports: Figure) -> Figure:
    """Return the import reliance IR of Annex II in percent, never below zero.

    Imports and exports are those with countries outside the Union: trade between members is neither.
    """
    found = net_import_reliance([production], [imports], [exports])
    ends: dict[str, Any] = {
        "low": 0.0 if found.low is None else max(0.0, found.low),
        "high": 100.0 if found.high is None else min(100.0, max(0.0, found.high)),
    }
    known: dict[str, Any] = {"unit": "%", "period": found.period, "basis": found.basis, "claims": found.claims}
    if found.value is None:
        return Figure.unknown(found.missing or "a quantity", **known, **ends)
    why = "below zero: set to zero" if found.value < 0 else "imports less exports over production plus net imports"
    return Figure(value=max(0.0, found.value), reasons=(why, "interval: exact bounds"), **known, **ends)


def supplier_shares(imports: Mapping[str, Figure], *, group: Sequence[str] = ()) -> tuple[Share, ...]:
    """Return the share of each supplier in imports, in percent, the largest first.

    ``group`` are the countries of the importer itself: what they supply each other is left out. A supplier whose
    quantity is not known has no share, and widens those of the others.
    """
    from_outside = {place: figure for place, figure in imports.items() if place not in group}
    basis = same_basis(list(from_outside.values()))
    whole = sum(one.value or 0.0 for one in from_outside.values())
    boxes = {place: interval_of_figure(one, floor=0.0) for place, one in from_outside.items()}
    result = []
    for place, figure in from_outside.items():
        others = [box for other, box in boxes.items() if other != place]
        least, most = sum(box.low for box in others), sum(box.high for box in others)
        own = boxes[place]
        low = 0.0 if own.low <= 0 or math.isinf(most) else 100 * own.low / (own.low + most)
        high = 100.0 if math.isinf(own.high) else 100 * own.high / (own.high + least) if own.high + least > 0 else 100.0
        known: dict[str, Any] = {
            "low": low,
            "high": high,
            "unit": "%",
            "period": figure.period,
            "basis": basis,
            "claims": tuple(dict.fromkeys(chain.from_iterable(one.claims for one in from_outside.values()))),
        }
        if figure.value is None or whole <= 0:
            share = Figure.unknown(figure.missing or f"imports from {place}", **known)
        else:
            share = Figure(value=100 * figure.value / whole, **known)
        result.append(Share(place=place, figure=share, quantity=figure))
    return tuple(sorted(result, key=lambda one: (one.figure.value is None, -(one.figure.value or 0.0), one.place)))


def supplier_shares_of(
    frame: pl.DataFrame, material: str, importer: str, *, stage: str | None = None, form: str | None = None
) -> tuple[Share, ...]:
    """Return published shares of suppliers in the imports or the sourcing of a country or group, latest period.

    Stage and form choose among several tables; None takes rows that name none. Shares are as published, in
    percent, with the interval of their rounding; a residual such as "Other countries" keeps its name.
    """
    return supplier_shares_by_table(frame, material=material).get((material, importer, stage, form), ())


def supplier_shares_by_table(
    frame: pl.DataFrame, *, material: str | None = None
) -> dict[tuple[str, str, str | None, str | None], tuple[Share, ...]]:
    """Return (material, importer, stage, form) → what supplier_shares_of returns for it, in one pass.

    ``material`` keeps the tables of one; None those of all.
    """
    import polars as pl

    wanted = [pl.col("predicate") == "supplier_share", pl.col("unit") == "%"]
    wanted += [pl.col(name).is_not_null() for name in ("material", "place", "counterparty", "period")]
    if material is not None:
        wanted.append(pl.col("material") == material)
    tables: dict[tuple[str, str, str | None, str | None], list[tuple[str, Share]]] = {}
    for *key, place, value, comparator, period, claim in frame.filter(wanted).select(_SUPPLIER_COLUMNS).rows():
        share = Share(place=place, figure=_published_share(place, value, comparator, period, claim))
        tables.setdefault((key[0], key[1], key[2], key[3]), []).append((period, share))
    return {key: _latest(shares) for key, shares in tables.items()}


def _published_share(place: str, value: float | None, comparator: str | None, period: str, claim: str) -> Figure:
    if value is None:
        return Figure.unknown(f"the share of {place}", low=0.0, high=100.0, unit="%", period=period, claims=(claim,))
    spread = rounding_interval(value, floor=0.0, ceiling=100.0)
    low = 0.0 if comparator in ("<", "<=") else spread.low
    high = 100.0 if comparator in (">", ">=") else spread.high
    return Figure(value=value, low=low, high=high, unit="%", period=period, claims=(claim,))


def _latest(dated: Sequence[tuple[str, Share]]) -> tuple[Share, ...]:
    last = max(period for period, _ in dated)
    shares = [share for period, share in dated if period == last]
    return tuple(sorted(shares, key=lambda one: (one.figure.value is None, -(one.figure.value or 0.0), one.place)))


def same_basis(figures: Sequence[Figure]) -> str | None:
    """Return the basis that all figures share; raises BasisError where they differ.

    A figure that is zero adds nothing in any basis. One whose basis is not said is taken to be in that of the others.
    """
    bases = {one.basis for one in figures if one.basis is not None and one.value != 0}
    if len(bases) > 1:
        raise BasisError(
            f"quantities are in {' and in '.join(sorted(bases))}",
            where=next((one.period for one in figures if one.period), "") or "",
            remedy="Convert them with indicators.bases.convert before adding",
        )
    return next(iter(bases), None) or next((one.basis for one in figures if one.basis is not None), None)


def _sum(figures: Sequence[Figure]) -> float:
    return sum(one.value or 0.0 for one in figures)


def _total(figures: Sequence[Figure]) -> Interval:
    boxes = [interval_of_figure(one, floor=0.0) for one in figures]
    return Interval(sum(box.low for box in boxes), sum(box.high for box in boxes))


def _difference(imports: Sequence[Figure], exports: Sequence[Figure], stocks: Sequence[Figure]) -> Interval:
    gains, losses = _total(imports), _total(exports)
    # A change of stocks may have either sign, so an unknown one has no floor.
    changes = [interval_of_figure(one) for one in stocks]
    low = gains.low - losses.high - sum(box.high for box in changes)
    return Interval(low, gains.high - losses.low - sum(box.low for box in changes))


def _over(net: Interval, whole: Interval) -> Interval:
    corners = [
        100 * above / below if below > 0 else math.copysign(math.inf, above or 1.0)
        for above in (net.low, net.high)
        for below in (whole.low, whole.high)
        if not (math.isinf(above) and math.isinf(below))
    ]
    return Interval(min(corners, default=-math.inf), max(corners, default=math.inf))


def _share(net: float, made: float) -> float:
    """Net imports over consumption in percent at one corner; a net exporter's is below zero."""
    if math.isinf(net):
        return 100.0 if net > 0 else -math.inf
    if math.isinf(made) or net == 0:
        return 0.0
    whole = net + made
    return 100 * net / whole if whole > 0 else (-math.inf if net < 0 else 100.0)

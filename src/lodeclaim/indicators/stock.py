"""How many days a stock lasts: days of average daily net imports of the year before.

Regulation (EU) 2024/1252, Article 23(2): the benchmark for a safe level of stocks is an amount of days of average
daily net imports, computed on the imports of the previous calendar year.
"""

from __future__ import annotations

import calendar
import math

from lodeclaim.claims.figure import Figure
from lodeclaim.core.errors import BasisError, StatisticsError
from lodeclaim.indicators.net_trade import NetTrade
from lodeclaim.indicators.reliance import same_basis
from lodeclaim.indicators.uncertainty import interval_of_figure, quotient

__all__ = ["days_covered", "days_of_net_imports"]


def days_of_net_imports(stock: Figure, imports: Figure, exports: Figure, *, year: int) -> Figure:
    """Return the days of net imports that a stock covers; ``year`` is the calendar year of imports and exports.

    Quantities are in one unit and basis; for a group, trade inside it is neither import nor export. Unknown where
    net imports are zero or below: the benchmark has no meaning for a net exporter. Raises BasisError where the
    bases differ, StatisticsError for a stock below zero.
    """
    if stock.value is not None and stock.value < 0:
        raise StatisticsError(
            f"a stock of {stock.value:g} {stock.unit or ''}".strip(), remedy="Give one of at least zero"
        )
    basis = same_basis([stock, imports, exports])
    days = 366 if calendar.isleap(year) else 365
    held = interval_of_figure(stock, floor=0.0)
    bought, sold = interval_of_figure(imports, floor=0.0), interval_of_figure(exports, floor=0.0)
    claims = tuple(dict.fromkeys((*stock.claims, *imports.claims, *exports.claims)))
    known = {"unit": "days", "period": str(year), "basis": basis, "claims": claims}
    most = bought.high - sold.low
    missing = [one.missing or "a quantity" for one in (stock, imports, exports) if one.value is None]
    if most <= 0:
        return Figure.unknown("net imports above zero: more is exported than imported", **known)
    least = max(0.0, bought.low - sold.high)
    spread = quotient(held, type(held)(least, most)).scaled(days)
    ends = {"low": spread.low, "high": None if math.isinf(spread.high) else spread.high}
    if missing:
        return Figure.unknown("; ".join(missing), **known, **ends)
    net = (imports.value or 0.0) - (exports.value or 0.0)
    if net <= 0:
        return Figure.unknown("net imports above zero: more is exported than imported", **known, **ends)
    reasons = (f"stock over net imports of {year}, times {days} days", "interval: exact bounds")
    return Figure(value=days * (stock.value or 0.0) / net, reasons=reasons, **known, **ends)  # type: ignore[arg-type]


def days_covered(stock: float | None, flows: NetTrade, *, basis: str | None = None) -> Figure:
    """Return the days that a stock in tonnes covers of the net imports of one form; None is a stock not known.

    ``basis`` is what the stock is counted in, that of the trade where it is not said. Where the bases differ, as those
    of imports and exports may, the figure says so. Raises StatisticsError for a stock below zero.
    """
    counted = basis or flows.imports.basis or flows.exports.basis
    held = (
        Figure.unknown("the stock", unit="t", low=0.0)
        if stock is None
        else Figure(value=stock, low=stock, high=stock, unit="t", basis=counted)
    )
    try:
        return days_of_net_imports(held, flows.imports, flows.exports, year=flows.year)
    except BasisError as error:
        return Figure.unknown(f"one basis: {error.what}", unit="days", period=str(flows.year))

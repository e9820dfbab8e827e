"""How much the few largest have together: the share of the top one, three or five."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from lodeclaim.claims.figure import Figure
from lodeclaim.indicators.model import UNKNOWN_CONTROL, Concentration
from lodeclaim.indicators.uncertainty import interval_of_figure

__all__ = ["top_share", "top_share_of"]


def top_share(result: Concentration, n: int) -> Figure:
    """Return the joint share of the ``n`` largest countries of a stage, in percent.

    The residual, and what nobody is known to control, may belong to one country: they widen the high end only.
    """
    named = [one.figure for one in result.shares if one.place != UNKNOWN_CONTROL]
    loose = [result.residual, *(one.figure for one in result.shares if one.place == UNKNOWN_CONTROL)]
    found = top_share_of(named, n, residual=[one for one in loose if one.unit == "%"])
    if not named:
        return Figure.unknown(result.missing or "shares of countries", unit="%", period=result.period)
    return found


def top_share_of(shares: Sequence[Figure], n: int, *, residual: Sequence[Figure] = ()) -> Figure:
    """Return the joint share of the ``n`` largest of some shares in percent, with exact low and a safe high."""
    if n < 1:
        raise ValueError(f"the number of the largest is at least 1, got {n}")
    known = sorted((one for one in shares if one.value is not None), key=lambda one: -(one.value or 0.0))[:n]
    claims = tuple(dict.fromkeys(chain.from_iterable(one.claims for one in shares)))
    period = next((one.period for one in shares if one.period), None)
    boxes = [interval_of_figure(one, floor=0.0, ceiling=100.0) for one in shares]
    # What belongs to no named country may be a country of its own, or more of one that is named.
    lows = sorted((box.low for box in boxes), reverse=True)[:n]
    highs = sorted((box.high for box in boxes), reverse=True)[:n]
    extra = sum(interval_of_figure(one, floor=0.0, ceiling=100.0).high for one in residual)
    low, high = min(100.0, sum(lows)), min(100.0, sum(highs) + extra)
    base = {"unit": "%", "period": period, "claims": claims, "low": low, "high": max(low, high)}
    if not known or len(known) < min(n, len(shares)):
        return Figure.unknown("shares of the largest countries", **base)
    value = min(100.0, sum(one.value or 0.0 for one in known))
    base["low"], base["high"] = min(low, value), max(base["high"], value)  # type: ignore[type-var]
    return Figure(value=value, reasons=(f"sum of the {n} largest",), **base)  # type: ignore[arg-type]

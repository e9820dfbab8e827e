"""The Herfindahl-Hirschman index and its bounds when parts and residual are only known as intervals.

HHI = Σ s², with shares s of one whole; scale 0 to 1. Sources: U.S. Department of Justice and Federal Trade
Commission, Merger Guidelines (2023), Guideline 1; European Commission, Study on the critical raw materials for
the EU (2023), where it enters supply risk by country of production.
"""

from __future__ import annotations

from collections.abc import Sequence

from lodeclaim.core.quantity import Interval

__all__ = ["herfindahl", "herfindahl_bounds"]

NOTHING = Interval(0.0, 0.0)


def herfindahl(parts: Sequence[float], residual: float = 0.0) -> float:
    """Return Σ (part/whole)², the residual taken as many small parts that add nothing.

    >>> herfindahl([50, 50])
    0.5
    """
    whole = sum(parts) + residual
    if whole <= 0:
        raise ValueError("the parts add up to nothing, so there are no shares")
    return sum((part / whole) ** 2 for part in parts)


def herfindahl_bounds(parts: Sequence[Interval], residual: Interval = NOTHING) -> Interval:
    """Return an interval that holds the HHI for every choice of quantities within the intervals.

    Low: the residual is at its largest and spread over very many. High: it belongs to one country. The low
    end is exact. The high end is exact at the corners of the box and otherwise slightly wide.
    """
    if any(part.low < 0 for part in (*parts, residual)):
        raise ValueError("quantities cannot be below zero")
    if sum(part.high for part in parts) + residual.high <= 0:
        raise ValueError("the parts add up to nothing, so there are no shares")
    return Interval(_low(parts, residual.high), max(_low(parts, residual.high), _high([*parts, residual])))


def _low(parts: Sequence[Interval], residual: float) -> float:
    """Minimise over the box. For a fixed whole, Σx² is least when all parts are level within their bounds."""
    levels = sorted({0.0, *(end for part in parts for end in (part.low, part.high))})
    best = 1.0
    for left, right in zip(levels, levels[1:] or levels, strict=False):
        middle = (left + right) / 2
        free = sum(part.low < middle < part.high for part in parts)
        fixed = [part.low if part.low >= middle else part.high for part in parts if not part.low < middle < part.high]
        squares, rest = sum(value * value for value in fixed), sum(fixed) + residual
        # (squares + free·t²) / (rest + free·t)² has its minimum at t = squares / rest.
        candidates = [left, right, *([min(max(squares / rest, left), right)] if rest > 0 else [])]
        for level in candidates:
            whole = rest + free * level
            if whole > 0:
                best = min(best, (squares + free * level * level) / (whole * whole))
    return best


def _high(parts: Sequence[Interval]) -> float:
    """Bound the maximum over the box: x² ≤ l² + (l + h)(x − l), filled from the largest slope on."""
    whole, squares = sum(part.low for part in parts), sum(part.low**2 for part in parts)
    best = squares / (whole * whole) if whole > 0 else 1.0
    for part in sorted(parts, key=lambda one: -(one.low + one.high)):
        slope, width = part.low + part.high, part.high - part.low
        if width <= 0:
            continue
        offset = squares - slope * whole
        peak = -2 * offset / slope if slope > 0 else whole
        for point in (whole + width, min(max(peak, whole), whole + width)):
            if point > 0:
                best = max(best, (offset + slope * point) / (point * point))
        whole, squares = whole + width, squares + slope * width
    return min(best, 1.0)

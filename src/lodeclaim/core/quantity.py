"""Intervals: what a number with a comparator, a range or a rounding allows."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, Literal

__all__ = ["COMPARATORS", "Comparator", "Interval", "interval_of"]

Comparator = Literal["=", "~", ">=", "<=", ">", "<"]
COMPARATORS: Final[tuple[Comparator, ...]] = ("=", "~", ">=", "<=", ">", "<")

#: Half-width that "about" allows, as a share of the value; a convention of this project.
ABOUT: Final = 0.05


@dataclass(frozen=True, slots=True)
class Interval:
    """All values from ``low`` to ``high``; infinite where there is no bound."""

    low: float
    high: float

    def __post_init__(self) -> None:
        if math.isnan(self.low) or math.isnan(self.high) or self.low > self.high:
            raise ValueError(f"an interval needs low <= high, got {self.low} and {self.high}")

    def overlaps(self, other: Interval) -> bool:
        """Tell whether the two have a value in common."""
        return self.low <= other.high and other.low <= self.high

    def hull(self, other: Interval) -> Interval:
        """Return the smallest interval that holds both."""
        return Interval(min(self.low, other.low), max(self.high, other.high))

    def meet(self, other: Interval) -> Interval | None:
        """Return what both allow, or None where they exclude each other."""
        low, high = max(self.low, other.low), min(self.high, other.high)
        return Interval(low, high) if low <= high else None

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def scaled(self, factor: float) -> Interval:
        """Return the interval times a factor that is not negative."""
        if factor < 0:
            raise ValueError(f"a scale factor must not be negative, got {factor}")
        return Interval(self.low * factor, self.high * factor)


def interval_of(
    value: float,
    value_max: float | None = None,
    comparator: str | None = "=",
    *,
    floor: float = -math.inf,
    ceiling: float = math.inf,
) -> Interval:
    """Return the values that ``comparator value`` allows.

    ``floor`` and ``ceiling`` bound the open sides: 0 for masses, 0 and 100 for shares.

    >>> interval_of(50, comparator=">", floor=0, ceiling=100)
    Interval(low=50, high=100)
    """
    top = value if value_max is None else value_max
    if comparator in (">", ">="):
        return Interval(value, max(ceiling, value))
    if comparator in ("<", "<="):
        return Interval(min(floor, top), top)
    if comparator == "~":
        slack_low, slack_high = abs(value) * ABOUT, abs(top) * ABOUT
        return Interval(max(floor, value - slack_low), min(ceiling, top + slack_high) if ceiling > top else top)
    return Interval(min(value, top), max(value, top))

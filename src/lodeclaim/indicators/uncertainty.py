"""How uncertain a computed number is: exact bounds where the formula allows them, seeded sampling where not.

Both results say how they came about, so that a reader never takes sampled quantiles for bounds. Exact bounds rest
on a textbook fact: a function that is monotone, or affine, in each argument by itself takes its least and its
greatest value over a box at corners of the box (Moore, Kearfott and Cloud, 2009, Introduction to Interval Analysis,
SIAM, chapter 5).
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from lodeclaim.claims.figure import Figure
from lodeclaim.core.quantity import Interval

__all__ = ["Spread", "corner_bounds", "interval_of_figure", "quotient", "rounding_interval", "sampled_spread"]

#: Samples drawn unless told otherwise, and the seed that makes them the same on every machine.
SAMPLES, SEED = 20_000, 20_240_503


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Low and high of a number, and how they were found.

    ``method`` "exact" holds the truth for certain when the inputs hold theirs; "sampled" holds ``level`` of the
    draws with ``seed``, and ``samples`` draws were made.
    """

    low: float
    high: float
    method: Literal["exact", "sampled"]
    level: float = 1.0
    samples: int = 0
    seed: int | None = None

    @property
    def words(self) -> str:
        """Return the method in words, for the reasons of a figure.

        >>> Spread(low=0, high=1, method="exact").words
        'interval: exact bounds'
        """
        if self.method == "exact":
            return "interval: exact bounds"
        return f"interval: {self.level:.0%} of {self.samples} samples, seed {self.seed}"


def interval_of_figure(figure: Figure, *, floor: float = -math.inf, ceiling: float = math.inf) -> Interval:
    """Return all values the figure allows within ``floor`` and ``ceiling``; an unknown one allows them all.

    A figure with a value and no bounds at all is taken as that value alone.
    """
    if figure.value is not None and figure.low is None and figure.high is None:
        return Interval(figure.value, figure.value)
    low = floor if figure.low is None else max(floor, figure.low)
    high = ceiling if figure.high is None else min(ceiling, figure.high)
    return Interval(min(low, high), high)


def rounding_interval(value: float, *, floor: float = -math.inf, ceiling: float = math.inf) -> Interval:
    """Return the values that a number printed with these decimals may have been before it was rounded.

    >>> rounding_interval(83.0)
    Interval(low=82.5, high=83.5)
    >>> rounding_interval(0.4)
    Interval(low=0.35, high=0.45)
    """
    text = f"{value:.10f}".rstrip("0")
    decimals = len(text.partition(".")[2])
    half = 0.5 * 10.0**-decimals
    low, high = round(value - half, decimals + 1), round(value + half, decimals + 1)
    return Interval(min(max(low, floor), value), max(min(high, ceiling), value))


def quotient(above: Interval, below: Interval) -> Interval:
    """Return what one number that is not negative over another such can be; unbounded where it may divide by zero."""
    if above.low < 0 or below.low < 0:
        raise ValueError("quotient() is for numbers that are not negative")
    low = 0.0 if math.isinf(below.high) else (above.low / below.high if below.high > 0 else math.inf)
    high = above.high / below.low if below.low > 0 else math.inf
    return Interval(min(low, high), high)


def corner_bounds(formula: Callable[..., float], arguments: Mapping[str, Interval]) -> Spread:
    """Return the exact bounds of a formula that is monotone or affine in each argument by itself.

    Arguments must be bounded. ``formula`` is called by keyword with every corner of the box.
    """
    for name, interval in arguments.items():
        if math.isinf(interval.low) or math.isinf(interval.high):
            raise ValueError(f"the argument {name!r} has no bound; give one or use the limit of the formula")
    ends = [(one.low,) if one.low == one.high else (one.low, one.high) for one in arguments.values()]
    values = [formula(**dict(zip(arguments, corner, strict=True))) for corner in itertools.product(*ends)]
    return Spread(low=min(values), high=max(values), method="exact")


def sampled_spread(
    formula: Callable[..., object],
    arguments: Mapping[str, tuple[Interval, float | None]],
    *,
    level: float = 0.95,
    samples: int = SAMPLES,
    seed: int = SEED,
) -> Spread:
    """Return the central part of what a formula gives when its arguments are drawn at random.

    ``arguments`` maps a name to its interval and its likeliest value. A likeliest value makes the draw triangular,
    None uniform (Joint Committee for Guides in Metrology, 2008, JCGM 101, sections 6.4.2 and 6.4.5). ``formula`` is
    called once with arrays of draws and must return an array. The same seed gives the same draws everywhere.
    """
    import numpy

    if not 0 < level < 1:
        raise ValueError(f"the level lies between 0 and 1, got {level}")
    generator = numpy.random.default_rng(seed)
    drawn: dict[str, object] = {}
    for name in sorted(arguments):
        interval, likeliest = arguments[name]
        if math.isinf(interval.low) or math.isinf(interval.high):
            raise ValueError(f"the argument {name!r} has no bound, so nothing can be drawn from it")
        if interval.low == interval.high:
            drawn[name] = numpy.full(samples, interval.low)
        elif likeliest is None:
            drawn[name] = generator.uniform(interval.low, interval.high, samples)
        else:
            mode = min(max(likeliest, interval.low), interval.high)
            drawn[name] = generator.triangular(interval.low, mode, interval.high, samples)
    values = numpy.asarray(formula(**drawn), dtype=float)
    tail = 100 * (1 - level) / 2
    low, high = numpy.percentile(values, [tail, 100 - tail])
    return Spread(low=float(low), high=float(high), method="sampled", level=level, samples=samples, seed=seed)

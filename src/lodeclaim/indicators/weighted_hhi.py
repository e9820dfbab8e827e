"""The Herfindahl-Hirschman index weighted with governance and trade measures: Σ S² · WGI · t.

Source: Regulation (EU) 2024/1252, Annex II, Section 2, where it is (HHI_WGI,t); scale 0 to 10 times t.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from lodeclaim.claims.figure import Figure
from lodeclaim.core.quantity import Interval
from lodeclaim.indicators.criticality_model import Supplier
from lodeclaim.indicators.uncertainty import interval_of_figure

__all__ = ["WORST", "weighted_hhi", "weighted_hhi_bounds"]

#: Governance times t of a country the table does not name: worst governed, no measure.
WORST = 10.0
#: t of an export prohibition is the highest in use; bounds a trade parameter that is not known.
HIGHEST_RESTRICTION = 2.0
#: With more than this share of supply in countries that lack a number, there is no value, only bounds.
TOLERATED = 5.0


def weighted_hhi(suppliers: Sequence[Supplier], *, period: str | None = None) -> Figure:
    """Return Σ (S/100)² · WGI · t with its exact low and a high that is never too low.

    A country whose share, governance or t is not known enters the bounds with all it can be. The value leaves it
    out while such countries hold at most 5 % of supply together, otherwise there is none. What the named shares
    leave of 100 % counts as many small countries in the value and the low end, as one badly governed country in
    the high end.
    """
    claims = tuple(dict.fromkeys(chain.from_iterable(part.claims for one in suppliers for part in _parts(one))))
    known = {"unit": "score", "period": period, "claims": claims}
    if not suppliers:
        return Figure.unknown("shares of countries in supply", **known)
    shares = [interval_of_figure(one.share, floor=0.0, ceiling=100.0).scaled(0.01) for one in suppliers]
    weights = [_weight(one) for one in suppliers]
    low, high = weighted_hhi_bounds(shares, weights)
    lacking = [
        (one.place, share.high)
        for one, share in zip(suppliers, shares, strict=True)
        if any(part.value is None for part in _parts(one))
    ]
    room = max(0.0, 1 - sum(one.share.value or 0.0 for one in suppliers) / 100)
    together = sum(
        min(top, room) if next(one for one in suppliers if one.place == place).share.value is None else top
        for place, top in lacking
    )
    if lacking and 100 * together > TOLERATED:
        names = ", ".join(sorted(place for place, _ in lacking))
        return Figure.unknown(f"share, governance or trade measures of {names}", low=low, high=high, **known)
    value = sum(
        (one.share.value / 100) ** 2 * one.governance.value * one.restriction.value
        for one in suppliers
        if one.share.value is not None and one.governance.value is not None and one.restriction.value is not None
    )
    reasons = ["sum over countries of share² · governance · t", "interval: exact bounds"]
    if lacking:
        names = ", ".join(sorted(place for place, _ in lacking))
        reasons.append(f"not in the value, in the interval: {names}")
    return Figure(value=value, low=min(low, value), high=max(high, value), reasons=tuple(reasons), **known)  # type: ignore[arg-type]


def weighted_hhi_bounds(
    shares: Sequence[Interval], weights: Sequence[Interval], *, residual: float | None = None, worst: float = WORST
) -> tuple[float, float]:
    """Return low and high of Σ w·s² for shares (fractions of one) and weights within their intervals.

    Shares add up to 1 with a ``residual`` of at most the given size; None lets it be all that the least shares
    leave. Low: the residual is spread over very many, exact. High: it is one country of the weight ``worst``.
    """
    if any(share.low < 0 for share in shares) or any(weight.low < 0 for weight in weights):
        raise ValueError("shares and weights cannot be below zero")
    least = sum(share.low for share in shares)
    whole = max(1.0, least)
    rest = whole - least if residual is None else min(residual, whole - least)
    return (
        _low(shares, [weight.low for weight in weights], whole - rest),
        _high([*shares, Interval(0.0, max(0.0, rest))], [*(weight.high for weight in weights), worst], whole),
    )


def _low(shares: Sequence[Interval], weights: Sequence[float], needed: float) -> float:
    """Least sum when the shares add up to ``needed`` or more: all are raised to one level of w·s within bounds."""
    chosen = [share.low for share in shares]
    if sum(chosen) < needed:
        free = [share.high if weight == 0 else share.low for share, weight in zip(shares, weights, strict=True)]
        level_low, level_high = (
            0.0,
            max((weight * share.high for share, weight in zip(shares, weights, strict=True)), default=0.0),
        )
        for _ in range(80):
            level = (level_low + level_high) / 2
            free = [
                share.high if weight == 0 else min(max(level / weight, share.low), share.high)
                for share, weight in zip(shares, weights, strict=True)
            ]
            if sum(free) < needed:
                level_low = level
            else:
                level_high = level
        # The lower side of the last step, so that the bound is never too high.
        chosen = [
            share.high if weight == 0 else min(max(level_low / weight, share.low), share.high)
            for share, weight in zip(shares, weights, strict=True)
        ]
    return sum(weight * share**2 for share, weight in zip(chosen, weights, strict=True))


def _high(shares: Sequence[Interval], weights: Sequence[float], whole: float) -> float:
    """Bound the greatest sum: s² ≤ l² + (l + h)(s - l), what is left of the whole filled from the largest slope on."""
    total = sum(weight * share.low**2 for share, weight in zip(shares, weights, strict=True))
    left = whole - sum(share.low for share in shares)
    slopes = [
        (weight * (share.low + share.high), share.high - share.low)
        for share, weight in zip(shares, weights, strict=True)
    ]
    for slope, width in sorted(slopes, reverse=True):
        if left <= 0:
            break
        taken = min(width, left)
        total += slope * taken
        left -= taken
    return total


def _weight(one: Supplier) -> Interval:
    governance = interval_of_figure(one.governance, floor=0.0, ceiling=10.0)
    restriction = interval_of_figure(one.restriction, floor=0.0, ceiling=HIGHEST_RESTRICTION)
    return Interval(governance.low * restriction.low, governance.high * restriction.high)


def _parts(one: Supplier) -> tuple[Figure, Figure, Figure]:
    return one.share, one.governance, one.restriction

"""Settle each slot: a value, the interval that all credible claims leave, and the reasons in words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from lodeclaim.claims.figure import Figure
from lodeclaim.core.period import Period
from lodeclaim.core.quantity import Interval
from lodeclaim.reconciliation.disagreements import within_slot
from lodeclaim.reconciliation.model import UNDATED, Settled, SlotKey, Statement
from lodeclaim.reconciliation.slots import slots
from lodeclaim.reconciliation.standing import Standing, standing_of
from lodeclaim.reconciliation.words import cited, stated

if TYPE_CHECKING:
    import polars as pl

__all__ = ["settle", "settle_slot"]

_MODALITY = {"actual": 0, "estimated": 1, "planned": 2, "forecast": 3, "conditional": 4, "opinion": 5}
_EXACTNESS = {"=": 0, "~": 1}


def settle(frame: pl.DataFrame) -> list[Settled]:
    """Return the settled value of every slot that has a number or is withheld, in a fixed order.

    ``frame`` holds claims (``claims.table`` columns; ``Ledger.claims()`` adds publisher and date for the
    reasons). Which claim gives the value: numbers before bounds, official statistics before documents, actual
    before estimated before planned, the exact before the approximate, the later before the earlier. ``low``
    and ``high`` leave room for every credible claim; only superseded vintages, headlines beside their text
    and very doubtful readings stand aside, each with a reason.
    """
    return [settle_slot(key, members) for key, members in slots(frame).items()]


def settle_slot(key: SlotKey, members: Sequence[Statement]) -> Settled:
    """Return the settled value of one slot."""
    standing = standing_of(members)
    period = None if key.period == UNDATED else key.period
    if not standing.credible:
        why = sorted({flag for one in members for flag in one.flags})
        figure = Figure.unknown(
            f"no number is published ({', '.join(why)})",
            unit=key.unit,
            period=period,
            basis=key.basis,
            claims=tuple(one.claim for one in members),
        )
        return Settled(key=key, figure=figure)
    ranked = sorted(standing.credible, key=_preference)
    interval, low_by, high_by = _room(standing.credible)
    best = ranked[0]
    figure = Figure(
        value=_value(best),
        low=_finite(interval.low),
        high=_finite(interval.high),
        unit=key.unit,
        period=period,
        basis=key.basis,
        claims=tuple(one.claim for one in ranked),
        reasons=tuple(_reasons(key, standing, ranked, (low_by, high_by))),
    )
    return Settled(key=key, figure=figure, disagreement=within_slot(key, standing.credible))


def _preference(one: Statement) -> tuple[object, ...]:
    return (
        one.is_bound,
        one.origin != "statistics",
        _MODALITY.get(one.modality, 9),
        _EXACTNESS.get(one.comparator, 2) + (one.value_max is not None),
        -_published_day(one.published),
        -one.confidence,
        one.claim,
    )


@lru_cache(maxsize=1024)
def _published_day(published: str | None) -> int:
    """Return the last day of a publication date as a number, 0 where none is known."""
    try:
        end = Period.parse(published).end if published else None
    except ValueError:
        end = None
    return end.toordinal() if end else 0


def _value(one: Statement) -> float:
    """The number a claim stands for: the middle of a range, the number of a bound."""
    assert one.value is not None
    return one.value if one.value_max is None or one.is_bound else (one.value + one.value_max) / 2


def _room(credible: Sequence[Statement]) -> tuple[Interval, Statement, Statement]:
    """The interval that leaves room for every claim, and who set its ends.

    Numbers span it; a bound that excludes all of it widens it to its nearest point. Bounds alone leave what
    they all allow, and where they exclude each other everything between their ends.
    """
    points = [one for one in credible if not one.is_bound]
    bounds = [one for one in credible if one.is_bound]
    ranges = {one.claim: one.allows for one in credible if one.allows is not None}
    if points:
        low_by = min(points, key=lambda one: (ranges[one.claim].low, one.claim))
        high_by = min(points, key=lambda one: (-ranges[one.claim].high, one.claim))
        room = Interval(ranges[low_by.claim].low, ranges[high_by.claim].high)
        low, high = room.low, room.high
        for one in bounds:
            allowed = ranges[one.claim]
            if allowed.low > high:
                high, high_by = allowed.low, one
            elif allowed.high < low:
                low, low_by = allowed.high, one
        return Interval(low, high), low_by, high_by
    low_by = min(bounds, key=lambda one: (-ranges[one.claim].low, one.claim))
    high_by = min(bounds, key=lambda one: (ranges[one.claim].high, one.claim))
    low, high = ranges[low_by.claim].low, ranges[high_by.claim].high
    if low > high:
        return Interval(high, low), high_by, low_by
    return Interval(low, high), low_by, high_by


def _reasons(
    key: SlotKey, standing: Standing, ranked: Sequence[Statement], ends: tuple[Statement, Statement]
) -> list[str]:
    best, (low_by, high_by) = ranked[0], ends
    reasons = [f"value from {cited(best, key.unit)}"]
    if best.is_bound:
        reasons.append(f"only a bound is stated: {stated(best, key.unit)}")
    elif best.value_max is not None:
        reasons.append("the value is the middle of the stated range")
    if key.tense == "outlook":
        reasons.append(f"outlook, not fact: {best.modality}")
    elif best.modality == "estimated":
        reasons.append("the source calls it an estimate")
    if low_by is not best:
        reasons.append(f"low set by {cited(low_by, key.unit)}")
    if high_by is not best:
        reasons.append(f"high set by {cited(high_by, key.unit)}")
    agreeing = [one for one in ranked[1:] if _agree(one, best) and one.claim not in standing.copies]
    if agreeing:
        voices = {one.voice for one in agreeing} - {best.voice}
        ids = ", ".join(one.claim for one in agreeing)
        reasons.append(f"{len(voices)} other independent source{'s agree' if len(voices) != 1 else ' agrees'}: {ids}")
    reasons += [f"{claim} repeats {first}; counted once" for claim, first in sorted(standing.copies.items())]
    reasons += [f"{claim}: {why}" for claim, why in sorted(standing.aside.items())]
    reasons += [f"{one.claim}: {note}" for one in ranked for note in one.notes]
    return reasons


def _agree(one: Statement, other: Statement) -> bool:
    return one.tolerant is not None and other.tolerant is not None and one.tolerant.overlaps(other.tolerant)


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None

"""Settle each slot: a value, the interval that all credible claims leave, and the reasons in words."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from lodeclaim.claims.figure import Figure
from lodeclaim.core.period import Period
from lodeclaim.core.quantity import Interval
from lodeclaim.reconciliation.bulk import in_bulk
from lodeclaim.reconciliation.disagreements import within_slot
from lodeclaim.reconciliation.model import BOUNDS, UNDATED, Settled, SlotKey, Statement
from lodeclaim.reconciliation.model import Standing as ClaimStanding
from lodeclaim.reconciliation.policy import Policy, Rule, load_policy
from lodeclaim.reconciliation.slots import slots
from lodeclaim.reconciliation.standing import Standing, standing_of
from lodeclaim.reconciliation.words import cited, stated

if TYPE_CHECKING:
    import polars as pl

__all__ = ["settle", "settle_slot"]

_BY_CLAIM = attrgetter("claim")
_EXACTNESS = {"=": 0, "~": 1}
#: What each rule of a policy is called in a reason.
_RULES = {
    "human": "a human decision",
    "number": "a number goes before a bound",
    "official": "official statistics go before documents",
    "modality": "the firmer goes first",
    "independent": "more independent sources say it",
    "specific": "it is more specific",
    "exact": "the exact goes before the approximate",
    "later": "it is later",
    "confident": "it was read with more confidence",
}


def settle(frame: pl.DataFrame, *, policy: Policy | None = None) -> list[Settled]:
    """Return the settled value of every slot that has a number or is withheld, in a fixed order.

    ``frame`` holds claims (``claims.table`` columns; ``Ledger.claims()`` adds publisher and date for the
    reasons, and what people decided; with ``as_of`` what they had decided then). Which claim gives the value:
    by the rules of ``policy`` (``load_policy``) a human decision, numbers before bounds, official statistics
    before documents, actual before estimated before planned, more independent sources, the more specific, the
    exact, the later. ``low`` and ``high`` leave room for every credible claim; superseded vintages, headlines
    beside their text, very doubtful readings, probable scale slips and what people rejected stand aside, each
    with a reason.
    """
    rules = policy or load_policy()
    with in_bulk():
        return _settled(frame, rules)


def _settled(frame: pl.DataFrame, rules: Policy) -> list[Settled]:
    from lodeclaim.reconciliation.checks.slips import slipped
    from lodeclaim.reconciliation.dependence import chinese_publisher
    from lodeclaim.reconciliation.evidence import gather

    placed = slots(frame)
    # Only texts known to be translations from Chinese can fall for a slip, so the rest need not be compared.
    publishers = {one.publisher for members in placed.values() for one in members if one.origin != "statistics"}
    suspect = "slipped" in rules.aside and any(chinese_publisher(publisher) for publisher in publishers)
    slips = slipped(gather(frame, placed=placed)) if suspect else {}
    return [settle_slot(key, members, rules, slips) for key, members in placed.items()]


def settle_slot(
    key: SlotKey,
    members: Sequence[Statement],
    policy: Policy | None = None,
    slips: Mapping[str, str] | None = None,
) -> Settled:
    """Return the settled value of one slot; ``slips`` is claim → why it has probably slipped."""
    rules = policy or load_policy()
    own = {one.claim: slips[one.claim] for one in members if one.claim in slips} if slips else {}
    standing = standing_of(members, rules, own)
    period = None if key.period == UNDATED else key.period
    if not standing.credible:
        figure = Figure.unknown(
            _missing(members, standing),
            unit=key.unit,
            period=period,
            basis=key.basis,
            claims=tuple(one.claim for one in members),
            reasons=tuple(f"{claim}: {why}" for claim, why in sorted(standing.aside.items())),
        )
        return Settled(key=key, figure=figure, standings=_standings(members, standing, None))
    ranked, rule = _ranked(standing.credible, rules)
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
        reasons=tuple(_reasons(key, standing, ranked, (low_by, high_by), rule)),
    )
    return Settled(
        key=key,
        figure=figure,
        disagreement=within_slot(key, standing.credible) if len(ranked) > 1 else None,
        preferred=best.claim,
        rule=rule,
        standings=_standings(members, standing, best.claim),
    )


def _missing(members: Sequence[Statement], standing: Standing) -> str:
    if any(one.value is not None for one in members):
        why = sorted({standing.aside[one.claim] for one in members if one.claim in standing.aside})
        return f"every claim stands aside ({'; '.join(why)})"
    flags = sorted({flag for one in members for flag in one.flags})
    return f"no number is published ({', '.join(flags)})"


def _standings(members: Sequence[Statement], standing: Standing, best: str | None) -> tuple[ClaimStanding, ...]:
    found = []
    for one in members:
        if one.claim in standing.aside and one.claim != best:
            found.append(ClaimStanding(claim=one.claim, standing="deprecated", reason=standing.aside[one.claim]))
        elif one.claim == best or one.standing == "preferred":
            found.append(ClaimStanding(claim=one.claim, standing="preferred", reason=one.standing_reason or ""))
        else:
            reason = f"repeats {standing.copies[one.claim]}" if one.claim in standing.copies else ""
            found.append(ClaimStanding(claim=one.claim, standing="normal", reason=reason))
    return tuple(found)


def _ranked(credible: Sequence[Statement], policy: Policy) -> tuple[Sequence[Statement], str | None]:
    """The claims of a slot as the policy ranks them, the id last, and what placed the first before another value."""
    human = "human" in policy.prefer
    if len(credible) == 1:
        return credible, _RULES["human"] if human and credible[0].standing == "preferred" else None
    said = [_said(one) for one in credible]
    columns = _columns(credible, said, policy)
    order = sorted(zip(*columns.values(), [one.claim for one in credible], range(len(credible)), strict=True))
    ranked = [credible[row[-1]] for row in order]
    if human and ranked[0].standing == "preferred":
        return ranked, _RULES["human"]
    best = order[0]
    what = said[best[-1]]
    for other in order:
        if said[other[-1]] != what:
            told = (name for name, mine, its in zip(columns, best, other, strict=False) if mine != its)
            return ranked, next((_RULES[name] for name in told), None)
    return ranked, None


def _columns(credible: Sequence[Statement], said: Sequence[str], policy: Policy) -> dict[Rule, Sequence[Any]]:
    """Rule → what it makes of each claim, the smallest first; a rule to which all are alike ranks none and is left out.

    All that the rules look at is read in one go, and only what differs within the slot is ranked.
    """
    standing, signs, origins, modalities, notes, tops, published, confidence = zip(
        *[
            (
                *(one.standing, one.comparator, one.origin, one.modality),
                *(one.notes, one.value_max, one.published, one.confidence),
            )
            for one in credible
        ],
        strict=True,
    )
    found: dict[Rule, Sequence[Any]] = {}
    if _differ(standing):
        found["human"] = [one != "preferred" for one in standing]
    if signed := _differ(signs):
        found["number"] = [sign in BOUNDS for sign in signs]
    if _differ(origins):
        found["official"] = [origin != "statistics" for origin in origins]
    if _differ(modalities):
        firm = _firmness(policy.modality)
        found["modality"] = [firm.get(modality, 9) for modality in modalities]
    if _differ(said):
        found["independent"] = _witnesses(credible, said)
    if _differ(notes):
        found["specific"] = [_unstated(some) if some else 0 for some in notes]
    if signed or _differ(tops):
        found["exact"] = [_EXACTNESS.get(sign, 2) + (top is not None) for sign, top in zip(signs, tops, strict=True)]
    if _differ(published):
        found["later"] = [_lateness(day) for day in published]
    if _differ(confidence):
        found["confident"] = [-one for one in confidence]
    return {name: column for name in policy.prefer if (column := found.get(name)) and _differ(column)}


def _differ(column: Sequence[Any]) -> bool:
    return column.count(column[0]) < len(column)


def _witnesses(credible: Sequence[Statement], said: Sequence[str]) -> list[int]:
    """How many voices say what a claim says, the most first."""
    if len(set(said)) == len(said):
        return [-1] * len(said)
    voices: dict[str, set[str]] = {}
    for one, what in zip(credible, said, strict=True):
        if what in voices:
            voices[what].add(one.voice)
        else:
            voices[what] = {one.voice}
    return [-len(voices[what]) for what in said]


@lru_cache(maxsize=64)
def _firmness(modalities: tuple[str, ...]) -> dict[str, int]:
    return {name: rank for rank, name in enumerate(modalities)}


@lru_cache(maxsize=4096)
def _unstated(notes: tuple[str, ...]) -> int:
    """How many slots beside the period a claim left unsaid."""
    return sum("not stated" in note and "period" not in note for note in notes)


@lru_cache(maxsize=1024)
def _lateness(published: str | None) -> int:
    """Return a number that is the smaller the later the last day of a publication date, 0 where none is known."""
    try:
        end = Period.parse(published).end if published else None
    except ValueError:
        end = None
    return -end.toordinal() if end else 0


def _said(one: Statement) -> str:
    """What a claim says to three digits: who says the same number is a witness for it."""
    return f"{one.comparator}{_value(one):.3g}" if one.comparator in BOUNDS else _three_digits(_value(one))


@lru_cache(maxsize=65536)
def _three_digits(value: float) -> str:
    return f"{value:.3g}"


def _value(one: Statement) -> float:
    """The number a claim stands for: the middle of a range, the number of a bound."""
    assert one.value is not None
    return one.value if one.value_max is None or one.comparator in BOUNDS else (one.value + one.value_max) / 2


def _room(credible: Sequence[Statement]) -> tuple[Interval, Statement, Statement]:
    """The interval that leaves room for every claim, and who set its ends.

    Numbers span it; a bound that excludes all of it widens it to its nearest point. Bounds alone leave what
    they all allow, and where they exclude each other everything between their ends.
    """
    points = [one for one in credible if one.comparator not in BOUNDS]
    if len(points) == len(credible) == 1:
        return _allowed(points[0]), points[0], points[0]
    bounds = [one for one in credible if one.comparator in BOUNDS] if len(points) < len(credible) else []
    if points:
        rooms = [_allowed(one) for one in points]
        lows, highs = [room.low for room in rooms], [room.high for room in rooms]
        low, high = min(lows), max(highs)
        low_by, high_by = _first_with(low, lows, points), _first_with(high, highs, points)
        for one in bounds:
            allowed = _allowed(one)
            if allowed.low > high:
                high, high_by = allowed.low, one
            elif allowed.high < low:
                low, low_by = allowed.high, one
        return Interval(low, high), low_by, high_by
    low_by = min(bounds, key=lambda one: (-_allowed(one).low, one.claim))
    high_by = min(bounds, key=lambda one: (_allowed(one).high, one.claim))
    low, high = _allowed(low_by).low, _allowed(high_by).high
    if low > high:
        return Interval(high, low), high_by, low_by
    return Interval(low, high), low_by, high_by


def _first_with(end: float, ends: Sequence[float], points: Sequence[Statement]) -> Statement:
    """Of the claims with this end the one whose id comes first."""
    if ends.count(end) == 1:
        return points[ends.index(end)]
    same = (one for one, its in zip(points, ends, strict=True) if its == end)
    return min(same, key=_BY_CLAIM)


def _allowed(one: Statement) -> Interval:
    assert one.allows is not None
    return one.allows


def _reasons(
    key: SlotKey,
    standing: Standing,
    ranked: Sequence[Statement],
    ends: tuple[Statement, Statement],
    rule: str | None,
) -> list[str]:
    best, (low_by, high_by) = ranked[0], ends
    reasons = [f"value from {cited(best, key.unit)}"]
    if rule is not None:
        reasons.append(f"before the others because {rule}" if rule != _RULES["human"] else f"preferred by {rule}")
    if best.standing_reason:
        reasons.append(f"{best.claim}: {best.standing_reason}")
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
    agreeing = [one for one in _agreeing(best, ranked) if one.claim not in standing.copies]
    if agreeing:
        voices = {one.voice for one in agreeing} - {best.voice}
        ids = ", ".join(one.claim for one in agreeing)
        reasons.append(f"{len(voices)} other independent source{'s agree' if len(voices) != 1 else ' agrees'}: {ids}")
    reasons += [f"{claim} repeats {first}; counted once" for claim, first in sorted(standing.copies.items())]
    reasons += [f"{claim}: {why}" for claim, why in sorted(standing.aside.items())]
    reasons += [f"{one.claim}: {note}" for one in ranked if one.notes for note in one.notes]
    return reasons


def _agreeing(best: Statement, ranked: Sequence[Statement]) -> Iterable[Statement]:
    """The claims after the first one that have a value in common with it."""
    if len(ranked) == 1 or best.tolerant is None:
        return ()
    low, high = best.tolerant.low, best.tolerant.high
    return [one for one in ranked[1:] if (room := one.tolerant) is not None and room.low <= high and low <= room.high]


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None

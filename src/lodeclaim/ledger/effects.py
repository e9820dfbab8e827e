"""What decisions come to: the standing of claims, corrected slots, merged claims and linked names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from lodeclaim.ledger.model import Decision, is_automatic

__all__ = ["Effects", "Linking", "Standing", "effective", "effects_of", "resolve", "topics"]

Rank = Literal["preferred", "normal", "deprecated"]
_RANK: dict[str, tuple[Rank, str]] = {
    "accept": ("normal", "accepted"),
    "prefer": ("preferred", "preferred"),
    "reject": ("deprecated", "rejected"),
    "retract": ("deprecated", "retracted"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a claim counts, and by whose word."""

    rank: Rank
    reason: str | None


@dataclass(frozen=True, slots=True)
class Linking:
    """What the words in a slot of a claim mean: ``entity`` where that is decided, else only what they do not mean.

    ``excluded`` is entity → the words that stand in its place.
    """

    decided: bool
    entity: str | None = None
    excluded: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Effects:
    """The state that a sequence of decisions leaves behind.

    ``standing`` and ``merged`` are by claim; ``slots`` is (claim, slot) → what stands there, as text; ``same`` is
    name → the entity it is everywhere.
    """

    standing: Mapping[str, Standing]
    merged: Mapping[str, str]
    slots: Mapping[tuple[str, str], Linking]
    same: Mapping[str, str]


def effective(decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """Return the decisions that nobody has undone, in their order; an undone undo leaves what it undid."""
    undone: set[int] = set()
    kept: list[Decision] = []
    for one in sorted(decisions, key=lambda one: -one.number):
        if one.number in undone:
            continue
        if one.undoes is not None:
            undone.add(one.undoes)
        kept.append(one)
    return tuple(reversed(kept))


def topics(one: Decision) -> frozenset[tuple[str, ...]]:
    """Return what a decision is about: two decisions on one topic may contradict each other."""
    if one.claim is None:
        return frozenset({("names", *sorted((one.value or "", one.other or "")))})
    if one.slot is not None:
        return frozenset({("slot", one.claim, one.slot)})
    both = (one.claim, one.other) if one.other is not None else (one.claim,)
    return frozenset(("claim", claim) for claim in both)


def effects_of(decisions: Sequence[Decision]) -> Effects:
    """Return the state after the decisions: programs first, people over them, the later over the earlier."""
    valid = [one for one in effective(decisions) if one.kind != "undo"]
    ordered = sorted(valid, key=lambda one: (not is_automatic(one.by), one.number))
    standing: dict[str, Standing] = {}
    merges: dict[str, Decision] = {}
    merged: dict[str, str] = {}
    slots: dict[tuple[str, str], Linking] = {}
    same: dict[str, str] = {}
    for one in ordered:
        if one.kind in _RANK and one.claim is not None:
            rank, verb = _RANK[one.kind]
            standing[one.claim] = Standing(rank, _signed(verb, one))
        elif one.kind == "merge" and one.claim is not None and one.other is not None:
            if _end(one.other, merged) != one.claim:
                merges[one.claim], merged[one.claim] = one, one.other
        elif one.kind == "split" and one.claim in merges and one.other in (None, merges[one.claim].other):
            del merges[one.claim], merged[one.claim]
        elif one.claim is not None and one.slot is not None:
            slots[one.claim, one.slot] = _linked(slots.get((one.claim, one.slot)), one)
            if one.kind == "correct":
                before = standing.get(one.claim, Standing("normal", None))
                said = _signed(f"{one.slot} corrected", one)
                standing[one.claim] = Standing(before.rank, f"{before.reason}; {said}" if before.reason else said)
        elif one.value is not None and one.other is not None:
            _joined(same, one)
    for claim, by in merges.items():
        target = _end(claim, merged)
        standing[claim] = Standing("deprecated", _signed(f"merged into {target}", by))
    return Effects(standing, {claim: _end(claim, merged) for claim in merged}, slots, same)


def _linked(before: Linking | None, one: Decision) -> Linking:
    if one.kind == "correct":
        return Linking(decided=True, entity=one.value)
    if one.kind == "same-as":
        return Linking(decided=True, entity=one.other)
    words = f"name:{(one.value or '').removeprefix('name:')}"
    entity = one.other or ""
    if before is None:
        return Linking(decided=False, excluded={entity: words})
    if before.decided:
        return Linking(decided=True, entity=words) if before.entity == entity else before
    return Linking(decided=False, excluded={**before.excluded, entity: words})


def _joined(same: dict[str, str], one: Decision) -> None:
    value, other = one.value or "", one.other or ""
    if one.kind == "same-as":
        if _end(other, same) != value:
            same[value] = other
    else:
        for first, second in ((value, other), (other, value)):
            if same.get(first) == second:
                del same[first]


def _end(start: str, onward: Mapping[str, str]) -> str:
    """Follow the chain to its end; a chain never closes, since closing links are not taken up."""
    here = start
    while here in onward:
        here = onward[here]
    return here


def resolve(entities: Iterable[str], same: Mapping[str, str]) -> dict[str, str]:
    """Return entity → what it is in the end, for those that are something else."""
    return {entity: _end(entity, same) for entity in entities if entity in same}


def _signed(what: str, one: Decision) -> str:
    reason = f": {one.reason}" if one.reason else ""
    return f"{what} by {one.by} on {one.at[:10]}{reason}"

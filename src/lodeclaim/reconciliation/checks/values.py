"""Values that exclude each other: within a slot, and between slots that differ in one qualifier."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import combinations, product
from operator import attrgetter

from msgspec.structs import replace

from lodeclaim.reconciliation.checks.ratios import exclude, first_slip, ratio
from lodeclaim.reconciliation.evidence import Evidence, period_of
from lodeclaim.reconciliation.finding import finding
from lodeclaim.reconciliation.model import BOUNDS, UNDATED, Conflict, ConflictKind, SlotKey, Statement
from lodeclaim.reconciliation.words import cited, slot_in_words

__all__ = [
    "SINGLE",
    "beyond_world",
    "lost_bound",
    "other_basis",
    "other_class",
    "same_slot",
    "undated",
    "within_slot",
]

#: Quantities of which there is one per slot, so that two values cannot both hold.
SINGLE = frozenset(
    {
        *("production", "capacity", "reserve", "demand", "trade", "share", "import_reliance", "supplier_share"),
        *("grade", "recovery", "stake", "stocks", "recycling_rate", "employment"),
    }
)
#: These do not change from one year to the next by themselves, so an undated pair may be compared.
_LASTING = frozenset({"reserve", "grade", "recovery", "stake", "capacity"})
#: Quantities counted in a basis.
_MASSES = frozenset({"production", "capacity", "reserve", "demand", "trade", "stocks", "grade"})
#: Quantities whose parts cannot exceed the world's total.
WHOLES = frozenset({"production", "reserve", "capacity"})
_FLOOR = attrgetter("low")
_TOP = attrgetter("high")
#: A finding names so many claims; beyond, the extremes stand for all.
_NAMED = 24


def same_slot(evidence: Evidence) -> Iterator[Conflict]:
    """Claims of one slot whose values exclude each other."""
    for key, apart in _slots_apart(evidence).items():
        if (found := _excluding(key, apart)) is not None:
            yield found


def within_slot(key: SlotKey, members: Sequence[Statement]) -> Conflict | None:
    """Return how the claims of one slot disagree, be it but that a bound was lost, or None where they go together."""
    apart = _apart(members)
    return _excluding(key, apart) if apart else _lost(key, members)


def _slots_apart(evidence: Evidence) -> dict[SlotKey, list[Statement]]:
    """Slot → its claims that exclude some other, for the slots that have such; worked out once."""
    if "apart" not in evidence.shared:
        several = ((key, members) for key, members in evidence.credible.items() if len(members) > 1)
        evidence.shared["apart"] = {key: apart for key, members in several if (apart := _apart(members))}
    found: dict[SlotKey, list[Statement]] = evidence.shared["apart"]
    return found


def _excluding(key: SlotKey, apart: Sequence[Statement]) -> Conflict | None:
    """How claims of one slot that exclude each other disagree, or None where they may be of several things."""
    low, high = apart[0], apart[-1]
    slipped = first_slip(key, combinations(_some(apart), 2))
    if not slipped and not _comparable(key, apart):
        return None
    kind, why = _kind(key, apart, slipped)
    proposal = (
        "Keep all values and name what each counts."
        if kind == "several"
        else "Compare the two sources and prefer one, or correct the slot that was read wrongly."
    )
    claims = [one.claim for one in apart]
    words = partial(_worded, key, f"{why}{f'; {slipped}' if slipped else ''}", apart)
    return finding("same-slot", kind, claims, words, proposal=proposal, key=key, ratio=ratio(low, high))


def lost_bound(evidence: Evidence) -> Iterator[Conflict]:
    """A number that another source gives as a bound: the bound may have been lost on the way."""
    apart = _slots_apart(evidence)
    for key, members in evidence.credible.items():
        if len(members) > 1 and key not in apart and (found := _lost(key, members)) is not None:
            yield found


def other_class(evidence: Evidence) -> Iterator[Conflict]:
    """Values of one matter in two classes, such as proven and inferred."""
    yield from _across(evidence.credible, "class", ("kind",), SINGLE)


def other_basis(evidence: Evidence) -> Iterator[Conflict]:
    """Masses of one matter in two forms or bases that no fixed factor joins."""
    yield from _across(evidence.credible, "basis", ("basis", "form"), SINGLE & _MASSES)


def undated(evidence: Evidence) -> Iterator[Conflict]:
    """An undated number beside the latest dated one of the same slot."""
    credible = evidence.credible
    matter_of = _without("period")
    bare = {matter_of(key): key for key in credible if key.period == UNDATED and key.predicate in SINGLE}
    dated: dict[SlotKey, SlotKey] = {}
    for key in credible:
        family = bare.get(matter_of(key)) if key.period != UNDATED and key.predicate in SINGLE else None
        if family is not None and (family not in dated or _end(key) > _end(dated[family])):
            dated[family] = key
    for family, latest in dated.items():
        members = credible[family]
        if not (family.place or family.site or family.actor):
            continue
        involved = [*members, *credible[latest]]
        mine = {one.claim for one in members}
        if not _any_exclude(members, credible[latest]):
            if lost := _lost(family, involved):
                yield lost
            continue
        slipped = first_slip(family, product(_different(members), _different(credible[latest])))
        what = f"the undated value does not fit that of {latest.period}{f'; {slipped}' if slipped else ''}"
        words = partial(_worded, family, what, involved)
        named = [one.claim for one in sorted(involved, key=lambda one: one.claim not in mine)]
        proposal = "Find out for which year the undated value holds."
        yield finding("undated", "several", named, words, proposal=proposal, key=family, ratio=_spread(involved))


def beyond_world(evidence: Evidence) -> Iterator[Conflict]:
    """A part that is more than the whole: a country's or site's quantity above the latest world total."""
    credible = evidence.credible
    worlds: dict[tuple[str, str | None, str | None], SlotKey] = {}
    for key, members in credible.items():
        if key.place == "WLD" and key.predicate in WHOLES and any(one.origin == "statistics" for one in members):
            matter = (key.predicate, key.material, key.unit)
            if matter not in worlds or _end(key) > _end(worlds[matter]):
                worlds[matter] = key
    for key, members in credible.items():
        world_key = worlds.get((key.predicate, key.material, key.unit))
        if world_key is None or key.place == "WLD" or not (key.place or key.site) or key.tense != "actual":
            continue
        if None not in (key.basis, world_key.basis) and key.basis != world_key.basis:
            continue
        world = next(one for one in credible[world_key] if one.origin == "statistics")
        over = [one for one in members if one.origin != "statistics" and _above(one, world)]
        if not over:
            continue
        sure = key.basis == world_key.basis and not world.is_bound and key.kind == world_key.kind
        times = max(ratio(one, world) for one in over)
        words = (
            f"{slot_in_words(key)}: {times:.3g} times the published world total; a scale slip, by ten or more, "
            f"or another class or basis is possible. {_listed([*over, world], key.unit)}"
        )
        kind: ConflictKind = "conflict" if sure else "suspicion"
        proposal = "Do not use the value as it stands; look for the figure that was meant."
        claims = [one.claim for one in [*over, world]]
        yield finding("beyond-world", kind, claims, words, proposal=proposal, key=key, ratio=times)


def _apart(members: Sequence[Statement]) -> list[Statement]:
    """The members that exclude some other member, smallest first; in linear time."""
    rooms = [one.tolerant for one in members if one.tolerant is not None]
    if len(rooms) < 2:
        return []
    lowest_top = min(map(_TOP, rooms))
    highest_floor = max(map(_FLOOR, rooms))
    if highest_floor <= lowest_top:
        return []
    found = [
        one
        for one in members
        if (room := one.tolerant) is not None and (room.low > lowest_top or room.high < highest_floor)
    ]
    return sorted(found, key=lambda one: (one.value or 0.0, one.claim))


def _some(apart: Sequence[Statement]) -> list[Statement]:
    """A few distinct values from the smallest to the largest, among which a slip is looked for."""
    distinct = list({one.value: one for one in apart}.values())
    step = max(1, len(distinct) // 8)
    return distinct[::step][:9]


def _comparable(key: SlotKey, involved: Sequence[Statement]) -> bool:
    """Whether two values can be of one thing at all: deals, counts and changes need more than a country."""
    if key.predicate in SINGLE:
        return bool(key.place or key.site or key.actor)
    return len({one.source for one in involved}) > 1 and bool(key.site or key.actor)


def _kind(key: SlotKey, involved: Sequence[Statement], slipped: str) -> tuple[ConflictKind, str]:
    sources = {one.source for one in involved}
    if len(sources) == 1:
        return "several", f"one source gives {len(involved)} values, so their definitions differ"
    if key.tense == "outlook":
        return "several", "the expectations differ"
    if slipped:
        return "conflict", f"{len(involved)} values exclude each other"
    if key.predicate not in SINGLE:
        return "several", "the values may belong to different events"
    if key.period == UNDATED and key.predicate not in _LASTING:
        return "several", "the values differ and no period is stated"
    if key.predicate == "reserve" and key.kind is None:
        return "several", "the values differ and their class (reserve, resource, prognosis) is not stated"
    return "conflict", f"{len(involved)} values exclude each other"


def _lost(key: SlotKey, members: Sequence[Statement]) -> Conflict | None:
    bounds = [one for one in members if one.comparator in BOUNDS and one.value]
    for bound in bounds:
        same = [one for one in members if one.comparator in ("=", "~") and one.value == bound.value]
        same = [one for one in same if one.source != bound.source and one.value_max is None]
        if same:
            involved = [*same, bound]
            listed = _listed(involved, key.unit)
            words = f"{slot_in_words(key)}: one source states a bound, another the same number as the value. {listed}"
            proposal = "Take the number as the bound it is with the more exact source."
            claims = [one.claim for one in involved]
            return finding("lost-bound", "suspicion", claims, words, proposal=proposal, key=key)
    return None


def _across(
    credible: dict[SlotKey, tuple[Statement, ...]],
    qualifier: str,
    blurred: tuple[str, ...],
    predicates: frozenset[str],
) -> Iterator[Conflict]:
    """Slots that are one but for a qualifier, with no common value between some of them."""
    matter_of = _without(*blurred)
    groups: dict[tuple[object, ...], list[SlotKey]] = {}
    for key in credible:
        if key.predicate in predicates and (key.place or key.site or key.actor):
            groups.setdefault(matter_of(key), []).append(key)
    for keys in groups.values():
        if len(keys) < 2:
            continue
        family = replace(keys[0], **dict.fromkeys(blurred))
        apart = [pair for pair in combinations(keys, 2) if _all_exclude(credible[pair[0]], credible[pair[1]])]
        if not apart:
            continue
        involved = [one for key in dict.fromkeys(k for pair in apart for k in pair) for one in credible[key]]
        if all(one.origin == "statistics" for one in involved):
            continue
        named = {one.claim: key for key in keys for one in credible[key]}
        listed = "; ".join(
            f"{_qualified(named[one.claim], qualifier)} {cited(one, family.unit)}" for one in involved[:_NAMED]
        )
        slipped = first_slip(family, combinations(involved[:_NAMED], 2))
        words = f"{slot_in_words(family)}: values of different {qualifier}{f'; {slipped}' if slipped else ''}. {listed}"
        proposal = f"Keep the values apart by {qualifier}; none is the value of the other."
        claims = [one.claim for one in involved]
        name = f"other-{qualifier}"
        yield finding(name, "several", claims, words, proposal=proposal, key=family, ratio=_spread(involved))


def _without(*fields: str) -> Callable[[SlotKey], tuple[object, ...]]:
    """What gives a slot without some fields: slots that are one but for these have it in common."""
    return attrgetter(*(name for name in SlotKey.__struct_fields__ if name not in fields))


def _above(one: Statement, world: Statement) -> bool:
    """Whether a number exceeds the world's, with room for rounding; half as much again where that is a bound."""
    if one.tolerant is None or world.tolerant is None or world.value is None:
        return False
    limit = 1.5 * world.value if math.isinf(world.tolerant.high) else world.tolerant.high
    return one.tolerant.low > limit


def _qualified(key: SlotKey, qualifier: str) -> str:
    if qualifier == "class":
        return f"[{key.kind or 'class not stated'}]"
    return f"[{', '.join(part for part in (key.form, key.basis) if part) or 'basis not stated'}]"


def _end(key: SlotKey) -> str:
    period = period_of(key.period)
    if period is None:
        return ""
    return period.end.isoformat() if period.end else "9999"


def _any_exclude(some: Sequence[Statement], others: Sequence[Statement]) -> bool:
    """Whether a claim of the one group excludes one of the other, told by the ends of what the groups allow."""
    mine = [one.tolerant for one in some if one.tolerant is not None]
    theirs = [one.tolerant for one in others if one.tolerant is not None]
    if not mine or not theirs:
        return False
    above = max(map(_FLOOR, mine)) > min(map(_TOP, theirs))
    return bool(above or max(map(_FLOOR, theirs)) > min(map(_TOP, mine)))


def _different(members: Iterable[Statement]) -> list[Statement]:
    """The first claim of each number: what a ratio tells does not depend on who says it."""
    found: dict[tuple[object, ...], Statement] = {}
    for one in members:
        room = one.tolerant
        found.setdefault((one.value, one.comparator, room and room.low, room and room.high), one)
    return list(found.values())


def _all_exclude(some: Iterable[Statement], others: Sequence[Statement]) -> bool:
    return all(exclude(one, other) for one in some for other in others)


def _worded(key: SlotKey, what: str, involved: Sequence[Statement]) -> str:
    return f"{slot_in_words(key)}: {what}. {_listed(involved, key.unit)}"


def _listed(involved: Sequence[Statement], unit: str | None) -> str:
    more = f"; and {len(involved) - _NAMED} more" if len(involved) > _NAMED else ""
    return "; ".join(cited(one, unit) for one in involved[:_NAMED]) + more


def _spread(involved: Sequence[Statement]) -> float:
    numbers = sorted(involved, key=lambda one: abs(one.value or 0.0))
    return ratio(numbers[0], numbers[-1]) if numbers else 1.0

"""Where sources disagree: within a slot, and between slots that differ in one qualifier only."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Literal

from lodeclaim.core.period import Period
from lodeclaim.reconciliation.model import UNDATED, Disagreement, SlotKey, Statement
from lodeclaim.reconciliation.slots import slots
from lodeclaim.reconciliation.standing import standing_of
from lodeclaim.reconciliation.words import cited, slot_in_words
from lodeclaim.vocabulary.load import load_vocabulary

if TYPE_CHECKING:
    import polars as pl

__all__ = ["disagreements", "within_slot"]

#: Quantities of which there is one per slot, so that two values cannot both hold.
_SINGLE = frozenset(
    {
        *("production", "capacity", "reserve", "demand", "trade", "share", "import_reliance", "supplier_share"),
        *("grade", "recovery", "stake", "stocks", "recycling_rate", "employment"),
    }
)
#: These do not change from one year to the next by themselves, so an undated pair may be compared.
_LASTING = frozenset({"reserve", "grade", "recovery", "stake", "capacity"})
Kind = Literal["conflict", "several", "bound"]
#: Quantities whose parts cannot exceed the world's total.
_WHOLES = frozenset({"production", "reserve", "capacity"})
_SHORT_TON = 1.10231131
_BASE = {"conflict": 3.0, "several": 2.0, "bound": 1.0}


def disagreements(frame: pl.DataFrame) -> list[Disagreement]:
    """Return what does not go together in a table of claims, gravest first.

    Within a slot: values that exclude each other, rounding and bounds allowed for. Between slots: numbers of
    one matter that differ in class, basis or form, or of which one is undated; these are ``several``, never
    conflicts. Official tables alone are compared within slots only.
    """
    credible = {key: standing_of(members).credible for key, members in slots(frame).items()}
    credible = {key: members for key, members in credible.items() if members}
    found = [one for key, members in credible.items() if (one := within_slot(key, members)) is not None]
    found += _across(credible, "class", lambda key: dataclasses.replace(key, kind=None))
    found += _across(credible, "basis", lambda key: dataclasses.replace(key, basis=None, form=None))
    found += _undated(credible)
    found += _beyond_world(credible)
    return sorted(found, key=lambda one: (-one.severity, one.key.order, one.claims))


def within_slot(key: SlotKey, members: Sequence[Statement]) -> Disagreement | None:
    """Return how the claims of one slot disagree, or None where they go together."""
    if len(members) < 2:
        return None
    apart = [pair for pair in combinations(members, 2) if _exclude(*pair)]
    if not apart:
        return _lost_bound(key, members)
    involved = sorted({one.claim: one for pair in apart for one in pair}.values(), key=_by_value)
    low, high = max(apart, key=lambda pair: (_ratio(*pair), pair[0].claim, pair[1].claim))
    slip = next((words for pair in apart if (words := _slip(key, *pair))), "")
    if not slip and not _comparable(key, involved):
        return None
    listed = "; ".join(cited(one, key.unit) for one in involved)
    kind, why = _kind(key, involved, slip)
    explanation = f"{slot_in_words(key)}: {why}{f'; {slip}' if slip else ''}. {listed}"
    return _disagreement(kind, explanation, involved, key, _ratio(low, high))


def _comparable(key: SlotKey, involved: Sequence[Statement]) -> bool:
    """Whether two values can be of one thing at all: deals, counts and changes need more than a country."""
    if key.predicate in _SINGLE:
        return bool(key.place or key.site or key.actor)
    return len({one.source for one in involved}) > 1 and bool(key.site or key.actor)


def _kind(key: SlotKey, involved: Sequence[Statement], slip: str) -> tuple[Kind, str]:
    sources = {one.source for one in involved}
    if len(sources) == 1:
        return "several", f"one source gives {len(involved)} values, so their definitions differ"
    if key.tense == "outlook":
        return "several", "the expectations differ"
    if slip:
        return "conflict", f"{len(involved)} values exclude each other"
    if key.predicate not in _SINGLE:
        return "several", "the values may belong to different events"
    if key.period == UNDATED and key.predicate not in _LASTING:
        return "several", "the values differ and no period is stated"
    if key.predicate == "reserve" and key.kind is None:
        return "several", "the values differ and their class (reserve, resource, prognosis) is not stated"
    return "conflict", f"{len(involved)} values exclude each other"


def _lost_bound(key: SlotKey, members: Sequence[Statement]) -> Disagreement | None:
    """A number that another source gives as a bound: the bound may have been lost on the way."""
    for bound in members:
        if not bound.is_bound:
            continue
        same = [one for one in members if one.comparator in ("=", "~") and one.value == bound.value]
        same = [one for one in same if one.source != bound.source and one.value_max is None]
        if same and bound.value:
            involved = [*same, bound]
            listed = "; ".join(cited(one, key.unit) for one in involved)
            words = f"{slot_in_words(key)}: one source states a bound, another the same number as the value. {listed}"
            return _disagreement("bound", words, involved, key, 1.0)
    return None


def _across(
    credible: dict[SlotKey, tuple[Statement, ...]], qualifier: str, blur: Callable[[SlotKey], SlotKey]
) -> Iterator[Disagreement]:
    """Slots that are one but for a qualifier, with no common value between some of them."""
    groups: dict[SlotKey, list[SlotKey]] = {}
    for key in credible:
        if key.predicate in _SINGLE:
            groups.setdefault(blur(key), []).append(key)
    for family, keys in groups.items():
        if len(keys) < 2 or not (family.place or family.site or family.actor):
            continue
        slots_apart = [
            (one, other) for one, other in combinations(keys, 2) if _all_exclude(credible[one], credible[other])
        ]
        if not slots_apart:
            continue
        involved = [one for key in dict.fromkeys(k for pair in slots_apart for k in pair) for one in credible[key]]
        if all(one.origin == "statistics" for one in involved):
            continue
        named = {one.claim: key for key in keys for one in credible[key]}
        listed = "; ".join(f"{_qualified(named[one.claim], qualifier)} {cited(one, family.unit)}" for one in involved)
        slip = next((s for a, b in combinations(involved, 2) if (s := _slip(family, a, b))), "")
        words = f"{slot_in_words(family)}: values of different {qualifier}{f'; {slip}' if slip else ''}. {listed}"
        yield _disagreement("several", words, involved, family, _spread(involved))


def _undated(credible: dict[SlotKey, tuple[Statement, ...]]) -> Iterator[Disagreement]:
    """An undated number beside the latest dated one of the same slot."""
    dated: dict[SlotKey, SlotKey] = {}
    for key in credible:
        if key.period != UNDATED and key.predicate in _SINGLE:
            family = dataclasses.replace(key, period=UNDATED)
            if family not in dated or _end(key) > _end(dated[family]):
                dated[family] = key
    for family, latest in dated.items():
        members = credible.get(family)
        if not members or not _any_exclude(members, credible[latest]):
            lost = _lost_bound(family, [*members, *credible[latest]]) if members else None
            if lost:
                yield lost
            continue
        involved = [*members, *credible[latest]]
        listed = "; ".join(cited(one, family.unit) for one in involved)
        slip = next((s for a in members for b in credible[latest] if (s := _slip(family, a, b))), "")
        words = (
            f"{slot_in_words(family)}: the undated value does not fit that of {latest.period}"
            f"{f'; {slip}' if slip else ''}. {listed}"
        )
        yield _disagreement("several", words, involved, family, _spread(involved))


def _beyond_world(credible: dict[SlotKey, tuple[Statement, ...]]) -> Iterator[Disagreement]:
    """A part that is more than the whole: a country's or site's quantity above the latest world total."""
    worlds: dict[tuple[str, str | None, str | None], SlotKey] = {}
    for key, members in credible.items():
        if key.place == "WLD" and key.predicate in _WHOLES and any(one.origin == "statistics" for one in members):
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
        listed = "; ".join(cited(one, key.unit) for one in [*over, world])
        times = max(_ratio(one, world) for one in over)
        words = (
            f"{slot_in_words(key)}: {times:.3g} times the published world total; "
            f"a scale slip or another class or basis is possible. {listed}"
        )
        yield _disagreement("conflict" if sure else "several", words, [*over, world], key, times)


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
    try:
        end = Period.parse(key.period).end
    except ValueError:
        return ""
    return end.isoformat() if end else "9999"


def _exclude(one: Statement, other: Statement) -> bool:
    return one.tolerant is not None and other.tolerant is not None and not one.tolerant.overlaps(other.tolerant)


def _all_exclude(some: Iterable[Statement], others: Sequence[Statement]) -> bool:
    return all(_exclude(one, other) for one in some for other in others)


def _any_exclude(some: Iterable[Statement], others: Sequence[Statement]) -> bool:
    return any(_exclude(one, other) for one in some for other in others)


def _by_value(one: Statement) -> tuple[float, str]:
    return (one.value or 0.0, one.claim)


def _ratio(one: Statement, other: Statement) -> float:
    small, large = sorted((abs(one.value or 0.0), abs(other.value or 0.0)))
    return large / small if small > 0 else math.inf if large > 0 else 1.0


def _spread(involved: Sequence[Statement]) -> float:
    return max((_ratio(*pair) for pair in combinations(involved, 2)), default=1.0)


def _slip(key: SlotKey, one: Statement, other: Statement) -> str:
    """What a ratio of two values tells: a power of ten, a compound against its element, a short ton."""
    ratio = _ratio(one, other)
    if not math.isfinite(ratio) or ratio < 1.02 or not _exclude(one, other):
        return ""
    power = round(math.log10(ratio))
    if power >= 1 and abs(ratio / 10**power - 1) <= 0.02:
        return f"ratio {ratio:.3g}: a scale slip is possible"
    if key.unit not in ("t", "t/yr"):
        return ""
    if abs(ratio / _SHORT_TON - 1) <= 0.005:
        return f"ratio {ratio:.4g}: short against metric tons is possible"
    material = load_vocabulary().materials.get(key.material or "")
    for form in material.forms if material else ():
        if form.factor and 0 < form.factor < 1 and abs(ratio * form.factor - 1) <= 0.005:
            return f"ratio {ratio:.4g} is that of {form.id} to {form.of or 'its element'}: the basis may differ"
    return ""


def _disagreement(
    kind: Kind, explanation: str, involved: Iterable[Statement], key: SlotKey, ratio: float
) -> Disagreement:
    weight = 1.0 if math.isinf(ratio) else 1 - 1 / max(ratio, 1.0)
    return Disagreement(
        kind=kind,
        explanation=explanation,
        claims=tuple(dict.fromkeys(one.claim for one in involved)),
        key=key,
        severity=_BASE[kind] + min(weight, 0.999),
    )

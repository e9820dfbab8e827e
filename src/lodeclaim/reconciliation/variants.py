"""Variants of one matter: which claims that leave a kind, stage, form or basis unsaid join those that state it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from functools import lru_cache
from itertools import chain
from operator import attrgetter

from msgspec.structs import replace

from lodeclaim.reconciliation.model import SlotKey, Statement

__all__ = ["Family", "by_order", "joined"]

#: What a document may leave unsaid.
_VARIANT = ("kind", "stage", "form", "basis")
Variant = tuple[str | None, str | None, str | None, str | None]

#: Slot → stretches (start, end) of rows that speak of it, for slots that are one but for what a document may leave
#: unsaid.
Family = dict[SlotKey, list[tuple[int, int]]]


@lru_cache(maxsize=65536)
def by_order(key: SlotKey) -> tuple[str, ...]:
    """Return what sorts slots; the same ones are sorted again and again."""
    return key.order


def joined(family: Family, stated: Set[SlotKey], statements: list[Statement]) -> Family:
    """Let documents that leave a kind, stage, form or basis unsaid join the one variant that says least more.

    Where two variants say equally little more, that of the statistics is taken; where these are two as well,
    the claim stays apart. Tables say what they count: an empty form there is a total and joins nothing. ``stated``
    are the slots that statistics speak of; a claim that joins another slot notes it.
    """
    if len(family) == 1:
        return family
    ordered = sorted(family, key=_by_rest)
    if len({_variant(key) for key in family}) == 1:
        return {key: family[key] for key in ordered}
    official: dict[Variant, bool] = {}
    for key in family:
        variant = _variant(key)
        official[variant] = official.get(variant, False) or key in stated
    targets = _targets(tuple(official.items()))
    result: Family = {}
    for key in ordered:
        variant, own, other = _variant(key), family[key], key
        if (target := targets[variant]) != variant:
            filled = zip(_VARIANT, variant, target, strict=True)
            note = "; ".join(f"{name} not stated, taken as {new}" for name, old, new in filled if old != new)
            for row in chain.from_iterable(range(start, end) for start, end in own):
                one = statements[row]
                statements[row] = replace(one, notes=(*one.notes, note))
            other = replace(key, **dict(zip(_VARIANT, target, strict=True)))
        result.setdefault(other, []).extend(own)
    return result


_variant: Callable[[SlotKey], Variant] = attrgetter(*_VARIANT)


def _by_rest(key: SlotKey) -> tuple[str, ...]:
    """What sorts the slots of one family, which have all else in common."""
    return key.stage or "", key.kind or "", key.form or "", key.basis or "", key.period, key.tense


# most families have the same few variants
@lru_cache(maxsize=1024)
def _targets(variants: tuple[tuple[Variant, bool], ...]) -> dict[Variant, Variant]:
    """Variant → the one it joins, itself where it joins none."""
    official = dict(variants)
    return {variant: _resolved(variant, official) for variant in official}


def _resolved(variant: Variant, official: Mapping[Variant, bool]) -> Variant:
    """Follow a vague variant to the one it joins, step by step; itself where it joins none."""
    if official[variant] or None not in variant:
        return variant
    # An unsaid kind is the plain case, and only a table shows that it goes without saying.
    more = {
        other: count
        for other in official
        if (count := _adds(variant, other)) and (official[other] or variant[0] == other[0])
    }
    nearest = [other for other, count in more.items() if count == min(more.values())]
    if len(nearest) > 1:
        stated = {other: count for other, count in more.items() if official[other]}
        nearest = [other for other, count in stated.items() if count == min(stated.values())]
    return _resolved(nearest[0], official) if len(nearest) == 1 else variant


def _adds(vague: Variant, exact: Variant) -> int:
    """How much ``exact`` states beyond ``vague``; 0 where the two do not fit or are the same."""
    pairs = list(zip(vague, exact, strict=True))
    return sum(mine != theirs for mine, theirs in pairs) if all(mine in (None, theirs) for mine, theirs in pairs) else 0

"""Numbers on one matter side by side: the groups, and the pairs of which the ratio may tell something."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, combinations
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, TypeVar

from lodeclaim.reconciliation.checks.ratios import SCALE, windows
from lodeclaim.reconciliation.checks.ties import is_company
from lodeclaim.reconciliation.evidence import Evidence, Item
from lodeclaim.reconciliation.model import SlotKey, Statement
from lodeclaim.vocabulary.load import load_vocabulary

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

__all__ = ["MASSES", "MONEY", "Matter", "matters", "pairs_of", "sums_of_money"]

MONEY = frozenset({"investment", "financing", "transaction", "agreement", "valuation"})
MASSES = frozenset({"production", "capacity", "reserve", "demand", "trade", "stocks"})
_BY_SIZE = attrgetter("value", "claim")
_BY_VOICE = attrgetter("value", "voice")
#: What is said with a number: claims of one slot have their unit in common, those of documents need not.
_SAID = attrgetter("value", "value_max", "comparator", "voice")
_TOLD = attrgetter("value", "value_max", "unit", "comparator", "voice")
_COUNTED = frozenset({"price", "count"})
#: More claims on one matter than this are compared with their neighbours in size only.
_MANY = 40
#: Groups compared in one go, so that memory stays bounded.
_AT_ONCE = 512

Pair = tuple[Item, Item]
#: A slot and claims on it and on others of the same matter.
_Group = tuple[SlotKey, list[Statement]]
Said = TypeVar("Said", Item, Statement)
Group = TypeVar("Group")


@dataclass(frozen=True, slots=True)
class Matter:
    """Claims on one thing, and those pairs whose ratio is near a power of ten, a ton or a compound.

    ``by_scale`` may differ by a power of ten, ``by_factor`` by a ton or a compound; the smaller comes first.
    """

    claims: list[Statement]
    by_scale: list[Pair]
    by_factor: list[Pair]


def _compare(evidence: Evidence, groups: Sequence[_Group]) -> list[Matter]:
    """The groups with their telling pairs: the ratios of all of them in one go, many times as fast as one by one."""
    import numpy

    different = [_distinct(claims, _SAID) for _, claims in groups]
    claims = list(chain.from_iterable(different))
    sizes = [len(group) for group in different]
    pairs = [_compared(size) for size in sizes]
    starts = numpy.cumsum([0, *sizes[:-1]])
    first = numpy.concatenate([one + start for (one, _), start in zip(pairs, starts, strict=True)])
    second = numpy.concatenate([other + start for (_, other), start in zip(pairs, starts, strict=True)])
    group_of = numpy.repeat(numpy.arange(len(groups)), [len(one) for one, _ in pairs])
    values = numpy.abs(numpy.array([one.value for one in claims], dtype=float))
    rough = numpy.array([one.comparator == "~" for one in claims], dtype=bool)
    one, other = values[first], values[second]
    with numpy.errstate(all="ignore"):
        ratio = other / one
        # In order of size with their sign, the later of two may be the nearer to nothing.
        ratio = numpy.where(ratio < 1.0, 1.0 / ratio, ratio)
    ratio[(one == other) | (one == 0.0)] = 0.0
    far = numpy.flatnonzero((ratio >= 4.99) & (ratio < math.inf))
    # Twice the room that the check itself leaves; "about" may be off by more than that.
    off = ratio[far] / 10.0 ** numpy.log10(ratio[far]).round()
    near = (off >= 1 - 2 * SCALE) & (off <= 1 + 2 * SCALE)
    scaled = far[near | rough[first[far]] | rough[second[far]]]
    explained = numpy.zeros(len(ratio), dtype=bool)
    factors = [windows(key.material) if key.predicate in MASSES else () for key, _ in groups]
    for known in set(factors):
        concerned = numpy.array([own == known for own in factors], dtype=bool)[group_of]
        for low, high in known:
            explained |= concerned & (low <= ratio) & (ratio <= high)

    found = [Matter(own, [], []) for _, own in groups]
    telling = numpy.flatnonzero(explained)
    named = numpy.unique(numpy.concatenate([first[scaled], second[scaled], first[telling], second[telling]]))
    by_id = evidence.by_id(claims[one].claim for one in named.tolist())
    item_of = {one: by_id[claims[one].claim] for one in named.tolist()}

    def paired(at: NDArray[numpy.intp]) -> Iterator[tuple[Matter, Pair]]:
        for group, low, high in zip(group_of[at].tolist(), first[at].tolist(), second[at].tolist(), strict=True):
            yield found[group], (item_of[low], item_of[high])

    for matter, pair in paired(scaled):
        matter.by_scale.append(pair)
    for matter, pair in paired(telling):
        matter.by_factor.append(pair)
    return found


@lru_cache(maxsize=256)
def _compared(count: int) -> tuple[NDArray[numpy.intp], NDArray[numpy.intp]]:
    """Which of so many claims in order of size are compared: (the places of the former, those of the latter)."""
    import numpy

    if count <= _MANY:
        return numpy.triu_indices(count, 1)
    first = numpy.repeat(numpy.arange(count), 3)
    second = first + numpy.tile(numpy.arange(1, 4), count)
    return first[second < count], second[second < count]


def matters(evidence: Evidence) -> list[Matter]:
    """Return claims on one thing whatever class, instrument, period and basis they name, worked out once.

    Money is of one matter where it has a company or site in common; other quantities where site, place and
    holder agree.
    """
    if "matters" not in evidence.shared:
        groups = list(_grouped(evidence))
        batches = (groups[at : at + _AT_ONCE] for at in range(0, len(groups), _AT_ONCE))
        evidence.shared["matters"] = [matter for batch in batches for matter in _compare(evidence, batch)]
    found: list[Matter] = evidence.shared["matters"]
    return found


def sums_of_money(evidence: Evidence) -> Iterator[list[Item]]:
    """Yield the sums that have a company or site in common, in whatever currency."""
    groups: dict[str, list[Item]] = {}
    for item in evidence.numbers_on(*MONEY):
        if item.value and item.key is not None:
            for party in _deal_parties(item):
                groups.setdefault(party, []).append(item)
    yield from _several(groups.values(), list)


def pairs_of(group: Iterable[Item]) -> Iterator[Pair]:
    """Yield the different numbers of a group in pairs, the smaller first; neighbours in size where they are many."""
    items = _distinct(list(group), _TOLD)
    if len(items) <= _MANY:
        yield from combinations(items, 2)
        return
    for at, one in enumerate(items):
        for other in items[at + 1 : at + 4]:
            yield one, other


def _distinct(group: list[Said], said: Callable[[Said], object]) -> list[Said]:
    """One claim for each number of a voice, in order of size; ``said`` gives what makes two claims one."""
    if len(set(map(_BY_VOICE, group))) == len(group):
        return sorted(group, key=_BY_SIZE)
    distinct: dict[object, Said] = {}
    for one in group:
        known = distinct.setdefault(what := said(one), one)
        if one.claim < known.claim:
            distinct[what] = one
    return sorted(distinct.values(), key=_BY_SIZE)


def _grouped(evidence: Evidence) -> Iterator[_Group]:
    """(a slot of the matter, the numbers of documents on it), credible or not, for each matter of several claims."""
    groups: dict[tuple[object, ...], _Group] = {}
    sums = {item.claim: item for item in evidence.numbers_on(*MONEY)}
    for key, members in evidence.placed.items():
        numbers = [one for one in members if one.value and (one.plain or _stands(one))]
        if not numbers:
            continue
        if key.predicate in MONEY:
            for one in numbers:
                for party in _deal_parties(sums[one.claim]):
                    groups.setdefault(("money", party, key.unit), (key, []))[1].append(one)
        elif (key.predicate in MASSES or key.predicate in _COUNTED) and (key.place or key.site or key.actor):
            kind = None if key.predicate == "reserve" else key.kind
            where = (key.stage, key.place, key.site, key.actor, key.counterparty)
            groups.setdefault((key.predicate, key.material, *where, kind, key.unit), (key, []))[1].extend(numbers)
    yield from _several(groups.values(), itemgetter(1))


def _stands(one: Statement) -> bool:
    """Whether a claim is of a document and nobody has rejected or merged it."""
    return one.origin != "statistics" and one.standing != "deprecated"


def _several(groups: Iterable[Group], members: Callable[[Group], Sequence[Item | Statement]]) -> Iterator[Group]:
    """The groups of more than one claim, each set of claims once."""
    seen: set[tuple[str, ...]] = set()
    for group in groups:
        claims = tuple([one.claim for one in members(group)])
        if len(claims) > 1 and claims not in seen:
            seen.add(claims)
            yield group


def _deal_parties(item: Item) -> Sequence[str]:
    """Sites and companies; a bank or a state has many deals, so they do not make two one."""
    actors = item.actors
    found = [*item.sites, *(actor for actor in actors if is_company(actor))]
    if not actors.difference(load_vocabulary().countries) and not item.sites and item.instrument and item.place:
        found.append(f"{item.place} {item.instrument} {item.material}")
    return found

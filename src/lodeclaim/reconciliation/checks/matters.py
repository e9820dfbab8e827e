"""Numbers on one matter side by side: the groups, and the pairs of which the ratio may tell something."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations
from operator import attrgetter
from typing import TYPE_CHECKING

from lodeclaim.reconciliation.checks.ratios import SCALE, windows
from lodeclaim.reconciliation.checks.ties import is_company
from lodeclaim.reconciliation.evidence import Evidence, Item
from lodeclaim.vocabulary.load import load_vocabulary

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

__all__ = ["MASSES", "MONEY", "Matter", "matters", "pairs_of", "sums_of_money"]

MONEY = frozenset({"investment", "financing", "transaction", "agreement", "valuation"})
MASSES = frozenset({"production", "capacity", "reserve", "demand", "trade", "stocks"})
_BY_SIZE = attrgetter("value", "claim")
_COUNTED = frozenset({"price", "count"})
#: More claims on one matter than this are compared with their neighbours in size only.
_MANY = 40

Pair = tuple[Item, Item]


class Matter:
    """Claims on one thing, and those pairs whose ratio is near a power of ten, a ton or a compound.

    ``by_scale`` may differ by a power of ten, ``by_factor`` by a ton or a compound; the smaller comes first.
    """

    def __init__(self, items: list[Item]) -> None:
        self.items = items
        self.by_scale: list[Pair] = []
        self.by_factor: list[Pair] = []
        self._compare()

    def _compare(self) -> None:
        import numpy

        items = _distinct(self.items)
        first, second = _compared(len(items))
        values = numpy.array([abs(item.statement.value or 0.0) if item.statement else 0.0 for item in items])
        rough = numpy.array([item.comparator == "~" for item in items])
        one, other = values[first], values[second]
        with numpy.errstate(all="ignore"):
            ratio = other / one
            # In order of size with their sign, the later of two may be the nearer to nothing.
            ratio = numpy.where(ratio < 1.0, 1.0 / ratio, ratio)
        ratio[(one == other) | (one == 0.0)] = 0.0
        far = numpy.flatnonzero((ratio >= 4.99) & (ratio < math.inf))
        if far.size:
            # Twice the room that the check itself leaves; "about" may be off by more than that.
            off = ratio[far] / 10.0 ** numpy.log10(ratio[far]).round()
            near = (off >= 1 - 2 * SCALE) & (off <= 1 + 2 * SCALE)
            self.by_scale = _paired(items, far[near | rough[first[far]] | rough[second[far]]])
        explained = numpy.zeros(len(ratio), dtype=bool)
        for low, high in windows(items[0].material) if items[0].predicate in MASSES else ():
            explained |= (low <= ratio) & (ratio <= high)
        self.by_factor = _paired(items, numpy.flatnonzero(explained))


def _paired(items: Sequence[Item], at: NDArray[numpy.intp]) -> list[Pair]:
    first, second = _compared(len(items))
    return [(items[one], items[other]) for one, other in zip(first[at].tolist(), second[at].tolist(), strict=True)]


@lru_cache(maxsize=_MANY)
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
        evidence.shared["matters"] = [Matter(group) for group in _grouped(evidence)]
    found: list[Matter] = evidence.shared["matters"]
    return found


def sums_of_money(evidence: Evidence) -> Iterator[list[Item]]:
    """Yield the sums that have a company or site in common, in whatever currency."""
    groups: dict[str, list[Item]] = {}
    for item in evidence.numbers_on(*MONEY):
        if item.value and item.key is not None:
            for party in _deal_parties(item):
                groups.setdefault(party, []).append(item)
    yield from _several(groups.values())


def pairs_of(group: Iterable[Item]) -> Iterator[Pair]:
    """Yield the different numbers of a group in pairs, the smaller first; neighbours in size where they are many."""
    items = _distinct(group)
    if len(items) <= _MANY:
        yield from combinations(items, 2)
        return
    for at, one in enumerate(items):
        for other in items[at + 1 : at + 4]:
            yield one, other


def _distinct(group: Iterable[Item]) -> list[Item]:
    """One claim for each number of a voice, in order of size."""
    items = list(group)
    if len({(item.value, item.voice) for item in items}) == len(items):
        return sorted(items, key=_BY_SIZE)
    distinct: dict[tuple[object, ...], Item] = {}
    for item in items:
        said = (item.value, item.value_max, item.unit, item.comparator, item.voice)
        known = distinct.setdefault(said, item)
        if item.claim < known.claim:
            distinct[said] = item
    return sorted(distinct.values(), key=_BY_SIZE)


def _grouped(evidence: Evidence) -> Iterator[list[Item]]:
    groups: dict[tuple[object, ...], list[Item]] = {}
    for items in evidence.by_slot.values():
        key = items[0].key
        numbers = [item for item in items if item.value]
        if key is None or not numbers:
            continue
        if key.predicate in MONEY:
            for item in numbers:
                for party in _deal_parties(item):
                    groups.setdefault(("money", party, key.unit), []).append(item)
        elif (key.predicate in MASSES or key.predicate in _COUNTED) and (key.place or key.site or key.actor):
            kind = None if key.predicate == "reserve" else key.kind
            where = (key.stage, key.place, key.site, key.actor, key.counterparty)
            groups.setdefault((key.predicate, key.material, *where, kind, key.unit), []).extend(numbers)
    yield from _several(groups.values())


def _several(groups: Iterable[list[Item]]) -> Iterator[list[Item]]:
    """The groups of more than one claim, each set of claims once."""
    seen: set[tuple[str, ...]] = set()
    for group in groups:
        claims = tuple(item.claim for item in group)
        if len(group) > 1 and claims not in seen:
            seen.add(claims)
            yield group


def _deal_parties(item: Item) -> Sequence[str]:
    """Sites and companies; a bank or a state has many deals, so they do not make two one."""
    actors = item.actors
    found = [*item.sites, *(actor for actor in actors if is_company(actor))]
    if not actors.difference(load_vocabulary().countries) and not item.sites and item.instrument and item.place:
        found.append(f"{item.place} {item.instrument} {item.material}")
    return found

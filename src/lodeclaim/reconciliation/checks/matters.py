"""Numbers on one matter side by side: the groups, and the pairs of which the ratio may tell something."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from operator import attrgetter

from lodeclaim.reconciliation.checks.ratios import SCALE, windows
from lodeclaim.reconciliation.checks.ties import is_company
from lodeclaim.reconciliation.evidence import Evidence, Item
from lodeclaim.vocabulary.load import load_vocabulary

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
        items = _distinct(self.items)
        values = [abs(item.statement.value or 0.0) if item.statement else 0.0 for item in items]
        rough = [item.comparator == "~" for item in items]
        near = windows(items[0].material) if items[0].predicate in MASSES else ()
        least, most = (min(low for low, _ in near), max(high for _, high in near)) if near else (4.99, 0.0)
        reach = len(items) if len(items) <= _MANY else 4
        for at, value in enumerate(values):
            if not value:
                continue
            for other in range(at + 1, min(at + reach, len(items))):
                if (larger := values[other]) == value:
                    continue
                ratio = larger / value
                if ratio < 1.0:
                    ratio = 1.0 / ratio if ratio else math.inf
                if ratio < least:
                    continue
                if 4.99 <= ratio < math.inf:
                    # Twice the room that the check itself leaves; "about" may be off by more than that.
                    off = ratio / 10.0 ** round(math.log10(ratio))
                    if rough[at] or rough[other] or 1 - 2 * SCALE <= off <= 1 + 2 * SCALE:
                        self.by_scale.append((items[at], items[other]))
                if ratio <= most and any(low <= ratio <= high for low, high in near):
                    self.by_factor.append((items[at], items[other]))


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
    if not actors - load_vocabulary().countries.keys() and not item.sites and item.instrument and item.place:
        found.append(f"{item.place} {item.instrument} {item.material}")
    return found

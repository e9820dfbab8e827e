"""Which claims make one deal: groups by evidence, the same whatever the order of the claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from lodeclaim.reconciliation.deal_evidence import Evidence, related_parties, same_object, weigh
from lodeclaim.reconciliation.deal_facts import DealFacts
from lodeclaim.reconciliation.deal_model import Join
from lodeclaim.reconciliation.deal_rules import DealRules
from lodeclaim.reconciliation.kinship import is_public, parents

__all__ = ["Group", "join_deals"]

Pair = tuple[str, str]
#: Claims that share one thing and are compared each with each; more of them are parted by material and year.
_LARGE = 60


@dataclass(frozen=True, slots=True)
class Group:
    """The claims of one deal, why they are together, and what else may belong to it."""

    members: tuple[DealFacts, ...]
    joins: tuple[Join, ...]
    possible: tuple[tuple[str, tuple[Pair, Evidence]], ...]


def join_deals(
    facts: Sequence[DealFacts], rules: DealRules, *, same: Iterable[Pair] = (), apart: Iterable[Pair] = ()
) -> list[Group]:
    """Return the groups of claims that are one deal each, ordered by the smallest claim id in them.

    The strongest evidence joins first, and ties go by id, so the order of reading plays no part. A join that would
    bring strangers, far-off sites or different materials under one roof is not made; it remains a possibility, as
    does evidence between the two thresholds. ``same`` and ``apart`` are pairs of claim ids that a person decided.
    """
    known = {one.claim: one for one in sorted(facts, key=lambda one: one.claim)}
    parted = {_ordered(pair) for pair in apart}
    sure = {_ordered(pair) for pair in same if set(pair) <= known.keys()} - parted
    weighed: dict[Pair, Evidence] = {}
    for pair in _candidates(list(known.values())):
        if pair not in parted and (found := weigh(known[pair[0]], known[pair[1]], rules)) is not None:
            weighed[pair] = found
    groups = _Groups(known, parted)
    decided = [pair for pair in sorted(sure) if groups.unite(*pair, forced=True)]
    joins = [Join(one=a, other=b, score=rules.join, reasons=("decided by a person",)) for a, b in decided]
    strong = [(pair, found) for pair, found in weighed.items() if found.score >= rules.join and found.anchored]
    for pair, found in sorted(strong, key=lambda item: (-item[1].score, item[0])):
        if groups.unite(*pair):
            joins.append(Join(one=pair[0], other=pair[1], score=found.score, reasons=found.reasons))
    possible = _possible(weighed, groups, rules)
    made: list[Group] = []
    for root, members in groups.listed():
        inside = {one.claim for one in members}
        made.append(
            Group(
                members=tuple(members),
                joins=tuple(join for join in joins if join.one in inside),
                possible=tuple(sorted(possible.get(root, {}).items())),
            )
        )
    return made


class _Groups:
    """Groups under one roof each, with what stands against bringing two together."""

    def __init__(self, known: dict[str, DealFacts], parted: set[Pair]) -> None:
        self.known = known
        self.parted = parted
        self.root = {claim: claim for claim in known}
        self.members: dict[str, list[str]] = {claim: [claim] for claim in known}

    def unite(self, one: str, other: str, *, forced: bool = False) -> bool:
        first, second = sorted((self.root[one], self.root[other]))
        if first == second or not self._may(first, second, forced=forced):
            return False
        for claim in self.members[second]:
            self.root[claim] = first
        self.members[first] += self.members.pop(second)
        return True

    def listed(self) -> Iterator[tuple[str, list[DealFacts]]]:
        for root in sorted(self.members):
            yield root, [self.known[claim] for claim in sorted(self.members[root])]

    def _may(self, first: str, second: str, *, forced: bool) -> bool:
        some, others = self.members[first], self.members[second]
        if self.parted and any(_ordered((a, b)) in self.parted for a in some for b in others):
            return False
        if forced:
            return True
        left, right = [self.known[one] for one in some], [self.known[one] for one in others]
        if not all(same_object(a, b) or _one_sum(a, b) for a in left for b in right):
            return False
        mine, theirs = (frozenset[str]().union(*(one.companies for one in side)) for side in (left, right))
        return not mine or not theirs or related_parties(mine, theirs)


def _one_sum(one: DealFacts, other: DealFacts) -> bool:
    """One party pays one sum: a material or place read wrong does not make two deals of it."""
    return one.currency is not None and (one.currency, one.value) == (other.currency, other.value) and related_parties(
        one.parties, other.parties
    )  # fmt: skip


def _possible(
    weighed: dict[Pair, Evidence], groups: _Groups, rules: DealRules
) -> dict[str, dict[str, tuple[Pair, Evidence]]]:
    """(root → other root → the strongest evidence) of groups that may be one deal."""
    found: dict[str, dict[str, tuple[Pair, Evidence]]] = {}
    for pair, evidence in sorted(weighed.items(), key=lambda item: (-item[1].score, item[0])):
        one, other = groups.root[pair[0]], groups.root[pair[1]]
        enough = evidence.score >= (rules.possible if evidence.common else rules.join)
        if enough and one != other:
            found.setdefault(one, {}).setdefault(other, (pair, evidence))
            found.setdefault(other, {}).setdefault(one, (pair, evidence))
    return found


def _candidates(facts: Sequence[DealFacts]) -> Iterator[Pair]:
    """Pairs that share something worth a look: a company or its parent, a site, a sum, a passage."""
    blocks: dict[tuple[str, ...], list[DealFacts]] = {}
    by_source: dict[str, list[DealFacts]] = {}
    for one in facts:
        keys: set[tuple[str, ...]] = {("site", site) for site in one.sites}
        for party in one.companies:
            keys |= {("party", entity) for entity in (party, *parents(party)) if not is_public(entity)}
        if one.currency is not None and one.value:
            keys.add(("sum", one.currency, f"{one.value:.2e}"))
        if one.holder and one.percent is not None:
            keys.add(("stake", one.holder, f"{one.percent:g}"))
        for key in keys:
            blocks.setdefault(key, []).append(one)
        by_source.setdefault(one.source, []).append(one)
    seen: set[Pair] = set()
    for members in blocks.values():
        for some in _manageable(members):
            seen.update(_ordered((one.claim, other.claim)) for one, other in combinations(some, 2))
    for members_of in by_source.values():
        placed = sorted((one for one in members_of if one.at), key=lambda one: (one.at, one.claim))
        for index, one in enumerate(placed):
            for other in placed[index + 1 : index + 12]:
                seen.add(_ordered((one.claim, other.claim)))
    yield from sorted(seen)


def _manageable(members: list[DealFacts]) -> Iterable[list[DealFacts]]:
    """The block, or where it is large its claims on one material in one year and the next."""
    if len(members) <= _LARGE:
        return [members]
    parts: dict[tuple[str | None, int | None], list[DealFacts]] = {}
    for one in members:
        day = one.start or one.end or one.published_day
        years = (None,) if day is None else (day.year, day.year + 1)
        for material in sorted(one.materials) or (None,):
            for year in years:
                parts.setdefault((material, year), []).append(one)
    return parts.values()


def _ordered(pair: Pair) -> Pair:
    return (pair[0], pair[1]) if pair[0] <= pair[1] else (pair[1], pair[0])

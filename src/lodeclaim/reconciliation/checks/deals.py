"""Deals: one sum told twice, later states of one matter, amounts that count different things."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, groupby, pairwise
from operator import attrgetter

from lodeclaim.reconciliation.checks.matters import MONEY
from lodeclaim.reconciliation.checks.ties import is_company, related
from lodeclaim.reconciliation.dependence import independent, voices
from lodeclaim.reconciliation.evidence import Evidence, Item, period_of
from lodeclaim.reconciliation.finding import finding, quoted
from lodeclaim.reconciliation.model import Conflict
from lodeclaim.reconciliation.words import name_of, number
from lodeclaim.vocabulary.load import load_vocabulary

__all__ = ["deal_amounts", "deal_told_twice", "later_state", "one_number_two_slots", "partners"]

#: Places, sites, actors and year of a claim.
Side = tuple[frozenset[str], frozenset[str], frozenset[str], int | None]

_CLAIM = attrgetter("claim")
_BONDS = frozenset({"joint venture", "definitive agreement", "memorandum", "framework", "tender", "offtake"})


def deal_amounts(evidence: Evidence) -> Iterator[Conflict]:
    """Two sums of one company in one country and material that count different things."""
    groups: dict[tuple[str, str, str | None, str], list[Item]] = {}
    for item in _money(evidence):
        if item.material is None:
            continue
        for actor in item.actors:
            if is_company(actor):
                for place in item.places:
                    groups.setdefault((actor, item.material, item.unit, place), []).append(item)
    seen: set[frozenset[str]] = set()
    for (actor, material, _, place), group in groups.items():
        apart = _counting_different_things(group)
        claims = frozenset(item.claim for item in apart)
        if len({item.source for item in apart}) < 2 or claims in seen:
            continue
        seen.add(claims)
        what = " and ".join(dict.fromkeys(_what(item) for item in apart))
        words = (
            f"{name_of(actor)}, {name_of(material)}, {name_of(place)}: {what} are different quantities, "
            f"and the amounts differ. {'; '.join(quoted(item) for item in apart[:12])}"
        )
        proposal = "Keep all as dated statements of what each counts; never average them."
        amounts = [item.value or 1.0 for item in apart]
        ratio = max(amounts) / min(amounts)
        named = sorted(claims)
        yield finding("deal-amounts", "several", named, words, proposal=proposal, key=apart[0].key, ratio=ratio)


def _counting_different_things(group: list[Item]) -> list[Item]:
    """Of the sums of one company those whose predicate or instrument differs and whose amounts exclude each other."""
    kinds: dict[tuple[str, str | None], dict[float, Item]] = {}
    for item in sorted(group, key=lambda item: item.claim):
        kinds.setdefault((item.predicate, item.instrument), {}).setdefault(item.value or 0.0, item)
    first = {kind: next(iter(rows.values())) for kind, rows in kinds.items()}
    found: dict[str, Item] = {}
    for one, other in combinations(first.values(), 2):
        elsewhere = one.sites and other.sites and not one.sites & other.sites
        if not elsewhere and not _agree(one, other):
            found |= {one.claim: one, other.claim: other}
    return list(found.values())


def deal_told_twice(evidence: Evidence) -> Iterator[Conflict]:
    """One sum for one material and country from independent sources, whose actors are one side."""
    voice_of = voices(evidence)
    groups = evidence.grouped(
        (item for item in _money(evidence) if item.material), lambda item: (item.material, item.unit, item.value)
    )
    for group in groups.values():
        for told in _told_together(group[:60], voice_of):
            first_tie = next(
                tie
                for one, other in combinations(told, 2)
                for a in sorted(one.actors)
                for b in sorted(other.actors)
                if (tie := related(a, b))
            )
            exact = max(told, key=lambda item: (_firmness(item) > 0, len(item.actors), item.claim))
            count = len({voice_of[item.source] for item in told})
            words = (
                f"The same sum, {number(exact.value or 0.0)} {exact.unit}, for {name_of(exact.material or '')} from "
                f"{count} independent sources; {first_tie}. One deal, told more than once. "
                f"{'; '.join(quoted(item) for item in told)}"
            )
            proposal = f"Count it once; keep the instrument of {exact.claim}" + (
                f" ({exact.instrument})." if exact.instrument else "."
            )
            claims = [item.claim for item in told]
            yield finding("deal-told-twice", "corroborates", claims, words, proposal=proposal, key=exact.key)


def _told_together(group: list[Item], voice_of: dict[str, str]) -> Iterator[list[Item]]:
    """The claims on one sum cut into those that one side, place and time tie together, of two voices or more."""
    in_order = sorted(group, key=_CLAIM)
    waiting = sorted(independent(in_order, voice_of).values(), key=_CLAIM)
    if len(waiting) < 2:
        return
    sides = {item.claim: (item.places, item.sites, item.actors, _year(item)) for item in waiting}
    while waiting:
        told = [waiting.pop(0)]
        for item in told:
            joined = [other for other in waiting if _one_side(sides[item.claim], sides[other.claim])]
            told += joined
            waiting = [other for other in waiting if other not in joined]
        if len(told) > 1:
            yield sorted(told, key=lambda item: (item.source, item.start, item.claim))


def _one_side(one: Side, other: Side) -> bool:
    (places, sites, actors, year), (other_places, other_sites, other_actors, other_year) = one, other
    if year is not None and other_year is not None and abs(year - other_year) > 1:
        return False
    if not places & other_places or (sites and other_sites and not sites & other_sites):
        return False
    return any(related(a, b) for a in actors for b in other_actors)


def later_state(evidence: Evidence) -> Iterator[Conflict]:
    """Tender, plan and agreement of one matter, each a later state of the one before."""
    for group in _matters(evidence):
        for before, after in pairwise(_states(group)):
            rank = _state(after) - _state(before)
            later = _start(after) > _start(before) if _start(after) and _start(before) else False
            if rank < 0 or (rank == 0 and not later) or (before.instrument == after.instrument and rank == 0):
                continue
            words = (
                f"{_what(before)}, then {_what(after)}: later states of one matter in {name_of(after.material or '')}. "
                f"{quoted(before)}; {quoted(after)}"
            )
            proposal = "Take the later state as the standing of the matter; keep the earlier as its history."
            yield finding("later-state", "refines", (before.claim, after.claim), words, proposal=proposal)


def partners(evidence: Evidence) -> Iterator[Conflict]:
    """Two states of one agreement that name different partners; parent and subsidiary are one side."""
    for group in _matters(evidence):
        bonds = [item for item in group if item.predicate == "agreement"]
        for one, other in combinations(bonds, 2):
            common = {actor for actor in one.actors & other.actors if is_company(actor)}
            mine = {actor for actor in one.actors - other.actors if _partner(actor)}
            theirs = {actor for actor in other.actors - one.actors if _partner(actor)}
            if not common or not mine or not theirs:
                continue
            ties = [tie for a in sorted(mine) for b in sorted(theirs) if (tie := related(a, b))]
            claims = (one.claim, other.claim)
            who = f"{', '.join(map(name_of, sorted(mine)))} and {', '.join(map(name_of, sorted(theirs)))}"
            if ties:
                words = f"Different partners, {who}, yet {ties[0]}. {quoted(one)}; {quoted(other)}"
                yield finding("partners", "compatible", claims, words)
            else:
                words = f"Two states of one matter name different partners: {who}. {quoted(one)}; {quoted(other)}"
                proposal = "Find out whether the partner changed or these are two agreements."
                yield finding("partners", "several", claims, words, proposal=proposal)


def one_number_two_slots(evidence: Evidence) -> Iterator[Conflict]:
    """The same percentage of one company as its stake and as its share of output, in one sentence."""
    stakes = [item for item in evidence.numbers_on("stake") if item.unit == "%"]
    for stake in stakes:
        for other in evidence.by_source[stake.source]:
            same = other.value == stake.value and other.unit == "%" and other.instrument == "offtake"
            if same and other.actor == stake.actor and evidence.near(stake, other):
                words = (
                    f"{name_of(stake.actor or '')}: {number(stake.value or 0.0)} % is given both as stake and as share "
                    f"of the output; one may have been carried over. {quoted(stake)}; {quoted(other)}"
                )
                proposal = "Look up the share of the output."
                yield finding("one-number-two-slots", "suspicion", (stake.claim, other.claim), words, proposal=proposal)


def _money(evidence: Evidence) -> Iterator[Item]:
    for item in evidence.numbers_on(*MONEY):
        known = load_vocabulary().units.get(item.unit or "")
        if item.value and known is not None and known.dimension == "money":
            yield item


def _matters(evidence: Evidence) -> Iterator[list[Item]]:
    """Tenders, plans and agreements that may be one matter: a material, a country, a common party."""
    groups: dict[tuple[str, str], list[Item]] = {}
    import polars as pl

    for item in evidence.where(pl.col("predicate").is_in(("milestone", "agreement"))):
        tender = item.predicate == "milestone" and (item.kind == "tender" or item.instrument == "tender")
        bond = item.predicate == "agreement" and item.instrument in _BONDS and item.value is None
        if tender or bond:
            for material in _materials(item):
                for place in item.places:
                    groups.setdefault((material, place), []).append(item)
    done: set[tuple[str, ...]] = set()
    for (_, place), group in groups.items():
        ordered = sorted(group, key=lambda item: (_state(item), _start(item) or "9", item.source, item.start))
        hosts = [item for item in ordered if item.predicate == "milestone"]
        bonds = [item for item in ordered if item.predicate == "agreement"]
        for lead in bonds:
            companies = {actor for actor in lead.actors if is_company(actor) and _home(actor) != place}
            chain = [item for item in bonds if item is lead or item.actors & companies]
            if not companies or bonds.index(lead) != min(bonds.index(item) for item in chain):
                continue
            full = [*(host for host in hosts[-1:] if _home_state(host, place)), *chain]
            names = tuple(item.claim for item in full)
            if len(full) > 1 and names not in done:
                done.add(names)
                yield full


def _materials(item: Item) -> tuple[str, ...]:
    """The material of a claim, else those of its site."""
    if item.material:
        return (item.material,)
    site = load_vocabulary().sites.get(item.site or "")
    return site.materials if site else ()


def _states(group: list[Item]) -> list[Item]:
    """One claim for each state of a matter: the one with the instrument of the state before, else the firmest."""
    found: list[Item] = []
    for _, same in groupby(group, key=lambda item: (_state(item), _start(item))):
        rows = list(same)
        kept = [item for item in rows if found and item.instrument == found[-1].instrument]
        found.append(max(kept or rows, key=lambda item: (_firmness(item), item.start)))
    return found


def _home_state(host: Item, place: str) -> bool:
    actors = load_vocabulary().actors
    return not host.actors or any(one == place or (one in actors and actors[one].home == place) for one in host.actors)


def _home(actor: str) -> str | None:
    known = load_vocabulary().actors.get(actor)
    return known.home if known else None


def _partner(actor: str) -> bool:
    known = load_vocabulary().actors.get(actor)
    return known is not None and known.kind in ("company", "state-company", "fund")


def _state(item: Item) -> int:
    if item.predicate == "milestone":
        return 0
    return 2 if item.modality in ("actual", "estimated") else 1


def _start(item: Item) -> str:
    period = period_of(item.period)
    return period.start.isoformat() if period and period.start else ""


def _year(item: Item) -> int | None:
    period = period_of(item.period)
    return period.year if period else None


def _agree(one: Item, other: Item) -> bool:
    if one.statement is None or other.statement is None:
        return True
    first, second = one.statement.tolerant, other.statement.tolerant
    return first is None or second is None or first.overlaps(second)


def _firmness(item: Item) -> int:
    known = load_vocabulary().instruments.get(item.instrument or "")
    return known.firmness if known else 0


def _what(item: Item) -> str:
    known = load_vocabulary().predicates.get(item.predicate)
    words = known.name if known else item.predicate
    detail = item.instrument or item.kind
    return f"{words} ({detail}{', planned' if item.modality == 'planned' else ''})" if detail else words

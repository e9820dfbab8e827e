"""Deals: what claims on investment, financing, stakes, agreements and purchases add up to, each deal once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from lodeclaim.claims.figure import Figure
from lodeclaim.reconciliation.deal_facts import DEALS, DealFacts, deal_facts
from lodeclaim.reconciliation.deal_joining import Group, join_deals
from lodeclaim.reconciliation.deal_model import Deal, DealEvent, DealParty, PossibleSame, Status
from lodeclaim.reconciliation.deal_parts import deal_parts, deal_totals_by_currency, stated_step
from lodeclaim.reconciliation.deal_rules import DealRules, Step, load_deal_rules
from lodeclaim.reconciliation.kinship import control_of, is_public, parents
from lodeclaim.reconciliation.rates import Rates, bundled_rates
from lodeclaim.reconciliation.words import name_of
from lodeclaim.vocabulary.load import load_vocabulary

if TYPE_CHECKING:
    import polars as pl

    from lodeclaim.ledger.model import Decision
    from lodeclaim.ledger.store import Ledger

__all__ = ["deals", "deals_in", "decided_pairs"]

#: Predicates that state a bond between parties, beyond money alone.
_BONDS = frozenset({"agreement", "stake", "transaction"})


def deals(
    frame: pl.DataFrame,
    *,
    same: Iterable[tuple[str, str]] = (),
    apart: Iterable[tuple[str, str]] = (),
    rates: Rates | None = None,
    rules: Path | None = None,
) -> list[Deal]:
    """Return the deals that a table of claims tells of, the firmest and largest first.

    ``frame`` has the columns of ``claims.table`` and may have those the ledger adds; official statistics, and
    claims that a decision rejected, take no part. The result depends on the claims only, not on their order.
    ``same`` and ``apart`` are pairs of claim ids that a person joined or parted. ``rates`` replaces the bundled
    exchange rates, ``rules`` the ladder and the evidence points by those of a file.
    """
    known = load_deal_rules(rules)
    facts = deal_facts(frame)
    merged = [(one.claim, one.merged) for one in facts if one.merged]
    groups = join_deals(facts, known, same=[*same, *merged], apart=apart)
    ids = {group.members[0].claim: _id(group) for group in groups}
    made = [_deal(group, ids, known, rates or bundled_rates()) for group in groups]
    return sorted(made, key=_rank)


def deals_in(
    ledger: Ledger, *, material: str | None = None, as_of: str | None = None, rules: Path | None = None
) -> list[Deal]:
    """Return the deals of a ledger, what people decided on them included; ``as_of`` asks what they were then.

    With ``material`` only deals that touch it (members of a group included) are returned, each whole.
    """
    frame = ledger.claims(predicate=DEALS, statistics=False, as_of=as_of)
    same, apart = decided_pairs(ledger.decisions(effective=True, as_of=as_of))
    found = deals(frame, same=same, apart=apart, rules=rules)
    if material is None:
        return found
    known = load_vocabulary().materials
    wanted = {material, *(known[material].members if material in known else ())}
    return [deal for deal in found if wanted.intersection(deal.materials)]


def decided_pairs(decisions: Iterable[Decision]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return (same, apart): the pairs of claim ids that people joined into one deal or parted.

    ``decisions`` are the effective ones. Two deals are joined by ``same-as`` and parted by ``not-same`` over a claim
    of each, given as ``value`` and ``other``; ``split`` of two claims parts their deals, too.
    """
    same: dict[tuple[str, str], None] = {}
    apart: dict[tuple[str, str], None] = {}
    for one in decisions:
        if one.kind in ("same-as", "not-same") and one.claim is None and one.value and one.other:
            pair = (min(one.value, one.other), max(one.value, one.other))
            yes, no = (same, apart) if one.kind == "same-as" else (apart, same)
        elif one.kind == "split" and one.claim and one.other:
            pair = (min(one.claim, one.other), max(one.claim, one.other))
            yes, no = apart, same
        else:
            continue
        no.pop(pair, None)
        yes[pair] = None
    return list(same), list(apart)


def _id(group: Group) -> str:
    return "deal-" + group.members[0].claim


def _rank(deal: Deal) -> tuple[object, ...]:
    largest = max((figure.value or 0.0 for figure in deal.total), default=0.0)
    return (-(deal.firmness or 0), -largest, deal.id)


def _deal(group: Group, ids: dict[str, str], rules: DealRules, rates: Rates) -> Deal:
    members = group.members
    parts = deal_parts(members, rules, rates)
    parties = _parties(members)
    firmness, step = _bond_step(members, rules)
    sites = _common(one.sites for one in members)
    countries = _countries(members)
    materials = _materials(members)
    cancelled = any(_is_cancelled(one, rules) for one in members)
    possible = tuple(
        PossibleSame(deal=ids[root], score=found.score, reasons=found.reasons, claims=pair)
        for root, (pair, found) in group.possible
    )
    return Deal(
        id=_id(group),
        title=_title(parties, sites, materials, countries),
        parties=parties,
        sites=sites,
        materials=materials,
        countries=countries,
        blocs=_blocs(parties, countries),
        instruments=tuple(sorted({one.instrument for one in members if one.instrument})),
        step="cancelled" if cancelled else step.step if step else None,
        firmness=None if cancelled else firmness,
        status="cancelled" if cancelled else _status(firmness, rules),
        total=deal_totals_by_currency(parts),
        parts=parts,
        timeline=_timeline(members, rules),
        claims=tuple(one.claim for one in members),
        voices=len({one.voice for one in members}),
        joins=group.joins,
        possible=possible,
        notes=tuple(_notes(members, parties, ids, possible)),
    )


def _is_cancelled(one: DealFacts, rules: DealRules) -> bool:
    said = {one.instrument, one.kind, *one.flags}
    return any(word in said for word in rules.cancelled)


def _status(firmness: int | None, rules: DealRules) -> Status:
    return "reported" if firmness is None else rules.at(firmness).status


def _bond_step(members: Sequence[DealFacts], rules: DealRules) -> tuple[int | None, Step | None]:
    """How far the bond between the parties is; the money decides only where no bond is stated."""
    bonds = [one for one in members if one.predicate in _BONDS]
    firmness, step, _ = stated_step(bonds, rules)
    if firmness is None:
        firmness, step, _ = stated_step(members, rules)
    return firmness, step


def _parties(members: Sequence[DealFacts]) -> tuple[DealParty, ...]:
    """Every party once; a parent or government that only stands in for its body is named with that body."""
    holders = {one.holder for one in members if one.holder}
    bonded = {party for one in members if one.predicate in _BONDS for party in one.parties} | holders
    named: dict[str, list[str]] = {}
    for one in members:
        for party in one.parties:
            named.setdefault(party, []).append(one.claim)
    stands_for: dict[str, set[str]] = {}
    for party in named:
        lower = sorted(one for one in named if party in parents(one) or _is_state_of(party, one))
        if lower and party not in holders:
            # The nearest of its bodies speaks for it: holder of a stake first, then the most often named.
            nearest = min(lower, key=lambda one: (one not in holders, -len(named[one]), one))
            stands_for.setdefault(nearest, set()).add(party)
    hidden = set().union(*stands_for.values()) if stands_for else set()
    made: list[DealParty] = []
    for party in sorted(named):
        if party in hidden:
            continue
        over = _all_over(party, stands_for)
        claims = {claim for one in (party, *over) for claim in named[one]}
        financier = is_public(party) and party not in holders and (party not in bonded or _only_lends(party, members))
        made.append(
            DealParty(
                entity=party,
                name=name_of(party).removeprefix("name:"),
                role="financier" if financier else "partner",
                control=control_of(party),
                share=_share(party, members),
                stands_for=over,
                claims=tuple(sorted(claims)),
            )
        )
    return tuple(sorted(made, key=_by_weight))


def _by_weight(party: DealParty) -> tuple[object, ...]:
    share = party.share.value if party.share and party.share.value is not None else 0.0
    return (party.role != "partner", -share, -len(party.claims), party.entity)


def _is_state_of(state: str, body: str) -> bool:
    words = load_vocabulary()
    return state in words.countries and state != body and body in words.actors and control_of(body) == state


def _all_over(party: str, stands_for: dict[str, set[str]]) -> tuple[str, ...]:
    found: list[str] = []
    queue = sorted(stands_for.get(party, ()))
    for one in queue:
        if one not in found and one != party:
            found.append(one)
            queue += sorted(stands_for.get(one, ()))
    return tuple(found)


def _only_lends(party: str, members: Sequence[DealFacts]) -> bool:
    return all(party in one.payers for one in members if party in one.parties and one.predicate not in _BONDS) and any(
        party in one.payers for one in members
    )


def _share(party: str, members: Sequence[DealFacts]) -> Figure | None:
    """The stake of a party: what most independent sources state, with the reach of the others."""
    told = [one for one in members if one.holder == party and one.percent is not None]
    if not told:
        return None
    voices: dict[float, set[str]] = {}
    for one in told:
        voices.setdefault(one.percent or 0.0, set()).add(one.voice)
    best = min(voices, key=lambda value: (-len(voices[value]), -value))
    reasons = [f"stated by {len(voices[best])} independent source{'s' if len(voices[best]) != 1 else ''}"]
    reasons += [f"another stake is stated: {value:g} %" for value in sorted(voices) if value != best]
    return Figure(
        value=best, low=min(voices), high=max(voices), unit="%",
        claims=tuple(one.claim for one in told), reasons=tuple(reasons),
    )  # fmt: skip


def _common(sets: Iterable[frozenset[str]]) -> tuple[str, ...]:
    """Everything named, the most often named first."""
    count = Counter(entity for one in sets for entity in one)
    return tuple(sorted(count, key=lambda entity: (-count[entity], entity)))


def _materials(members: Sequence[DealFacts]) -> tuple[str, ...]:
    """Materials named; a group goes where one of its members is named, and a lone misreading where others agree."""
    count = Counter(material for one in members for material in one.materials)
    known = load_vocabulary().materials
    named = [
        material
        for material in count
        if not any(
            other != material and (material in known[other].part_of or other in known[material].members)
            for other in count
            if other in known and material in known
        )
    ]
    return tuple(sorted(named, key=lambda material: (-count[material], material)))


def _countries(members: Sequence[DealFacts]) -> tuple[str, ...]:
    """Where the object lies: what its sites tell, else the places named that are no financier's home."""
    sites = load_vocabulary().sites
    of_sites = {sites[site].country for one in members for site in one.sites if site in sites}
    if of_sites:
        return tuple(sorted(of_sites))
    named = Counter(place for one in members for place in one.countries)
    if named:
        return tuple(sorted(named, key=lambda place: (-named[place], place)))
    # A place that is the home of a partner in a state's hands is where the resource is; a lender's home is not.
    known = load_vocabulary().actors
    hosts = {
        known[party].home
        for one in members
        if one.predicate in _BONDS
        for party in one.parties
        if party in known and (known[party].kind == "state-company" or any(is_public(p) for p in parents(party)))
    }
    places = {place for one in members for place in one.places}
    return tuple(sorted(hosts & places))


def _blocs(parties: Sequence[DealParty], countries: Sequence[str]) -> tuple[str, ...]:
    """Who brings the deal from outside: the states behind its parties, members of the Union as one."""
    union = load_vocabulary().groups["EU27"].members
    behind = {"EU27" if one.control in union else one.control for one in parties if one.control}
    at_home = {"EU27" if country in union else country for country in countries}
    return tuple(sorted(behind - at_home or behind))


def _title(
    parties: Sequence[DealParty], sites: Sequence[str], materials: Sequence[str], countries: Sequence[str]
) -> str:
    partners = [one.name for one in parties if one.role == "partner"] or [one.name for one in parties]
    who = " and ".join(partners[:2]) + (" and others" if len(partners) > 2 else "")
    what = [name_of(one).removeprefix("name:") for one in (*sites[:2], *materials[:1], *countries[:1])]
    return f"{who or 'parties not stated'}: {', '.join(dict.fromkeys(what)) or 'object not stated'}"


def _timeline(members: Sequence[DealFacts], rules: DealRules) -> tuple[DealEvent, ...]:
    """Steps in time; the first report stands in where no date is stated at all."""
    found: dict[tuple[str, str], list[DealFacts]] = {}
    steps: dict[tuple[str, str], Step | None] = {}
    for one in members:
        if one.period is None:
            continue
        reached = rules.reached(one.instrument, one.modality)
        step = reached[1] if reached else None
        if _is_cancelled(one, rules):
            what = "cancelled"
        elif one.predicate == "stake":
            what = "stake stated"
        elif one.predicate == "transaction":
            what = "purchase"
        else:
            what = step.event if step else "reported"
        key = (one.period, what)
        found.setdefault(key, []).append(one)
        steps[key] = step
    events = [
        DealEvent(
            date=day,
            what=what,
            step=step.step if (step := steps[day, what]) else None,
            basis="stated",
            planned=all(one.modality in rules.ceiling for one in told),
            claims=tuple(sorted(one.claim for one in told)),
        )
        for (day, what), told in found.items()
    ]
    published = [one for one in members if one.published_day and one.published]
    if published:
        first = min(published, key=lambda one: (one.published_day, one.claim))
        claims = tuple(one.claim for one in published if one.published == first.published)
        assert first.published is not None
        events.append(
            DealEvent(
                date=first.published,
                what="first report held",
                step=None,
                basis="published",
                planned=False,
                claims=claims,
            )
        )
    return tuple(sorted(events, key=lambda event: (event.date, event.what)))


def _notes(
    members: Sequence[DealFacts], parties: Sequence[DealParty], ids: dict[str, str], possible: Sequence[PossibleSame]
) -> list[str]:
    notes: list[str] = []
    shares = [one.share.value for one in parties if one.share and one.share.value is not None]
    if len(shares) > 1:
        added = sum(shares)
        verdict = (
            "make up the whole" if abs(added - 100) < 0.5 else "exceed the whole" if added > 100 else "leave a rest"
        )
        notes.append(f"stakes {' + '.join(f'{share:g}' for share in shares)} = {added:g} %: they {verdict}")
    over = [one for one in parties if one.stands_for]
    notes += [f"{one.name} also stands for {', '.join(map(name_of, one.stands_for))}" for one in over]
    notes += [f"possible same deal: {one.deal} ({'; '.join(one.reasons)})" for one in possible]
    return notes

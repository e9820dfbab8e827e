"""How strongly two claims speak of one deal, ground by ground, and what rules it out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from lodeclaim.reconciliation.deal_facts import DealFacts
from lodeclaim.reconciliation.deal_rules import DealRules
from lodeclaim.reconciliation.kinship import government_of, kin
from lodeclaim.reconciliation.slots import half_last_digit
from lodeclaim.reconciliation.words import name_of, number
from lodeclaim.vocabulary.load import load_vocabulary

__all__ = ["Evidence", "related_parties", "same_amount", "same_object", "weigh"]

#: Grounds without which nothing more than a possibility arises.
#: Groups of more members are lists, not kinds of material.
_SMALL_GROUP = 20
_PASSAGE = frozenset({"next sentence", "same passage"})
_ANCHORS = _PASSAGE | {"same company", "parent and subsidiary", "same public body", "same government", "same site"}


@dataclass(frozen=True, slots=True)
class Evidence:
    """The points for one deal with their grounds; ``anchored`` by a party, a site or a passage in common.

    ``common``: something of the deal itself is shared (party, site, sum, stake), not just the passage.
    """

    score: float
    reasons: tuple[str, ...]
    anchored: bool
    common: bool


def weigh(one: DealFacts, other: DealFacts, rules: DealRules) -> Evidence | None:
    """Return the evidence that two claims speak of one deal, or None where site or material rule it out."""
    if _sites_apart(one.sites, other.sites):
        return None
    if _materials_apart(one.materials, other.materials) and not same_amount(one, other):
        return None
    grounds = [*_parties(one, other), *_money(one, other)]
    names = {name for name, _ in grounds}
    parted = _object(one, other, grounds, bool(names & _ANCHORS and "same amount" in names))
    if parted:
        return None
    grounds += [*_place_in_text(one, other, rules), *_time(one, other, rules)]
    bare = not all(item.parties or item.sites for item in (one, other))
    gap = _gap(one, other)
    if bare and gap is not None and gap <= rules.characters["names no party of its own"]:
        grounds.append(("names no party of its own", ""))
    names = {name for name, _ in grounds}
    score = sum(rules.points[name] for name, _ in grounds)
    reasons = tuple(
        f"{name}{f': {detail}' if detail else ''} ({rules.points[name]:+g})"
        for name, detail in sorted(grounds, key=lambda ground: -rules.points[ground[0]])
    )
    common = bool(names & (_ANCHORS - _PASSAGE | {"same amount", "same stake"}))
    return Evidence(round(score, 6), reasons, bool(names & _ANCHORS), common)


def same_amount(one: DealFacts, other: DealFacts) -> bool:
    """Tell whether two sums are one number in one currency, rounding of the last digit allowed."""
    if one.currency is None or one.currency != other.currency or one.value is None or other.value is None:
        return False
    slack = max(half_last_digit(one.value), half_last_digit(other.value)) * 0.2
    return abs(one.value - other.value) <= slack


def related_parties(some: Iterable[str], others: Iterable[str]) -> bool:
    """Tell whether any two of them are the same, or parent and subsidiary, or act for one government."""
    theirs = tuple(others)
    return any(kin(one, other) for one in some for other in theirs)


def same_object(one: DealFacts, other: DealFacts) -> bool:
    """Tell whether sites and materials allow one deal: no site far from the other's, no other material."""
    return not _sites_apart(one.sites, other.sites) and not _materials_apart(one.materials, other.materials)


def _parties(one: DealFacts, other: DealFacts) -> list[tuple[str, str]]:
    grounds: list[tuple[str, str]] = []
    shared = sorted(one.companies & other.companies)[:2]
    grounds += [("same company", name_of(entity)) for entity in shared]
    bodies = sorted(one.public & other.public)[:1]
    grounds += [("same public body", name_of(entity)) for entity in bodies]
    pairs = sorted((kin(a, b), a, b) for a in one.parties for b in other.parties if a != b and kin(a, b))
    for relation in ("parent and subsidiary", "same government"):
        found = [(a, b) for kind, a, b in pairs if kind == relation and not {a, b} & {*shared, *bodies}]
        if found and (relation == "parent and subsidiary" or not bodies):
            grounds.append((relation, " and ".join(sorted(name_of(entity) for entity in found[0]))))
            break
    if one.companies and other.companies and not any(kin(a, b) for a in one.companies for b in other.companies):
        grounds.append(("other companies", ""))
    states = [frozenset(filter(None, map(government_of, side.public))) for side in (one, other)]
    bare = not one.companies and not other.companies  # beside a company, a foreign bank is nothing unusual
    if bare and all(states) and not states[0] & states[1] and not grounds:
        grounds.append(("other governments", ""))
    return grounds


def _money(one: DealFacts, other: DealFacts) -> list[tuple[str, str]]:
    grounds: list[tuple[str, str]] = []
    if same_amount(one, other):
        assert one.value is not None
        grounds.append(("same amount", f"{number(one.value)} {one.currency}"))
    elif one.currency is not None and one.currency == other.currency and one.source != other.source:
        grounds.append(("other amount", ""))
    holders = one.holder and other.holder and kin(one.holder, other.holder)
    if one.percent is not None and one.percent == other.percent and holders:
        grounds.append(("same stake", f"{one.percent:g} %"))
    if one.instrument is not None and one.instrument == other.instrument:
        grounds.append(("same instrument", one.instrument))
    return grounds


def _object(one: DealFacts, other: DealFacts, grounds: list[tuple[str, str]], tied: bool) -> bool:
    """Add what the objects tell; True where they part the claims."""
    if _materials_apart(one.materials, other.materials):
        if not tied:
            return True
        grounds.append(("other material", ""))
    elif shared := sorted(one.materials & other.materials):
        grounds.append(("same material", name_of(shared[0])))
    elif any(_narrower(a, b) or _narrower(b, a) for a in one.materials for b in other.materials):
        grounds.append(("related material", ""))
    if _runs(one.companies, other.sites) or _runs(other.companies, one.sites):
        grounds.append(("company of the site", ""))
    if sites := sorted(one.sites & other.sites):
        grounds.append(("same site", name_of(sites[0])))
    if one.countries and other.countries and not sites:
        common = sorted(one.countries & other.countries)
        if common:
            grounds.append(("same country", name_of(common[0])))
        elif not _overlapping_regions(one.countries, other.countries) and not tied:
            return True
    return False


@lru_cache(maxsize=16384)
def _sites_apart(some: frozenset[str], others: frozenset[str]) -> bool:
    """Whether sites cannot belong to one project: none in common, and none in the same region."""
    if not some or not others or some & others:
        return False
    known = load_vocabulary().sites
    where = [{(known[s].country, known[s].region) for s in side if s in known} for side in (some, others)]
    if not all(where):
        return True
    return not {place for place in where[0] & where[1] if place[1]}


@lru_cache(maxsize=16384)
def _materials_apart(some: frozenset[str], others: frozenset[str]) -> bool:
    if not some or not others or some & others:
        return False
    known = load_vocabulary().materials

    def family(material: str) -> set[str]:
        entry = known.get(material)
        return {material, *(entry.members if entry else ()), *(entry.part_of if entry else ())}

    for one in some:
        for other in others:
            mine, theirs = known.get(one), known.get(other)
            if one in family(other) or other in family(one):
                return False
            # Tungsten and rare earths are both critical raw materials: a list in common makes no kinship.
            if mine is None or theirs is None:
                return False
    return True


def _overlapping_regions(some: frozenset[str], others: frozenset[str]) -> bool:
    return bool(_spread(some) & _spread(others))


def _narrower(material: str, group: str) -> bool:
    """Whether a material is of a group small enough to mean something: rare earths, not all critical materials."""
    known = load_vocabulary().materials
    if group not in known or material not in known:
        return False
    members = known[group].members
    return len(members) <= _SMALL_GROUP and (material in members or group in known[material].part_of)


def _runs(companies: frozenset[str], sites: frozenset[str]) -> bool:
    """Whether a company operates or owns one of the sites, itself or through its parents or subsidiaries."""
    known = load_vocabulary().sites
    held = {
        holder
        for site in sites
        if site in known
        for holder in (known[site].operator, *(owner.actor for owner in known[site].owners))
        if holder
    }
    return any(kin(company, holder) for company in companies for holder in held)


def _spread(places: frozenset[str]) -> set[str]:
    """The places with the members of the groups among them."""
    groups = load_vocabulary().groups
    return {*places, *(member for place in places if place in groups for member in groups[place].members)}


def _gap(one: DealFacts, other: DealFacts) -> int | None:
    """Characters between two claims of one text."""
    if one.source != other.source or one.at is None or other.at is None:
        return None
    return max(0, max(one.at[0], other.at[0]) - min(one.at[1], other.at[1]))


def _place_in_text(one: DealFacts, other: DealFacts, rules: DealRules) -> list[tuple[str, str]]:
    gap = _gap(one, other)
    for name in ("next sentence", "same passage"):
        if gap is not None and gap <= rules.characters[name]:
            return [(name, f"{gap} characters apart")]
    return []


def _time(one: DealFacts, other: DealFacts, rules: DealRules) -> list[tuple[str, str]]:
    days = _days_between(_dates(one), _dates(other))
    if days is None:
        # No date of its own: a report is of what is recent, so publication stands in, more weakly.
        stand_in = [_dates(side) or (side.published_day, side.published_day) for side in (one, other)]
        days = _days_between(*stand_in) if one.source != other.source else None
        return [("within a year", "by publication")] if days is not None and days <= 366 else []
    told = " and ".join(dict.fromkeys(str(side.period) for side in (one, other)))
    if days <= 31 * rules.months:
        return [("within months", told)]
    if days <= 366:
        return [("within a year", told)]
    return [("more than three years apart" if days > 1096 else "more than a year apart", told)]


def _dates(one: DealFacts) -> tuple[date | None, date | None] | None:
    return (one.start or one.end, one.end or one.start) if one.start or one.end else None


def _days_between(
    one: tuple[date | None, date | None] | None, other: tuple[date | None, date | None] | None
) -> int | None:
    """Days from the end of the earlier to the start of the later; 0 where they overlap, None where one is unknown."""
    if one is None or other is None:
        return None
    (start, end), (first, last) = one, other
    if start is None or end is None or first is None or last is None:
        return None
    return max(0, (first - end).days, (start - last).days)

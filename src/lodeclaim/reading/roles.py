"""Who plays which part in a claim of each predicate: holder, importer, origin, payer, partner, target."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from lodeclaim.claims.model import Participant
from lodeclaim.reading.deal_roles import AUTHORITY, agree, buy, impose, invest, lend, list_status, step, trade
from lodeclaim.reading.import_roles import rely, supply
from lodeclaim.reading.mentions import METONYM
from lodeclaim.reading.model import Link
from lodeclaim.reading.site_country import fits, settle_country
from lodeclaim.reading.slots import WORLD, Filled, Filler
from lodeclaim.reading.stake_roles import own

__all__ = ["fill_roles"]


def fill_roles(filler: Filler, predicate: str) -> Filled:
    """Return the filled slots for a claim of the predicate at the filler's span."""
    filled = Filled()
    _RULES[predicate](filler, filled)
    if predicate not in _OF_STATES and "actor" not in filled.slots and filler.anaphor("actor"):
        filler.recall(filled, "actor", "company")
    if predicate in ("investment", "count"):
        _site_of_owner(filler, filled)
    if predicate in _OF_SOMEBODY:
        _unknown(filler, filled)
        _topic(filler, filled)
    if predicate in _OF_TWO:
        _party(filler, filled, predicate)
    settle_country(filler, filled, predicate)
    return filled


#: What takes two: who pays and who is paid.
_OF_TWO: Final = frozenset({"investment", "financing", "transaction", "agreement"})
#: What states do, or is told of them.
_OF_STATES: Final = frozenset({"measure", "supplier_share", "import_reliance"})
#: What is said of a company or a project, even where the sentence names none.
_OF_SOMEBODY: Final = frozenset(
    {
        *("production", "capacity", "reserve", "grade", "recovery", "count", "milestone", "status"),
        *("investment", "financing", "transaction", "stake", "agreement", "valuation"),
    }
)


def _unknown(filler: Filler, filled: Filled) -> None:
    """Keep names that the vocabulary lacks: as the actor where none is known, else as a further name."""
    names = sorted(filler.mentions.names, key=filler.cost)[:2]
    if not names:
        return
    own = {link.entity for link in (*filler.mentions.actors, *filler.mentions.sites)}
    if "actor" not in filled.slots or not own:
        carried = filled.slots.pop("actor", None)
        filled.put(filler.text, "actor", names[0], cost=0.1)
        if carried is not None:
            filled.others.append(Participant(role="actor", entity=carried))
    for link in names:
        filled.add(filler.text, "name", link)


def _topic(filler: Filler, filled: Filled) -> None:
    """Take what the document is about where the sentence names nobody: its site, its company."""
    mentions = filler.mentions
    if mentions.actors or mentions.sites or mentions.names or mentions.region is not None:
        return
    if "site" not in filled.slots and filler.discourse.subject("site") is None:
        _points_back(filler, filled)
    if any(link.rule == "named" or link.entity == WORLD for link in mentions.places) or _elsewhere(filler):
        return
    named = filler.discourse.paragraph.get("name")
    if named is not None and "site" not in filler.discourse.paragraph:
        # a name of the paragraph that the vocabulary lacks is nearer than what the document is about
        filled.add(filler.text, "name", named, f"{named.rule}, earlier in the paragraph")
        return
    for slot, kind in (("site", "site"), ("actor", "company")):
        link = filler.discourse.subject(kind)
        near = kind in filler.discourse.paragraph
        if slot not in filled.slots and link is not None and (near or fits(filler, filled, link)):
            rule = "earlier in the paragraph" if near else "what the document is about"
            filled.put(filler.text, slot, link, f"{link.rule}, {rule}", cost=0.12 if near else 0.2)


def _points_back(filler: Filler, filled: Filled) -> None:
    """Add the names that the text is about where "the mine" or no other name says who."""
    if filler.anaphor("site") or filler.anaphor("actor") or not filler.mentions.places:
        for link in filler.discourse.names:
            filled.add(filler.text, "name", link, f"{link.rule}, what the document is about")


def _party(filler: Filler, filled: Filled, predicate: str) -> None:
    """Take the company that the text is about as the other party where only a bank or a state is named."""
    known = filler.discourse.subject("company")
    if known is None or "counterparty" in filled.slots or _elsewhere(filler):
        return
    companies = ("company", "state-company", None)
    if known.entity in filled.slots.values() or any(
        filler.kind_of(link) in companies for link in filler.mentions.actors
    ):
        return
    state = filled.slots.get("actor", "") in filler.vocabulary.countries
    if "actor" in filled.slots and not (state and predicate in ("investment", "agreement")):
        # what one state invests or agrees on with another need not be with the company
        rule = f"{known.rule}, what the document is about"
        filled.put(filler.text, "counterparty", known, rule, cost=0.1)


def _elsewhere(filler: Filler) -> bool:
    """Tell whether the sentence speaks of a country that the site or the company in question is not of."""
    discourse, vocabulary = filler.discourse, filler.vocabulary
    home: set[str | None] = set()
    for kind in ("site", "company"):
        link = discourse.subject(kind)
        if link is not None and (site := vocabulary.sites.get(link.entity)) is not None:
            home.add(site.country)
        elif link is not None and (actor := vocabulary.actors.get(link.entity)) is not None:
            home |= {actor.home, actor.control}
    # a government may act for what is elsewhere
    named = [link for link in filler.mentions.places if link.rule != METONYM]
    return bool(home) and any(link.entity not in home for link in named)


def _quantity_of_material(filler: Filler, filled: Filled) -> None:
    """Production, capacity, reserve, grade, recovery: material, site, country, operator."""
    filler.site(filled)
    _site_of_paragraph(filler, filled)
    filler.material(filled)
    filler.stage(filled)
    places = [link for link in filler.mentions.places if not _of_share(filler, link)]
    beside = filler.right(places, within=30)
    if beside is not None and filler.role(beside) not in ("in", "of", "from"):
        beside = None
    points_back = beside is None and filler.left(filler.countries()) is None and filler.anaphor("place")
    if points_back and not filler.home_of(filler.mentions.reporters, filled, "place", AUTHORITY):
        filler.recall(filled, "place", "place")
    link = beside or filler.left(filler.countries()) or filler.left(places) or filler.nearest(places)
    if "place" in filled.slots:
        pass
    elif link is not None and not (link.entity == WORLD and ("site" in filled.slots or _company_named(filler))):
        filled.put(filler.text, "place", link)
    elif "site" not in filled.slots and not _home_of_state_company(filler, filled):
        # where a company works need not be where another did, two paragraphs ago
        filler.recall(filled, "place", "place", beyond_paragraph=not _company_of_another_country(filler))
    filled.counted_by = filler.nearest([link for link in filler.mentions.actors if filler.only_reports(link)])
    actor = filler.nearest([link for link in filler.mentions.actors if not filler.only_reports(link)])
    if actor is not None:
        filled.put(filler.text, "actor", actor)
    elif filler.anaphor("actor"):
        filler.recall(filled, "actor", "company")
    _site_of_owner(filler, filled)


def _of_share(filler: Filler, link: Link) -> bool:
    """Tell whether the world is what a percentage behind the quantity is of: "800 t, 15 percent of world output"."""
    return link.entity == WORLD and any(
        filler.end <= other.start < link.start and other.unit_class == "percent" for other in filler.sentence.quantities
    )


def _home_of_state_company(filler: Filler, filled: Filled) -> bool:
    """Fill the place with the country of the state company that the sentence names; tell whether there is one."""
    companies = [link for link in filler.mentions.actors if filler.kind_of(link) == "state-company"]
    return filler.home_of(companies[:1], filled, "place", "country of the state company")


def _company_of_another_country(filler: Filler) -> bool:
    """Tell whether the sentence names a company whose home is not the country that the text spoke of last."""
    found = filler.discourse.recall("place")
    entries = [filler.vocabulary.actors.get(link.entity) for link in filler.mentions.actors]
    homes = {one.home for one in entries if one is not None and one.kind == "company" and one.home is not None}
    return found is not None and bool(homes) and found[0].entity not in homes


def _company_named(filler: Filler) -> bool:
    """Tell whether the sentence names a company: "the world's largest producer" is not the world."""
    return any(filler.kind_of(link) in ("company", "state-company") for link in filler.mentions.actors)


def _site_of_owner(filler: Filler, filled: Filled) -> None:
    """Take the site that the document is about where only a company is named that works or owns it."""
    known = filler.discourse.subject("site")
    if "site" in filled.slots or known is None or filler.mentions.places or filler.mentions.sites:
        return
    site = filler.vocabulary.sites.get(known.entity)
    if site is not None and filled.slots.get("actor") in {site.operator, *(owner.actor for owner in site.owners)} - {
        None
    }:
        filled.put(filler.text, "site", known, f"{known.rule}, site of the company", cost=0.1)


def _site_of_paragraph(filler: Filler, filled: Filled) -> None:
    """Take the paragraph's site where the sentence names no other place than the site's own country."""
    known = filler.discourse.paragraph.get("site")
    if "site" in filled.slots or known is None or filler.mentions.names or filler.mentions.region is not None:
        return
    site = filler.vocabulary.sites.get(known.entity)
    if site is not None and {link.entity for link in filler.mentions.places} <= {site.country}:
        filler.recall(filled, "site", "site", beyond_paragraph=False)


def _market(filler: Filler, filled: Filled) -> None:
    """Demand, growth, price, valuation: material and, where named, the site and the country."""
    filler.site(filled)
    filler.material(filled)
    filler.stage(filled)
    actor = filler.left(filler.mentions.actors)
    if actor is not None:
        filled.put(filler.text, "actor", actor)
    beside = filler.right(filler.mentions.places, within=_MARKET_BEHIND)
    if beside is not None and filler.role(beside) != "in":
        beside = None
    # "250 dollars a kilogram in China, but over 800 dollars in Europe"
    link = beside or filler.left([place for place in filler.mentions.places if not _of_percentage(filler, place)])
    if link is None and filler.anaphor("place"):
        filler.recall(filled, "place", "place")
    link = link or filler.nearest(filler.mentions.places)
    if link is not None:
        filled.put(filler.text, "place", link)
    elif filler.discourse.sentence.get("place") is not None:
        filler.recall(filled, "place", "place")
    if not filled.slots.keys() & {"site", "actor", "place"} and filler.discourse.told_of_output():
        # "the mine made 8,940 tonnes in the quarter. Output was 24 percent higher than before"
        filler.recall(filled, "site", "site", beyond_paragraph=False)
        filler.recall(filled, "actor", "company", beyond_paragraph=False)


def _of_percentage(filler: Filler, link: Link) -> bool:
    """Tell whether the world is what another percentage is of: "Chile, with 24% of world output, mined 2% less"."""
    return link.entity == WORLD and any(
        0 <= link.start - other.end <= _OF_WORLD and other.unit_class == "percent" and other.start < filler.start
        for other in filler.sentence.quantities
    )


def _share(filler: Filler, filled: Filled) -> None:
    """Share: the holder is the subject, or stands behind "by"."""
    filler.site(filled)
    if not filler.mentions.places and not filler.mentions.actors:
        _site_of_paragraph(filler, filled)
    filler.material(filled)
    filler.stage(filled)
    countries = filler.countries()
    left = filler.left(countries)
    right = filler.right(countries)
    by = right if right is not None and filler.role(right) == "by" else None
    actor = filler.left(filler.mentions.actors)
    if by is not None and left is None:
        filled.put(filler.text, "place", by)
    elif left is not None:
        filled.put(filler.text, "place", left)
    elif right is not None and not filler.anaphor("place"):
        filled.put(filler.text, "place", right)
    elif "site" not in filled.slots:
        filler.recall(filled, "place", "place")
    if actor is not None and not ("place" in filled.slots and filler.only_reports(actor)):
        filled.put(filler.text, "actor", actor)
    for link in countries:
        filled.add(filler.text, "place", link)


def _target(filler: Filler, filled: Filled) -> None:
    """Target: whose goal it is and at which stage; a second country is one that it is said to hold for, too."""
    filler.material(filled, required=False)
    filler.stage(filled)
    link = filler.left(filler.countries()) or filler.nearest(filler.countries())
    if link is not None:
        filled.put(filler.text, "place", link)
        for other in filler.countries():
            filled.add(filler.text, "place", other)
    else:
        filler.recall(filled, "place", "place")


def _count(filler: Filler, filled: Filled) -> None:
    """Count: of what, where, whose."""
    filler.site(filled)
    filler.material(filled, required=False)
    place = filler.left(filler.countries()) or filler.nearest(filler.countries())
    actor = filler.left(filler.mentions.actors)
    if actor is not None:
        filled.put(filler.text, "actor", actor)
    elif filler.discourse.sentence.get("actor"):
        filler.recall(filled, "actor", "actor")
    if place is not None:
        filled.put(filler.text, "place", place)
        for link in filler.countries():
            filled.add(filler.text, "place", link)
    elif actor is None or not filler.acts_for(actor, filled, "place", AUTHORITY):
        filler.recall(filled, "place", "place")


#: How far behind "percent of" the world stands.
_OF_WORLD: Final = 40
#: How far behind a price its market stands.
_MARKET_BEHIND: Final = 16
_RULES: Final[dict[str, Callable[[Filler, Filled], None]]] = {
    "production": _quantity_of_material,
    "capacity": _quantity_of_material,
    "reserve": _quantity_of_material,
    "grade": _quantity_of_material,
    "recovery": _quantity_of_material,
    "demand": _market,
    "growth": _market,
    "price": _market,
    "valuation": _market,
    "trade": trade,
    "share": _share,
    "supplier_share": supply,
    "import_reliance": rely,
    "investment": invest,
    "financing": lend,
    "agreement": agree,
    "transaction": buy,
    "stake": own,
    "measure": impose,
    "target": _target,
    "status": list_status,
    "milestone": step,
    "count": _count,
}

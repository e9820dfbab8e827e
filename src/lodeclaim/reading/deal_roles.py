"""Who plays which part in deals, stakes, trade, measures and steps of a project."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from lodeclaim.reading.circumstances import kind_of
from lodeclaim.reading.mentions import METONYM
from lodeclaim.reading.model import Link
from lodeclaim.reading.slots import Filled, Filler

__all__ = [
    "AUTHORITY",
    "agree",
    "buy",
    "governs",
    "impose",
    "invest",
    "lend",
    "list_status",
    "step",
    "trade",
    "traders_left_out",
]

#: The rule of a country that an authority stands for.
AUTHORITY: Final = "country of the authority"
#: How far before the country that imports come from they are named.
_IMPORTS: Final = 50
#: How far behind the first letter of its verb a subject begins that follows it.
_SUBJECT: Final = 14


def lend(filler: Filler, filled: Filled) -> None:
    """Financing: who lends or grants, and who receives it.

    A bank or a state gives where a company is named as well; so does who stands behind "from" or "by".
    """
    actors = filler.mentions.actors
    near = [link for link in actors if not filler.beyond_other(link)]
    givers = [link for link in near if _lends(filler, link) or governs(filler, link)]
    marked = [
        link for link in near if {"from", "by"} & set(filler.grammar.prepositions.before(filler.text, link.start))
    ]
    both = [link for link in givers if link in marked]
    giver = filler.nearest(both) or filler.left(givers)
    if giver is None and len({link.entity for link in actors}) > 1:
        giver = filler.nearest(marked) or filler.nearest(givers)
    invest(filler, filled, giver)


def invest(filler: Filler, filled: Filled, lender: Link | None = None) -> None:
    """Investment, financing, agreement with value: who pays, for what, where."""
    filler.site(filled)
    filler.material(filled)
    actors = filler.mentions.actors
    payer = lender or filler.left(actors) or filler.nearest(actors)
    if payer is not None:
        filled.put(filler.text, "actor", payer)
    receivers = [link for link in actors if not (_lends(filler, link) or governs(filler, link))] if lender else []
    for link in sorted(receivers, key=filler.cost) or actors:
        # who is named behind another sum takes part in that
        if link is payer or not filler.beyond_other(link):
            filled.put(filler.text, "counterparty", link)
    countries = filler.countries()
    inside = [link for link in countries if filler.role(link) == "in"]
    place = filler.nearest(inside) or filler.right(countries) or filler.nearest(countries)
    if place is not None:
        filled.put(filler.text, "place", place)
    subject = [link for link in countries if link.entity != filled.slots.get("place") or link.rule == METONYM]
    if payer is None and subject:
        payer = filler.left(subject)
        if payer is not None:
            filled.put(filler.text, "actor", payer)
    for link in countries:
        filled.add(filler.text, "place", link)
    if "actor" not in filled.slots and filler.anaphor("actor"):
        filler.recall(filled, "actor", "company", beyond_paragraph=False)
    if "actor" not in filled.slots and (filler.anaphor("actor") or not countries):
        filler.recall_neighbour(filled, "actor", "actor")
    if "site" not in filled.slots and all(_lends(filler, link) for link in actors):
        known = filler.discourse.recall("site", beyond_paragraph=False)
        if known is not None:
            filler.recall(filled, "site", "site")
    if place is None and "site" not in filled.slots:
        filler.recall(filled, "place", "place")


def trade(filler: Filler, filled: Filled) -> None:
    """Trade: who exports or imports (place), from where or to where (counterparty), and a company that sells."""
    filler.material(filled)
    filler.stage(filled)
    countries = filler.countries()
    own, partners = _sides(filler, countries)
    link = filler.left(own)
    if link is None and filler.anaphor("place"):
        filler.recall(filled, "place", "place")
    link = link or filler.nearest(own)
    if link is not None:
        filled.put(filler.text, "place", link)
    elif not filler.mentions.sites:
        filler.recall(filled, "place", "place", exclude=tuple(partner.entity for partner in partners))
    if (partner := filler.right(partners) or filler.left(partners)) is not None:
        filled.put(filler.text, "counterparty", partner)
        filled.direction = {"to": "export", "from": "import"}.get(filler.role(partner) or "")
    for link in partners:
        filled.put(filler.text, "counterparty", link)
    for link in own:
        filled.add(filler.text, "place", link)
    filler.site(filled)
    actor = filler.left(filler.mentions.actors) or filler.nearest(filler.mentions.actors)
    if actor is not None and not filler.only_reports(actor):
        filled.put(filler.text, "actor", actor)


def _sides(filler: Filler, countries: Sequence[Link]) -> tuple[list[Link], list[Link]]:
    """Return who trades and with whom: importers and origins, or exporters and where they sell to."""
    kind = kind_of("trade", filler.sentence, filler.mentions, filler.start, filler.end)
    origins, targets = _listed(filler, countries, "from"), _listed(filler, countries, "to")
    if kind != "import" and targets:
        # "exports from Peru to Spain": the origin is who exports, unless it is that of an amount before
        amounts = [other.start for other in filler.sentence.quantities if other.start < filler.start]
        near = [link for link in origins if not any(link.end <= amount for amount in amounts)]
        others = [link for link in countries if link not in origins and link not in targets]
        return near or others or origins, targets
    if kind == "export":
        return [link for link in countries if link not in origins] or origins, []
    return [link for link in countries if link not in origins], origins


def _listed(filler: Filler, countries: Sequence[Link], role: str) -> list[Link]:
    """Return the countries that a preposition gives the role, and what a list adds to them: "to Japan and Germany"."""
    found: list[Link] = []
    for link in countries:
        if filler.role(link) == role or (
            found and filler.grammar.enumerates.fullmatch(filler.text, found[-1].end, link.start)
        ):
            found.append(link)
    return found


def impose(filler: Filler, filled: Filled) -> None:
    """Measure: who imposes (actor) and against whom (counterparty)."""
    filler.material(filled)
    filler.stage(filled)
    countries = filler.countries()
    # "av" and "af" are "of" as well
    before = filler.grammar.prepositions.before
    by = [link for link in countries if {"by", "of"} & set(before(filler.text, link.start)) == {"by"}]
    targets = [link for link in countries if filler.role(link) == "to" or _is_taxed(filler, link)]
    if len({link.entity for link in countries}) > 1:
        # "a ban on imports from Russia", "a duty on graphite from China"
        origins = [link for link in countries if filler.role(link) == "from" and link not in targets]
        targets += [link for link in origins if _on_imports(filler, link)]
    own = [link for link in countries if link not in targets]
    # "wegen des Streits mit den USA stoppte China die Ausfuhr"
    own = [link for link in own if filler.role(link) != "with"] or own
    behind_verb = [link for link in own if 0 < link.start - filler.start <= _SUBJECT and link.end <= filler.end]
    first = filler.nearest(by) or filler.nearest(behind_verb) or filler.left(own) or filler.nearest(own)
    authority = filler.left([link for link in filler.mentions.actors if governs(filler, link)])
    acts = authority is not None and (first is None or first.start >= filler.start or first.end <= authority.start)
    if acts and _state_of_authority(filler, filled):
        pass
    elif first is not None:
        filled.put(filler.text, "actor", first)
    elif not (
        _state_of_authority(filler, filled)
        or _state_of_site(filler, filled)
        # "the embargo was lifted": by whoever imposed it
        or filler.recall(filled, "actor", "imposer")
    ):
        filler.recall(filled, "actor", "place")
    for link in (*targets, *countries):
        if link.entity != filled.slots.get("actor"):
            filled.put(filler.text, "counterparty", link)


def _on_imports(filler: Filler, origin: Link) -> bool:
    """Tell whether a measure is a duty in percent, or one on imports from a country."""
    if any(q.start == filler.start and q.unit_class == "percent" for q in filler.sentence.quantities):
        return True
    words = filler.sentence.every.within("kind", origin.start - _IMPORTS, origin.start)
    return any(hit.value == ("trade", "import") for hit in words)


def _is_taxed(filler: Filler, link: Link) -> bool:
    """Tell of "a tariff on Chinese magnets" that it is not China's."""
    return link.rule != METONYM and "on" in filler.grammar.prepositions.before(filler.text, link.start)


def _state_of_authority(filler: Filler, filled: Filled) -> bool:
    """Fill the actor with the country whose ministry or agency acts; tell whether there is one."""
    authorities = [link for link in filler.mentions.actors if governs(filler, link)]
    link = filler.left(authorities) or filler.nearest(authorities)
    return filler.home_of([link] if link is not None else [], filled, "actor", AUTHORITY)


def _state_of_site(filler: Filler, filled: Filled) -> bool:
    """Fill the actor with the country of a site that the sentence names; tell whether there is one."""
    for link in filler.mentions.sites:
        site = filler.vocabulary.sites.get(link.entity)
        if site is not None and site.country is not None:
            filled.put(filler.text, "actor", link.to(site.country, "country of the site"), cost=0.1)
            return True
    return False


def buy(filler: Filler, filled: Filled) -> None:
    """Transaction: who buys and from whom; of a sale the buyer stands behind "to"."""
    actors = traders_left_out(filler)
    buyer = next((link for link in actors if filler.role(link) == "to"), None) if filler.sentence.of("sells") else None
    seller = filler.nearest(actors, exclude=(buyer.entity,)) if buyer is not None else None
    if buyer is not None and seller is not None:
        filled.put(filler.text, "actor", buyer)
        filled.put(filler.text, "counterparty", seller)
    agree(filler, filled)


def agree(filler: Filler, filled: Filled) -> None:
    """Agreement, transaction: the parties in order, the site and material they agree on."""
    actors = sorted(traders_left_out(filler), key=lambda link: link.rule == "office-holder")
    for slot, link in zip(("actor", "counterparty"), actors if "actor" not in filled.slots else (), strict=False):
        filled.put(filler.text, slot, link)
    for link in actors[2:]:
        filled.add(filler.text, "counterparty", link)
    filler.site(filled)
    countries = list({link.entity: link for link in reversed(filler.countries())}.values())[::-1]
    if not actors:
        for slot, link in zip(("actor", "counterparty"), countries, strict=False):
            filled.put(filler.text, slot, link)
    elif countries and (place := filler.nearest(countries)) is not None:
        filled.put(filler.text, "place", place)
    for link in countries:
        filled.add(filler.text, "place", link)
    filler.material(filled)
    if "actor" not in filled.slots:
        filler.recall(filled, "actor", "actor")


def list_status(filler: Filler, filled: Filled) -> None:
    """Status: what is listed, and by whom."""
    filler.site(filled)
    filler.material(filled)
    actor = filler.left(filler.mentions.actors)
    place = filler.left(filler.countries())
    if actor is not None:
        filled.put(filler.text, "actor", actor)
        # the list of the Commission is that of the Union
        home = filler.vocabulary.actors[actor.entity].home if actor.entity in filler.vocabulary.actors else None
        if home in filler.vocabulary.groups:
            filled.add(filler.text, "place", actor.to(home), "who the actor decides for")
    if place is not None:
        filled.put(filler.text, "place", place)


def step(filler: Filler, filled: Filled) -> None:
    """Milestone: the site or the actor it happens to."""
    filler.site(filled)
    actors = traders_left_out(filler)
    actor = filler.left(actors) or filler.nearest(actors)
    if actor is not None:
        filled.put(filler.text, "actor", actor)
    place = filler.left(filler.countries()) or filler.nearest(filler.countries())
    if place is not None:
        filled.put(filler.text, "place", place)
    filler.material(filled)
    if "site" not in filled.slots and "actor" not in filled.slots and place is None:
        if not filler.recall(filled, "site", "site"):
            filler.recall(filled, "actor", "actor")
        filler.recall(filled, "place", "place")


def _lends(filler: Filler, link: Link) -> bool:
    """Tell whether an actor is a bank of development or an agency for export credit."""
    return filler.kind_of(link) in ("development-bank", "export-credit-agency")


def governs(filler: Filler, link: Link) -> bool:
    """Tell whether an actor is a government, a ministry or an agency."""
    return filler.kind_of(link) in ("government", "ministry", "agency")


def traders_left_out(filler: Filler) -> list[Link]:
    """Return the actors without exchanges, where things happen to others; all of them where no other is named."""
    named = filler.mentions.actors
    others = [link for link in named if filler.kind_of(link) != "exchange"]
    return others or named

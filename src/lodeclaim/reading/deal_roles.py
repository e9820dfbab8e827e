"""Who plays which part in deals, stakes, trade, measures and steps of a project."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from lodeclaim.reading.circumstances import kind_of
from lodeclaim.reading.mentions import METONYM
from lodeclaim.reading.model import Link
from lodeclaim.reading.numbered_countries import stands_right_before
from lodeclaim.reading.slots import Filled, Filler

__all__ = ["AUTHORITY", "agree", "impose", "invest", "lend", "list_status", "own", "step", "trade"]

#: The rule of a country that an authority stands for.
AUTHORITY: Final = "country of the authority"
#: How far behind the first letter of its verb a subject begins that follows it.
_SUBJECT: Final = 14
_POSSESSIVE: Final = ("'s ", "’s ", "' ", "’ ")
#: How far behind a stake the company begins that it is a stake in.
_OF_WHOM: Final = 10
#: How far behind a stake "of the shares", "of the company" begins.
_OF_SHARES: Final = 14
#: How far behind a stake the state begins that it is held by: "34 percent by the Mongolian government".
_BY_WHOM: Final = 12
#: How far behind a company "largest shareholder" begins.
_OF_HOLDER: Final = 5
#: How far behind the holder of the next stake its percentage stands.
_NEXT_STAKE: Final = 6


def lend(filler: Filler, filled: Filled) -> None:
    """Financing: a bank that is named before the sum lends it, whoever stands between the two."""
    invest(filler, filled, filler.left([link for link in filler.mentions.actors if _lends(filler, link)]))


def invest(filler: Filler, filled: Filled, lender: Link | None = None) -> None:
    """Investment, financing, agreement with value: who pays, for what, where."""
    filler.site(filled)
    filler.material(filled)
    actors = filler.mentions.actors
    payer = lender or filler.left(actors) or filler.nearest(actors)
    if payer is not None:
        filled.put(filler.text, "actor", payer)
    for link in actors:
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


def own(filler: Filler, filled: Filled) -> None:
    """Stake: the holder stands nearest; what it is a stake in is the other company or the site."""
    actors = _traders_left_out(filler)
    owners = [link for link in actors if link.rule != "office-holder"]
    if filler.anaphor("actor"):
        # "the government allows the company to raise its stake": the company holds it
        owners = [link for link in owners if not _governs(filler, link)]
    owners = [link for link in owners if not _is_held(filler, link)] or owners
    state = _state_beside(filler) if owners else None
    held = _held_behind(filler, owners)
    if held is not None:
        owners = [link for link in owners if link.entity != held.entity]
    holder = (
        state or _named_behind(filler, owners) or filler.left(owners) or _pointed_at(filler) or filler.nearest(owners)
    )
    if holder is None and held is not None:
        # "It also holds 15 percent of Sovereign Metals": the company that the text went on with
        known = filler.discourse.paragraph.get("company")
        holder = known if known is not None and known.entity != held.entity else held
    if holder is not None:
        filled.put(filler.text, "actor", holder)
    others = [
        link for link in actors if (holder is None or link.entity != holder.entity) and not _holds_other(filler, link)
    ]
    # beside a state the companies hold the rest of the site
    target = filler.nearest(others) if state is None or not filler.mentions.sites else None
    if target is not None:
        filled.put(filler.text, "counterparty", target)
    elif (issuer := _issuer(filler)) is not None and (holder is None or issuer.entity != holder.entity):
        filled.put(filler.text, "counterparty", issuer, "points back")
    filler.site(filled)
    filler.material(filled)
    holder_country = filler.left(filler.countries()) if holder is None else None
    if holder_country is not None:
        # a state holds it: "the Finnish state has a stake of 20 percent"
        filled.put(filler.text, "actor", holder_country)
        filler.recall_neighbour(filled, "counterparty", "actor")
    elif "actor" not in filled.slots:
        filler.recall(filled, "actor", "actor")
    if target is None and "site" not in filled.slots:
        filler.recall(filled, "site", "site", beyond_paragraph=False)
    place = filler.nearest(filler.countries())
    if place is not None:
        filled.put(filler.text, "place", place)


def _held_behind(filler: Filler, owners: Sequence[Link]) -> Link | None:
    """Return the company right behind a stake in it where nobody is named before: "holds 15 percent of X"."""
    if filler.left(owners) is not None or filler.left(filler.countries()) is not None:
        return None
    if not {"of", "in", "to", "on"} & set(filler.grammar.prepositions.at(filler.text, filler.end)):
        return None
    return next((link for link in owners if 0 < link.start - filler.end <= _OF_WHOM), None)


def _issuer(filler: Filler) -> Link | None:
    """Return the company the text speaks of where a stake is one "of the shares" or "of the company"."""
    mentions = filler.mentions
    if mentions.sites or len({link.entity for link in (*mentions.actors, *mentions.names)}) > 1:
        return None
    if not {"of", "in"} & set(filler.grammar.prepositions.at(filler.text, filler.end)):
        return None
    stop = filler.end + _OF_SHARES
    shares = any(hit.value == ("stake", 1.0) for hit in filler.sentence.every.within("trigger", filler.end, stop))
    company = any(hit.value == "company" for hit in filler.sentence.every.within("anaphora", filler.end, stop))
    return filler.discourse.subject("company") if shares or company else None


def _state_beside(filler: Filler) -> Link | None:
    """Return the state that holds a stake beside companies: "Rio Tinto 66 percent and the state of Mongolia 34"."""
    for link in filler.countries():
        if link.start >= filler.end:
            # "by the French Orano" is by a company
            named = filler.text[link.end : link.end + 2].lstrip()[:1].isupper()
            if link.start - filler.end <= _BY_WHOM and filler.role(link) == "by" and not named:
                return link
        elif stands_right_before(filler.text, filler.grammar, link.end, filler.start):
            roles = filler.grammar.prepositions.before(filler.text, link.start)
            return link if not roles or "of" in roles else None
    return None


def _is_held(filler: Filler, link: Link) -> bool:
    """Tell whether a company is what a shareholder holds: "MP's largest shareholder"."""
    if not filler.text.startswith(_POSSESSIVE, link.end):
        return False
    words = filler.sentence.every.within("event", link.end, link.end + _OF_HOLDER)
    return any(hit.value[0] == "stake" for hit in words)


def _named_behind(filler: Filler, owners: list[Link]) -> Link | None:
    """Return the holder of "38 percent by General Motors"."""
    link = filler.right(owners, within=_NEXT_STAKE + _NEXT_STAKE)
    return link if link is not None and "by" in filler.grammar.prepositions.at(filler.text, filler.end) else None


def _holds_other(filler: Filler, link: Link) -> bool:
    """Tell whether another percentage is that of the actor.

    "The company owns 57 percent, Rio Tinto 30 percent", "62 percent by Lithium Americas and 38 percent by …".
    """
    others = [q for q in filler.sentence.quantities if q.unit_class == "percent" and q.start != filler.start]
    if link.start >= filler.end and any(0 <= q.start - link.end <= _NEXT_STAKE for q in others):
        return True
    return filler.role(link) == "by" and any(0 <= link.start - q.end <= _NEXT_STAKE for q in others)


def _pointed_at(filler: Filler) -> Link | None:
    """Return the company that "the company" before the span points back to, where no country is the holder."""
    if filler.left(filler.countries()) is not None:
        return None
    pointing = [hit for hit in filler.sentence.of("anaphora") if hit.value == "company" and hit.end <= filler.start]
    known = filler.discourse.subject("company") if pointing else None
    return Link(known.entity, pointing[-1].start, pointing[-1].end, "points back") if known is not None else None


def impose(filler: Filler, filled: Filled) -> None:
    """Measure: who imposes (actor) and against whom (counterparty)."""
    filler.material(filled)
    filler.stage(filled)
    countries = filler.countries()
    targets = [link for link in countries if filler.role(link) == "to" or _is_taxed(filler, link)]
    own = [link for link in countries if link not in targets]
    # "wegen des Streits mit den USA stoppte China die Ausfuhr"
    own = [link for link in own if filler.role(link) != "with"] or own
    behind_verb = [link for link in own if 0 < link.start - filler.start <= _SUBJECT and link.end <= filler.end]
    first = filler.nearest(behind_verb) or filler.left(own) or filler.nearest(own)
    authority = filler.left([link for link in filler.mentions.actors if _governs(filler, link)])
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


def _is_taxed(filler: Filler, link: Link) -> bool:
    """Tell of "a tariff on Chinese magnets" that it is not China's."""
    return link.rule != METONYM and "on" in filler.grammar.prepositions.before(filler.text, link.start)


def _state_of_authority(filler: Filler, filled: Filled) -> bool:
    """Fill the actor with the country whose ministry or agency acts; tell whether there is one."""
    authorities = [link for link in filler.mentions.actors if _governs(filler, link)]
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


def agree(filler: Filler, filled: Filled) -> None:
    """Agreement, transaction: the parties in order, the site and material they agree on."""
    actors = sorted(_traders_left_out(filler), key=lambda link: link.rule == "office-holder")
    for slot, link in zip(("actor", "counterparty"), actors, strict=False):
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
    actors = _traders_left_out(filler)
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
    return filler.kind_of(link) in ("development-bank", "export-credit-agency")


def _governs(filler: Filler, link: Link) -> bool:
    return filler.kind_of(link) in ("government", "ministry", "agency")


def _traders_left_out(filler: Filler) -> list[Link]:
    """Return the actors without exchanges, where things happen to others; all of them where no other is named."""
    named = filler.mentions.actors
    others = [link for link in named if filler.kind_of(link) != "exchange"]
    return others or named

"""Who holds a stake, and in what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from lodeclaim.reading.deal_roles import governs, traders_left_out
from lodeclaim.reading.model import Link
from lodeclaim.reading.numbered_countries import stands_right_before
from lodeclaim.reading.slots import Filled, Filler

__all__ = ["own"]

_POSSESSIVE: Final = ("'s ", "’s ", "' ", "’ ")
#: How far behind a company "largest shareholder" begins.
_OF_HOLDER: Final = 5
#: How far behind the holder of the next stake its percentage stands.
_NEXT_STAKE: Final = 6
#: How far behind a stake its holder begins: "34 percent by the Mongolian government", "belongs to the state of Mali".
_BY_WHOM: Final = 45
#: How far behind "stake" or a percentage the company begins that it is one in.
_HELD: Final = 14
#: How far behind a stake "of the shares", "of the company" begins.
_OF_SHARES: Final = 14
#: How far behind a stake "belongs to" begins, in the same breath.
_BELONGS: Final = 24
#: How far behind a stake its holder begins where it is told in one breath.
_BESIDE: Final = 12
#: How far a country stands from "state" or "government".
_OF_STATE: Final = 8
#: Shorter words, such as "with" and "in", tell of a stake but name none.
_NAMES_STAKE: Final = 5


def own(filler: Filler, filled: Filled) -> None:
    """Stake: the holder stands nearest; what it is a stake in is the other company or the site."""
    actors = traders_left_out(filler)
    owners = [link for link in actors if link.rule != "office-holder"]
    if filler.anaphor("actor") and not _of_company(filler):
        # "the government allows the company to raise its stake": the company holds it
        owners = [link for link in owners if not governs(filler, link)]
    owners = [link for link in owners if not _is_held(filler, link)] or owners
    held = filler.nearest([link for link in owners if _marked_as_held(filler, link)])
    if held is not None:
        owners = [link for link in owners if link.entity != held.entity]
    holder = (
        _state(filler, owners)
        or _named_behind(filler, owners)
        or filler.left(owners)
        or _pointed_at(filler, held)
        or (filler.nearest(owners) if held is None else None)
    )
    if holder is None and held is not None:
        # "It also holds 15 percent of Sovereign Metals": the company that the text went on with
        holder = _told_before(filler, held) or filler.nearest(owners)
    if holder is not None:
        filled.put(filler.text, "actor", holder)
    others = [
        link for link in actors if (holder is None or link.entity != holder.entity) and not _holds_other(filler, link)
    ]
    if holder is not None and holder.entity in filler.vocabulary.countries:
        # beside a state the companies hold the rest
        others = [link for link in others if not _holds_next(filler, link)]
    target = held or filler.nearest(others)
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
    if (target is None or holder is None) and "site" not in filled.slots:
        filler.recall(filled, "site", "site", beyond_paragraph=False)
    place = filler.nearest(filler.countries())
    if place is not None:
        filled.put(filler.text, "place", place)


def _marked_as_held(filler: Filler, link: Link) -> bool:
    """Tell whether words right before a company say that it is what is held: "stake in X", "15 percent of X".

    "Of" behind a word for a stake may name its holder; behind a percentage or "shares" it does not.
    """
    roles = set(filler.grammar.prepositions.before(filler.text, link.start))
    if not roles & {"in", "of", "on", "to"}:
        return False
    left = any(
        0 < link.start - other.end <= _HELD and other.unit_class == "percent" for other in filler.sentence.quantities
    )
    if left:
        return filler.end <= link.start or len(filler.sentence.quantities) > 1
    words = [
        hit
        for hit in filler.sentence.every.within("trigger", link.start - 4 * _HELD, link.start)
        if hit.value == ("stake", 1.0) and 0 < link.start - hit.end <= _HELD and hit.end - hit.start >= _NAMES_STAKE
    ]
    return bool(words) and bool(roles & {"in", "on", "to"})


def _told_before(filler: Filler, held: Link) -> Link | None:
    """Return the company that the paragraph spoke of and that is not what is held."""
    known = filler.discourse.paragraph
    return next(
        (link for kind in ("company", "actor") if (link := known.get(kind)) is not None and link.entity != held.entity),
        None,
    )


def _of_company(filler: Filler) -> bool:
    """Tell whether "of the company" stands right behind the stake."""
    hits = filler.sentence.every.within("anaphora", filler.end, filler.end + _OF_SHARES)
    return any(hit.value == "company" for hit in hits)


def _issuer(filler: Filler) -> Link | None:
    """Return the company the text speaks of where a stake is one "of the shares" or "of the company"."""
    mentions = filler.mentions
    if mentions.sites or len({link.entity for link in (*mentions.actors, *mentions.names)}) > 1:
        return None
    if not {"of", "in"} & set(filler.grammar.prepositions.at(filler.text, filler.end)):
        return None
    stop = filler.end + _OF_SHARES
    shares = any(hit.value == ("stake", 1.0) for hit in filler.sentence.every.within("trigger", filler.end, stop))
    return filler.discourse.subject("company") if shares or _of_company(filler) else None


def _state(filler: Filler, owners: Sequence[Link]) -> Link | None:
    """Return the state that holds the stake: it stands nearest, right before the number, or behind "by"."""
    company = filler.left(owners)
    for link in filler.countries():
        if link.start >= filler.end:
            # "by the French Orano" is by a company
            named = filler.text[link.end : link.end + 2].lstrip()[:1].isupper()
            by = filler.role(link) == "by" and (link.start - filler.end <= _BESIDE or company is None)
            if (by or _belongs(filler, owners)) and not named and link is filler.right([link], within=_BY_WHOM):
                return link
        elif owners and stands_right_before(filler.text, filler.grammar, link.end, filler.start):
            roles = filler.grammar.prepositions.before(filler.text, link.start)
            return link if not roles or "of" in roles else None
        elif owners and _is_state(filler, link) and (company is None or filler.cost(link) < filler.cost(company)):
            return link
    return None


def _is_state(filler: Filler, link: Link) -> bool:
    """Tell whether a country is named with a word for its state: "the Mongolian state", "the state of Mali"."""
    words = filler.sentence.every.within("state_words", link.start - 3 * _OF_STATE, link.end + _OF_STATE)
    return any(
        0 < hit.start - link.end <= _OF_STATE or 0 < link.start - hit.end <= _OF_STATE for hit in words
    ) and not any(link.start <= other.start < link.end for other in filler.mentions.actors)


def _belongs(filler: Filler, owners: Sequence[Link]) -> bool:
    """Tell whether words right behind a stake, or before it with no company between, say to whom it belongs."""
    behind = filler.sentence.every.within("belongs", filler.end, filler.end + _BELONGS)
    if behind and not {",", ";"} & set(filler.text[filler.end : behind[0].start]):
        return True
    words = [hit for hit in filler.sentence.of("belongs") if hit.end <= filler.start]
    return bool(words) and not any(words[-1].end <= link.start < filler.start for link in owners)


def _is_held(filler: Filler, link: Link) -> bool:
    """Tell whether a company is what a shareholder holds: "MP's largest shareholder"."""
    if not filler.text.startswith(_POSSESSIVE, link.end):
        return False
    words = filler.sentence.every.within("event", link.end, link.end + _OF_HOLDER)
    return any(hit.value[0] == "stake" for hit in words)


def _named_behind(filler: Filler, owners: Sequence[Link]) -> Link | None:
    """Return the holder of "38 percent by General Motors", "20 percent belongs to Gécamines"."""
    link = filler.right(owners, within=_BY_WHOM)
    if link is None or _marked_as_held(filler, link):
        return None
    roles = filler.grammar.prepositions.at(filler.text, filler.end)
    # "av" and "af" are "of" as well
    by = "by" in roles and ("of" not in roles or link.start - filler.end <= _BESIDE)
    # "gehört zu 80 % CMOC und zu 20 % Gécamines"
    word = filler.text[filler.sentence.start : filler.start].rsplit(maxsplit=1)[-1:]
    extent = bool(filler.sentence.of("belongs")) and not filler.grammar.extent.isdisjoint(word)
    return link if by or extent or _belongs(filler, owners) else None


def _holds_other(filler: Filler, link: Link) -> bool:
    """Tell whether another percentage is that of the actor.

    "The company owns 57 percent, Rio Tinto 30 percent", "62 percent by Lithium Americas and 38 percent by …".
    """
    others = [q for q in filler.sentence.quantities if q.unit_class == "percent" and q.start != filler.start]
    if link.start >= filler.end and any(0 <= q.start - link.end <= _NEXT_STAKE for q in others):
        return True
    return filler.role(link) == "by" and any(0 <= link.start - q.end <= _NEXT_STAKE for q in others)


def _holds_next(filler: Filler, link: Link) -> bool:
    """Tell whether the percentage that follows a company, with no other company between, is another than this."""
    following = [q for q in filler.sentence.quantities if q.unit_class == "percent" and q.start >= link.end]
    if not following or following[0].start == filler.start:
        return False
    named = (*filler.mentions.actors, *filler.mentions.names)
    return not any(link.end <= other.start < following[0].start for other in named)


def _pointed_at(filler: Filler, held: Link | None) -> Link | None:
    """Return the company that "the company" before the span points back to, where no country is the holder."""
    if filler.left(filler.countries()) is not None:
        return None
    pointing = [hit for hit in filler.sentence.of("anaphora") if hit.value == "company" and hit.end <= filler.start]
    known = filler.discourse.subject("company") if pointing else None
    if known is not None and held is not None and known.entity == held.entity:
        known = _told_before(filler, held)
    return Link(known.entity, pointing[-1].start, pointing[-1].end, "points back") if known is not None else None

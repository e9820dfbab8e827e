"""Where a claim on a site belongs: the country that the site lies in, against what else the sentence names."""

from __future__ import annotations

from typing import Final

from lodeclaim.reading.model import Link
from lodeclaim.reading.slots import Filled, Filler

__all__ = ["fits", "settle_country"]

#: What is where its site is.
_OF_THE_GROUND: Final = frozenset({"production", "capacity", "reserve", "grade", "recovery"})


def settle_country(filler: Filler, filled: Filled, predicate: str) -> None:
    """Fill the country that a site lies in, also over one that the sentence names by the way.

    Such are the home of a company, who estimates, the continent around, and what is carried over.
    """
    site = filler.vocabulary.sites.get(filled.slots.get("site", ""))
    if site is None or site.country is None:
        return
    place = filled.slots.get("place")
    reason = next(reason for reason in filled.reasons if reason.slot == "site")
    if place is not None and place != site.country and predicate in _OF_THE_GROUND:
        here = [link for link in filler.mentions.places if link.entity == place]
        named = any(link.start == reason.start for link in filler.mentions.sites)
        if not here or (named and all(_by_the_way(filler, link, site.country) for link in here)):
            filled.drop("place")
        elif not named:
            filled.drop("site")
            return
    if "place" not in filled.slots:
        link = Link(site.country, reason.start or 0, reason.end or 0, "country of the site", "probable")
        filled.put(filler.text, "place", link)


def _by_the_way(filler: Filler, link: Link, country: str) -> bool:
    """Tell whether a place is named as where somebody is from, as who estimates, or as the continent of a country."""
    group = filler.vocabulary.groups.get(link.entity)
    return (
        link.rule == "adjective or people"
        or (group is not None and country in group.members)
        or any(0 < hit.start - link.end <= 1 and hit.value == "estimated" for hit in filler.sentence.of("modality"))
    )


def fits(filler: Filler, filled: Filled, link: Link) -> bool:
    """Tell whether a site named before is not of another country or material than the paragraph speaks of."""
    site = filler.vocabulary.sites.get(link.entity)
    here = filler.discourse.paragraph.get("place")
    if site is None:
        return True
    elsewhere = here is not None and filled.slots.get("place") == here.entity != site.country
    return not elsewhere and filler.of_material(link)

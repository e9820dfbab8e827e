"""Entities named in a sentence, in order, each with how its words name it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, final

from lodeclaim.reading.found import Hit
from lodeclaim.reading.model import Link, Sentence
from lodeclaim.vocabulary.load import Vocabulary

__all__ = ["COMPANY_FORMS", "METONYM", "NAMED", "Mentions", "collect_mentions"]

_CAPITAL: Final = "A-ZÄÖÅÆØÉ"
_NAME: Final = rf"[{_CAPITAL}][\w&'’.-]*\s"
_LEGAL: Final = (
    r"Inc|Corp|L[Tt][Dd]|Limited|P[Tt][Ee]|P[Tt][Yy]|P[Ll][Cc]|LLC|LLP|AG|KGaA|GmbH|SE|ASA|A/S|ApS|AB|AS|Oyj?|SAS?|S\.A|SpA"
    r"|S\.p\.A|NV|BV|N\.V|B\.V|[PO]?JSC|Bhd|Tbk"
)
#: Words of which a company's name has one, in whatever language it is written.
COMPANY_FORMS: Final = (
    *(
        "inc",
        "corp",
        "ltd",
        "limited",
        "pte",
        "pty",
        "plc",
        "LLC",
        "LLP",
        "AG",
        "KGaA",
        "GmbH",
        "SE",
        "ASA",
        "A/S",
        "ApS",
    ),
    *(
        "AB",
        "AS",
        "Oy",
        "Oyj",
        "SA",
        "SAS",
        "S.A",
        "SpA",
        "S.p.A",
        "NV",
        "BV",
        "N.V",
        "B.V",
        "JSC",
        "PJSC",
        "OJSC",
        "Bhd",
    ),
    *("Tbk", "corporation", "company", "holding", "holdings", "resources", "mining", "minerals", "metals", "group"),
    *("industries", "capital", "partners"),
)
#: What a company does, as part of its name; where the name goes on it describes another: "National Mining Company X".
_TRADE: Final = (
    r"(?:Corporation|Company|Holdings?|Resources|Mining|Minerals|Metals|Group|Industries|Capital|Partners)\b"
    rf"(?!\s[{_CAPITAL}&])"
)
_POSSESSIVE: Final = ("'s ", "’s ")
#: The rule of "Berlin" for who governs there.
METONYM: Final = "capital or government"
#: What goes on behind a place in brackets that is part of a company's name.
_NAMED_AROUND: Final = re.compile(r"\)[ \u00a0][A-ZÄÖÅÆØ]")
_COMPANY: Final = re.compile(rf"{_NAME}(?:{_NAME}){{0,3}}(?:(?:{_LEGAL})\b(?:\s(?:{_LEGAL})\b)*|{_TRADE})")
#: "The Group", "Die Holding": a word for the company, not its name.
_POINTING: Final = frozenset(
    [
        *(
            "The",
            "This",
            "That",
            "These",
            "Our",
            "Its",
            "Their",
            "A",
            "An",
            "Der",
            "Die",
            "Das",
            "Diese",
            "Dieser",
            "Den",
        ),
        *("Det", "De", "Denne", "Dette", "Le", "La", "Les", "Cette", "Ce", "El", "Los", "Las", "Esta", "Este"),
    ]
)
#: Categories of hits that name an entity.
NAMED: Final = frozenset(
    {
        *("material", "formula", "guarded_material", "place", "place_adjective", "metonym", "actor", "office_holder"),
        *("site", "region", "stage", "form", "kind"),
    }
)
#: How far behind a word for a site its name stands, and what can stand between: "gisement de Kolmo", "Mine „Josjlik“".
_SITE_OF: Final = 6
_SITE_NAMED: Final = re.compile(r"[ \u00a0](?:(?:de|du|von|of|di|da)[ \u00a0]|d[’'])?[«„“\"'‘’»”]?[ \u00a0]?")
#: How far the word for a country stands from the name of its region.
_NOUN: Final = 2
_GOODS: Final = {"production", "capacity", "reserve", "trade", "demand"}
_GENERIC: Final = {"critical-raw-materials"}
#: How far a person's name stands from the word for what the person is, before it and behind it.
_TITLE, _BEHIND = 3, 2


@final
class Mentions:
    """The entities of one sentence by kind, each list in order of position.

    ``reporters`` are who only reports: media, and whoever stands behind "according to". ``region`` is where the
    country lies that words such as "the Asian nation" point back to.
    """

    __slots__ = ("actors", "forms", "kinds", "materials", "names", "places", "region", "reporters", "sites", "stages")

    def __init__(self) -> None:
        self.materials: list[Link] = []
        self.places: list[Link] = []
        self.sites: list[Link] = []
        self.actors: list[Link] = []
        self.stages: list[Hit] = []
        self.forms: list[Hit] = []
        self.kinds: list[Hit] = []
        self.names: list[Link] = []
        self.reporters: list[Link] = []
        self.region: str | None = None

    def but(self, changes: Mapping[str, list[Link]]) -> Mentions:
        """Return the same with other materials, places, sites or actors."""
        other = Mentions()
        other.materials = changes.get("materials", self.materials)
        other.places = changes.get("places", self.places)
        other.sites = changes.get("sites", self.sites)
        other.actors = changes.get("actors", self.actors)
        other.stages, other.forms, other.kinds = self.stages, self.forms, self.kinds
        other.names, other.reporters, other.region = self.names, self.reporters, self.region
        return other

    def of(self, kind: str) -> list[Link]:
        """Return the links of a kind: material, place, site or actor."""
        if kind == "material":
            return self.materials
        if kind == "place":
            return self.places
        return self.sites if kind == "site" else self.actors


def collect_mentions(
    text: str,
    sentence: Sentence,
    names: Sequence[Hit],
    linked: Sequence[Link],
    unknown: Sequence[Link],
    vocabulary: Vocabulary,
    *,
    telling: bool = True,
) -> Mentions:
    """Return the entities that a sentence names.

    ``names`` are its hits of the categories ``NAMED``, ``linked`` the sites behind garbled names, ``unknown`` the
    names of the sentence that the vocabulary lacks. A sentence that is not ``telling`` makes no claim: its companies
    need no second look.
    """
    start, end = sentence.start, sentence.end
    own = [link for link in linked if start <= link.start < end]
    hits = names
    if own:
        hits = [hit for hit in hits if not any(link.start <= hit.start < link.end for link in own)]
    found = Mentions()
    guarded: list[Hit] = []
    whole = {hit.start for hit in hits if hit.category == "material" and hit.how == "word"}
    seen: set[tuple[int, str]] = set()
    for hit in hits:
        kind = hit.category
        if kind in ("material", "formula"):
            material, form = hit.value if kind == "formula" else (hit.value, None)
            if (hit.start, material) in seen or (hit.how == "stem" and hit.start in whole):
                continue
            seen.add((hit.start, material))
            rule = {"stem": "first part of a compound", "guarded": "first part of a compound"}.get(hit.how, "named")
            found.materials.append(Link(material, hit.start, hit.end, rule))
            if form:
                found.forms.append(Hit(hit.start, hit.end, "form", form, "formula"))
        elif kind == "guarded_material":
            guarded.append(hit)
        elif kind == "place":
            if _NAMED_AROUND.match(text, hit.end) and text[hit.start - 1 : hit.start] == "(":
                # "BASF (China) Company": the place is part of the name
                continue
            found.places.append(Link(str(hit.value), hit.start, hit.end, "named"))
        elif kind == "place_adjective":
            found.places.append(Link(str(hit.value), hit.start, hit.end, "adjective or people"))
        elif kind == "metonym":
            found.places.append(Link(str(hit.value), hit.start, hit.end, METONYM, note="metonym"))
        elif kind == "region":
            found.places.append(Link(str(hit.value[0]), hit.start, hit.end, "region of the country"))
        elif kind == "actor":
            rule = "named" if hit.how != "short name" else hit.how
            found.actors.append(Link(str(hit.value), hit.start, hit.end, rule))
        elif kind == "office_holder":
            found.actors.append(Link(str(hit.value), hit.start, hit.end, "office-holder", "probable"))
        elif kind == "site":
            found.sites.append(Link(str(hit.value), hit.start, hit.end, "named"))
        elif kind == "stage":
            found.stages.append(hit)
        elif kind == "form":
            found.forms.append(hit)
        elif kind == "kind":
            found.kinds.append(hit)
    found.sites.extend(own)
    found.sites.sort(key=lambda link: link.start)
    if guarded and (found.materials or found.stages or found.sites or _of_goods(sentence)):
        found.materials.extend(Link(str(hit.value), hit.start, hit.end, "named") for hit in guarded)
        found.materials.sort(key=lambda link: link.start)
    if found.places and sentence.of("country_nouns"):
        _countries_of_regions(sentence, found, vocabulary)
    if (telling or found.places) and sentence.of("company_forms"):
        _unknown_companies(text, start, end, found)
    words = sentence.of("site_words") if unknown else ()
    if telling or words:
        companies = {link.start for link in found.actors}
        found.names = _without_people(sentence, [link for link in unknown if link.start not in companies])
        if words:
            _unknown_sites(text, words, found)
    if not telling:
        found.names = []
    else:
        _leave_reporters(sentence, found, vocabulary)
        _described_companies(text, sentence, found, vocabulary)
    found.materials = _specific(found.materials)
    return found


def _countries_of_regions(sentence: Sentence, found: Mentions, vocabulary: Vocabulary) -> None:
    """Read "the Asian nation", "le pays asiatique" as a country named before, not as the continent."""
    nouns = sentence.of("country_nouns")
    for link in list(found.places):
        if (
            link.rule == "adjective or people"
            and link.entity in vocabulary.groups
            and any(0 < hit.start - link.end <= _NOUN or 0 < link.start - hit.end <= _NOUN for hit in nouns)
        ):
            found.places.remove(link)
            found.region = link.entity


def _of_goods(sentence: Sentence) -> bool:
    """Tell whether a sentence speaks of goods that are made, traded or used: "silver" is the metal there."""
    return any(hit.value[0] in _GOODS and hit.value[1] == 1.0 for hit in sentence.of("trigger"))


def _unknown_companies(text: str, start: int, end: int, found: Mentions) -> None:
    """Keep companies the vocabulary lacks as named mentions; never force them onto a known one."""
    for match in _COMPANY.finditer(text, start, end):
        if match.start() and text[match.start() - 1].isalnum():
            continue
        first, stop = match.span()
        opening = match.group().split(maxsplit=1)[0]
        if opening in _POINTING:
            first += len(opening) + 1
        name = text[first:stop]
        if " " not in name or any(link.start < stop and first < link.end for link in (*found.actors, *found.sites)):
            continue
        found.actors.append(Link(f"name:{name}", first, stop, "company form", "possible"))
        # "Jiangxi Copper Corporation" names neither copper nor a place
        found.places = [link for link in found.places if not first <= link.start < stop]
        found.materials = [link for link in found.materials if not first <= link.start < stop]
    found.actors.sort(key=lambda link: link.start)


def _without_people(sentence: Sentence, names: list[Link]) -> list[Link]:
    """Leave out persons: "CEO Jane Roe", "Jane Roe, president of …" act for somebody else."""
    words = sentence.of("person_words")
    if not words or not names:
        return names
    ends, starts = [hit.end for hit in words], [hit.start for hit in words]
    return [
        link
        for link in names
        if not any(0 <= link.start - end <= _TITLE for end in ends)
        and not any(0 <= start - link.end <= _BEHIND for start in starts)
    ]


def _unknown_sites(text: str, words: Sequence[Hit], found: Mentions) -> None:
    """Keep names right beside a word for a site as sites that the vocabulary lacks: "its Bégin-Lamarche property"."""
    ends, starts = [hit.end for hit in words], [hit.start for hit in words]
    sites = [
        link
        for link in found.names
        if any(start - link.end == 1 for start in starts)
        or any(0 < link.start - end <= _SITE_OF and _SITE_NAMED.fullmatch(text, end, link.start) for end in ends)
    ]
    if sites:
        found.names = [link for link in found.names if link not in sites]
        rule = "beside a word for a site"
        found.sites += [Link(link.entity, link.start, link.end, rule, "possible") for link in sites]
        found.sites.sort(key=lambda link: link.start)


def _specific(materials: list[Link]) -> list[Link]:
    """Leave the words for raw materials at large out where a material is named."""
    named = [link for link in materials if link.entity not in _GENERIC]
    return named or materials


def _leave_reporters(sentence: Sentence, found: Mentions, vocabulary: Vocabulary) -> None:
    """Take out who only reports: media, and whoever stands right behind "according to"."""
    edges = [hit.end for hit in sentence.of("attribution")]
    kept = []
    for link in found.actors:
        actor = vocabulary.actors.get(link.entity)
        reported = any(0 <= link.start - edge <= 5 for edge in edges)
        if not reported and (actor is None or actor.kind != "media"):
            kept.append(link)
        else:
            found.reporters.append(link)
    found.actors = kept
    found.names = [link for link in found.names if not any(0 <= link.start - edge <= 5 for edge in edges)]
    found.places = [link for link in found.places if not any(0 <= link.start - edge <= 5 for edge in edges)]
    data = sentence.of("data_words")
    if data and len({link.entity for link in found.places}) > 1:
        # "Tajikistan mined 17,000 tonnes by American estimates"
        found.places = [
            link
            for link in found.places
            if link.rule == "named"
            or not any(hit.start - link.end == 1 or 0 < link.start - hit.end <= 1 for hit in data)
        ]


def _described_companies(text: str, sentence: Sentence, found: Mentions, vocabulary: Vocabulary) -> None:
    """Read "the US company" as the company of that country that the sentence names, and not as the country."""
    counted = [hit for hit in sentence.of("count_noun") if hit.value == "companies"]
    nouns = counted + [hit for hit in sentence.of("anaphora") if hit.value == "company"]
    nouns.sort(key=lambda hit: hit.start)
    described: list[tuple[Link, Link]] = []
    apart: list[Link] = []
    for place in found.places:
        noun = next((hit for hit in nouns if 0 <= hit.start - place.end <= 12), None)
        if noun is None or "," in text[place.end : noun.start]:
            # "le groupe français"
            noun = next((hit for hit in nouns if place.start - hit.end == 1), None)
        if noun is None:
            continue
        same = [link for link in found.actors if _at_home(vocabulary, link.entity, place.entity)]
        if same:
            nearest = min(same, key=lambda link: abs(link.start - place.start))
            note = f"a company of {place.entity} that the sentence names"
            described.append((place, _described(nearest, place, noun, note)))
        elif place.rule == "adjective or people" and noun.category == "anaphora":
            # "the French group" points back to a company, not to France
            apart.append(place)
    found.places = [place for place in found.places if place not in apart]
    starts = [link.start for link in found.actors]
    for place in list(found.places):
        # "the German KfW": the adjective describes the actor and names no place of its own
        # and so does "China's Ganfeng"
        gap = 3 if text.startswith(_POSSESSIVE, place.end) else 1 if place.rule == "adjective or people" else -1
        if any(0 <= start - place.end <= gap for start in starts):
            found.places.remove(place)
    for place, link in described:
        if place in found.places:
            found.places.remove(place)
        found.actors.append(link)
    found.actors.sort(key=lambda link: link.start)


def _described(company: Link, place: Link, noun: Hit, note: str) -> Link:
    start, end = min(place.start, noun.start), max(place.end, noun.end)
    return Link(company.entity, start, end, "description", "probable", note)


def _at_home(vocabulary: Vocabulary, actor: str, place: str) -> bool:
    entry = vocabulary.actors.get(actor)
    return (
        entry is not None
        and entry.kind in ("company", "state-company", "fund")
        and place in (entry.home, entry.control)
    )

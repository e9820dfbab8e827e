"""Names that the vocabulary lacks: kept as they stand, never forced onto something known."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from typing import Final

from lodeclaim.reading.found import Hit, Hits
from lodeclaim.reading.model import Link
from lodeclaim.reading.prepositions import Prepositions

__all__ = ["find_unknown_names"]

_UPPER: Final = "A-ZÄÖÅÆØÉÈÁÍÓÚÑÇÊÎÔ"
_CAPITALS: Final = frozenset(f"ABCDEFGHIJKLMNOPQRSTUVWXYZ{_UPPER[3:]}")
_WORD: Final = rf"[{_UPPER}][\w&’'-]*[\w]"
_NAME: Final = re.compile(rf"{_WORD}(?:[ -](?:& )?{_WORD}){{0,3}}")
#: The last word before a space, be it behind another sign: "(Zinc Corp".
_LAST: Final = re.compile(rf"[{_UPPER}](?=[\w&’'-]* )")
#: What stands before a word that is capitalised for its place alone.
_OPENS: Final = re.compile(r"(?:^|[.!?…:;»”\"(\n–—•·▪‣●○*-]\s{0,3}[\"'„“”«»(]?[\s\u00a0]?)$")
_PART: Final = re.compile(r"[^ -]+")
_SHORTEST: Final = 4
_LONGEST: Final = 80
#: "FY2026", "H1", "Q3FY25": a stretch of time.
_FISCAL: Final = re.compile(r"(?:FY|CY|[HQ][1-4])[\d/-]*(?:\s|$)|[HQ][1-4]\d*$|NPV\d*$|IRR$")
#: "WO365", "EL7646": a formula, a licence.
_NUMBERED: Final = re.compile(r"[A-Z][A-Za-z]{0,5}\d+")
#: How far behind "ministry" the last word of its name begins, and what stands between.
_OFFICE: Final = 60
_OF_OFFICE: Final = re.compile(rf"(?:[ ,]+(?:[^\W\d_]{{1,3}}|{_WORD}))*[ ](?:[^\W\d_][’'])?")
_POSSESSIVE: Final = ("'s", "’s")
#: A capitalised word of these is known already, or is no name of a company or a place.
_KNOWN: Final = frozenset(
    [
        *("material", "formula", "place", "place_adjective", "metonym", "actor", "office_holder", "site", "region"),
        *("month", "currency", "unit", "date", "anaphora", "publication_title", "event", "trigger", "stage", "form"),
        *("count_noun", "site_words", "attribution", "scale", "off_topic", "aside", "not_names", "person_words"),
    ]
)


def _several(text: str) -> list[tuple[int, int]]:
    """Start and end of every run of two or more words with a capital: most nouns of such a language stand alone."""
    found: list[tuple[int, int]] = []
    start = left = done = 0
    before = ""
    for word in text.split(" "):
        if word == "&":
            # "Rio & Söhne": what it joins are the words around it
            start += 2
            continue
        at = left + len(before)
        # most words before one with a capital have none, which one look tells
        if word[:1] in _CAPITALS and at > done and not before.islower():
            begin = max(left, done)
            match = _NAME.match(text, begin)
            if match is None or match.end() <= at:
                inner = _LAST.search(text, max(begin, at - _LONGEST), at + 1)
                match = None if inner is None else _NAME.match(text, inner.start())
            if match is not None and match.end() > at:
                begin, done = match.span()
                found.append((begin, done))
        before, left = word, start
        start += len(word) + 1
    return found


def _opens_name(text: str, start: int, hit: Hit, prepositions: Prepositions) -> bool:
    """Tell whether a run of words with capitals begins with a word for a site or, behind "in" at most, a month."""
    if hit.category == "site_words":
        return hit.start == start
    if hit.category != "month":
        return False
    return hit.start == start or (hit.start > start and prepositions.opens(text[start : hit.start]))


def _is_direction(name: str, start: int, directions: set[int]) -> bool:
    """Tell whether each part of a name is a word for a direction: "Sud-Ouest"."""
    return bool(directions) and all(start + part.start() in directions for part in _PART.finditer(name))


def _is_of_office(text: str, start: int, offices: list[int], prepositions: Prepositions) -> bool:
    """Tell whether a name is part of that of an office: "Ministerio de Industria y Construcción"."""
    at = bisect_left(offices, start) - 1
    if at < 0 or start - offices[at] > _OFFICE or not prepositions.at(text, offices[at]):
        return False
    return _OF_OFFICE.fullmatch(text, offices[at], start) is not None


def find_unknown_names(text: str, hits: Hits, prepositions: Prepositions, *, nouns_capitalised: bool) -> list[Link]:
    """Return capitalised words that stand inside sentences and that no list knows, as links ``name:…``.

    A word at the start of a sentence counts only where the text has it inside one as well. In a language that
    writes its nouns with capitals, only runs of two words or more count.
    """
    # names come in order, and so do hits: how far the known ones reach that begin before a name ends tells of both
    known = list(hits)
    directions = {hit.start for hit in hits.of("direction")}
    # "ministère kazakh de l'Industrie"
    adjectives = {hit.start - 1: hit.end for hit in hits.of("place_adjective")}
    offices = [adjectives.get(hit.end, hit.end) for hit in hits.of("offices")]
    met = reach = 0
    found: list[tuple[str, int, int, bool]] = []
    inside: Counter[str] = Counter()
    for first, last in _several(text) if nouns_capitalised else [match.span() for match in _NAME.finditer(text)]:
        start, end, opener = first, last, False
        while met < len(known) and known[met].start < end:
            if known[met].category in _KNOWN:
                reach = max(reach, known[met].end)
                opener = opener or _opens_name(text, start, known[met], prepositions)
            met += 1
        if opener and start < reach < end and text[reach] == " ":
            # "Forekomst Sørlige Josjlik", "In October Largo": the name stands behind the word for the site, the month
            start = reach + 1
            if nouns_capitalised and " " not in text[start:end]:
                continue
        if end - start < _SHORTEST or reach > start or (start and text[start - 1].isalnum()):
            continue
        name = text[start:end]
        if " " in name and prepositions.opens(name):
            # "At Karo": the preposition of a sentence's first words
            start += name.index(" ") + 1
            name = text[start:end]
            if nouns_capitalised and " " not in name:
                continue
        if _FISCAL.match(name) or _NUMBERED.fullmatch(name) or _is_direction(name, start, directions):
            continue
        if nouns_capitalised and start > 1 and text[start - 2].isdigit():
            # "300 Metern Tiefe": what is counted
            continue
        if _is_of_office(text, start, offices, prepositions):
            continue
        if name.endswith(_POSSESSIVE):
            name, end = name[:-2], end - 2
        # most names follow a word and a space: no need to look for what opens a sentence
        follows = start > 1 and text[start - 1] == " " and text[start - 2].isalnum()
        opens = not follows and _OPENS.search(text, max(0, start - 6), start) is not None
        inside[name] += not opens
        found.append((name, start, end, opens))
    return [
        Link(f"name:{name}", start, end, "name that the vocabulary lacks", "possible")
        for name, start, end, opens in found
        if not opens or inside[name] or (" " in name and not nouns_capitalised)
    ]

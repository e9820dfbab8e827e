"""Names that the vocabulary lacks: kept as they stand, never forced onto something known."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from lodeclaim.reading.found import Hits
from lodeclaim.reading.model import Link
from lodeclaim.reading.prepositions import Prepositions

__all__ = ["find_unknown_names"]

_UPPER: Final = "A-ZÄÖÅÆØÉÈÁÍÓÚÑÇÊÎÔ"
_WORD: Final = rf"[{_UPPER}][\w&’'-]*[\w]"
_NAME: Final = re.compile(rf"{_WORD}(?:[ -](?:& )?{_WORD}){{0,3}}")
#: The same where a space and a further capital follow: most nouns of a language with capitals end the search at once.
_SEVERAL: Final = re.compile(rf"[{_UPPER}](?=[\w&’'-]* (?:& )?[{_UPPER}]){_NAME.pattern.partition(']')[2]}")
#: What stands before a word that is capitalised for its place alone.
_OPENS: Final = re.compile(r"(?:^|[.!?…:;»”\"(\n–—-]\s{0,3}[\"'„“”«»(]?[\s\u00a0]?)$")
_SHORTEST: Final = 4
#: "FY2026", "H1", "Q3FY25": a stretch of time.
_FISCAL: Final = re.compile(r"(?:FY|CY|[HQ][1-4])[\d/-]*(?:\s|$)|[HQ][1-4]\d*$")
_POSSESSIVE: Final = ("'s", "’s")
#: A capitalised word of these is known already, or is no name of a company or a place.
_KNOWN: Final = frozenset(
    [
        *("material", "formula", "place", "place_adjective", "metonym", "actor", "office_holder", "site", "region"),
        *("month", "currency", "unit", "date", "anaphora", "publication_title", "event", "trigger", "stage", "form"),
        *("count_noun", "site_words", "attribution", "scale", "off_topic", "not_names", "person_words"),
    ]
)


def find_unknown_names(text: str, hits: Hits, prepositions: Prepositions, *, nouns_capitalised: bool) -> list[Link]:
    """Return capitalised words that stand inside sentences and that no list knows, as links ``name:…``.

    A word at the start of a sentence counts only where the text has it inside one as well. In a language that
    writes its nouns with capitals, only runs of two words or more count.
    """
    known = bytearray(len(text))
    for hit in hits:
        if hit.category in _KNOWN:
            known[hit.start : hit.end] = b"\1" * (hit.end - hit.start)
    found: list[tuple[str, int, int, bool]] = []
    inside: Counter[str] = Counter()
    for match in (_SEVERAL if nouns_capitalised else _NAME).finditer(text):
        start, end = match.span()
        if nouns_capitalised and text.find(" ", start, end) < 0:
            continue
        if end - start < _SHORTEST or known.find(1, start, end) >= 0 or (start and text[start - 1].isalnum()):
            continue
        name = match.group()
        if " " in name and prepositions.opens(name):
            # "At Karo": the preposition of a sentence's first words
            start += name.index(" ") + 1
            name = text[start:end]
        if _FISCAL.match(name):
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

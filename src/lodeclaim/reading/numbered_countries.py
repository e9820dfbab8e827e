"""Countries with a percentage each: "Indonesia 55%, Philippines 9%", "from Australia (61%), Zimbabwe (18%)"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter
from typing import Final

from lodeclaim.reading.found import Hit
from lodeclaim.reading.grammar import Grammar
from lodeclaim.reading.model import Quantity, Sentence

__all__ = ["add_listed", "stands_before", "stands_right_before"]

#: How far before its percentage a country ends.
_REACH: Final = 6
_SIGNS: Final = " \u00a0\u202f–—-:("
_START: Final = attrgetter("start")
#: Longer than the name of any country.
_NAME: Final = 48


def stands_before(text: str, grammar: Grammar, end: int, start: int) -> bool:
    """Tell whether a country that ends at ``end`` has the percentage that begins at ``start`` for its own.

    Only signs stand between, or one short word: "Australia (61%)", "Australien för 61 procent".
    """
    if not 0 < start - end <= _REACH:
        return False
    between = text[end:start].strip(_SIGNS)
    return not between or (between.isalpha() and not grammar.enumerates.fullmatch(text, end, start))


def stands_right_before(text: str, grammar: Grammar, end: int, start: int) -> bool:
    """Tell whether nothing but signs and an article stand between: "Kazajistán el 19 %"."""
    if not stands_before(text, grammar, end, start):
        return False
    between = text[end:start].strip(_SIGNS)
    return not between or grammar.prepositions.is_article(between)


def add_listed(text: str, grammar: Grammar, sentence: Sentence, quantity: Quantity, scores: dict[str, float]) -> None:
    """Add what a list of countries tells that has no verb or one told apart: shares of the world, or of imports."""
    if scores.keys() & {"share", "supplier_share", "growth", "stake", "target"}:
        return
    if not _has_country(text, grammar, sentence, quantity):
        return
    if any(hit.value == ("trade", "import") and hit.end <= quantity.start for hit in sentence.of("kind")):
        told = "supplier_share"
    elif any(hit.value == "WLD" and hit.end <= quantity.start for hit in sentence.of("place")):
        told = "share"
    else:
        return
    at = bisect_left(sentence.quantities, quantity.start, key=_START)
    beside = (*sentence.quantities[max(0, at - 1) : at], *sentence.quantities[at + 1 : at + 2])
    if any(other.unit_class == "percent" and _has_country(text, grammar, sentence, other) for other in beside):
        scores[told] = 0.8


def _has_country(text: str, grammar: Grammar, sentence: Sentence, quantity: Quantity) -> bool:
    """Tell whether a country stands before the percentage as its own."""
    places = _places(sentence, quantity.start)
    return any(stands_before(text, grammar, hit.end, quantity.start) for hit in places)


def _places(sentence: Sentence, start: int) -> Sequence[Hit]:
    return sentence.every.within("place", max(sentence.start, start - _NAME), start)

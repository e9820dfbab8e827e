"""Countries with a percentage each: "Indonesia 55%, Philippines 9%", "from Australia (61%), Zimbabwe (18%)"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from lodeclaim.reading.found import Hit
from lodeclaim.reading.grammar import Grammar
from lodeclaim.reading.model import Quantity, Sentence

__all__ = ["add_listed", "stands_before", "stands_right_before"]

#: How far before its percentage a country ends.
_REACH: Final = 6
_SIGNS: Final = " \u00a0\u202f–—-:("
_LEAST: Final = 2
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
    percentages = [q for q in sentence.quantities if q.unit_class == "percent"]
    numbered = [
        q
        for q in percentages
        if any(stands_before(text, grammar, hit.end, q.start) for hit in _places(sentence, q.start))
    ]
    if quantity not in numbered or len(numbered) < _LEAST:
        return
    opening = numbered[0].start
    if any(hit.value == ("trade", "import") and hit.end <= opening for hit in sentence.of("kind")):
        scores["supplier_share"] = 0.8
    elif any(hit.value == "WLD" and hit.end <= opening for hit in sentence.of("place")):
        scores["share"] = 0.8


def _places(sentence: Sentence, start: int) -> Sequence[Hit]:
    return sentence.every.within("place", max(sentence.start, start - _NAME), start)

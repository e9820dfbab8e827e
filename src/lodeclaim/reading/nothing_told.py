"""Numbers that belong to no predicate: what a product is made of, what money earns, a difference."""

from __future__ import annotations

from typing import Final

from lodeclaim.reading.grammar import Grammar
from lodeclaim.reading.model import Quantity, Sentence
from lodeclaim.reading.structure import behind_to, compared, edge_of, level_follows

__all__ = ["says_nothing"]

#: How far before a percentage the word for a price stands that it specifies the product of, and the product behind it.
_PRICED, _PRODUCT = 24, 12
#: How far a word for purity, interest or return stands before a percentage, and behind it.
_BEFORE_OTHER, _BEHIND_OTHER = 24, 12
#: How far before a sum of money the word stands that it is no part of any deal: "net cash from operations of".
_BEFORE_SUM: Final = 44
_AMOUNTS: Final = ("mass", "mass-rate", "count")


def says_nothing(text: str, grammar: Grammar, sentence: Sentence, quantity: Quantity) -> bool:
    """Tell of a number that belongs to no predicate: what a product is made of, what money earns, a difference."""
    if quantity.unit_class == "percent":
        specified = _specified(text, grammar, sentence, quantity)
        return specified or _of_other(text, sentence, quantity, "other_percent")
    if quantity.unit_class == "money":
        return _of_other(text, sentence, quantity, "other_money")
    if quantity.unit_class not in _AMOUNTS:
        return False
    # "3,500 tonnes less", "by 3,500 tonnes to 9,000 tonnes": a difference is no amount
    # "to 500,000 tonnes, more than double" is one
    differs = compared(sentence, quantity) is not None and not behind_to(text, grammar, quantity)
    return differs or _leads_to(text, grammar, sentence, quantity)


def _leads_to(text: str, grammar: Grammar, sentence: Sentence, quantity: Quantity) -> bool:
    """Tell whether an amount stands behind "by" with the level that is reached right behind it."""
    edge = edge_of(quantity)
    roles = set(grammar.prepositions.before(text, edge))
    if not roles & {"by", "with", "of", "in"} or "from" in roles:
        return False
    return level_follows(text, grammar, sentence, quantity) and any(
        hit.value == ("growth", 1.0) and hit.end <= quantity.start for hit in sentence.of("trigger")
    )


def _of_other(text: str, sentence: Sentence, quantity: Quantity, category: str) -> bool:
    """Tell of a number that says how pure a product is, or what a company has: "IRR of 24%", "$7 million in cash"."""
    reach = _BEFORE_OTHER if quantity.unit_class == "percent" else _BEFORE_SUM
    left, right = max(sentence.start, quantity.start - reach), min(sentence.end, quantity.end + _BEHIND_OTHER)
    for hit in sentence.every.within(category, left, right):
        between = text[hit.end : quantity.start] if hit.end <= quantity.start else text[quantity.end : hit.start]
        if not any(sign in ",;:" or sign.isdigit() for sign in between):
            return True
    return False


def _specified(text: str, grammar: Grammar, sentence: Sentence, quantity: Quantity) -> bool:
    """Tell of a percentage that names the product of a price: "the price of 99.65% antimony", "(65% WO3) prices"."""
    if text[quantity.start - 1 : quantity.start] == "(":
        priced = any(hit.value == ("price", 1.0) for hit in sentence.of("trigger"))
    else:
        start = max(sentence.start, quantity.start - _PRICED)
        priced = any(hit.value[0] == "price" for hit in sentence.every.within("trigger", start, quantity.start))
    if not priced:
        return False
    if grammar.prepositions.at(text, quantity.end):
        return False
    word = next((q for q in sentence.quantities if q.start >= quantity.end), None)
    stop = min(quantity.end + _PRODUCT, word.start if word is not None else sentence.end)
    return any(sentence.every.within(kind, quantity.end, stop) for kind in ("material", "formula", "form"))

"""Numbers that leave out the unit which another of their list has: "China for 48 percent, Russia for 21"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from lodeclaim.reading.language import ReaderLanguage
from lodeclaim.reading.model import Quantity
from lodeclaim.reading.numbers import BARE_YEAR, parse_number
from lodeclaim.reading.quantity_lists import BareNumber
from lodeclaim.reading.surroundings import Around, comparator_of

__all__ = ["gapped"]

#: How far an item stands from the one whose unit it takes.
_ITEM: Final = 60
_WORD_BEFORE: Final = re.compile(r"([^\W\d_]+)[\s\u00a0]$")
_LONGEST: Final = 14
_DIVIDES: Final = re.compile(r"[.;:](?:\s|$)|[\n()\d]")
#: What follows an item: nothing that would be counted or measured.
_ITEM_ENDS: Final = re.compile(r"[ \u00a0]?(?:$|[;,)\r\n]|\.(?!\d))")
_WHOLE: Final = 100


def gapped(
    text: str, loose: Sequence[BareNumber], found: Sequence[Quantity], around: Around, language: ReaderLanguage
) -> list[Quantity]:
    """Return the quantities that numbers without a unit are beside ``found``, which are in order.

    A number takes the percentage of its neighbour where one word leads in both, and the mass that it is a part of:
    "3,400 of a total of 5,200 tonnes".
    """
    starts = [quantity.start for quantity in found]
    made = []
    for number in loose:
        if number.value is None and BARE_YEAR.match(text[number.start : number.end]):
            continue
        at = bisect_left(starts, number.start)
        for other in found[max(0, at - 1) : at + 1]:
            if (like := _like(text, number, other, around, language)) is not None:
                made.append(like)
                break
    return made


def _like(text: str, number: BareNumber, other: Quantity, around: Around, language: ReaderLanguage) -> Quantity | None:
    left, right = (number.end, other.start) if number.start < other.start else (other.end, number.start)
    if not 0 < right - left <= _ITEM:
        return None
    between = text[left:right]
    small = other.unit_class == "percent"
    if small:
        together = _one_list(text, number, other, between, language)
    else:
        together = (
            other.unit_class == "mass"
            and left == number.end
            and language.grammar.part_of.fullmatch(between) is not None
        )
    if not together:
        return None
    value = number.value
    if value is None:
        value = parse_number(text[number.start : number.end], language.decimal, small=small)
    if not 0 < value < (_WHOLE if small else other.value):
        return None
    comparator, words = comparator_of(text, number.start, number.end, around, language.grammar)
    return other.like(number.start, number.end, value, comparator, words)


def _one_list(text: str, number: BareNumber, other: Quantity, between: str, language: ReaderLanguage) -> bool:
    if number.scale != 1 or _DIVIDES.search(between):
        return False
    conjunctions = language.grammar.conjunctions
    if "," not in between and conjunctions.isdisjoint(between.split()):
        return False
    if not _ITEM_ENDS.match(text, number.end) and text[number.end :].split(maxsplit=1)[:1][0] not in conjunctions:
        return False
    edge = other.comparator_words[0] if other.comparator_words else other.start
    lead = _word_before(text, number.start)
    return bool(lead) and lead == _word_before(text, edge)


def _word_before(text: str, position: int) -> str:
    match = _WORD_BEFORE.search(text, max(0, position - _LONGEST), position)
    return match.group(1) if match and match.group(1).islower() else ""

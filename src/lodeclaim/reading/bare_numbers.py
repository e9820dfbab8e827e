"""Plain numbers in a text: digits, fractions and number words, with or without a unit beside them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from lodeclaim.reading.language import ReaderLanguage
from lodeclaim.reading.number_forms import find_forms
from lodeclaim.reading.number_words import load_number_words

__all__ = ["BareNumber", "find_numbers"]

#: A dash is a sign right before the number, or with a space where nothing stands before it.
_SIGN: Final = re.compile(
    r"(?:^[ \u00a0]?|(?<=[(\[,;:~=<>])|(?<=[^\d\s][ \u00a0]))(?P<sign>[-−–])$|^[ \u00a0]?(?P<alone>[-−–][ \u00a0])$"
)
_GLUED: Final = {"k": 1e3, "K": 1e3, "M": 1e6, "MM": 1e6, "b": 1e9, "B": 1e9, "bn": 1e9, "G": 1e9}
_LETTERS: Final = re.compile(r"(?: {0,2}(?=[kKMG](?!\w)))?([^\W\d_]+)(?!\d)")
#: Digits between equal separators that make no groups of three: addresses, enumerations without spaces.
_LISTED: Final = re.compile(r"\d+(?:([.,])\d+)(?:\1\d+)+$")
_GROUPED: Final = re.compile(r"\d{1,3}(?:[.,]\d{3})+$")


class BareNumber(NamedTuple):
    """A number at ``start:end`` of the text."""

    start: int
    end: int
    value: float


def find_numbers(text: str, language: ReaderLanguage) -> list[BareNumber]:
    """Return every number of the text in order, whether a unit follows or not.

    Scale words and fractions belong to the number; a sign counts where no word or number stands before it. Letters
    right behind the digits are a scale where they are one ("20K"). Years, ordinals and numbers inside names are not
    told apart: that is for the caller, who knows what is looked for.
    """
    words = load_number_words(language.code)
    found: list[BareNumber] = []
    scales = {**words.scales, **_GLUED, **language.glued_scales}
    for form in find_forms(text, language.decimal):
        scale, end = words.scale_at(text, form.end)
        found.append(_glued(text, BareNumber(form.start, end, form.value * scale), scales))
    forms, index = tuple(found), 0
    for number in words.find(text, digits=True):
        while index < len(forms) and forms[index].end <= number.start:
            index += 1
        if index == len(forms) or forms[index].start >= number.end:
            listed = _listed(text, number.start, number.end)
            found.extend(listed or [_glued(text, BareNumber(number.start, number.end, number.value), scales)])
    return [_signed(text, number, words.minus) for number in sorted(found)]


def _listed(text: str, start: int, end: int) -> list[BareNumber]:
    """Return the parts of an address or of an enumeration without spaces: "192.168.1.2", "22,24,26"."""
    written = text[start:end]
    if not _LISTED.match(written) or _GROUPED.match(written):
        return []
    return [BareNumber(start + m.start(), start + m.end(), float(m.group())) for m in re.finditer(r"\d+", written)]


def _glued(text: str, number: BareNumber, scales: Mapping[str, float]) -> BareNumber:
    letters = _LETTERS.match(text, number.end) if text[number.end - 1].isdigit() else None
    scale = scales.get(letters.group(1)) if letters else None
    if letters is None or scale is None or (letters.group(1) == "G" and number.value == int(number.value) < 10):
        # "5G" is a network
        return number
    return BareNumber(number.start, letters.end(), float(f"{number.value * scale:.15g}"))


def _signed(text: str, number: BareNumber, minus: re.Pattern[str] | None) -> BareNumber:
    before = text[max(0, number.start - 12) : number.start]
    sign = _SIGN.search(before)
    if sign is not None:
        length = len(before) - sign.start(sign.lastgroup or 0)
    elif minus is not None and (word := minus.search(before)):
        length = len(word.group())
    else:
        return number
    return BareNumber(number.start - length, number.end, -number.value)

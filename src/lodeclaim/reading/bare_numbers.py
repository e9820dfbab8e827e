"""Plain numbers in a text: digits, fractions and number words, with or without a unit beside them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import NamedTuple

from lodeclaim.reading.language import ReaderLanguage
from lodeclaim.reading.number_words import load_number_words

__all__ = ["BareNumber", "find_numbers"]

_SPACE = r"[ \u00a0\u202f]"
_VULGAR = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒"
#: What the number grammar of words and digits does not read: "3 1/2", "2½", ".75", "1e10".
_FORMS = re.compile(
    rf"(?<![\w.,/])(?:(?:(?P<whole>\d+){_SPACE}{{1,2}})?(?P<over>\d+){_SPACE}?/{_SPACE}?(?P<under>\d+)(?![\d/.,]\d)"
    rf"|(?P<before>\d*){_SPACE}?(?P<vulgar>[{_VULGAR}])"
    rf"|(?P<tail>[.,]\d+)(?![\d.,]*\d)"
    rf"|(?P<power>\d+(?:[.,]\d+)?[eE][+-]?\d{{1,2}})(?!\w))"
)
#: A dash is a sign right before the number, or with a space where nothing stands before it.
_SIGN = re.compile(
    r"(?:^[ \u00a0]?|(?<=[(\[,;:~=<>])|(?<=[^\d\s][ \u00a0]))(?P<sign>[-−–])$|^[ \u00a0]?(?P<alone>[-−–][ \u00a0])$"
)
_GLUED = {"k": 1e3, "K": 1e3, "M": 1e6, "B": 1e9, "bn": 1e9}
_LETTERS = re.compile(r"[^\W\d_]+(?!\d)")


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
    for match in _FORMS.finditer(text):
        value = _form(match, language.decimal)
        if value is not None:
            scale, end = words.scale_at(text, match.end())
            found.append(BareNumber(match.start(), end, value * scale))
    forms, index = tuple(found), 0
    scales = {**_GLUED, **language.glued_scales}
    for number in words.find(text, digits=True):
        while index < len(forms) and forms[index].end <= number.start:
            index += 1
        if index == len(forms) or forms[index].start >= number.end:
            found.append(_glued(text, BareNumber(number.start, number.end, number.value), scales))
    return [_signed(text, number, words.minus) for number in sorted(found)]


def _form(match: re.Match[str], decimal: str) -> float | None:
    if match["over"]:
        under = float(match["under"])
        return float(match["whole"] or 0) + float(match["over"]) / under if under else None
    if match["vulgar"]:
        return float(match["before"] or 0) + unicodedata.numeric(match["vulgar"])
    if match["tail"]:
        return float("0." + match["tail"][1:]) if match["tail"][0] == decimal else None
    return float(match["power"].replace(",", "."))


def _glued(text: str, number: BareNumber, scales: Mapping[str, float]) -> BareNumber:
    letters = _LETTERS.match(text, number.end) if text[number.end - 1].isdigit() else None
    scale = scales.get(letters.group()) if letters else None
    if letters is None or scale is None:
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

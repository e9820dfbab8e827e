"""Numbers in forms of digits that separators do not make: "3/4", "2½", ".75", "1e10", "1.3x10^6", "11 mil 49"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final, NamedTuple

from lodeclaim.reading.number_words import NumberWords, WrittenNumber
from lodeclaim.reading.numbers import Runs, digit_runs

__all__ = ["NumberForm", "find_forms", "from_digits"]

_SPACE: Final = r"[ \u00a0\u202f]"
_VULGAR: Final = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒"
_PLAIN: Final = r"\d{1,15}(?:[.,]\d{1,15})?"
_FORMS: Final = re.compile(
    rf"(?<![\w.,/^])(?:(?:(?P<whole>\d+){_SPACE}{{1,2}})?(?P<over>\d+){_SPACE}?/{_SPACE}?(?P<under>\d+)(?!\d|[/.,]\d)"
    rf"|(?P<before>\d*){_SPACE}?(?P<vulgar>[{_VULGAR}])"
    rf"|(?P<times>{_PLAIN}){_SPACE}?[x×·*]{_SPACE}?10\^(?P<ten>[+-]?\d{{1,2}})(?![\w^])"
    rf"|(?P<base>{_PLAIN})\^(?P<exponent>[+-]?\d{{1,2}})(?![\w^])"
    rf"|(?P<tail>[.,]\d+)(?![\d.,]*\d)"
    rf"|(?P<power>\d+(?:[.,]\d+)?[eE][+-]?\d{{1,2}})(?!\w))"
)
#: What a form has somewhere; looking for each is faster than looking for any of them.
_SIGNS: Final = f"/^{_VULGAR}"
_POWER: Final = re.compile(r"[eE][+-]?\d")
#: Digits and spaces before the mark of a form.
_LEAD: Final = re.compile(r"[\d.,x×·* \u00a0\u202f]*$")
_REACH: Final = 40
_FEW_DIGITS: Final = re.compile(r"(?<![\w.,])(\d{1,3})[ \u00a0]$")


class NumberForm(NamedTuple):
    """A number at ``start:end``; ``proper`` tells a fraction below one beside which a whole number is small."""

    start: int
    end: int
    value: float
    proper: bool = True


def find_forms(text: str, decimal: str, runs: Runs | None = None) -> Iterator[NumberForm]:
    """Yield the numbers written as fractions, powers or bare decimals, in order.

    ``runs`` are the runs of digits where the caller has them already.
    """
    done = position = 0
    for start, end in _marks(text, digit_runs(text) if runs is None else runs):
        if start < position:
            continue
        lead = _LEAD.search(text, max(done, start - _REACH), start)
        begin = lead.start() if lead else start
        position = end
        for match in _FORMS.finditer(text, begin, end + _REACH):
            if match.start() > start:
                break
            value = _value(match, decimal)
            if value is not None:
                yield NumberForm(match.start(), match.end(), value, _proper(match))
            position = done = max(position, match.end())


def _marks(text: str, runs: Runs) -> list[tuple[int, int]]:
    """Return what every form has somewhere, in order: a sign, a decimal without a whole, a power of ten."""
    marks: list[tuple[int, int]] = []
    for sign in _SIGNS:
        at = text.find(sign)
        while at >= 0:
            marks.append((at, at + 1))
            at = text.find(sign, at + 1)
    for start, end in runs:
        if start and text[start - 1] in ".,":
            before = text[start - 2] if start > 1 else " "
            if not (before.isalnum() or before in "_.,/"):
                marks.append((start - 1, start + 1))
        if text[end : end + 1] in ("e", "E") and (power := _POWER.match(text, end)) is not None:
            marks.append((end - 1, power.end()))
    marks.sort()
    return marks


def _proper(match: re.Match[str]) -> bool:
    if match["over"]:
        return float(match["over"]) < float(match["under"]) <= 1000 and len(match["whole"] or "") < 4
    return not match["vulgar"] or len(match["before"] or "") < 4


def _value(match: re.Match[str], decimal: str) -> float | None:
    if match["over"]:
        under = float(match["under"])
        return float(match["whole"] or 0) + float(match["over"]) / under if under else None
    if match["vulgar"]:
        return float(match["before"] or 0) + unicodedata.numeric(match["vulgar"])
    if match["tail"]:
        return float("0." + match["tail"][1:]) if match["tail"][0] == decimal else None
    if match["ten"]:
        return float(f"{match['times'].replace(',', '.')}e{match['ten']}")
    if match["base"]:
        return _power(float(match["base"].replace(",", ".")), int(match["exponent"]))
    return float(match["power"].replace(",", "."))


def _power(base: float, exponent: int) -> float | None:
    try:
        return float(f"{base**exponent:.15g}")
    except (OverflowError, ZeroDivisionError):
        return None


def from_digits(text: str, number: WrittenNumber, known: NumberWords) -> WrittenNumber:
    """Return the number with the digits that its first word multiplies: "2 mil 895 millones", "11 mil 49"."""
    if number.multiplier != 1 or (before := _FEW_DIGITS.search(text, max(0, number.start - 6), number.start)) is None:
        return number
    whole = known.number_at(text, before.start(1))
    return whole if whole is not None and whole.end == number.end else number

"""Numbers in forms of digits that separators do not make: "3/4", "2½", ".75", "1e10", "1.3x10^6"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final, NamedTuple

__all__ = ["NumberForm", "find_forms"]

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
#: What every form has somewhere; it begins with one class of characters, for which a search is fast.
_MARK: Final = re.compile(rf"[/^{_VULGAR}.,\d](?:(?<=[/^{_VULGAR}])|(?<=[.,])\d(?<![\w.,/][.,]\d)|(?<=\d)[eE][+-]?\d)")
#: Digits and spaces before the mark of a form.
_LEAD: Final = re.compile(r"[\d.,x×·* \u00a0\u202f]*$")
_REACH: Final = 40


class NumberForm(NamedTuple):
    """A number at ``start:end``; ``proper`` tells a fraction below one beside which a whole number is small."""

    start: int
    end: int
    value: float
    proper: bool = True


def find_forms(text: str, decimal: str) -> Iterator[NumberForm]:
    """Yield the numbers written as fractions, powers or bare decimals, in order."""
    done = 0
    mark = _MARK.search(text)
    while mark is not None:
        window = max(done, mark.start() - _REACH)
        lead = _LEAD.search(text, window, mark.start())
        begin = lead.start() if lead else mark.start()
        position = mark.end()
        for match in _FORMS.finditer(text, begin, mark.end() + _REACH):
            if match.start() > mark.start():
                break
            value = _value(match, decimal)
            if value is not None:
                yield NumberForm(match.start(), match.end(), value, _proper(match))
            position = done = max(position, match.end())
        mark = _MARK.search(text, position)


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

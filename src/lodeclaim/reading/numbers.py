"""The value of a written number: separators, groups and decimals of every language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

__all__ = [
    "BARE_YEAR",
    "DIGITS",
    "MOST_DIGITS",
    "Runs",
    "digit_runs",
    "find_digits",
    "parse_number",
    "tidy",
    "writes_commas",
]

#: Start and end of every run of digits in a text, in order.
Runs = Sequence[tuple[int, int]]
#: Longer rows of digits are codes, no quantities.
MOST_DIGITS: Final = 25
#: Digits that may be a year.
BARE_YEAR: Final = re.compile(r"(?:19|20)\d\d$")
#: What joins the years of a season: "2025/26".
_YEAR_JOINTS: Final = "/-–"
_SPACES: Final = "\u00a0\u202f\u2009 "
_RUNS: Final = re.compile(r"\d\d*")
#: 1 for a digit, a space for all else.
_DIGIT: Final = bytes(49 if 48 <= code <= 57 else 32 for code in range(256))
#: Decimals that no date or time of day can be: with a unit or a scale behind them.
_COMMA_DECIMAL: Final = re.compile(r",\d{1,2}[\s\u00a0]?(?:%|[^\W\d_]{3})")
_POINT_DECIMAL: Final = re.compile(r"\.(?:\d{1,2}[\s\u00a0]?(?:%|[^\W\d_]{4})|\d{3}[\s\u00a0]?%)")
_WHOLE: Final = re.compile(r"(?<![\d.,:])\d{1,3}$")
DIGITS: Final = re.compile(
    rf"(?:\d{{1,3}}(?:[{_SPACES}]\d{{3}})+(?:[.,]\d+)?(?![\d])"
    rf"|\d{{1,3}}(?:['’]\d{{3}})+(?:[.,]\d+)?"
    rf"|\d+(?:[.,]\d+)*)"
)


def digit_runs(text: str, data: bytes | None = None) -> list[tuple[int, int]]:
    """Return start and end of every run of digits; ``data`` is the text with one byte for each character, if it has."""
    if data is None:
        return [match.span() for match in _RUNS.finditer(text)]
    # no byte is a digit of another script, and looking for one byte is many times as fast as a pattern
    marks = data.translate(_DIGIT)
    found: list[tuple[int, int]] = []
    start = marks.find(b"1")
    while start >= 0:
        end = marks.find(b" ", start)
        if end < 0:
            end = len(marks)
        found.append((start, end))
        start = marks.find(b"1", end)
    return found


def find_digits(
    text: str,
    behind: Callable[[str, int], bool] | None = None,
    runs: Runs | None = None,
) -> Iterator[tuple[int, int]]:
    """Yield start and end of every number written in digits, with its separators.

    None stands behind a letter, but where ``behind`` says of text and position that the letters are a sign. ``runs``
    are the runs of digits where the caller has them already.
    """
    end = 0
    for first, last in digit_runs(text) if runs is None else runs:
        # a number may take several runs, or a part of one
        while end < last:
            start = max(first, end)
            match = DIGITS.match(text, start)
            end = match.end() if match else start + 1
            before = text[start - 1] if start else " "
            if end > last and before in _YEAR_JOINTS and BARE_YEAR.match(text[max(0, start - 5) : start - 1]):
                # "2025/26 272,000": the year ends, and a number of its own begins
                end = last
            free = not (before.isalnum() or before in "_.,/") or (
                behind is not None and before.isalpha() and behind(text, start)
            )
            if free and end - start <= MOST_DIGITS:
                yield start, end


def writes_commas(text: str) -> bool:
    """Tell whether the decimals of a text follow commas, and none a point: then a point groups thousands."""
    return _has_decimal(_COMMA_DECIMAL, text) and not _has_decimal(_POINT_DECIMAL, text)


def _has_decimal(sign: re.Pattern[str], text: str) -> bool:
    return any(_WHOLE.search(text, max(0, at.start() - 4), at.start()) for at in sign.finditer(text))


def parse_number(digits: str, decimal: str, *, scaled: bool = False, small: bool = False) -> float:
    """Return the value of digits with separators.

    ``decimal`` is the language's decimal sign. ``scaled`` says that a scale word follows, ``small`` that the unit
    is one in which thousands do not occur (percent): both make a single group of three a decimal where the
    separator is not the language's own for groups of thousands, as in "1.216 Millionen".

    >>> parse_number("1.216", ",", scaled=True), parse_number("231.500", ","), parse_number("10 000", ",")
    (1.216, 231500.0, 10000.0)
    >>> parse_number("0.132", ","), parse_number("1,234.5", ","), parse_number("2,906", ".")
    (0.132, 1234.5, 2906.0)
    """
    plain = re.sub(rf"[{_SPACES}'’]", "", digits)
    dots, commas = plain.count("."), plain.count(",")
    if dots and commas:
        mark = max(plain.rfind("."), plain.rfind(","))
        whole = re.sub(r"[.,]", "", plain[:mark])
        return float(f"{whole}.{plain[mark + 1 :]}")
    if not dots and not commas:
        return float(plain)
    sign = "." if dots else ","
    parts = plain.split(sign)
    if len(parts) > 2:
        if all(len(part) == 3 for part in parts[1:]):
            return float("".join(parts))
        return float(f"{parts[0]}.{parts[1]}")
    whole, rest = parts
    grouped = len(rest) == 3 and 1 <= len(whole) <= 3 and not whole.startswith("0")
    if grouped and sign != decimal and not small and not (scaled and decimal == ","):
        return float(whole + rest)
    if grouped and sign == decimal and rest.endswith("0") and not small and not scaled:
        # "12,500" in a language with a decimal comma: nobody writes three decimals that end in zero
        return float(whole + rest)
    return float(f"{whole}.{rest}")


def tidy(value: float) -> float:
    """Return the value without what binary fractions add behind the twelfth digit."""
    return float(f"{value:.12g}")

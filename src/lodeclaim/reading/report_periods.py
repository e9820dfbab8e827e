"""Periods that reports count in months: "nine months of 2023", "the year ended 30 June 2024", "4Q24"."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from lodeclaim.core.period import Period
from lodeclaim.reading.grammar import Grammar
from lodeclaim.reading.model import DateMention
from lodeclaim.reading.numbers import Runs

__all__ = [
    "NAMED",
    "SHORT",
    "is_quarter",
    "latest_year",
    "months_of_year",
    "months_until",
    "named_for_month",
    "part_after",
    "part_of_year",
    "quarter_before",
    "quarter_of",
    "short_periods",
]

#: Date words for a part of a year, with the months that one has; those without are counted from January on.
_LENGTHS: Final = {"quarter": 3, "half": 6, "first_months": 0, "months_of": 0, "season": 3}
#: The last month of spring, summer and autumn in the north.
_SEASONS: Final = {1: 5, 2: 8, 3: 11}
#: The rule of "September quarter".
NAMED: Final = "named for its month"
#: The rule of "4Q24".
SHORT: Final = "short period"
_MONTH: Final = 7
#: The numbers that EDTF gives quarters and halves of a year; months and seasons have those below.
_FIRST_QUARTER, _LAST_QUARTER = 33, 36
_FIRST_HALF, _LAST_HALF = 40, 41
_DAY: Final = 10
#: "4Q24", "1H 2024", "9M'24", and in Romance languages 3T24 and 1S24: the digit stands before.
_NUMBER_FIRST: Final = re.compile(r"(\d\d?)([QTHSM])(?:['’]?(\d\d)|\s?(20\d\d))(?![\w%]|[.,]\d)")
#: "Q3'24", "H1'24".
_LETTER_FIRST: Final = re.compile(r"([QTHS])([1-4])['’](\d\d)(?![\w%]|[.,]\d)")
#: "FY24".
_FISCAL: Final = re.compile(r"[FC]Y['’]?(\d\d)(?![\w%]|[.,]\d)")
_PARTS: Final = {"Q": (3, 4), "T": (3, 4), "H": (6, 2), "S": (6, 2), "M": (1, 12)}
_TWO_DIGITS: Final = 2
#: A year of weeks may end in the first days of the month after.
_EARLY: Final = "07"


def part_of_year(value: str) -> tuple[int, int] | None:
    """Return how many months a date word such as quarter3, season2 or first_months9 names, and the last of them."""
    if value == "last_quarter":
        # "the last quarter of 2024"
        return 3, 12
    name = value.rstrip("0123456789")
    if name not in _LENGTHS:
        return None
    number = int(value[len(name) :])
    if name == "season":
        return 3, _SEASONS[number]
    length = _LENGTHS[name]
    return (length, length * number) if length else (number, number)


def months_of_year(length: int, year: int, last: int) -> str:
    """Return so many months up to and with month ``last`` as EDTF: a year, half or quarter where they are one."""
    first = last - length + 1
    if length == 12 and last == 12:
        return str(year)
    if length == 6 and last % 6 == 0:
        return f"{year}-{39 + last // 6}"
    if length == 3 and last % 3 == 0:
        return f"{year}-{32 + last // 3}"
    begin = year if first > 0 else year - 1
    return f"{begin}-{first if first > 0 else first + 12:02d}/{year}-{last:02d}"


def is_quarter(period: str) -> bool:
    """Tell whether a period is one quarter: 2025-33 to 2025-36."""
    return len(period) == _MONTH and _FIRST_QUARTER <= int(period[5:]) <= _LAST_QUARTER


def quarter_before(period: str) -> str:
    """Return the quarter before one."""
    year, number = int(period[:4]), int(period[5:])
    return f"{year}-{number - 1}" if number > _FIRST_QUARTER else f"{year - 1}-{_LAST_QUARTER}"


def quarter_of(day: date) -> str:
    """Return the quarter that a day is in."""
    return f"{day.year}-{_FIRST_QUARTER + (day.month - 1) // 3}"


def part_after(period: str) -> str:
    """Return the quarter or half behind one; any other period as it is."""
    year, part = int(period[:4]), int(period[5:7]) if "/" not in period else 0
    if part in (_LAST_QUARTER, _LAST_HALF):
        return f"{year + 1}-{_FIRST_QUARTER if part == _LAST_QUARTER else _FIRST_HALF}"
    return f"{year}-{part + 1}" if part >= _FIRST_QUARTER else period


def latest_year(month: int, known: date) -> int:
    """Return the year of the last time that the month had begun by a day."""
    return known.year if month <= known.month else known.year - 1


def months_until(value: str, period: str) -> str | None:
    """Return the months that end with the month of ``period``; None where it is no month or day."""
    if not value.startswith("months_ended") or len(period) not in (_MONTH, _DAY) or int(period[5:7]) > 12:
        return None
    year, month = int(period[:4]), int(period[5:7])
    if len(period) == _DAY and period[8:] <= _EARLY:
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return months_of_year(int(value.removeprefix("months_ended")), year, month)


def named_for_month(
    text: str, mention: DateMention, grammar: Grammar, published: Period | None = None
) -> DateMention | None:
    """Return "September quarter 2024" or "September 2024 quarter" as the three months that end with that month.

    Without a year it is the latest that had begun when the document was ``published``.
    """
    if grammar.month_stretch is None or len(mention.period) != _MONTH or int(mention.period[5:]) > 12:
        return None
    match = grammar.month_stretch.match(text, mention.end)
    if match is None:
        return None
    year, end = int(mention.period[:4]), match.end(1)
    if match.group(2) and "without" in mention.rule:
        year, end = int(match.group(2)), match.end()
    length, last = grammar.stretch_months[match.group(1).lower()], int(mention.period[5:])
    known = published.end if published is not None and "without" in mention.rule and not match.group(2) else None
    if known is not None:
        year = latest_year(last - length + 1, known)
    period = months_of_year(length, year, last)
    return DateMention(mention.start, end, period, "at", NAMED)


def short_periods(text: str, runs: Runs) -> list[DateMention]:
    """Return "4Q24", "Q3'24", "9M24" and "FY24"; ``runs`` are the digits of the text."""
    found = []
    for start, end in runs:
        if end - start > _TWO_DIGITS:
            continue
        if text[end : end + 1] in _PARTS and (match := _NUMBER_FIRST.match(text, start)) is not None:
            number, letter, begin = int(match.group(1)), match.group(2), start
            year = match.group(3) or match.group(4)
        elif text[end : end + 1] in ("'", "’") and (match := _LETTER_FIRST.match(text, max(0, start - 1))) is not None:
            number, letter, begin = int(match.group(2)), match.group(1), start - 1
            year = match.group(3)
        else:
            begin = start - 3 if text[start - 1 : start] in ("'", "’") else start - 2
            if begin < 0 or text[begin + 1 : begin + 2] != "Y" or (match := _FISCAL.match(text, begin)) is None:
                continue
            number, letter, year = 12, "M", match.group(1)
        length, most = _PARTS[letter]
        if not 1 <= number <= most or (begin and (text[begin - 1].isalnum() or text[begin - 1] in "_.,")):
            continue
        # 9M are nine months, 3Q are the three that end with the ninth
        months, last = (number, number) if letter == "M" else (length, length * number)
        whole = int(year) if len(year) > _TWO_DIGITS else 2000 + int(year)
        period = months_of_year(months, whole, last)
        found.append(DateMention(begin, match.end(), period, "at", SHORT))
    return found

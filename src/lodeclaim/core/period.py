"""Periods as Extended Date/Time Format (EDTF, ISO 8601-2:2019) with their granularity kept."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final, Literal

__all__ = ["Granularity", "Period"]

Granularity = Literal["day", "month", "quarter", "half", "season", "year", "decade", "range"]

#: EDTF sub-year groupings: 21–24 seasons, 33–36 quarters, 40–41 half-years.
_GROUPS: Final[dict[int, tuple[int, int, Granularity]]] = {
    21: (3, 5, "season"),
    22: (6, 8, "season"),
    23: (9, 11, "season"),
    24: (12, 12, "season"),
    33: (1, 3, "quarter"),
    34: (4, 6, "quarter"),
    35: (7, 9, "quarter"),
    36: (10, 12, "quarter"),
    40: (1, 6, "half"),
    41: (7, 12, "half"),
}
_POINT: Final = re.compile(r"(\d{3})X$|(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$")


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days: ``start`` and ``end`` are inclusive, None on an open side."""

    text: str
    start: date | None
    end: date | None
    granularity: Granularity

    @classmethod
    def parse(cls, text: str) -> Period:
        """Return the period an EDTF string names.

        Understood are ``2024``, ``2024-11``, ``2024-11-07``, ``202X``, quarters ``2024-33`` to ``2024-36``,
        half-years ``2024-40`` and ``2024-41``, seasons ``2024-21`` to ``2024-24``, and intervals of these,
        where ``..`` is an open side. Raises ValueError for anything else.

        >>> Period.parse("2024-02").end
        datetime.date(2024, 2, 29)
        >>> Period.parse("../2029").start is None
        True
        """
        return _parsed(text)

    def overlaps(self, other: Period) -> bool:
        """Tell whether the two share a day."""
        return (self.start or date.min) <= (other.end or date.max) and (other.start or date.min) <= (
            self.end or date.max
        )

    def contains(self, other: Period) -> bool:
        """Tell whether every day of ``other`` lies in this period."""
        return (self.start or date.min) <= (other.start or date.min) and (other.end or date.max) <= (
            self.end or date.max
        )

    @property
    def year(self) -> int | None:
        """The calendar year, where the period lies in just one."""
        if self.start and self.end and self.start.year == self.end.year:
            return self.start.year
        return None

    @property
    def in_months(self) -> str:
        """The period without the numbers that EDTF gives quarters, half-years and seasons, which few programs know.

        >>> Period.parse("2025-40").in_months, Period.parse("../2026-33").in_months
        ('2025-01/2025-06', '../2026-03')
        """
        if "/" in self.text:
            first, _, last = self.text.partition("/")
            return f"{_bound(first, 0)}/{_bound(last, 1)}"
        if self.granularity not in ("quarter", "half", "season"):
            return self.text
        return f"{self.start:%Y-%m}/{self.end:%Y-%m}"

    def __str__(self) -> str:
        return self.text


# A text names few periods, again and again.
@lru_cache(maxsize=4096)
def _parsed(text: str) -> Period:
    if "/" in text:
        left, _, right = text.partition("/")
        first = None if left in ("", "..") else _parsed(left)
        last = None if right in ("", "..") else _parsed(right)
        if first is None and last is None:
            raise ValueError(f"not a period: {text!r}; got an interval that is open on both sides")
        start = first.start if first else None
        end = last.end if last else None
        if start and end and start > end:
            raise ValueError(f"not a period: {text!r}; it ends before it starts")
        return Period(text, start, end, "range")
    match = _POINT.match(text)
    if not match:
        raise ValueError(f"not a period: {text!r}; expected EDTF such as 2024, 2024-11 or 2020/2023")
    decade, year_text, month_text, day_text = match.groups()
    if decade:
        return Period(text, date(int(decade) * 10, 1, 1), date(int(decade) * 10 + 9, 12, 31), "decade")
    year = int(year_text)
    if month_text is None:
        return Period(text, date(year, 1, 1), date(year, 12, 31), "year")
    month = int(month_text)
    if month in _GROUPS and day_text is None:
        low, high, granularity = _GROUPS[month]
        return Period(text, date(year, low, 1), _last_day(year, high), granularity)
    if day_text is None:
        return Period(text, date(year, month, 1), _last_day(year, month), "month")
    day = date(year, month, int(day_text))
    return Period(text, day, day, "day")


def _bound(text: str, side: int) -> str:
    """One side of an interval in months: the first of a grouping on the left, the last on the right."""
    return text if text in ("", "..") else _parsed(text).in_months.split("/")[-side]


def _last_day(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])

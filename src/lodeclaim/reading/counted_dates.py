"""Dates that are counted from others: "a year later", "the previous quarter", "September last year"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date
from itertools import accumulate
from operator import attrgetter
from typing import Final

from lodeclaim.core.period import Period
from lodeclaim.reading.found import Hit
from lodeclaim.reading.model import DateMention
from lodeclaim.reading.report_periods import is_quarter, quarter_before, quarter_of

__all__ = [
    "COUNTED_YEARS",
    "MONTH_ALONE",
    "QUARTER_BEFORE",
    "YEAR_BEFORE",
    "of_named_years",
    "quarters_before",
    "same_years",
    "years_before",
    "years_counted",
]

_YEAR_DIGITS: Final = 4
#: Words for dates that are counted in years.
_COUNTED: Final = ("years_", "year_end", "decade_end")
#: What is counted from the publication.
_FROM_TODAY: Final = ("years_ago", "decade_end")
#: "the end of the year 2027" names its year itself.
_YEAR_BEHIND: Final = re.compile(r"\D{0,6}(?:19|20)\d\d(?!\d)")
#: How far the date stands before "a year earlier" that it is counted from.
_STORY: Final = 200
#: The rule of a month or day without a year.
MONTH_ALONE: Final = "month without year"
#: The rule of the quarter before the one that was told of.
QUARTER_BEFORE: Final = "quarter before"
_START: Final = attrgetter("start")
#: The rules of dates that lie a number of years before or behind another.
COUNTED_YEARS: Final = ("years ago", "years earlier", "years later")
#: The rule of a date that is counted from the date before it.
YEAR_BEFORE: Final = "year before"
#: The rules of years that a month can be of, and how far behind it they stand: "September of last year".
_NAMED_YEARS: Final = frozenset({"last year", "this year", "next year"})
_YEAR_OF: Final = 6
#: Of a month, quarter or half-year.
_MONTH_DIGITS: Final = 7


def of_named_years(text: str, found: Sequence[DateMention]) -> list[DateMention]:
    """Return the dates with "September last year", "im September des vergangenen Jahres" as one month."""
    kept: list[DateMention] = []
    for mention in sorted(found, key=_START):
        month = kept[-1] if kept and kept[-1].rule == MONTH_ALONE and mention.rule in _NAMED_YEARS else None
        between = text[month.end : mention.start] if month is not None else ""
        if month is None or len(between) > _YEAR_OF or not between.replace(" ", "a").isalpha():
            kept.append(mention)
            continue
        period = mention.period[:_YEAR_DIGITS] + month.period[_YEAR_DIGITS:]
        kept[-1] = DateMention(month.start, mention.end, period, "at", "month and year")
    return kept


def same_years(words: Sequence[Hit], found: Sequence[DateMention]) -> list[DateMention]:
    """Return "the same year" as the year of the date before it."""
    counted = [hit for hit in words if hit.value == "same_year"]
    if not counted:
        return []
    ordered = sorted(found, key=_START)
    made = []
    for hit in counted:
        before = _before(ordered, hit)
        if before is not None:
            made.append(DateMention(hit.start, hit.end, before.period[:_YEAR_DIGITS], "at", "same year"))
    return made


def _published_on(published: str | None) -> date | None:
    return Period.parse(published).end if published is not None else None


def years_before(
    text: str, words: Sequence[Hit], found: Sequence[DateMention], published: str | None
) -> list[DateMention]:
    """Return "a year earlier" as the year before the date that stands before it, or before the publication.

    "A year later" is the year after that date. Of a month or quarter it is the same month or quarter. "Compared with
    a year earlier" is said of the later year.
    """
    counted = [hit for hit in words if hit.value in ("year_before", "year_after", "versus")]
    if not counted:
        return []
    ordered = sorted(found, key=_START)
    known = _published_on(published)
    made = []
    for hit in counted:
        base = _told_before(text, ordered, hit)
        year = int(base.period[:_YEAR_DIGITS]) if base is not None else known.year if known is not None else None
        if year is None or (hit.value == "year_after" and base is None):
            continue
        if hit.value == "versus":
            made.append(DateMention(hit.start, hit.end, str(year), "at", "versus"))
            continue
        part = base.period[_YEAR_DIGITS:] if base is not None and len(base.period) == _MONTH_DIGITS else ""
        later = 1 if hit.value == "year_after" else -1
        rule = YEAR_BEFORE if later < 0 else "year after"
        made.append(DateMention(hit.start, hit.end, f"{year + later}{part}", "at", rule))
    return made


def years_counted(
    text: str, words: Sequence[Hit], found: Sequence[DateMention], published: str | None
) -> list[DateMention]:
    """Return "five years ago", counted from the publication, and "five years earlier", counted from the date before.

    The end of the year is that of the year its sentence spoke of, or of the publication.
    """
    counted = [hit for hit in words if str(hit.value).startswith(_COUNTED)]
    if not counted:
        return []
    ordered = sorted(found, key=_START)
    known = _published_on(published)
    made = []
    for hit in counted:
        kind = str(hit.value).rstrip("0123456789")
        base = None if kind in _FROM_TODAY else _told_before(text, ordered, hit)
        if kind == "year_end" and base is not None and ". " in text[base.start : hit.start]:
            base = None
        if base is not None:
            year = int(base.period[:_YEAR_DIGITS])
        elif known is not None and (kind in _FROM_TODAY or kind == "year_end"):
            year = known.year if kind != "decade_end" else (known.year + 9) // 10 * 10
        else:
            continue
        if _YEAR_BEHIND.match(text, hit.end):
            continue
        number = int(str(hit.value)[len(kind) :] or 0)
        year += number if kind == "years_later" else -number
        made.append(DateMention(hit.start, hit.end, str(year), "at", kind.replace("_", " ")))
    return made


def _told_before(text: str, ordered: Sequence[DateMention], hit: Hit) -> DateMention | None:
    """Return the date that stands shortly before in the same paragraph."""
    base = _before(ordered, hit)
    if base is None or hit.start - base.start > _STORY or "\n" in text[base.start : hit.start]:
        return None
    return base


def quarters_before(words: Sequence[Hit], found: Sequence[DateMention], published: str | None) -> list[DateMention]:
    """Return "the previous quarter" as the one before the latest that the text has named, which is what it reports.

    Without any it is the one before that of the publication. Quarters that had not begun by then are plans.
    """
    counted = [hit for hit in words if hit.value == "quarter_before"]
    if not counted:
        return []
    known = _published_on(published)
    begun = [mention for mention in found if is_quarter(mention.period) and _has_begun(mention.period, known)]
    begun.sort(key=_START)
    latest = list(accumulate((mention.period for mention in begun), max))
    made = []
    for hit in counted:
        at = bisect_left(begun, hit.start, key=_START)
        base = latest[at - 1] if at else quarter_of(known) if known is not None else None
        if base is not None:
            made.append(DateMention(hit.start, hit.end, quarter_before(base), "at", QUARTER_BEFORE))
    return made


def _has_begun(period: str, known: date | None) -> bool:
    start = Period.parse(period).start
    return known is None or start is None or start <= known


def _before(ordered: Sequence[DateMention], hit: Hit) -> DateMention | None:
    at = bisect_left(ordered, hit.start, key=_START)
    return ordered[at - 1] if at else None

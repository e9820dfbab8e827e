"""Dates and periods in a text as EDTF, with the granularity that the words have."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from lodeclaim.core.period import Period
from lodeclaim.reading.counted_dates import (
    MONTH_ALONE,
    of_named_years,
    quarters_before,
    same_years,
    years_before,
    years_counted,
)
from lodeclaim.reading.found import Hit, Hits
from lodeclaim.reading.grammar import Grammar
from lodeclaim.reading.model import DateMention
from lodeclaim.reading.numbers import Runs, digit_runs
from lodeclaim.reading.report_periods import (
    NAMED,
    latest_year,
    months_of_year,
    months_until,
    named_for_month,
    part_of_year,
    quarter_before,
    quarter_of,
    short_periods,
)
from lodeclaim.reading.spans import Spans

__all__ = ["DATELINE", "PART_ALONE", "find_dates"]

_YEAR: Final = re.compile(r"(?:18|19|20)\d\d(?:\s?[-–/]\s?((?:18|19|20)?\d\d)(?!\d|-\d))?(?![\d%]|[.,]\d|-\d\d-)")
_ISO: Final = re.compile(r"(?:19|20)\d\d-(\d\d)-(\d\d)(?!\d)")
_DOTTED: Final = re.compile(r"\d\d?\.(\d{1,2})\.((?:19|20)\d\d)(?!\d)")
_DAY_YEAR_AFTER: Final = re.compile(r"[\s\u00a0]+(\d{1,2})(?:st|nd|rd|th)?(?:,\s*|\s+)((?:19|20)\d\d)(?!\d)")
_DAY_AFTER: Final = re.compile(r"[\s\u00a0]+(\d{1,2})(?:st|nd|rd|th)?(?!\d|[.,]\d|[\s\u00a0]*(?:%|\w))")
_OPEN_RANGE: Final = re.compile(r"\d[-–]")
_YEAR_DIGITS: Final = 4
#: Letters of a month that is short for another or a name as well: Jan, Mai.
_SHORT_MONTH: Final = 3
_GAP: Final = 24
#: How far a year stands behind the part of it: "first half of the year 2024".
_OF: Final = 10
#: How far a month or day stands behind the months that end with it: "six months to the end of June".
_ENDED: Final = 16
#: "Lima, 5 November 2025 – ": what follows the date of the day where and when a report was written.
_DATELINE: Final = re.compile(r"\.?\s?(?:\([^()\n]{2,40}\)\s?)?[.–—:-]+\s")
#: How far from the beginning of its line such a date stands.
_PLACE_AND_DAY: Final = 50
#: The rule of the date of a report's own dateline.
DATELINE: Final = "dateline"
#: The rule of a quarter or half without a year.
PART_ALONE: Final = "part of a year without year"
_FISCAL: Final = re.compile(r"(?<!\w)[FC]Y$")


def find_dates(
    text: str, hits: Hits, published: str | None, grammar: Grammar, runs: Runs | None = None
) -> list[DateMention]:
    """Return the dates of the text in order; relative ones are resolved against ``published`` (EDTF).

    A month without a year is the latest such month that does not lie after the document, or the year of the
    nearest date before it in the text. A relative date in an undated document is left out.
    """
    words, months = hits.of("date"), hits.of("month")
    titles = Spans((hit.start, hit.end + 8) for hit in hits.of("publication_title"))
    after_preposition = {hit.end for hit in words if hit.value in ("in", "until", "since", "start", "end", "mid")}
    runs = digit_runs(text) if runs is None else runs
    found = _complete(text, runs)
    taken = Spans((mention.start, mention.end) for mention in found)
    last_year: str | None = None
    for hit in months:
        if not taken.holds(hit.start):
            sure = hit.start - 1 in after_preposition
            number = text[hit.start : hit.end].lower() in grammar.number_words
            if not sure and number and not _YEAR.search(text, hit.end, hit.end + 6):
                # "sept" is seven as well
                continue
            mention = _month(text, hit, published, last_year, sure, grammar)
            if mention is not None and not taken.holds(mention.start):
                found.append(mention)
                last_year = mention.period[:4]
    found.extend(short_periods(text, runs))
    taken = Spans((mention.start, mention.end) for mention in found)
    last = 0
    for start, end in runs:
        if end - start != _YEAR_DIGITS or start < last or (match := _YEAR.match(text, start)) is None:
            continue
        last = match.end()
        if start and (
            (text[start - 1].isalnum() and not _FISCAL.search(text, max(0, start - 3), start))
            or text[start - 1] in "_.,/"
            or _OPEN_RANGE.search(text, start - 2, start)
        ):
            continue
        if taken.holds(start) or titles.holds(start):
            continue
        period = match.group()[:4]
        if match.group(1):
            until = match.group(1)
            until = until if len(until) == _YEAR_DIGITS else period[:2] + until
            if int(until) <= int(period):
                continue
            period = f"{period}/{until}"
        found.append(DateMention(match.start(), match.end(), period, "at", "year"))
    found.extend(_relative(text, words, published))
    found = of_named_years(text, found)
    found.extend(_quarters(words, found, published))
    found.extend(same_years(words, found))
    found.extend(years_before(text, words, found, published))
    found.extend(years_counted(text, words, found, published))
    found.extend(quarters_before(words, found, published))
    found.sort(key=lambda mention: mention.start)
    ends = [hit.end for hit in words]
    known = Period.parse(published) if published is not None else None
    found = [named_for_month(text, mention, grammar, known) or mention for mention in found]
    bounded = [_bounded(text, mention, words, ends) for mention in found]
    return _ranges(text, grammar, [_without_dateline(text, mention, published) for mention in bounded])


def _without_dateline(text: str, mention: DateMention, published: str | None) -> DateMention:
    """Mark the day of publication where it opens a line: it dates the report, not what is told in it."""
    if mention.period != published or not _DATELINE.match(text, mention.end):
        return mention
    if mention.start - 1 - text.rfind("\n", 0, mention.start) > _PLACE_AND_DAY:
        return mention
    return DateMention(mention.start, mention.end, mention.period, mention.relation, DATELINE)


def _complete(text: str, runs: Runs) -> list[DateMention]:
    found: list[tuple[re.Match[str], int, int, int]] = []
    for start, end in runs:
        behind = text[end : end + 1]
        if behind == "-" and end - start == _YEAR_DIGITS:
            if not _glued(text, start) and (match := _ISO.match(text, start)) is not None:
                found.append((match, int(text[start:end]), int(match.group(1)), int(match.group(2))))
        elif behind == "." and not _glued(text, start) and (match := _DOTTED.match(text, start)) is not None:
            found.append((match, int(match.group(2)), int(match.group(1)), int(text[start:end])))
    dated = [(match, _day(year, month, day)) for match, year, month, day in found]
    return [DateMention(match.start(), match.end(), period, "at", "full date") for match, period in dated if period]


def _glued(text: str, start: int) -> bool:
    return start > 0 and (text[start - 1].isalnum() or text[start - 1] in "_.")


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _month(
    text: str, hit: Hit, published: str | None, last_year: str | None, sure: bool, grammar: Grammar
) -> DateMention | None:
    month = int(hit.value)
    before = grammar.day_before.search(text, max(0, hit.start - 8), hit.start)
    start = before.start() if before else hit.start
    end = hit.end + 1 if text[hit.end : hit.end + 1] == "." and text[hit.end + 1 : hit.end + 2] == " " else hit.end
    if (match := _DAY_YEAR_AFTER.match(text, end)) and not before:
        period = _day(int(match.group(2)), month, int(match.group(1)))
        return DateMention(hit.start, match.end(), period, "at", "month, day and year") if period else None
    if match := grammar.year_after.match(text, end):
        year = int(match.group(1))
        full = _day(year, month, int(before.group(1))) if before else None
        return DateMention(start, match.end(), full or f"{year}-{month:02d}", "at", "month and year")
    day_after = None if before else _DAY_AFTER.match(text, end)
    short = hit.end - hit.start <= _SHORT_MONTH
    if not sure and short and (not text[hit.start].isupper() or not (before or day_after or _ends(text, end))):
        # "Jan Moström" is a man
        return None
    number = int((before or day_after).group(1)) if before or day_after else None  # type: ignore[union-attr]
    year_of = _year_for(month, published, last_year)
    if year_of is None:
        return None
    full = _day(year_of, month, number) if number else None
    end = day_after.end() if day_after and full else hit.end
    return DateMention(start if full else hit.start, end, full or f"{year_of}-{month:02d}", "at", MONTH_ALONE)


def _ends(text: str, at: int) -> bool:
    """Whether what follows is no name that the word before could be the beginning of."""
    return not (text[at : at + 1] == " " and text[at + 1 : at + 2].isupper())


def _year_for(month: int, published: str | None, last_year: str | None) -> int | None:
    if published is None:
        return int(last_year) if last_year and last_year.isdigit() else None
    limit = Period.parse(published).end
    return None if limit is None else latest_year(month, limit)


def _relative(text: str, words: Sequence[Hit], published: str | None) -> list[DateMention]:
    if published is None:
        return []
    known = Period.parse(published)
    end = known.end
    if end is None:
        return []
    years = {"today": 0, "this_year": 0, "early_this_year": 0, "last_year": -1, "next_year": 1}
    found = []
    for hit in words:
        value = str(hit.value)
        period = str(end.year + years[value]) if value in years else _recent(value, known)
        if value == "last_quarter" and _YEAR.search(text, hit.end, hit.end + _OF + _YEAR_DIGITS):
            # "the last quarter of 2024"
            continue
        if period is not None:
            found.append(DateMention(hit.start, hit.end, period, "at", value.replace("_", " ")))
    return found


def _quarters(words: Sequence[Hit], found: Sequence[DateMention], published: str | None) -> list[DateMention]:
    """Return quarters, halves and first months without a year as the latest when the document was published.

    A quarter or half need only have begun, of the first nine months the last must have.
    """
    end = Period.parse(published).end if published is not None else None
    if end is None:
        return []
    starts = sorted(mention.start for mention in found)
    made = []
    for hit in words:
        value = str(hit.value)
        part = part_of_year(value)
        if part is None or value.startswith(("months_of", "last_quarter")):
            continue
        at = bisect_left(starts, hit.end)
        if at < len(starts) and starts[at] - hit.end <= _GAP:
            continue
        length, last = part
        begun = last if value.startswith("first_months") else last - length + 1
        period = months_of_year(length, latest_year(begun, end), last)
        made.append(DateMention(hit.start, hit.end, period, "at", PART_ALONE))
    return made


def _recent(value: str, known: Period) -> str | None:
    """Return the day or month that "yesterday" or "last month" means; None for other words."""
    if known.end is None or known.granularity not in ("day", "month"):
        return None
    last = known.end
    if value in ("this_week", "this_month"):
        return f"{last:%Y-%m}"
    if value in ("this_quarter", "last_quarter"):
        current = quarter_of(last)
        return current if value == "this_quarter" else quarter_before(current)
    if value == "last_month" or (value == "last_week" and known.granularity == "day"):
        earlier = last.replace(day=1) - timedelta(days=1) if value == "last_month" else last - timedelta(days=7)
        return f"{earlier:%Y-%m}"
    if value == "yesterday" and known.granularity == "day":
        return (last - timedelta(days=1)).isoformat()
    return None


def _bounded(text: str, mention: DateMention, words: Sequence[Hit], ends: Sequence[int]) -> DateMention:
    """Add the part of the year said before it, and whether the words say until or since."""
    window = words[bisect_left(ends, mention.start - _GAP) : bisect_right(ends, mention.start)]
    near = [hit for hit in window if "." not in text[hit.end : mention.start]]
    close = [hit for hit in near if mention.start - hit.end <= 2]
    period, start, relation = mention.period, mention.start, mention.relation
    for hit in near:
        value = str(hit.value)
        part = part_of_year(value) if len(period) == _YEAR_DIGITS and mention.start - hit.end <= _OF else None
        if part is not None:
            period, start = months_of_year(part[0], int(period), part[1]), hit.start
        elif mention.start - hit.end <= _ENDED and (stretch := months_until(value, period)) is not None:
            return DateMention(hit.start, mention.end, stretch, "at", "months ended")
    for hit in close:
        if hit.value == "until":
            relation, start = "until", min(start, hit.start)
        elif hit.value == "since":
            relation, start = "since", min(start, hit.start)
    return DateMention(start, mention.end, period, relation, mention.rule)


def _digits_start(text: str, mention: DateMention) -> int:
    """Return where the date itself starts, behind the preposition that its span took in."""
    if mention.relation == "at":
        return mention.start
    return mention.start + re.match(r"\w+\s*", text[mention.start : mention.end]).end()  # type: ignore[union-attr]


def _ranges(text: str, grammar: Grammar, found: list[DateMention]) -> list[DateMention]:
    """Join "from 2020 to 2023" into one period."""
    joined: list[DateMention] = []
    for mention in found:
        previous = joined[-1] if joined else None
        if previous is not None and mention.start < previous.end:
            continue
        if previous is not None and (months := _months(text, grammar, previous, mention)) is not None:
            joined[-1] = DateMention(previous.start, mention.end, months, "at", "from month to month")
            continue
        if (
            previous is not None
            and "/" not in previous.period + mention.period
            and previous.period < mention.period
            and mention.rule in ("year", "month and year")
            and grammar.date_joint.fullmatch(text[previous.end : _digits_start(text, mention)])
        ):
            joined[-1] = DateMention(
                previous.start, mention.end, f"{previous.period}/{mention.period}", "at", "from and to"
            )
            continue
        joined.append(mention)
    return joined


def _months(text: str, grammar: Grammar, first: DateMention, second: DateMention) -> str | None:
    """Return "from January to November 2022" as a period; the year of the second month is that of the first."""
    if first.rule == MONTH_ALONE and second.rule == NAMED and len(first.period) == len("2025-01"):
        # "the January-March quarter": what is named for its last month begins with the first
        joined = grammar.date_joint.fullmatch(text[first.end : second.start])
        return second.period if joined else None
    if first.rule != MONTH_ALONE or second.rule not in ("month and year", MONTH_ALONE):
        return None
    if len(first.period) != 7 or len(second.period) != 7:
        return None
    if not grammar.date_joint.fullmatch(text[first.end : _digits_start(text, second)]):
        return None
    year, month, last = int(second.period[:4]), int(first.period[5:]), int(second.period[5:])
    if month < last:
        # "April to June" is a quarter
        return months_of_year(last - month + 1, year, last)
    return f"{year - 1}-{month:02d}/{second.period}"

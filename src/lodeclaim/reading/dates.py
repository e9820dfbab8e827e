"""Dates and periods in a text as EDTF, with the granularity that the words have."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from lodeclaim.core.period import Period
from lodeclaim.reading.grammar import Grammar
from lodeclaim.reading.model import DateMention, Hit

__all__ = ["find_dates"]

_YEAR = re.compile(
    r"(?<![\w.,/])(?<![-–]\d)((?:18|19|20)\d\d)(?:\s?[-–/]\s?((?:18|19|20)?\d\d)(?!\d|-\d))?(?![\d%]|[.,]\d|-\d\d-)"
)
_ISO = re.compile(r"(?<![\w.])((?:19|20)\d\d)-(\d\d)-(\d\d)(?!\d)")
_DOTTED = re.compile(r"(?<![\w.])(\d{1,2})\.(\d{1,2})\.((?:19|20)\d\d)(?!\d)")
_DAY_YEAR_AFTER = re.compile(r"[\s\u00a0]+(\d{1,2})(?:st|nd|rd|th)?(?:,\s*|\s+)((?:19|20)\d\d)(?!\d)")
_DAY_AFTER = re.compile(r"[\s\u00a0]+(\d{1,2})(?:st|nd|rd|th)?(?!\d|[.,]\d|[\s\u00a0]*(?:%|\w))")
_GAP = 24


def find_dates(text: str, hits: Sequence[Hit], published: str | None, grammar: Grammar) -> list[DateMention]:
    """Return the dates of the text in order; relative ones are resolved against ``published`` (EDTF).

    A month without a year is the latest such month that does not lie after the document, or the year of the
    nearest date before it in the text. A relative date in an undated document is left out.
    """
    titles = [(hit.start, hit.end + 8) for hit in hits if hit.category == "publication_title"]
    words = [hit for hit in hits if hit.category == "date"]
    after_preposition = {hit.end for hit in words if hit.value in ("in", "until", "since", "start", "end", "mid")}
    months = [hit for hit in hits if hit.category == "month"]
    found: list[DateMention] = []
    found.extend(_complete(text))
    taken = [(mention.start, mention.end) for mention in found]
    for hit in months:
        if not _inside(hit.start, taken):
            sure = hit.start - 1 in after_preposition
            mention = _month(text, hit, published, found, sure, grammar)
            if mention is not None and not _inside(mention.start, taken):
                found.append(mention)
                taken.append((mention.start, mention.end))
    for match in _YEAR.finditer(text):
        if _inside(match.start(), taken) or _inside(match.start(), titles):
            continue
        period = match.group(1)
        if match.group(2):
            last = match.group(2)
            last = last if len(last) == 4 else period[:2] + last
            if int(last) <= int(period):
                continue
            period = f"{period}/{last}"
        found.append(DateMention(match.start(), match.end(), period, "at", "year"))
    found.extend(_relative(words, published))
    found.sort(key=lambda mention: mention.start)
    return _ranges(text, grammar, [_bounded(text, mention, words) for mention in found])


def _inside(position: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= position < end for start, end in spans)


def _complete(text: str) -> list[DateMention]:
    found = []
    for pattern, order in ((_ISO, (1, 2, 3)), (_DOTTED, (3, 2, 1))):
        for match in pattern.finditer(text):
            year, month, day = (int(match.group(index)) for index in order)
            if (period := _day(year, month, day)) is not None:
                found.append(DateMention(match.start(), match.end(), period, "at", "full date"))
    return found


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _month(
    text: str, hit: Hit, published: str | None, found: Sequence[DateMention], sure: bool, grammar: Grammar
) -> DateMention | None:
    month = int(hit.value)
    before = grammar.day_before.search(text, max(0, hit.start - 8), hit.start)
    start = before.start() if before else hit.start
    if (match := _DAY_YEAR_AFTER.match(text, hit.end)) and not before:
        period = _day(int(match.group(2)), month, int(match.group(1)))
        return DateMention(hit.start, match.end(), period, "at", "month, day and year") if period else None
    end = hit.end + 1 if text[hit.end : hit.end + 1] == "." and text[hit.end + 1 : hit.end + 2] == " " else hit.end
    if match := grammar.year_after.match(text, end):
        year = int(match.group(1))
        full = _day(year, month, int(before.group(1))) if before else None
        return DateMention(start, match.end(), full or f"{year}-{month:02d}", "at", "month and year")
    if not sure and not text[hit.start].isupper() and hit.end - hit.start <= 3:
        return None
    year_of = _year_for(month, published, [mention for mention in found if mention.end <= hit.start])
    if year_of is None:
        return None
    day_after = None if before else _DAY_AFTER.match(text, hit.end)
    number = int((before or day_after).group(1)) if before or day_after else None  # type: ignore[union-attr]
    full = _day(year_of, month, number) if number else None
    end = day_after.end() if day_after and full else hit.end
    return DateMention(start if full else hit.start, end, full or f"{year_of}-{month:02d}", "at", "month without year")


def _year_for(month: int, published: str | None, before: Sequence[DateMention]) -> int | None:
    if published is None:
        near = [mention for mention in before if mention.period[:4].isdigit()]
        return int(near[-1].period[:4]) if near else None
    limit = Period.parse(published).end
    if limit is None:
        return None
    return limit.year if month <= limit.month else limit.year - 1


def _relative(words: Sequence[Hit], published: str | None) -> list[DateMention]:
    if published is None:
        return []
    end = Period.parse(published).end
    if end is None:
        return []
    years = {"today": 0, "this_year": 0, "early_this_year": 0, "versus": 0, "last_year": -1, "next_year": 1}
    return [
        DateMention(hit.start, hit.end, str(end.year + years[hit.value]), "at", str(hit.value).replace("_", " "))
        for hit in words
        if hit.value in years
    ]


def _bounded(text: str, mention: DateMention, words: Sequence[Hit]) -> DateMention:
    """Add quarter or half before a year, and whether the words say until or since."""
    near = [hit for hit in words if 0 <= mention.start - hit.end <= _GAP and "." not in text[hit.end : mention.start]]
    close = [hit for hit in near if mention.start - hit.end <= 2]
    period, start, relation = mention.period, mention.start, mention.relation
    for hit in near:
        value = str(hit.value)
        if value.startswith(("quarter", "half")) and len(period) == 4 and mention.start - hit.end <= 10:
            number = int(value[-1])
            period = f"{period}-{(32 if value.startswith('quarter') else 39) + number}"
            start = hit.start
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

"""When was this text published, and how is that known?

Four kinds of evidence, the strongest first: a date the crawler put in front of the text; the page's metadata;
a date line near the top or a labelled date at the foot; the newest date on the page, which is a lower bound
and therefore kept to the month. A date in the future is never taken, nor is a year alone, and a date whose day
and month could be swapped is left aside. All searches look at windows of bounded size.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from lodeclaim.documents.months import MONTHS, month_number

__all__ = ["find_dates", "published_in"]

_HEAD_LINES, _HEAD, _TAIL = 15, 3000, 1500
_WINDOW = 60_000
_OLDEST = 1990
_PREFIX = re.compile(r"[\ufeff\s]{0,20}date[:\s]\s{0,3}(\d{4})-(\d{2})-(\d{2})(?!\d)", re.IGNORECASE)
_LABEL = (
    r"(?<!\w)(?:first |last |zuletzt |senast |sist |senest )?(?:published|posted|released|updated|date"
    r"|publication date|issued"
    r"|veröffentlicht|erschienen|stand|aktualisiert|letzte änderung|datum"
    r"|publicerad|publicerat|uppdaterad|publisert|oppdatert"
    r"|offentliggjort|udgivet|opdateret|posteret|lagt ut|lagt op|publié|mis à jour|mis en ligne|publicado|fecha"
    r"|actualizado|gepubliceerd|bijgewerkt"
    r"|pubblicato|aggiornato|data|julkaistu|päivitetty|opublikowano|опубликовано|дата|жарияланды)"
)
_LABEL_BEFORE = re.compile(
    _LABEL + r"(?: (?:on|am|den|le|el|il|op|em|at|vom|der))?\s{0,3}[:：]?\s{0,3}$", re.IGNORECASE
)
_LABEL_DAY_FIRST = re.compile(
    r"(?<!\w)(?:veröffentlicht|erschienen|stand|publicerad|publicerat|publisert|offentliggjort|udgivet|posteret|publié"
    r"|posté|mis en ligne|publicado|gepubliceerd|pubblicato|julkaistu|opublikowano|опубликовано)"
    r"(?: (?:am|den|le|el|il|op|em))?"
    r"\s{0,3}[:：]?\s{0,3}(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?!\d)",
    re.IGNORECASE,
)
_UPDATED = re.compile(
    r"(?:updated|aktualisiert|änderung|upp?dater|oppdater|opdater|mis à jour|bijgewerkt)", re.IGNORECASE
)
_TIME = re.compile(
    r"[\sT,|–-]{0,6}(?:(?:kl|at|um|à|a las|ob)\.?\s)?\d{1,2}[:.h]\d{2}(?:[:.]\d{2}(?:\.\d{1,6})?)?"
    r"(?:\s?[ap]\.?m\.?)?(?:\s?(?:Uhr|Z|UTC|GMT|CES?T|MES?Z|[ECMP][SD]T|[+-]\d{2}:?\d{2}))?",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\s*$|\s*[|,;–—•·:()\[\]/-]|\s{2,}|\t")
_PLACE = re.compile(
    r"(?:[A-ZÀ-ÞА-Я][\w .'’/-]{1,40}(?:[,:]\s{1,2}\(?|\s?\()|[A-ZÀ-ÞА-Я][A-ZÀ-ÞА-Я .'’/-]{2,40}\s{1,2})"
    r"(?:den |le |am )?$"
)
#: What stands between a date line and the text that follows it on the same line: "Berlin, 3 May 2025. Prices …".
_OPENS_TEXT = re.compile(r"\)?\.?\s*(?:[(–—:|/]|-\s)|\.\s{1,2}[\"'„“”«»(]?[A-ZÀ-ÞА-Я]")
#: What parts the fields of a byline: "By our desk · 5 December 2025 · 5 min read".
_FIELD_ENDS = re.compile(r"\s[|·•–—]\s|\s{2,}|\t")
#: What stands before the date in its field: a place, a weekday.
_BEFORE_DAY = re.compile(
    r"(?:[A-ZÀ-Þ][^\W\d]*(?:[ -][A-ZÀ-Þ][^\W\d]*){0,3},\s)?(?:[^\W\d]{2,12}\.?,?\s)?(?:(?:den|der|le|el|the)\s)?$"
)
#: What stands before the day and time of a byline: "BRUSSELS – ", "By our desk. Salta, ".
_BYLINE = re.compile(r"[^.,:;|–—•·-]{1,40}(?:[.,:;|–—•·-]\s[^.,:;|–—•·-]{1,40}){0,2}[.,:;|–—•·-]\s")
#: The longest line that is made of fields.
_FIELDS = 240
_WEEKDAY = re.compile(r"[^\W\d]{2,12}\.?,?\s+(?:(?:den|der|le|el|the) )?$")
#: Words that turn a date into a plan or a deadline: such a date says nothing about publication.
_AHEAD = re.compile(
    r"\b(?:will|shall|until|by|from|due|deadline|expected|scheduled|planned|enters?|upcoming|bis|ab|wird|werden|soll"
    r"|kraft|geplant|voraussichtlich|frist|senast|från|ska|skall|kommer|väntas|planeras|innen|fra|skal|vil|trer"
    r"|ventes|planlagt|senest|træder|forventes|jusqu|avant|prévue?|sera|vigueur|hasta|antes|será|vigor|prevista?)\b",
    re.IGNORECASE,
)
#: How far day and month may stand from their year.
_BEFORE_YEAR, _AFTER_YEAR = 40, 24
_ANY_YEAR = re.compile(r"(?:19|20)\d\d")
#: A year that is no part of a longer number; checked where any year stands, since a search for it is slow.
_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d{2}(?![\d%]|[.,]\d)")


@dataclass(frozen=True, slots=True)
class _Found:
    day: date
    start: int
    end: int


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return the shapes of a full date; the order of the groups is named beside each."""
    names = sorted({form for forms in MONTHS.values() for names in forms for form in names.split()}, key=len)
    month = "(" + "|".join(map(re.escape, reversed(names))) + r")(?!\w)\.?"
    flags = re.IGNORECASE
    return (
        (re.compile(r"(?<![\d.,/-])(\d{4})-(\d{2})-(\d{2})(?!\d|-\d)"), "ymd"),
        (re.compile(r"(?<![\d.,/-])(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?!\d|[/.]\d)"), "ymd"),
        (re.compile(r"(\d{4})\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日"), "ymd"),
        (re.compile(r"(?<![\d.,/-])(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?![\d]|\.\d)"), "dmy"),
        (re.compile(r"(?<![\d.,/-])(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?!\d|[/-]\d)"), "either"),
        (
            re.compile(
                r"(?<![\d.,/-])(\d{1,2})(?:\.|st|nd|rd|th|er|º)?[\s-]{1,3}(?:of |de |del )?"
                + month + r",?(?: de| del)?[\s-]{1,3}(\d{4})(?![\d]|[.,]\d)",
                flags,
            ),
            "dmy",
        ),
        # Any word, looked up afterwards: five times faster than trying every name at every word.
        (
            re.compile(
                r"(?<!\w)([^\W\d_]{3,14})\.?\s{1,3}(\d{1,2})(?:st|nd|rd|th)?,?\s{1,3}(\d{4})(?!\d|[.,]\d)", flags
            ),
            "mdy",
        ),
    )  # fmt: skip


def find_dates(text: str) -> Iterator[tuple[date, int, int]]:
    """Yield every full date in ``text`` with its start and end, shape by shape.

    Give it a window, not a whole archive. A date such as 03/04/2025 is left aside: it may be March or April.
    """
    for found in _found(text):
        yield found.day, found.start, found.end


def _found(text: str, day_first: bool = False) -> Iterator[_Found]:
    around = _around_years(text)
    if not around:
        return
    for pattern, order in _patterns():
        for begin, end in around:
            for match in pattern.finditer(text, begin, end):
                first, second, third = match.groups()
                if day := _day("dmy" if day_first and order == "either" else order, first, second, third):
                    yield _Found(day, match.start(), match.end())


def _around_years(text: str) -> list[tuple[int, int]]:
    """Return the stretches around years: looking for a full date anywhere else is lost time."""
    around: list[tuple[int, int]] = []
    if "20" not in text and "19" not in text:
        return around
    for match in _ANY_YEAR.finditer(text):
        begin, end = max(0, match.start() - _BEFORE_YEAR), min(len(text), match.end() + _AFTER_YEAR)
        if around and begin <= around[-1][1]:
            around[-1] = (around[-1][0], end)
        else:
            around.append((begin, end))
    return around


def _day(order: str, first: str, second: str, third: str) -> date | None:
    if order == "ymd":
        year, month, day = int(first), int(second), int(third)
    elif order == "mdy":
        year, month, day = int(third), month_number(first) or 0, int(second)
    elif order == "dmy":
        year, month, day = int(third), int(second) if second.isdigit() else month_number(second) or 0, int(first)
    else:
        year, day, month = int(third), int(first), int(second)
        if day <= 12 and month <= 12 and day != month:
            return None
        if month > 12:
            day, month = month, day
    try:
        return date(year, month, day)
    except ValueError:
        return None


def published_in(
    text: str, *, stated: str | None = None, language: str | None = None, today: date | None = None
) -> tuple[str | None, str | None]:
    """Return the publication date as EDTF and how it is known, or (None, None).

    ``stated`` is a date from the page's metadata. In a ``language`` other than English 03/04/2025 is in April.
    ``today`` bounds what is plausible; it is the current day unless given.

    >>> published_in("Tungsten rises\\n21. november 2025\\nPrices …", today=date(2026, 1, 1))
    ('2025-11-21', 'date line')
    """
    # One day of grace: it may be tomorrow already where the page was made.
    latest = (today or date.today()) + timedelta(days=1)
    if match := _PREFIX.match(text):
        day = _day("ymd", *match.groups())
        if day and _plausible(day, latest):
            return day.isoformat(), "date in front of the text"
    if stated and (found := next(_found(stated), None)) and _plausible(found.day, latest):
        return found.day.isoformat(), "page metadata"
    day_first = language not in (None, "en")
    if line_day := _date_line(text, latest, day_first):
        return line_day.isoformat(), "date line"
    if newest := _newest(text, latest, day_first):
        return f"{newest:%Y-%m}", "newest date on the page"
    return None, None


def _plausible(day: date, latest: date) -> bool:
    return date(_OLDEST, 1, 1) <= day <= latest


def _date_line(text: str, latest: date, day_first: bool) -> date | None:
    """Return the day of a date line: near the top, or with a label at the foot."""
    updated: date | None = None
    lines = [line for line in text[:_HEAD].splitlines() if line.strip()][:_HEAD_LINES]
    labelled_only = len(lines)
    if len(text) > _HEAD:
        lines += text[-_TAIL:].splitlines()
    for number, line in enumerate(lines):
        if (day := _day_first(line)) is not None and _plausible(day, latest):
            return day
        for found in _found(line, day_first):
            if not _plausible(found.day, latest):
                continue
            before = line[max(0, found.start - 60) : found.start].lstrip("\ufeff")
            label = _LABEL_BEFORE.search(before)
            if label and _is_label(before[: label.start()], line[found.end :]):
                if not _UPDATED.search(label.group()):
                    return found.day
                updated = updated or found.day
            elif number < labelled_only and _stands_alone(line.strip("\ufeff"), found.day, day_first):
                return found.day
    return updated


def _day_first(line: str) -> date | None:
    """Return the day of a label in a language that writes the day before the month: "Publié le 12/02/2026"."""
    match = _LABEL_DAY_FIRST.search(line)
    return _day("dmy", *match.groups()) if match else None


def _is_label(before: str, after: str) -> bool:
    """Tell whether a label opens its line or part of one; "a study published on …" is part of a sentence."""
    if not before.strip() or before.endswith(("  ", "\t")) or before.rstrip().endswith(tuple("|–—•·(>/:")):
        return True
    return len(before) < 50 and bool(_SEPARATOR.match(after) or _TIME.match(after)) and not after.rstrip().endswith(".")


def _stands_alone(line: str, day: date, day_first: bool) -> bool:
    """Tell whether the date opens, closes or fills its line rather than being part of a sentence."""
    text = line.strip()
    for found in _found(text, day_first):
        if found.day != day:
            continue
        before, after = text[: found.start], text[found.end :]
        if time := _TIME.match(after):
            after = after[time.end() :]
            timed = True
        else:
            timed = False
        opens = not before.strip(" (|•·") or bool(_WEEKDAY.fullmatch(before) and (timed or not after.strip()))
        if (
            opens
            and (timed or _SEPARATOR.match(after))
            and len(after) <= (_FIELDS if timed else 100)
            and not after.rstrip().endswith((".", "!"))
        ):
            return True
        if (
            not after.strip(" .)|")
            and len(before) <= 100
            and (timed or re.search(r"[|,–—•·(-]\s*(?:\w{2,4} )?$", before))
        ):
            return True
        if _fills_field(text, found) or (timed and _BYLINE.fullmatch(before) and not _AHEAD.search(before)):
            return True
        if _PLACE.fullmatch(before) and not _AHEAD.search(before) and _OPENS_TEXT.match(after):
            return True
    return False


def _fills_field(line: str, found: _Found) -> bool:
    """Tell whether the date, with its place, weekday and time, is one field of a byline."""
    ends = [0, *(match.end() for match in _FIELD_ENDS.finditer(line))]
    if len(line) > _FIELDS or len(ends) == 1:
        return False
    before = line[max(end for end in ends if end <= found.start) : found.start]
    time = _TIME.match(line, found.end)
    behind = [line[end:] for end in (found.end, *([time.end()] if time else ()))]
    return _BEFORE_DAY.fullmatch(before) is not None and any(
        not rest.strip() or _FIELD_ENDS.match(rest) is not None for rest in behind
    )


def _newest(text: str, latest: date, day_first: bool) -> date | None:
    """Return the newest date that can be a lower bound of the publication.

    A date with a time of day is a stamp that the page bears, so stamps outrank dates in sentences. Of these,
    plans and deadlines are left out, and none counts where the text speaks of a later year that has begun:
    then the date is history.
    """
    windows = [text] if len(text) <= 2 * _WINDOW else [text[:_WINDOW], text[-_WINDOW:]]
    stamps: list[date] = []
    mentions: list[date] = []
    years = [0]
    for window in windows:
        years += [
            year
            for match in _ANY_YEAR.finditer(window)
            if (year := int(match.group())) <= latest.year and _YEAR.match(window, match.start())
        ]
        for found in _found(window, day_first):
            if not _plausible(found.day, latest):
                continue
            if _TIME.match(window, found.end):
                stamps.append(found.day)
            elif not _AHEAD.search(_sentence_around(window, found)):
                mentions.append(found.day)
    if stamps:
        return max(stamps)
    newest = max(mentions, default=None)
    return newest if newest and newest.year >= max(years) else None


def _sentence_around(text: str, found: _Found) -> str:
    before = re.split(r"[.!?:]\s|\n", text[max(0, found.start - 160) : found.start])[-1]
    after = re.split(r"[.!?:](?:\s|$)|\n", text[found.end : found.end + 100])[0]
    return f"{before} {after}"

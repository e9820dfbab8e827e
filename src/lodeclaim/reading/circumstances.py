"""When, how firmly and on whose word: period, modality, attribution, instrument, kind, form of a claim."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from lodeclaim.claims.model import Modality, Reason
from lodeclaim.reading.counted_dates import COUNTED_YEARS, QUARTER_BEFORE, YEAR_BEFORE
from lodeclaim.reading.dates import DATELINE, PART_ALONE
from lodeclaim.reading.found import Hit
from lodeclaim.reading.mentions import Mentions
from lodeclaim.reading.model import DateMention, Sentence
from lodeclaim.reading.report_periods import part_after

__all__ = ["attribution_of", "form_of", "instrument_of", "kind_of", "modality_of", "period_of"]

_COMMA: Final = 20
_RIGHT_BEHIND: Final = 10
#: How dear the way to a date may be where the sentence has one date only, and where it has several.
_SOLE_DATE, _ONE_OF_DATES = 700, 260
#: The rules of what a change is counted from.
_BEFORE: Final = (QUARTER_BEFORE, YEAR_BEFORE)
#: Dates that say when a report was written, or what a change is counted from.
_LAST_RESORT: Final = (DATELINE, *_BEFORE, "versus", "this week")
#: What sets apart a date that is told by the way.
_ASIDE: Final = re.compile(r"[,:]")
#: How far into its sentence a date stands that it opens with.
_OPENING: Final = 8
#: How far "a year earlier" stands from the level that it dates.
_LEVEL_BESIDE: Final = 32
#: How far behind a change stands the date that it is counted from.
_BASE: Final = 60
#: How far before that date "than" stands: "que en el mismo mes de 2024".
_THAN: Final = 28
#: How far before "since" the word for a record stands: "the highest level since".
_RECORD: Final = 40
#: How far "against" stands before the amount that another is compared with.
_SET_AGAINST: Final = 14
_ORDER: Final[tuple[Modality, ...]] = ("conditional", "opinion", "planned", "estimated", "forecast")
_CLAUSE: Final = re.compile(r"[,;:]")


def period_of(
    text: str,
    sentence: Sentence,
    start: int,
    end: int,
    published: str | None = None,
    *,
    changes: bool = False,
    happens: bool = False,
    stands: bool = False,
    lasts: bool = False,
) -> tuple[str | None, Reason | None]:
    """Return the period that the sentence gives to the span: nearest date, commas and quantities count extra.

    What ``changes`` is told of the later of two years, what ``happens`` may do so on the day of the report, what
    ``stands`` is told of today where it has done so since a date, and what ``lasts`` until a date did not begin then.
    """
    dates = [mention for mention in sentence.dates if not _of_record(text, sentence, mention)]
    if stands:
        dates = [mention for mention in dates if mention.relation != "since"]
    if lasts:
        dates = [mention for mention in dates if mention.relation != "until"]
    if any(mention.rule in _LAST_RESORT for mention in dates) or (changes and dates):
        own, others = _ranked(text, sentence, dates, start, end, published, changes=changes, happens=happens)
        mention = _nearest(text, sentence, own, start, end) or _nearest(text, sentence, others, start, end)
    else:
        mention = _nearest(text, sentence, dates, start, end)
    if mention is None:
        return None, None
    period = mention.period
    if changes and (mention.rule in _BEFORE or _is_base(sentence, mention, end, published)):
        # "5 percent more than a year earlier" is told of the later year
        # and "more than in the second quarter", without a year, of the third
        later = part_after(period) if mention.rule in (PART_ALONE, QUARTER_BEFORE) else _year_later(period, published)
        if later is None:
            return None, None
        period = later
    reason = Reason(
        slot="period",
        rule=mention.rule if mention.relation == "at" else f"{mention.rule}, {mention.relation}",
        words=text[mention.start : mention.end],
        start=mention.start,
        end=mention.end,
    )
    return period, reason


def _of_record(text: str, sentence: Sentence, mention: DateMention) -> bool:
    """Tell of a date that it is the last time that something was so high or low: "its strongest since May 2022"."""
    if mention.relation != "since":
        return False
    words = sentence.every.within("records", mention.start - _RECORD, mention.start)
    return any(not _CLAUSE.search(text, hit.end, mention.start) for hit in words)


def _ranked(
    text: str,
    sentence: Sentence,
    dates: Sequence[DateMention],
    start: int,
    end: int,
    published: str | None,
    *,
    changes: bool,
    happens: bool,
) -> tuple[list[DateMention], list[DateMention]]:
    """Return the dates that may date the span, and those to turn to where none of the first is near.

    "A year earlier" dates the level right beside it: "from 492,800 tonnes a year earlier".
    """
    own: list[DateMention] = []
    others: list[DateMention] = []
    based = False
    for mention in dates:
        if changes and _is_base(sentence, mention, end, published):
            others.append(mention)
            based = True
        elif based:
            # what follows "than in the second quarter" dates something else
            continue
        elif mention.rule not in _LAST_RESORT:
            own.append(mention)
        elif mention.rule in _BEFORE and not changes:
            left, right = (end, mention.start) if mention.start >= end else (mention.end, start)
            if (
                right - left <= _LEVEL_BESIDE
                and not any(left <= q.start < right for q in sentence.quantities)
                and not _CLAUSE.search(text, left, right)
            ):
                return [mention], []
        elif mention.rule != DATELINE or happens:
            others.append(mention)
    return own, others


def _is_base(sentence: Sentence, mention: DateMention, end: int, published: str | None) -> bool:
    """Tell whether a change that ends before a date is counted from it: "5 percent more than in 2023"."""
    exact = 4 if len(mention.period) == 4 else 7
    lately = published is not None and mention.period[:exact] >= published[:exact]
    if lately and mention.rule != PART_ALONE:
        return False
    return (
        0 <= mention.start - end <= _BASE
        and any(
            mention.start - hit.end <= _THAN
            for kind in ("than", "another")
            for hit in sentence.every.within(kind, end, mention.start)
        )
        and not any(end <= q.start < mention.start for q in sentence.quantities)
    )


def _year_later(period: str, published: str | None) -> str | None:
    """Return the period a year later; None where that is not what a change leads up to: too far back, or ahead."""
    if "/" in period:
        return period
    year = int(period[:4]) + 1
    later = f"{year}{period[4:7]}"
    if published is not None and (year < int(published[:4]) - 1 or later > published[: len(later)]):
        return None
    return later


def _nearest(text: str, sentence: Sentence, dates: Sequence[DateMention], start: int, end: int) -> DateMention | None:
    best: tuple[float, DateMention] | None = None
    for mention in dates:
        if mention.end <= start:
            left, right = mention.end, start
        elif mention.start >= end:
            left, right = end, mention.start
        else:
            left = right = start
        between = text[left:right]
        crossed = sum(left <= q.start and q.end <= right for q in sentence.quantities)
        if crossed and mention.start >= end and _set_against(sentence, left, right):
            continue
        cost = (
            (1.6 if mention.start >= end + 12 else 1.0) * len(between)
            + _COMMA * between.count(",")
            + 60 * between.count(";")
        )
        cost += crossed * (80 if mention.start >= end else 30)
        if any(
            0 <= mention.start - q.end <= _RIGHT_BEHIND
            and not (q.start <= start < q.end)
            and "," not in text[q.end : mention.start]
            for q in sentence.quantities
        ):
            # "35 % in 2010": the date is that quantity's own
            cost += 50
        if sentence.every.within("than", left, right):
            # "22 million in 2016 compared to 2 million in the same period of 2015"
            # "128 kt (3 % more than in the first quarter of 2024)"
            cost += 60
        opens = mention.start - sentence.start <= _OPENING
        if mention.relation == "since" and mention.end <= start and not opens and _ASIDE.search(between):
            # "ilmenite, which it has sold since 2023, …": told by the way
            continue
        if mention.end <= start and _of_contrast(text, sentence, mention, start):
            continue
        if mention.rule in COUNTED_YEARS and mention.start >= end:
            # "9 percent; five years earlier more than half", "twice as much as two years ago"
            compared = sentence.every.within("than", left, right)
            if _CLAUSE.search(between) or any(right - hit.end <= _RIGHT_BEHIND for hit in compared):
                continue
        if mention.rule in ("today", "this year", "last year"):
            cost += 15
        elif mention.relation == "since":
            # what has lasted since then is told of today
            cost += 60
        if best is None or cost < best[0]:
            best = (cost, mention)
    reach = _SOLE_DATE if len({mention.period for mention in dates}) == 1 else _ONE_OF_DATES
    return best[1] if best is not None and best[0] <= reach else None


def _of_contrast(text: str, sentence: Sentence, mention: DateMention, start: int) -> bool:
    """Tell whether a date is that of the amount before: "while in 2022 it was 2.4 tonnes, it is 648 kilograms"."""
    words = sentence.every.within("contrasts", sentence.start, mention.start)
    if not any("," not in text[hit.end : mention.start] for hit in words):
        return False
    own = next((q for q in sentence.quantities if mention.end <= q.start and q.end <= start), None)
    return own is not None and "," in text[own.end : start]


def _set_against(sentence: Sentence, left: int, right: int) -> bool:
    """Tell whether a date behind a quantity is that of the amount it is compared with: "…, from 2 million in 2022"."""
    words = sentence.every.within("another", left, right)
    return any(
        left <= q.start and q.end <= right and 0 <= q.start - hit.end <= _SET_AGAINST
        for hit in words
        for q in sentence.quantities
    )


def modality_of(
    text: str, sentence: Sentence, start: int, end: int, *, inside: bool = True
) -> tuple[Modality, Reason | None]:
    """Return how firm the statement is, from the words in the clause around the span.

    ``inside`` tells whether words of the span itself say so; "47 planned mines" are counted, not planned.
    """
    found: list[tuple[int, Modality, Hit]] = []
    for hit in sentence.of("modality"):
        if any(mention.start <= hit.start < mention.end for mention in sentence.dates):
            # "4 May" is a day
            continue
        if hit.end <= start:
            between, side = text[hit.end : start], 0
        elif hit.start >= end:
            between, side = text[end : hit.start], 1
        elif not inside:
            continue
        else:
            between, side = "", 0
        breaks = len(_CLAUSE.findall(between))
        if (
            side == 0
            and breaks
            and any(text[other.start - 2] == "," for other in sentence.every.within("relatives", hit.end, start))
        ):
            # "they aim at …, which gives 90 percent": what is told of it by the way holds now
            continue
        reach = 140 if hit.value in ("conditional", "planned") else 90
        if breaks <= (1 if side == 0 else 0) and len(between) <= (reach if side == 0 else 60):
            found.append((_ORDER.index(hit.value), hit.value, hit))
    if not found:
        return "actual", None
    _, modality, hit = min(found, key=lambda item: item[0])
    return modality, Reason(
        slot="modality", rule="modal word", words=text[hit.start : hit.end], start=hit.start, end=hit.end
    )


_SOURCE: Final = re.compile(
    r"\s*(?:(?:den|der|dem|des|the|an?|le|la|les|el|los|las)\s|l[’'])?((?:[A-ZÄÖÅÆØ][\w&.’'-]*\s?){1,7})"
)


_NOUN: Final = re.compile(r" [a-zà-öø-ÿ-]{3,}")


def attribution_of(text: str, sentence: Sentence) -> tuple[str | None, Reason | None]:
    """Return who the sentence says said it: the name behind "according to", or before "said"."""
    for hit in sentence.of("attribution"):
        match = _SOURCE.match(text, hit.end, sentence.end)
        if match and not any(other.start == match.start(1) for other in sentence.of("refer_not_quantity")):
            name, stop = match.group(1).strip(" ,."), match.end()
            adjective = any(other.end == match.start(1) + len(name) for other in sentence.of("place_adjective"))
            if adjective and (noun := _NOUN.match(text, match.start(1) + len(name), sentence.end)):
                # "Chinese customs"
                name, stop = name + noun.group(), noun.end()
            return name, Reason(
                slot="attributed_to",
                rule="words of attribution",
                words=text[hit.start : stop],
                start=hit.start,
                end=stop,
            )
    return None, None


def instrument_of(
    text: str, sentence: Sentence, predicate: str, start: int, end: int
) -> tuple[str | None, Reason | None]:
    """Return the instrument that the words beside the span name: loan, letter of interest, package …"""
    found = [
        hit
        for hit in sentence.of("instrument")
        if hit.value[0] == predicate and hit.start - end >= -70 and start - hit.end <= 70
    ]
    if not found:
        return None, None
    hit = min(found, key=lambda hit: max(hit.start - end, start - hit.end))
    rule = "word for an instrument"
    return str(hit.value[1]), Reason(
        slot="instrument", rule=rule, words=text[hit.start : hit.end], start=hit.start, end=hit.end
    )


def kind_of(predicate: str, sentence: Sentence, mentions: Mentions, start: int, end: int) -> str | None:
    """Return the kind that refines the predicate, from the nearest word for one.

    Whether goods are exported or imported is said before their amount, unless that word is of another amount.
    """
    fitting = [hit for hit in mentions.kinds if hit.value[0] == predicate]
    if not fitting:
        return None
    if predicate == "trade":
        # "führte 176.000 Tonnen aus" stands around its amount
        before = [hit for hit in fitting if hit.start < start]
        last = before[-1] if before else None
        taken = last is None or any(last.end <= other.start < start for other in sentence.quantities)
        stop = min((other.start for other in sentence.quantities if other.start >= end), default=sentence.end)
        behind = next((hit for hit in fitting if end <= hit.start < stop), None) if taken else None
        hit = behind or last
        return str(hit.value[1]) if hit is not None else None
    nearest = min(fitting, key=lambda hit: min(abs(hit.start - end), abs(start - hit.end)))
    distance = min(abs(nearest.start - end), abs(start - nearest.end))
    return str(nearest.value[1]) if distance <= 120 else None


def form_of(sentence: Sentence, mentions: Mentions, start: int, end: int) -> Hit | None:
    """Return the chemical or trade form named beside the span, with no other quantity between."""
    near: Sequence[Hit] = [
        hit
        for hit in mentions.forms
        if (-30 <= hit.start - end <= 45 or 0 <= start - hit.end <= 30)
        and not any(end <= q.start and q.end <= hit.start for q in sentence.quantities)
    ]
    return min(near, key=lambda hit: abs(hit.start - end)) if near else None

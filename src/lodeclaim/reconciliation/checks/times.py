"""Times that do not go together: countdowns to what is nearer, events after their report, starts before licences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from lodeclaim.reconciliation.evidence import Evidence, Item, period_of
from lodeclaim.reconciliation.finding import finding, quoted
from lodeclaim.reconciliation.model import Conflict, Place
from lodeclaim.reconciliation.patterns import language_words, one_of
from lodeclaim.reconciliation.words import name_of

__all__ = ["after_the_report", "countdown", "start_before_licence"]

#: Days that a report may be dated too early.
_SLACK = 31
_STARTS = frozenset({"production-start", "trial-production", "commercial-production", "construction-start"})


def countdown(evidence: Evidence) -> Iterator[Conflict]:
    """So many months before an event, in a text from which the event is not that far away."""
    for source, text in sorted(evidence.texts.items()):
        language = evidence.languages.get(source, "en")
        items = evidence.by_source.get(source, [])
        written = next((day for item in items if (day := _day(item.published))), None)
        if written is None or language not in language_words():
            continue
        for match in _next(language).finditer(text):
            amount = int(match["number"])
            months = amount if match["months"] else amount * 12
            clause = text[match.end() : match.end() + 160].split("\n")[0]
            for event, here in _events(items, clause, match.end()):
                due = _day(event.period)
                if due is None or due >= written + timedelta(days=months * 30.4 - 0.2 * months * 30.4 - _SLACK):
                    continue
                start, end = match.span()
                words = (
                    f"“{' '.join(text[start:end].split())}” before an event of {event.period}, in a text of "
                    f"{items[0].published}: {months} months do not fit in between. The text may be older than its "
                    f"date, or the event another. {quoted(event)}"
                )
                at = evidence.nearest(source, start, end, limit=0)
                claims = [one.claim for one in (at, here, event) if one is not None]
                proposal = "Do not take the date of the text as the time it speaks of."
                place = (Place(source=source, start=start, end=end, words=text[start:end]),)
                yield finding("countdown", "conflict", claims, words, proposal=proposal, places=place, ratio=1.5)
                break


def after_the_report(evidence: Evidence) -> Iterator[Conflict]:
    """What is told as done, with a date after the report of it."""
    import polars as pl

    dated = pl.col("predicate").is_in(("milestone", "transaction", "agreement", "production"))
    # Most periods are of a year before that of the report, which their first digits tell.
    later = pl.col("period").str.slice(0, 4) >= pl.col("published").str.slice(0, 4)
    for item in evidence.where(dated, pl.col("modality") == "actual", later):
        period, written = period_of(item.period), _day(item.published)
        if period is None or period.start is None or written is None:
            continue
        if period.start > written + timedelta(days=_SLACK):
            if item.kind == "law-in-force":
                continue  # a law that comes into force is told of before
            words = f"Told as done in {item.period}, in a report of {item.published}. {quoted(item)}"
            proposal = "Set the modality to planned, or check the date."
            yield finding("after-the-report", "suspicion", [item.claim], words, proposal=proposal, key=item.key)


def start_before_licence(evidence: Evidence) -> Iterator[Conflict]:
    """Production or construction at a site that begins before its licence."""
    import polars as pl

    milestones = evidence.where(pl.col("predicate") == "milestone", pl.col("site") != "")
    for site, group in evidence.grouped(milestones, lambda item: item.site).items():
        licences = [item for item in group if item.kind == "licence" and _day(item.period)]
        starts = [item for item in group if item.kind in _STARTS and _day(item.period)]
        for licence in licences:
            early = [item for item in starts if _ends_before(item, licence)]
            if early and len(licences) == 1:
                listed = "; ".join(quoted(item) for item in [*early, licence])
                words = f"{name_of(site)}: work begins before the licence. {listed}"
                claims = [*(item.claim for item in early), licence.claim]
                proposal = "The licence may be a later one, or one of the dates was read wrongly."
                yield finding("start-before-licence", "suspicion", claims, words, proposal=proposal)


def _events(items: list[Item], clause: str, offset: int) -> Iterator[tuple[Item, Item | None]]:
    """(dated event, the claim in the clause that means it) for what the clause speaks of."""
    dated = [item for item in items if item.predicate == "milestone" and _day(item.period)]
    here = [item for item in items if offset <= item.start < offset + len(clause) and item.predicate == "milestone"]
    folded = clause.casefold()
    for event in dated:
        for one in here:
            if one.kind == event.kind and one.place == event.place and one.claim != event.claim:
                yield event, one
        trigger = " ".join(event.quote.casefold().split()[:3])
        if len(trigger) >= 8 and trigger in folded and event not in here:
            yield event, None


@cache
def _next(language: str) -> re.Pattern[str]:
    words = language_words()[language]
    unit = rf"(?:(?P<months>{one_of(words.months)})|{one_of(words.years)})\w*"
    return re.compile(
        rf"\b{one_of(words.next)}\s+(?P<number>\d{{1,3}})\s+{unit}[\s,–-]+(?:\w+\s+){{0,2}}?{one_of(words.before)}\b",
        re.IGNORECASE,
    )


def _day(text: str | None) -> date | None:
    period = period_of(text)
    return period.end if period else None


def _ends_before(item: Item, licence: Item) -> bool:
    one, other = period_of(item.period), period_of(licence.period)
    return bool(one and other and one.end and other.start and one.end < other.start)

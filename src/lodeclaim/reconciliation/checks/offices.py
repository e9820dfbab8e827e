"""Office holders out of their term, by the vocabulary's terms of office."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from lodeclaim.reconciliation.evidence import Evidence, Item, period_of
from lodeclaim.reconciliation.finding import finding, quoted
from lodeclaim.reconciliation.model import Conflict, Place
from lodeclaim.reconciliation.words import name_of
from lodeclaim.vocabulary.load import load_vocabulary
from lodeclaim.vocabulary.model import OfficeHolder

__all__ = ["stale_holder"]

#: Days around a change of office in which both names may be right.
_HANDOVER = 45
_RULE = "office-holder"


def stale_holder(evidence: Evidence) -> Iterator[Conflict]:
    """Somebody named in an office at a time when, by the terms on record, another held it."""
    mentions = list(_mentions(evidence))
    said: set[tuple[str, str]] = set()
    for item, words, start, end in mentions:
        for actor, terms in _terms().get(words.casefold(), {}).items():
            when = period_of(item.period) or period_of(item.published)
            if when is None or any(_held(term, when.start, when.end) for term in terms) or (item.source, words) in said:
                continue
            said.add((item.source, words))
            right = _holder_at(actor, terms[0].office, when.start, when.end)
            others = [
                other
                for other, name, _, _ in mentions
                if other.source != item.source
                and right is not None
                and name.casefold() in {right.name.casefold(), *(alias.casefold() for alias in right.aliases)}
            ]
            spans = "; ".join(f"{term.since or '?'} to {term.until or 'now'}" for term in terms)
            explained = (
                f"{terms[0].name} is named as {terms[0].office} for {item.period or item.published}, yet held it "
                f"{spans} ({terms[0].source})"
                f"{f'; then it was {right.name} ({right.source})' if right else ''}. The text may have been carried "
                f"over from an older one, and its other undated statements on roles are in doubt. {quoted(item)}"
                f"{''.join(f'; {quoted(other)}' for other in others)}"
            )
            claims = [item.claim, *(other.claim for other in others)]
            proposal = f"Read the office, {name_of(actor)}, not the name; check the date of what is told of it."
            place = (Place(source=item.source, start=start, end=end, words=words),) if end else ()
            yield finding("stale-holder", "conflict", claims, explained, proposal=proposal, places=place, ratio=1.2)


def _mentions(evidence: Evidence) -> Iterator[tuple[Item, str, int, int]]:
    """(claim, words, start, end) of every office holder that the reader linked."""
    import polars as pl

    for item, reasons in evidence.whys(pl.col("reasons").str.contains(_RULE, literal=True)):
        for reason in reasons:
            if reason.rule == _RULE and reason.words:
                yield item, reason.words, reason.start or 0, reason.end or 0


@cache
def _terms() -> dict[str, dict[str, tuple[OfficeHolder, ...]]]:
    """Folded name → actor → that person's terms there; a name that two people share in one office is left out."""
    found: dict[str, dict[str, tuple[OfficeHolder, ...]]] = {}
    for actor in load_vocabulary().actors.values():
        for holder in actor.office_holders:
            for name in {holder.name, *holder.aliases}:
                by_actor = found.setdefault(name.casefold(), {})
                by_actor[actor.id] = (*by_actor.get(actor.id, ()), holder)
    return {name: offices for name, offices in found.items() if len(offices) == 1}


def _holder_at(actor: str, office: str, start: date | None, end: date | None) -> OfficeHolder | None:
    holders = load_vocabulary().actors[actor].office_holders
    return next((one for one in holders if one.office == office and _held(one, start, end, slack=0)), None)


def _held(term: OfficeHolder, start: date | None, end: date | None, slack: int = _HANDOVER) -> bool:
    """Whether the term and the stretch of time share a day."""
    since, until = period_of(term.since), period_of(term.until)
    first = since.start if since and since.start else date.min + timedelta(days=slack)
    last = until.end if until and until.end else date.max - timedelta(days=slack)
    return (start or date.min) <= last + timedelta(days=slack) and first - timedelta(days=slack) <= (end or date.max)

"""The records of the ledger: what an addition did, a judgement on a name, a passage to show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lodeclaim.claims.model import Source

__all__ = ["Added", "Judgement", "Passage", "Verdict"]

Verdict = Literal["confirmed", "probable", "possible", "rejected"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What adding one document did: a document read before is not new, and nor are its known claims."""

    document_id: str
    new_document: bool
    new_claims: int
    known_claims: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """That the words in a slot of a claim mean an entity, or do not; by whom, when and by which rule.

    Later judgements go before earlier ones; none is ever removed, so each can be undone by a new one.
    """

    claim: str
    slot: str
    words: str
    entity: str
    status: Verdict
    rule: str
    judged_by: str
    judged_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """The quote of a claim in the text around it, or in the row of a table.

    ``before + quote + after`` is the untouched text of ``start - len(before)`` to ``end + len(after)``.
    ``start`` and ``end`` are those of the quote; None for a row of a table, which has no text around it.
    ``opens`` and ``closes`` tell whether the passage reaches its paragraph's beginning and end.
    """

    before: str
    quote: str
    after: str
    start: int | None
    end: int | None
    locator: str
    source: Source
    opens: bool = True
    closes: bool = True

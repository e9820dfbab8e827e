"""The records of the ledger: an addition, a judgement on a name, a decision on a claim, a passage to show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lodeclaim.claims.model import Source

__all__ = ["AUTOMATIC", "KINDS", "Added", "Decision", "Judgement", "Kind", "Passage", "Verdict", "is_automatic"]

Verdict = Literal["confirmed", "probable", "possible", "rejected"]
Kind = Literal["accept", "reject", "correct", "prefer", "merge", "split", "same-as", "not-same", "retract", "undo"]
KINDS: tuple[Kind, ...] = (
    "accept",
    "reject",
    "correct",
    "prefer",
    "merge",
    "split",
    "same-as",
    "not-same",
    "retract",
    "undo",
)

#: How the signature of a program begins; whatever it judges or decides yields to people.
AUTOMATIC = ("reader:", "machine:")


def is_automatic(by: str) -> bool:
    """Tell whether a signature is that of a program, not of a person."""
    return by.startswith(AUTOMATIC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What adding one document did: a document read before is not new, and nor are its known claims.

    ``superseded_claims`` are claims of an earlier reading that this one no longer finds.
    """

    document_id: str
    new_document: bool
    new_claims: int
    known_claims: int
    superseded_claims: int = 0


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
    score: float | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What somebody decided on a claim, a slot of it, or two names; signed, with its reason, never removed.

    ``number`` counts the decisions of a ledger from 1. ``claim`` is decided on: accept, reject, prefer, retract;
    correct gives its ``slot`` the ``value`` (None: empties it); merge says it is the same statement as the claim
    ``other``, split that it is not. same-as and not-same speak of the words in the ``slot`` of a ``claim``
    (``value``) and the entity ``other``, or without a claim of the names ``value`` and ``other`` everywhere.
    undo lifts the decision ``undoes`` and repeats what it spoke of. ``at`` is ISO 8601 in UTC.
    """

    number: int
    kind: Kind
    claim: str | None
    slot: str | None
    value: str | None
    other: str | None
    reason: str
    by: str
    at: str
    undoes: int | None


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

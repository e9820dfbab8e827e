"""The records of review: what waits for a person, why it matters, and what may be done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["Action", "Matter", "ReviewItem"]

#: What an item is about: a finding of the checks, a doubtful reading, or two deals that may be one.
Matter = Literal["conflict", "suspicion", "several", "doubtful", "same deal"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One way to decide an item: the kind of the decision with all it needs, and what it does in words.

    ``value`` is None for a correction whose new value the reviewer has to give.
    """

    kind: Literal["accept", "reject", "correct", "merge", "split", "prefer", "same-as", "not-same"]
    words: str
    claim: str | None = None
    slot: str | None = None
    value: str | None = None
    other: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewItem:
    """One thing to decide. ``priority`` orders the queue; ``impact`` says which figures would move and how far.

    ``seen`` is the number of the last decision the ledger held when the item was made: who decides later than
    somebody else on the same claim is told, and nothing is overwritten.
    """

    id: str
    matter: Matter
    priority: float
    impact: str
    explanation: str
    proposal: str
    claims: tuple[str, ...]
    actions: tuple[Action, ...]
    seen: int

"""What waits for a person's decision, weightiest first, and the verbs to decide it with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from lodeclaim.core.errors import ConflictingDecision, LedgerError
from lodeclaim.core.ids import short_id
from lodeclaim.ledger.model import Decision, is_automatic
from lodeclaim.reconciliation.conflicts import conflicts_in
from lodeclaim.reconciliation.deals import deals, decided_pairs
from lodeclaim.reconciliation.impact import Impacts
from lodeclaim.reconciliation.model import Conflict
from lodeclaim.reconciliation.review_model import Action, Matter, ReviewItem
from lodeclaim.reconciliation.slots import slots

if TYPE_CHECKING:
    import polars as pl

    from lodeclaim.ledger.store import Ledger

__all__ = ["Review", "review_queue"]

#: Readings below this confidence wait for a person, whether or not they disagree with anything.
DOUBTFUL = 0.6
#: What a matter weighs before its impact, which is at most 2.
_BASE: Mapping[str, float] = {"conflict": 2.0, "suspicion": 1.0, "several": 0.5, "same deal": 0.5, "doubtful": 0.0}
_MATTERS: Mapping[str, Matter] = {"conflict": "conflict", "suspicion": "suspicion", "several": "several"}


def review_queue(
    ledger: Ledger, *, material: str | None = None, limit: int | None = None, doubtful: float = DOUBTFUL
) -> list[ReviewItem]:
    """Return what waits for a decision, first what would move figures most.

    Conflicts go before suspicions, these before values that merely differ, and within each the impact on settled
    values, their intervals and concentration decides. A doubtful reading weighs what it moves times how doubtful it
    is (``doubtful``: confidence below which a reading waits). What people have decided on does not come back.
    """
    decisions = ledger.decisions(effective=True)
    frame = ledger.claims(material=material, with_members=material is not None)
    impacts = Impacts(slots(_counting(frame)))
    seen = max((one.number for one in ledger.decisions()), default=0)
    handled = _handled(decisions)
    items = [*_from_conflicts(conflicts_in(ledger, material=material), impacts, handled, seen)]
    items += _from_deals(frame, decisions, seen)
    items += _from_doubt(frame, impacts, handled, seen, doubtful, {claim for item in items for claim in item.claims})
    ranked = sorted(items, key=lambda item: (-item.priority, item.id))
    return ranked if limit is None else ranked[:limit]


class Review:
    """Decide for one person: every verb writes one signed row and can be undone."""

    def __init__(self, ledger: Ledger, by: str) -> None:
        if not by.strip():
            raise LedgerError("a decision needs a name under it", remedy="Say who decides")
        self.ledger = ledger
        self.by = by.strip()
        self._own: set[int] = set()

    def queue(self, *, material: str | None = None, limit: int | None = None) -> list[ReviewItem]:
        """Return what waits, weightiest first."""
        return review_queue(self.ledger, material=material, limit=limit)

    def accept(self, claim: str, *, reason: str, seen: int | None = None) -> Decision:
        """Say that a claim is read rightly and counts."""
        return self.ledger.decide("accept", claim=claim, reason=reason, by=self.by, expects=seen)

    def reject(self, claim: str, *, reason: str, seen: int | None = None) -> Decision:
        """Say that a claim does not count; it stays visible."""
        return self.ledger.decide("reject", claim=claim, reason=reason, by=self.by, expects=seen)

    def prefer(self, claim: str, *, reason: str, seen: int | None = None) -> Decision:
        """Make a claim the one its slot is settled by."""
        return self.ledger.decide("prefer", claim=claim, reason=reason, by=self.by, expects=seen)

    def correct(self, claim: str, slot: str, value: str, *, reason: str, seen: int | None = None) -> Decision:
        """Put another value into a slot of a claim; what was read stays beside it."""
        return self.ledger.decide(
            "correct", claim=claim, slot=slot, value=value, reason=reason, by=self.by, expects=seen
        )

    def merge(self, claim: str, into: str, *, reason: str, seen: int | None = None) -> Decision:
        """Say that a claim only tells another one again."""
        return self.ledger.decide("merge", claim=claim, other=into, reason=reason, by=self.by, expects=seen)

    def split(self, claim: str, other: str, *, reason: str, seen: int | None = None) -> Decision:
        """Say that two claims are of two things."""
        return self.ledger.decide("split", claim=claim, other=other, reason=reason, by=self.by, expects=seen)

    def apply(self, item: ReviewItem, action: Action, *, reason: str, value: str | None = None) -> Decision:
        """Carry out an action of an item; ``value`` is what a correction puts in its slot.

        Raises ConflictingDecision where somebody has decided on the same since the item was made.
        """
        expects = item.seen
        while True:
            try:
                made = self.ledger.decide(
                    action.kind,
                    claim=action.claim,
                    slot=action.slot,
                    value=value if value is not None else action.value,
                    other=action.other,
                    reason=reason,
                    by=self.by,
                    expects=expects,
                )
            except ConflictingDecision as error:
                # What this desk decided on another item since is no news to it.
                if error.number not in self._own or error.number <= expects:
                    raise
                expects = error.number
                continue
            self._own.add(made.number)
            return made

    def undo(self, number: int, *, reason: str) -> Decision:
        """Lift a decision, whoever made it, by a new row."""
        return self.ledger.undo(number, by=self.by, reason=reason)


def _counting(frame: pl.DataFrame) -> pl.DataFrame:
    import polars as pl

    if "standing" not in frame.columns:
        return frame
    return frame.filter(pl.col("standing").is_null() | (pl.col("standing") != "deprecated"))


def _handled(decisions: Iterable[Decision]) -> set[str]:
    """Claims that a person has accepted, preferred or corrected."""
    return {
        one.claim
        for one in decisions
        if one.claim and one.kind in ("accept", "prefer", "correct") and not is_automatic(one.by)
    }


def _from_conflicts(found: Sequence[Conflict], impacts: Impacts, handled: set[str], seen: int) -> Iterator[ReviewItem]:
    for one in found:
        matter = _MATTERS.get(one.kind)
        if matter is None or not one.claims or set(one.claims) <= handled:
            continue
        impact = impacts.widest(one.claims)
        yield ReviewItem(
            id=short_id("r", [one.id]),
            matter=matter,
            priority=_BASE[matter] + impact.size + one.severity / 1000,
            impact=impact.words,
            explanation=one.explanation,
            proposal=one.proposal,
            claims=one.claims,
            actions=tuple(_actions(one.claims)),
            seen=seen,
        )


def _actions(claims: Sequence[str]) -> Iterator[Action]:
    for claim in claims:
        yield Action(kind="reject", claim=claim, words=f"{claim} does not count")
        yield Action(kind="prefer", claim=claim, words=f"{claim} gives the value")
        yield Action(kind="correct", claim=claim, slot="value", words=f"another value for {claim}")
        yield Action(kind="accept", claim=claim, words=f"{claim} is read rightly")
    for claim in claims[1:]:
        yield Action(kind="merge", claim=claim, other=claims[0], words=f"{claim} only tells {claims[0]} again")
        yield Action(kind="split", claim=claim, other=claims[0], words=f"{claim} and {claims[0]} are of two things")


def _from_deals(frame: pl.DataFrame, decisions: Sequence[Decision], seen: int) -> Iterator[ReviewItem]:
    same, apart = decided_pairs(decisions)
    held = {deal.id: deal for deal in deals(frame, same=same, apart=apart)}
    whole: dict[str, float] = {}
    for deal in held.values():
        for figure in deal.total:
            whole[str(figure.unit)] = whole.get(str(figure.unit), 0.0) + (figure.value or 0.0)
    for deal in held.values():
        for other in deal.possible:
            if deal.id > other.deal:
                continue
            rival = held[other.deal]
            shared = {str(a.unit): min(a.value or 0.0, rival.amount(str(a.unit)) or 0.0) for a in deal.total}
            unit = max(shared, key=lambda name: (shared[name] / (whole[name] or 1.0), name), default="")
            part = shared[unit] / (whole[unit] or 1.0) if unit else 0.0
            first, second = other.claims
            yield ReviewItem(
                id=short_id("r", ["deal", deal.id, other.deal]),
                matter="same deal",
                priority=_BASE["same deal"] + min(1.0, part),
                impact=f"{shared[unit]:,.0f} {unit} count once, twice if they are two" if part else "moves no sum",
                explanation=f"“{deal.title}” and “{rival.title}” may be one deal: {'; '.join(other.reasons)}",
                proposal="Join the two, or say that they are two deals.",
                claims=other.claims,
                actions=(
                    Action(kind="same-as", value=first, other=second, words="one deal"),
                    Action(kind="not-same", value=first, other=second, words="two deals"),
                ),
                seen=seen,
            )  # fmt: skip


def _from_doubt(
    frame: pl.DataFrame, impacts: Impacts, handled: set[str], seen: int, doubtful: float, named: set[str]
) -> Iterator[ReviewItem]:
    import polars as pl

    if frame.is_empty():
        return
    wanted = (pl.col("origin") != "statistics") & (pl.col("confidence") < doubtful)
    for row in _counting(frame).filter(wanted).iter_rows(named=True):
        claim = row["id"]
        if claim in handled or claim in named:
            continue
        impact = impacts.without(claim)
        doubt = 1 - row["confidence"]
        yield ReviewItem(
            id=short_id("r", ["doubtful", claim]),
            matter="doubtful",
            priority=_BASE["doubtful"] + impact.size * doubt,
            impact=impact.words,
            explanation=f"the reader is unsure ({row['confidence']:.2f} of 1): “{' '.join(row['quote'].split())}”",
            proposal="Accept the reading, correct a slot, or reject it.",
            claims=(claim,),
            actions=tuple(_actions((claim,))),
            seen=seen,
        )

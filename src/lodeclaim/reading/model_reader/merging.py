"""Claims of two readers of one document put together: what both read is one claim with both as origin."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from lodeclaim.claims.identity import identify
from lodeclaim.claims.model import LINKED, Claim, Reason

__all__ = ["merge_claims"]

#: Slots that say what is stated; reasons, confidence and reader say how it was read.
_STATED = (*LINKED, "form", "stage", "kind", "basis", "period", "instrument", "attributed_to")
#: The most an alone second reading of a quantity is trusted that the first reader reads otherwise.
_OTHERWISE = 0.35


def merge_claims(first: Sequence[Claim], second: Sequence[Claim]) -> list[Claim]:
    """Return the claims of both readers in order of place.

    Claims with one id are one claim; so is a claim of ``second`` that says nothing beyond one of ``first`` about
    the same words. It keeps the id and slots of ``first``, the higher confidence, and names both readers
    (``rules+model:NAME``). Any other claim of ``second`` stays a claim of its own; where ``first`` reads the same
    words otherwise, a reason says so and its confidence is lowered.
    """
    merged = {claim.id: claim for claim in first}
    places: dict[tuple[str, str], list[str]] = {}
    for claim in first:
        places.setdefault((claim.source, claim.locator), []).append(claim.id)
    for claim in second:
        rivals = places.get((claim.source, claim.locator), [])
        same = claim.id if claim.id in merged else next((r for r in rivals if _covers(merged[r], claim)), None)
        if same is not None:
            merged[same] = _both(merged[same], claim)
        else:
            merged[claim.id] = _alone(claim, [merged[rival] for rival in rivals])
    return sorted(merged.values(), key=lambda claim: claim.span or (0, 0))


def _covers(claim: Claim, other: Claim) -> bool:
    """Tell whether ``claim`` states all that ``other`` does, and nothing against it."""
    fixed = ("predicate", "value", "value_max", "unit", "comparator", "modality")
    if any(getattr(claim, slot) != getattr(other, slot) for slot in fixed):
        return False
    if not all(getattr(other, slot) in (None, getattr(claim, slot)) for slot in _STATED):
        return False
    return {entity for _, entity in other.entities} <= {entity for _, entity in claim.entities}


def _both(claim: Claim, other: Claim) -> Claim:
    readers = list(dict.fromkeys([*claim.reader.split("+"), *other.reader.split("+")]))
    added = [reason for reason in other.reasons if reason.slot == "reader" and reason not in claim.reasons]
    if not added and len(readers) > len(claim.reader.split("+")):
        added = [Reason(slot="reader", rule=f"read alike by {other.reader}")]
    return replace(
        claim,
        reader="+".join(readers),
        confidence=max(claim.confidence, other.confidence),
        reasons=(*claim.reasons, *added),
    )


def _alone(claim: Claim, rivals: Sequence[Claim]) -> Claim:
    if not rivals:
        return claim
    read = ", ".join(f"{rival.id} ({rival.predicate})" for rival in rivals)
    reason = Reason(slot="reader", rule="another reader reads these words otherwise", note=read)
    return identify(replace(claim, confidence=min(claim.confidence, _OTHERWISE), reasons=(*claim.reasons, reason)))

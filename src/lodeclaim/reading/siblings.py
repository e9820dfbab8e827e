"""What the numbers of one statement have in common: an amount, its change, and its share of a whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from lodeclaim.claims.identity import identify
from lodeclaim.claims.model import Claim, Reason
from lodeclaim.reading.model import Sentence

__all__ = ["of_one_deal", "of_one_statement"]

#: Amounts that change and are shares of something.
_AMOUNTS: Final = frozenset({"production", "trade", "capacity"})
_TOLD_OF_AMOUNTS: Final = frozenset({"growth", "share"})
#: How far apart the numbers of one statement stand.
_REACH: Final = 90
_PARTS: Final = ("site", "actor", "place")


def of_one_statement(text: str, sentence: Sentence, claims: Sequence[Claim]) -> list[Claim]:
    """Return the claims, where a change or a share is of whose amount stands beside it: "produced 9 t, 8% less".

    Only where it names nobody itself. ``claims`` are those of the sentence in order.
    """
    found = list(claims)
    for at, claim in enumerate(claims):
        if claim.predicate not in _TOLD_OF_AMOUNTS or claim.site or claim.actor or claim.counterparty:
            continue
        for other in (*reversed(found[max(0, at - 1) : at]), *found[at + 1 : at + 2]):
            if other.predicate in _AMOUNTS and _together(text, claim, other) and _may_share(claim, other, sentence):
                found[at] = _with_parts(claim, other)
                break
    return found


def of_one_deal(text: str, claims: Sequence[Claim]) -> list[Claim]:
    """Return the claims of a sentence, where a sum lent or granted without a word for it is like the sum before.

    "A grant of 15.8 million by the ministry and one of 12.9 million by the province".
    """
    found: list[Claim] = []
    known: Claim | None = None
    for own in claims:
        claim = own
        if claim.predicate == "financing" and claim.value is not None:
            if claim.instrument is None and known is not None and _in_one_clause(text, known, claim):
                reason = Reason(slot="instrument", rule="instrument of the sum before")
                claim = identify(replace(claim, instrument=known.instrument, reasons=(*claim.reasons, reason)))
            known = claim if claim.instrument is not None else known
        found.append(claim)
    return found


def _in_one_clause(text: str, one: Claim, other: Claim) -> bool:
    (_, end), (start, _) = one.span or (0, 0), other.span or (0, 0)
    return ";" not in text[end:start]


def _together(text: str, one: Claim, other: Claim) -> bool:
    """Tell whether two numbers stand in one clause, or in two that a comma parts."""
    first, second = sorted((one.span or (0, 0), other.span or (0, 0)))
    between = text[first[1] : second[0]]
    return len(between) <= _REACH and ";" not in between and between.count(",") <= 1


def _may_share(claim: Claim, other: Claim, sentence: Sentence) -> bool:
    """Tell whether the amount has an owner, of the same material, and the claim names no other place itself."""
    if not (other.site or other.actor) or (claim.material and claim.material != other.material):
        return False
    named = any(
        reason.slot == "place" and reason.start is not None and sentence.start <= reason.start < sentence.end
        for reason in claim.reasons
    )
    return not named or claim.place == other.place


def _with_parts(claim: Claim, other: Claim) -> Claim:
    parts = {name: value for name in _PARTS if (value := getattr(other, name)) is not None}
    kept = tuple(reason for reason in claim.reasons if reason.slot not in parts)
    taken = tuple(
        replace(reason, rule=f"{reason.rule}, of the amount beside") for reason in other.reasons if reason.slot in parts
    )
    return identify(replace(claim, **parts, reasons=(*kept, *taken)))

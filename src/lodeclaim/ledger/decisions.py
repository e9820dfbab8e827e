"""Decide on claims, slots and names, and undo it: signed rows that are never removed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, get_args

from lodeclaim.claims.model import LINKED, Claim, Modality
from lodeclaim.core.errors import ConflictingDecision, LedgerError
from lodeclaim.core.period import Period
from lodeclaim.core.quantity import COMPARATORS
from lodeclaim.ledger.database import utc_now
from lodeclaim.ledger.effects import effective, effects_of, topics
from lodeclaim.ledger.model import KINDS, Decision, Kind, is_automatic

if TYPE_CHECKING:
    from sqlalchemy import Connection

__all__ = ["CORRECTABLE", "append", "append_all", "draft", "held_decisions", "lift"]

#: Slots that a decision may correct: all that a claim says, not where it stands or who read it.
CORRECTABLE: tuple[str, ...] = (
    *("predicate", "material", "form", "stage", "place", "site", "actor", "counterparty", "kind"),
    *("value", "value_max", "unit", "comparator", "basis", "period", "modality", "instrument", "attributed_to"),
    "flags",
)
_ON_CLAIMS = ("accept", "reject", "prefer", "retract", "correct", "merge", "split")


def held_decisions(
    connection: Connection,
    *,
    after: int = 0,
    until: str | None = None,
    claim: str | None = None,
    claims: Sequence[str] = (),
) -> tuple[Decision, ...]:
    """Return the decisions by number: those ``after`` a number, ``until`` a time, on one claim or about several.

    ``claim`` also finds those that name it as ``other``; ``claims`` those about these alone.
    """
    from sqlalchemy import or_, select

    from lodeclaim.ledger.tables import decisions as table

    query = select(table).order_by(table.c.number)
    if after:
        query = query.where(table.c.number > after)
    if until is not None:
        query = query.where(table.c.decided_at <= until)
    if claim is not None:
        query = query.where(or_(table.c.claim == claim, table.c.other == claim))
    if claims:
        query = query.where(table.c.claim.in_(claims))
    return tuple(_decision(row) for row in connection.execute(query).mappings())


def draft(
    kind: Kind,
    *,
    claim: Claim | None,
    slot: str | None,
    value: str | None,
    other: str | None,
    reason: str,
    by: str,
) -> Decision:
    """Return the decision without its number, checked for what it must and must not say. Raises LedgerError."""
    _signed(reason, by)
    if kind not in KINDS or kind == "undo":
        known = ", ".join(one for one in KINDS if one != "undo")
        raise LedgerError(f"no decision is called {kind!r}", remedy=f"Use one of {known}, or undo a number")
    if kind in _ON_CLAIMS and claim is None:
        raise LedgerError(f"{kind} needs the claim it is about", remedy="Give the id of a claim")
    if kind == "correct":
        value = _checked_value(slot, value)
    elif kind in ("same-as", "not-same"):
        value, other = _checked_names(claim, slot, value, other)
    elif slot is not None or value is not None:
        raise LedgerError(f"{kind} takes no slot and no value", remedy="Leave them out, or decide `correct`")
    if kind == "merge" and other is None:
        raise LedgerError("merge needs the claim to merge into", remedy="Give it as `other`")
    if kind in ("merge", "split") and claim is not None and other == claim.id:
        raise LedgerError(f"{claim.id} is one claim already", remedy="Give two different claims")
    if other is not None and kind not in ("merge", "split", "same-as", "not-same"):
        raise LedgerError(f"{kind} is about one claim", remedy="Leave `other` out")
    return Decision(
        number=0,
        kind=kind,
        claim=None if claim is None else claim.id,
        slot=slot,
        value=value,
        other=other,
        reason=reason.strip(),
        by=by.strip(),
        at="",
        undoes=None,
    )


def append(connection: Connection, one: Decision, expects: int | None) -> Decision:
    """Write a decision and return it with its number; the connection holds the turn of decisions.

    Raises ConflictingDecision where one newer than ``expects`` and not undone speaks of the same, and
    LedgerError for a merge that would run in a circle.
    """
    related = _related(connection, one)
    if expects is not None:
        _refuse_conflict(one, related, expects)
    if one.claim is not None and one.kind in ("merge", "prefer", "accept"):
        merged = effects_of(held_decisions(connection)).merged if one.kind == "merge" else effects_of(related).merged
        _refuse_merged(one, merged)
    return _write(connection, one)


def append_all(connection: Connection, several: Sequence[Decision]) -> None:
    """Write decisions of a program in their order, without looking for others on the same."""
    for one in several:
        _write(connection, one)


def lift(connection: Connection, number: int, *, by: str, reason: str, expects: int | None = None) -> Decision:
    """Undo a decision by a new row and return that. Raises LedgerError, ConflictingDecision if it is undone."""
    from sqlalchemy import select

    from lodeclaim.ledger.tables import decisions as table

    _signed(reason, by)
    row = connection.execute(select(table).where(table.c.number == number)).mappings().first()
    if row is None:
        raise LedgerError(f"there is no decision {number}", remedy="List them with decisions()")
    target = _decision(row)
    related = _related(connection, target)
    valid = {one.number for one in effective(related)}
    if number not in valid:
        undoing = next(one for one in reversed(related) if one.undoes == number and one.number in valid)
        raise _conflict(undoing, f"decision {number} is undone already")
    one = Decision(
        number=0,
        kind="undo",
        claim=target.claim,
        slot=target.slot,
        value=target.value,
        other=target.other,
        reason=reason.strip(),
        by=by.strip(),
        at="",
        undoes=number,
    )
    if expects is not None:
        _refuse_conflict(one, related, expects)
    return _write(connection, one)


def _write(connection: Connection, one: Decision) -> Decision:
    from sqlalchemy import func, select

    from lodeclaim.ledger.tables import decisions as table

    last = connection.execute(select(func.max(table.c.number))).scalar() or 0
    row: dict[str, Any] = {
        "number": last + 1,
        "kind": one.kind,
        "claim": one.claim,
        "slot": one.slot,
        "value": one.value,
        "other": one.other,
        "reason": one.reason,
        "decided_by": one.by,
        "decided_at": utc_now(),
        "undoes": one.undoes,
    }
    connection.execute(table.insert(), row)
    return _decision(row)


def _decision(row: Any) -> Decision:
    known = {key: value for key, value in row.items() if not key.startswith("decided_")}
    return Decision(by=row["decided_by"], at=row["decided_at"], **known)


def _related(connection: Connection, one: Decision) -> tuple[Decision, ...]:
    """Every decision that may speak of the same, undone ones included; an undo repeats what it undid."""
    from sqlalchemy import and_, or_, select

    from lodeclaim.ledger.tables import decisions as table

    if one.claim is None:
        pairs = [(one.value, one.other), (one.other, one.value)]
        fits = [and_(table.c.claim.is_(None), table.c.value == a, table.c.other == b) for a, b in pairs]
    else:
        about = [one.claim, one.other] if one.slot is None and one.other is not None else [one.claim]
        fits = [table.c.claim.in_(about), table.c.other.in_(about)]
    query = select(table).where(or_(*fits)).order_by(table.c.number)
    return tuple(_decision(row) for row in connection.execute(query).mappings())


def _refuse_conflict(one: Decision, related: Sequence[Decision], expects: int) -> None:
    mine = topics(one)
    for newer in reversed(effective(related)):
        if newer.number <= expects:
            return
        if mine & topics(newer) or _of_one_claim(one, newer):
            raise _conflict(newer, "somebody decided on this in between")


def _of_one_claim(one: Decision, newer: Decision) -> bool:
    """A decision on a whole claim and one on a slot of it concern each other; two slots do not."""
    if one.claim is None or newer.claim is None or (one.slot is not None and newer.slot is not None):
        return False
    return bool({one.claim, one.other} & {newer.claim} or one.claim in (newer.claim, newer.other))


def _conflict(newer: Decision, what: str) -> ConflictingDecision:
    about = " ".join(part for part in (newer.claim, newer.slot, newer.value, newer.other) if part)
    error = ConflictingDecision(
        f"{what}: {newer.by} decided {newer.kind} ({newer.reason}) at {newer.at}",
        where=f"decision {newer.number} on {about}",
        remedy="Nothing was written; look at it, and decide again if you still want to",
    )
    error.number = newer.number
    return error


def _refuse_merged(one: Decision, merged: Any) -> None:
    if one.kind == "merge":
        end = one.other or ""
        if merged.get(end, end) == one.claim:
            raise LedgerError(
                f"{one.other} is merged into {one.claim} already",
                remedy="Merge the other way round, or split the two first",
            )
    elif one.claim in merged and not is_automatic(one.by):
        raise LedgerError(
            f"{one.claim} is merged into {merged[one.claim]}",
            remedy=f"Decide on {merged[one.claim]}, or split the two first",
        )


def _signed(reason: str, by: str) -> None:
    if not by.strip():
        raise LedgerError("a decision needs a name under it", remedy="Say who decides")
    if not reason.strip():
        raise LedgerError("a decision needs a reason", remedy="Say in a few words why")


def _checked_value(slot: str | None, value: str | None) -> str | None:
    """Return the corrected value in its plain form; raises LedgerError for what the slot cannot hold."""
    if slot not in CORRECTABLE:
        raise LedgerError(f"the slot {slot!r} is not corrected", remedy=f"Use one of {', '.join(CORRECTABLE)}")
    allowed: tuple[str, ...] | None = {"comparator": COMPARATORS, "modality": get_args(Modality)}.get(slot)
    if value is None or not value.strip():
        if slot in ("predicate", "modality"):
            raise LedgerError(f"the slot {slot} cannot be empty", remedy="Give a value")
        return None
    plain = value.strip()
    if allowed is not None and plain not in allowed:
        raise LedgerError(f"{plain!r} is no {slot}", remedy=f"Use one of {', '.join(allowed)}")
    try:
        if slot in ("value", "value_max"):
            return _number(plain)
        if slot == "period":
            Period.parse(plain)
    except ValueError as error:
        raise LedgerError(f"{plain!r} cannot stand in {slot} ({error})", remedy="Give it as claims show it") from error
    return plain


def _number(text: str) -> str:
    number = float(text)
    if number - number != 0:
        raise ValueError("not a finite number")
    return repr(number)


def _checked_names(
    claim: Claim | None, slot: str | None, value: str | None, other: str | None
) -> tuple[str | None, str | None]:
    """Return (words or name, entity) of a same-as or not-same."""
    if not other:
        raise LedgerError("two names are needed", remedy="Give the entity as `other`")
    if claim is None:
        if not value or slot is not None:
            raise LedgerError("two names are needed", remedy="Give `value` and `other`, or a claim and its slot")
        if value == other:
            raise LedgerError(f"{value} is one name already", remedy="Give two different names")
        return value, other
    if slot not in LINKED:
        raise LedgerError(f"no entity stands in the slot {slot!r}", remedy=f"Use one of {', '.join(LINKED)}")
    words = next((reason.words for reason in claim.reasons if reason.slot == slot and reason.words), None)
    return value or words or getattr(claim, slot) or "", other

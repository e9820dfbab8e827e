"""Judgements on the names of claims: written once, read oldest first."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from lodeclaim.claims.model import LINKED, Claim
from lodeclaim.core.errors import LedgerError
from lodeclaim.ledger.database import Database, utc_now
from lodeclaim.ledger.model import Judgement, Verdict, is_automatic

if TYPE_CHECKING:
    from sqlalchemy import Connection

__all__ = ["held_judgements", "record"]


def record(
    database: Database,
    claim: Claim,
    slot: str,
    entity: str,
    status: Verdict,
    by: str,
    rule: str,
    score: float | None,
    reason: str,
) -> Judgement:
    """Write that the words in a slot mean an entity, or do not; see ``Ledger.judge``."""
    from sqlalchemy import select

    from lodeclaim.ledger import tables

    if slot not in LINKED:
        raise LedgerError(f"no entity stands in the slot {slot!r}", remedy=f"Use one of {', '.join(LINKED)}")
    found = getattr(claim, slot)
    words = next((reason.words for reason in claim.reasons if reason.slot == slot and reason.words), found or "")
    one = Judgement(
        claim=claim.id,
        slot=slot,
        words=words,
        entity=entity,
        status=status,
        rule=rule,
        judged_by=by,
        judged_at=utc_now(),
        score=score,
        reason=reason,
    )
    row = {field.name: getattr(one, field.name) for field in fields(one)}
    with database.writing() as connection:
        held = connection.execute(select(tables.claims.c.id).where(tables.claims.c.id == claim.id)).scalar()
        if held is None:
            raise LedgerError(
                f"{claim.id} is a row of the official statistics, which are not judged",
                remedy="Judge claims of documents only",
            )
        connection.execute(tables.identities.insert(), row | {"author": "machine" if is_automatic(by) else "person"})
    return one


def held_judgements(connection: Connection, claim_id: str) -> tuple[Judgement, ...]:
    """Return every judgement on the names of a claim, oldest first."""
    from sqlalchemy import select

    from lodeclaim.ledger.tables import identities

    names = [field.name for field in fields(Judgement)]
    query = select(*(identities.c[name] for name in names)).where(identities.c.claim == claim_id)
    return tuple(Judgement(**row._mapping) for row in connection.execute(query.order_by(identities.c.number)))

"""What a later reading of a document no longer finds stands aside, by a decision that can be undone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from importlib.metadata import version
from typing import TYPE_CHECKING

from lodeclaim.claims.model import Claim
from lodeclaim.ledger.decisions import append_all, held_decisions
from lodeclaim.ledger.effects import effective
from lodeclaim.ledger.model import Decision, is_automatic

if TYPE_CHECKING:
    from sqlalchemy import Connection

__all__ = ["reader_version", "supersede"]


@lru_cache(maxsize=1)
def reader_version() -> str:
    """Return the version of the program that reads now."""
    return version("lodeclaim")


def supersede(
    connection: Connection, document: str, held: Mapping[str, str], found: Sequence[Claim], reading: str
) -> tuple[Decision, ...]:
    """Retract the claims that the readers now at work found before and do not find any more; return the decisions.

    ``held`` is claim → reader of the claims that were there, ``reading`` the version at work. Claims of other readers
    stay, as do those whose retraction a person has lifted; a version older than the last that read the document
    retracts nothing. A claim found again is no longer retracted. A reading without a claim retracts none.
    """
    readers = {name for claim in found for name in claim.reader.split("+")}
    ids = {claim.id for claim in found}
    retracted, kept = _retracted(connection, held)
    made = [
        _decision("undo", claim, held[claim], "found again", undoes=number)
        for claim, number in retracted.items()
        if claim in ids
    ]
    settled = ids | kept | set(retracted)
    if not _is_older(connection, document, reading):
        made += [
            _decision("retract", claim, reader, f"no longer found by the reader of version {reading}")
            for claim, reader in sorted(held.items())
            if claim not in settled and readers.issuperset(reader.split("+"))
        ]
    append_all(connection, made)
    return tuple(made)


def _retracted(connection: Connection, held: Iterable[str]) -> tuple[dict[str, int], set[str]]:
    """Claim → the reader's own retraction that stands, and the claims whose retraction a person has lifted."""
    decided = held_decisions(connection, claims=tuple(held))
    own = {
        one.number: one.claim
        for one in decided
        if one.kind == "retract" and one.claim is not None and is_automatic(one.by)
    }
    valid = effective(decided)
    standing = {own[one.number]: one.number for one in valid if one.number in own}
    kept = {own[one.undoes] for one in valid if one.undoes in own and not is_automatic(one.by)}
    return standing, kept


def _is_older(connection: Connection, document: str, reading: str) -> bool:
    from sqlalchemy import select

    from lodeclaim.ledger.tables import readings

    query = select(readings.c.version).where(readings.c.document == document)
    return any(_order(reading) < _order(other) for other in connection.execute(query).scalars())


def _order(reading: str) -> tuple[int, ...]:
    """The numbers of a version, so that 0.10 comes after 0.9."""
    return tuple(int(part) for part in re.findall(r"\d+", reading))


def _decision(kind: str, claim: str, reader: str, reason: str, *, undoes: int | None = None) -> Decision:
    return Decision(
        number=0,
        kind=kind,  # type: ignore[arg-type]
        claim=claim,
        slot=None,
        value=None,
        other=None,
        reason=reason,
        by=f"reader:{reader}",
        at="",
        undoes=undoes,
    )

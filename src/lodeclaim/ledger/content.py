"""The content of a ledger as one hash: what is the same has the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING

from lodeclaim.claims.table import COLUMNS
from lodeclaim.ledger.decisions import held_decisions
from lodeclaim.ledger.model import Decision, is_automatic

if TYPE_CHECKING:
    from sqlalchemy import Connection

__all__ = ["content_of"]


def content_of(connection: Connection) -> str:
    """Return the hash over sources, documents, claims, judgements and decisions, in an order of their content.

    Times of adding and judging are left out, so that the same documents read in another order give the same
    hash. Decisions of people count with their order and time; those of programs only with what they say.
    """
    from sqlalchemy import select

    from lodeclaim.ledger import tables

    kept = {
        "sources": list(tables.sources.c),
        "documents": [column for column in tables.documents.c if column.name != "added"],
        "claims": [tables.claims.c[name] for name in COLUMNS],
        "identities": [c for c in tables.identities.c if c.name not in ("number", "judged_at")],
    }
    whole = hashlib.sha256()
    for name, columns in kept.items():
        rows = connection.execution_options(yield_per=5_000).execute(select(*columns))
        whole.update(f"{name}\n".encode())
        for digest in sorted(_digest(repr(tuple(row))) for row in rows):
            whole.update(digest)
    for digest in _digests(held_decisions(connection)):
        whole.update(digest)
    return whole.hexdigest()


def _digests(decisions: Iterable[Decision]) -> list[bytes]:
    """One digest a decision; what it undoes is told by content, since programs' rows shift the numbers."""
    digests: dict[int, bytes] = {}
    automatic: list[bytes] = []
    signed: list[bytes] = []
    for one in decisions:
        said = [one.kind, one.claim, one.slot, one.value, one.other, one.reason, one.by]
        when = None if is_automatic(one.by) else one.at
        undone = None if one.undoes is None else digests[one.undoes].hex()
        digests[one.number] = _digest(repr((*said, when, undone)))
        (automatic if is_automatic(one.by) else signed).append(digests[one.number])
    return [*sorted(automatic), b"people", *signed]


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()

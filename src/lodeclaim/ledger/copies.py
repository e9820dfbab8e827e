"""Keep which documents copy one another, found once when a document is added."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from lodeclaim.ledger.voices import SIEVE, alike

if TYPE_CHECKING:
    from sqlalchemy import Connection

__all__ = ["keep_copies", "voices_of"]


def keep_copies(connection: Connection, document: str, sketch: str, now: str) -> None:
    """Find the held documents that share their text with a new one, and keep both pairs and hashes."""
    from sqlalchemy import select

    from lodeclaim.ledger import tables

    hashes = sketch.split()[:SIEVE]
    query = (
        select(tables.documents.c.id, tables.documents.c.voice)
        .join(tables.shingles, tables.shingles.c.document == tables.documents.c.id)
        .where(tables.shingles.c.hash.in_(hashes))
        .distinct()
    )
    mine = sketch.split()
    pairs: list[dict[str, Any]] = [
        {"document": document, "other": row.id, "found": now}
        for row in connection.execute(query)
        if row.id != document and alike(mine, row.voice.split())
    ]
    if pairs:
        connection.execute(tables.copies.insert(), pairs)
    connection.execute(tables.shingles.insert(), [{"hash": one, "document": document} for one in hashes])


def voices_of(connection: Connection, *, until: str | None = None) -> dict[str, str]:
    """Return document → its voice, the first by id of the documents it shares its text with; others are their own."""
    from sqlalchemy import select

    from lodeclaim.ledger.tables import copies

    query = select(copies.c.document, copies.c.other)
    if until is not None:
        query = query.where(copies.c.found <= until)
    return _grouped((row.document, row.other) for row in connection.execute(query))


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    parent: dict[str, str] = {}

    def root(document: str) -> str:
        while parent.setdefault(document, document) != document:
            parent[document] = parent[parent[document]]
            document = parent[document]
        return document

    for one, other in pairs:
        first, second = sorted((root(one), root(other)))
        parent[second] = first
    return {document: root(document) for document in parent}

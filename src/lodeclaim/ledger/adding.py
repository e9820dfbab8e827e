"""Add a document with its claims: all or nothing, and what a new reading no longer finds stands aside."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from lodeclaim.claims.identity import identify
from lodeclaim.claims.model import Claim
from lodeclaim.claims.table import as_row
from lodeclaim.core.errors import LedgerError
from lodeclaim.core.ids import content_hash
from lodeclaim.documents.model import Document
from lodeclaim.ledger.copies import keep_copies
from lodeclaim.ledger.database import ADDING, DECIDING, Database, utc_now
from lodeclaim.ledger.model import Added
from lodeclaim.ledger.superseding import supersede

if TYPE_CHECKING:
    from sqlalchemy import Connection

__all__ = ["add_document", "document_row", "links_of", "source_row"]


def add_document(database: Database, document: Document, claims: Sequence[Claim], *, version: str) -> Added:
    """Keep the document and its claims in one transaction; see ``Ledger.add``."""
    from sqlalchemy.exc import IntegrityError

    rows = {claim.id: claim for claim in (_checked(document, claim) for claim in claims)}
    _refuse_unkeepable(document)
    for attempt in (1, 2):
        try:
            with database.writing(ADDING, DECIDING) as connection:
                return _added(connection, document, rows, version)
        except IntegrityError as error:
            # Another process added the same document in between: the second look finds it known.
            if attempt == 2:
                raise LedgerError(
                    "the document could not be kept", where=database.where, remedy="Nothing was written; try again"
                ) from error
    raise AssertionError  # both attempts return or raise


def _added(connection: Connection, document: Document, rows: dict[str, Claim], version: str) -> Added:
    from sqlalchemy import func, select

    from lodeclaim.ledger import tables

    known_sha = connection.execute(select(tables.sources.c.sha256).where(tables.sources.c.id == document.id)).scalar()
    if known_sha is not None and known_sha != document.sha256:
        raise LedgerError(
            f"another document has the id {document.id}",
            where=document.address,
            remedy="Its content differs; keep the two in separate ledgers",
        )
    now = utc_now()
    if known_sha is None:
        connection.execute(tables.sources.insert(), source_row(document))
        row = document_row(document, now)
        connection.execute(tables.documents.insert(), row)
        keep_copies(connection, document.id, row["voice"], now)
    held: dict[str, str] = {
        row.id: row.reader
        for row in connection.execute(
            select(tables.claims.c.id, tables.claims.c.reader).where(tables.claims.c.source == document.id)
        )
    }
    fresh = [claim for key, claim in rows.items() if key not in held]
    if fresh:
        last = connection.execute(select(func.max(tables.claims.c.batch))).scalar() or 0
        stamp = {"batch": last + 1, "first_seen": now}
        connection.execute(tables.claims.insert(), [as_row(claim) | stamp for claim in fresh])
        if links := [link for claim in fresh for link in links_of(claim, now)]:
            connection.execute(tables.identities.insert(), links)
    changed = supersede(connection, document.id, held, list(rows.values()), version) if held else ()
    if known_sha is None or fresh or changed:
        readers = sorted({name for claim in rows.values() for name in claim.reader.split("+")})
        row = {"document": document.id, "readers": "+".join(readers), "version": version, "read_at": now}
        connection.execute(tables.readings.insert(), row)
    return Added(
        document_id=document.id,
        new_document=known_sha is None,
        new_claims=len(fresh),
        known_claims=len(rows) - len(fresh),
        superseded_claims=sum(one.kind == "retract" for one in changed),
    )


def source_row(document: Document) -> dict[str, Any]:
    """Return the row of a document in the table of sources."""
    return {
        "id": document.id,
        "kind": "document",
        "title": document.title,
        "publisher": document.publisher,
        "language": document.language,
        "published": document.published,
        "published_basis": document.published_basis,
        "address": document.address,
        "sha256": document.sha256,
    }


def document_row(document: Document, added: str) -> dict[str, Any]:
    """Return the row of a document with its text."""
    from lodeclaim.ledger.voices import sketch

    return {
        "id": document.id,
        "text": document.text,
        "media_type": document.media_type,
        "encoding": document.encoding,
        "notes": json.dumps(document.notes, ensure_ascii=False),
        "voice": sketch(document.text),
        "added": added,
        "text_sha256": content_hash(document.text.encode()),
    }


def _checked(document: Document, claim: Claim) -> Claim:
    span = claim.span
    remedy = "Read the document again; nothing was kept of it"
    if claim.source != document.id or span is None:
        raise LedgerError(
            f"the claim {claim.predicate} at {claim.locator} belongs to the source {claim.source}",
            where=document.address,
            remedy=remedy,
        )
    if document.text[span[0] : span[1]] != claim.quote:
        raise LedgerError(
            f"the quote {claim.quote[:60]!r} does not stand at {claim.locator}",
            where=document.address,
            remedy=remedy,
        )
    return claim if claim.id else identify(claim)


def _refuse_unkeepable(document: Document) -> None:
    """Neither database keeps half a surrogate pair, and PostgreSQL no NUL: say so before anything is written."""
    for name, words in (("text", document.text), ("title", document.title), ("publisher", document.publisher)):
        if words is None:
            continue
        at = words.find("\x00")
        if at < 0:
            try:
                words.encode()
                continue
            except UnicodeEncodeError as error:
                at = error.start
        raise LedgerError(
            f"the {name} holds the character {ord(words[at]):#06x} at {at}, which no database keeps",
            where=document.address,
            remedy="Save the document in UTF-8 without it; nothing was kept of it",
        )


def links_of(claim: Claim, now: str) -> Iterator[dict[str, Any]]:
    """Yield the reader's own judgements as rows: one per slot that it linked."""
    for reason in claim.reasons:
        if reason.status is not None and (entity := getattr(claim, reason.slot, None)) is not None:
            yield {
                "claim": claim.id,
                "slot": reason.slot,
                "words": reason.words,
                "entity": entity,
                "status": reason.status,
                "rule": reason.rule,
                "judged_by": claim.reader,
                "judged_at": now,
                "author": "reader",
            }

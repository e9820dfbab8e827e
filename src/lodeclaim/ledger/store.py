"""The ledger: add documents with their claims, and get them back together with the official statistics."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from lodeclaim.claims.identity import identify
from lodeclaim.claims.model import LINKED, Claim, Source
from lodeclaim.claims.table import COLUMNS, as_row, from_row
from lodeclaim.core.errors import ClaimNotFound, LedgerError
from lodeclaim.core.ids import content_hash
from lodeclaim.documents.model import Document
from lodeclaim.ledger.model import Added, Judgement, Verdict

if TYPE_CHECKING:
    import polars as pl
    from sqlalchemy import Connection, Engine

__all__ = ["Filter", "Ledger"]

#: A slot filter: one id or several.
Filter = str | Iterable[str] | None


class Ledger:
    """Documents, their claims and the judgements on names in one database, append-only.

    Adding a document that is already there changes nothing. ``claims`` returns what documents and official
    statistics say as one table. Use it as a context manager, or call ``close``.
    """

    def __init__(self, engine: Engine, where: str, *, read_only: bool = False) -> None:
        self._engine = engine
        self._read_only = read_only
        self.where = where

    @classmethod
    def open(cls, path_or_url: str | Path, *, create: bool = True, timeout: float = 5.0) -> Ledger:
        """Return the ledger in a SQLite file or at a database URL (``postgresql+psycopg://…``).

        With ``create`` a missing file is made. ``timeout``: seconds to wait for another writer. Raises
        LedgerError where there is no such folder, no permission, another kind of file or a newer version.
        """
        from lodeclaim.ledger.opening import open_engine

        engine, where, read_only = open_engine(path_or_url, create=create, timeout=timeout)
        return cls(engine, where, read_only=read_only)

    @classmethod
    def memory(cls) -> Ledger:
        """Return an empty ledger that is kept in memory only."""
        from lodeclaim.ledger.opening import memory_engine

        return cls(memory_engine(), "memory")

    def close(self) -> None:
        """Close the database."""
        self._engine.dispose()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def add(self, document: Document, claims: Sequence[Claim]) -> Added:
        """Keep the document and its claims, all or nothing; what is known already is left as it is.

        Every claim must name the document as its source and have its quote at its place in the text; an empty
        id is filled in. Raises LedgerError otherwise, and where the ledger cannot be written.
        """
        from sqlalchemy import func, select
        from sqlalchemy.exc import IntegrityError

        from lodeclaim.ledger import tables
        from lodeclaim.ledger.voices import sketch

        rows = {claim.id: claim for claim in (self._checked(document, claim) for claim in claims)}
        for attempt in (1, 2):
            try:
                with self._writing() as connection:
                    known_sha = connection.execute(
                        select(tables.sources.c.sha256).where(tables.sources.c.id == document.id)
                    ).scalar()
                    if known_sha is not None and known_sha != document.sha256:
                        raise LedgerError(
                            f"another document has the id {document.id}",
                            where=document.address,
                            remedy="Its content differs; keep the two in separate ledgers",
                        )
                    now = datetime.now(UTC).isoformat(timespec="seconds")
                    if known_sha is None:
                        connection.execute(tables.sources.insert(), _source_row(document))
                        connection.execute(
                            tables.documents.insert(),
                            {
                                "id": document.id,
                                "text": document.text,
                                "media_type": document.media_type,
                                "encoding": document.encoding,
                                "notes": json.dumps(document.notes, ensure_ascii=False),
                                "voice": sketch(document.text),
                                "added": now,
                            },
                        )
                    held = set(
                        connection.execute(
                            select(tables.claims.c.id).where(tables.claims.c.source == document.id)
                        ).scalars()
                    )
                    fresh = [claim for key, claim in rows.items() if key not in held]
                    if fresh:
                        last = connection.execute(select(func.max(tables.claims.c.batch))).scalar() or 0
                        stamp = {"batch": last + 1, "first_seen": now}
                        connection.execute(tables.claims.insert(), [as_row(claim) | stamp for claim in fresh])
                        if links := [link for claim in fresh for link in _links(claim, now)]:
                            connection.execute(tables.identities.insert(), links)
            except IntegrityError as error:
                # Another process added the same document in between: the second look finds it known.
                if attempt == 2:
                    raise LedgerError(
                        "the document could not be kept", where=self.where, remedy="Nothing was written; try again"
                    ) from error
                continue
            break
        return Added(
            document_id=document.id,
            new_document=known_sha is None,
            new_claims=len(fresh),
            known_claims=len(rows) - len(fresh),
        )

    def judge(
        self, claim_id: str, slot: str, entity: str, status: Verdict, *, by: str, rule: str = "review"
    ) -> Judgement:
        """Record that the words in ``slot`` of a claim mean ``entity`` (or, with ``rejected``, do not).

        ``claims`` and ``claim`` then show the claim with that entity, or with its bare words. The claim as it
        was read stays; a later judgement goes before an earlier one.
        """
        from sqlalchemy import select

        from lodeclaim.ledger import tables

        if slot not in LINKED:
            raise LedgerError(f"no entity stands in the slot {slot!r}", remedy=f"Use one of {', '.join(LINKED)}")
        claim = self.claim(claim_id)
        found = getattr(claim, slot)
        words = next((reason.words for reason in claim.reasons if reason.slot == slot and reason.words), found or "")
        row = {
            "claim": claim.id,
            "slot": slot,
            "words": words,
            "entity": entity,
            "status": status,
            "rule": rule,
            "judged_by": by,
            "judged_at": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        with self._writing() as connection:
            held = connection.execute(select(tables.claims.c.id).where(tables.claims.c.id == claim.id)).scalar()
            if held is None:
                raise LedgerError(
                    f"{claim.id} is a row of the official statistics, which are not judged",
                    remedy="Judge claims of documents only",
                )
            connection.execute(tables.identities.insert(), row)
        return Judgement(**row)  # type: ignore[arg-type]

    def judgements(self, claim_id: str) -> tuple[Judgement, ...]:
        """Return every judgement on the names of a claim, oldest first."""
        from sqlalchemy import select

        from lodeclaim.ledger import tables

        table = tables.identities
        names = [field.name for field in fields(Judgement)]
        query = select(*(table.c[name] for name in names)).where(table.c.claim == claim_id).order_by(table.c.number)
        with self._reading() as connection:
            return tuple(Judgement(**row._mapping) for row in connection.execute(query))

    def sources(self) -> tuple[Source, ...]:
        """Return every source: the documents by id, then the vintages of official statistics."""
        from sqlalchemy import select

        from lodeclaim.ledger import tables
        from lodeclaim.statistics.bundled import vintages

        with self._reading() as connection:
            rows = connection.execute(select(tables.sources).order_by(tables.sources.c.id)).all()
        held = tuple(Source(**row._mapping, licence=None, citation=None) for row in rows)
        return held + vintages()

    def source(self, source_id: str) -> Source:
        """Return one source; raises LedgerError where it is neither a document nor a vintage."""
        for source in self.sources():
            if source.id == source_id:
                return source
        raise LedgerError(f"no source has the id {source_id}", where=self.where, remedy="List them with sources()")

    def document(self, document_id: str) -> Document:
        """Return a document with its untouched text; raises LedgerError where the ledger has no such document."""
        from sqlalchemy import select

        from lodeclaim.ledger import tables

        source = tables.sources
        wanted = [tables.documents.c[name] for name in ("id", "text", "media_type", "encoding", "notes")]
        wanted += [source.c[name] for name in ("address", "sha256", "language", "title", "publisher")]
        wanted += [source.c.published, source.c.published_basis]
        query = select(*wanted).join_from(tables.documents, source).where(tables.documents.c.id == document_id)
        with self._reading() as connection:
            row = connection.execute(query).mappings().first()
        if row is None:
            raise LedgerError(
                f"no document has the id {document_id}", where=self.where, remedy="List them with sources()"
            )
        return Document(**{**row, "notes": tuple(json.loads(row["notes"]))})

    def claim(self, claim_id: str) -> Claim:
        """Return one claim by its id or an unambiguous beginning of it, documents first, then statistics.

        Raises ClaimNotFound.
        """
        import polars as pl

        from lodeclaim.ledger.query import document_claims, statistics_frame

        wanted = claim_id.strip()
        remedy = "Copy the id from `lodeclaim claims`, or read the document into this ledger first"
        if len(wanted) < 3:
            raise ClaimNotFound(f"{claim_id!r} is too short for a claim id", where=self.where, remedy=remedy)
        with self._reading() as connection:
            found = document_claims(connection, {}, prefix=wanted)
        if found.filter(pl.col("id") == wanted).is_empty():
            official = statistics_frame({}, prefix=wanted)
            found = pl.concat([found.select(COLUMNS), official.select(COLUMNS)])
        exact = found.filter(pl.col("id") == wanted)
        found = exact if exact.height else found
        if found.is_empty():
            raise ClaimNotFound(f"no claim has the id {claim_id}", where=self.where, remedy=remedy)
        if found["id"].n_unique() > 1:
            some = ", ".join(found["id"].head(4).to_list())
            raise ClaimNotFound(
                f"{found.height} claims begin with {claim_id}: {some}", where=self.where, remedy="Give more digits"
            )
        return from_row(found.row(0, named=True))

    def claims(
        self,
        *,
        material: Filter = None,
        predicate: Filter = None,
        stage: Filter = None,
        place: Filter = None,
        site: Filter = None,
        actor: Filter = None,
        source: Filter = None,
        statistics: bool = True,
        with_members: bool = False,
    ) -> pl.DataFrame:
        """Return what documents and official statistics say, one row a claim.

        Columns: those of ``claims.table``, then ``origin`` (document or statistics), ``publisher``,
        ``published`` (EDTF) and ``voice`` (the source, or the first of the documents that copy one text).
        Filters take an id or several; ``actor`` also finds counterparties; ``with_members`` widens materials
        to the members of a group (rare earths: neodymium …). Without ``statistics``, documents only.
        """
        import polars as pl

        from lodeclaim.ledger.query import document_claims, slot_filters, statistics_frame

        wanted = slot_filters(
            {
                "material": material,
                "predicate": predicate,
                "stage": stage,
                "place": place,
                "site": site,
                "actor": actor,
                "source": source,
            },
            with_members=with_members,
        )
        with self._reading() as connection:
            own = document_claims(connection, wanted)
        return pl.concat([own, statistics_frame(wanted)]) if statistics else own

    def content_hash(self) -> str:
        """Return a hash over all documents, claims and judgements, whatever the order and time of adding."""
        from sqlalchemy import select

        from lodeclaim.ledger import tables

        kept = {
            "sources": list(tables.sources.c),
            "documents": [column for column in tables.documents.c if column.name != "added"],
            "claims": [tables.claims.c[name] for name in COLUMNS],
            "identities": [c for c in tables.identities.c if c.name not in ("number", "judged_at")],
        }
        parts: list[str] = []
        with self._reading() as connection:
            for name, columns in kept.items():
                rows = sorted(repr(tuple(row)) for row in connection.execute(select(*columns)))
                parts.append(f"{name}\n" + "\n".join(rows))
        return content_hash("\n".join(parts).encode("utf-8", "surrogatepass"))

    def _checked(self, document: Document, claim: Claim) -> Claim:
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

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        from sqlalchemy.exc import SQLAlchemyError

        from lodeclaim.ledger.opening import explain

        try:
            with self._engine.connect() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise explain(error, self.where) from error

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """One transaction that is written as a whole or not at all."""
        from sqlalchemy.exc import IntegrityError, SQLAlchemyError

        from lodeclaim.ledger.opening import explain

        if self._read_only:
            raise LedgerError(
                "the ledger is read-only", where=self.where, remedy="Change the permissions of the file, or copy it"
            )
        try:
            with (
                self._engine.connect().execution_options(lodeclaim_writes=True) as connection,
                connection.begin(),
            ):
                yield connection
        except IntegrityError:
            raise
        except SQLAlchemyError as error:
            raise explain(error, self.where) from error


def _source_row(document: Document) -> dict[str, Any]:
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


def _links(claim: Claim, now: str) -> Iterator[dict[str, Any]]:
    """The reader's own judgements: one per slot that it linked."""
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
            }

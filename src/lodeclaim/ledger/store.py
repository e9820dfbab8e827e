"""The ledger: add documents with their claims, and get them back together with the official statistics."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from lodeclaim.claims.model import Claim, Source
from lodeclaim.claims.table import COLUMNS, from_row
from lodeclaim.core.errors import ClaimNotFound, LedgerError
from lodeclaim.documents.model import Document
from lodeclaim.ledger.database import DECIDING, Database
from lodeclaim.ledger.effects import Effects, effects_of
from lodeclaim.ledger.effects import effective as _effective
from lodeclaim.ledger.model import Added, Decision, Judgement, Kind, Verdict
from lodeclaim.ledger.moment import until_of
from lodeclaim.ledger.overlay import Overlay

if TYPE_CHECKING:
    import polars as pl
    from sqlalchemy import Connection, Engine

__all__ = ["Filter", "Ledger"]

#: A slot filter: one id or several.
Filter = str | Iterable[str] | None


class Ledger:
    """Documents, their claims, the judgements on names and all decisions in one database, append-only.

    Adding a document that is already there changes nothing. ``claims`` returns what documents and official
    statistics say as one table, as decided. Use it as a context manager, or call ``close``.
    """

    def __init__(self, engine: Engine, where: str, *, read_only: bool = False) -> None:
        self.database = Database(engine, where, read_only=read_only)
        self.where = where
        self._decided: tuple[Decision, ...] = ()
        self._effects: Effects = effects_of(())

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
        self.database.close()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def add(self, document: Document, claims: Sequence[Claim]) -> Added:
        """Keep the document and its claims, all or nothing; what is known already is left as it is.

        Every claim must name the document as its source and have its quote at its place in the text; an empty
        id is filled in. ``claims`` is all that its readers find: what the same readers found before and do not
        any more is retracted by a decision of theirs, which can be undone. Raises LedgerError otherwise, and
        where the ledger cannot be written.
        """
        from lodeclaim.ledger.adding import add_document
        from lodeclaim.ledger.superseding import reader_version

        return add_document(self.database, document, claims, version=reader_version())

    def judge(
        self,
        claim_id: str,
        slot: str,
        entity: str,
        status: Verdict,
        *,
        by: str,
        rule: str = "review",
        score: float | None = None,
        reason: str = "",
    ) -> Judgement:
        """Record that the words in ``slot`` of a claim mean ``entity`` (or, with ``rejected``, do not).

        ``claims`` and ``claim`` then show the claim with that entity, or with its bare words. The claim as it
        was read stays; a later judgement goes before an earlier one, a person's before that of a program
        (``by`` begins with ``machine:``; ``score`` and ``reason`` say how sure it is and why), and a decision
        before all.
        """
        from lodeclaim.ledger.judging import record

        return record(self.database, self.claim(claim_id), slot, entity, status, by, rule, score, reason)

    def judgements(self, claim_id: str) -> tuple[Judgement, ...]:
        """Return every judgement on the names of a claim, oldest first."""
        from lodeclaim.ledger.judging import held_judgements

        with self.database.reading() as connection:
            return held_judgements(connection, claim_id)

    def decide(
        self,
        kind: Kind,
        *,
        claim: str | None = None,
        slot: str | None = None,
        value: str | None = None,
        other: str | None = None,
        reason: str,
        by: str,
        expects: int | None = None,
    ) -> Decision:
        """Record a decision and return it; ``Decision`` says which kinds there are and what each needs.

        ``claim`` (and ``other`` of a merge or split) may be the beginning of an id; rows of the official statistics
        are decided on like claims of documents. ``expects`` is the number of the last decision the caller saw
        on that claim, slot or pair of names (0: none): where somebody decided after it, nothing is written and
        ConflictingDecision says who, when and what. Raises LedgerError for a decision that makes no sense.
        """
        from lodeclaim.ledger.decisions import append, draft

        about = None if claim is None else self._as_read(claim)
        if other is not None and kind in ("merge", "split"):
            other = self._as_read(other).id
        one = draft(kind, claim=about, slot=slot, value=value, other=other, reason=reason, by=by)
        with self.database.writing(DECIDING) as connection:
            return append(connection, one, expects)

    def undo(self, number: int, *, by: str, reason: str, expects: int | None = None) -> Decision:
        """Lift a decision by a new one and return that; an undo can be undone, too.

        Raises ConflictingDecision where it is undone already, LedgerError where there is no such decision.
        """
        from lodeclaim.ledger.decisions import lift

        with self.database.writing(DECIDING) as connection:
            return lift(connection, number, by=by, reason=reason, expects=expects)

    def decisions(
        self, *, claim: str | None = None, as_of: str | None = None, effective: bool = False
    ) -> tuple[Decision, ...]:
        """Return the decisions by number: all, those that name a claim, those until a day or time.

        With ``effective`` without those that are undone.
        """
        from lodeclaim.ledger.decisions import held_decisions

        with self.database.reading() as connection:
            found = held_decisions(connection, claim=claim, until=until_of(as_of))
        return _effective(found) if effective else found

    def sources(self) -> tuple[Source, ...]:
        """Return every source: the documents by id, then the vintages of official statistics."""
        from sqlalchemy import select

        from lodeclaim.ledger import tables
        from lodeclaim.statistics.bundled import vintages

        with self.database.reading() as connection:
            rows = connection.execute(select(tables.sources).order_by(tables.sources.c.id)).all()
        held = tuple(Source(**row._mapping, licence=None, citation=None) for row in rows)
        return held + vintages(self._loaded())

    def source(self, source_id: str) -> Source:
        """Return one source; raises LedgerError where it is neither a document nor a vintage."""
        from sqlalchemy import select

        from lodeclaim.ledger import tables
        from lodeclaim.statistics.bundled import vintages

        with self.database.reading() as connection:
            row = connection.execute(select(tables.sources).where(tables.sources.c.id == source_id)).first()
        if row is not None:
            return Source(**row._mapping, licence=None, citation=None)
        for source in vintages(self._loaded()):
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
        with self.database.reading() as connection:
            row = connection.execute(query).mappings().first()
        if row is None:
            raise LedgerError(
                f"no document has the id {document_id}", where=self.where, remedy="List them with sources()"
            )
        return Document(**{**row, "notes": tuple(json.loads(row["notes"]))})

    def claim(self, claim_id: str, *, as_read: bool = False) -> Claim:
        """Return one claim by its id or an unambiguous beginning of it, documents first, then statistics.

        Judged names and corrected slots are applied; ``as_read`` gives it as it was read. Raises ClaimNotFound.
        """
        import polars as pl

        from lodeclaim.ledger.query import document_claims, statistics_frame

        wanted = claim_id.strip()
        remedy = "Copy the id from `lodeclaim claims`, or read the document into this ledger first"
        if len(wanted) < 3:
            raise ClaimNotFound(f"{claim_id!r} is too short for a claim id", where=self.where, remedy=remedy)
        with self.database.reading() as connection:
            overlay = Overlay({}, effects_of(())) if as_read else self._overlay(connection)
            found = document_claims(connection, {}, overlay, prefix=wanted)
        if found.filter(pl.col("id") == wanted).is_empty():
            official = statistics_frame({}, overlay, prefix=wanted, loaded=self._loaded())
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
        as_of: str | None = None,
    ) -> pl.DataFrame:
        """Return what documents and official statistics say, one row a claim.

        Columns: those of ``claims.table``, then ``origin`` (document or statistics), ``publisher``,
        ``published`` (EDTF), ``voice`` (the source, or the first of the documents that copy one text),
        ``standing`` (preferred, normal or deprecated), ``standing_reason`` and ``merged`` (the claim it was merged
        into, or null). Rejected, retracted and merged claims stay, deprecated. Filters take an id or several;
        ``actor`` also finds counterparties; ``with_members`` widens materials to the members of a group (rare
        earths: neodymium …). Without ``statistics``, documents only. ``as_of``, a day or a time in ISO 8601, gives
        what the ledger would have said at its end: claims, judgements, decisions and vintages known by then.
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
        until = until_of(as_of)
        with self.database.reading() as connection:
            overlay = self._overlay(connection, until)
            frame = document_claims(connection, wanted, overlay, until=until)
        if statistics:
            official = statistics_frame(wanted, overlay, until=until, loaded=self._loaded())
            frame = pl.concat([frame, official])
        return overlay.with_standing(frame)

    def content_hash(self) -> str:
        """Return a hash over all documents, claims, judgements and decisions.

        Order and time of adding do not matter to it; those of people's decisions do.
        """
        from lodeclaim.ledger.content import content_of

        with self.database.reading() as connection:
            return content_of(connection)

    def backup(self, path: str | Path) -> Path:
        """Copy the ledger as it is now into a new SQLite file, which opens as a ledger, and return its path.

        Others may go on writing. Raises LedgerError where there is a file already.
        """
        from lodeclaim.ledger.backup import copy_database

        return copy_database(self.database.engine, Path(path))

    def _as_read(self, claim_id: str) -> Claim:
        """One claim, found in the database alone where the id is whole: decisions come by the thousand."""
        from sqlalchemy import select

        from lodeclaim.ledger.tables import claims

        query = select(*(claims.c[name] for name in COLUMNS)).where(claims.c.id == claim_id.strip())
        with self.database.reading() as connection:
            row = connection.execute(query).mappings().first()
        return self.claim(claim_id, as_read=True) if row is None else from_row(dict(row))

    def _loaded(self) -> Path | None:
        """The folder of vintages that were loaded into this ledger, where it is a file and has one."""
        from lodeclaim.statistics.kept import folder_of

        if not self.database.is_sqlite or self.where == "memory":
            return None
        folder = folder_of(self.where)
        return folder if folder.is_dir() else None

    def _overlay(self, connection: Connection, until: str | None = None) -> Overlay:
        """What lies over the claims; decisions are kept from the last look, since they are only ever added to."""
        from lodeclaim.ledger.decisions import held_decisions
        from lodeclaim.ledger.overlay import judged_slots

        judged = judged_slots(connection, until=until)
        if until is not None:
            return Overlay(judged, effects_of(held_decisions(connection, until=until)))
        known = self._decided
        if fresh := held_decisions(connection, after=known[-1].number if known else 0):
            known = (*known, *fresh)
            self._decided, self._effects = known, effects_of(known)
        return Overlay(judged, self._effects)

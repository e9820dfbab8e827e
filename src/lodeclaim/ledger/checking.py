"""Look through a whole ledger for what should not be: it is trusted because this can be asked at any time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from lodeclaim.claims.identity import identify
from lodeclaim.claims.table import COLUMNS, from_row
from lodeclaim.core.errors import LodeclaimError
from lodeclaim.core.ids import content_hash

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from lodeclaim.ledger.store import Ledger

__all__ = ["check", "problems"]

_ROWS = 5_000


def check(ledger: Ledger) -> list[str]:
    """Return what is wrong in the ledger, one sentence each; an empty list is a sound ledger.

    Looked at are: the pages of a SQLite file; rows that point to nothing; documents without a reading; hashes of
    documents and texts; every quote at its span; every id against its content; the numbers of decisions, what
    they undo and the claims they speak of. Raises LedgerError where the ledger cannot be read.
    """
    with ledger.database.reading() as connection:
        return [*_pages(connection), *problems(connection)]


def problems(connection: Connection) -> Iterator[str]:
    """Yield what is wrong with the rows of a ledger, also before they are committed."""
    yield from _orphans(connection)
    yield from _documents(connection)
    yield from _claims(connection)
    yield from _decisions(connection)


def _pages(connection: Connection) -> Iterator[str]:
    if connection.dialect.name != "sqlite":
        return
    for (line,) in connection.exec_driver_sql("PRAGMA integrity_check(20)").all():
        if line != "ok":
            yield f"the file is damaged: {line}"
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check").all():
        yield f"a row of {row[0]} points to a row of {row[2]} that is not there"


def _orphans(connection: Connection) -> Iterator[str]:
    """Rows whose partner is missing, also where a database does not watch its keys."""
    from sqlalchemy import select

    from lodeclaim.ledger import tables as t

    expected = [
        ("document", t.documents.c.id, t.sources.c.id, "source"),
        ("claim", t.claims.c.source, t.documents.c.id, "document"),
        ("judgement on", t.identities.c.claim, t.claims.c.id, "claim"),
        ("source", t.sources.c.id, t.documents.c.id, "document"),
        ("half-read document", t.documents.c.id, t.readings.c.document, "reading"),
        ("document", t.documents.c.id, t.shingles.c.document, "hashes to find its copies by"),
    ]
    for what, held, wanted, missing in expected:
        query = select(held).where(held.not_in(select(wanted))).distinct().limit(20)
        for one in connection.execute(query).scalars():
            yield f"{what} {one}: its {missing} is not there"


def _documents(connection: Connection) -> Iterator[str]:
    from sqlalchemy import select

    from lodeclaim.ledger import tables as t
    from lodeclaim.ledger.voices import sketch

    query = select(t.documents, t.sources.c.sha256).join_from(t.documents, t.sources)
    for row in connection.execution_options(yield_per=200).execute(query):
        if len(row.sha256) != 64 or not row.id.endswith(row.sha256[:12]):
            yield f"document {row.id}: its id is not that of its content ({row.sha256[:12]}…)"
        if content_hash(row.text.encode()) != row.text_sha256 or sketch(row.text) != row.voice:
            yield f"document {row.id}: its text is not the one that was added"
        try:
            json.loads(row.notes)
        except ValueError:
            yield f"document {row.id}: its notes cannot be read"


def _claims(connection: Connection) -> Iterator[str]:
    """Each document's text once, with its claims."""
    from sqlalchemy import select

    from lodeclaim.ledger import tables as t

    query = select(*(t.claims.c[name] for name in COLUMNS)).order_by(t.claims.c.source, t.claims.c.id)
    here, text = "", ""
    ids = connection.execute(select(t.documents.c.id).order_by(t.documents.c.id)).scalars().all()
    for at in range(0, len(ids), 200):
        some = ids[at : at + 200]
        held = select(t.documents.c.id, t.documents.c.text).where(t.documents.c.id.in_(some))
        texts = {row.id: row.text for row in connection.execute(held)}
        for row in connection.execute(query.where(t.claims.c.source.in_(some))).mappings():
            if row["source"] != here:
                here, text = row["source"], texts.get(row["source"], "")
            yield from _claim(dict(row), text)


def _claim(row: dict[str, Any], text: str) -> Iterator[str]:
    try:
        claim = from_row(row)
        span = claim.span
    except (ValueError, TypeError, LodeclaimError) as error:
        yield f"claim {row['id']}: cannot be read ({error})"
        return
    if span is None or text[span[0] : span[1]] != claim.quote:
        yield f"claim {claim.id}: its quote does not stand at {claim.locator} of {claim.source}"
    if identify(claim).id != claim.id:
        yield f"claim {claim.id}: its id is not that of its content ({identify(claim).id})"


def _decisions(connection: Connection) -> Iterator[str]:
    from sqlalchemy import select

    from lodeclaim.ledger import tables as t
    from lodeclaim.ledger.decisions import held_decisions

    decisions = held_decisions(connection)
    for place, one in enumerate(decisions, start=1):
        if one.number != place:
            yield f"decision {one.number}: decision {place} is not there"
            break
    numbers = {one.number for one in decisions}
    for one in decisions:
        if (one.kind == "undo") != (one.undoes is not None):
            yield f"decision {one.number}: an undo and nothing else names the decision it lifts"
        elif one.undoes is not None and (one.undoes >= one.number or one.undoes not in numbers):
            yield f"decision {one.number}: it lifts decision {one.undoes}, which is not an earlier one"
        if not one.reason or not one.by:
            yield f"decision {one.number}: it has no reason or no name under it"
    about = {one.claim for one in decisions if one.claim is not None}
    about |= {one.other for one in decisions if one.kind in ("merge", "split") and one.other is not None}
    known: set[str] = set()
    wanted = sorted(about)
    for at in range(0, len(wanted), _ROWS):
        query = select(t.claims.c.id).where(t.claims.c.id.in_(wanted[at : at + _ROWS]))
        known.update(connection.execute(query).scalars())
    if missing := about - known:
        for claim in sorted(missing - _official(missing)):
            yield f"claim {claim}: it is decided on, but neither held nor a row of the bundled statistics"


def _official(ids: set[str]) -> set[str]:
    import polars as pl

    from lodeclaim.statistics.bundled import statistic_claims

    found = statistic_claims().filter(pl.col("id").is_in(sorted(ids))).select("id").collect()
    return set(found["id"])

"""Claims of documents out of the database and of the bundled statistics, as tables of one shape."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from lodeclaim.claims.model import LINKED, Source
from lodeclaim.claims.table import COLUMNS, schema

if TYPE_CHECKING:
    import polars as pl
    from sqlalchemy import Connection

__all__ = ["EXTRA", "document_claims", "slot_filters", "statistics_frame"]

#: Columns that the ledger adds to those of a claim.
EXTRA = ("origin", "publisher", "published", "voice")


def slot_filters(asked: Mapping[str, str | Iterable[str] | None], *, with_members: bool) -> dict[str, tuple[str, ...]]:
    """Return slot → accepted ids for the filters that are set."""
    wanted = {
        slot: (value,) if isinstance(value, str) else tuple(value) for slot, value in asked.items() if value is not None
    }
    if with_members and "material" in wanted:
        wanted["material"] = _with_members(wanted["material"])
    return wanted


def document_claims(
    connection: Connection, wanted: Mapping[str, tuple[str, ...]], *, prefix: str | None = None
) -> pl.DataFrame:
    """Return the claims of documents that fit, later judgements on names applied, ordered by source and place."""
    import polars as pl
    from sqlalchemy import or_, select

    from lodeclaim.ledger import tables

    judged = _judged_slots(connection)
    query = select(*(tables.claims.c[name] for name in COLUMNS))
    for slot, values in wanted.items():
        # A judgement may bring a claim into the selection, so judged claims are sorted out afterwards.
        matches = [tables.claims.c[slot].in_(values)]
        if slot == "actor":
            matches.append(tables.claims.c.counterparty.in_(values))
        if judged and slot in LINKED:
            matches.append(tables.claims.c.id.in_([claim for claim, _ in judged]))
        query = query.where(or_(*matches))
    if prefix is not None:
        query = query.where(tables.claims.c.id.startswith(prefix, autoescape=True)).limit(20)
    rows = connection.execute(query.order_by(tables.claims.c.source, tables.claims.c.id)).all()
    frame = pl.DataFrame([tuple(row) for row in rows], schema=schema(), orient="row")
    if judged:
        frame = _apply(frame, judged)
        for slot, values in wanted.items():
            if slot in LINKED:
                keep = pl.col(slot).is_in(list(values))
                frame = frame.filter(keep | pl.col("counterparty").is_in(list(values)) if slot == "actor" else keep)
    start = pl.col("locator").str.extract(r"^(\d+)").cast(pl.Int64)
    return frame.sort("source", start, "id").join(_publications(connection), on="source", how="left")


def statistics_frame(wanted: Mapping[str, tuple[str, ...]], *, prefix: str | None = None) -> pl.DataFrame:
    """Return the rows of the bundled statistics that fit, in the order of their tables."""
    import polars as pl

    from lodeclaim.statistics.bundled import statistic_claims, vintages

    lazy = statistic_claims()
    for slot, values in wanted.items():
        keep = pl.col(slot).is_in(list(values))
        lazy = lazy.filter(keep | pl.col("counterparty").is_in(list(values)) if slot == "actor" else keep)
    if prefix is not None:
        lazy = lazy.filter(pl.col("id").str.starts_with(prefix))
    known = _source_frame(vintages())
    return lazy.select(COLUMNS).join(known.lazy(), on="source", how="left", maintain_order="left").collect()


def _source_frame(sources: Iterable[Source]) -> pl.DataFrame:
    import polars as pl

    rows = [(source.id, source.kind, source.publisher, source.published, source.id) for source in sources]
    columns = ("source", *EXTRA)
    return pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String()), orient="row")


def _publications(connection: Connection) -> pl.DataFrame:
    import polars as pl
    from sqlalchemy import select

    from lodeclaim.ledger import tables
    from lodeclaim.ledger.voices import group_voices

    source = tables.sources
    query = select(source.c.id, source.c.publisher, source.c.published, tables.documents.c.voice)
    rows = connection.execute(query.join_from(tables.documents, source)).all()
    voices = group_voices({row.id: row.voice for row in rows})
    flat = [(row.id, "document", row.publisher, row.published, voices[row.id]) for row in rows]
    return pl.DataFrame(flat, schema=dict.fromkeys(("source", *EXTRA), pl.String()), orient="row")


def _judged_slots(connection: Connection) -> dict[tuple[str, str], str]:
    """(claim, slot) → entity by the latest judgement of somebody other than the reader."""
    from sqlalchemy import select

    from lodeclaim.ledger import tables

    table = tables.identities
    query = (
        select(table.c.claim, table.c.slot, table.c.entity, table.c.status, table.c.words)
        .join_from(table, tables.claims)
        .where(table.c.judged_by != tables.claims.c.reader)
        .order_by(table.c.number)
    )
    return {
        (row.claim, row.slot): f"name:{row.words.removeprefix('name:')}" if row.status == "rejected" else row.entity
        for row in connection.execute(query)
    }


def _apply(frame: pl.DataFrame, judged: Mapping[tuple[str, str], str]) -> pl.DataFrame:
    import polars as pl

    changes: dict[str, dict[str, Any]] = {}
    for (claim, slot), entity in judged.items():
        changes.setdefault(slot, {})[claim] = entity
    for slot, by_claim in changes.items():
        new = pl.col("id").replace_strict(by_claim, default=None, return_dtype=pl.String)
        frame = frame.with_columns(pl.coalesce(new, pl.col(slot)).alias(slot))
    return frame


def _with_members(materials: Iterable[str]) -> tuple[str, ...]:
    """The materials and, down to the last, the members of the groups among them."""
    from lodeclaim.vocabulary.load import load_vocabulary

    known = load_vocabulary().materials
    found: dict[str, None] = {}
    waiting = list(materials)
    while waiting:
        material = waiting.pop(0)
        if material not in found:
            found[material] = None
            if material in known:
                waiting += known[material].members
                waiting += [entry.id for entry in known.values() if material in entry.part_of]
    return tuple(found)

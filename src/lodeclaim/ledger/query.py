"""Claims of documents out of the database and of the bundled statistics, as tables of one shape."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lodeclaim.claims.model import Source
from lodeclaim.claims.table import COLUMNS, schema
from lodeclaim.core.period import Period

if TYPE_CHECKING:
    import polars as pl
    from sqlalchemy import ColumnElement, Connection

    from lodeclaim.ledger.overlay import Overlay

__all__ = ["EXTRA", "document_claims", "fits", "slot_filters", "statistics_frame"]

#: Columns that the ledger adds to those of a claim.
EXTRA = ("origin", "publisher", "published", "voice")
#: Ids in one statement; both databases take more, but slowly.
_CHUNK = 5_000

Wanted = Mapping[str, tuple[str, ...]]


def slot_filters(asked: Mapping[str, str | Iterable[str] | None], *, with_members: bool) -> dict[str, tuple[str, ...]]:
    """Return slot → accepted ids for the filters that are set."""
    wanted = {
        slot: (value,) if isinstance(value, str) else tuple(value) for slot, value in asked.items() if value is not None
    }
    if with_members and "material" in wanted:
        wanted["material"] = _with_members(wanted["material"])
    return wanted


def document_claims(
    connection: Connection,
    wanted: Wanted,
    overlay: Overlay,
    *,
    prefix: str | None = None,
    until: str | None = None,
) -> pl.DataFrame:
    """Return the claims of documents that fit once the overlay lies on them, ordered by source and place.

    ``prefix`` is the beginning of an id; ``until`` leaves out what was first seen later.
    """
    import polars as pl
    from sqlalchemy import or_

    from lodeclaim.ledger.copies import voices_of
    from lodeclaim.ledger.tables import claims

    conditions: list[ColumnElement[bool]] = []
    for slot, values in overlay.widened(wanted).items():
        matches = [claims.c[slot].in_(values)]
        if slot == "actor":
            matches.append(claims.c.counterparty.in_(values))
        conditions.append(or_(*matches))
    if prefix is not None:
        conditions += [claims.c.id >= prefix, claims.c.id < prefix + "\U0010ffff"]
    if until is not None:
        conditions.append(claims.c.first_seen <= until)
    frame = _selected(connection, conditions, limit=None if prefix is None else 20)
    if wanted and (moved := overlay.moved_into(wanted)):
        late = [] if until is None else [claims.c.first_seen <= until]
        several = sorted(moved.difference(frame["id"]))
        chunks = (several[at : at + _CHUNK] for at in range(0, len(several), _CHUNK))
        frame = pl.concat([frame, *(_selected(connection, [claims.c.id.in_(chunk), *late]) for chunk in chunks)])
    frame = overlay.laid_on(frame).filter(fits(wanted))
    voices = voices_of(connection, until=until)
    voice = pl.col("source").replace(voices) if voices else pl.col("source")
    start = pl.col("locator").str.extract(r"^(\d+)").cast(pl.Int64)
    shown = frame.sort("source", start, "id").with_columns(pl.lit("document").alias("origin"), voice.alias("voice"))
    return shown.select(*COLUMNS, *EXTRA)


def statistics_frame(
    wanted: Wanted,
    overlay: Overlay,
    *,
    prefix: str | None = None,
    until: str | None = None,
    loaded: Path | None = None,
) -> pl.DataFrame:
    """Return the rows of official statistics that fit once the overlay lies on them, in their tables' order.

    With ``until`` only vintages published by that day are left. ``loaded`` is the folder of the vintages that a
    person loaded into this ledger; bilateral trade is read only where ``statistics.bundled.asked_for`` says so.
    """
    import polars as pl

    from lodeclaim.statistics.bundled import asked_for, statistic_claims, vintages

    known = [one for one in vintages(loaded) if until is None or _is_out(one.published, until[:10])]
    lazy = statistic_claims(asked_for(wanted, loaded, every=prefix is not None), extra=loaded)
    if until is not None:
        lazy = lazy.filter(pl.col("source").is_in([one.id for one in known]))
    kept = fits(overlay.widened(wanted))
    if wanted and (moved := overlay.moved_into(wanted)):
        kept = kept | pl.col("id").is_in(sorted(moved))
    lazy = lazy.filter(kept)
    if prefix is not None:
        lazy = lazy.filter(pl.col("id").str.starts_with(prefix))
    lazy = lazy.select(COLUMNS).join(_source_frame(known).lazy(), on="source", how="left", maintain_order="left")
    return overlay.laid_on(lazy.collect()).filter(fits(wanted))


def fits(wanted: Wanted) -> pl.Expr:
    """Return what tells whether a row has a wanted id in every slot that is filtered."""
    import polars as pl

    kept = pl.lit(True)
    for slot, values in wanted.items():
        here = pl.col(slot).is_in(list(values))
        kept = kept & (here | pl.col("counterparty").is_in(list(values)) if slot == "actor" else here)
    return kept


def _selected(connection: Connection, conditions: list[Any], *, limit: int | None = None) -> pl.DataFrame:
    """Rows of claims with the publication of their source, column by column."""
    import polars as pl
    from sqlalchemy import select

    from lodeclaim.ledger.tables import claims, sources

    columns = [claims.c[name] for name in COLUMNS]
    query = select(*columns, sources.c.publisher, sources.c.published).join_from(
        claims, sources, claims.c.source == sources.c.id
    )
    if conditions:
        query = query.where(*conditions)
    if limit is not None:
        query = query.order_by(claims.c.id).limit(limit)
    types = schema() | {"publisher": pl.String(), "published": pl.String()}
    parts: list[pl.DataFrame] = []
    result = connection.execution_options(yield_per=20_000).execute(query)
    for rows in result.partitions():
        by_column = zip(*rows, strict=True)
        parts.append(
            pl.DataFrame(
                [pl.Series(name, values, kind) for (name, kind), values in zip(types.items(), by_column, strict=True)]
            )
        )
    return pl.concat(parts) if parts else pl.DataFrame(schema=types)


def _source_frame(sources: Iterable[Source]) -> pl.DataFrame:
    import polars as pl

    rows = [(source.id, source.kind, source.publisher, source.published, source.id) for source in sources]
    columns = ("source", *EXTRA)
    return pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String()), orient="row")


def _is_out(published: str | None, day: str) -> bool:
    """Whether a vintage was out on a day; one without a date of publication is."""
    try:
        first = Period.parse(published).start if published else None
    except ValueError:
        first = None
    return first is None or first.isoformat() <= day


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

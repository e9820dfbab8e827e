"""The claims behind a brief, each in its passage, and the sources they come from."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from lodeclaim.claims.model import LINKED, Source
from lodeclaim.claims.table import as_row, from_row
from lodeclaim.reports.model import ClaimEntry, ReasonNote, SourceEntry
from lodeclaim.reports.statements import reasons_of
from lodeclaim.reports.wording import described, name_of

if TYPE_CHECKING:
    import polars as pl

    from lodeclaim.ledger.store import Ledger

__all__ = ["cited_claims", "claim_entries", "source_entries"]


def cited_claims(record: object) -> Iterator[str]:
    """Yield the ids of all claims in a record and the records in it, in reading order, repeats included."""
    if dataclasses.is_dataclass(record) and not isinstance(record, type):
        for field in dataclasses.fields(record):
            value = getattr(record, field.name)
            if field.name == "claims" and isinstance(value, tuple) and all(isinstance(one, str) for one in value):
                yield from value
            elif field.name == "claim" and isinstance(value, str):
                yield value
            else:
                yield from cited_claims(value)
    elif isinstance(record, (tuple, list)):
        for item in record:
            yield from cited_claims(item)


def claim_entries(ledger: Ledger, frame: pl.DataFrame, ids: Iterable[str]) -> tuple[ClaimEntry, ...]:
    """Return an entry for each id, in the order given.

    Claims that ``frame`` lacks are taken from the ledger. Raises ClaimNotFound for an id that nobody knows.
    """
    import polars as pl

    wanted = list(dict.fromkeys(ids))
    rows = {row["id"]: row for row in frame.filter(pl.col("id").is_in(wanted)).iter_rows(named=True)}
    sources = {source.id: source for source in ledger.sources()}
    return tuple(_entry(ledger, rows.get(id) or as_row(ledger.claim(id)), sources) for id in wanted)


def _entry(ledger: Ledger, row: dict[str, Any], sources: dict[str, Source]) -> ClaimEntry:
    from lodeclaim.ledger.passage import passage

    source = sources[row["source"]]
    before, quote, after = "", row["quote"], ""
    if source.kind == "document":
        shown = passage(ledger, from_row(row))
        before = shown.before if shown.opens else f"… {shown.before}"
        quote = shown.quote
        after = shown.after if shown.closes else f"{shown.after} …"
    return ClaimEntry(
        id=row["id"],
        statement=described(row),
        predicate=row["predicate"],
        origin=source.kind,
        before=before,
        quote=quote,
        after=after,
        language=source.language,
        source=source.id,
        publisher=source.publisher or (f"“{source.title}”" if source.title else source.address),
        published=source.published,
        locator=row["locator"],
        reader=row["reader"],
        confidence=row["confidence"],
        flags=tuple((row["flags"] or "").split()),
        reasons=tuple(_reasons(row)),
    )


def _reasons(row: dict[str, Any]) -> Iterator[ReasonNote]:
    for one in reasons_of(row):
        value = row.get(one.slot)
        shown = "" if value is None else name_of(value) if one.slot in LINKED else str(value)
        yield ReasonNote(slot=one.slot, value=shown, rule=one.rule, words=one.words, status=one.status, note=one.note)


def source_entries(ledger: Ledger, entries: Iterable[ClaimEntry]) -> tuple[SourceEntry, ...]:
    """Return the sources of the entries, documents first, those with most claims before others."""
    counted = Counter(entry.source for entry in entries)
    found = [
        SourceEntry(
            id=source.id,
            kind=source.kind,
            title=source.title,
            publisher=source.publisher,
            language=source.language,
            published=source.published,
            published_basis=source.published_basis,
            address=source.address,
            licence=source.licence,
            citation=source.citation,
            claims=counted[source.id],
        )
        for source in ledger.sources()
        if source.id in counted
    ]
    return tuple(sorted(found, key=lambda one: (one.kind != "document", -one.claims, one.id)))

"""The rows of a ledger, out and back in: what is written down restores a ledger to the letter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from lodeclaim.core.errors import LedgerError
from lodeclaim.ledger.database import ADDING, DECIDING

if TYPE_CHECKING:
    from sqlalchemy import Connection, Table

    from lodeclaim.ledger.store import Ledger

__all__ = ["RECORDS", "Restored", "dump", "restore", "snapshot"]

#: Kind of record → its table, in the order in which rows may point to each other.
RECORDS = {
    "source": "sources",
    "document": "documents",
    "reading": "readings",
    "claim": "claims",
    "identity": "identities",
    "decision": "decisions",
}
_BATCH = 2_000

Record = tuple[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Restored:
    """How many records of each kind were new, and how many were there already."""

    new: dict[str, int] = field(default_factory=dict)
    known: dict[str, int] = field(default_factory=dict)


@contextmanager
def snapshot(ledger: Ledger) -> Iterator[tuple[str, Iterator[Record]]]:
    """Give the content hash of the ledger and its (kind, row) records, both of one state whatever others write.

    Records come as sources, documents, readings, claims, judgements, decisions. What is computed from them (the
    hashes that find copies) is left out.
    """
    from lodeclaim.ledger.content import content_of

    with ledger.database.reading() as connection:
        yield content_of(connection), _rows(connection)


def dump(ledger: Ledger) -> Iterator[Record]:
    """Yield the (kind, row) records of one state of the ledger; see ``snapshot``."""
    with ledger.database.reading() as connection:
        yield from _rows(connection)


def _rows(connection: Connection) -> Iterator[Record]:
    from sqlalchemy import select

    from lodeclaim.ledger.tables import metadata

    for kind, name in RECORDS.items():
        table = metadata.tables[name]
        query = select(table).order_by(*table.primary_key.columns)
        for row in connection.execution_options(yield_per=_BATCH).execute(query).mappings():
            yield kind, dict(row)


def restore(ledger: Ledger, records: Iterable[tuple[str, Record]], *, expected: str | None = None) -> Restored:
    """Put records into the ledger in one transaction: all, or none where one is wrong.

    ``records`` are (where it stands, (kind, row)) in the order of ``dump``. Into an empty ledger they restore it
    exactly; ``expected`` is then the content hash it must come to. Into another they add what is not there yet,
    its decisions numbered on. Raises LedgerError naming the place.
    """
    from sqlalchemy.exc import IntegrityError, SQLAlchemyError

    from lodeclaim.ledger.checking import problems
    from lodeclaim.ledger.content import content_of

    try:
        with ledger.database.writing(ADDING, DECIDING) as connection:
            work = _Restoring(connection)
            for where, (kind, row) in records:
                work.take(where, kind, row)
            work.flush()
            wrong = next(iter(problems(connection)), None)
            if wrong is None and expected is not None and work.was_empty and content_of(connection) != expected:
                wrong = "its content is not that of the ledger it was written from"
            if wrong is not None:
                raise LedgerError(
                    f"the records do not make a sound ledger: {wrong}",
                    where=ledger.where,
                    remedy="Nothing was imported; export the ledger again",
                )
            return Restored(work.new, work.known)
    except (IntegrityError, SQLAlchemyError, OverflowError) as error:
        raise LedgerError(
            f"the records do not fit together ({str(error).splitlines()[0]})",
            where=ledger.where,
            remedy="Nothing was imported; export the ledger again",
        ) from error


class _Restoring:
    """One import: rows wait until there are enough of one kind, then go in together."""

    def __init__(self, connection: Connection) -> None:
        from sqlalchemy import func, select

        from lodeclaim.ledger.tables import claims, decisions, sources

        self.connection = connection
        self.new = dict.fromkeys(RECORDS, 0)
        self.known = dict.fromkeys(RECORDS, 0)
        self._kind = "source"
        self._waiting: list[dict[str, Any]] = []
        self._last = connection.execute(select(func.max(decisions.c.number))).scalar() or 0
        self._batch = connection.execute(select(func.max(claims.c.batch))).scalar() or 0
        self.was_empty = connection.execute(select(sources.c.id).limit(1)).first() is None and not self._last
        self._numbers: dict[int, int] = {}
        self._order = list(RECORDS)

    def take(self, where: str, kind: str, row: dict[str, Any]) -> None:
        """Check one record and keep it for the next batch."""
        if kind not in RECORDS:
            raise LedgerError(f"no record is called {kind!r}", where=where, remedy="Give a file made by the export")
        if self._order.index(kind) < self._order.index(self._kind):
            raise LedgerError(
                f"a {kind} stands after a {self._kind}",
                where=where,
                remedy="Leave the lines in the order of the export",
            )
        table = self._table(kind)
        missing = [c.name for c in table.c if c.name not in row and not c.nullable and c.server_default is None]
        extra = sorted(set(row) - {column.name for column in table.c})
        if missing or extra:
            words = f"lacks {', '.join(missing)}" if missing else f"has unknown fields {', '.join(extra)}"
            raise LedgerError(f"the {kind} {words}", where=where, remedy="Give a file made by the export")
        wrong = [column.name for column in table.c if not _fits(column, row.get(column.name))]
        if wrong:
            raise LedgerError(
                f"the {kind} holds something else than it should in {', '.join(wrong)}",
                where=where,
                remedy="Give a file made by the export",
            )
        if kind != self._kind or len(self._waiting) >= _BATCH:
            self.flush()
            self._kind = kind
        self._waiting.append({column.name: row.get(column.name) for column in table.c if column.name in row})

    def flush(self) -> None:
        """Write what waits and is not there yet."""
        rows, self._waiting = self._waiting, []
        if not rows:
            return
        kind, table = self._kind, self._table(self._kind)
        given = len(rows)
        if kind in ("source", "document", "claim"):
            rows = self._without_held(table, rows)
        elif not self.was_empty:
            rows = self._without_same(kind, table, rows)
        if kind == "claim":
            rows = [row | {"batch": row["batch"] + self._batch} for row in rows]
        elif kind in ("reading", "identity"):
            rows = [{name: value for name, value in row.items() if name != "number"} for row in rows]
        elif kind == "decision":
            rows = [self._renumbered(row) for row in rows]
        self.new[kind] += len(rows)
        self.known[kind] += given - len(rows)
        if not rows:
            return
        self.connection.execute(table.insert(), rows)
        if kind == "document":
            from lodeclaim.ledger.copies import keep_copies

            for row in rows:
                keep_copies(self.connection, row["id"], row["voice"], row["added"])

    def _without_held(self, table: Table, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        from sqlalchemy import select

        query = select(table.c.id).where(table.c.id.in_([row["id"] for row in rows]))
        held = set(self.connection.execute(query).scalars())
        return [row for row in rows if row["id"] not in held]

    def _without_same(self, kind: str, table: Table, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Readings, judgements and decisions that stand in the ledger word for word are known."""
        from sqlalchemy import select

        compared = [column for column in table.c if column.name not in ("number", "undoes")]
        query = select(table.c.number, *compared)
        about = "document" if kind == "reading" else "claim"
        wanted = sorted({row[about] for row in rows if row.get(about) is not None})
        query = query.where(table.c[about].in_(wanted) | table.c[about].is_(None))
        held = {tuple(row[1:]): row[0] for row in self.connection.execute(query)}
        fresh: list[dict[str, Any]] = []
        for row in rows:
            same = held.get(tuple(row.get(column.name) for column in compared))
            if same is None:
                fresh.append(row)
            elif kind == "decision":
                self._numbers[row["number"]] = same
        return fresh

    def _renumbered(self, row: dict[str, Any]) -> dict[str, Any]:
        self._last += 1
        self._numbers[row["number"]] = self._last
        undoes = row.get("undoes")
        return row | {"number": self._last, "undoes": None if undoes is None else self._numbers.get(undoes, undoes)}

    def _table(self, kind: str) -> Table:
        from lodeclaim.ledger.tables import metadata

        return metadata.tables[RECORDS[kind]]


def _fits(column: Any, value: object) -> bool:
    from sqlalchemy import Double, Integer

    if value is None:
        return bool(column.nullable) or column.server_default is not None
    if isinstance(value, bool):
        return False
    if isinstance(column.type, Integer):
        return isinstance(value, int)
    if isinstance(column.type, Double):
        return isinstance(value, int | float)
    return isinstance(value, str)

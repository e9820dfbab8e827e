"""The database of a ledger: one transaction to read in, one that is written whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from lodeclaim.core.errors import LedgerError

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

__all__ = ["ADDING", "DECIDING", "Database", "utc_now"]

#: Writers of one kind take turns on PostgreSQL, so that numbers follow the order of commits; SQLite has one writer.
ADDING = 7_041_776_001
DECIDING = 7_041_776_002


class Database:
    """An engine with the name of the ledger for messages."""

    def __init__(self, engine: Engine, where: str, *, read_only: bool = False) -> None:
        self.engine = engine
        self.where = where
        self.read_only = read_only

    @property
    def is_sqlite(self) -> bool:
        """Whether the ledger is a SQLite file (or memory)."""
        return self.engine.dialect.name == "sqlite"

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One state of the ledger, whatever others write meanwhile. Raises LedgerError."""
        from sqlalchemy.exc import SQLAlchemyError

        from lodeclaim.ledger.opening import explain

        try:
            with self.engine.connect() as connection:
                if not self.is_sqlite:
                    connection.execution_options(isolation_level="REPEATABLE READ")
                yield connection
        except SQLAlchemyError as error:
            raise explain(error, self.where) from error

    @contextmanager
    def writing(self, *turns: int) -> Iterator[Connection]:
        """One transaction that is written as a whole or not at all; ``turns`` are ADDING, then DECIDING.

        Raises LedgerError, and IntegrityError where a row is already there.
        """
        from sqlalchemy import func, select
        from sqlalchemy.exc import IntegrityError, SQLAlchemyError

        from lodeclaim.ledger.opening import explain

        if self.read_only:
            raise LedgerError(
                "the ledger is read-only", where=self.where, remedy="Change the permissions of the file, or copy it"
            )
        try:
            with (
                self.engine.connect().execution_options(lodeclaim_writes=True) as connection,
                connection.begin(),
            ):
                if not self.is_sqlite:
                    for turn in turns:
                        connection.execute(select(func.pg_advisory_xact_lock(turn)))
                yield connection
        except IntegrityError:
            raise
        except SQLAlchemyError as error:
            raise explain(error, self.where) from error


def utc_now() -> str:
    """Return the time as ISO 8601 in UTC, to the microsecond: later is greater as text, too."""
    return datetime.now(UTC).isoformat(timespec="microseconds")

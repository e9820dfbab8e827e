"""Open the database of a ledger and say plainly why that is not possible."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lodeclaim.core.errors import LedgerError

if TYPE_CHECKING:
    from sqlalchemy import Engine

__all__ = ["connect", "explain", "memory_engine", "open_engine"]

_MAGIC = b"SQLite format 3\x00"


def open_engine(path_or_url: str | Path, *, create: bool, timeout: float) -> tuple[Engine, str, bool]:
    """Return (engine, name for messages, whether it is read-only) with the tables of today in place.

    A text with ``://`` is a SQLAlchemy URL, anything else a file. A SQLite ledger of an earlier version is
    migrated, with a backup beside it; one on a server only by ``migrate``. Raises LedgerError.
    """
    engine, where, read_only = connect(path_or_url, create=create, timeout=timeout)
    try:
        _prepare(engine, where, create=create and not read_only, read_only=read_only)
    except LedgerError:
        engine.dispose()
        raise
    return engine, where, read_only


def connect(path_or_url: str | Path, *, create: bool, timeout: float) -> tuple[Engine, str, bool]:
    """Return (engine, name for messages, whether it is read-only) without a look at the tables."""
    from sqlalchemy import create_engine, make_url
    from sqlalchemy.exc import ArgumentError, NoSuchModuleError

    if isinstance(path_or_url, str) and "://" in path_or_url:
        try:
            url = make_url(path_or_url)
            if url.get_backend_name() != "sqlite":
                waits = _waits(url.get_backend_name(), timeout)
                engine = create_engine(url, pool_size=2, max_overflow=8, connect_args=waits)
                return engine, url.render_as_string(hide_password=True), False
        except (ArgumentError, NoSuchModuleError, ImportError) as error:
            raise LedgerError(
                f"no database driver answers to this address ({error})",
                where=path_or_url.partition("://")[0],
                remedy="Give a file, or postgresql+psycopg://host/name after installing lodeclaim[postgres]",
            ) from error
        if not url.database or url.database == ":memory:":
            return memory_engine(), "memory", False
        path = Path(url.database)
    else:
        path = Path(path_or_url).expanduser()
    _check_file(path, create=create)
    exists = path.exists()
    read_only = exists and not os.access(path, os.W_OK)
    mode = "?mode=ro&immutable=1&uri=true" if read_only else "?uri=true"
    quoted = path.resolve().as_uri()
    engine = create_engine(f"sqlite:///{quoted}{mode}", connect_args={"timeout": timeout})
    _tune(engine, wal=not read_only)
    return engine, str(path), read_only


def _waits(backend: str, timeout: float) -> dict[str, Any]:
    """How long to wait for a server to answer and for others to finish writing."""
    if backend != "postgresql":
        return {}
    return {"connect_timeout": max(2, round(timeout)), "options": f"-c lock_timeout={round(1000 * timeout)}"}


def memory_engine() -> Engine:
    """Return the engine of a ledger that lives only as long as the process."""
    from sqlalchemy import create_engine
    from sqlalchemy.pool import StaticPool

    engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    _tune(engine, wal=False)
    _prepare(engine, "memory", create=True, read_only=False)
    return engine


def explain(error: Exception, where: str) -> LedgerError:
    """Return the LedgerError that says in plain words what the database driver means."""
    words = str(getattr(error, "orig", None) or error)
    lower = words.lower()
    if "locked" in lower or "busy" in lower or "lock timeout" in lower:
        return LedgerError(
            "another process is writing to the ledger and did not finish in time",
            where=where,
            remedy="Try again when it is done; nothing was written",
        )
    if "connection" in lower and ("refused" in lower or "failed" in lower or "closed" in lower):
        return LedgerError(
            f"the database server does not answer ({' '.join(words.split())})",
            where=where,
            remedy="Check that it runs and that address, name and password are right",
        )
    if "readonly" in lower or "read-only" in lower or "unable to open" in lower or "permission" in lower:
        return LedgerError(
            f"the ledger cannot be opened or written ({words})",
            where=where,
            remedy="Check the permissions of the file and its folder, or give another file",
        )
    if "not a database" in lower or "malformed" in lower:
        return LedgerError(
            "the file is damaged or no ledger", where=where, remedy="Restore a copy, or give another file"
        )
    if "disk" in lower and "full" in lower:
        return LedgerError("the disk is full; nothing was written", where=where, remedy="Free space and try again")
    return LedgerError(f"the database refused ({words})", where=where, remedy="Nothing was written; try again")


def _check_file(path: Path, *, create: bool) -> None:
    where = str(path)
    if path.is_dir():
        raise LedgerError("this is a folder, not a ledger", where=where, remedy="Give a file, such as ledger.db in it")
    try:
        with path.open("rb") as file:
            head = file.read(len(_MAGIC))
    except FileNotFoundError:
        if not path.parent.is_dir():
            raise LedgerError(
                "the folder of the ledger does not exist", where=where, remedy=f"Make {path.parent} first"
            ) from None
        if not create:
            raise LedgerError(
                "there is no ledger here", where=where, remedy="Read documents into it first, or give another file"
            ) from None
        if not os.access(path.parent, os.W_OK):
            raise LedgerError(
                "no permission to make a ledger here", where=where, remedy="Give a file in a folder you may write to"
            ) from None
        return
    except PermissionError:
        raise LedgerError(
            "no permission to read the ledger", where=where, remedy="Ask its owner, or give another file"
        ) from None
    except OSError as error:
        raise LedgerError(
            f"the ledger cannot be read ({error.strerror})", where=where, remedy="Give another file"
        ) from error
    if head and head != _MAGIC:
        raise LedgerError("the file is no ledger (not a SQLite database)", where=where, remedy="Give another file")


def _tune(engine: Engine, *, wal: bool) -> None:
    """Let SQLite read while another writes, check foreign keys, and begin writes as writes."""
    from sqlalchemy import event

    def connected(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver must not begin on its own; see ``begun``
        cursor = connection.cursor()
        if wal:
            cursor.execute("PRAGMA journal_mode=WAL")
            cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()

    def begun(connection: Any) -> None:
        writes = connection.get_execution_options().get("lodeclaim_writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", begun)


def _prepare(engine: Engine, where: str, *, create: bool, read_only: bool) -> None:
    """Make the tables of a new ledger, bring an older file up; refuse another program's database."""
    from sqlalchemy.exc import DBAPIError, SQLAlchemyError

    from lodeclaim.ledger import tables
    from lodeclaim.ledger.migrating import migrate_engine, version_of

    try:
        try:
            with engine.connect() as connection:
                version = version_of(connection, where)
        except DBAPIError:  # most often a new file; what it is takes longer to find out
            if not _is_ledger(engine, where):
                if not create:
                    raise LedgerError(
                        "the ledger is empty", where=where, remedy="Read documents into it first"
                    ) from None
                _make(engine)
                return
            raise
    except SQLAlchemyError as error:
        raise explain(error, where) from error
    if version == tables.SCHEMA_VERSION:
        return
    if read_only or engine.dialect.name != "sqlite":
        raise LedgerError(
            f"the ledger has version {version}, this lodeclaim needs {tables.SCHEMA_VERSION}",
            where=where,
            remedy="Run `lodeclaim ledger migrate` with it, which makes a backup first",
        )
    migrate_engine(engine, where)


def _is_ledger(engine: Engine, where: str) -> bool:
    """Tell a ledger from an empty database; raises LedgerError for the database of another program."""
    from sqlalchemy import inspect

    from lodeclaim.ledger.tables import meta

    present = set(inspect(engine).get_table_names())
    if present and meta.name not in present:
        raise LedgerError(
            "the database is not a ledger; it holds other tables",
            where=where,
            remedy="Give another file; this one was left as it is",
        )
    return bool(present)


def _make(engine: Engine) -> None:
    """Make all tables in one transaction, unless another process just did."""
    from sqlalchemy import inspect

    from lodeclaim.ledger import tables
    from lodeclaim.ledger.migrating import stamp, take_turn

    with engine.connect().execution_options(lodeclaim_writes=True) as connection, connection.begin():
        take_turn(connection)
        if tables.meta.name in inspect(connection).get_table_names():
            return
        tables.metadata.create_all(connection)
        connection.execute(tables.meta.insert(), {"key": "schema", "value": str(tables.SCHEMA_VERSION)})
        stamp(connection)

"""Open the database of a ledger and say plainly why that is not possible."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lodeclaim.core.errors import LedgerError

if TYPE_CHECKING:
    from sqlalchemy import Engine

__all__ = ["explain", "memory_engine", "open_engine"]

_MAGIC = b"SQLite format 3\x00"


def open_engine(path_or_url: str | Path, *, create: bool, timeout: float) -> tuple[Engine, str, bool]:
    """Return (engine, name for messages, whether it is read-only) with the tables in place.

    A text with ``://`` is a SQLAlchemy URL, anything else a file. Raises LedgerError.
    """
    from sqlalchemy import create_engine, make_url
    from sqlalchemy.exc import ArgumentError, NoSuchModuleError

    if isinstance(path_or_url, str) and "://" in path_or_url:
        try:
            url = make_url(path_or_url)
            where = url.render_as_string(hide_password=True)
            if url.get_backend_name() != "sqlite":
                engine = create_engine(url)
                _prepare(engine, where, create=create)
                return engine, where, False
        except (ArgumentError, NoSuchModuleError, ImportError) as error:
            raise LedgerError(
                f"no database driver answers to this address ({error})",
                where=path_or_url.partition("://")[0],
                remedy="Give a file, or an address such as postgresql+psycopg://host/name with its driver installed",
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
    try:
        _prepare(engine, str(path), create=create and not read_only)
    except LedgerError:
        engine.dispose()
        raise
    return engine, str(path), read_only


def memory_engine() -> Engine:
    """Return the engine of a ledger that lives only as long as the process."""
    from sqlalchemy import create_engine
    from sqlalchemy.pool import StaticPool

    engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    _tune(engine, wal=False)
    _prepare(engine, "memory", create=True)
    return engine


def explain(error: Exception, where: str) -> LedgerError:
    """Return the LedgerError that says in plain words what the database driver means."""
    words = str(getattr(error, "orig", None) or error)
    lower = words.lower()
    if "locked" in lower or "busy" in lower:
        return LedgerError(
            "another process is writing to the ledger and did not finish in time",
            where=where,
            remedy="Try again when it is done; nothing was written",
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
            cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()

    def begun(connection: Any) -> None:
        writes = connection.get_execution_options().get("lodeclaim_writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", begun)


def _prepare(engine: Engine, where: str, *, create: bool) -> None:
    """Make the tables of a new ledger; refuse another program's database and a newer version."""
    from sqlalchemy import inspect, select
    from sqlalchemy.exc import SQLAlchemyError

    from lodeclaim.ledger import tables

    try:
        present = set(inspect(engine).get_table_names())
        if tables.meta.name not in present:
            if present:
                raise LedgerError(
                    "the database is not a ledger; it holds other tables",
                    where=where,
                    remedy="Give another file; this one was left as it is",
                )
            if not create:
                raise LedgerError("the ledger is empty", where=where, remedy="Read documents into it first")
            with engine.connect().execution_options(lodeclaim_writes=True) as connection, connection.begin():
                tables.metadata.create_all(connection)
                found = connection.execute(select(tables.meta.c.value)).first()
                if found is None:
                    row = {"key": "schema", "value": str(tables.SCHEMA_VERSION)}
                    connection.execute(tables.meta.insert(), row)
            return
        with engine.connect() as connection:
            version = connection.execute(select(tables.meta.c.value).where(tables.meta.c.key == "schema")).scalar()
    except SQLAlchemyError as error:
        raise explain(error, where) from error
    if not str(version).isdigit():
        raise LedgerError("the ledger does not say its version", where=where, remedy="Restore a copy of it")
    if int(str(version)) > tables.SCHEMA_VERSION:
        raise LedgerError(
            f"the ledger has version {version}, this lodeclaim knows up to {tables.SCHEMA_VERSION}",
            where=where,
            remedy="Update lodeclaim; the ledger was left as it is",
        )

"""Bring a ledger of an earlier version to the present one: a backup first, then every step or none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from lodeclaim.core.errors import LedgerError
from lodeclaim.ledger.tables import SCHEMA_VERSION

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

__all__ = ["Migration", "migrate", "migrate_engine", "stamp", "take_turn", "version_of"]

#: The one number that PostgreSQL clients wait for when they make or change tables.
_TURN = 7_041_776_000


@dataclass(frozen=True, slots=True)
class Migration:
    """From which version to which, and the file that holds what was there before (None: nothing was to do)."""

    before: int
    after: int
    backup: Path | None


def migrate(path_or_url: str | Path, *, backup: Path | None = None, timeout: float = 5.0) -> Migration:
    """Bring the ledger to the present version and return what was done.

    ``backup`` is the file to copy it to first; by default one beside a SQLite file, or in the present folder for
    a server. Where a step fails the ledger is as it was. Raises LedgerError.
    """
    from lodeclaim.ledger.opening import connect

    engine, where, read_only = connect(path_or_url, create=False, timeout=timeout)
    try:
        if read_only:
            raise LedgerError(
                "the ledger is read-only", where=where, remedy="Change the permissions of the file, or copy it"
            )
        return migrate_engine(engine, where, backup=backup)
    finally:
        engine.dispose()


def migrate_engine(engine: Engine, where: str, *, backup: Path | None = None) -> Migration:
    """Migrate through an open engine; see ``migrate``."""
    from sqlalchemy.exc import SQLAlchemyError

    from lodeclaim.ledger.backup import copy_database
    from lodeclaim.ledger.opening import explain

    try:
        with engine.connect() as connection:
            before = version_of(connection, where)
        if before == SCHEMA_VERSION:
            return Migration(before, before, None)
        file = backup or _beside(engine, before)
        copy_database(engine, file)
        with engine.connect().execution_options(lodeclaim_writes=True) as connection, connection.begin():
            take_turn(connection)
            if version_of(connection, where) == before:  # else another process was first
                _run(connection, before)
            return Migration(before, SCHEMA_VERSION, file)
    except SQLAlchemyError as error:
        raise explain(error, where) from error


def stamp(connection: Connection) -> None:
    """Note in a new ledger that no step is left to take."""
    from sqlalchemy import text

    connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
    connection.execute(text(f"INSERT INTO alembic_version VALUES ('{SCHEMA_VERSION:04}')"))


def take_turn(connection: Connection) -> None:
    """Let one client at a time make or change tables."""
    from sqlalchemy import func, select

    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_TURN)))


def version_of(connection: Connection, where: str) -> int:
    """Return the version of a ledger; raises LedgerError where it says none, or one yet to come."""
    from sqlalchemy import select

    from lodeclaim.ledger.tables import meta

    version = str(connection.execute(select(meta.c.value).where(meta.c.key == "schema")).scalar())
    if not version.isdigit():
        raise LedgerError("the ledger does not say its version", where=where, remedy="Restore a copy of it")
    if int(version) > SCHEMA_VERSION:
        raise LedgerError(
            f"the ledger has version {version}, this lodeclaim knows up to {SCHEMA_VERSION}",
            where=where,
            remedy="Update lodeclaim; the ledger was left as it is",
        )
    return int(version)


def _run(connection: Connection, before: int) -> None:
    """Run the steps after ``before``; ledgers of version 1 were made before Alembic counted them."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    if before == 1:
        command.stamp(config, "0001")
    command.upgrade(config, f"{SCHEMA_VERSION:04}")


def _beside(engine: Engine, before: int) -> Path:
    now = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    name = f"before-version-{SCHEMA_VERSION}.{now}"
    if engine.dialect.name != "sqlite":
        return Path(f"ledger-of-version-{before}.{name}.sqlite").resolve()
    path = Path(unquote(str(engine.url.database).removeprefix("file://")))
    return path.with_name(f"{path.stem}.{name}{path.suffix or '.sqlite'}")

"""Copy a whole ledger into a new SQLite file, from SQLite page by page, from a server row by row."""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lodeclaim.core.errors import LedgerError

if TYPE_CHECKING:
    from sqlalchemy import Engine, Table

__all__ = ["copy_database"]

_ROWS = 2_000


def copy_database(engine: Engine, path: Path) -> Path:
    """Write one state of the ledger to a new file, which opens as a ledger, and return its path.

    Others may read and write meanwhile. Nothing is overwritten, and a copy that fails leaves no file behind.
    Raises LedgerError.
    """
    path = Path(path).expanduser().resolve()
    if path.exists():
        raise LedgerError("there is a file already", where=str(path), remedy="Give another name for the backup")
    if not path.parent.is_dir():
        raise LedgerError("the folder of the backup does not exist", where=str(path), remedy=f"Make {path.parent}")
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        if engine.dialect.name == "sqlite":
            _copy_pages(engine, part)
        else:
            _copy_rows(engine, part)
        part.rename(path)
    except (OSError, sqlite3.Error) as error:
        raise LedgerError(
            f"the backup could not be written ({error})",
            where=str(path),
            remedy="Free space or give another folder; the ledger was left as it is",
        ) from error
    finally:
        part.unlink(missing_ok=True)
    return path


def _copy_pages(engine: Engine, part: Path) -> None:
    raw = engine.raw_connection()
    try:
        with closing(sqlite3.connect(part)) as target:
            source: Any = raw.driver_connection
            source.backup(target)
    finally:
        raw.close()


def _copy_rows(engine: Engine, part: Path) -> None:
    """Tables as the server has them, of whatever version, with plain types."""
    from sqlalchemy import MetaData, create_engine, insert, select

    held = MetaData()
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as source:
        held.reflect(source)
        plain = MetaData()
        tables = [(table, _plain(table, plain)) for table in held.sorted_tables]
        target_engine = create_engine(f"sqlite:///{part}")
        try:
            with target_engine.begin() as target:
                plain.create_all(target)
                for table, copy in tables:
                    result = source.execution_options(yield_per=_ROWS).execute(select(table))
                    for rows in result.mappings().partitions(_ROWS):
                        target.execute(insert(copy), [dict(row) for row in rows])
        finally:
            target_engine.dispose()


def _plain(table: Table, into: Any) -> Table:
    from sqlalchemy import Column, Double, Float, ForeignKey, Index, Integer, Table, Text

    columns: list[Any] = []
    for column in table.columns:
        kind: Any = Text
        if isinstance(column.type, Integer):
            kind = Integer
        elif isinstance(column.type, Float):
            kind = Double
        keys = [ForeignKey(key.target_fullname) for key in column.foreign_keys]
        options: dict[str, Any] = {"primary_key": column.primary_key, "nullable": column.nullable}
        default = str(getattr(column.server_default, "arg", ""))
        if plain := re.match(r"'(.*)'::", default):
            options["server_default"] = plain[1]
        columns.append(Column(column.name, kind, *keys, **options))
    copy = Table(table.name, into, *columns)
    for index in table.indexes:
        Index(index.name, *(copy.c[column.name] for column in index.columns))
    return copy

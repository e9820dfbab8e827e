from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from lodeclaim.core.errors import LedgerError
from lodeclaim.ledger import opening
from lodeclaim.ledger.store import Ledger


def test_missing_folder_and_file(tmp_path: Path):
    with pytest.raises(LedgerError, match=r"folder.*Make"):
        Ledger.open(tmp_path / "nowhere" / "ledger.db")
    with pytest.raises(LedgerError, match="no ledger here"):
        Ledger.open(tmp_path / "ledger.db", create=False)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(LedgerError, match="folder, not a ledger"):
        Ledger.open(tmp_path)


def test_other_files_are_left_alone(tmp_path: Path):
    article = tmp_path / "article.txt"
    article.write_text("Tungsten was mined here, and much of it.")
    with pytest.raises(LedgerError, match="not a SQLite database"):
        Ledger.open(article)
    assert article.read_text().startswith("Tungsten")
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
        connection.commit()
    with pytest.raises(LedgerError, match="other tables"):
        Ledger.open(other)
    with closing(sqlite3.connect(other)) as connection:
        assert connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall() == [("recipes",)]


def test_a_damaged_file_is_named(tmp_path: Path):
    path = tmp_path / "ledger.db"
    path.write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000)
    with pytest.raises(LedgerError, match=r"damaged|refused"):
        Ledger.open(path)


def test_a_newer_version_is_not_opened(tmp_path: Path):
    path = tmp_path / "ledger.db"
    Ledger.open(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE lodeclaim_meta SET value = '999' WHERE key = 'schema'")
        connection.commit()
    with pytest.raises(LedgerError, match="Update lodeclaim"):
        Ledger.open(path)


def test_an_empty_file_becomes_a_ledger(tmp_path: Path):
    path = tmp_path / "ledger.db"
    path.touch()
    with pytest.raises(LedgerError, match="empty"):
        Ledger.open(path, create=False)
    with Ledger.open(path) as ledger:
        assert ledger.claims(statistics=False).is_empty()


def test_a_locked_ledger_says_so(tmp_path: Path, make_document, make_claim):
    path = tmp_path / "ledger.db"
    document = make_document()
    with Ledger.open(path, timeout=0.05) as ledger:
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(LedgerError, match="another process"):
                ledger.add(document, [make_claim(document)])
            assert ledger.claims(statistics=False).is_empty()
            other.execute("ROLLBACK")
        assert ledger.add(document, [make_claim(document)]).new_claims == 1


def test_a_read_only_ledger_is_read(tmp_path: Path, make_document, make_claim, monkeypatch):
    path = tmp_path / "ledger.db"
    document = make_document()
    with Ledger.open(path) as ledger:
        ledger.add(document, [make_claim(document)])
    monkeypatch.setattr(opening.os, "access", lambda *_: False)
    with Ledger.open(path) as ledger:
        assert ledger.claims(statistics=False).height == 1
        with pytest.raises(LedgerError, match="read-only"):
            ledger.add(document, [make_claim(document)])
    with pytest.raises(LedgerError, match="no permission to make"):
        Ledger.open(tmp_path / "new.db")


def test_addresses_without_a_driver():
    with pytest.raises(LedgerError, match="driver"):
        Ledger.open("nosuchdatabase://host/ledger")
    with Ledger.open("sqlite://") as ledger:
        assert ledger.claims(statistics=False).is_empty()


def test_sql_is_portable():
    from sqlalchemy.dialects import postgresql
    from sqlalchemy.schema import CreateTable

    from lodeclaim.ledger.tables import metadata

    statements = [str(CreateTable(table).compile(dialect=postgresql.dialect())) for table in metadata.sorted_tables]
    assert len(statements) == 9
    assert any("DOUBLE PRECISION" in statement for statement in statements)

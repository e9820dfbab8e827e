from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from lodeclaim.core.errors import LedgerError
from lodeclaim.ledger import migrating
from lodeclaim.ledger.checking import check
from lodeclaim.ledger.migrating import Migration, migrate
from lodeclaim.ledger.store import Ledger
from lodeclaim.ledger.tables import SCHEMA_VERSION, metadata

FIRST = Path(__file__).parent / "data" / "version-1.sql"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A ledger as version 1 wrote it: three documents, two of one text, and a judgement."""
    path = tmp_path / "years of work.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(FIRST.read_text("utf-8"))
    return path


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


def test_a_ledger_of_version_1_opens_with_all_it_holds(old: Path):
    held = rows(old, "SELECT id, quote, value, first_seen FROM claims ORDER BY id")
    with Ledger.open(old) as ledger:
        frame = ledger.claims(statistics=False)
        assert sorted(frame["id"]) == [row[0] for row in held]
        assert frame["voice"].n_unique() == 2
        assert frame.filter(predicate="reserve")["site"].to_list() == ["upper-kairakty"]
        assert check(ledger) == []
        ledger.decide("accept", claim=frame["id"][0], reason="why", by="Ann")
    assert rows(old, "SELECT id, quote, value, first_seen FROM claims ORDER BY id") == held
    assert rows(old, "SELECT author, count(*) FROM identities GROUP BY author") == [("person", 1), ("reader", 7)]
    (backup,) = old.parent.glob("*before-version*")
    assert rows(backup, "SELECT value FROM lodeclaim_meta") == [("1",)]
    assert rows(backup, "SELECT id, quote, value, first_seen FROM claims ORDER BY id") == held
    with Ledger.open(old) as ledger:
        assert len(ledger.decisions()) == 1
    assert len(list(old.parent.glob("*before-version*"))) == 1


def test_migrate_says_what_it_did(old: Path, tmp_path: Path):
    copy = tmp_path / "copy.sqlite"
    assert migrate(old, backup=copy) == Migration(1, SCHEMA_VERSION, copy)
    assert migrate(old) == Migration(SCHEMA_VERSION, SCHEMA_VERSION, None)
    assert rows(copy, "SELECT count(*) FROM claims") == [(3,)]


def test_a_step_that_fails_leaves_the_ledger_as_it_was(old: Path, monkeypatch):
    before = rows(old, "SELECT type, name, sql FROM sqlite_master ORDER BY name")
    run = migrating._run

    def broken(connection, version):
        run(connection, version)
        raise LedgerError("stopped at the last moment")

    monkeypatch.setattr(migrating, "_run", broken)
    with pytest.raises(LedgerError, match="last moment"):
        Ledger.open(old)
    assert rows(old, "SELECT type, name, sql FROM sqlite_master ORDER BY name") == before
    monkeypatch.undo()
    Ledger.open(old).close()


def test_without_a_backup_nothing_is_migrated(old: Path, tmp_path: Path):
    taken = tmp_path / "taken"
    taken.write_text("mine")
    with pytest.raises(LedgerError, match="a file already"):
        migrate(old, backup=taken)
    with pytest.raises(LedgerError, match="folder of the backup"):
        migrate(old, backup=tmp_path / "nowhere" / "b.sqlite")
    assert taken.read_text() == "mine"
    assert rows(old, "SELECT value FROM lodeclaim_meta") == [("1",)]


def test_an_old_ledger_that_is_read_only_says_what_to_do(old: Path, monkeypatch):
    monkeypatch.setattr("lodeclaim.ledger.opening.os.access", lambda *_: False)
    with pytest.raises(LedgerError, match="ledger migrate"):
        Ledger.open(old)
    with pytest.raises(LedgerError, match="read-only"):
        migrate(old)


def differences(engine) -> list[object]:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return [one for one in compare_metadata(context, metadata) if "alembic_version" not in repr(one)]


def test_migrated_and_new_ledgers_have_the_same_tables(old: Path, tmp_path: Path):
    with Ledger.open(old) as migrated, Ledger.open(tmp_path / "new.sqlite") as new:
        assert differences(migrated.database.engine) == differences(new.database.engine) == []
    stamped = "SELECT version_num FROM alembic_version"
    assert rows(old, stamped) == rows(tmp_path / "new.sqlite", stamped) == [(f"{SCHEMA_VERSION:04}",)]
    indexes = "SELECT name FROM sqlite_master WHERE type = 'index' AND name NOT LIKE 'sqlite%' ORDER BY name"
    assert rows(old, indexes) == rows(tmp_path / "new.sqlite", indexes)


def test_the_steps_alone_make_the_first_version(tmp_path: Path):
    """What version 1 wrote and what the first step writes are one schema."""
    from alembic import command
    from alembic.config import Config
    from sqlalchemy import create_engine, inspect

    made, written = tmp_path / "made.sqlite", tmp_path / "written.sqlite"
    with closing(sqlite3.connect(written)) as connection:
        connection.executescript(FIRST.read_text("utf-8"))
    engine = create_engine(f"sqlite:///{made}")
    config = Config()
    config.set_main_option("script_location", str(Path(migrating.__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    other = create_engine(f"sqlite:///{written}")
    for table in ("lodeclaim_meta", "sources", "documents", "claims", "identities"):
        first, second = (
            [(one["name"], repr(one["type"]), one["nullable"]) for one in inspect(each).get_columns(table)]
            for each in (engine, other)
        )
        assert first == second
    engine.dispose()
    other.dispose()

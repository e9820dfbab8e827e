"""The check finds what a hand in the database does."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from lodeclaim.core.errors import LedgerError
from lodeclaim.ledger.checking import check
from lodeclaim.ledger.store import Ledger


@pytest.fixture
def path(tmp_path: Path, make_document, make_claim, official) -> Path:
    file = tmp_path / "ledger.sqlite"
    with Ledger.open(file) as ledger:
        for text in ("Kazakhstan mined 2,500 t of tungsten.", "Another mine: 2,500 t."):
            document = make_document(text)
            claim = make_claim(document)
            ledger.add(document, [claim])
        ledger.decide("accept", claim=claim.id, reason="why", by="Ann")
        made = ledger.decide("reject", claim=official[0].id, reason="why", by="Ann")
        ledger.undo(made.number, by="Ann", reason="why")
        assert check(ledger) == []
    return file


@pytest.mark.parametrize(
    ("spoil", "found"),
    [
        ("UPDATE claims SET value = 9 WHERE rowid = 1", "id is not that of its content"),
        ("UPDATE claims SET quote = '2,600 t' WHERE rowid = 1", "quote does not stand"),
        ("UPDATE claims SET locator = '900:907' WHERE rowid = 1", "quote does not stand"),
        ("UPDATE claims SET locator = 'somewhere' WHERE rowid = 1", "cannot be read"),
        ("UPDATE claims SET reasons = '{' WHERE rowid = 1", "cannot be read"),
        ("UPDATE documents SET text = text || '!' WHERE rowid = 1", "text is not the one"),
        ("UPDATE documents SET notes = 'none' WHERE rowid = 1", "notes cannot be read"),
        ("UPDATE sources SET sha256 = upper(sha256 || '0') WHERE rowid = 1", "id is not that of its content"),
        ("DELETE FROM documents WHERE rowid = 1", "document is not there"),
        ("DELETE FROM sources WHERE rowid = 1", "source is not there"),
        ("DELETE FROM readings WHERE rowid = 1", "half-read"),
        ("DELETE FROM shingles", "hashes to find"),
        ("DELETE FROM claims", "it is decided on"),
        ("DELETE FROM decisions WHERE number = 1", "decision 1 is not there"),
        ("DELETE FROM decisions WHERE number = 2", "lifts decision 2"),
        ("UPDATE decisions SET undoes = NULL", "an undo and nothing else"),
        ("UPDATE decisions SET reason = '' WHERE number = 1", "no reason"),
        ("UPDATE decisions SET claim = 'c0' WHERE number = 1", "claim c0"),
        ("INSERT INTO copies VALUES ('dnone', 'dother', '2026')", "points to a row"),
    ],
)
def test_what_does_not_belong_is_found(path: Path, spoil: str, found: str):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(spoil)
        connection.commit()
    with Ledger.open(path) as ledger:
        assert any(found in line for line in check(ledger)), check(ledger)


def test_a_damaged_page_is_found(path: Path):
    with closing(sqlite3.connect(path)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'claims_by_slot'").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data = bytearray(path.read_bytes())
    data[(page - 1) * size + 8 : page * size] = b"\x00" * (size - 8)
    path.write_bytes(data)
    with Ledger.open(path) as ledger:
        try:
            assert any("damaged" in line for line in check(ledger))
        except LedgerError as error:
            assert "damaged" in str(error)


def test_a_backup_is_a_ledger_and_overwrites_nothing(path: Path, tmp_path: Path):
    copy = tmp_path / "copy.sqlite"
    with Ledger.open(path) as ledger:
        assert ledger.backup(copy) == copy
        content = ledger.content_hash()
        with pytest.raises(LedgerError, match="a file already"):
            ledger.backup(copy)
        with pytest.raises(LedgerError, match="folder"):
            ledger.backup(tmp_path / "nowhere" / "copy.sqlite")
    with Ledger.open(copy) as again:
        assert again.content_hash() == content
        assert check(again) == []
    assert sorted(one.name for one in tmp_path.glob("*.sqlite")) == ["copy.sqlite", "ledger.sqlite"]

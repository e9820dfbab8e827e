"""The same ledger on a PostgreSQL server, which is started for the tests."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, text

from lodeclaim.core.errors import LedgerError
from lodeclaim.ledger.checking import check
from lodeclaim.ledger.migrating import Migration, migrate
from lodeclaim.ledger.store import Ledger
from lodeclaim.ledger.tables import SCHEMA_VERSION, metadata

FIRST = Path(__file__).parent / "data" / "version-1.sql"


def fill(ledger: Ledger, make_document, make_claim) -> list[str]:
    words = " ".join(f"word{number}" for number in range(60))
    texts = [f"2,500 t {words}", f"Reprint – «вольфрам» 钨: 2,500 t {words}", "A mine: 2,500 t.\r\n"]
    documents = [make_document(text, published="2026-01", notes=("repaired",)) for text in texts]
    claims = [make_claim(document, value=float(n), flags=("rounded",)) for n, document in enumerate(documents)]
    for document, claim in zip(documents, claims, strict=True):
        ledger.add(document, [claim])
    ledger.judge(claims[0].id, "place", "UZB", "confirmed", by="Ann")
    made = ledger.decide("reject", claim=claims[1].id, reason="a slip", by="Ann")
    ledger.decide("correct", claim=claims[2].id, slot="value", value="7.5", reason="misread", by="Ben")
    ledger.undo(made.number, by="Ann", reason="no slip")
    return [claim.id for claim in claims]


def test_the_server_holds_what_a_file_holds(postgres, tmp_path, make_document, make_claim, monkeypatch):
    for module in ("adding", "decisions", "judging"):
        monkeypatch.setattr(f"lodeclaim.ledger.{module}.utc_now", lambda: "2026-01-01T00:00:00.000000+00:00")
    with Ledger.open(postgres) as server, Ledger.open(tmp_path / "ledger.sqlite") as file:
        ids = fill(server, make_document, make_claim)
        fill(file, make_document, make_claim)
        assert server.claims().equals(file.claims())
        assert server.content_hash() == file.content_hash()
        assert check(server) == check(file) == []
        assert server.claim(ids[2][:10]).value == 7.5
        assert server.claims(place="UZB", statistics=False)["id"].to_list() == ids[:1]
        assert server.decisions() == file.decisions()
        assert server.judgements(ids[0]) == file.judgements(ids[0])
        copy = server.backup(tmp_path / "copy.sqlite")
        assert "lodeclaim:***@" in server.where
    with Ledger.open(copy) as copied, Ledger.open(tmp_path / "ledger.sqlite") as file:
        assert copied.content_hash() == file.content_hash()
        assert check(copied) == []
        copied.decide("accept", claim=ids[0], reason="go on", by="Ann")


def test_a_server_of_version_1_is_migrated_when_asked(postgres, tmp_path, monkeypatch):
    from alembic import command
    from alembic.config import Config

    from lodeclaim.ledger import migrating

    config = Config()
    config.set_main_option("script_location", str(Path(migrating.__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    engine = create_engine(postgres)
    with closing(sqlite3.connect(":memory:")) as old:
        old.executescript(FIRST.read_text("utf-8"))
        old.row_factory = sqlite3.Row
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "0001")
            connection.execute(text("DROP TABLE alembic_version"))
            for table in ("sources", "documents", "claims", "identities"):
                for row in old.execute(f"SELECT * FROM {table}"):
                    names = row.keys()
                    values = ", ".join(f":{name}" for name in names)
                    connection.execute(text(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({values})"), dict(row))
    with pytest.raises(LedgerError, match="ledger migrate"):
        Ledger.open(postgres)
    monkeypatch.chdir(tmp_path)
    done = migrate(postgres)
    assert done == Migration(1, SCHEMA_VERSION, done.backup)
    assert done.backup is not None and done.backup.parent == tmp_path
    file = tmp_path / "file.sqlite"
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(FIRST.read_text("utf-8"))
    with Ledger.open(postgres) as server, Ledger.open(file) as held, Ledger.open(done.backup) as kept:
        assert server.content_hash() == held.content_hash() == kept.content_hash()
        assert check(server) == []
    types = {one["name"]: repr(one["type"]) for one in inspect(engine).get_columns("claims")}
    assert types["id"] == "TEXT(collation='C')"
    assert set(metadata.tables) <= set(inspect(engine).get_table_names())
    engine.dispose()


def test_an_export_of_a_file_comes_back_on_the_server(postgres, tmp_path, make_document, make_claim):
    from lodeclaim.exports.export import export, import_ledger

    with Ledger.open(tmp_path / "ledger.sqlite") as file, Ledger.open(postgres) as server:
        ids = fill(file, make_document, make_claim)
        export(file, tmp_path / "file.jsonl")
        import_ledger(server, tmp_path / "file.jsonl")
        assert server.content_hash() == file.content_hash()
        assert server.claims().equals(file.claims())
        export(server, tmp_path / "server.jsonl")
        assert (tmp_path / "server.jsonl").read_bytes() == (tmp_path / "file.jsonl").read_bytes()
        assert server.decide("accept", claim=ids[0], reason="go on", by="Ann").number == 4
        server.judge(ids[0], "place", "KAZ", "confirmed", by="Ann")


def test_a_server_that_is_not_there_is_named():
    with pytest.raises(LedgerError, match=r"does not answer.*address") as caught:
        Ledger.open("postgresql+psycopg://nobody:secret@127.0.0.1:9/none", timeout=2)
    assert "secret" not in str(caught.value)


def test_waiting_writers_are_told(postgres, make_document, make_claim):
    document = make_document()
    with Ledger.open(postgres, timeout=0.2) as ledger:
        ledger.add(document, [make_claim(document)])
        engine = create_engine(postgres)
        with engine.begin() as other:
            other.execute(text("LOCK TABLE decisions IN EXCLUSIVE MODE"))
            with pytest.raises(LedgerError, match="another process"):
                ledger.decide("accept", claim=make_claim(document).id, reason="why", by="Ann")
            assert ledger.claims(statistics=False).height == 1
        engine.dispose()


def test_writers_at_once_make_one_ledger_and_see_every_copy(postgres, make_document, make_claim):
    words = " ".join(f"word{number}" for number in range(80))
    documents = [make_document(f"Paper {number}: 2,500 t {words}") for number in range(12)]

    def add_all(order: list) -> int:
        with Ledger.open(postgres, timeout=30) as ledger:
            return sum(ledger.add(document, [make_claim(document)]).new_claims for document in order)

    with ThreadPoolExecutor(4) as pool:
        counts = list(pool.map(add_all, [documents, documents[::-1], documents[6:], documents[:6]]))
    assert sum(counts) == len(documents)
    with Ledger.open(postgres) as held:
        assert held.claims(statistics=False)["voice"].n_unique() == 1
        assert check(held) == []

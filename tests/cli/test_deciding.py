"""``conflicts``, ``settle``, ``deals``, ``review``, ``decide``, ``undo``, ``trace`` and ``ledger``: what they print."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from lodeclaim.api import read
from lodeclaim.cli.main import commands
from lodeclaim.core.errors import LodeclaimError
from lodeclaim.ledger.store import Ledger

FIRST = """Partners for two tungsten deposits
Astana, 12 November 2025

Kazakhstan opens two tungsten deposits to an American company.
Cove Kaz Capital Group will hold 70 percent of a joint venture and Tau-Ken Samruk the remaining 30 percent.

The Export-Import Bank of the United States has issued a letter of interest for a loan of up to $900 million
to the tungsten project. With its processing plant, the tungsten project is expected to cost $1.1 billion.

Upper Kairakty holds 1.216 million tonnes of tungsten trioxide. North Katpar holds 90,000 tonnes of tungsten.
"""
SECOND = """Wolfram in der Steppe
Almaty, 18. Dezember 2025

Die US-Export-Import-Bank stellt für das Gemeinschaftsunternehmen der Cove Kaz Capital Group bis zu
900 Millionen US-Dollar in Aussicht. Die Lagerstätte Nordkatpar enthält 900.000 Tonnen Wolfram.
"""


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of two articles."""
    folder = tmp_path_factory.mktemp("articles")
    for name, text in (("first.txt", FIRST), ("second.txt", SECOND)):
        (folder / name).write_text(text, "utf-8")
    path = folder / "supply.sqlite"
    with Ledger.open(path) as ledger:
        read([folder / "first.txt", folder / "second.txt"], ledger=ledger)
    return path


@pytest.fixture
def own(kept: Path, tmp_path: Path) -> Iterator[Path]:
    """A copy that a test may decide in."""
    with Ledger.open(kept) as ledger:
        yield Path(ledger.backup(tmp_path / "own.sqlite"))


def go(ledger: Path, *arguments: str, keys: Sequence[str] = ()) -> Result:
    typed = "".join(f"{key}\n" for key in keys)
    return CliRunner().invoke(commands, [*arguments, "--ledger", str(ledger)], input=typed or None)


def lines(ledger: Path, *arguments: str) -> list[dict[str, Any]]:
    done = go(ledger, *arguments, "--format", "jsonl")
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


def a_claim(ledger: Path, **slots: object) -> str:
    found = lines(ledger, "claims", "--documents")
    return str(next(one["id"] for one in found if all(one[name] == value for name, value in slots.items())))


def test_conflicts_carry_their_quotes(kept: Path) -> None:
    found = lines(kept, "conflicts", "--material", "tungsten")
    assert found
    for one in found:
        assert list(one) == ["id", "kind", "check", "severity", "explanation", "proposal", "claims"]
        for place in one["claims"]:
            assert list(place) == ["document", "start", "end", "quote", "claim"]
            if place["start"] is not None:
                text = Path(place["document"]).read_text("utf-8")
                assert text[place["start"] : place["end"]] == place["quote"]
    assert any(one["check"] == "scale-slip" for one in found)
    severities = [one["severity"] for one in found]
    assert severities == sorted(severities, reverse=True)
    only = lines(kept, "conflicts", "--material", "tungsten", "--kind", "conflict")
    assert {one["kind"] for one in only} == {"conflict"}


def test_settle_and_trace_lead_to_the_sentence(kept: Path) -> None:
    found = lines(kept, "settle", "tungsten", "--site", "Upper Kairakty", "--predicate", "reserve")
    one = next(row for row in found if row["claims"])
    below = lines(kept, "trace", one["id"], "--material", "tungsten")
    assert [row["claim"] for row in below if row["claim"]] == one["claims"]
    assert any(row["quote"] == "1.216 million tonnes" for row in below)
    above = lines(kept, "trace", one["claims"][0])
    assert one["id"] in {row["id"] for row in above}
    assert any(row["id"].startswith("brief: ") for row in above)


def test_deals_are_one_row_each(kept: Path) -> None:
    found = [one for one in lines(kept, "deals", "--material", "tungsten") if one["total"]]
    assert len(found) == 1
    deal = found[0]
    assert [(one["unit"], one["value"]) for one in deal["total"]] == [("USD", 1.1e9)]
    shares = {one["entity"]: one["share"]["value"] for one in deal["parties"] if one["share"]}
    assert shares == {"cove-kaz-capital-group": 70.0, "tau-ken-samruk": 30.0}
    totals = lines(kept, "deals", "--totals", "all")
    assert [(one["currency"], one["amount"]) for one in totals] == [("USD", 1.1e9)]
    explained = go(kept, "deals", "--why").stdout
    assert "same company" in explained
    assert lines(kept, "trace", deal["id"])[0]["id"] == deal["id"]


def test_tables_and_csv_have_the_same_rows(kept: Path) -> None:
    for command in (["settle", "tungsten"], ["conflicts"], ["deals"], ["deals", "--totals", "bloc"], ["review"]):
        rows = list(csv.DictReader(io.StringIO(go(kept, *command, "--format", "csv").stdout)))
        assert len(rows) == len(lines(kept, *command)), command
        done = go(kept, *command, *(["--list"] if command == ["review"] else []))
        assert done.exit_code == 0, done.output


def test_decide_changes_what_is_settled_and_undo_brings_it_back(own: Path) -> None:
    claim = a_claim(own, value=900000.0)
    before = lines(own, "settle", "tungsten")
    made = lines(own, "decide", "reject", claim, "--reason", "off by ten", "--by", "A")[0]
    assert (made["number"], made["kind"], made["by"]) == (1, "reject", "A")
    assert lines(own, "settle", "tungsten") != before
    undone = lines(own, "undo", "1", "--reason", "it is right", "--by", "B")[0]
    assert (undone["kind"], undone["undoes"]) == ("undo", 1)
    assert lines(own, "settle", "tungsten") == before
    assert [one["number"] for one in lines(own, "decide")] == [1, 2]


def test_the_second_of_two_is_told(own: Path) -> None:
    claim = a_claim(own, value=900000.0)
    lines(own, "decide", "reject", claim, "--reason", "off by ten", "--by", "A")
    late = go(own, "decide", "prefer", claim, "--reason", "fine", "--by", "B", "--expects", "0")
    assert isinstance(late.exception, LodeclaimError)
    assert "A decided reject" in str(late.exception)
    assert len(lines(own, "decide")) == 1


def test_a_decision_needs_a_reason(own: Path) -> None:
    done = go(own, "decide", "reject", a_claim(own, value=900000.0))
    assert done.exit_code == 2
    assert "--reason" in done.output


def test_review_by_keyboard(own: Path) -> None:
    queue = lines(own, "review", "--material", "tungsten")
    priorities = [one["priority"] for one in queue]
    assert priorities == sorted(priorities, reverse=True)
    assert queue[0]["matter"] == "conflict"
    keys = ["r", "1", "misread", "u", "no, it is right", "x", "n", "q"]
    done = go(own, "review", "--material", "tungsten", "--by", "A", keys=keys)
    assert done.exit_code == 0, done.output
    assert "Decision 1: reject" in done.output
    assert "Undone." in done.output
    assert [one["kind"] for one in lines(own, "decide")] == ["reject", "undo"]


def test_a_correction_by_keyboard_moves_the_item_away(own: Path) -> None:
    first = lines(own, "review", "--material", "tungsten")[0]
    wrong = a_claim(own, value=900000.0)
    at = str(first["claims"].index(wrong) + 1)
    done = go(own, "review", "--material", "tungsten", "--by", "A", keys=["c", at, "value", "90000", "off by ten", "q"])
    assert "Decision 1: correct" in done.output
    assert first["id"] not in {one["id"] for one in lines(own, "review", "--material", "tungsten")}


def test_the_end_of_input_ends_the_review(own: Path) -> None:
    done = go(own, "review", "--material", "tungsten", keys=["n"])
    assert done.exit_code == 0
    assert not lines(own, "decide")


def test_a_ledger_goes_out_and_comes_back(own: Path, tmp_path: Path) -> None:
    lines(own, "decide", "prefer", a_claim(own, value=900000.0), "--reason", "latest", "--by", "A")
    copy = tmp_path / "copy.sqlite"
    assert go(own, "ledger", "export", str(tmp_path / "all.jsonl")).exit_code == 0
    assert go(copy, "ledger", "import", str(tmp_path / "all.jsonl")).exit_code == 0
    with Ledger.open(own) as one, Ledger.open(copy) as other:
        assert one.content_hash() == other.content_hash()
    for name in ("claims.csv", "claims.parquet", "claims.xlsx", "all.jsonld"):
        done = go(own, "ledger", "export", str(tmp_path / name))
        assert done.exit_code == 0, done.output
        assert (tmp_path / name).stat().st_size > 0


def test_init_check_backup_and_migrate(tmp_path: Path) -> None:
    path = tmp_path / "new.sqlite"
    assert "ready" in go(path, "ledger", "init").output
    assert "left as it is" in go(path, "ledger", "init").output
    assert "The ledger is sound." in go(path, "ledger", "check").output
    assert go(path, "ledger", "backup", str(tmp_path / "copy.sqlite")).exit_code == 0
    assert "already" in go(path, "ledger", "migrate").output
    with Ledger.open(tmp_path / "copy.sqlite", create=False) as copy:
        assert copy.decisions() == ()


def test_damage_is_exit_code_1(own: Path) -> None:
    import sqlite3

    with sqlite3.connect(own) as database:
        database.execute("UPDATE documents SET text = 'x' || text")
    database.close()
    done = go(own, "ledger", "check", "--format", "jsonl")
    assert done.exit_code == 1
    assert all("problem" in json.loads(line) for line in done.stdout.splitlines())


@pytest.mark.parametrize(
    "arguments",
    [["decide"], ["review"], ["undo", "1", "--reason", "x"], ["ledger", "check"], ["ledger", "export", "x.csv"]],
)
def test_what_writes_needs_a_ledger(arguments: list[str], tmp_path: Path) -> None:
    done = go(tmp_path / "missing.sqlite", *arguments)
    assert isinstance(done.exception, LodeclaimError)
    assert "there is no ledger" in str(done.exception)
    assert not (tmp_path / "missing.sqlite").exists()


@pytest.mark.parametrize("identity", ["v000000000000", "deal-c000000000", "c0000000000"])
def test_what_is_not_there_is_said(kept: Path, identity: str) -> None:
    done = go(kept, "trace", identity)
    assert isinstance(done.exception, LodeclaimError)
    assert identity in str(done.exception)

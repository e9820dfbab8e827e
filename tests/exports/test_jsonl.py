from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lodeclaim.core.errors import LedgerError
from lodeclaim.exports.export import export, import_ledger
from lodeclaim.ledger.checking import check
from lodeclaim.ledger.dump import dump
from lodeclaim.ledger.store import Ledger


def test_a_ledger_comes_back_exactly(ledger: Ledger, tmp_path: Path):
    path = tmp_path / "ledger.jsonl"
    written = export(ledger, path)
    with Ledger.open(tmp_path / "again.sqlite") as again:
        done = import_ledger(again, path)
        assert sum(done.new.values()) == written
        assert again.content_hash() == ledger.content_hash()
        assert again.claims(statistics=False).equals(ledger.claims(statistics=False))
        assert again.decisions() == ledger.decisions()
        assert list(dump(again)) == list(dump(ledger))
        assert check(again) == []
        export(again, tmp_path / "second.jsonl")
        assert (tmp_path / "second.jsonl").read_bytes() == path.read_bytes()
        known = import_ledger(again, path)
        assert sum(known.new.values()) == 0
        assert again.content_hash() == ledger.content_hash()


def test_the_empty_ledger_comes_back(tmp_path: Path):
    path = tmp_path / "empty.jsonl"
    with Ledger.memory() as ledger, Ledger.memory() as again:
        assert export(ledger, path) == 0
        import_ledger(again, path)
        assert again.content_hash() == ledger.content_hash()


def test_another_ledger_gets_what_it_lacks(ledger: Ledger, tmp_path: Path):
    path = tmp_path / "ledger.jsonl"
    export(ledger, path)
    document = next(source.id for source in ledger.sources() if source.address == "article.txt")
    claims = [ledger.claim(one, as_read=True) for one in ledger.claims(source=document, statistics=False)["id"]]
    with Ledger.memory() as other:
        other.add(ledger.document(document), claims)
        own = other.decide("prefer", claim=claims[0].id, reason="mine", by="Cem")
        done = import_ledger(other, path)
        assert (done.known["document"], done.new["document"]) == (1, 1)
        assert [one.number for one in other.decisions()] == [1, 2, 3, 4, 5]
        assert other.decisions()[0] == own
        assert [one.undoes for one in other.decisions()] == [None, None, None, 2, None]
        assert other.claims(statistics=False).height == 4
        assert check(other) == []
        before = other.content_hash()
        assert sum(import_ledger(other, path).new.values()) == 0
        assert other.content_hash() == before


def spoil(lines: list[dict], how: str) -> list[dict]:
    claim = next(line for line in lines if line["record"] == "claim")
    if how == "number":
        claim["value"] = 7.0
    elif how == "quote":
        claim["quote"] = "nothing of this"
    elif how == "type":
        claim["value"] = "many"
    elif how == "field":
        claim["colour"] = "red"
    elif how == "lacking":
        del claim["quote"]
    elif how == "record":
        claim["record"] = "gossip"
    elif how == "order":
        lines.insert(1, claim)
    elif how == "lost":
        lines.remove(claim)
    elif how == "end":
        lines.pop()
    elif how == "text":
        next(line for line in lines if line["record"] == "document")["text"] += " And more."
    elif how == "decision":
        next(line for line in lines if line.get("kind") == "correct")["value"] = "1"
    elif how == "newer":
        lines[0]["version"] = 999
    elif how == "head":
        del lines[0]
    elif how == "orphan":
        for line in [one for one in lines if one["record"] == "document"]:
            lines.remove(line)
    return lines


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ("number", "id is not that of its content"),
        ("quote", "quote does not stand"),
        ("type", "something else"),
        ("field", "unknown fields colour"),
        ("lacking", "lacks quote"),
        ("record", "no record"),
        ("order", "stands after"),
        ("lost", "records stand in the file"),
        ("end", "ends too early"),
        ("text", "text is not the one"),
        ("decision", "content is not that"),
        ("newer", "Update lodeclaim"),
        ("head", "no export"),
        ("orphan", "records"),
    ],
)
def test_a_spoilt_file_leaves_nothing(ledger: Ledger, tmp_path: Path, how: str, message: str):
    path = tmp_path / "ledger.jsonl"
    export(ledger, path)
    lines = spoil([json.loads(line) for line in path.read_text("utf-8").splitlines()], how)
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    with Ledger.memory() as again:
        empty = again.content_hash()
        with pytest.raises(LedgerError, match=message):
            import_ledger(again, path)
        assert again.content_hash() == empty


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_damaged_file_never_half_comes_in(ledger: Ledger, tmp_path: Path, data: st.DataObject):
    path = tmp_path / "ledger.jsonl"
    export(ledger, path)
    content = path.read_bytes()
    at = data.draw(st.integers(0, len(content) - 1))
    spoilt = content[:at] + (
        b"" if data.draw(st.booleans()) else bytes([data.draw(st.integers(0, 255))]) + content[at + 1 :]
    )
    path.write_bytes(spoilt)
    with Ledger.memory() as again:
        empty = again.content_hash()
        try:
            import_ledger(again, path)
        except LedgerError:
            assert again.content_hash() == empty
        else:  # what does not count in the content, such as the time of adding
            assert again.content_hash() == ledger.content_hash()


def test_places_that_cannot_be_written_or_read(ledger: Ledger, tmp_path: Path):
    with pytest.raises(LedgerError, match="folder does not exist"):
        export(ledger, tmp_path / "nowhere" / "ledger.jsonl")
    with pytest.raises(LedgerError, match="cannot be read"):
        import_ledger(ledger, tmp_path / "nothing.jsonl")
    with pytest.raises(LedgerError, match="whole ledger"):
        export(ledger, tmp_path / "ledger.jsonl", material="tungsten")
    with pytest.raises(LedgerError, match="ending"):
        export(ledger, tmp_path / "ledger.doc")
    with pytest.raises(LedgerError, match="no format"):
        export(ledger, tmp_path / "ledger.csv", "word")
    assert list(tmp_path.iterdir()) == []

"""The benchmark can be run, and measures what it says."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from lodeclaim.ledger.store import Ledger


@pytest.fixture(scope="module")
def bench(root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("bench_run", root / "bench" / "run.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def million(root: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(root / "bench"))
    for name in ("generated", "million"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    return importlib.import_module("million")


def test_a_corpus_is_at_least_as_large_as_asked_for(bench: ModuleType, tmp_path: Path, root: Path) -> None:
    made = bench.corpus(tmp_path, (root / "examples" / "articles").glob("*.txt"), 20_000)
    sizes = [Path(address).stat().st_size for address in made]
    assert sum(sizes[:-1]) < 20_000 <= sum(sizes)


def test_one_small_measurement(bench: ModuleType, tmp_path: Path, root: Path) -> None:
    made = bench.corpus(tmp_path, (root / "examples" / "articles").glob("*.txt"), 3_000)
    result = bench.throughput(made)
    assert result["documents"] == len(made)
    assert result["claims"] > 0
    assert result["megabytes_per_second"] > 0


def test_claims_written_in_bulk_are_those_that_are_added_one_by_one(million: ModuleType, tmp_path: Path) -> None:
    million.fill(tmp_path / "bulk.sqlite", 200)
    with Ledger.open(tmp_path / "bulk.sqlite", create=False) as bulk, Ledger.memory() as added:
        for document, claims in million.generated.documents(200):
            added.add(document, claims)
        assert bulk.content_hash() == added.content_hash()
        assert bulk.claims(statistics=False).height == 200
        assert bulk.claims(statistics=False).equals(added.claims(statistics=False))


def test_questions_ask_for_slots_that_claims_speak_of(million: ModuleType, tmp_path: Path) -> None:
    million.fill(tmp_path / "bulk.sqlite", 200)
    material, asked = million.questions(tmp_path / "bulk.sqlite")
    with Ledger.open(tmp_path / "bulk.sqlite", create=False) as ledger:
        counts = ledger.claims(statistics=False)["material"].value_counts(sort=True)
        assert ledger.claims(material=material, statistics=False).height == counts["count"][0]
        assert all(ledger.claims(**slot, statistics=False).height for slot in asked)

"""Readings killed at random moments and reviewers at once; LODECLAIM_KILLS asks for more than a few."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("LODECLAIM_KILLS", "15"))


def module_of(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"bench_{name}", ROOT / "bench" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # its dataclasses look themselves up
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def kill() -> ModuleType:
    return module_of("kill")


@pytest.fixture(scope="module")
def corpus(kill: ModuleType, tmp_path_factory: pytest.TempPathFactory):
    return kill.Corpus(tmp_path_factory.mktemp("corpus"), documents=6)


@pytest.mark.filterwarnings("ignore:This process.*is multi-threaded:DeprecationWarning")
def test_a_killed_reading_leaves_whole_documents_in_a_file(kill: ModuleType, corpus, tmp_path: Path):
    outcome = kill.on_files(KILLS, corpus, tmp_path)
    assert outcome.faults == []
    assert outcome.killed_at_work == KILLS


@pytest.mark.filterwarnings("ignore:This process.*is multi-threaded:DeprecationWarning")
def test_a_killed_reading_leaves_whole_documents_on_a_server(kill: ModuleType, corpus, postgres_server: str):
    kills = max(1, KILLS // 3)
    outcome = kill.on_server(kills, corpus, postgres_server)
    assert outcome.faults == []
    assert outcome.killed_at_work == kills


def test_the_trial_sees_what_is_lost_and_what_is_half(kill: ModuleType, corpus, tmp_path: Path, monkeypatch):
    """A ledger that commits less than a document would not pass."""
    document, claims = corpus.read[0]
    from lodeclaim.ledger.store import Ledger

    path = tmp_path / "half.sqlite"
    with Ledger.open(path) as ledger:
        ledger.add(document, claims[:-1])
    monkeypatch.setattr(kill, "killed", lambda *_, **__: ([corpus.read[1][0].id], True))
    outcome = kill.Outcome()
    kill.trial(str(path), corpus, outcome, whole=False, after=0)
    assert any("half of" in fault for fault in outcome.faults)
    assert any("lost" in fault for fault in outcome.faults)


def test_writers_of_one_file_are_told_of_each_other(tmp_path: Path):
    report = module_of("reviewers").with_processes(str(tmp_path / "ledger.sqlite"), 8, 160)
    assert report.faults == []
    assert report.decisions == 160


def test_reviewers_of_one_server_are_told_of_each_other(postgres: str):
    report = module_of("reviewers").with_threads(postgres, 50, 300)
    assert report.faults == []
    assert report.decisions == 300
    assert report.told > 0


def test_the_generated_claims_are_sound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from lodeclaim.ledger.checking import check
    from lodeclaim.ledger.store import Ledger

    monkeypatch.syspath_prepend(str(ROOT / "bench"))  # its claims come from the file beside it
    million = module_of("million")
    million.fill(tmp_path / "some.sqlite", 200)
    with Ledger.open(tmp_path / "some.sqlite") as ledger:
        assert check(ledger) == []
        assert ledger.claims(statistics=False).height == 200

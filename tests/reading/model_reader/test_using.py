"""The model from Python and the command line: off unless an address is given."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import lodeclaim as lc
from lodeclaim.reading.model_reader.client import ModelClient
from lodeclaim.reading.model_reader.model import ModelSettings

from .conftest import SHARE, TEXT, Service, on


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(TEXT, "utf-8")
    return path


def command(*arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    settings = {name: value for name, value in os.environ.items() if not name.startswith("LODECLAIM_")}
    return subprocess.run(
        [sys.executable, "-m", "lodeclaim", "read", *map(str, arguments)],
        cwd=cwd,
        env=settings,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def test_nothing_is_asked_without_an_address(article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError("a model was asked")

    monkeypatch.setattr(ModelClient, "__init__", never)
    monkeypatch.setattr(ModelClient, "ask", never)
    batch = lc.read(article)
    assert batch.claims
    assert {claim.reader for claim in batch.claims} == {"rules"}
    assert (batch.quarantine, batch.unread) == ((), ())


def test_without_an_address_no_part_of_it_is_loaded(article: Path) -> None:
    script = (
        "import sys, lodeclaim\nlodeclaim.read(sys.argv[1])\n"
        "print([m for m in sys.modules if 'model_reader' in m or m == 'httpx'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(article)], capture_output=True, text=True, check=True, timeout=120
    )
    assert done.stdout.strip() == "[]"


def test_both_read_and_the_ledger_keeps_both_as_origin(service: Service, article: Path) -> None:
    service.script = on("83%", SHARE, SHARE | {"value": 8.3})
    ledger = lc.Ledger.memory()
    batch = lc.read(article, ledger=ledger, model=ModelSettings(address=service.address, model="stub"))
    alone = lc.read(article)
    assert [claim.id for claim in batch.claims] == [claim.id for claim in alone.claims]
    assert {claim.reader for claim in batch.claims} == {"rules", "rules+model:stub"}
    assert [held.step for held in batch.quarantine] == ["number"]
    share = next(claim for claim in batch.claims if claim.predicate == "share")
    assert ledger.claim(share.id).reader == "rules+model:stub"


def test_a_model_that_is_away_costs_no_claim(article: Path) -> None:
    settings = ModelSettings(address="http://127.0.0.1:9/v1", model="stub", attempts=1)
    batch = lc.read(article, model=settings)
    assert batch.claims == lc.read(article).claims
    assert not batch.failures
    assert len(batch.unread) == 4


def test_the_command_line(service: Service, article: Path, tmp_path: Path) -> None:
    service.script = on("83%", SHARE, SHARE | {"quote": "Chile holds 83%"})
    held = tmp_path / "refused.jsonl"
    options = ["--model-address", service.address, "--model", "stub", "--model-timeout", "5", "--quarantine", held]
    done = command(article, *options, "--format", "jsonl", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    items = [json.loads(line) for line in done.stdout.splitlines()]
    assert next(item for item in items if item["predicate"] == "share")["reader"] == "rules+model:stub"
    (line,) = [json.loads(line) for line in held.read_text("utf-8").splitlines()]
    assert (line["kind"], line["step"], line["draft"]["quote"]) == ("refused", "quote", "Chile holds 83%")
    assert line["address"] == str(article)
    assert "83%" in TEXT[line["start"] : line["end"]]


def test_the_command_line_reports_blocks_not_read(article: Path, tmp_path: Path) -> None:
    held = tmp_path / "refused.jsonl"
    options = ["--model-address", "http://127.0.0.1:9/v1", "--model", "stub", "--quarantine", held]
    done = command(article, *options, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "no connection" in done.stderr
    assert "4 blocks not read by it" in done.stderr
    assert {json.loads(line)["kind"] for line in held.read_text("utf-8").splitlines()} == {"unread"}


@pytest.mark.parametrize(
    "options",
    [
        ["--model", "stub"],
        ["--model-address", "http://127.0.0.1:9/v1"],
        ["--quarantine", "refused.jsonl"],
        ["--model-address", "nowhere", "--model", "stub"],
    ],
)
def test_half_a_setting_is_an_error(article: Path, tmp_path: Path, options: list[str]) -> None:
    done = command(article, *options, cwd=tmp_path)
    assert done.returncode == 2
    assert "model" in done.stderr
    assert not done.stdout

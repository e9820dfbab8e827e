"""Scores on the development sets: the shared one where it is there, and the project's own articles."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
READ = f"{sys.executable} -m lodeclaim read --format jsonl"


def score(scorer: Path, gold: Path, documents: Path) -> dict[str, dict[str, float]]:
    done = subprocess.run(
        [sys.executable, str(scorer), str(gold), str(documents), "--command", READ, "--json"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    result: dict[str, dict[str, float]] = json.loads(done.stdout)
    return result


def test_shared_gold(shared: Path) -> None:
    result = score(shared / "tools" / "score_claims.py", shared / "gold", shared / "seeds")
    assert result["quantity"]["f1"] >= 0.95
    assert result["claim"]["f1"] >= 0.93
    assert result["full"]["f1"] >= 0.82
    assert result["offtopic_claims"] == 0


def test_own_articles(shared: Path, tmp_path: Path) -> None:
    expected = (ROOT / "examples" / "expected.jsonl").read_text("utf-8")
    (tmp_path / "gold.jsonl").write_text(expected, "utf-8")
    (tmp_path / "aliases.json").write_text((shared / "gold" / "aliases.json").read_text("utf-8"), "utf-8")
    result = score(shared / "tools" / "score_claims.py", tmp_path, ROOT / "examples" / "articles")
    assert result["quantity"]["f1"] >= 0.93
    assert result["claim"]["f1"] >= 0.90
    assert result["full"]["f1"] >= 0.58


@pytest.mark.parametrize("name", ["expected.jsonl"])
def test_expected_quotes_stand_in_the_articles(name: str) -> None:
    for line in (ROOT / "examples" / name).read_text("utf-8").splitlines():
        row = json.loads(line)
        text = (ROOT / "examples" / "articles" / row["doc"]).read_text("utf-8")
        assert text[row["start"] : row["start"] + len(row["quote"])] == row["quote"]

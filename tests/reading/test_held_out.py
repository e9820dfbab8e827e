"""The held-out articles: their annotations stand in the text, and the reader gets through them without error."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from lodeclaim.vocabulary.load import load_vocabulary

HELD_OUT = Path(__file__).parents[1] / "data" / "held_out"
ARTICLES = sorted(HELD_OUT.glob("*.txt"))
FLOOR = 0.3


def rows(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines() if line.strip()]


GOLD = rows((HELD_OUT / "gold.jsonl").read_text("utf-8"))


@pytest.fixture(scope="module")
def claims() -> list[dict[str, Any]]:
    """What the command reads from all articles in one run."""
    command = [sys.executable, "-m", "lodeclaim", "read", "--format", "jsonl", *map(str, ARTICLES)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return rows(done.stdout)


def test_two_articles_in_each_language() -> None:
    assert Counter(path.stem.split("-")[0] for path in ARTICLES) == dict.fromkeys(load_vocabulary().language_codes(), 2)
    assert {row["doc"] for row in GOLD} == {path.name for path in ARTICLES}


@pytest.mark.parametrize("article", ARTICLES, ids=lambda path: path.stem)
def test_every_annotated_quote_stands_at_its_place(article: Path) -> None:
    text = article.read_text("utf-8")
    annotated = [row for row in GOLD if row["doc"] == article.name]
    wrong = [row["quote"] for row in annotated if not text.startswith(row["quote"], row["start"])]
    assert not wrong
    required = [row for row in annotated if not row.get("optional")]
    assert 8 <= len(required) <= 12
    assert {row["predicate"] for row in required} <= set(load_vocabulary().predicates)


@pytest.mark.parametrize("article", ARTICLES, ids=lambda path: path.stem)
def test_every_article_is_read(article: Path, claims: list[dict[str, Any]]) -> None:
    text = article.read_text("utf-8")
    found = [claim for claim in claims if Path(claim["document"]).name == article.name]
    assert found
    assert [text[claim["start"] : claim["end"]] for claim in found] == [claim["quote"] for claim in found]


def test_the_reader_has_not_gone_blind(claims: list[dict[str, Any]]) -> None:
    """A floor far below the measured score: it tells a broken reader, and invites nobody to tune."""
    numbers = [row for row in GOLD if row["value"] is not None and not row.get("optional")]
    met = sum(
        any(
            Path(claim["document"]).name == row["doc"]
            and claim["start"] < row["start"] + len(row["quote"])
            and row["start"] < claim["end"]
            and claim["value"] == pytest.approx(row["value"], rel=1e-3)
            for claim in claims
        )
        for row in numbers
    )
    assert met >= FLOOR * len(numbers)

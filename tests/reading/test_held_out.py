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

DATA = Path(__file__).parents[1] / "data"
#: The sets with how many articles each language has there, and the least and most claims an article must have.
SETS = {"held_out": (2, 8, 12), "held_out_long": (1, 18, 32)}
ARTICLES = [path for name in SETS for path in sorted((DATA / name).glob("*.txt"))]
FLOOR = 0.3


def rows(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines() if line.strip()]


GOLD = {name: rows((DATA / name / "gold.jsonl").read_text("utf-8")) for name in SETS}


def annotated(article: Path) -> list[dict[str, Any]]:
    return [row for row in GOLD[article.parent.name] if row["doc"] == article.name]


def label(article: Path) -> str:
    return f"{article.parent.name}/{article.stem}"


@pytest.fixture(scope="module")
def claims() -> list[dict[str, Any]]:
    """What the command reads from all articles in one run."""
    command = [sys.executable, "-m", "lodeclaim", "read", "--format", "jsonl", *map(str, ARTICLES)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return rows(done.stdout)


@pytest.mark.parametrize("name", SETS)
def test_as_many_articles_in_each_language(name: str) -> None:
    articles = [path for path in ARTICLES if path.parent.name == name]
    languages = load_vocabulary().language_codes()
    assert Counter(path.stem.split("-")[0] for path in articles) == dict.fromkeys(languages, SETS[name][0])
    assert {row["doc"] for row in GOLD[name]} == {path.name for path in articles}


@pytest.mark.parametrize("article", ARTICLES, ids=label)
def test_every_annotated_quote_stands_at_its_place(article: Path) -> None:
    text = article.read_text("utf-8")
    wrong = [row["quote"] for row in annotated(article) if not text.startswith(row["quote"], row["start"])]
    assert not wrong
    required = [row for row in annotated(article) if not row.get("optional")]
    _, least, most = SETS[article.parent.name]
    assert least <= len(required) <= most
    assert {row["predicate"] for row in required} <= set(load_vocabulary().predicates)


@pytest.mark.parametrize("article", ARTICLES, ids=label)
def test_every_article_is_read(article: Path, claims: list[dict[str, Any]]) -> None:
    text = article.read_text("utf-8")
    found = [claim for claim in claims if Path(claim["document"]) == article]
    assert found
    assert [text[claim["start"] : claim["end"]] for claim in found] == [claim["quote"] for claim in found]


@pytest.mark.parametrize("name", SETS)
def test_the_reader_has_not_gone_blind(name: str, claims: list[dict[str, Any]]) -> None:
    """A floor far below the measured score: it tells a broken reader, and invites nobody to tune."""
    numbers = [row for row in GOLD[name] if row["value"] is not None and not row.get("optional")]
    met = sum(
        any(
            Path(claim["document"]) == DATA / name / row["doc"]
            and claim["start"] < row["start"] + len(row["quote"])
            and row["start"] < claim["end"]
            and claim["value"] == pytest.approx(row["value"], rel=1e-3)
            for claim in claims
        )
        for row in numbers
    )
    assert met >= FLOOR * len(numbers)

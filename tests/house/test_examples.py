"""The sample articles and the claims expected of them are sound."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from lodeclaim.vocabulary.load import load_vocabulary

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
EXPECTED: list[dict[str, Any]] = [
    json.loads(line) for line in (EXAMPLES / "expected.jsonl").read_text("utf-8").splitlines()
]


@pytest.mark.parametrize("line", EXPECTED, ids=lambda line: f"{line['doc']}@{line['start']}")
def test_the_quote_stands_where_it_is_said_to(line: dict[str, Any]) -> None:
    text = (EXAMPLES / "articles" / line["doc"]).read_text("utf-8")
    assert text[line["start"] : line["start"] + len(line["quote"])] == line["quote"]


def test_every_article_has_enough_claims() -> None:
    counts = Counter(line["doc"] for line in EXPECTED if not line.get("optional"))
    articles = {path.name for path in (EXAMPLES / "articles").glob("*.txt")}
    assert set(counts) == articles
    assert min(counts.values()) >= 6


def test_every_article_is_short_and_has_a_headline_and_a_date() -> None:
    for path in (EXAMPLES / "articles").glob("*.txt"):
        lines = path.read_text("utf-8").splitlines()
        assert lines[0]
        assert lines[0][-1] not in ".!"
        assert any(year in lines[1] for year in ("2025", "2026"))
        assert 120 <= len(" ".join(lines).split()) <= 260


def test_predicates_and_modalities_are_of_the_vocabulary() -> None:
    known = set(load_vocabulary().predicates)
    for line in EXPECTED:
        assert {line["predicate"], *line.get("alt_predicates", [])} <= known
        assert line["modality"] in {"actual", "planned", "forecast", "estimated", "conditional", "opinion"}
        assert (line["value"] is None) == (line["comparator"] is None)


def test_what_the_claims_are_about_is_in_the_vocabulary() -> None:
    words = load_vocabulary()
    parts = (words.materials, words.countries, words.groups, words.sites, words.actors)
    known = {entry.name.casefold() for part in parts for entry in part.values()}
    known |= {alias.casefold() for actor in words.actors.values() for alias in actor.aliases}
    known |= {alias.casefold() for site in words.sites.values() for names in site.aliases.values() for alias in names}
    unknown = {name for line in EXPECTED for name in line["about"] if name.casefold() not in known}
    assert not unknown

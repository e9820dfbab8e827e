from __future__ import annotations

import re

import pytest

from lodeclaim.reports.model import Brief
from lodeclaim.reports.text import render_text


@pytest.mark.parametrize("width", [60, 80, 100, 160])
def test_lines_keep_to_the_width_unless_one_word_is_longer(brief: Brief, width: int) -> None:
    for line in render_text(brief, width).splitlines():
        assert len(line) <= width or max(len(word) for word in line.split()) > width - 12, line


def test_every_footnote_is_there_with_its_claim_and_quote(brief: Brief) -> None:
    words = str(brief)
    notes = words[words.index("\nClaims\n") :]
    for number, entry in enumerate(brief.claims, start=1):
        assert f"[{number}] {entry.id}" in notes
    assert "«8 Millionen Tonnen»" in notes


def test_every_reference_has_its_footnote(brief: Brief) -> None:
    words = str(brief)
    body = words[: words.index("\nClaims\n")]
    numbers = {int(n) for group in re.findall(r"\[([\d,]+)(?:\+\d+)?\]", body) for n in group.split(",")}
    assert numbers
    assert numbers <= set(range(1, len(brief.claims) + 1))


def test_the_first_screen_answers(brief: Brief) -> None:
    first = str(brief)[:2500]
    for question in ("Who extracts?", "Who processes?", "How concentrated?", "What disagrees?"):
        assert question in first
    assert re.search(r"China 7\d\.\d %", first)
    assert "2 conflicts" in first


def test_gaps_are_said(bare: Brief) -> None:
    words = str(bare)
    assert "cannot be computed: missing" in words
    assert "What is missing" in words


def test_both_years_stand_side_by_side(brief: Brief) -> None:
    assert re.search(r"Kazakhstan\s+0 t \[\d+\]\s+2,400 t e \[[\d,]+\]\s+\+2,400 t", str(brief))

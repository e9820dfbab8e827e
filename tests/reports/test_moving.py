"""One more article moves a country's interval, and the brief says which claim did it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import lodeclaim as lc
from lodeclaim.reports.model import ProductionRow

FIRST = "Kazakhstan produced about 2,500 tonnes of tungsten in 2025.\n"
SECOND = "Kazakhstan's mine production of tungsten reached 5,100 tonnes in 2025, the regional government said.\n"


@pytest.fixture
def ledger() -> Iterator[lc.Ledger]:
    with lc.Ledger.memory() as memory:
        yield memory


def kazakhstan(ledger: lc.Ledger) -> tuple[ProductionRow, lc.Brief]:
    brief = lc.brief("tungsten", ledger=ledger)
    extraction = next(stage for stage in brief.stages if stage.stage == "extraction")
    return next(row for row in extraction.production if row.place == "KAZ"), brief


def test_a_new_article_moves_the_interval_and_is_named(ledger: lc.Ledger, tmp_path: Path) -> None:
    (tmp_path / "first.txt").write_text(FIRST, "utf-8")
    lc.read([str(tmp_path / "first.txt")], ledger=ledger)
    before, _ = kazakhstan(ledger)
    (tmp_path / "second.txt").write_text(SECOND, "utf-8")
    batch = lc.read([str(tmp_path / "second.txt")], ledger=ledger)
    moving = next(claim for claim in batch.claims if claim.value == 5100)
    after, brief = kazakhstan(ledger)
    last_before, last_after = before.figures[-1], after.figures[-1]
    assert last_before.high is not None
    assert last_after.high is not None
    assert last_after.high > last_before.high
    assert last_after.high >= 5100
    assert moving.id in last_after.claims
    assert moving.id in {claim for note in after.moved for claim in note.claims}
    assert "5,100 t" in str(brief)
    assert moving.id in str(brief)


def test_reading_it_again_changes_nothing(ledger: lc.Ledger, tmp_path: Path) -> None:
    (tmp_path / "second.txt").write_text(SECOND, "utf-8")
    lc.read([str(tmp_path / "second.txt")], ledger=ledger)
    before = ledger.content_hash()
    lc.read([str(tmp_path / "second.txt")], ledger=ledger)
    assert ledger.content_hash() == before

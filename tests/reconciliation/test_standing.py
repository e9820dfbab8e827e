"""What people decide, what a policy says, and which rule gave the value."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

import lodeclaim.reconciliation
from lodeclaim.core.errors import VocabularyError
from lodeclaim.reconciliation.policy import load_policy
from lodeclaim.reconciliation.settle import settle

BUNDLED = Path(lodeclaim.reconciliation.__file__).with_name("policy.yaml")


def decided(frame, standing=None, reasons=None, merged=None):
    ids = frame["id"].to_list()
    columns = {"standing": standing or {}, "standing_reason": reasons or {}, "merged": merged or {}}
    return frame.with_columns(
        pl.Series(name, [values.get(one) for one in ids], dtype=pl.String) for name, values in columns.items()
    )


def only(settled):
    (one,) = settled
    return one


def standings(one):
    return {row.claim: (row.standing, row.reason) for row in one.standings}


def test_a_human_decision_goes_first(say, table):
    official, article = say(2400.0, "s1"), say(1500.0, "d1")
    frame = table([official, article])
    assert only(settle(frame)).preferred == official.id
    frame = decided(frame, {article.id: "preferred"}, {article.id: "preferred by the reviewer: seen on site"})
    one = only(settle(frame))
    assert (one.preferred, one.figure.value, one.rule) == (article.id, 1500.0, "a human decision")
    assert any("seen on site" in reason for reason in one.figure.reasons)
    assert standings(one) == {
        article.id: ("preferred", "preferred by the reviewer: seen on site"),
        official.id: ("normal", ""),
    }


def test_a_rejected_claim_stands_aside_whatever_else_there_is(say, table):
    one, other = say(2400.0, "d1"), say(1500.0, "d2")
    frame = decided(table([one, other]), {one.id: "deprecated"}, {one.id: "rejected by the reviewer: wrong mine"})
    settled = only(settle(frame))
    assert (settled.figure.value, settled.figure.low, settled.figure.high) == (1500, 1500, 1500)
    assert settled.disagreement is None
    assert standings(settled)[one.id] == ("deprecated", "rejected by the reviewer: wrong mine")
    alone = only(
        settle(decided(table([one]), {one.id: "deprecated"}, {one.id: "rejected by the reviewer: wrong mine"}))
    )
    assert alone.figure.value is None and "wrong mine" in (alone.figure.missing or "")
    assert alone.preferred is None and alone.figure.claims == (one.id,)


def test_a_merged_claim_is_no_second_voice(say, table):
    one, other = say(2400.0, "d1"), say(1500.0, "d2")
    settled = only(settle(decided(table([one, other]), merged={other.id: one.id})))
    assert settled.figure.value == 2400
    assert standings(settled)[other.id] == ("deprecated", f"merged into {one.id}")


def test_more_independent_sources_go_before_the_later_one(say, table):
    claims = [say(2400.0, "d1"), say(2400.0, "d2"), say(1500.0, "d3")]
    dates = {"d1": "2024", "d2": "2024", "d3": "2026"}
    settled = only(settle(table(claims, dates)))
    assert (settled.figure.value, settled.rule) == (2400, "more independent sources say it")
    settled = only(settle(table(claims, dates, d2="d1")))
    assert (settled.figure.value, settled.rule) == (1500, "it is later")


def test_a_policy_of_ones_own(say, table, tmp_path: Path):
    claims = [say(2400.0, "s1"), say(1500.0, "d1")]
    path = tmp_path / "policy.yaml"
    words = BUNDLED.read_text("utf-8")
    path.write_text(
        words.replace("official, modality", "later, official, modality").replace("exact, later", "exact"), "utf-8"
    )
    dates = {"s1": "2025", "d1": "2026"}
    assert only(settle(table(claims, dates))).figure.value == 2400
    settled = only(settle(table(claims, dates), policy=load_policy(path)))
    assert (settled.figure.value, settled.rule) == (1500, "it is later")


@pytest.mark.parametrize("words", ["prefer: [best]\n", "prefer: 3\n", "- a\n"])
def test_a_policy_that_breaks_a_rule(tmp_path: Path, words):
    path = tmp_path / "policy.yaml"
    path.write_text(words, "utf-8")
    with pytest.raises(VocabularyError, match="policy"):
        load_policy(path)
    with pytest.raises(VocabularyError, match="cannot be read"):
        load_policy(tmp_path / "none.yaml")


def test_a_form_is_not_guessed_for_a_percentage(say, table):
    reliance = {
        "predicate": "import_reliance",
        "unit": "%",
        "basis": None,
        "stage": None,
        "place": "USA",
        "period": None,
    }
    settled = settle(table([say(50.0, "d1", **reliance), say(100.0, "d1", 50, form="wrought", **reliance)]))
    assert [one.figure.value for one in settled] == [50, 100]

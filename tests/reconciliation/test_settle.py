from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lodeclaim.reconciliation.settle import settle


def only(settled):
    assert len(settled) == 1, settled
    return settled[0]


def test_one_official_figure_has_its_rounding(say, table):
    figure = only(settle(table([say(2400.0, "s1")], {"s1": "2026"}))).figure
    assert (figure.value, figure.low, figure.high, figure.unit, figure.basis) == (2400, 2350, 2450, "t", "contained")
    assert figure.period == "2025"
    assert "Publisher s1, 2026" in figure.reasons[0]


def test_one_more_article_moves_the_interval_and_is_named(say, table):
    official, article = say(2400.0, "s1"), say(1500.0, "d2", unit="t/yr", basis=None)
    settled = only(settle(table([official, article], {"s1": "2026", "d2": "2026-03-01"})))
    figure = settled.figure
    assert (figure.value, figure.low, figure.high) == (2400, 1500, 2450)
    assert figure.claims == (official.id, article.id)
    assert f"low set by {article.id}: 1 500 t (Publisher d2, 2026-03-01)" in figure.reasons
    assert any("basis not stated" in reason for reason in figure.reasons)
    assert settled.disagreement is not None and settled.disagreement.kind == "conflict"


def test_a_bound_agrees_with_a_number_inside_it(say, table):
    share = {"predicate": "share", "unit": "%", "basis": None, "place": "CHN"}
    claims = [say(80.0, "d1", comparator=">", **share), say(82.7, "d2", **share)]
    settled = only(settle(table(claims)))
    assert (settled.figure.value, settled.figure.low, settled.figure.high) == (82.7, 82.7, 82.7)
    assert settled.disagreement is None


def test_bounds_alone(say, table):
    share = {"predicate": "import_reliance", "unit": "%", "basis": None}
    figure = only(settle(table([say(50.0, "s1", comparator=">", **share)]))).figure
    assert (figure.value, figure.low, figure.high) == (50, 50, 100)
    assert "only a bound is stated: > 50 %" in figure.reasons
    two = [say(50.0, "d1", comparator=">", **share), say(70.0, "d2", comparator="<", **share)]
    figure = only(settle(table(two))).figure
    assert (figure.low, figure.high) == (50, 70)
    figure = only(settle(table([say(50.0, "d1", comparator=">")]))).figure
    assert (figure.low, figure.high) == (50, None)


def test_plans_and_opinions_never_settle_what_is(say, table):
    claims = [say(2400.0, "d1"), say(9000.0, "d2", modality="planned"), say(1.0, "d3", modality="opinion")]
    actual, outlook = settle(table(claims))
    assert (actual.key.tense, actual.figure.value, actual.figure.high) == ("actual", 2400, 2400)
    assert (outlook.key.tense, outlook.figure.value) == ("outlook", 9000)
    assert any("an opinion" in reason for reason in outlook.figure.reasons)


def test_actual_goes_before_estimated_and_the_later_before_the_earlier(say, table):
    claims = [say(2000.0, "d1", modality="estimated"), say(2400.0, "d2"), say(2450.0, "d3")]
    figure = only(settle(table(claims, {"d1": "2026-05", "d2": "2026-01", "d3": "2026-02"}))).figure
    assert figure.value == 2450
    assert (figure.low, figure.high) == (2000, 2450)


def test_a_later_vintage_is_a_revision_not_a_conflict(say, table):
    claims = [say(2000.0, "s1-2025"), say(2400.0, "s1-2026")]
    settled = only(settle(table(claims, {"s1-2025": "2025", "s1-2026": "2026"})))
    assert (settled.figure.value, settled.figure.low) == (2400, 2350)
    assert any("earlier vintage" in reason for reason in settled.figure.reasons)
    assert settled.disagreement is None


def test_two_official_publishers_do_conflict(say, table):
    settled = only(settle(table([say(2000.0, "s1"), say(2400.0, "s2")], {"s1": "2025", "s2": "2026"})))
    assert settled.disagreement is not None and settled.disagreement.kind == "conflict"


def test_a_headline_stands_behind_its_text(say, table):
    figure = only(settle(table([say(5000.0, flags=("headline",)), say(2400.0, at=50)]))).figure
    assert (figure.value, figure.high) == (2400, 2400)
    assert any("headline" in reason for reason in figure.reasons)


def test_a_copy_is_no_second_voice(say, table):
    claims = [say(2400.0, "d1"), say(2400.0, "d2"), say(2400.0, "d3")]
    copied = only(settle(table(claims, d2="d1", d3="d1"))).figure
    assert not any("agree" in reason for reason in copied.reasons)
    assert sum("counted once" in reason for reason in copied.reasons) == 2
    free = only(settle(table(claims))).figure
    assert any(reason.startswith("2 other independent sources agree") for reason in free.reasons)


def test_withheld_is_not_zero(say, table):
    figure = only(settle(table([say(None, "s1", flags=("withheld",))]))).figure
    assert figure.value is None and figure.low is None
    assert figure.missing == "no number is published (withheld)"


def test_nil_is_zero(say, table):
    figure = only(settle(table([say(0.0, "s1", flags=("nil",))]))).figure
    assert (figure.value, figure.low, figure.high) == (0, 0, 0)


_VALUES = st.tuples(
    st.floats(1, 1e6, allow_nan=False),
    st.sampled_from(["=", "~", ">", "<", ">=", "<="]),
    st.sampled_from(["d1", "d2", "d3", "s1", "s2"]),
    st.sampled_from(["actual", "estimated", "planned"]),
    st.sampled_from([None, "contained"]),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_VALUES, min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_claims_does_not_matter(say, table, values, shuffler: random.Random):
    claims = [
        say(value, source, at, comparator=comparator, modality=modality, basis=basis)
        for at, (value, comparator, source, modality, basis) in enumerate(values)
    ]
    expected = settle(table(claims))
    mixed = claims.copy()
    shuffler.shuffle(mixed)
    assert settle(table(mixed)) == expected
    assert settle(table([*mixed, *claims])) == expected


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_VALUES, min_size=1, max_size=8))
def test_the_interval_leaves_room_for_every_claim(say, table, values):
    claims = [
        say(value, f"d{at}", at, comparator=comparator, modality="actual")
        for at, (value, comparator, *_) in enumerate(values)
    ]
    figure = only(settle(table(claims))).figure
    low = -float("inf") if figure.low is None else figure.low
    high = float("inf") if figure.high is None else figure.high
    assert low <= figure.value <= high or all(comparator[0] in "<>" for _, comparator, *_ in values)
    for value, comparator, *_ in values:
        if comparator in ("=", "~"):
            assert low <= value <= high
        elif comparator.startswith(">"):
            assert high >= value
        else:
            assert low <= value
    assert set(figure.claims) == {claim.id for claim in claims}


def test_three_thousand_claims_are_settled_fast(say, table):
    import time

    places = [f"name:place {number}" for number in range(1500)]
    claims = [say(float(at + 1), "s1" if at % 2 else "d1", at, place=places[at // 2]) for at in range(3000)]
    frame = table(claims)
    settle(frame.head(2))
    start = time.perf_counter()
    assert len(settle(frame)) == 1500
    assert time.perf_counter() - start < 2


@pytest.mark.parametrize("value", [2.4e6, 1.32e10, 0.132])
def test_reasons_spell_numbers_out(say, table, value):
    reason = only(settle(table([say(value)]))).figure.reasons[0]
    assert {2.4e6: "2 400 000 t", 1.32e10: "13 200 000 000 t", 0.132: "0.132 t"}[value] in reason

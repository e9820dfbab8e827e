from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodeclaim.claims.figure import Figure
from lodeclaim.reports.wording import amount, claimed, range_words, say, share_words, span_of, when_words

ROW = {"value": 3.0, "value_max": None, "unit": "%", "comparator": "=", "flags": None}


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (0, "t", "0 t"),
        (85_000, "t", "85,000 t"),
        (1.216e6, "t", "1.216 million t"),
        (0.132, "%", "0.132 %"),
        (17.36, "%", "17.36 %"),
        (78.8213, "%", "78.8 %"),
        (100, "%", "100 %"),
        (13.2e9, "EUR", "EUR 13.2 billion"),
        (380, "USD/mtu", "USD 380 per mtu"),
        (3.3e6, "t/yr", "3,300,000 t/yr"),
        (1.2, "score", "1.2"),
        (0.6234, "0–1", "0.62"),
        (10_000, "count", "10,000"),
        (-6.45, "%", "-6.45 %"),
    ],
)
def test_amounts(value: float, unit: str, words: str) -> None:
    assert amount(value, unit) == words


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"comparator": ">"}, "over 3 %"),
        ({"comparator": "<="}, "up to 3 %"),
        ({"comparator": "~", "value_max": 4.0}, "about 3–4 %"),
        ({"value": 1e9, "value_max": 2e9, "unit": "USD"}, "USD 1 billion to USD 2 billion"),
        ({"value": None, "flags": "withheld"}, "withheld"),
        ({"value": None, "flags": "not-available"}, "not available"),
    ],
)
def test_claims_in_words(changes: dict[str, object], words: str) -> None:
    assert claimed({**ROW, **changes}) == words


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ("2025", "2025"),
        ("2025-11-06", "6 Nov 2025"),
        ("2025-33", "Q1 2025"),
        ("2025-40", "first half 2025"),
        ("202X", "2020s"),
        ("2026/..", "from 2026"),
        ("2016/2020", "2016–2020"),
        ("undated", "undated"),
    ],
)
def test_periods_in_words(period: str, words: str) -> None:
    assert when_words(period) == words


def test_open_and_broken_periods_have_open_ends() -> None:
    assert span_of("../2029") == (None, "2029-12-31")
    assert span_of("no period") == (None, None)
    assert span_of(None) == (None, None)


def test_unknown_is_said_and_never_zero() -> None:
    withheld = Figure.unknown("no number is published (withheld)", unit="t")
    assert say(withheld) == "withheld"
    assert share_words(withheld) == ("unknown", "")
    assert range_words(withheld) == ""


def test_a_bound_is_no_value() -> None:
    bound = Figure(value=50, low=50, high=100, unit="%", reasons=("only a bound is stated: > 50 %",))
    assert say(bound) == "over 50 %"
    assert share_words(bound) == ("over 50 %", "")


@given(st.floats(min_value=-1e15, max_value=1e15), st.sampled_from([None, "t", "%", "USD", "t/yr", "score", "USD/t"]))
def test_any_number_has_words(value: float, unit: str | None) -> None:
    words = amount(value, unit)
    assert any(sign.isdigit() for sign in words)
    assert "e+" not in words

"""What written numbers are worth."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodeclaim.reading.numbers import find_digits, parse_number


@pytest.mark.parametrize(
    ("digits", "decimal", "scaled", "value"),
    [
        ("1.216", ",", True, 1.216),
        ("231.500", ",", False, 231500),
        ("1,216", ".", True, 1216),
        ("0,132", ",", False, 0.132),
        ("0,132", ".", False, 0.132),
        ("10 000", ",", False, 10000),
        ("10\u00a0000", ",", False, 10000),
        ("10\u202f000,5", ",", False, 10000.5),
        ("1'234'567", ".", False, 1234567),
        ("1.234.567", ",", False, 1234567),
        ("1,234,567.89", ".", False, 1234567.89),
        ("1.234.567,89", ",", False, 1234567.89),
        ("12,000", ",", False, 12000),
        ("12,5", ".", False, 12.5),
        ("87,74", ",", False, 87.74),
        ("2025", ",", False, 2025),
    ],
)
def test_separators(digits: str, decimal: str, scaled: bool, value: float) -> None:
    assert parse_number(digits, decimal, scaled=scaled) == pytest.approx(value)


@given(st.integers(0, 10**12), st.sampled_from([(".", ","), (",", "."), (",", " "), (",", "\u00a0"), (",", "\u202f")]))
def test_grouped_integers_come_back(value: int, signs: tuple[str, str]) -> None:
    decimal, group = signs
    text = f"{value:,}".replace(",", group)
    assert parse_number(text, decimal) == value


@given(st.integers(10000, 10**9), st.sampled_from([".", ","]))
def test_two_decimals_come_back(value: int, decimal: str) -> None:
    text = f"{value // 100}{decimal}{value % 100:02d}"
    assert parse_number(text, decimal) == pytest.approx(value / 100)


def test_a_year_does_not_swallow_the_number_beside_it() -> None:
    text = "im Jahr 2021 260 Millionen und bis 2025 3,3 Millionen"
    assert [text[start:end] for start, end in find_digits(text)] == ["2021", "260", "2025", "3,3"]


def test_letters_before_digits_are_no_number() -> None:
    assert list(find_digits("WO3 C5 A12")) == []

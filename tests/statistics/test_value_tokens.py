"""Each kind of cell keeps its meaning: nil is zero, withheld is not, a bound stays a bound."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodeclaim.core.quantity import COMPARATORS
from lodeclaim.statistics.tokens import Token, plain_float, read_share, read_token

amounts = st.integers(min_value=0, max_value=10**12)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("85,000", Token(85000.0)),
        ("5900000", Token(5_900_000.0)),
        ("0.96", Token(0.96)),
        ("1,094.31", Token(1094.31)),
        ("—", Token(0.0, flags=("nil",))),
        ("0", Token(0.0)),
        ("W", Token(None, None, None, ("withheld",))),
        ("NA", Token(None, None, None, ("not-available",))),
        ("XX", Token(None, None, None, ("not-applicable",))),
        ("E", Token(0.0, None, "<=", ("net-exporter",))),
        (">50", Token(50.0, None, ">")),
        ("<100,000", Token(100000.0, None, "<")),
        ("500–17,000", Token(500.0, 17000.0)),
        ("10,000 - 15,000", Token(10000.0, 15000.0)),
        ("Large", Token(None, None, None, ("large",))),
        ("Moderate to large", Token(None, None, None, ("moderate-to-large",))),
        ("Variable, depending on type of product", Token(None, None, None, ("variable",))),
        (" 2,400 ", Token(2400.0)),
    ],
)
def test_a_cell_keeps_its_meaning(text: str, expected: Token) -> None:
    assert read_token(text) == expected


@pytest.mark.parametrize(
    ("notes", "expected"),
    [
        ("Estimated. -- Less than ½ unit.", Token(0.5, None, "<", ("insignificant",))),
        ("Less than ½unit.", Token(0.5, None, "<", ("insignificant",))),
        ("Less than 500 carats.", Token(None, None, None, ("insignificant",))),
        ("Included in “World total.”", Token(None, None, None, ("included-elsewhere",))),
        ("Reserves data are included with ilmenite.", Token(None, None, None, ("included-elsewhere",))),
        ("Stock purchases preclude a calculation.", Token(None, None, None, ("footnoted",))),
    ],
)
def test_s_means_what_its_footnote_says(notes: str, expected: Token) -> None:
    assert read_token("s", notes) == expected


def test_a_lost_minus_sign_is_read_only_with_a_footnote_on_negative_numbers() -> None:
    assert read_token("?10", "If negative, increase in inventory.") == Token(-10.0, flags=("lost-sign",))
    with pytest.raises(ValueError, match="lost its minus sign"):
        read_token("?10", "Defined as imports.")


@pytest.mark.parametrize("text", ["", "n/a", "1,0000", "12,34", "1.2.3", "17–5", ">", "about 5", "--"])
def test_an_unknown_word_is_an_error(text: str) -> None:
    with pytest.raises(ValueError):
        read_token(text)


@given(amounts)
def test_a_number_is_read_with_and_without_separators(amount: int) -> None:
    assert read_token(f"{amount:,}") == read_token(str(amount)) == Token(float(amount))


@given(amounts, st.sampled_from("<>"))
def test_a_bound_is_never_an_exact_value(amount: int, sign: str) -> None:
    token = read_token(f"{sign}{amount:,}")
    assert (token.value, token.comparator) == (float(amount), sign)


@given(amounts, amounts)
def test_a_range_keeps_both_ends_in_order(one: int, other: int) -> None:
    low, high = sorted((one, other))
    token = read_token(f"{low:,}–{high:,}")
    assert (token.value, token.value_max) == (low, high)


@given(st.text(max_size=12))
def test_whatever_is_accepted_is_whole(text: str) -> None:
    """No number means no comparator and a reason; a number has a comparator of the vocabulary."""
    try:
        token = read_token(text)
    except ValueError:
        return
    if token.value is None:
        assert token.comparator is None and token.flags and token.value_max is None
    else:
        assert token.comparator in COMPARATORS


@given(st.floats(min_value=1e-6, max_value=1e12), st.floats(min_value=1e-6, max_value=1e6))
def test_scaling_keeps_comparator_flags_and_order(value: float, factor: float) -> None:
    token = Token(value, value * 2, ">", ("rounded",)).scaled(factor)
    assert token.comparator == ">" and token.flags == ("rounded",)
    assert token.value is not None and token.value_max is not None and token.value <= token.value_max
    assert token.value == pytest.approx(value * factor, rel=1e-11)


def test_scaling_leaves_no_binary_dust() -> None:
    assert Token(11.4).scaled(0.001).value == 0.0114
    assert plain_float(0.1 + 0.2) == 0.3


@pytest.mark.parametrize(
    ("text", "expected"),
    [("86%", Token(86.0)), ("<0.1%", Token(0.1, None, "<")), ("6", Token(6.0)), ("0.4%", Token(0.4))],
)
def test_shares(text: str, expected: Token) -> None:
    assert read_share(text) == expected


def test_a_share_that_was_not_assessed_is_no_zero() -> None:
    assert read_share("-") == Token(None, None, None, ("not-assessed",))


@pytest.mark.parametrize("text", ["101%", "W", "E", "—", "5–6%", ""])
def test_what_is_no_share_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        read_share(text)

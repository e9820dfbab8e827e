"""Fractions, powers and bare decimals in digits, and the quantities that are written with them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodeclaim.reading.bare_numbers import find_numbers
from lodeclaim.reading.language import load_language
from lodeclaim.reading.number_forms import find_forms
from lodeclaim.reading.quantities import find_quantities


@pytest.mark.parametrize(
    ("text", "decimal", "value", "quote"),
    [
        ("about 3/4 of it", ".", 0.75, "3/4"),
        ("3 1/2 cups", ".", 3.5, "3 1/2"),
        ("some 2½ miles", ".", 2.5, "2½"),
        ("a loss of .08 percent", ".", 0.08, ".08"),
        ("una baja de ,08 por ciento", ",", 0.08, ",08"),
        ("up to 1e10 of them", ".", 1e10, "1e10"),
        ("is 2.5^-1 or", ".", 0.4, "2.5^-1"),
        ("has 6.02x10^23 parts", ".", 6.02e23, "6.02x10^23"),
        ("has 6,02 × 10^-3 parts", ",", 0.00602, "6,02 × 10^-3"),
    ],
)
def test_forms_of_digits(text: str, decimal: str, value: float, quote: str) -> None:
    (form,) = find_forms(text, decimal)
    assert form.value == pytest.approx(value)
    assert text[form.start : form.end] == quote


@pytest.mark.parametrize("text", ["on 5/17/2018", "0^-1", "9^99^9", "a,b .c /d", "1/0", "1,250.75", "ab^2"])
def test_what_is_no_form(text: str) -> None:
    assert list(find_forms(text, ".")) == []


@given(st.text(alphabet="0123456789/.,^e+-x× ½¾ab", max_size=80))
def test_forms_lie_in_order_inside_the_text(text: str) -> None:
    end = 0
    for form in find_forms(text, "."):
        assert end <= form.start < form.end <= len(text)
        end = form.end


@pytest.mark.parametrize(
    ("code", "text", "value", "unit"),
    [
        ("en", "grew by 3/4% in May", 0.75, "%"),
        ("en", "grew by .5 percent", 0.5, "%"),
        ("es", "subió ,08 por ciento", 0.08, "%"),
        ("en", "yields 2½ tonnes", 2.5, "t"),
        ("en", "weighs 20 (kg)", 0.02, "t"),
        ("en", "a rise (in 5 [%])", 5, "%"),
        ("en", "percentage of 10", 10, "%"),
        ("fr", "pourcentage de vingt", 20, "%"),
        ("es", "cuesta U$D 90 millones", 9e7, "USD"),
        ("en", "a bid of RM42 was made", 42, "MYR"),
        ("fr", "cela coûte 15 dollars et 15 cents.", 15.15, "USD"),
        ("nb", "2 sveitsiske franc og 23 rappen", 2.23, "CHF"),
    ],
)
def test_quantities_in_such_forms(code: str, text: str, value: float, unit: str) -> None:
    language = load_language(code)
    (quantity,) = find_quantities(text, language.lexicon.scan(text), language)
    assert (quantity.value, quantity.unit) == (pytest.approx(value), unit)


@pytest.mark.parametrize(
    "text",
    [
        "a high percentage of 300 respondents",
        "what percentage of 2024 was lost?",
        "the 2024/25 season",
        "1/2 of them (see 3)",
    ],
)
def test_such_forms_without_a_unit_give_nothing(text: str) -> None:
    language = load_language("en")
    assert find_quantities(text, language.lexicon.scan(text), language) == []


def test_a_share_before_of_is_not_read_again_behind_it() -> None:
    language = load_language("en")
    text = "30 percent of 10."
    assert [q.value for q in find_quantities(text, language.lexicon.scan(text), language)] == [30]


@pytest.mark.parametrize(
    ("code", "text", "values"),
    [
        ("en", "192.168.1.2", [192, 168, 1, 2]),
        ("en", "in 22,24,26 and 31", [22, 24, 26, 31]),
        ("en", "1,250,000 of them", [1_250_000]),
        ("en", "2.33 k and 10G on 5G", [2_330, 1e10, 5]),
        ("en", "one over 20, two out of five and 1 in twenty-one", [0.05, 0.4, 1 / 21]),
        ("en", "one in 2024", [1, 2024]),
        ("fr", "2millions, 3 cents, 50 cents", [2e6, 300, 50]),
        ("fr", "négative cinq virgule cinq", [-5.5]),
    ],
)
def test_plain_numbers(code: str, text: str, values: list[float]) -> None:
    assert [number.value for number in find_numbers(text, load_language(code))] == pytest.approx(values)

"""Numbers with their units, scales, ranges and comparators, in four languages."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodeclaim.reading.language import load_language
from lodeclaim.reading.model import Quantity
from lodeclaim.reading.quantities import find_quantities


def quantities(text: str, code: str) -> list[Quantity]:
    language = load_language(code)
    return find_quantities(text, language.lexicon.scan(text), language)


@pytest.mark.parametrize(
    ("code", "text", "value", "value_max", "unit", "comparator", "quote"),
    [
        ("de", "Reserven von 1.216 Millionen Tonnen", 1216000, None, "t", "=", "1.216 Millionen Tonnen"),
        ("de", "mit ca. 231.500 Tonnen", 231500, None, "t", "~", "231.500 Tonnen"),
        ("de", "zwischen 4 - 5 Milliarden US-Dollar", 4e9, 5e9, "USD", "=", "4 - 5 Milliarden US-Dollar"),
        ("de", "durchschnittlich 0,13% - 0,15%", 0.13, 0.15, "%", "=", "0,13% - 0,15%"),
        ("de", "im Jahr 2021 260 Millionen US-Dollar", 260e6, None, "USD", "=", "260 Millionen US-Dollar"),
        ("de", "jährlich 3,3 Millionen Tonnen Erz", 3.3e6, None, "t/yr", "=", "3,3 Millionen Tonnen"),
        ("de", "mindestens ein Dutzend Standorte", 12, None, "count", ">=", "ein Dutzend Standorte"),
        ("sv", "upp emot 20 miljoner ton", 20e6, None, "t", "<=", "20 miljoner ton"),
        ("sv", "en halv miljard dollar", 5e8, None, "USD", "=", "en halv miljard dollar"),
        ("sv", "mer än hälften av behovet", 50, None, "%", ">", "hälften"),
        ("sv", "2 300 ton volframkoncentrat om året", 2300, None, "t/yr", "=", "2 300 ton volframkoncentrat om året"),
        ("nb", "13,2 milliarder euro", 13.2e9, None, "EUR", "=", "13,2 milliarder euro"),
        ("nb", "opptil 10 000 arbeidsplasser", 10000, None, "count", "<=", "10 000 arbeidsplasser"),
        ("nb", "rundt 70 prosent", 70, None, "%", "~", "70 prosent"),
        ("en", "$1.1bn", 1.1e9, None, "USD", "=", "$1.1bn"),
        ("en", "a loan of A$25 million", 25e6, None, "AUD", "=", "A$25 million"),
        ("en", "US$900 million", 9e8, None, "USD", "=", "US$900 million"),
        ("en", "EUR 2.5 billion", 2.5e9, None, "EUR", "=", "EUR 2.5 billion"),
        ("en", "20kt of cobalt", 20000, None, "t", "=", "20kt"),
        ("en", "5Mt of ore", 5e6, None, "t", "=", "5Mt"),
        ("en", "more than 600 dollars per metric ton unit", 600, None, "USD/mtu", ">", None),
        ("en", "between 5 and 7 million tonnes", 5e6, 7e6, "t", "=", "5 and 7 million tonnes"),
        ("en", "12,000 short tons", 10886.21688, None, "t", "=", "12,000 short tons"),
        ("en", "4.5 g/t gold", 4.5, None, "g/t", "=", "4.5 g/t"),
        ("en", "a third of the supply", 33.3333333333, None, "%", "=", "a third of"),
    ],
)
def test_forms(
    code: str, text: str, value: float, value_max: float | None, unit: str, comparator: str, quote: str | None
) -> None:
    found = quantities(text, code)
    assert len(found) == 1, found
    quantity = found[0]
    assert (quantity.value, quantity.value_max) == (pytest.approx(value), value_max and pytest.approx(value_max))
    assert (quantity.unit, quantity.comparator) == (unit, comparator)
    if quote is not None:
        assert text[quantity.start : quantity.end] == quote


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("de", "gemäß Abschnitt 301 des Gesetzes"),
        ("de", "3410 ° C"),
        ("de", "Titelbild: Jason Winter / 123RF"),
        ("en", "in 2025 and 2026"),
        ("en", "the 15th of May"),
        ("nb", "klokken 11:56:50"),
        ("en", "two projects"),
        ("sv", "artikel 24 i förordningen"),
    ],
)
def test_no_quantity(code: str, text: str) -> None:
    assert quantities(text, code) == []


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from("0123456789.,- %$€tkgMillion Tonnen\u00a0’abisund\n"), max_size=120))
def test_any_text_gives_quantities_inside_it_in_order(text: str) -> None:
    found = quantities(text, "de")
    assert all(0 <= quantity.start < quantity.end <= len(text) for quantity in found)
    assert [quantity.start for quantity in found] == sorted(quantity.start for quantity in found)

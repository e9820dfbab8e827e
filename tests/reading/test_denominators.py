"""Fractions and decimals spelled out in words."""

from __future__ import annotations

import pytest

from lodeclaim.reading.number_words import load_number_words


@pytest.mark.parametrize(
    ("code", "text", "value"),
    [
        ("en", "one twenty-fifth", 1 / 25),
        ("en", "three twenty firsts", 3 / 21),
        ("en", "one hundred and thirty fifths", 26),
        ("en", "one hundred thirty-fifths", 100 / 35),
        ("en", "two and fifty-four hundredths", 2.54),
        ("en", "a hundred thousand trillionths", 1e-7),
        ("en", "one billion and three quarters million", 1_000_750_000),
        ("en", "one point one two three", 1.123),
        ("fr", "trois vingt-et-unièmes", 3 / 21),
        ("fr", "un vingt cinquieme", 1 / 25),
        ("fr", "vingt et trois cinquièmes", 20.6),
        ("fr", "deux cent virgule soixante et onze", 200.71),
        ("fr", "un milliard et demi million", 1_000_500_000),
        ("es", "un veintiunavo", 1 / 21),
        ("es", "veintidós treintavos", 22 / 30),
        ("es", "tres dosmilésimos", 3 / 2000),
        ("es", "cien milcincoavos", 100 / 1005),
        ("es", "ciento treinta con dos quintos", 130.4),
        ("es", "ciento treinta con tres veintiunavos", 130 + 3 / 21),
        ("es", "trescientos cuarenta y siete con quinientos doce", 347.512),
        ("es", "dos coma mil quinientos setenta y ocho", 2.1578),
        ("es", "cinco coma cero tres", 5.03),
        ("sv", "tre tjugoförstedelar", 3 / 21),
        ("sv", "en tjugo femtedel", 1 / 25),
    ],
)
def test_fractions_and_decimals_are_read_whole(code: str, text: str, value: float) -> None:
    sentence = f"({text}), x"
    (number,) = load_number_words(code).find(sentence)
    assert number.value == pytest.approx(value)
    assert sentence[number.start : number.end] == text


@pytest.mark.parametrize(
    ("code", "text", "values"),
    [
        ("en", "the twenty-first century", [20]),
        ("en", "thirty and forty", [30, 40]),
        ("en", "two point five million", [2.5e6]),
        ("es", "el centavo, octavo y nuevos", []),
        ("fr", "vingt et une mines", [21]),
    ],
)
def test_ordinals_alone_make_no_fraction(code: str, text: str, values: list[float]) -> None:
    assert [number.value for number in load_number_words(code).find(text)] == values

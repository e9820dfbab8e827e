from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodeclaim.core.errors import VocabularyError
from lodeclaim.reading.number_words import load_number_words
from lodeclaim.vocabulary.load import DATA

LANGUAGES = sorted(path.parent.name for path in (DATA / "languages").glob("*/number_words.yaml"))


@pytest.mark.parametrize(
    ("code", "text", "value"),
    [
        ("en", "twenty-five thousand", 25_000),
        ("en", "two hundred and six", 206),
        ("en", "a hundred thousand", 100_000),
        ("en", "thirty-one million two hundred fifty-six thousand seven hundred twenty-one", 31_256_721),
        ("en", "two and a half million", 2_500_000),
        ("en", "one million and a half", 1_500_000),
        ("en", "three quarters of a million", 750_000),
        ("en", "half a billion", 5e8),
        ("en", "nine point nought four", 9.04),
        ("en", "two point two million", 2_200_000),
        ("en", "four dozen", 48),
        ("en", "hundred thousand million", 1e11),
        ("en", "two thirds", 2 / 3),
        ("de", "einundzwanzig", 21),
        ("de", "zwölfhundert", 1_200),
        ("de", "fuenfhundertneun", 509),
        ("de", "eintausendachthundertzweiundfünfzig", 1_852),
        ("de", "siebenhunderteinundzwanzigtausendundzwölf", 721_012),
        ("de", "drei Millionen zweihundertsechstausend", 3_206_000),
        ("de", "fünf und drei viertel Milliarden", 5.75e9),
        ("de", "anderthalb Millionen", 1_500_000),
        ("de", "vier Komma acht", 4.8),
        ("sv", "femhundra tusen", 500_000),
        ("sv", "tjugotvå", 22),
        ("sv", "tolvtusen", 12_000),
        ("sv", "två och en halv miljard", 2.5e9),
        ("sv", "tre fjärdedelar", 0.75),
        ("nb", "fem tusen og tjue", 5_020),
        ("nb", "syttiåtte", 78),
        ("nb", "toogtredve", 32),
        ("nb", "fire hundre og elleve millioner", 411e6),
        ("da", "femoghalvtreds", 55),
        ("da", "to hundrede og femogtres", 265),
        ("da", "halvanden million", 1.5e6),
        ("da", "halvfems tusinde", 90_000),
        ("fr", "quatre-vingt-dix-sept", 97),
        ("fr", "soixante et onze", 71),
        ("fr", "vingt-et-un", 21),
        ("fr", "deux cent mille", 200_000),
        ("fr", "deux millions et demi", 2.5e6),
        ("fr", "trois virgule cinq", 3.5),
        ("es", "cuarenta y siete", 47),
        ("es", "doscientos tres mil", 203_000),
        ("es", "dos mil millones", 2e9),
        ("es", "veintidos", 22),
        ("es", "tres billones cuatrocientos cincuenta y cinco mil doscientos veintiocho millones", 3_455_228e6),
        ("es", "medio millón", 500_000),
    ],
)
def test_one_number_is_read_whole(code: str, text: str, value: float) -> None:
    sentence = f"({text}), x"
    (number,) = load_number_words(code).find(sentence)
    assert number.value == pytest.approx(value)
    assert sentence[number.start : number.end] == text


@pytest.mark.parametrize(
    ("code", "text", "values"),
    [
        ("en", "between one thousand and two thousand tonnes", [1_000, 2_000]),
        ("en", "two hundred and three hundred", [200, 300]),
        ("en", "twenty, thirty and forty", [20, 30, 40]),
        ("en", "five to ten thousand", [5, 10_000]),
        ("en", "a mine, an acre and hundreds of thousands of tons", []),
        ("en", "someone often weighs tone against stone", []),
        ("de", "zwischen fünf und zwanzig Prozent", [5, 20]),
        ("de", "Einheit, achtbar, Zweifel, Dreieck, verachten", []),
        ("sv", "mellan tre och fyra, tiotusentals", [3, 4]),
        ("sv", "entreprenad, femma, sextonåring", []),
        ("nb", "mellom to og tre", [2, 3]),
        ("fr", "entre deux et trois mille", [2, 3_000]),
        ("es", "entre dos y tres mil", [2, 3_000]),
    ],
)
def test_what_is_no_number_or_several(code: str, text: str, values: list[float]) -> None:
    assert [number.value for number in load_number_words(code).find(text)] == values


def test_the_scale_at_the_end_is_told_so_that_a_range_can_share_it() -> None:
    words = load_number_words("en")
    assert [number.multiplier for number in words.find("twenty-five thousand")] == [1_000]
    assert [number.multiplier for number in words.find("two thousand and five")] == [1]


def test_digits_join_their_scale_only_where_asked() -> None:
    words = load_number_words("es")
    assert [number.value for number in words.find("4 millones 2 mil 3", digits=True)] == [4_002_003]
    assert not words.find("4 toneladas")


def test_a_language_without_the_file_is_named() -> None:
    with pytest.raises(VocabularyError, match="xx"):
        load_number_words("xx")


def english(number: int) -> str:
    """Spell a number below a thousand million out, as English does."""
    units = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    below = [*units.split(), "seventeen", "eighteen", "nineteen"]
    tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
    if number < 20:
        return below[number]
    if number < 100:
        return tens[number // 10] + (f"-{below[number % 10]}" if number % 10 else "")
    for size, name in ((1_000_000, "million"), (1_000, "thousand"), (100, "hundred")):
        if number >= size:
            rest = number % size
            joint = " and " if size == 100 else " "
            return f"{english(number // size)} {name}" + (f"{joint}{english(rest)}" if rest else "")
    raise AssertionError


@given(st.integers(1, 999_999_999))
def test_every_number_spelled_out_comes_back(number: int) -> None:
    (found,) = load_number_words("en").find(english(number))
    assert found.value == number


@pytest.mark.parametrize("code", LANGUAGES)
@given(text=st.text(alphabet="0123456789 -.,aeinotsdrhuvzf", max_size=60))
def test_spans_lie_in_the_text_in_order(code: str, text: str) -> None:
    end = 0
    for number in load_number_words(code).find(text, digits=True):
        assert end <= number.start < number.end <= len(text)
        end = number.end

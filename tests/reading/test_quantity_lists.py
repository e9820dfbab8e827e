"""Numbers that take a unit, a rate or a range from their neighbours."""

from __future__ import annotations

import pytest

from lodeclaim.reading.language import load_language
from lodeclaim.reading.quantities import find_quantities


def found(code: str, text: str) -> list[tuple[str, float, float | None, str]]:
    language = load_language(code)
    quantities = find_quantities(text, language.lexicon.scan(text), language)
    return [(text[q.start : q.end], q.value, q.value_max, q.unit) for q in quantities]


@pytest.mark.parametrize(
    ("code", "text", "values"),
    [
        ("en", "holders own 14.2, 9.8 and 6.1 percent of it", [14.2, 9.8, 6.1]),
        ("nb", "eier de henholdsvis 14,2, 9,8 og 6,1 prosent", [14.2, 9.8, 6.1]),
        ("sv", "ett tapp på 10 respektive 5 procent", [10.0, 5.0]),
    ],
)
def test_items_of_a_list_share_the_unit_of_the_last(code: str, text: str, values: list[float]) -> None:
    assert [(value, unit) for _, value, _, unit in found(code, text)] == [(value, "%") for value in values]


def test_two_numbers_without_such_a_word_are_no_list() -> None:
    assert found("en", "in section 3 and 5 percent of it") == [("5 percent", 5.0, None, "%")]
    assert found("en", "in 2023, 2024 and 5 percent of it") == [("5 percent", 5.0, None, "%")]


@pytest.mark.parametrize(
    ("code", "text", "levels"),
    [
        ("en", "output rose from 8 Mt to 10 Mt", [8e6, 10e6]),
        ("en", "it cut its guidance from 1.65 to 1.5 million tonnes", [1.65e6, 1.5e6]),
        ("da", "selskabet øger sin andel fra 42 til 92,5 procent", [42.0, 92.5]),
        ("fr", "le quota a été porté de 32 à 42 millions de tonnes", [32e6, 42e6]),
    ],
)
def test_a_change_has_two_levels(code: str, text: str, levels: list[float]) -> None:
    assert [(value, top) for _, value, top, _ in found(code, text)] == [(level, None) for level in levels]


def test_a_range_stays_one() -> None:
    assert found("en", "prices between 5 and 10 dollars") == [("5 and 10 dollars", 5.0, 10.0, "USD")]
    assert found("da", "et leje på 5 til 10 ton") == [("5 til 10 ton", 5.0, 10.0, "t")]


@pytest.mark.parametrize(
    ("code", "text", "last"),
    [
        ("fr", "a extrait 9,5 millions de tonnes, contre 9,9 millions en 2023", ("9,9 millions", 9.9e6, None, "t")),
        ("sv", "bidrag på 70 miljoner euro och ett lån om 150 miljoner.", ("150 miljoner", 150e6, None, "EUR")),
    ],
)
def test_a_unit_is_repeated_in_thought(code: str, text: str, last: tuple[str, float, None, str]) -> None:
    assert found(code, text)[-1] == last


def test_what_is_counted_repeats_nothing() -> None:
    units = [quantity[3] for quantity in found("en", "5 million dollars for roads and 3 million people")]
    assert units == ["USD", "count"]


def test_a_rate_at_the_end_of_a_list_counts_for_all() -> None:
    units = [unit for *_, unit in found("nb", "92.000 tonn nikkel, 39.000 tonn kobber og 4700 tonn kobolt årlig")]
    assert units == ["t/yr", "t/yr", "t/yr"]


@pytest.mark.parametrize(
    ("code", "text", "percent"),
    [
        ("sv", "åtta av tio ton svensk koppar", 80.0),
        ("sv", "nio kilo av tio hade kinesiskt ursprung", 90.0),
        ("nb", "Seks av ti tonn matte", 60.0),
        ("en", "two out of five mines", 40.0),
    ],
)
def test_so_many_out_of_so_many_is_a_share(code: str, text: str, percent: float) -> None:
    assert [(value, unit) for _, value, _, unit in found(code, text)] == [(percent, "%")]


@pytest.mark.parametrize(
    ("code", "text", "value", "unit"),
    [
        ("en", "about 1 million 300 thousand tons of ore", 1.3e6, "t"),
        ("de", "1 Million 300.000 Tonnen", 1.3e6, "t"),
        ("es", "2 millones 500 mil dólares", 2.5e6, "USD"),
        ("sv", "2 miljarder 300 miljoner kronor", 2.3e9, "SEK"),
        ("en", "3 thousand 500 tonnes", 3500.0, "t"),
        ("en", "26.9 Mt of ore", 26.9e6, "t"),
        ("en", "300 mt of copper", 300.0, "t"),
        ("en", "a $150 million plant", 150e6, "USD"),
        ("en", "Australia's $2 billion fund", 2e9, "USD"),
        ("en", "428,000 yuan/ton", 428000.0, "CNY/t"),
        ("de", "Das Paket hat 2,2 Mrd. € und 1.185 Mio. €", 2.2e9, "EUR"),
        ("de", "12,500 Tonnen", 12500.0, "t"),
    ],
)
def test_amounts_as_news_write_them(code: str, text: str, value: float, unit: str) -> None:
    assert next((number, own) for _, number, _, own in found(code, text)) == (value, unit)


def test_a_point_groups_thousands_where_decimals_follow_commas() -> None:
    assert [value for _, value, _, _ in found("de", "2,2 Mrd. € und 1.185 Mio. €")] == [2.2e9, 1.185e9]
    assert [value for _, value, _, _ in found("de", "1.216 Millionen Tonnen")] == [1.216e6]


def test_ounces_are_counted_in_tonnes() -> None:
    (_, value, _, unit), (_, price, _, per) = found("en", "4.5 Moz of platinum at $1,050 per ounce")
    assert (round(value, 2), unit) == (139.97, "t")
    assert (round(price), per) == (33758284, "USD/t")


@pytest.mark.parametrize(
    ("code", "text"),
    [("es", "el 10 de agosto con autorización"), ("da", "en 30-årig udnyttelsestilladelse")],
)
def test_numbers_of_other_words_count_nothing(code: str, text: str) -> None:
    assert found(code, text) == []

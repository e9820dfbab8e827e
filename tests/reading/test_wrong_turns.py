"""Turns in prose that are read wrongly when a rule reaches too far, in sentences of our own."""

from __future__ import annotations

import pytest

from lodeclaim.claims.model import Claim
from lodeclaim.documents.model import Document
from lodeclaim.reading.reader import RuleReader


def read(language: str, text: str) -> list[Claim]:
    document = Document(
        id="d0",
        address="t.txt",
        text=text,
        sha256="0" * 64,
        media_type="text/plain",
        encoding="utf-8",
        language=language,
        published="2025-12-12",
    )
    claims = RuleReader().read(document)
    assert all(claim.span and text[slice(*claim.span)] == claim.quote for claim in claims)
    return claims


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Copper rose to $9,500 a tonne on Friday. A worker earns $2,000 a month."),
        ("en", "Gallium fetched $1,100 a kilogram. The ministry fined the trader $5,000."),
        ("de", "Kupfer kostet 9.500 Dollar je Tonne. Die Lizenz kostet 3.000 Dollar."),
        ("fr", "Le cuivre vaut 9 000 dollars la tonne. L'amende est de 12 000 dollars."),
    ],
)
def test_money_after_a_price_is_not_always_a_price(language: str, text: str) -> None:
    assert [claim.quote for claim in read(language, text) if claim.predicate == "price"] == [
        claim.quote for claim in read(language, text.partition(". ")[0] + ".")
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The plant has a capacity of 500 tonnes of lithium hydroxide per month."),
        ("en", "The smelter has a monthly capacity of 500 tonnes of nickel."),
        ("de", "Die Kapazität der Anlage beträgt 500 Tonnen Lithiumhydroxid pro Monat."),
        ("sv", "Kapaciteten är 500 ton litium per månad."),
        ("nb", "Kapasiteten er 500 tonn grafitt i måneden."),
        ("da", "Minen har en kapacitet på 500 ton grafit om måneden."),
        ("fr", "La capacité est de 500 tonnes de lithium par mois."),
        ("es", "La planta tiene una capacidad de 500 toneladas de litio al mes."),
    ],
)
def test_the_capacity_of_a_month_is_not_that_of_a_year(language: str, text: str) -> None:
    (claim,) = read(language, text)
    assert (claim.predicate, claim.value, claim.unit) == ("capacity", 500.0, "t")


@pytest.mark.parametrize(
    ("language", "text", "quote", "unit"),
    [
        ("en", "Copper production is 500 t a day.", "500 t a day", "t/day"),
        ("en", "Copper production is 500 t/day.", "500 t/day", "t/day"),
        ("en", "Copper production is 500 t a year.", "500 t a year", "t/yr"),
        ("en", "Copper production is 500 t/year.", "500 t/year", "t/yr"),
        ("en", "Copper production is 500 t a month.", "500 t a month", "t"),
        ("de", "Die Kupferproduktion liegt bei 500 t/Tag.", "500 t/Tag", "t/day"),
        ("sv", "Gruvan producerar 500 t/dag koppar.", "500 t/dag", "t/day"),
        ("nb", "Gruven produserer 500 t/dag kobber.", "500 t/dag", "t/day"),
        ("da", "Minen producerer 500 t/dag kobber.", "500 t/dag", "t/day"),
    ],
)
def test_rates_behind_an_abbreviated_tonne(language: str, text: str, quote: str, unit: str) -> None:
    (claim,) = read(language, text)
    assert (claim.quote, claim.value, claim.unit) == (quote, 500.0, unit)


@pytest.mark.parametrize(
    ("text", "value", "value_max", "unit"),
    [
        ("The lithium plant will cost $5-10 million.", 5e6, 10e6, "USD"),
        ("The lithium plant will cost €500-600m.", 500e6, 600e6, "EUR"),
        ("The lithium plant will cost $5 to $10 million.", 5e6, 10e6, "USD"),
        ("The lithium plant will cost between $5 and $10 million.", 5e6, 10e6, "USD"),
        ("The lithium plant will cost $500,000 to $1 million.", 500e3, 1e6, "USD"),
        ("Copper traded at $8,000-9,000 per tonne.", 8e3, 9e3, "USD/t"),
        ("Copper traded at $8,000–9,000/t.", 8e3, 9e3, "USD/t"),
        ("Copper traded between $8,000 and $9,000 per tonne.", 8e3, 9e3, "USD/t"),
        ("Gallium traded at $500-$600 per kg.", 500e3, 600e3, "USD/t"),
        ("Output was between 5 tonnes and 10 tonnes of gallium.", 5.0, 10.0, "t"),
    ],
)
def test_both_ends_of_a_range_take_its_scale_and_measure(text: str, value: float, value_max: float, unit: str) -> None:
    (claim,) = read("en", text)
    assert (claim.value, claim.value_max, claim.unit) == (value, value_max, unit)


def test_a_price_that_falls_has_two_levels() -> None:
    claims = read("en", "Lithium fell from $70,000 to $10,000 per tonne.")
    assert [(claim.predicate, claim.value, claim.value_max) for claim in claims] == [
        ("price", 70e3, None),
        ("price", 10e3, None),
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The copper mine reopened. Heavy rainfall reduced the output by 20 percent in June."),
        ("fr", "La mine de nickel a rouvert. Les pluies ont réduit la production de 20 % en juin."),
        ("es", "La mina de cobre reabrió. El paro redujo la producción en 20 % en junio."),
    ],
)
def test_rain_and_strikes_are_told_of_mines_as_well(language: str, text: str) -> None:
    assert [(claim.predicate, claim.value) for claim in read(language, text)] == [("growth", -20.0)]


def test_a_share_that_comes_from_somewhere_needs_an_importer_to_be_a_reliance() -> None:
    (claim,) = read("en", "1 in 10 tonnes of cobalt comes from artisanal mines.")
    assert (claim.predicate, claim.value) == ("share", 10.0)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Es werden 5 von 10 Tonnen Kobalt im Lager gehalten."),
        ("sv", "Fem av 20 ton kobolt ligger i lager i Finland."),
        ("nb", "Fem av 20 tonn kobolt ligger på lager i Norge."),
    ],
)
def test_a_part_of_some_tonnes_is_no_grade(language: str, text: str) -> None:
    assert read(language, text) == []


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        ("en", "The copper grade fell from 1.2% to 0.9%.", [("grade", 1.2, None), ("grade", 0.9, None)]),
        (
            "en",
            "The recovery of lithium rose from 70 to 85 percent.",
            [("recovery", 70.0, None), ("recovery", 85.0, None)],
        ),
        (
            "de",
            "Der Anteil Chinas an der Galliumproduktion stieg von 70 auf 98 Prozent.",
            [("share", 70.0, None), ("share", 98.0, None)],
        ),
        ("nb", "Eierandelen i Nussir økte fra 5 til 10 prosent.", [("stake", 5.0, None), ("stake", 10.0, None)]),
        (
            "en",
            "Indonesia raised its nickel royalty from 10 to 15 percent.",
            [("measure", 10.0, None), ("measure", 15.0, None)],
        ),
        (
            "en",
            "Demand for lithium could triple from 1.2 Mt to 3.6 Mt by 2035.",
            [("demand", 1.2e6, None), ("demand", 3.6e6, None)],
        ),
        ("en", "Demand for lithium is put at 1.2 Mt to 3.6 Mt in 2035.", [("demand", 1.2e6, 3.6e6)]),
        ("fr", "Le prix du cobalt a reculé de 5 à 10 % en 2023.", [("growth", -5.0, -10.0)]),
        ("es", "La producción de cobre bajó de 5 a 10 por ciento en Chile.", [("growth", -5.0, -10.0)]),
    ],
)
def test_levels_of_a_change_and_changes_within_a_range(
    language: str, text: str, told: list[tuple[str, float, float | None]]
) -> None:
    assert [(claim.predicate, claim.value, claim.value_max) for claim in read(language, text)] == told


def test_a_little_word_alone_makes_no_byline() -> None:
    (rise,) = read("en", "Copper prices rose by 5 percent.")
    (plan,) = read("en", "By 2030, Chile will produce 6 million tonnes of copper.")
    assert (rise.predicate, rise.value, plan.predicate, plan.period) == ("growth", 5.0, "production", "2030")
    assert read("en", "By Copper Smith, 5 percent.") == []


@pytest.mark.parametrize(
    "text",
    [
        "The fund raised $5 for every tonne of copper.",
        "Between 2020 and 2024 the price of lithium fell from $70,000 to $10,000.",
    ],
)
def test_small_money_is_no_investment(text: str) -> None:
    assert read("en", text) == []


def test_a_change_before_its_level_opens_no_range() -> None:
    (price,) = read("en", "The price of neodymium rose by $5 to $75 per kilogram.")
    change, demand = read("en", "Demand fell by a fifth to 400 tonnes of cobalt.")
    assert (change.predicate, change.value) == ("growth", -20.0)
    assert (price.value, price.value_max, demand.value, demand.value_max) == (75e3, None, 400.0, None)

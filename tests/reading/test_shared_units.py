"""Numbers that take their unit from a neighbour, and words behind a number that are no unit, in our own sentences."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lodeclaim.claims.model import Claim

Read = Callable[..., list[Claim]]


def _by_value(claims: list[Claim]) -> dict[float | None, Claim]:
    return {claim.value: claim for claim in claims}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "In 2023 China stood for 48 percent of the world's antimony, Tajikistan for 25 percent and Turkey for 7.",
        ),
        ("sv", "Kina stod 2023 för 48 procent av världens antimon, Tadzjikistan för 25 procent och Turkiet för 7."),
        (
            "de",
            "China kam 2023 auf 48 Prozent der Weltförderung von Antimon, Tadschikistan auf 25 Prozent, die "
            "Türkei auf 7.",
        ),
    ],
)
def test_the_last_of_a_list_leaves_out_its_unit(read: Read, language: str, text: str) -> None:
    found = {claim.place: (claim.predicate, claim.value, claim.unit) for claim in read(text, language)}
    assert found["TUR"] == ("share", 7.0, "%")
    assert found["TJK"] == ("share", 25.0, "%")


def test_the_first_of_a_list_leaves_out_its_unit(read: Read) -> None:
    text = (
        "65,5 Prozent der deutschen Einfuhren Seltener Erden kamen 2024 aus China. Österreich folgt mit "
        "23,2, Estland mit "
        "5,6 Prozent."
    )
    found = _by_value(read(text, "de"))
    assert (found[23.2].predicate, found[23.2].counterparty) == ("supplier_share", "AUT")
    assert found[5.6].counterparty == "EST"


def test_a_year_takes_no_unit(read: Read) -> None:
    text = "Tungsten output in 2023 and 2024: China stood for 80 percent in 2023, and for 79 percent in 2024."
    assert {claim.value for claim in read(text)} == {79.0, 80.0}


def test_a_part_of_a_total(read: Read) -> None:
    text = "Die deutschen Importe aus China machten 2024 3.400 von insgesamt 5.200 Tonnen Seltener Erden aus."
    found = _by_value(read(text, "de"))
    assert found[3400.0].unit == found[5200.0].unit == "t"


@pytest.mark.parametrize(
    ("language", "text", "value", "unit"),
    [
        ("de", "Die Nachfrage nach Lithium lag bei 9.000 Tonnen im Jahr 2022.", 9000, "t"),
        ("de", "Die Nachfrage nach Lithium liegt bei 9.000 Tonnen im Jahr.", 9000, "t/yr"),
        ("en", "Exports of antimony from China fell to 870 t a year later.", 870, "t"),
        ("en", "The Hillgrove mine will make 870 t a year of antimony.", 870, "t/yr"),
        ("da", "Minen Mingomba skal producere mere end 300.000 ton kobber et år.", 300_000, "t/yr"),
        ("sv", "Gruvan Mingomba ska producera 300 000 ton koppar per år.", 300_000, "t/yr"),
        ("nb", "Almalyk produserte 2,5 mln tonn kobber i 2024.", 2_500_000, "t"),
    ],
)
def test_a_rate_and_a_year(read: Read, language: str, text: str, value: float, unit: str) -> None:
    (claim,) = [claim for claim in read(text, language) if claim.value == value]
    assert claim.unit == unit


def test_a_loan_that_names_no_currency(read: Read) -> None:
    text = (
        "L'usine de germanium d'Auby coûtera 160 millions d'euros. Bpifrance a remis à Nyrstar une lettre "
        "d'intérêt pour un "
        "prêt de 40 millions."
    )
    found = _by_value(read(text, "fr"))
    assert (found[40e6].predicate, found[40e6].unit) == ("financing", "EUR")


def test_what_a_loan_comes_to_is_no_bound(read: Read) -> None:
    text = (
        "Die Europäische Investitionsbank gibt für das Lithiumprojekt Lionheart ein Darlehen über 250 Millionen Euro."
    )
    assert [claim.comparator for claim in read(text, "de") if claim.value == 250e6] == ["="]
    text = "Der Preis von Wolfram stieg auf über 250 Dollar je Kilogramm."
    assert [claim.comparator for claim in read(text, "de") if claim.unit == "USD/t"] == [">"]


def test_the_level_that_is_reached_is_no_bound(read: Read) -> None:
    text = (
        "El cobalto metálico subió de menos de 10 dólares por libra en febrero hasta 24 dólares por libra en octubre."
    )
    levels = [claim.comparator for claim in read(text, "es") if claim.unit == "USD/t"]
    assert levels == ["<", "="]


@pytest.mark.parametrize(
    ("language", "text", "prices"),
    [
        ("es", "La tonelada de carbonato de litio saltó de US$8.900 a US$11.300.", [8900.0, 11300.0]),
        ("sv", "Germanium kostade i Rotterdam 3 750 USD / kg.", [3_750_000.0]),
        ("da", "Kobolt er hoppet fra $10 et pund i februar.", [22046.2262185]),
    ],
)
def test_a_price_and_what_it_is_for(read: Read, language: str, text: str, prices: list[float]) -> None:
    found = [claim.value for claim in read(text, language) if claim.predicate == "price"]
    assert found == pytest.approx(prices, rel=1e-4)


def test_a_duration_behind_a_rate_compares_nothing(read: Read) -> None:
    text = "The Matawinie mine is to deliver 106,000 tonnes of graphite concentrate per year over 25 years."
    assert 106_000.0 in _by_value(read(text))


def test_a_plus_sign_tells_of_growth(read: Read) -> None:
    text = "À Grande Côte, au Sénégal, la production d'ilménite a atteint 128 kt (+3 %) en 2024."
    found = _by_value(read(text, "fr"))
    assert found[3.0].predicate == "growth"

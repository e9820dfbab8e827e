"""What states allow and forbid, when, and where the sites of a claim lie, in sentences of our own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lodeclaim.claims.model import Claim

Read = Callable[..., list[Claim]]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Miners in Zambia will be allowed to export up to 4,000 tonnes of cobalt in 2026."),
        ("en", "Zambia set an annual cap of 4,000 tonnes on cobalt exports for 2026."),
        ("en", "Zambia capped cobalt production at 4,000 tonnes for 2026."),
        ("de", "Unternehmen in Sambia dürfen 2026 bis zu 4.000 Tonnen Kobalt ausführen."),
        ("de", "In Sambia gilt 2026 für Kobalt eine Obergrenze von 4.000 Tonnen."),
        ("sv", "Gruvbolag i Zambia får exportera högst 4 000 ton kobolt under 2026."),
        ("nb", "I Zambia gjelder i 2026 et årlig tak på 4 000 tonn kobolt."),
        ("da", "Selskaber i Zambia må eksportere op til 4.000 ton kobolt i 2026."),
        ("fr", "La Zambie fixe pour 2026 un plafond de 4 000 tonnes de cobalt."),
        ("es", "Zambia fijó para 2026 un tope de 4.000 toneladas de cobalto."),
    ],
)
def test_what_may_be_exported_is_a_quota(read: Read, language: str, text: str) -> None:
    found = [(claim.predicate, claim.kind, claim.value, claim.actor) for claim in read(text, language)]
    assert found == [("measure", "quota", 4000.0, "ZMB")]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Zambia will lift its ban on cobalt exports from 16 December."),
        ("de", "Sambia wird sein Verbot für Kobalt-Exporte ab dem 16. Dezember aufheben."),
        ("sv", "Zambia kommer att häva sitt förbud mot koboltexport den 16 december."),
        ("nb", "Zambia vil oppheve forbudet mot eksport av kobolt fra 16. desember."),
        ("da", "Zambia vil ophæve sit forbud mod eksport af kobolt fra den 16. december."),
        ("fr", "La Zambie lèvera son interdiction d'exporter du cobalt le 16 décembre."),
        ("es", "Zambia levantará su prohibición de exportar cobalto el 16 de diciembre."),
    ],
)
def test_a_ban_that_will_be_lifted(read: Read, language: str, text: str) -> None:
    (claim,) = read(text, language)
    assert (claim.predicate, claim.kind, claim.period) == ("measure", "lifted", "2025-12-16")
    assert claim.modality in ("planned", "forecast")


def test_a_verb_at_the_end_is_that_of_the_nearer_word(read: Read) -> None:
    text = "Sambia, das die größte Kobaltproduktion stellt, hat im Februar die Exporte ausgesetzt."
    assert [(claim.predicate, claim.kind) for claim in read(text, "de")] == [("measure", "export-ban")]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Zambia produced 900 tonnes of cobalt in November.", "2025-11"),
        ("Zambia produced 900 tonnes of cobalt in January.", "2025-01"),
        ("Zambia will produce 900 tonnes of cobalt in January.", "2026-01"),
        ("Zambia will produce 900 tonnes of cobalt in May.", "2026-05"),
    ],
)
def test_a_month_without_a_year_is_a_near_one(read: Read, text: str, period: str) -> None:
    assert [claim.period for claim in read(text)] == [period]


def test_a_first_name_is_no_month(read: Read) -> None:
    text = "Boliden produced 900 tonnes of zinc, Jan Holm of the company said."
    assert [claim.period for claim in read(text)] == [None]


def test_an_agreement_does_not_begin_where_it_ends(read: Read) -> None:
    text = "Codelco and SQM signed a partnership agreement on lithium that runs until 2060."
    (claim,) = read(text)
    assert (claim.predicate, claim.period, claim.modality) == ("agreement", None, "actual")


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [
        ("en", "The Australian company puts the reserves of Kvanefjeld at 108 million tonnes.", "GRL"),
        ("nb", "EU anslår at det ligger 4 millioner tonn sjeldne jordarter i Fensfeltet.", "NOR"),
    ],
)
def test_a_site_lies_in_its_own_country(read: Read, language: str, text: str, place: str) -> None:
    (claim,) = [claim for claim in read(text, language) if claim.predicate == "reserve"]
    assert claim.place == place


def test_small_sums_without_a_word_for_them_are_no_investment(read: Read) -> None:
    text = "Lithium carbonate went from US$6,000 in 2020 to US$80,000 two years later."
    assert [claim.predicate for claim in read(text) if claim.predicate == "investment"] == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "LKAB revised its rare earth resources at Per Geijer up by 25 percent to over 1.3 million tonnes."),
        ("de", "LKAB kann die Ressourcen an Seltenen Erden um 25 Prozent auf über 1,3 Millionen Tonnen hochsetzen."),
        (
            "sv",
            "LKAB skriver upp tillgångar av sällsynta jordartsmetaller med 25 procent till över 1,3 miljoner ton.",
        ),
        ("nb", "LKAB skriver opp ressursene av sjeldne jordarter med 25 prosent til over 1,3 millioner tonn."),
        ("da", "LKAB opskriver ressourcerne af sjældne jordarter med 25 procent til over 1,3 millioner ton."),
        ("fr", "LKAB a revu à la hausse de 25 % ses ressources en terres rares, à plus de 1,3 million de tonnes."),
        ("es", "LKAB revisó al alza un 25 % sus recursos de tierras raras, hasta más de 1,3 millones de toneladas."),
    ],
)
def test_resources_that_are_revised_stay_resources(read: Read, language: str, text: str) -> None:
    found = [(claim.predicate, claim.kind, claim.value) for claim in read(text, language)]
    assert found == [("growth", None, 25.0), ("reserve", "resource", 1_300_000.0)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Zinc reserves of Boliden rose by 30 million tonnes to 300 million tonnes."),
        ("de", "Die Zinkreserven von Boliden stiegen um 30 Millionen Tonnen auf 300 Millionen Tonnen."),
        ("sv", "Bolidens reserver av zink ökade med 30 miljoner ton till 300 miljoner ton."),
        ("nb", "Bolidens reserver av sink økte med 30 millioner tonn til 300 millioner tonn."),
        ("da", "Bolidens reserver af zink steg med 30 millioner ton til 300 millioner ton."),
        (
            "es",
            "Reservas de zinc de Boliden crecieron en 30 millones de toneladas hasta 300 millones de toneladas.",
        ),
    ],
)
def test_a_step_and_where_it_leads_is_one_level(read: Read, language: str, text: str) -> None:
    assert [(claim.value, claim.value_max) for claim in read(text, language)] == [(300e6, None)]


def test_a_place_inside_the_name_of_a_company_is_no_place(read: Read) -> None:
    (claim,) = read("BASF (China) Company signed an offtake agreement for nickel with Vale.")
    assert (claim.actor, claim.place) == ("basf", None)


def test_a_direction_is_no_name(read: Read) -> None:
    text = "La première pierre de l'usine de terres rares a été posée près de Pau, dans le Sud-Ouest de la France."
    assert all("Sud" not in entity for claim in read(text, "fr") for _, entity in claim.entities)


def test_who_only_counts_is_no_party(read: Read) -> None:
    text = "The USGS says Hillgrove holds antimony. The offtake agreement comes with a loan of $4 million."
    assert all(entity != "united-states-geological-survey" for claim in read(text) for _, entity in claim.entities)


def test_what_is_set_against_something_else_is_told_of_that(read: Read) -> None:
    text = (
        "Albemarle has a capacity of lithium carbonate that will reach 210,000 tonnes, while its production will grow."
    )
    assert [claim.predicate for claim in read(text)] == ["capacity"]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Los envíos de litio de Chile sumaron 2 mil 895 millones de dólares.", [2.895e9]),
        ("Chile exportó 11 mil 49 toneladas de litio.", [11049.0]),
        ("En 2023 Chile exportó 273 mil toneladas de litio.", [273_000.0]),
    ],
)
def test_digits_and_a_word_for_thousand(read: Read, text: str, values: list[float]) -> None:
    assert [claim.value for claim in read(text, "es")] == values


@pytest.mark.parametrize(
    ("language", "text", "period"),
    [
        ("en", "Germanium cost 2,000 dollars a kilogram on Sept. 2, traders said.", "2025-09-02"),
        ("en", "Germanium cost 2,000 dollars a kilogram on Sept. 2, 2023.", "2023-09-02"),
        ("de", "Im Jänner 2024 kostete Germanium 2.000 Dollar je Kilogramm.", "2024-01"),
        ("es", "En setiembre de 2024 el germanio costaba 2.000 dólares por kilogramo.", "2024-09"),
    ],
)
def test_months_as_newspapers_write_them(read: Read, language: str, text: str, period: str) -> None:
    assert [claim.period for claim in read(text, language)] == [period]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Chile mines lithium.\n\nThe fleet may catch more hake: the fishing quota was capped at 17,445 tonnes."),
        ("de", "Chile fördert Lithium.\n\nFischer dürfen bis zu 12.000 Tonnen Hering fangen."),
        ("es", "Chile extrae litio.\n\nLa flota podrá capturar hasta 17.445 toneladas de merluza, la cuota es mayor."),
    ],
)
def test_what_may_be_fished_is_another_topic(read: Read, language: str, text: str) -> None:
    assert [claim for claim in read(text, language) if claim.value in (17_445, 12_000)] == []

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

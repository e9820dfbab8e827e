"""Dates, countries, imposers and sites that a later word points back to, in sentences of our own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lodeclaim.claims.model import Claim

Read = Callable[..., list[Claim]]


def test_a_year_later_keeps_the_month(read: Read) -> None:
    text = "China's exports of antimony came to 2,900 tonnes in October 2023 and to 870 tonnes a year later."
    found = {claim.value: claim.period for claim in read(text)}
    assert found == {2900.0: "2023-10", 870.0: "2024-10"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "In September last year China imposed an export ban on antimony."),
        ("de", "Im September des vergangenen Jahres verhängte China ein Exportverbot für Antimon."),
        ("sv", "I september i fjol införde Kina exportförbud för antimon."),
        ("nb", "I september i fjor innførte Kina eksportforbud for antimon."),
        ("da", "I september sidste år indførte Kina eksportforbud for antimon."),
    ],
)
def test_a_month_of_last_year(read: Read, language: str, text: str) -> None:
    (claim,) = [claim for claim in read(text, language, "2025-11-20") if claim.predicate == "measure"]
    assert claim.period == "2024-09"


def test_an_embargo_is_lifted_by_who_imposed_it(read: Read) -> None:
    text = (
        "China imposed an export ban on antimony to the United States in December 2024. The embargo was "
        "lifted in November "
        "2025."
    )
    lifted = next(claim for claim in read(text) if claim.kind == "lifted")
    assert lifted.actor == "CHN"


def test_the_country_is_no_union_of_countries(read: Read) -> None:
    text = (
        "The European Union needs more graphite, and China is where most of it comes from. Imports of "
        "graphite by the EU "
        "rose. The country mines 75 percent of the world's graphite."
    )
    (claim,) = [claim for claim in read(text) if claim.value == 75.0]
    assert claim.place == "CHN"


def test_a_capital_that_acts_is_remembered_before_who_it_acts_against(read: Read) -> None:
    text = (
        "Pékin a interdit en décembre 2024 les exportations d'antimoine vers les États-Unis.\n\n"
        "Le pays assure encore 48 % de l'extraction mondiale d'antimoine, devant le Tadjikistan (25 %)."
    )
    found = {claim.value: claim.place for claim in read(text, "fr") if claim.predicate == "share"}
    assert found == {48.0: "CHN", 25.0: "TJK"}


def test_the_deposit_is_one_that_the_vocabulary_lacks(read: Read) -> None:
    text = (
        "Westlode Resources explores the Karrabin property in Canada. An estimate credits the deposit with "
        "41.5 million "
        "tonnes of phosphate."
    )
    (claim,) = [claim for claim in read(text) if claim.value == 41.5e6]
    assert claim.site == "name:Karrabin"


def test_the_name_behind_a_word_for_a_site_that_opens_the_sentence(read: Read) -> None:
    text = "Forekomst Sørlige Karrabin har uranreserver på 13 500 tonn."
    (claim,) = [claim for claim in read(text, "nb") if claim.value == 13_500]
    assert claim.site == "name:Sørlige Karrabin"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "Congo (oro) produjo 220.000 toneladas de cobalto en 2024."),
        ("en", "Congo (Gold) mined 220,000 tonnes of cobalt in 2024."),
        ("de", "Kongo (Gold) förderte 2024 220.000 Tonnen Kobalt."),
        ("sv", "Kongo (guld) producerade 220 000 ton kobolt under 2024."),
    ],
)
def test_a_country_that_was_translated_sign_by_sign(read: Read, language: str, text: str) -> None:
    (claim,) = read(text, language)
    assert (claim.place, claim.material) == ("COD", "cobalt")


def test_the_list_of_the_commission_is_that_of_the_union(read: Read) -> None:
    text = "In June the Amitsoq graphite project was put on the European Commission's list of strategic projects."
    (claim,) = [claim for claim in read(text) if claim.predicate == "status"]
    assert ("place", "EU27") in claim.entities


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "fr",
            "Le règlement sur les matières premières critiques fixe un cap : d'ici à 2030, au plus 65 % d'un "
            "seul pays.",
        ),
        (
            "sv",
            "Förordningen om kritiska råmaterial sätter en gräns vid högst 65 procent från ett enskilt "
            "tredjeland 2030.",
        ),
    ],
)
def test_a_law_is_that_of_the_union(read: Read, language: str, text: str) -> None:
    (claim,) = [claim for claim in read(text, language) if claim.value == 65.0]
    assert (claim.predicate, claim.place, claim.comparator) == ("target", "EU27", "<=")


@pytest.mark.parametrize(
    ("language", "text", "suppliers"),
    [
        (
            "en",
            "For tantalum the Ulba Metallurgical Plant buys abroad: Brazil – 45%, Rwanda – 30%.",
            {45.0: "BRA", 30.0: "RWA"},
        ),
        ("da", "Europa har brug for grafit, og Kina leverer 45 procent.", {45.0: "CHN"}),
        ("de", "Europa braucht Grafit, und China liefert 45 Prozent.", {45.0: "CHN"}),
    ],
)
def test_who_supplies(read: Read, language: str, text: str, suppliers: dict[float, str]) -> None:
    found = {claim.value: claim.counterparty for claim in read(text, language) if claim.predicate == "supplier_share"}
    assert found == suppliers


def test_what_is_told_for_a_quarter_is_no_reserve(read: Read) -> None:
    text = "I tredje kvartal kom det 9 800 tonn rutil ut av anlegget ved Engebø."
    (claim,) = [claim for claim in read(text, "nb", "2025-11-06") if claim.value == 9800]
    assert (claim.predicate, claim.period) == ("production", "2025-35")


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Construction of the Matawinie graphite mine is to begin in the fourth quarter.", "2025-36"),
        ("The Matawinie graphite mine made 3,000 tonnes in the fourth quarter.", "2024-36"),
    ],
)
def test_a_quarter_that_is_planned_is_the_coming_one(read: Read, text: str, period: str) -> None:
    (claim,) = read(text, "en", "2025-06-19")
    assert claim.period == period


def test_the_material_of_a_country_is_no_company(read: Read) -> None:
    text = "The Stibnite mine could meet up to 35% of US antimony demand."
    (claim,) = [claim for claim in read(text) if claim.value == 35.0]
    assert (claim.predicate, claim.actor, claim.place) == ("share", None, "USA")
    text = "US Antimony produced 500 tonnes of antimony in 2024."
    assert [claim.actor for claim in read(text)] == ["united-states-antimony"]


@pytest.mark.parametrize(
    ("language", "text", "period"),
    [
        ("en", "The Matawinie graphite mine made 3,000 tonnes last autumn.", "2024-09/2024-11"),
        ("de", "Im Herbst förderte die Mine Bikita 3.000 Tonnen Lithium.", "2024-09/2024-11"),
        ("sv", "I höstas producerade gruvan Nunasvaara 3 000 ton grafit.", "2024-09/2024-11"),
        ("de", "Der Bau der Mine Bikita soll im Herbst beginnen.", "2025-09/2025-11"),
        ("de", "Im Sommer 2023 förderte die Mine Bikita 3.000 Tonnen Lithium.", "2023-06/2023-08"),
        ("de", "Orano hält an Nurlikum Mining nun 45 Prozent.", "2025"),
    ],
)
def test_seasons_and_now(read: Read, language: str, text: str, period: str) -> None:
    (claim,) = read(text, language, "2025-06-19")
    assert claim.period == period

"""What a country buys abroad, levels that are reached, compounds and groups, in sentences of our own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lodeclaim.claims.model import Claim

Read = Callable[..., list[Claim]]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The EU imports 99% of its natural graphite."),
        ("de", "Die EU importiert 99 Prozent ihres Naturgraphits."),
        ("fr", "L'UE importe 99 % de son graphite naturel."),
        ("es", "La UE importa el 99 % de su grafito natural."),
        ("sv", "EU importerar 99 procent av sin naturgrafit."),
        ("nb", "EU importerer 99 prosent av naturgrafitten sin."),
        ("da", "EU importerer 99 procent af sin naturgrafit."),
    ],
)
def test_what_a_country_imports_of_a_material_is_its_reliance(read: Read, language: str, text: str) -> None:
    (claim,) = read(text, language)
    assert (claim.predicate, claim.place, claim.material) == ("import_reliance", "EU27", "graphite")


def test_with_an_origin_it_is_the_share_of_a_supplier(read: Read) -> None:
    (claim,) = read("The EU imports 98% of its rare earths from China.")
    assert (claim.predicate, claim.place, claim.counterparty) == ("supplier_share", "EU27", "CHN")


def test_what_comes_next_is_told_of_the_importer(read: Read) -> None:
    text = (
        "La Chine fournit 97 % du magnésium utilisé par l'Union européenne. Pour les terres rares lourdes, le taux de "
        "dépendance aux importations atteint 100 %."
    )
    found = {claim.value: claim for claim in read(text, "fr")}
    assert (found[97.0].place, found[97.0].counterparty) == ("EU27", "CHN")
    assert (found[100.0].predicate, found[100.0].place) == ("import_reliance", "EU27")


def test_a_change_in_the_sentence_before_opens_no_change(read: Read) -> None:
    text = (
        "Vanadium output climbed by 31%. Sustaining capital expenditure at Maracás Menchen is put at US$24 million to "
        "US$27 million."
    )
    (cost,) = [claim for claim in read(text) if claim.unit == "USD"]
    assert (cost.value, cost.value_max) == (24e6, 27e6)


def test_edged_up_to_is_no_bound(read: Read) -> None:
    prices = [claim for claim in read("LME zinc edged up to $3,065 a ton.") if claim.unit == "USD/t"]
    assert [claim.comparator for claim in prices] == ["="]


def test_what_is_more_than_doubled_is_a_level(read: Read) -> None:
    text = "Bis 2030 soll sich die Kupferproduktion von Almalyk auf 500.000 Tonnen mehr als verdreifachen."
    (claim,) = [claim for claim in read(text, "de") if claim.unit == "t"]
    assert (claim.predicate, claim.value, claim.period) == ("production", 500_000, "2030")


@pytest.mark.parametrize(
    ("language", "text", "material"),
    [
        ("de", "China stellt rund 98 % des Primärgalliums her.", "gallium"),
        ("de", "Deutschland importierte 2024 16.400 Tonnen Rohmagnesium.", "magnesium"),
        ("sv", "Kina står för 98 procent av primärgalliumet.", "gallium"),
    ],
)
def test_a_material_ends_a_compound(read: Read, language: str, text: str, material: str) -> None:
    (claim,) = read(text, language)
    assert claim.material == material


def test_lead_and_tin_end_other_words(read: Read) -> None:
    assert {claim.material for claim in read("Bleistifte und Benzinn kosten 500 Dollar je Tonne.", "de")} <= {None}


def test_the_french_group_is_not_france(read: Read) -> None:
    text = "Eramet exploite le manganèse au Gabon. Le groupe français possède 63,7 % de Comilog."
    (stake,) = [claim for claim in read(text, "fr") if claim.predicate == "stake"]
    assert {"eramet", "comilog"} <= {entity for _, entity in stake.entities}
    assert ("place", "FRA") not in stake.entities and ("actor", "FRA") not in stake.entities


def test_the_commission_of_a_text_on_the_union(read: Read) -> None:
    text = "Die EU ist bei Lithium abhängig. Die Kommission hat im März 2025 47 strategische Projekte ausgewählt."
    (count,) = [claim for claim in read(text, "de") if claim.predicate == "count"]
    assert count.actor == "european-commission"
    other = read("Chile fördert Lithium. Die Kommission hat 47 Projekte ausgewählt.", "de")
    assert all("european-commission" not in dict(claim.entities).values() for claim in other)


def test_a_company_controls_part_of_the_project(read: Read) -> None:
    text = "Critical Metals køber flere aktier i Tanbreez. Critical Metals kontrollerer nu 92,5 pct. af projektet."
    (stake,) = [claim for claim in read(text, "da") if claim.value == 92.5]
    assert (stake.predicate, stake.actor) == ("stake", "critical-metals")


def test_parts_of_a_target_are_targets(read: Read) -> None:
    text = (
        "Le règlement sur les matières premières critiques prévoit que l'Union extraie au moins 10 % de ce qu'elle "
        "consomme, en raffine 40 % et en recycle 25 %."
    )
    assert [(claim.predicate, claim.value) for claim in read(text, "fr")] == [
        ("target", 10.0),
        ("target", 40.0),
        ("target", 25.0),
    ]


def test_the_year_of_an_aside_dates_nothing(read: Read) -> None:
    text = "Ilmenite, which the company has been selling since 2023, did well: production climbed to 16,900 tonnes."
    (claim,) = [claim for claim in read(text) if claim.value == 16_900]
    assert claim.period != "2023"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("da", "Kasakhstan er et stort land. Landet leverer 65 procent af EU's fosfor."),
        ("de", "Kasachstan ist groß. Das Land liefert 65 Prozent des Phosphors der EU."),
    ],
)
def test_who_delivers_is_told_before(read: Read, language: str, text: str) -> None:
    (claim,) = read(text, language)
    assert (claim.predicate, claim.place, claim.counterparty) == ("supplier_share", "EU27", "KAZ")


def test_a_supplier_of_the_world_has_a_share(read: Read) -> None:
    (claim,) = read("Gabón suministra casi una cuarta parte del manganeso mundial.", "es")
    assert (claim.predicate, claim.place, claim.comparator) == ("share", "GAB", "~")


def test_a_tariff_on_chinese_magnets_is_not_chinas(read: Read) -> None:
    text = "The United States buys rare earth magnets abroad. A 25% tariff on Chinese magnets took effect on January 1."
    (claim,) = [claim for claim in read(text) if claim.predicate == "measure"]
    assert (claim.actor, claim.counterparty) == ("USA", "CHN")


def test_more_than_in_the_second_quarter_is_told_of_the_third(read: Read) -> None:
    text = "Rutilvolumet ved Engebø var 24 prosent høyere enn i andre kvartal."
    (claim,) = [claim for claim in read(text, "nb", "2025-10-28") if claim.predicate == "growth"]
    assert claim.period == "2025-35"


def test_suppliers_have_the_year_of_the_imports(read: Read) -> None:
    text = "Deutschland importierte 2025 5.200 Tonnen Seltene Erden. 65,5 Prozent der Menge kamen aus China."
    (claim,) = [claim for claim in read(text, "de", "2026-03-17") if claim.value == 65.5]
    assert (claim.predicate, claim.period) == ("supplier_share", "2025")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Die Anlage von Neo Performance Materials kann 600 Tonnen Seltene Erden pro Jahr verarbeiten."),
        ("en", "The plant of Neo Performance Materials can process 600 tonnes of rare earths a year."),
        ("nb", "Prosessanlegget ved Engebø er bygget for 1,5 millioner tonn malm i året."),
    ],
)
def test_what_a_plant_can_process_is_its_capacity(read: Read, language: str, text: str) -> None:
    assert {claim.predicate for claim in read(text, language)} == {"capacity"}


def test_the_quarter_before(read: Read) -> None:
    text = (
        "The Kwale mine made 5,000 tonnes of ilmenite in the third quarter, up from 4,000 tonnes in the prior quarter."
    )
    found = {claim.value: claim.period for claim in read(text, "en", "2025-10-23")}
    assert found == {5000.0: "2025-35", 4000.0: "2025-34"}
    text = (
        "The Kwale mine made 5,000 tonnes of titanium ore in the first quarter, 20% more than in the previous quarter."
    )
    found = {claim.value: claim.period for claim in read(text, "en", "2025-04-23")}
    assert found == {5000.0: "2025-33", 20.0: "2025-33"}

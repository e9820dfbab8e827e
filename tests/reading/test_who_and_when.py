"""Who acts under a short name, which site and which date a claim is of, in sentences of our own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lodeclaim.claims.model import Claim

Read = Callable[..., list[Claim]]


def test_a_short_name_in_brackets_stands_for_the_name(read: Read) -> None:
    text = (
        "MP Materials agreed with the U.S. Department of Defense (DoD) on rare earths from Mountain Pass.\n\n"
        "The DoD will lend $150 million for separation of rare earths at Mountain Pass."
    )
    loan = next(claim for claim in read(text) if claim.value == 150e6)
    assert loan.actor == "us-department-of-defense"
    assert any(reason.slot == "actor" and reason.rule == "short name" for reason in loan.reasons)


def test_a_country_in_brackets_is_no_short_name(read: Read) -> None:
    text = "BASF (EU) makes cathodes. Tungsten demand of the EU rose by 5% in 2024."
    (claim,) = [claim for claim in read(text) if claim.value == 5]
    assert all(entity != "basf" for _, entity in claim.entities)


def test_the_first_word_of_a_name_stands_for_it(read: Read) -> None:
    text = "MP Materials mines rare earths. The fund bought a stake of 15% in MP."
    (stake,) = [claim for claim in read(text) if claim.predicate == "stake"]
    assert "mp-materials" in {entity for _, entity in stake.entities}


def test_the_largest_shareholder_of_a_company_holds_it(read: Read) -> None:
    text = (
        "MP Materials mines rare earths. The U.S. Department of Defense will become MP Materials' largest shareholder, "
        "which raises its stake to 15%."
    )
    stake = next(claim for claim in read(text) if claim.value == 15.0)
    assert (stake.actor, stake.counterparty) == ("us-department-of-defense", "mp-materials")


def test_the_name_of_a_bank_points_to_no_development(read: Read) -> None:
    text = (
        "Cove Capital develops the tungsten deposits Upper Kairakty and North Katpar in Kazakhstan.\n\n"
        "Other news: the Development Bank of Kazakhstan opened a financing programme of $1bn for rare metals."
    )
    (claim,) = [claim for claim in read(text) if claim.value == 1e9]
    assert (claim.actor, claim.site) == ("development-bank-of-kazakhstan", None)


def test_the_site_of_another_material_is_not_meant(read: Read) -> None:
    text = (
        "HMS Bergbau explores the lithium deposit Akhmetkino in Kazakhstan for $8 million.\n\n"
        "A tungsten plant was built in the Almaty Region. The project is valued at $300 million."
    )
    (claim,) = [claim for claim in read(text) if claim.value == 300e6]
    assert (claim.material, claim.site) == ("tungsten", None)


def test_where_one_company_works_another_need_not(read: Read) -> None:
    text = (
        "Lynas builds a plant for rare earths in Malaysia.\n\nRare earth exports from Malaysia fell 75% in June.\n\n"
        "Once it runs in 2028, the output of magnets by MP Materials will reach 10,000 tonnes."
    )
    (claim,) = [claim for claim in read(text) if claim.value == 10_000]
    assert (claim.actor, claim.place) == ("mp-materials", None)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The deal aims to help rivals of China, which dominates 90% of rare earth processing."),
        ("sv", "Avtalet ska hjälpa konkurrenter till Kina, som står för 90 procent av världens sällsynta jordarter."),
        ("fr", "L'accord vise à aider les rivaux de la Chine, qui produit 90 % des terres rares du monde."),
        ("es", "El acuerdo pretende ayudar a rivales de China, que controla el 90 % de las tierras raras del mundo."),
    ],
)
def test_what_is_told_by_the_way_holds_now(read: Read, language: str, text: str) -> None:
    (claim,) = [claim for claim in read(text, language) if claim.value == 90]
    assert (claim.place, claim.modality) == ("CHN", "actual")


def test_more_than_before_is_no_share(read: Read) -> None:
    text = "Cela représente 11 % de plus de germanium exporté par la Chine qu'en octobre."
    assert [(claim.predicate, claim.value) for claim in read(text, "fr")] == [("growth", 11.0)]


def test_the_year_of_what_is_set_against_it(read: Read) -> None:
    text = (
        "Alors qu'en octobre 2022, les exportations chinoises de germanium étaient de 2,41 tonnes, elles s'élèvent "
        "à 648 kilogrammes."
    )
    assert [(claim.value, claim.period) for claim in read(text, "fr")] == [(2.41, "2022-10"), (0.648, None)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The price of lithium hydroxide has gone from 5,500 euros a tonne to 71,000 euros a tonne."),
        ("es", "El hidróxido de litio ha pasado de 5.500 euros por tonelada a 71.000 euros por tonelada."),
        ("fr", "L'hydroxyde de lithium est passé de 5 500 euros la tonne à 71 000 euros la tonne."),
    ],
)
def test_from_one_price_to_another_is_no_range(read: Read, language: str, text: str) -> None:
    found = [(claim.value, claim.value_max) for claim in read(text, language) if claim.predicate == "price"]
    assert found == [(5500.0, None), (71_000.0, None)]


def test_what_a_share_costs_is_told_of_no_material(read: Read) -> None:
    text = "MP Materials mines rare earths in California.\n\nThe stock soared 50% on the news."
    assert read(text) == []


def test_der_bund_is_germany(read: Read) -> None:
    (claim,) = read("Der Bund unterstützt den Abbau von Lithium mit 103,6 Millionen Euro.", "de")
    assert "DEU" in {entity for _, entity in claim.entities}


def test_words_that_open_an_item_are_no_names(read: Read) -> None:
    text = (
        "Arafura reports on its Nolans rare earth deposit in Australia.\n\nHighlights:\n"
        "• Resource of 15 Mt at 490 ppm TREO\n• More than half of it is indicated\n"
        "• High scandium oxide content of 67 ppm in the Open Pit\n• Sales in the Quarter were 246 t of rare earths"
    )
    named = {entity for claim in read(text) for _, entity in claim.entities}
    assert not {entity for entity in named if entity.startswith("name:")}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Lynas sold rare earths, resulting in net cash from operating activities of $16.7 million."),
        ("en", "Lynas, which mines rare earths, has a cash balance of $192.9 million."),
        ("de", "Lynas fördert Seltene Erden und hat liquide Mittel von 192,9 Millionen Dollar."),
        ("sv", "Lynas bryter sällsynta jordarter och har likvida medel på 192,9 miljoner dollar."),
        ("nb", "Lynas utvinner sjeldne jordarter og har likvide midler på 192,9 millioner dollar."),
        ("da", "Lynas udvinder sjældne jordarter og har likvide midler på 192,9 millioner dollar."),
        ("fr", "Lynas, qui extrait des terres rares, a une trésorerie nette de 192,9 millions de dollars."),
        ("es", "Lynas, que extrae tierras raras, tiene un flujo de caja de 192,9 millones de dólares."),
    ],
)
def test_what_a_company_has_in_cash_is_no_deal(read: Read, language: str, text: str) -> None:
    assert [claim.value for claim in read(text, language) if claim.value in (16.7e6, 192.9e6)] == []


@pytest.mark.parametrize(
    ("published", "text", "period"),
    [
        ("2019-05-02", "Mount Marion produced 900 t of spodumene in the January-March quarter.", "2019-33"),
        ("2019-05-02", "Spodumene will cost $682 per tonne in the April-June quarter.", "2019-34"),
        ("2019-05-02", "Mount Marion produced 900 t of spodumene in the September quarter.", "2018-35"),
    ],
)
def test_quarters_named_for_their_months(read: Read, published: str, text: str, period: str) -> None:
    assert [claim.period for claim in read(text, "en", published)] == [period]


def test_the_country_of_a_partner_is_no_place(read: Read) -> None:
    text = "Mount Marion gave 418,711 tonnes of spodumene in 2018, said China's Ganfeng Lithium."
    (claim,) = read(text)
    assert (claim.site, claim.place) == ("mt-marion", "AUS")


def test_a_government_imposes_whoever_the_goods_are_for(read: Read) -> None:
    text = "Die chinesische Regierung schränkt den Export des für die europäische Industrie wichtigen Wolframs ein."
    (claim,) = read(text, "de")
    assert (claim.predicate, claim.kind, claim.actor) == ("measure", "export-control", "CHN")


def test_exports_that_are_paused(read: Read) -> None:
    text = "Kina svarar med restriktioner kring export av gallium. Exporten av gallium är pausad."
    assert [(claim.kind, claim.actor) for claim in read(text, "sv")] == [
        ("export-control", "CHN"),
        ("export-ban", "CHN"),
    ]


def test_an_expansion_leads_from_one_level_to_another(read: Read) -> None:
    text = "Rio Tinto ampliará su producción de carbonato de litio en Argentina de 3.000 a 60.000 toneladas anuales."
    assert (60_000.0, None) in {(claim.value, claim.value_max) for claim in read(text, "es")}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "Kazakhstan's Ministry of Industry and Construction puts rare earth reserves at 20 million tonnes.",
        ),
        ("fr", "Le ministère kazakh de l'Industrie estime les réserves de terres rares à 20 millions de tonnes."),
        (
            "es",
            "El Ministerio de Industria y Minería estima las reservas de tierras raras en 20 millones de toneladas.",
        ),
        ("de", "Kasachstan schätzt die Reserven an Seltenen Erden auf 20 Millionen Tonnen in 300 Metern Tiefe."),
    ],
)
def test_what_a_ministry_is_for_is_no_company(read: Read, language: str, text: str) -> None:
    claims = read(text, language)
    assert [claim.value for claim in claims] == [20e6]
    assert not {entity for claim in claims for _, entity in claim.entities if entity.startswith("name:")}


def test_the_subject_behind_its_verb_imposes(read: Read) -> None:
    text = "Wegen des Zollstreits mit den USA stoppte China die Ausfuhr Seltener Erden."
    (claim,) = read(text, "de")
    assert (claim.kind, claim.actor) == ("export-ban", "CHN")


def test_metal_tons_are_tonnes(read: Read) -> None:
    text = "According to USGS data, global tungsten reserves stood at 4.6 million metal tons in 2024."
    assert [(claim.predicate, claim.value, claim.place) for claim in read(text)] == [("reserve", 4.6e6, "WLD")]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("da", "Mellem en fjerdedel og en tredjedel af verdens grafit brydes i Mozambique."),
        ("de", "Zwischen einem Viertel und einem Drittel des weltweiten Grafits wird in Mosambik abgebaut."),
        ("fr", "Entre un quart et un tiers du graphite mondial est extrait au Mozambique."),
        ("sv", "Mellan en fjärdedel och en tredjedel av världens grafit bryts i Moçambique."),
    ],
)
def test_between_two_fractions(read: Read, language: str, text: str) -> None:
    (claim,) = read(text, language)
    assert (claim.value, claim.value_max) == (25.0, pytest.approx(33.333333))


def test_each_price_has_its_market(read: Read) -> None:
    text = "Dysprosium costs about 250 dollars a kilogram in China but over 800 dollars a kilogram in Europe."
    assert [claim.place for claim in read(text)] == ["CHN", "europe"]


def test_what_the_owner_of_a_site_invests_is_for_the_site(read: Read) -> None:
    text = (
        "Sakatti in Finland became a strategic project. Anglo American expects investments of over 1.5 billion euros "
        "and 1,200 jobs."
    )
    assert {claim.site for claim in read(text)} == {"sakatti"}

"""What the reader makes of turns that news on raw materials use, in sentences of our own."""

from __future__ import annotations

import pytest

from lodeclaim.claims.model import Claim
from lodeclaim.documents.model import Document
from lodeclaim.reading.reader import RuleReader


def read(language: str, text: str, published: str = "2025-12-12") -> list[Claim]:
    document = Document(
        id="d0",
        address="t.txt",
        text=text,
        sha256="0" * 64,
        media_type="text/plain",
        encoding="utf-8",
        language=language,
        published=published,
    )
    return RuleReader().read(document)


def test_a_listing_in_brackets_names_no_actor() -> None:
    text = "NOVONIX (ASX:NVX, NASDAQ:NVX) has signed a binding offtake agreement for synthetic graphite with PowerCo."
    (claim,) = read("en", text)
    assert (claim.predicate, claim.actor, claim.instrument) == ("agreement", "novonix", "offtake")
    assert "australian-securities-exchange" not in {entity for _, entity in claim.entities}


def test_a_sign_of_money_names_no_country() -> None:
    text = "Chile exported lithium. The price of lithium carbonate was US$ 9,000 per tonne in 2024."
    assert all(entity != "USA" for claim in read("en", text) for _, entity in claim.entities)


def test_the_materials_of_a_company_name_are_not_told_of() -> None:
    text = "Tungsten is mined in Kazakhstan. Jiangxi Copper Corporation produced 500 tonnes of tungsten in 2024."
    (claim,) = read("en", text)
    assert claim.material == "tungsten"


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [
        ("en", "Copper output was 159% higher than in 2020.", [159.0]),
        ("en", "The copper mine gave 35 percent less than planned.", [-35.0]),
        ("sv", "Gruvan gav 35 procent mindre koppar i år.", [-35.0]),
        ("es", "La producción de cobre fue un 12 % menos.", [-12.0]),
        ("es", "El precio del cobre aumentó 48 %, mientras que el zinc cayó 16 %.", [48.0, -16.0]),
        ("en", "Copper production fell 6% to 1,371,200 tonnes.", [-6.0]),
        ("en", "Copper output was 209,859 t, up 5% from the second quarter.", [5.0]),
    ],
)
def test_directions_of_change(language: str, text: str, values: list[float]) -> None:
    assert [claim.value for claim in read(language, text) if claim.predicate == "growth"] == values


def test_a_tonnage_with_its_grade_is_a_reserve() -> None:
    claims = read("en", "Goulamina now holds 211.0 Mt at 1.37% Li2O, lithium that is easily mined.")
    assert [(claim.predicate, claim.value, claim.basis) for claim in claims] == [
        ("reserve", 211e6, None),
        ("grade", 1.37, None),
    ]


@pytest.mark.parametrize(
    ("language", "text", "prices"),
    [
        ("de", "In Rotterdam kostete das Kilogramm Gallium zuletzt 1.100 Dollar.", [1.1e6]),
        (
            "sv",
            "Kopparpriset steg till 14 000 dollar per ton. Sedan har det fallit till 13 100 dollar.",
            [14e3, 13.1e3],
        ),
        ("en", "Gallium trades at $575 per kilogram. In January it was $460.", [575e3, 460e3]),
    ],
)
def test_prices_without_their_unit(language: str, text: str, prices: list[float]) -> None:
    found = read(language, text)
    assert [(claim.value, claim.unit) for claim in found if claim.predicate == "price"] == [
        (price, "USD/t") for price in prices
    ]


def test_money_after_a_price_is_no_price() -> None:
    text = "Gallium trades at $575 per kilogram. The company invested $600 in gallium."
    assert [claim.unit for claim in read("en", text)] == ["USD/t", "USD"]


def test_what_a_bank_lends_goes_to_the_company_of_the_text() -> None:
    bank = "The European Investment Bank has approved a loan of 150 million euros."
    text = f"Talga builds a graphite mine in Vittangi.\n\n{bank}"
    claim = next(claim for claim in read("en", text) if claim.predicate == "financing")
    assert (claim.actor, claim.counterparty) == ("european-investment-bank", "talga-group")


def test_materials_of_one_list_stand_in_one_claim() -> None:
    text = "China suspended its export ban on gallium, germanium and antimony in November 2025."
    claim = next(claim for claim in read("en", text) if claim.predicate == "measure")
    assert {entity for _, entity in claim.entities} >= {"gallium", "germanium", "antimony", "CHN"}


def test_a_paragraph_on_something_else_takes_no_material_over() -> None:
    text = "Copper output rose in Chile in 2024.\n\nThe town spent 850,000 dollars on its festival.\n"
    assert [claim.predicate for claim in read("en", text) if claim.value is not None] == []


def test_a_capacity_is_a_rate() -> None:
    (claim,) = read("en", "The smelter at Kokkola has a capacity of 2,300 tonnes of cobalt.")
    assert (claim.predicate, claim.value, claim.unit) == ("capacity", 2300.0, "t/yr")
    assert any(reason.slot == "unit" for reason in claim.reasons)


@pytest.mark.parametrize(
    ("language", "text", "period"),
    [
        ("en", "In the third quarter the mine produced 87,242 t of copper.", "2025-35"),
        ("en", "FY2024 output was 5,000 tonnes of copper.", "2024"),
        ("de", "Von Januar bis November 2022 wurden 5.300 Tonnen Seltene Erden importiert.", "2022-01/2022-11"),
        ("fr", "Entre juillet et septembre, la mine a produit 1,87 Mt de manganèse.", "2025-35"),
        ("en", "Peru mined 1.2 Mt of copper in the first nine months of 2024.", "2024-01/2024-09"),
        ("en", "For 9 months of 2024, Peru exported 900 tonnes of tungsten.", "2024-01/2024-09"),
        ("en", "Peru mined 1.2 Mt of copper in the quarter ended 30 September 2024.", "2024-35"),
        ("en", "Peru mined 1.2 Mt of copper in the quarter ended 1 October 2024.", "2024-35"),
        ("en", "Peru mined 1.2 Mt of copper in the six months to the end of June 2024.", "2024-40"),
        ("en", "Peru mined 1.2 Mt of copper in the year ended 30 June 2024.", "2023-07/2024-06"),
        ("en", "Peru mined 1.2 Mt of copper in the 12 months to 31 December 2024.", "2024"),
        ("en", "Peru mined 1.2 Mt of copper in the five months through February 2024.", "2023-10/2024-02"),
        ("en", "Peru mined 1.2 Mt of copper in the September 2024 quarter.", "2024-35"),
        ("en", "Peru mined 1.2 Mt of copper in the September quarter 2024.", "2024-35"),
        ("en", "Peru mined 1.2 Mt of copper in the March quarter.", "2025-33"),
        ("en", "Peru mined 1.2 Mt of copper in 4Q24.", "2024-36"),
        ("en", "Peru mined 1.2 Mt of copper in Q3'24.", "2024-35"),
        ("en", "Peru mined 1.2 Mt of copper in 1H of 2024.", "2024-40"),
        ("en", "Peru mined 1.2 Mt of copper in 9M 2024.", "2024-01/2024-09"),
        ("en", "Peru mined 1.2 Mt of copper in FY24.", "2024"),
        ("en", "Peru mined 1.2 Mt of copper in the first three quarters of 2024.", "2024-01/2024-09"),
        ("de", "In den ersten neun Monaten 2024 förderte Peru 900 Tonnen Wolfram.", "2024-01/2024-09"),
        ("de", "Peru förderte im Geschäftsjahr bis 30. Juni 2024 900 Tonnen Wolfram.", "2023-07/2024-06"),
        (
            "fr",
            "Le Pérou a produit 900 tonnes de tungstène lors des neuf premiers mois de 2024.",
            "2024-01/2024-09",
        ),
        ("fr", "Le Pérou a produit 900 tonnes de tungstène sur l'exercice clos le 30 juin 2024.", "2023-07/2024-06"),
        ("fr", "Le Pérou a produit 900 tonnes de tungstène au 3T24.", "2024-35"),
        ("es", "Perú produjo 900 toneladas de cobre en los primeros nueve meses de 2024.", "2024-01/2024-09"),
        ("es", "Perú produjo 900 toneladas de cobre en el trimestre terminado el 30 de junio de 2024.", "2024-34"),
        ("sv", "Peru producerade 900 ton koppar under de första nio månaderna 2024.", "2024-01/2024-09"),
        ("nb", "Peru produserte 900 tonn kobber i de ni første månedene av 2024.", "2024-01/2024-09"),
        ("da", "Peru producerede 900 ton kobber i de seks måneder til juni 2024.", "2024-40"),
    ],
)
def test_periods_of_reports(language: str, text: str, period: str) -> None:
    assert [claim.period for claim in read(language, text) if claim.value is not None] == [period]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It took nine months to build the plant, which makes 5,000 tonnes of copper.", 5000.0),
        ("A year to remember: the mine produced 5,000 tonnes of copper.", 5000.0),
        ("The mine 14Q24 produced 5,000 tonnes of copper.", 5000.0),
    ],
)
def test_what_only_looks_like_a_period_dates_nothing(text: str, value: float) -> None:
    found = [claim for claim in read("en", text) if claim.value == value]
    assert [claim.period for claim in found] in ([None], ["2025"])


def test_a_price_without_a_date_is_of_the_year_of_its_text() -> None:
    (claim,) = read("en", "Tungsten concentrate trades at $300 per tonne.")
    assert claim.period == "2025"
    assert [reason.rule for reason in claim.reasons if reason.slot == "period"] == ["year of publication"]


def test_a_date_line_opens_its_paragraph() -> None:
    from lodeclaim.documents.published import published_in

    text = "Gallium: Preise steigen\n\nFrankfurt/Main, 3. Dezember 2025. Drei Wochen nach der Pause warten Händler."
    assert published_in(text)[0] == "2025-12-03"


def test_the_same_year_is_that_of_the_date_before() -> None:
    text = "The mine opened in 2019. In the same year it produced 5,000 tonnes of copper."
    assert [claim.period for claim in read("en", text) if claim.unit == "t"] == ["2019"]


def test_the_country_of_an_authority_is_the_country_meant() -> None:
    text = "Prices of copper rose. According to Cochilco, the country produced 445,200 tonnes of copper in July 2025."
    (claim,) = (claim for claim in read("en", text) if claim.unit == "t")
    assert (claim.place, claim.actor) == ("CHL", None)


def test_what_a_government_allows_a_company_is_the_company_s() -> None:
    text = (
        "Critical Metals works in Greenland. The Government of Greenland allows the company to raise its stake in"
        " Tanbreez to 92.5 percent."
    )
    (claim,) = (claim for claim in read("en", text) if claim.predicate == "stake")
    assert (claim.actor, claim.site) == ("critical-metals", "tanbreez")


def test_a_region_names_its_country() -> None:
    text = "Gruvbolaget HMS Bergbau planerar att investera en halv miljard dollar i litium i östra Kazakstan."
    (claim,) = (claim for claim in read("sv", text) if claim.predicate == "investment")
    assert claim.place == "KAZ"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "Tin from the Tamworth Ridge deposit will reach the market.\n\n"
            "The licence for Tamworth Ridge runs until 2044. The mine is to produce 4,200 tonnes of tin metal a year.",
        ),
        (
            "es",
            "El estaño de Cerro Velado llegará al mercado.\n\nMuchos vecinos apoyan a Cerro Velado.\n\n"
            "La mina producirá 4.200 toneladas de concentrado al año.",
        ),
    ],
)
def test_the_mine_is_the_one_that_the_text_is_about(language: str, text: str) -> None:
    (claim,) = (claim for claim in read(language, text) if claim.unit == "t/yr")
    assert {"name:Tamworth Ridge", "name:Cerro Velado"} & {entity for _, entity in claim.entities}


def test_the_holder_of_the_next_stake_is_no_party_to_this_one() -> None:
    text = "BHP runs the Escondida copper mine. The company owns 57.5 per cent of the mine, Rio Tinto 30 per cent."
    first, second = (claim for claim in read("en", text) if claim.predicate == "stake")
    assert (first.actor, second.actor) == ("bhp", "rio-tinto")
    assert "rio-tinto" not in {entity for _, entity in first.entities}


@pytest.mark.parametrize(
    ("language", "text", "country"),
    [
        ("en", "China dominates tungsten. In 2020 the Asian nation mined 69,000 tonnes of tungsten.", "CHN"),
        ("de", "Sambia lebt vom Kupfer. Das afrikanische Land förderte 2024 rund 820.000 Tonnen Kupfer.", "ZMB"),
        ("fr", "Le Chili vit du lithium. Le pays sud-américain a produit 49 000 tonnes de lithium en 2024.", "CHL"),
        ("es", "Chile vive del litio. El país sudamericano produjo 49.000 toneladas de litio en 2024.", "CHL"),
        ("sv", "Kina styr grafiten. Det asiatiska landet bröt 1 270 000 ton grafit 2024.", "CHN"),
    ],
)
def test_a_region_and_a_word_for_country_point_back(language: str, text: str, country: str) -> None:
    (claim,) = (claim for claim in read(language, text) if claim.predicate == "production")
    assert claim.place == country


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("de", "Die Ausfuhren von Antimon gingen im Vergleich zum Jahr davor um 57 Prozent zurück.", -57),
        (
            "de",
            "Im ersten Halbjahr sanken die Ausfuhren von Antimon verglichen mit dem Vorjahr um rund 74 Prozent.",
            -74,
        ),
        ("en", "Exports of antimony from China fell sharply in the first half of the year, by 74 percent.", -74),
        ("es", "La producción de cobre de Codelco cedió un 14,3% en octubre.", -14.3),
    ],
)
def test_a_fall_is_told_far_from_its_percentage(language: str, text: str, value: float) -> None:
    assert [claim.value for claim in read(language, text) if claim.predicate == "growth"] == [value]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The study of the Zinnwald lithium project shows an IRR of 29 percent."),
        ("en", "Lithium carbonate of 99.5 % purity is made in Chile."),
        ("en", "Phase 1 mines lithium at Zinnwald."),
        ("en", "Lithium output of Las Bambas was 3,500 tonnes less."),
        ("de", "Das Lithiumkarbonat aus Chile hat 99,5 % Reinheit."),
        ("sv", "Studien av Vittangi visar en internränta på 31 procent för grafiten."),
    ],
)
def test_returns_purities_and_differences_are_no_claims(language: str, text: str) -> None:
    assert [claim for claim in read(language, text) if claim.value is not None] == []


def test_a_comparator_inside_a_list_holds_for_its_own_number() -> None:
    text = "La Chine produit 44 % de l'indium, près de 65 % du graphite et 71 % du germanium dans le monde."
    assert [claim.comparator for claim in read("fr", text)] == ["=", "~", "="]


def test_thousands_of_ppm_are_no_decimals() -> None:
    (claim,) = (one for one in read("en", "Nolans Bore grades 3,292 ppm of rare earths.") if one.predicate == "grade")
    assert claim.value == 3292


def test_who_customs_are_is_told() -> None:
    claims = read("en", "Japan imported 900 tonnes of gallium in 2024, according to Japanese customs.")
    assert {claim.attributed_to for claim in claims} == {"Japanese customs"}


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Peru exported 900 tonnes of zinc to Spain in 2023.", [("PER", "export", "ESP")]),
        ("en", "Zinc exports from Peru to Spain reached 900 tonnes in 2023.", [("PER", "export", "ESP")]),
        ("en", "Peru's zinc exports reached 900 tonnes in 2023.", [("PER", "export", None)]),
        ("en", "Exports of zinc to Spain reached 900 tonnes in 2023.", [(None, "export", "ESP")]),
        ("en", "Spain imported 900 tonnes of zinc from Peru in 2023.", [("ESP", "import", "PER")]),
        ("en", "Imports of zinc from Peru into Spain reached 900 tonnes in 2023.", [("ESP", "import", "PER")]),
        (
            "en",
            "Peru shipped 900 tonnes of zinc to Spain and 400 tonnes to Italy in 2023.",
            [("PER", "export", "ESP"), ("PER", "export", "ITA")],
        ),
        (
            "en",
            "Spanish imports of zinc from Peru were 900 tonnes in 2023 and exports to Italy 400 tonnes.",
            [("ESP", "import", "PER"), ("ESP", "export", "ITA")],
        ),
        ("de", "Peru exportierte 2023 900 Tonnen Zink nach Spanien.", [("PER", "export", "ESP")]),
        ("de", "Spanien importierte 2023 900 Tonnen Zink aus Peru.", [("ESP", "import", "PER")]),
        ("fr", "Le Pérou a exporté 900 tonnes de zinc vers l'Espagne en 2023.", [("PER", "export", "ESP")]),
        ("fr", "L'Espagne a importé 900 tonnes de zinc du Pérou en 2023.", [("ESP", "import", "PER")]),
        ("es", "Perú exportó 900 toneladas de zinc a España en 2023.", [("PER", "export", "ESP")]),
        ("es", "España importó 900 toneladas de zinc desde Perú en 2023.", [("ESP", "import", "PER")]),
        ("sv", "Peru exporterade 900 ton zink till Spanien 2023.", [("PER", "export", "ESP")]),
        ("nb", "Peru eksporterte 900 tonn sink til Spania i 2023.", [("PER", "export", "ESP")]),
        ("da", "Spanien importerede 900 ton zink fra Peru i 2023.", [("ESP", "import", "PER")]),
    ],
)
def test_trade_has_a_direction_and_a_partner(language: str, text: str, expected: list[tuple[str, str, str]]) -> None:
    found = [claim for claim in read(language, text) if claim.predicate == "trade" and claim.value in (900, 400)]
    assert [(claim.place, claim.kind, claim.counterparty) for claim in found] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Thacker Pass is owned 62% by Lithium Americas and 38% by General Motors.",
        "Thacker Pass is 62% owned by Lithium Americas, and 38% by General Motors.",
        "Thacker Pass, owned 62% by Lithium Americas and 38% by General Motors, will make 40,000 tonnes of lithium.",
    ],
)
def test_each_holder_has_its_own_percentage(text: str) -> None:
    found = {(claim.actor, claim.value) for claim in read("en", text) if claim.predicate == "stake"}
    assert found == {("lithium-americas", 62.0), ("general-motors", 38.0)}


def test_who_counts_reserves_does_not_hold_them() -> None:
    (claim,) = read("en", "The US Geological Survey put world tungsten reserves at 4.6 million tonnes.")
    assert (claim.actor, claim.place, claim.attributed_to) == (None, "WLD", "US Geological Survey")
    assert any(reason.slot == "attributed_to" for reason in claim.reasons)


def test_what_a_ministry_requires_its_state_requires() -> None:
    text = "China's Ministry of Commerce said it would require licences for exports of tungsten and indium."
    (claim,) = read("en", text)
    assert (claim.predicate, claim.kind, claim.actor) == ("measure", "licence-duty", "CHN")


def test_ore_that_is_sold_lies_in_no_ground() -> None:
    (claim,) = read("en", "Eramet's nickel ore sales from Weda Bay totalled 32.1 million wet tonnes in 2024.")
    assert claim.predicate == "trade"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "China suspended its export ban on gallium until November 2026."),
        ("en", "Beijing paused export controls on gallium exports for a year."),
        ("sv", "Kina har pausat exportförbudet för gallium."),
        ("nb", "Kina suspenderte eksportforbudet mot USA for gallium."),
        ("da", "Kina suspenderede eksportforbuddet for gallium."),
        ("de", "China hob das Exportverbot für Gallium auf."),
        ("de", "China setzte das Exportverbot für Gallium bis November 2026 aus."),
        ("de", "Peking hat das Exportverbot für Gallium ausgesetzt."),
        ("fr", "La Chine a suspendu l'interdiction d'exporter du gallium vers les États-Unis."),
        ("fr", "La Chine a suspendu jusqu'au 27 novembre 2026 son embargo sur le gallium."),
        ("es", "China suspendió la prohibición de exportar galio a Estados Unidos."),
        ("es", "China suspendió hasta noviembre de 2026 los controles a la exportación de galio."),
    ],
)
def test_a_ban_that_is_suspended_is_lifted(language: str, text: str) -> None:
    assert [(claim.predicate, claim.kind) for claim in read(language, text)] == [("measure", "lifted")]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "China suspended exports of gallium in 2024."),
        ("de", "China verhängte ein Exportverbot für Gallium."),
        ("fr", "La Chine a suspendu les exportations de gallium."),
        ("es", "China suspendió las exportaciones de galio."),
    ],
)
def test_exports_that_are_suspended_are_banned(language: str, text: str) -> None:
    assert [(claim.predicate, claim.kind) for claim in read(language, text)] == [("measure", "export-ban")]

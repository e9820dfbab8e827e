"""The bundled vocabulary: what it holds and how its parts fit together."""

from __future__ import annotations

import csv
import os
import re
from pathlib import Path
from typing import ClassVar

import pytest
import yaml

from lodeclaim.core.errors import UnknownName, VocabularyError
from lodeclaim.vocabulary.load import DATA, Vocabulary, load_vocabulary, read_yaml

SHARED = Path(os.environ.get("LODECLAIM_SHARED", Path(__file__).parents[3] / "shared"))

UNITS_OF_THE_CONTRACT = [
    "t",
    "t/yr",
    "t/day",
    "%",
    "g/t",
    "ppm",
    "USD",
    "KZT",
    "USD/t",
    "USD/mtu",
    "count",
    "yr",
    "km2",
]
INSTRUMENTS_OF_THE_CONTRACT = [
    "loan", "letter of interest", "equity", "grant", "guarantee", "package", "capex", "offtake", "joint venture",
    "memorandum", "tender", "licence",
]  # fmt: skip
PREDICATES_OF_THE_CONTRACT = [
    "production", "capacity", "reserve", "grade", "recovery", "demand", "trade", "price", "share", "import_reliance",
    "supplier_share", "growth", "investment", "financing", "transaction", "valuation", "stake", "agreement",
    "measure", "target", "status", "milestone", "count",
]  # fmt: skip


@pytest.fixture(scope="module")
def words() -> Vocabulary:
    return load_vocabulary()


def test_it_is_loaded_once() -> None:
    assert load_vocabulary() is load_vocabulary()


@pytest.mark.parametrize(("name", "size"), [("eu-critical-2024", 34), ("eu-strategic-2024", 17)])
def test_the_eu_lists_are_complete(words: Vocabulary, name: str, size: int) -> None:
    assert len(words.on_list(name)) == size


def test_the_united_states_list_has_sixty_single_minerals(words: Vocabulary) -> None:
    assert len([m for m in words.on_list("us-critical-2025") if m.kind != "group"]) == 60


def test_what_is_strategic_is_critical_too(words: Vocabulary) -> None:
    for material in words.on_list("eu-strategic-2024"):
        assert "eu-critical-2024" in {listing.list for listing in words.listings(material.id)}, material.id


def test_a_single_rare_earth_is_listed_through_its_groups(words: Vocabulary) -> None:
    lists = {listing.list: listing.name for listing in words.listings("dysprosium")}
    assert lists["eu-critical-2024"] == "heavy rare earth elements"
    assert lists["eu-strategic-2024"].startswith("rare earth elements for permanent magnets")
    assert {listing.list for listing in words.listings("thulium")} == {"eu-critical-2024", "us-critical-2025"}


def test_a_group_is_listed_when_all_its_members_are(words: Vocabulary) -> None:
    assert "eu-critical-2024" in {listing.list for listing in words.listings("rare-earths")}
    assert "eu-strategic-2024" not in {listing.list for listing in words.listings("rare-earths")}


def test_what_is_on_no_list_is_on_none(words: Vocabulary) -> None:
    assert words.listings("gypsum") == ()
    single = {listing.list for listing in words.materials["osmium"].lists}
    assert not single
    assert "eu-critical-2024" in {listing.list for listing in words.listings("osmium")}


def test_the_legal_names_stand_in_the_regulation(words: Vocabulary) -> None:
    path = SHARED / "data" / "crma" / "crma_02024R1252-20240503.txt"
    if not path.exists():
        pytest.skip("the text of the regulation is not here")
    text = re.sub(r"\s+", " ", path.read_text("utf-8"))
    lists = {
        "eu-strategic-2024": ("ANNEX I Strategic", "Section 2"),
        "eu-critical-2024": ("ANNEX II Critical", "Section 2"),
    }
    for name, (start, end) in lists.items():
        section = text[text.index(start) :]
        section = section[: section.index(end)]
        entries = re.split(r"\([a-z]{1,2}\)", section)[1:]
        legal = sorted(entry.strip(" ;.▼B\u00a0") for entry in entries if entry.strip())
        ours = sorted(listing.name for m in words.materials.values() for listing in m.lists if listing.list == name)
        legal = [f"{entry} (Nd, Pr, Tb, Dy, Gd, Sm, and Ce)" if entry.endswith("magnets") else entry for entry in legal]
        assert ours == legal


def test_the_united_states_list_agrees_with_the_survey(words: Vocabulary) -> None:
    path = SHARED / "data" / "usgs_mcs" / "MCS2026_Commodities_Data.csv"
    if not path.exists():
        pytest.skip("the data release of the survey is not here")
    with path.open(encoding="cp1252", newline="") as file:
        rows = [(row["Commodity"].lower(), row["Is critical mineral 2025"]) for row in csv.DictReader(file)]
    ours = {
        listing.name.lower()
        for m in words.materials.values()
        for listing in m.lists
        if listing.list == "us-critical-2025"
    }
    survey = {name for name, flag in rows if flag == "Yes"}
    renamed = {"phosphate rock": "phosphate", "niobium (columbium)": "niobium", "magnesium metal": "magnesium"}
    kept_apart = {
        "alumina", "bauxite", "tio2 pigment", "titanium sponge metal", "titanium mineral concentrates",
        "zirconium and hafnium",
    }  # fmt: skip
    assert {renamed.get(name, name) for name in survey} - kept_apart <= ours
    assert ours - {renamed.get(name, name) for name in survey} == {
        "uranium",
        "metallurgical coal",
        "thulium",
        "titanium",
    }


def test_light_and_heavy_rare_earths_share_no_member(words: Vocabulary) -> None:
    light, heavy = (set(words.materials[name].members) for name in ("light-rare-earths", "heavy-rare-earths"))
    assert not light & heavy
    assert light | heavy == set(words.materials["rare-earths"].members)
    assert len(light | heavy) == 15


def test_a_name_belongs_to_one_entity(words: Vocabulary) -> None:
    names = [entry.name for part in (words.materials, words.countries, words.groups) for entry in part.values()]
    assert len(names) == len(set(names))


def test_names_of_countries_are_the_common_ones(words: Vocabulary) -> None:
    names = {code: words.name(code) for code in ("TUR", "KOR", "VNM", "COD", "USA", "CIV", "KAZ", "XKX", "WLD", "EU27")}
    assert list(names.values()) == [
        "Turkey", "South Korea", "Vietnam", "Democratic Republic of the Congo", "United States", "Ivory Coast",
        "Kazakhstan", "Kosovo", "World", "European Union",
    ]  # fmt: skip
    assert words.name("name:Some Mine") == "Some Mine"
    with pytest.raises(UnknownName, match="atlantis"):
        words.name("atlantis")


def test_countries_cover_the_governance_data(words: Vocabulary) -> None:
    path = SHARED / "data" / "wgi" / "wgi_long_1996-2022.csv"
    if not path.exists():
        pytest.skip("the governance indicators are not here")
    old = {"ADO": "AND", "ZAR": "COD", "ROM": "ROU", "TMP": "TLS", "WBG": "PSE", "KSV": "XKX"}
    with path.open(encoding="utf-8", newline="") as file:
        codes = {old.get(row["iso3"], row["iso3"]) for row in csv.DictReader(file)}
    assert codes - set(words.countries) <= {"ANT"}


def test_numeric_codes_agree_with_the_trade_data(words: Vocabulary) -> None:
    path = SHARED / "data" / "baci" / "country_codes_V202401b.csv"
    if not path.exists():
        pytest.skip("the country codes of the trade data are not here")
    own = {"BEL": 58, "FRA": 251, "IND": 699, "NOR": 579, "CHE": 757, "TWN": 490, "USA": 842}
    with path.open(encoding="utf-8-sig", newline="") as file:
        codes = [(row["country_iso3"], int(row["country_code"])) for row in csv.DictReader(file)]
    shared = {code for code, _ in codes} & set(words.countries)
    assert len(shared) > 200
    for code in shared:
        assert {(code, int(words.countries[code].numeric)), (code, own.get(code))} & set(codes), code


@pytest.mark.parametrize(
    ("group", "size"),
    [("EU27", 27), ("G7", 7), ("OECD", 38), ("BRICS", 10), ("EAEU", 5), ("central-asia", 5), ("ASEAN", 11)],
)
def test_groups_have_their_members(words: Vocabulary, group: str, size: int) -> None:
    assert len(set(words.groups[group].members)) == size


def test_the_continents_hold_every_producer(words: Vocabulary) -> None:
    continents = ["africa", "asia", "europe", "north-america", "south-america", "oceania", "latin-america"]
    located = {code for name in continents for code in words.groups[name].members}
    assert {site.country for site in words.sites.values()} <= located


def test_the_units_of_the_contract_are_known(words: Vocabulary) -> None:
    for unit in UNITS_OF_THE_CONTRACT:
        assert words.unit(unit).factor == 1.0, unit


@pytest.mark.parametrize(
    ("unit", "canonical", "factor"),
    [
        ("kt", "t", 1000), ("lb", "t", 0.00045359237), ("short-ton", "t", 0.90718474), ("long-ton", "t", 1.0160469088),
        ("ozt", "t", 31.1034768e-6), ("flask", "t", 0.03447302), ("mtu", "t", 0.01), ("stu", "t", 20 * 0.00045359237),
        ("ha", "km2", 0.01), ("month", "yr", 1 / 12), ("USD/kg", "USD/t", 1000), ("EUR/lb", "EUR/t", 2204.62262),
        ("USD/ozt", "USD/t", 32150.7466), ("USD/stu", "USD/mtu", 1.10231131), ("kt/yr", "t/yr", 1000),
        ("t/month", "t/yr", 12), ("kg/t", "g/t", 1000), ("ppb", "ppm", 0.001),
    ],
)  # fmt: skip
def test_factors_of_units(words: Vocabulary, unit: str, canonical: str, factor: float) -> None:
    found = words.unit(unit)
    assert found.canonical == canonical
    assert found.factor == pytest.approx(factor, rel=1e-7)


def test_a_unit_that_is_none_is_refused(words: Vocabulary) -> None:
    for unit in ("furlong", "t/parsec", "kg/lb", ""):
        with pytest.raises(UnknownName):
            words.unit(unit)


def test_predicates_and_instruments_of_the_contract(words: Vocabulary) -> None:
    assert set(PREDICATES_OF_THE_CONTRACT) <= set(words.predicates)
    assert set(INSTRUMENTS_OF_THE_CONTRACT) <= set(words.instruments)
    order = ["talks", "memorandum", "letter of interest", "term sheet", "definitive agreement", "disbursement"]
    firmness = [words.instruments[name].firmness for name in order]
    assert firmness == sorted(set(firmness))
    assert (firmness[0], firmness[-1]) == (1, 8)


def test_stages_stand_in_the_order_of_the_chain(words: Vocabulary) -> None:
    assert list(words.stages) == ["exploration", "extraction", "processing", "manufacture", "use", "recycling"]


@pytest.mark.parametrize(
    ("text", "held"),
    [
        (
            "- {id: a, share: 70, exact: 0.5, since: 2025-11-07, year: '2025', word: no, on: true, none: ~}\n",
            [{"id": "a", "share": 70, "exact": 0.5, "since": "2025-11-07", "year": "2025", "word": "no", "on": True}
             | {"none": None}],
        ),
        ("base: &base {kind: mine, lists: [1, 2]}\n2024: [*base, {}]\n",
         {"base": {"kind": "mine", "lists": [1, 2]}, 2024: [{"kind": "mine", "lists": [1, 2]}, {}]}),
        ("text: |\n  two\n  lines\n", {"text": "two\nlines\n"}),
        ("", None),
    ],
)  # fmt: skip
def test_a_file_holds_what_yaml_says(tmp_path: Path, text: str, held: object) -> None:
    path = tmp_path / "file.yaml"
    path.write_text(text, "utf-8")
    assert repr(read_yaml(path)) == repr(held)


def test_every_file_holds_what_another_reader_of_yaml_finds() -> None:
    paths = [*DATA.rglob("*.yaml")]
    assert len(paths) > 50
    for path in paths:
        text = path.read_text("utf-8")
        assert repr(read_yaml(path)) == repr(yaml.load(text, Loader=_WithoutDates)), path


class _WithoutDates(yaml.SafeLoader):
    """YAML 1.1 but for its dates, which are text in 1.2."""

    yaml_implicit_resolvers: ClassVar = {
        sign: [(tag, pattern) for tag, pattern in rules if not tag.endswith("timestamp")]
        for sign, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "stages.yaml").write_text("- id: [unclosed\n", "utf-8")
    with pytest.raises(VocabularyError, match=r"stages\.yaml:\d"):
        _ = Vocabulary(tmp_path).stages


def test_a_key_that_stands_twice_is_refused(tmp_path: Path) -> None:
    (tmp_path / "stages.yaml").write_text("- {id: use, name: use, name: again}\n", "utf-8")
    with pytest.raises(VocabularyError, match=r'stages\.yaml.*duplicate entry with key "name"'):
        _ = Vocabulary(tmp_path).stages


def test_a_double_is_refused(tmp_path: Path) -> None:
    entry = "- {id: use, name: use, definition: d, source: s}\n"
    (tmp_path / "stages.yaml").write_text(entry * 2, "utf-8")
    with pytest.raises(VocabularyError, match="use is there twice"):
        _ = Vocabulary(tmp_path).stages

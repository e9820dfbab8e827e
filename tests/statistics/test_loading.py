"""Files as their publishers issue them become claims of a named vintage; what is wrong in them is named."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from lodeclaim.claims.identity import identify
from lodeclaim.claims.table import COLUMNS, to_claims
from lodeclaim.core.errors import StatisticsError
from lodeclaim.statistics.layout import table_layouts
from lodeclaim.statistics.loading import layouts, load
from statistics_files import csv_of, one_of, rows_of

BGS = [
    "year", "country_trans", "country_iso3_code", "bgs_commodity_trans", "bgs_sub_commodity_trans", "quantity",
    "units", "bgs_statistic_type_trans", "concat_figure_notes_text",
]  # fmt: skip
COMTRADE = [
    "period", "reporterCode", "partnerCode", "partner2Code", "flowCode", "cmdCode", "customsCode", "motCode",
    "primaryValue", "netWgt", "classificationCode",
]  # fmt: skip
COMEXT = ["DECLARANT", "PARTNER", "PRODUCT_NC", "FLOW", "STAT_PROCEDURE", "SUPPL_UNIT", "PERIOD", "VALUE_IN_EUROS",
          "QUANTITY_IN_KG"]  # fmt: skip
MCS = [
    "SOURCE", "COMMODITY", "COUNTRY", "TYPE", "UNIT_MEAS", "PROD_2022", "PROD_EST_ 2023", "PROD_NOTES", "CAP_2022",
    "CAP_EST_ 2023", "CAP_NOTES", "RESERVES_2023", "RESERVE_NOTES",
]  # fmt: skip
TUNGSTEN, VANADIUM = "Mine production, tungsten content", "Mine production, vanadium content"
BACI = ["t", "i", "j", "k", "v", "q"]


def _bgs(path: Path, *rows: tuple[int, str, str, str, str, object, str]) -> Path:
    """Rows of year, country, code, commodity, sub-commodity, quantity, unit."""
    cells = ([f"{row[0]}-01-01 00:00:00", *row[1:], "Production", ""] for row in rows)
    return csv_of(path, BGS, *cells)


def test_every_layout_is_well_formed_and_has_a_name_of_its_own() -> None:
    assert set(table_layouts()) == {one.id for one in table_layouts().values()}
    assert set(layouts()) >= {"baci", "bgs_csv", "bgs_json", "comext", "comtrade_csv", "wgi_wide", "wmd", "plain"}


def test_a_world_table_of_an_earlier_edition(tmp_path: Path) -> None:
    notes = ["", "", "", "", "", ""]
    file = csv_of(
        tmp_path / "MCS2024_World_Data.csv",
        MCS,
        ["MCS2024", "Tungsten ", "China", TUNGSTEN, "metric tons", "66,000", "63000", *notes],
        ["MCS2024", "Tungsten ", "United States", TUNGSTEN, "metric tons", "", "", "W for 22-23",
         *notes[1:]],
        ["MCS2024", "Tungsten ", "World total (rounded) 10", TUNGSTEN, "metric tons", "79800",
         "78000", "", "", "", "", ">4400000", ""],
        ["MCS2024", "Vanadium", "China", VANADIUM, "metric tons", "", "68000", "", "", "", "", 4400, ""],
        encoding="utf-8-sig",
    )  # fmt: skip
    loaded = load(file)
    assert (loaded.layout, loaded.source.id, loaded.source.published) == ("usgs_mcs_world", "usgs-mcs-2024", "2024")
    assert tuple(loaded.claims.columns) == COLUMNS
    china = one_of(loaded, place="CHN", period="2022", material="tungsten")
    assert (china["value"], china["unit"], china["basis"], china["modality"]) == (66000.0, "t", "contained", "actual")
    assert china["locator"] == "row:1"
    assert china["quote"].startswith("Tungsten | China | Mine production, tungsten content | metric tons")
    assert one_of(loaded, place="CHN", period="2023", material="tungsten")["modality"] == "estimated"
    withheld = one_of(loaded, place="USA", period="2022")
    assert (withheld["value"], withheld["flags"]) == (None, "withheld")
    world = one_of(loaded, place="WLD", predicate="reserve")
    assert (world["value"], world["comparator"], world["flags"]) == (4_400_000.0, ">", "total rounded")
    assert one_of(loaded, material="vanadium", predicate="reserve")["value"] == 4_400_000.0  # thousand tons, as noted
    assert all(identify(claim) == claim for claim in to_claims(loaded.claims))


def test_a_renamed_column_names_file_column_and_remedy(tmp_path: Path) -> None:
    columns = ["UNITS" if name == "UNIT_MEAS" else name for name in MCS]
    with pytest.raises(
        StatisticsError, match=r"x\.csv: it looks like .*has no column 'UNIT_MEAS'.*moved or been renamed"
    ):
        load(csv_of(tmp_path / "x.csv", columns, [""] * len(MCS)))


def test_moved_columns_of_a_fixed_table_are_refused(tmp_path: Path) -> None:
    file = csv_of(tmp_path / "BACI_HS92_Y2024_V202601.csv", ["t", "j", "i", "k", "v", "q"], [2024, 4, 8, 261100, 1, 1])
    with pytest.raises(StatisticsError, match=r"column 2 is 'j'; expected 'i'.*have moved"):
        load(file)


def test_a_row_of_another_length_is_named(tmp_path: Path) -> None:
    file = csv_of(tmp_path / "BACI_HS92_Y2024_V202601.csv", BACI, [2024, 4, 8, 261100, 1, 1], [2024, 4, 8, 261100, 1])
    with pytest.raises(StatisticsError, match=r"row 2 \(line 3\): 5 cells where 6 are expected"):
        load(file)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ((2023, "Atlantis", "ATL", "cobalt, mine", "", 1, "tonnes (metal content)"), "unknown country 'ATL'"),
        ((2023, "China", "CHN", "cobalt, mine", "", 1, "furlongs"), "unknown unit 'furlongs'"),
        ((2023, "China", "CHN", "cobalt, mine", "", "plenty", "tonnes (metal content)"), "'plenty' is no number"),
    ],
)
def test_what_the_layout_does_not_explain_names_the_row(tmp_path: Path, row: Any, message: str) -> None:
    with pytest.raises(StatisticsError, match=rf"bgs\.csv, row 1 \(line 2\): .*{message}.*\. \w+"):
        load(_bgs(tmp_path / "bgs.csv", row), vintage="2023")


def test_a_repeated_row_names_both(tmp_path: Path) -> None:
    row = (2023, "China", "CHN", "cobalt, mine", "", 5, "tonnes (metal content)")
    with pytest.raises(StatisticsError, match=r"row 2 \(line 3\): .* repeats row:1 .*Remove one of the two rows"):
        load(_bgs(tmp_path / "bgs.csv", row, row), vintage="2023")


def test_an_edition_that_nothing_names_is_asked_for(tmp_path: Path) -> None:
    file = _bgs(tmp_path / "bgs.csv", (2023, "China", "CHN", "cobalt, mine", "", 5, "tonnes (metal content)"))
    with pytest.raises(StatisticsError, match=r"edition of this World Mineral Statistics is not known.*--vintage 2025"):
        load(file)


def test_a_table_of_no_layout_and_files_that_are_none(tmp_path: Path) -> None:
    with pytest.raises(StatisticsError, match=r"no known layout has these columns.*--layout"):
        load(csv_of(tmp_path / "x.csv", ["a", "b"], [1, 2]))
    empty = tmp_path / "z.csv"
    empty.touch()
    with pytest.raises(StatisticsError, match="the file is empty"):
        load(empty)
    with pytest.raises(StatisticsError, match="the file is not there"):
        load(tmp_path / "nowhere.csv")


def test_refined_copper_is_not_the_sum_of_its_parts(tmp_path: Path) -> None:
    unit = "tonnes (metric)"
    file = _bgs(
        tmp_path / "bgs.csv",
        (2023, "China", "CHN", "copper, refined", "Primary", 9_000, unit),
        (2023, "China", "CHN", "copper, refined", "Secondary", 4_000, unit),
        (2023, "China", "CHN", "copper, refined", "", 13_000, unit),
    )
    loaded = load(file, vintage="2023")
    assert {row["kind"]: row["value"] for row in rows_of(loaded, place="CHN")} == {
        "primary": 9_000.0,
        "secondary": 4_000.0,
        None: 13_000.0,
    }


def test_lithium_minerals_compounds_and_content_never_share_a_slot(tmp_path: Path) -> None:
    names = ["", "Spodumene", "Carbonate", "Lithium minerals (hydroxide)", "Lithium minerals (Li content)"]
    rows = [(2023, "China", "CHN", "lithium minerals", name, 10, "tonnes (metric)") for name in names]
    loaded = load(_bgs(tmp_path / "bgs.csv", *rows), vintage="2023")
    assert {(row["form"], row["basis"]) for row in loaded.claims.to_dicts()} == {
        ("ore", "gross"),
        ("spodumene", "gross"),
        ("Li2CO3", "gross"),
        ("LiOH", "gross"),
        (None, "contained"),
    }


def test_ferro_chrome_without_china_and_south_africa_is_no_world(tmp_path: Path) -> None:
    unit = "tonnes (metric)"
    file = _bgs(
        tmp_path / "bgs.csv",
        (2023, "Kazakhstan", "KAZ", "ferro-alloys", "Ferro-chrome", 1_580_000, unit),
        (2023, "India", "IND", "ferro-alloys", "Ferro-chrome", 1_300_000, unit),
        (2023, "China", "CHN", "ferro-alloys", "Ferro-alloys", 34_650_000, unit),
        (2023, "South Africa", "ZAF", "ferro-alloys", "Ferro-alloys", 3_214_000, unit),
    )
    loaded = load(file, vintage="2023")
    assert {row["flags"] for row in loaded.claims.to_dicts()} == {"incomplete-world"}
    (warning,) = loaded.report.warnings
    assert "China (counted under ferro-alloys), South Africa (counted under ferro-alloys)" in warning
    assert loaded.report.skipped == {"no material of the vocabulary: ferro-alloys": 2}


def test_a_large_producer_that_drops_out_is_missed(tmp_path: Path) -> None:
    def row(year: int, country: str, code: str, tonnes: object) -> Any:
        return (year, country, code, "tungsten, mine", "", tonnes, "tonnes (metal content)")

    gone = [row(2022, "China", "CHN", 60_000), row(2022, "Spain", "ESP", 700), row(2023, "Spain", "ESP", 650)]
    loaded = load(_bgs(tmp_path / "bgs.csv", *gone), vintage="2023")
    assert {row["period"]: row["flags"] for row in rows_of(loaded, place="ESP")} == {
        "2022": None,
        "2023": "incomplete-world",
    }
    there = load(_bgs(tmp_path / "bgs.csv", *gone, row(2023, "China", "CHN", "")), vintage="2023")
    assert there.report.warnings == ()
    assert one_of(there, place="CHN", period="2023")["value"] is None


def test_the_answer_of_an_api_is_the_same_table(tmp_path: Path) -> None:
    cells = (2023, "China", "CHN", "cobalt, refined", "", 100, "tonnes (metric)")
    properties = dict(zip(BGS, [f"{cells[0]}-01-01T00:00:00Z", *cells[1:], "Production", None], strict=True))
    file = tmp_path / "items.json"
    file.write_text(
        json.dumps({"type": "FeatureCollection", "features": [{"type": "Feature", "properties": properties}]})
    )
    loaded = load(file, vintage="2023")
    assert loaded.layout == "bgs_json"
    row = one_of(loaded)
    assert (row["material"], row["stage"], row["place"], row["value"], row["period"]) == (
        "cobalt", "processing", "CHN", 100.0, "2023",
    )  # fmt: skip


def test_bilateral_trade_with_taiwan_the_united_states_and_a_missing_quantity(tmp_path: Path) -> None:
    file = tmp_path / "BACI_HS92_Y2024_V202601.csv.gz"
    text = "t,i,j,k,v,q\n2024,490,842,261100,29.873,52.37\n2024,251,699,810510,6.629,NA\n2024,4,8,010111,1,1\n"
    file.write_bytes(gzip.compress(text.encode()))
    loaded = load(file)
    assert (loaded.source.id, loaded.source.published, loaded.bulk) == ("cepii-baci-202601-2024", "2026", True)
    assert loaded.report.skipped == {"product of no material of the vocabulary": 1}
    ore = one_of(loaded, material="tungsten", unit="t")
    assert (ore["place"], ore["counterparty"], ore["kind"], ore["form"]) == ("TWN", "USA", "export", "hs92-261100")
    assert (ore["value"], ore["basis"], ore["period"]) == (52.37, "gross", "2024")
    assert one_of(loaded, material="tungsten", unit="USD")["value"] == pytest.approx(29_873)
    missing = one_of(loaded, material="cobalt", unit="t")
    assert (missing["place"], missing["counterparty"]) == ("FRA", "IND")
    assert (missing["value"], missing["flags"]) == (None, "not-available")


def test_declared_trade_counts_each_flow_once(tmp_path: Path) -> None:
    def row(partner2: int, mode: int, procedure: str, weight: object, flow: str = "M") -> list[object]:
        return [2024, 276, 156, partner2, flow, "810110", procedure, mode, 1000.0, weight, "H6"]

    file = csv_of(
        tmp_path / "trade.csv",
        COMTRADE,
        row(0, 0, "C00", 5000),
        row(156, 0, "C00", 5000),
        row(0, 2100, "C00", 5000),
        row(0, 0, "C01", 5000),
        row(0, 0, "C00", 0, "X"),
    )
    loaded = load(file, vintage="2024")
    assert loaded.report.skipped == {
        "customsCode is not C00 or ": 1,
        "motCode is not 0 or ": 1,
        "partner2Code is not 0 or ": 1,
    }
    brought = one_of(loaded, kind="import", unit="t")
    assert (brought["place"], brought["counterparty"], brought["value"], brought["form"]) == (
        "DEU",
        "CHN",
        5.0,
        "hs22-810110",
    )
    assert one_of(loaded, kind="export", unit="t")["flags"] == "not-available"  # a weight of 0 stands for none


def test_trade_of_the_members_by_eight_digits(tmp_path: Path) -> None:
    file = csv_of(
        tmp_path / "full_v2_202452.dat",
        COMEXT,
        ["DE", "CN", "81101000", 1, 1, "", 202452, 5000, 1000],
        ["DE", "CN", "81101000", 1, 2, "", 202452, 700, 100],
        ["EL", "XK", "26110000", 2, 1, "", 202403, 10, 1],
        ["DE", "CN", "99RRR100", 1, 1, "", 202452, 1, 1],
    )
    loaded = load(file)
    assert loaded.report.skipped == {"product of no material of the vocabulary": 1}
    assert {row["kind"]: row["value"] for row in rows_of(loaded, material="antimony", unit="t")} == {
        "import": 1.0,
        "import-inward-processing": 0.1,
    }
    ore = one_of(loaded, material="tungsten", unit="EUR")
    assert (ore["place"], ore["counterparty"], ore["period"], ore["form"]) == ("GRC", "XKX", "2024-03", "cn-26110000")


def test_a_table_of_the_criticality_study_by_its_name(tmp_path: Path) -> None:
    text = "Material,Stage,Country,Share,t\nBarytes,E,Turkyie,<0.1%,1\nBaryte,E,China,45%,1\n"
    file = tmp_path / "fact_EUSupplyShares&t.csv"
    file.write_bytes(text.encode("cp1252"))
    loaded = load(file)
    assert (loaded.layout, loaded.source.id) == ("ec_crm_2023", "ec-crm-2023")
    shares = {
        row["counterparty"]: (row["value"], row["comparator"]) for row in rows_of(loaded, predicate="supplier_share")
    }
    assert shares == {"TUR": (0.1, "<"), "CHN": (45.0, "=")}
    file.rename(tmp_path / "shares.csv")
    with pytest.raises(StatisticsError, match="known by its name"):
        load(tmp_path / "shares.csv")


def test_eu_sourcing_names_only_shares_of_one_percent_and_more() -> None:
    import polars as pl

    from lodeclaim.statistics.bundled import statistic_claims

    rows = statistic_claims(["ec-crm-2023"]).filter(pl.col("predicate") == "supplier_share").collect()
    exact = rows.filter(pl.col("comparator") == "=")
    sums = exact.group_by("material", "form", "stage").agg(pl.col("value").sum())
    assert sums["value"].max() < 103  # type: ignore[operator]
    assert sums.filter(pl.col("value") < 99).height > 5  # the rest is unknown, and no row says it is zero
    assert exact.filter(pl.col("value") == 0).height == 0


PLAIN = """
id: bureau
title: Output by country
publisher: A statistical bureau
series: bureau
licence: own use
citation: bureau, {vintage}
address: ''
format: csv
delimiter: ';'
columns: [Pays, Minerai, Unite]
place: {column: Pays}
places: {Kazakhie: KAZ, Divers: 'name:Other countries', Total: ''}
quote: [Pays, Minerai, Unite]
set: {predicate: production, stage: extraction}
rules:
- {when: {Minerai: '^tungst'}, set: {material: tungsten, basis: WO3}}
units: {tonnes: {unit: t}}
measures:
- {column: 'A(20\\d\\d)', pattern: true, period: '\\1', unit_column: Unite}
"""


def test_a_table_by_a_layout_of_ones_own(tmp_path: Path) -> None:
    layout = tmp_path / "bureau.yaml"
    layout.write_text(PLAIN, "utf-8")
    file = tmp_path / "table.csv"
    file.write_text(
        "Pays;Minerai;Unite;A2023;A2024\nKazakhie;tungstène;tonnes;10;3000\nDivers;tungstène;tonnes;1;\nTotal;tungstène;tonnes;11;3000\n"
    )
    loaded = load(file, layout=layout, vintage="2025")
    row = one_of(loaded, place="KAZ", period="2024")
    assert (row["value"], row["basis"], row["source"]) == (3000.0, "WO3", "bureau-2025")
    assert one_of(loaded, place="name:Other countries")["flags"] == "residual"
    assert loaded.report.skipped == {"no place is meant: Total": 1}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("places:", "palces:", "not well formed.*palces"),
        ("basis: WO3", "colour: red", "the layout sets colour"),
        ("'^tungst'", "'('", "is no regular expression"),
        ("material: tungsten", "material: tungstem", "the vocabulary has no material 'tungstem'"),
    ],
)
def test_mistakes_in_a_layout_are_named(tmp_path: Path, old: str, new: str, message: str) -> None:
    layout = tmp_path / "bureau.yaml"
    layout.write_text(PLAIN.replace(old, new), "utf-8")
    file = tmp_path / "table.csv"
    file.write_text("Pays;Minerai;Unite;A2024\nKazakhie;tungsten;tonnes;3000\n")
    with pytest.raises(StatisticsError, match=message):
        load(file, layout=layout, vintage="2025")


def test_a_plain_table_in_ids_of_the_vocabulary(tmp_path: Path) -> None:
    columns = ["material", "predicate", "stage", "place", "period", "value", "unit", "basis"]
    file = csv_of(
        tmp_path / "own.csv", columns, ["tungsten", "production", "extraction", "KAZ", "2026", "2.4", "kt", "contained"]
    )
    row = one_of(load(file, vintage="mine"))
    assert (row["value"], row["unit"], row["basis"], row["source"]) == (2400.0, "t", "contained", "own-mine")


def test_salient_statistics_keep_their_column_as_form(tmp_path: Path) -> None:
    columns = ["DataSource", "Commodity", "Year", "USprod_t", "Imports_Metal_t", "Imports_Oxide_t", "NIR_pct"]
    file = csv_of(
        tmp_path / "mcs2025-antim_salient.csv", columns, ["MCS2025", "Antimony", 2024, "W", 5000, 19000, ">85"]
    )
    loaded = load(file)
    assert loaded.source.id == "usgs-mcs-salient-2025-antim"
    reliance = one_of(loaded, predicate="import_reliance")
    assert (reliance["value"], reliance["comparator"], reliance["place"]) == (85.0, ">", "USA")
    assert {row["form"]: row["value"] for row in rows_of(loaded, kind="import")} == {
        "Imports_Metal_t": 5000.0,
        "Imports_Oxide_t": 19000.0,
    }
    assert one_of(loaded, predicate="production")["flags"] == "withheld"

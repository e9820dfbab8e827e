"""The bundled vintages hold the published figures, each with its source, row and meaning."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from lodeclaim.claims.identity import identify
from lodeclaim.claims.model import is_linked
from lodeclaim.claims.table import COLUMNS, schema, to_claims
from lodeclaim.core.errors import ClaimNotFound, StatisticsError
from lodeclaim.core.period import Period
from lodeclaim.core.quantity import COMPARATORS
from lodeclaim.statistics.build import build
from lodeclaim.statistics.bundled import VINTAGES, statistic_claim, statistic_claims, vintages
from lodeclaim.vocabulary.load import load_vocabulary


@pytest.fixture(scope="module")
def table() -> pl.DataFrame:
    return statistic_claims().collect()


def _rows(table: pl.DataFrame, **slots: Any) -> list[dict[str, Any]]:
    tests = [pl.col(slot).is_null() if value is None else pl.col(slot) == value for slot, value in slots.items()]
    return table.filter(*tests).to_dicts()


def _value(table: pl.DataFrame, **slots: Any) -> float:
    (row,) = _rows(table, source="usgs-mcs-2026", **slots)
    value: float = row["value"]
    return value


@pytest.mark.parametrize(
    ("material", "place", "period", "tonnes"),
    [
        ("tungsten", "WLD", "2025", 85_000),
        ("tungsten", "CHN", "2025", 67_000),
        ("tungsten", "VNM", "2025", 3_000),
        ("tungsten", "KAZ", "2025", 2_400),
        ("tungsten", "KAZ", "2024", 0),
        ("rare-earths", "WLD", "2025", 390_000),
        ("rare-earths", "CHN", "2025", 270_000),
        ("rare-earths", "USA", "2025", 51_000),
        ("cobalt", "WLD", "2025", 310_000),
        ("cobalt", "COD", "2025", 230_000),
        ("graphite", "WLD", "2025", 1_800_000),
        ("lithium", "WLD", "2025", 290_000),
        ("lithium", "AUS", "2025", 92_000),
        ("lithium", "CHN", "2025", 62_000),
        ("chromium", "WLD", "2025", 51_000_000),
        ("chromium", "ZAF", "2025", 23_000_000),
        ("chromium", "KAZ", "2025", 7_000_000),
        ("antimony", "WLD", "2025", 110_000),
        ("antimony", "CHN", "2025", 40_000),
        ("antimony", "TJK", "2025", 22_000),
        ("rhenium", "KAZ", "2025", 1),
    ],
)
def test_mine_production(table: pl.DataFrame, material: str, place: str, period: str, tonnes: float) -> None:
    slots = {"material": material, "place": place, "period": period}
    assert _value(table, predicate="production", stage="extraction", kind=None, **slots) == tonnes


@pytest.mark.parametrize(
    ("material", "form", "place", "tonnes"),
    [
        ("copper", "metal", "WLD", 29_000_000),
        ("copper", "metal", "CHN", 14_000_000),
        ("magnesium", "metal", "KAZ", 13_000),
        ("titanium", "sponge", "KAZ", 16_000),
        ("gallium", "metal", "WLD", 900),
    ],
)
def test_processing(table: pl.DataFrame, material: str, form: str, place: str, tonnes: float) -> None:
    slots = {"material": material, "form": form, "place": place, "period": "2025"}
    assert _value(table, predicate="production", stage="processing", kind=None, **slots) == tonnes


def test_bases_are_what_the_source_says(table: pl.DataFrame) -> None:
    production = table.filter(pl.col("source") == "usgs-mcs-2026", pl.col("predicate") == "production")
    world = production.filter(pl.col("place") == "WLD", pl.col("stage") == "extraction")
    bases = dict(world.select("material", "basis").unique().sort("material", "basis").iter_rows())
    for material, basis in {
        "tungsten": "contained",
        "rare-earths": "REO",
        "lithium": "contained",
        "chromium": "gross",
        "manganese": "contained",
        "titanium": "TiO2",
        "strontium": "gross",
        "zirconium": "gross",
        "yttrium": "Y2O3",
        "potash": "K2O",
    }.items():
        assert bases[material] == basis
    iron = world.filter(pl.col("material") == "iron", pl.col("period") == "2024")
    assert dict(iron.select("basis", "value").iter_rows()) == {"gross": 2.6e9, "contained": 1.6e9}


def test_nil_is_a_zero_and_says_so(table: pl.DataFrame) -> None:
    (row,) = _rows(table, predicate="production", material="tungsten", place="KAZ", period="2024")
    assert (row["value"], row["comparator"], row["flags"]) == (0.0, "=", "nil")


def test_import_reliance(table: pl.DataFrame) -> None:
    assert _value(table, predicate="import_reliance", material="antimony", period="2024") == 86
    (row,) = _rows(table, predicate="import_reliance", material="tungsten", period="2025")
    assert (row["value"], row["comparator"], row["modality"]) == (50.0, ">", "estimated")
    (row,) = _rows(table, predicate="import_reliance", material="boron", period="2024")
    assert (row["value"], row["comparator"], row["flags"]) == (0.0, "<=", "net-exporter")


def test_antimony_reliance_follows_from_its_parts(table: pl.DataFrame) -> None:
    """86 % of 2024: net imports of oxide and metal over those and the output of smelters."""
    trade = table.filter(
        pl.col("predicate") == "trade",
        pl.col("material") == "antimony",
        pl.col("period") == "2024",
        pl.col("form").is_in(["Sb2O3", "metal"]),
    )
    net = sum(row["value"] * (1 if row["kind"] == "import" else -1) for row in trade.iter_rows(named=True))
    smelted = _rows(table, predicate="production", material="antimony", place="USA", period="2024")
    output = sum(row["value"] for row in smelted if row["kind"] in ("primary", "secondary"))
    assert net == 24_660
    assert round(100 * net / (net + output)) == 86


def test_import_sources_of_tungsten(table: pl.DataFrame) -> None:
    rows = _rows(table, source="usgs-mcs-2026", predicate="supplier_share", material="tungsten")
    assert {row["counterparty"]: row["value"] for row in rows} == {
        "CHN": 26,
        "DEU": 14,
        "BOL": 8,
        "VNM": 8,
        "name:Other countries": 44,
    }
    assert {(row["place"], row["period"], row["unit"]) for row in rows} == {("USA", "2021/2024", "%")}


def test_prices_and_reserves(table: pl.DataFrame) -> None:
    (row,) = _rows(table, predicate="price", material="tungsten", period="2025")
    assert (row["value"], row["unit"], row["basis"]) == (380.0, "USD/mtu", "WO3")
    (row,) = _rows(table, source="usgs-mcs-2026", predicate="reserve", material="tungsten", place="WLD")
    assert (row["value"], row["comparator"], row["kind"]) == (4_700_000.0, ">", "reserve")
    assert _value(table, predicate="reserve", material="vanadium", place="WLD") == 21_000_000


def test_governance(table: pl.DataFrame) -> None:
    rows = _rows(table, source="wb-wgi-2023", place="CHN", period="2022")
    assert {row["kind"] for row in rows} == {"va", "pv", "ge", "rq", "rl", "cc"}
    assert next(row["value"] for row in rows if row["kind"] == "pv") == pytest.approx(-0.441, abs=5e-4)


def test_governance_of_china_scaled_as_the_commission_does(table: pl.DataFrame) -> None:
    """Mean of six dimensions over 2016 to 2020, turned to 0 (good) … 10 (bad): 5.71 in the 2023 study."""
    china = table.filter(
        pl.col("predicate") == "governance",
        pl.col("place") == "CHN",
        pl.col("period").is_in([str(year) for year in range(2016, 2021)]),
    )
    assert china.height == 30
    assert 2 * (2.5 - china["value"].mean()) == pytest.approx(5.71, abs=0.02)  # type: ignore[operator]


def test_criticality_study(table: pl.DataFrame) -> None:
    (risk,) = _rows(table, predicate="supply_risk", material="tungsten", period="2023")
    (importance,) = _rows(table, predicate="economic_importance", material="tungsten", period="2023")
    assert (risk["value"], importance["value"]) == (1.2, 8.7)
    (sourcing,) = _rows(table, place="EU27", material="phosphorus", stage="processing", counterparty="KAZ")
    assert (sourcing["predicate"], sourcing["value"], sourcing["period"]) == ("supplier_share", 62.0, "2016/2020")
    (bound,) = _rows(table, source="ec-crm-2023", predicate="share", material="copper", stage="extraction", place="ALB")
    assert (bound["value"], bound["comparator"]) == (0.1, "<")


def test_each_kind_of_token_is_kept(table: pl.DataFrame) -> None:
    release = table.filter(pl.col("source") == "usgs-mcs-2026")
    flags = set(" ".join(release["flags"].drop_nulls()).split())
    assert flags >= {
        "nil",
        "withheld",
        "not-available",
        "not-applicable",
        "net-exporter",
        "insignificant",
        "included-elsewhere",
        "large",
        "small",
        "lost-sign",
        "total",
        "rounded",
        "residual",
        "group",
        "unit-corrected",
    }
    assert set(release["comparator"].drop_nulls()) == {"=", "<", ">", "<="}
    assert release["value_max"].is_not_null().any()


def test_unknown_is_not_zero(table: pl.DataFrame) -> None:
    absent = table.filter(pl.col("flags").str.contains("withheld|not-available|not-applicable|not-assessed"))
    assert absent.height > 500
    assert absent["value"].null_count() == absent.height
    assert table.filter(pl.col("value").is_null(), pl.col("flags").is_null()).is_empty()
    assert table.filter(pl.col("value").is_null() != pl.col("comparator").is_null()).is_empty()


def test_every_id_is_unique_and_is_the_hash_of_its_slots(table: pl.DataFrame) -> None:
    assert table["id"].n_unique() == table.height
    assert all(identify(claim) == claim for claim in to_claims(table.sample(400, seed=1)))


def test_no_two_figures_share_one_slot(table: pl.DataFrame) -> None:
    slots = [
        "source",
        "predicate",
        "kind",
        "material",
        "form",
        "stage",
        "place",
        "counterparty",
        "basis",
        "unit",
        "period",
    ]
    assert table.filter(table.select(slots).is_duplicated()).is_empty()


def test_every_word_is_of_the_vocabulary(table: pl.DataFrame) -> None:
    vocabulary = load_vocabulary()
    assert set(table["material"].drop_nulls()) <= vocabulary.materials.keys()
    assert set(table["predicate"]) <= vocabulary.predicates.keys()
    assert set(table["stage"].drop_nulls()) <= vocabulary.stages.keys()
    assert set(table["comparator"].drop_nulls()) <= set(COMPARATORS)
    places = {*table["place"].drop_nulls(), *table["counterparty"].drop_nulls()}
    assert {p for p in places if is_linked(p)} <= vocabulary.countries.keys() | vocabulary.groups.keys()
    for period in table["period"].unique():
        Period.parse(period)


def test_every_row_names_its_source_and_row(table: pl.DataFrame) -> None:
    assert set(table["source"]) == {source.id for source in vintages()} - {"cepii-baci-hs92-2018-2024"}
    assert set(table["reader"]) == {"statistics"}
    assert all(re.fullmatch(r"row:[1-9]\d*", locator) for locator in table["locator"].unique())
    assert table["quote"].str.len_chars().min() > 5  # type: ignore[operator]


def test_sources_say_who_published_under_which_licence() -> None:
    for source in vintages():
        assert source.kind == "statistics"
        assert all((source.title, source.publisher, source.licence, source.citation, source.published, source.address))
        assert re.fullmatch(r"[0-9a-f]{64}", source.sha256 or "")


def test_the_table_has_the_schema_of_claims(table: pl.DataFrame) -> None:
    assert tuple(table.columns) == COLUMNS
    assert dict(table.schema) == schema()
    assert table["reasons"].null_count() == table.height


def test_one_vintage_can_be_asked_for() -> None:
    some = statistic_claims(["wb-wgi-2023"]).collect()
    assert set(some["source"]) == {"wb-wgi-2023"}
    assert statistic_claims([]).collect().is_empty()
    with pytest.raises(StatisticsError, match=r"no vintage 'usgs-1900'.*There are usgs-mcs-2026"):
        statistic_claims(["usgs-1900"])


def test_a_claim_by_its_id(table: pl.DataFrame) -> None:
    row = table.row(3, named=True)
    claim = statistic_claim(row["id"])
    assert (claim.id, claim.quote, claim.span) == (row["id"], row["quote"], None)
    with pytest.raises(ClaimNotFound, match="no statistical claim 'c000000000000'"):
        statistic_claim("c000000000000")


def test_the_vintages_are_small() -> None:
    assert sum(path.stat().st_size for path in VINTAGES.iterdir()) < 4_000_000


def test_rebuilt_from_the_originals_they_are_the_same(originals: Path, tmp_path: Path) -> None:
    reports = build(originals, tmp_path)
    for report in reports:
        bundled = pl.read_parquet(VINTAGES / f"{report.source}.parquet")
        assert pl.read_parquet(tmp_path / f"{report.source}.parquet").equals(bundled)
        assert bundled.height == report.claims
    assert (tmp_path / "sources.yaml").read_text("utf-8") == (VINTAGES / "sources.yaml").read_text("utf-8")
    mcs = next(report for report in reports if report.source == "usgs-mcs-2026")
    assert mcs.claims + sum(mcs.skipped.values()) == mcs.rows
    assert not any(reason.startswith("no rule") for reason in mcs.skipped)


def test_every_production_row_has_the_basis_its_note_states(originals: Path, table: pl.DataFrame) -> None:
    from lodeclaim.statistics.originals import read_original
    from lodeclaim.statistics.places import LAYOUTS
    from lodeclaim.vocabulary.load import read_yaml

    layout = read_yaml(LAYOUTS / "usgs_mcs.yaml")
    rows = read_original(originals / "usgs_mcs" / layout["file"], layout["columns"], layout["encoding"]).rows
    production = table.filter(pl.col("source") == "usgs-mcs-2026", pl.col("predicate") == "production")
    checked = 0
    for locator, basis in production.select("locator", "basis").iter_rows():
        row = rows[int(locator.removeprefix("row:")) - 1]
        note = row["Other notes"].partition(" -- ")[0] + row["Statistics_detail"]
        if re.search(r"content|equivalent|gross weight|usable ore|marketable phosphate", note):
            checked += 1
            assert basis is not None, row
    assert checked > 1000

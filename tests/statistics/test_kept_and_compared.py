"""Loaded vintages are kept beside their ledger and answer with the bundled ones; two vintages are compared."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
from msgspec.structs import replace

from lodeclaim.claims.identity import identify
from lodeclaim.claims.model import Claim, Source
from lodeclaim.claims.table import to_frame
from lodeclaim.core.errors import StatisticsError
from lodeclaim.ledger.store import Ledger
from lodeclaim.statistics.bundled import asked_for, statistic_claims, vintages
from lodeclaim.statistics.changes import changes
from lodeclaim.statistics.kept import folder_of, forget, keep, kept
from lodeclaim.statistics.loading import Loaded
from lodeclaim.statistics.originals import BuildReport
from lodeclaim.statistics.products import product_of, product_of_form, traded_codes

BACI = "cepii-baci-hs92-2018-2024"


def _claim(source: str, place: str, value: float, period: str = "2024") -> Claim:
    return identify(
        Claim(id="", source=source, locator="row:1", quote=f"{place} | {value}", predicate="production",
              material="tungsten", stage="extraction", place=place, value=value, unit="t", comparator="=",
              basis="contained", period=period, reader="statistics")
    )  # fmt: skip


def _loaded(name: str, sha: str = "a" * 64, value: float = 5.0) -> Loaded:
    source = Source(id=name, kind="statistics", title=name, publisher="bureau", language="en", published="2026",
                    published_basis="edition", address="", licence="own", citation=name, sha256=sha)  # fmt: skip
    claims = to_frame([_claim(name, "KAZ", value)])
    return Loaded(source, claims, BuildReport(source=name, rows=1, claims=1), "plain")


def test_a_loaded_vintage_is_part_of_its_ledger_and_of_no_other(tmp_path: Path) -> None:
    path = tmp_path / "supply.sqlite"
    Ledger.open(path).close()
    keep(_loaded("bureau-2026"), folder_of(path))
    with Ledger.open(path) as ledger:
        found = ledger.claims(material="tungsten", predicate="production", source="bureau-2026")
        assert found["value"].to_list() == [5.0]
        assert found["publisher"].to_list() == ["bureau"]
        assert ledger.claim(found["id"][0]).quote == "KAZ | 5.0"
        assert "bureau-2026" in {source.id for source in ledger.sources()}
        assert ledger.source("bureau-2026").licence == "own"
    other = tmp_path / "other.sqlite"
    with Ledger.open(other) as ledger:
        assert "bureau-2026" not in {source.id for source in ledger.sources()}


def test_another_file_never_takes_a_place_unasked(tmp_path: Path) -> None:
    keep(_loaded("bureau-2026"), tmp_path)
    keep(_loaded("bureau-2026"), tmp_path)
    with pytest.raises(StatisticsError, match=r"another file is kept as bureau-2026.*--vintage.*--replace"):
        keep(_loaded("bureau-2026", sha="b" * 64), tmp_path)
    keep(_loaded("bureau-2026", sha="b" * 64, value=6.0), tmp_path, replace=True)
    assert [one.source.sha256 for one in kept(tmp_path)] == ["b" * 64]
    assert statistic_claims(["bureau-2026"], extra=tmp_path).collect()["value"].to_list() == [6.0]


def test_forgetting(tmp_path: Path) -> None:
    keep(_loaded("bureau-2026"), tmp_path)
    with pytest.raises(StatisticsError, match=r"no vintage 'x' is kept.*There are bureau-2026"):
        forget("x", tmp_path)
    forget("bureau-2026", tmp_path)
    assert kept(tmp_path) == ()
    assert list(tmp_path.glob("*.parquet")) == []


def test_a_vintage_whose_claims_are_gone_is_named(tmp_path: Path) -> None:
    keep(_loaded("bureau-2026"), tmp_path).unlink()
    with pytest.raises(StatisticsError, match="the claims of bureau-2026 are missing"):
        vintages(tmp_path)


def test_a_ledger_on_a_server_has_no_folder() -> None:
    with pytest.raises(StatisticsError, match="this ledger is on a server"):
        folder_of("postgresql+psycopg://host/name")


def test_bilateral_trade_is_read_only_where_asked_for() -> None:
    assert BACI not in asked_for({"material": ("tungsten",)})
    assert BACI in asked_for({"predicate": ("trade",)})
    assert asked_for({"source": (BACI,)}) == (BACI,)
    assert BACI in asked_for({}, every=True)
    assert statistic_claims().filter(source=BACI).collect().is_empty()


def test_bundled_trade_has_every_row_twice_once_in_money_once_in_tonnes() -> None:
    trade = statistic_claims([BACI]).collect()
    assert trade.height == 2 * 85_208
    assert set(trade["unit"]) == {"USD", "t"}
    assert set(trade.filter(pl.col("unit") == "t")["basis"]) == {"gross"}
    missing = trade.filter(pl.col("value").is_null())
    assert set(missing["flags"]) == {"not-available"}
    assert 0.03 < missing.height / 85_208 < 0.08
    assert trade.filter(pl.col("place") == "TWN").height > 100
    assert trade["id"].n_unique() == trade.height
    assert set(trade["period"]) == {str(year) for year in range(2018, 2025)}


@pytest.mark.parametrize(
    ("code", "materials"),
    [
        ("261100", ("tungsten",)),
        ("26110000", ("tungsten",)),
        ("284610", ("cerium",)),
        ("284690", ("rare-earths",)),
        ("711011", ("platinum",)),
    ],
)
def test_what_a_product_is(code: str, materials: tuple[str, ...]) -> None:
    product = product_of(code)
    assert product is not None
    assert product.materials == materials


def test_goods_that_are_no_material_and_codes_that_many_share() -> None:
    assert product_of("010111") is None
    assert len(traded_codes()["811292"].materials) > 1
    assert product_of_form("hs92-261100") == ("hs92", "261100")
    assert product_of_form("concentrate") is None


def test_changes_are_revisions_additions_and_losses() -> None:
    old = [_claim("a", "CHN", 60.0), _claim("a", "KAZ", 1.0), _claim("a", "ESP", 2.0), _claim("a", "CHN", 9.0, "2023")]
    new = [_claim("b", "CHN", 66.0), _claim("b", "KAZ", 1.0), _claim("b", "PRT", 3.0)]
    found = changes(to_frame(old), to_frame(new))
    rows = [(row["change"], row["place"], row["old"], row["new"]) for row in found.iter_rows(named=True)]
    assert rows == [("revised", "CHN", 60.0, 66.0), ("added", "PRT", None, 3.0), ("dropped", "ESP", 2.0, None)]
    assert found["percent"][0] == pytest.approx(10)
    assert changes(to_frame(old), to_frame(old)).is_empty()


def test_a_figure_that_is_now_withheld_is_a_revision() -> None:
    old = [_claim("a", "CHN", 60.0)]
    new = [replace(_claim("b", "CHN", 60.0), value=None, comparator=None, flags=("withheld",))]
    (row,) = changes(to_frame(old), to_frame(new)).to_dicts()
    assert (row["change"], row["new"], row["new_says"], row["percent"]) == ("revised", None, "withheld", None)


def test_the_survey_revised_antimony_between_its_editions() -> None:
    tables = [statistic_claims([name]).filter(material="antimony") for name in ("usgs-mcs-2025", "usgs-mcs-2026")]
    found = changes(*tables).filter(pl.col("place") == "RUS", pl.col("predicate") == "production")
    assert found.select("change", "period", "old", "new").row(0) == ("revised", "2024", 13_000.0, 40_000.0)


def test_both_editions_of_the_survey_speak_of_the_same_slots() -> None:
    """795 of the 845 figures for 2024 in the edition of 2025 have a counterpart in that of 2026."""
    from lodeclaim.statistics.changes import SLOTS

    old, new = (
        statistic_claims([name]).filter(pl.col("predicate") == "production", pl.col("period") == "2024").collect()
        for name in ("usgs-mcs-2025", "usgs-mcs-2026")
    )
    assert old.join(new, on=list(SLOTS), how="semi", nulls_equal=True).height / old.height > 0.94


def test_tables_on_different_things_are_not_compared() -> None:
    production = to_frame([_claim("bureau-2025", "CHN", 5.0)])
    governance = production.with_columns(predicate=pl.lit("governance"))
    with pytest.raises(StatisticsError, match=r"on production, the other on governance.*two editions of one"):
        changes(production, governance)
    assert changes(production, production.clear()).is_empty()


def test_reading_vintages_loads_none_of_the_readers_of_published_files() -> None:
    code = "import sys, lodeclaim.statistics.bundled; print('lodeclaim.statistics.loading' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert found.stdout.strip() == "False"

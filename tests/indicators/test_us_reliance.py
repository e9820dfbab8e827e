from __future__ import annotations

import polars as pl
import pytest

from lodeclaim.indicators.us_reliance import agreement, recompute_us_reliance, reliance_series, us_net_import_reliance
from lodeclaim.vocabulary.load import load_vocabulary


@pytest.fixture(scope="module")
def checked(bundled) -> pl.DataFrame:
    return recompute_us_reliance(bundled)


def test_antimony_of_2024(bundled, checked):
    row = checked.filter(material="antimony", year=2024).row(0, named=True)
    assert round(row["recomputed"]) == row["published"] == 86 and row["status"] == "agrees"
    figure = us_net_import_reliance(bundled, "antimony", 2024)
    # Two kinds of production, and oxide and metal both ways: ore, articles and scrap do not count.
    assert len(figure.claims) == 6
    cited = set(bundled.filter(pl.col("id").is_in(figure.claims))["form"].to_list())
    assert cited == {None, "metal", "Sb2O3"}


def test_every_published_number_is_judged(bundled, checked):
    published = bundled.filter(predicate="import_reliance", source="usgs-mcs-2026", place="USA")
    assert len(checked) == len(published)
    counts = agreement(checked)
    assert counts == {"agrees": 272, "differs": 3, "cannot be computed": 80, "not published": 21}
    assert sum(counts.values()) == len(checked)


def test_each_disagreement_and_each_gap_has_a_reason(checked):
    differs = checked.filter(status="differs")
    assert differs["reason"].str.contains("published").all()
    gaps = checked.filter(status="cannot be computed")
    assert gaps["reason"].str.contains("^missing ").all()
    assert gaps["recomputed"].null_count() == len(gaps)


def test_agreement_is_of_numbers_not_of_wide_intervals(checked):
    exact = checked.filter(pl.col("status") == "agrees", pl.col("comparator") == "=")
    off = (exact["recomputed"] - exact["published"]).abs()
    assert len(exact) >= 160 and (off <= 0.5).sum() >= 0.9 * len(exact) and off.max() < 1.5


def test_withheld_rows_are_named_not_guessed(checked):
    tungsten = checked.filter(material="tungsten", year=2024).row(0, named=True)
    assert tungsten["status"] == "cannot be computed" and "withheld" in tungsten["reason"]
    assert tungsten["low"] is None or tungsten["low"] < tungsten["high"]


def test_the_layout_names_what_the_vocabulary_has(bundled):
    words = load_vocabulary()
    found = {(m, f) for m, f in bundled.filter(predicate="import_reliance").select("material", "form").rows()}
    for series in reliance_series().series:
        assert series.material in words.materials
        assert (series.material, series.form) in found
        selectors = (*series.production, *series.trade, *series.imports, *series.exports, *series.stocks)
        forms = {one.rpartition("/")[2] for one in selectors} - {"-"}
        assert forms <= set(words.forms), series.material


def test_a_changed_row_no_longer_agrees(bundled):
    imports = (pl.col("material") == "antimony") & (pl.col("predicate") == "trade") & (pl.col("kind") == "import")
    halved = bundled.with_columns(value=pl.when(imports).then(pl.col("value") / 2).otherwise(pl.col("value")))
    table = recompute_us_reliance(halved, material="antimony", year=2024)
    assert table["status"].to_list() == ["differs"] and "below" in table["reason"][0]


def test_a_series_that_is_not_defined_says_so(bundled):
    assert "definition" in us_net_import_reliance(bundled, "steel", 2024).missing


def test_who_exports_more_than_it_makes_is_a_net_exporter(checked):
    # Apparent consumption is below zero, so there is no per cent, but which side it lies on is certain.
    rows = checked.filter(material="rare-earths", form="concentrate").filter(pl.col("year") <= 2022)
    assert rows["status"].to_list() == ["agrees", "agrees"] and rows["recomputed"].null_count() == 2
    assert rows["high"].to_list() == [0.0, 0.0]


def test_every_series_has_a_definition(checked):
    assert checked.filter(pl.col("reason").str.contains("definition")).is_empty()


def test_what_consumption_leaves_stands_in_for_stocks_that_the_release_does_not_reach(bundled):
    # Stocks at the end of 2020 are not in it: (1,970 - 931 - 169) / 1,970 for copper.
    table = recompute_us_reliance(bundled, material="copper", year=2021)
    assert table["recomputed"][0] == pytest.approx(100 * 870 / 1970) and table["status"][0] == "agrees"
    assert "not in the release" in table["reason"][0]
    later = recompute_us_reliance(bundled, material="copper", year=2022)
    assert "not in the release" not in later["reason"][0]


def test_a_consumption_without_stocks_does_not_stand_in_for_their_change(checked):
    # Apparent consumption of phosphate rock leaves stocks out, its net import reliance does not.
    row = checked.filter(material="phosphate-rock", year=2021).row(0, named=True)
    assert row["status"] == "cannot be computed" and "stocks in 2020" in row["reason"]


def test_where_nothing_is_produced_all_that_is_consumed_is_imported(bundled, checked):
    rows = checked.filter(pl.col("material").is_in(["gallium", "indium"]))
    assert set(rows["recomputed"].to_list()) == {100.0} and rows["reason"].str.contains("production is nil").all()
    made = (pl.col("material") == "gallium") & (pl.col("predicate") == "production")
    kept = bundled.with_columns(value=pl.when(made).then(None).otherwise(pl.col("value")))
    assert set(recompute_us_reliance(kept, material="gallium")["status"].to_list()) == {"cannot be computed"}


def test_a_bound_in_a_footnote_is_an_interval(checked):
    row = checked.filter(material="diamond", form="stones", year=2024).row(0, named=True)
    assert row["status"] == "agrees" and row["low"] < row["recomputed"] < row["high"]

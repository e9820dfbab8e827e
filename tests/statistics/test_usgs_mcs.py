"""Rows of the Mineral Commodity Summaries become claims by the rules of the layout, or are counted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lodeclaim.claims.model import Claim
from lodeclaim.core.errors import StatisticsError
from lodeclaim.statistics.usgs_mcs import read_mcs

Write = Callable[..., Path]
SALIENT = {"Section": "Salient Statistics—United States", "Country": "United States"}


def _one(folder: Path) -> Claim:
    claims, report, _, _ = read_mcs(folder)
    assert (report.rows, report.claims, report.skipped) == (1, 1, {})
    return claims[0]


def test_mine_production(write_mcs: Write) -> None:
    claim = _one(write_mcs({"Country": "Kazakhstan", "Year": "2025", "Value": "2,400", "Notes": "Estimated."}))
    assert claim.quote == "Kazakhstan | Mine production | metric tons | 2025 | 2,400"
    assert (claim.source, claim.locator, claim.reader) == ("usgs-mcs-2026", "row:1", "statistics")
    assert (claim.predicate, claim.material, claim.stage, claim.place) == (
        "production",
        "tungsten",
        "extraction",
        "KAZ",
    )
    assert (claim.value, claim.unit, claim.comparator, claim.basis) == (2400.0, "t", "=", "contained")
    assert (claim.period, claim.modality) == ("2025", "estimated")


@pytest.mark.parametrize(
    ("row", "modality"),
    [
        ({"Year": "2024"}, "actual"),
        ({"Year": "2024", "Notes": "Estimated."}, "estimated"),
        ({"Year": "2024", "Notes": "Includes Hong Kong. -- Estimated."}, "estimated"),
        ({"Year": "2024", "Notes": "Estimated reserves are given elsewhere"}, "estimated"),
        ({"Year": "2025"}, "estimated"),
        ({"Year": "2025", "Notes": "Processed ore. -- Reported."}, "actual"),
        ({"Year": "2025", "Statistics": "Reserves", "Statistics_detail": "Reserves"}, "actual"),
    ],
)
def test_estimated_years_and_footnotes(write_mcs: Write, row: dict[str, str], modality: str) -> None:
    assert _one(write_mcs(row)).modality == modality


@pytest.mark.parametrize(
    ("row", "flags"),
    [
        ({"Country": "World total", "Statistics_detail": "Mine production: rounded"}, ("total", "rounded")),
        ({"Country": "Other countries"}, ("residual",)),
        ({"Value": "W"}, ("withheld",)),
        ({"Notes": "Includes Hong Kong."}, ("includes-hong-kong",)),
        ({"Country": "World total", "Notes": "Excludes U.S. production."}, ("total", "excludes-usa")),
    ],
)
def test_flags(write_mcs: Write, row: dict[str, str], flags: tuple[str, ...]) -> None:
    assert _one(write_mcs(row)).flags == flags


@pytest.mark.parametrize(
    ("words", "value", "unit", "expected"),
    [
        ("metric tons", "67,000", "t", 67000.0),
        ("thousand metric tons", "67", "t", 67000.0),
        ("million metric tons", "1.5", "t", 1_500_000.0),
        ("kilograms", "11,400", "t", 11.4),
    ],
)
def test_masses_become_tonnes(write_mcs: Write, words: str, value: str, unit: str, expected: float) -> None:
    claim = _one(write_mcs({"Unit": words, "Value": value}))
    assert (claim.value, claim.unit) == (expected, unit)
    assert claim.quote.endswith(f"{words} | 2024 | {value}")


@pytest.mark.parametrize(
    ("words", "value", "unit", "expected"),
    [
        ("dollars per dry metric ton unit", "380", "USD/mtu", 380.0),
        ("dollars per kilogram", "25", "USD/t", 25000.0),
        ("dollars per pound", "10", "USD/t", 22046.2262),
        ("cents per pound", "100", "USD/t", 2204.62262),
        ("dollars per troy ounce", "1", "USD/t", 32150.7466),
    ],
)
def test_prices(write_mcs: Write, words: str, value: str, unit: str, expected: float) -> None:
    row = SALIENT | {"Statistics": "Price", "Statistics_detail": "Price, concentrate, tungsten trioxide"}
    claim = _one(write_mcs(row | {"Unit": words, "Value": value}))
    assert claim.value == pytest.approx(expected, rel=1e-8)
    assert (claim.predicate, claim.form, claim.basis, claim.unit) == ("price", "concentrate", "WO3", unit)


def test_capacity_is_a_rate(write_mcs: Write) -> None:
    row = {"MCS chapter": "GALLIUM", "Commodity": "Gallium", "Section": "World Low-Purity Production and Capacity"}
    row |= {"Statistics": "Capacity", "Statistics_detail": "Production capacity", "Unit": "kilograms"}
    row |= {"Other notes": "(Data in kilograms, gallium content, unless otherwise specified)", "Value": "1,600,000"}
    claim = _one(write_mcs(row))
    assert (claim.predicate, claim.value, claim.unit, claim.stage) == ("capacity", 1600.0, "t/yr", "processing")


def test_import_sources_name_the_origin_as_counterparty(write_mcs: Write) -> None:
    row = {"Section": "Import Sources", "Statistics": "Import sources 2021-2024", "Year": "2021–24", "Value": ">99"}
    claim = _one(write_mcs(row | {"Statistics_detail": "Ores, concentrates, and other forms", "Unit": "percent"}))
    assert (claim.place, claim.counterparty, claim.period) == ("USA", "CHN", "2021/2024")
    assert (claim.predicate, claim.value, claim.comparator, claim.unit) == ("supplier_share", 99.0, ">", "%")


def test_net_exporter(write_mcs: Write) -> None:
    row = SALIENT | {"Statistics": "Net import reliance", "Statistics_detail": "Net import reliance", "Unit": "percent"}
    claim = _one(write_mcs(row | {"Value": "E"}))
    assert (claim.predicate, claim.value, claim.comparator, claim.flags) == (
        "import_reliance",
        0.0,
        "<=",
        ("net-exporter",),
    )


def test_gross_ore_and_oxide_content_are_kept_apart(write_mcs: Write) -> None:
    row = {"MCS chapter": "CHROMIUM", "Commodity": "Chromium", "Country": "Kazakhstan", "Unit": "thousand metric tons"}
    row |= {"Other notes": "(Data in thousand metric tons, chromium content, unless otherwise specified)"}
    gross = {"Value": "6,100", "Notes": "Mine production and ore reserves are reported in gross weight."}
    oxide = {"Statistics": "Reserves", "Statistics_detail": "Reserves: Cr2O3 content", "Value": "100,000"}
    ore = {"Statistics": "Reserves", "Statistics_detail": "Reserves: Ore", "Value": "230,000"}
    claims, _, _, _ = read_mcs(write_mcs(row | gross, row | oxide, row | ore))
    assert [claim.basis for claim in claims] == ["gross", "Cr2O3", "gross"]


def test_a_unit_the_file_states_wrongly_is_mended_and_flagged(write_mcs: Write) -> None:
    row = {"MCS chapter": "VANADIUM", "Commodity": "Vanadium", "Statistics": "Reserves"}
    row |= {"Statistics_detail": "Reserves", "Value": "5,800"}
    row |= {"Other notes": "(Data in metric tons, vanadium content, unless otherwise specified)"}
    claim = _one(write_mcs(row))
    assert (claim.value, claim.flags) == (5_800_000.0, ("unit-corrected",))
    assert claim.quote == "China | Reserves | metric tons | 2024 | 5,800"


def test_rows_without_a_rule_are_counted_by_reason(write_mcs: Write) -> None:
    folder = write_mcs(
        {"MCS chapter": "STONE (CRUSHED)"},
        {"MCS chapter": "STONE (CRUSHED)"},
        {"Commodity": "Tungstate art"},
        {"Statistics_detail": "Something new"},
        {"Statistics": "Forecast"},
    )
    claims, report, _, _ = read_mcs(folder)
    assert claims == []
    assert report.skipped == {
        "chapter outside the vocabulary: STONE (CRUSHED)": 2,
        "commodity outside the vocabulary: Tungstate art": 1,
        "no predicate for Forecast": 1,
        "no rule: TUNGSTEN: Production: Something new": 1,
    }
    assert sum(report.skipped.values()) + report.claims == report.rows


def test_one_figure_in_two_tables_is_one_claim(write_mcs: Write) -> None:
    salient = SALIENT | {"Statistics_detail": "Production: Mine", "Value": "—"}
    claims, report, _, _ = read_mcs(write_mcs(salient, {"Country": "United States", "Value": "—"}))
    assert len(claims) == 1
    assert report.skipped == {"the same figure in two tables of the release": 1}


def test_two_figures_in_one_slot_stop_the_build(write_mcs: Write) -> None:
    with pytest.raises(StatisticsError, match=r"row 2: .*contradicts row:1 .*Tell the two apart by form or kind"):
        read_mcs(write_mcs({"Value": "1"}, {"Value": "2"}))


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"Unit": "furlongs"}, r"row 1: unknown unit 'furlongs'\. Add it"),
        ({"Country": "Atlantis"}, r"row 1: unknown country 'Atlantis'\. Add the spelling"),
        ({"Value": "plenty"}, r"row 1: 'plenty' is no number.*Teach the word"),
        (
            {"MCS chapter": "BISMUTH", "Commodity": "Bismuth", "Other notes": "(Data in metric tons, bismuth content)"},
            r"row 1: the note on the data states a basis that the layout leaves out",
        ),
        ({"Other notes": "(Data in metric tons, gross weight)"}, r"row 1: the note on the data does not say 'tungsten"),
    ],
)
def test_what_the_layout_does_not_know_stops_the_build(write_mcs: Write, row: dict[str, str], message: str) -> None:
    with pytest.raises(StatisticsError, match=message):
        read_mcs(write_mcs(row))

"""World Mining Data and governance: workbooks, bases in the names of sheets, two scales that are never one series."""

from __future__ import annotations

from pathlib import Path

import pytest

from lodeclaim.core.errors import StatisticsError
from lodeclaim.statistics.loading import load
from statistics_files import csv_of, one_of, rows_of, xlsx_of


def _mining(rows: list[list[object]]) -> list[list[object]]:
    return [["Title of the sheet"], ["Country", "unit", 2023, 2024, "data source"], *rows]


def test_world_mining_data_says_the_basis_in_the_name_of_its_sheet(tmp_path: Path) -> None:
    file = xlsx_of(
        tmp_path / "6.4. Production_of_Mineral_Raw_Materials_2026.xlsx",
        **{
            "Chromium (Cr2O3)": _mining(
                [["Kazakhstan", "metr. t", 1_995_000, 2e6, "e"], ["Total", "metr. t", 15e6, 16e6, None]]
            ),
            "Lithium (Li2O)": _mining([["Congo, D.R.", "metr. t", 10, None, "r"]]),
            "Steam Coal": _mining([["Kazakhstan", "metr. t", 1, 1, "r"]]),
        },
    )  # fmt: skip
    loaded = load(file)
    assert loaded.source.id == "wmd-2026"
    chromite = one_of(loaded, place="KAZ", period="2024")
    assert (chromite["basis"], chromite["value"], chromite["modality"]) == ("Cr2O3", 2e6, "estimated")
    assert one_of(loaded, material="lithium")["basis"] == "Li2O"
    assert one_of(loaded, place="WLD", period="2023")["flags"] == "total"
    assert loaded.report.skipped == {"sheet of no material of the vocabulary: Steam Coal": 1}


def test_chromite_by_gross_weight_and_by_oxide_are_two_slots(tmp_path: Path) -> None:
    from lodeclaim.statistics.bundled import statistic_claims

    file = xlsx_of(tmp_path / "6.4 2026.xlsx", **{"Chromium (Cr2O3)": _mining([["Kazakhstan", "metr. t", 1, 2, "r"]])})
    gross = (
        statistic_claims(["usgs-mcs-2026"]).filter(material="chromium", place="KAZ", predicate="production").collect()
    )
    assert set(gross["basis"]) == {"gross"}
    assert set(load(file).claims["basis"]) == {"Cr2O3"}


def test_governance_in_a_wide_workbook(tmp_path: Path) -> None:
    years: list[object] = [None, None, *[2021] * 6, *[2022] * 6]
    names: list[object] = ["Country/Territory", "Code", *["Estimate", "StdErr", "NumSrc", "Rank", "Lower", "Upper"] * 2]
    head: list[list[object]] = [["Political Stability"], [None], years, names]
    congo: list[object] = [
        "Congo, Dem. Rep.",
        "ZAR",
        -1.6,
        0.2,
        9,
        5,
        2,
        10,
        "#N/A",
        "#N/A",
        "#N/A",
        "#N/A",
        "#N/A",
        "#N/A",
    ]
    romania: list[object] = ["Romania", "ROM", 0.5, 0.2, 9, 60, 50, 70, 0.6, 0.2, 9, 60, 50, 70]
    file = xlsx_of(tmp_path / "wgidataset_2023.xlsx", **{"Political StabilityNoViolence": [*head, congo, romania]})
    loaded = load(file)
    assert (loaded.layout, loaded.source.id) == ("wgi_wide", "wb-wgi-2023")
    assert one_of(loaded, place="COD", period="2021")["value"] == -1.6
    assert one_of(loaded, place="COD", period="2022")["flags"] == "not-available"
    assert {row["kind"] for row in rows_of(loaded, place="ROU")} == {"pv"}
    assert one_of(loaded, place="ROU", period="2022")["value"] == 0.6


LONG = ["codeindyr", "code", "countryname", "year", "indicator", "estimate", "stddev", "nsource", "pctrank",
        "pctranklower", "pctrankupper"]  # fmt: skip


def _long(path: Path, *years: int) -> Path:
    rows = ([f"TMPpv{y}", "TMP", "Timor-Leste", y, "pv", "0.25", "0.2", 5, 40, 30, 50] for y in years)
    return csv_of(path, LONG, *rows)


def test_governance_by_two_methods_is_never_one_series(tmp_path: Path) -> None:
    old = load(_long(tmp_path / "wgi_2024.csv", 2022, 2023))
    new = load(_long(tmp_path / "wgi_2025.csv", 2022, 2023, 2024))
    assert {row["kind"] for row in old.claims.to_dicts()} == {"pv"}
    assert {row["kind"] for row in new.claims.to_dicts()} == {"pv@2025"}
    assert set(old.claims["place"]) == {"TLS"}


def test_a_later_edition_under_an_earlier_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StatisticsError, match=r"has 2024, but the edition 2024 ends in 2023.*must not be spliced"):
        load(_long(tmp_path / "wgi.csv", 2022, 2023, 2024), vintage="2024")
    with pytest.raises(StatisticsError, match="not known by which method the edition 2031"):
        load(_long(tmp_path / "wgi.csv", 2022), vintage="2031")


def test_the_score_from_0_to_100_is_kept_apart(tmp_path: Path) -> None:
    columns: list[object] = ["Economy (code)", "Economy (name)", "Year", "Governance score (0-100)"]
    file = xlsx_of(tmp_path / "wgi_2025.xlsx", pv=[columns, ["CHN", "China", 2024, 47.2]])
    row = one_of(load(file))
    assert (row["kind"], row["value"], row["place"], row["period"]) == ("pv@2025-score", 47.2, "CHN", "2024")


def test_a_score_under_the_old_layout_is_off_its_scale(tmp_path: Path) -> None:
    file = csv_of(tmp_path / "wgi_2024.csv", LONG, ["", "CHN", "China", 2023, "pv", 47.2, "", "", "", "", ""])
    with pytest.raises(StatisticsError, match=r"47\.2 is beyond -5 to 5, the scale of this table"):
        load(file)

"""``lodeclaim statistics`` loads files into a ledger, lists what there is, and compares vintages."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner

from lodeclaim.cli.statistics import statistics
from lodeclaim.core.errors import StatisticsError

TABLE = "material,predicate,stage,place,period,value,unit\ntungsten,production,extraction,KAZ,2026,2400,t\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "own.csv"
    path.write_text(TABLE)
    return path


def _run(*words: object) -> str:
    result = CliRunner().invoke(statistics, [str(word) for word in words], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_load_list_and_forget(table: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "supply.sqlite"
    assert "own-mine" in _run("load", table, "--vintage", "mine", "--ledger", ledger)
    assert ledger.is_file()
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(_run("list", "--ledger", ledger, "--format", "csv")))}
    assert (rows["own-mine"]["kept"], rows["own-mine"]["claims"]) == ("loaded", "1")
    assert rows["usgs-mcs-2025"]["kept"] == "bundled"
    _run("forget", "own-mine", "--ledger", ledger)
    assert "own-mine" not in _run("list", "--ledger", ledger, "--format", "csv")


def test_check_keeps_nothing(table: Path, tmp_path: Path) -> None:
    assert "Nothing was kept" in _run("load", table, "--vintage", "x", "--ledger", tmp_path / "a.sqlite", "--check")
    assert list(tmp_path.iterdir()) == [table]


def test_a_file_that_does_not_fit_leaves_the_ledger_alone(table: Path, tmp_path: Path) -> None:
    table.write_text(TABLE.replace("KAZ", "Atlantis"))
    with pytest.raises(StatisticsError, match="unknown country 'Atlantis'"):
        _run("load", table, "--vintage", "x", "--ledger", tmp_path / "a.sqlite")
    assert list(tmp_path.iterdir()) == [table]


def test_differences_of_one_material() -> None:
    text = _run("diff", "usgs-mcs-2025", "usgs-mcs-2026", "--material", "Sb", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["material"] for row in rows} == {"antimony"}
    russia = next(row for row in rows if row["place"] == "RUS" and row["predicate"] == "production")
    assert (russia["change"], russia["old"], russia["new"]) == ("revised", "13000.0", "40000.0")


def test_indicators_that_a_vintage_moves() -> None:
    words = ("diff", "usgs-mcs-2025", "usgs-mcs-2026", "--material", "antimony", "--indicators", "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(_run(*words)))
    assert (row["stage"], row["period"]) == ("extraction", "2024")
    assert float(row["old_hhi"]) - float(row["new_hhi"]) == pytest.approx(0.115, abs=0.02)


def test_layouts_are_listed() -> None:
    assert {"baci", "wmd", "comext"} <= {
        row["layout"] for row in csv.DictReader(io.StringIO(_run("layouts", "--format", "csv")))
    }

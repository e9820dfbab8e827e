"""Small tables in the form of the originals, and the folder of the originals where it is at hand."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from lodeclaim.statistics.places import LAYOUTS
from lodeclaim.vocabulary.load import read_yaml


@pytest.fixture(scope="session")
def originals() -> Path:
    shared = Path(os.environ.get("LODECLAIM_SHARED", Path(__file__).parents[3] / "shared")) / "data"
    if not shared.is_dir():
        pytest.skip("the original tables are not at hand; set LODECLAIM_SHARED to the folder that holds data/")
    return shared


McsWriter = Callable[..., Path]


@pytest.fixture
def write_mcs(tmp_path: Path) -> McsWriter:
    """Write rows in the form of the data release; cells that are not given are those of a plain tungsten row."""
    layout = read_yaml(LAYOUTS / "usgs_mcs.yaml")
    plain = {
        "MCS chapter": "TUNGSTEN",
        "Section": "World Mine Production and Reserves",
        "Commodity": "Tungsten",
        "Country": "China",
        "Statistics": "Production",
        "Statistics_detail": "Mine production",
        "Unit": "metric tons",
        "Year": "2024",
        "Value": "67,000",
        "Notes": "",
        "Is critical mineral 2025": "Yes",
        "Other notes": "(Data in metric tons, tungsten content, unless otherwise specified)",
    }

    def write(*rows: dict[str, str]) -> Path:
        cells = ([(plain | row)[column] for column in layout["columns"]] for row in rows)
        return _write(tmp_path / layout["file"], layout["columns"], cells, layout["encoding"])

    return write


def _write(path: Path, columns: list[str], rows: Iterable[list[str]], encoding: str) -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(rows)
    return path.parent


@pytest.fixture
def write_wgi(tmp_path: Path) -> Callable[..., Path]:
    """Write rows of the governance indicators as tuples of cells."""
    layout = read_yaml(LAYOUTS / "wgi.yaml")
    return lambda *rows: _write(tmp_path / layout["file"], layout["columns"], rows, layout["encoding"])


@pytest.fixture
def write_ec(tmp_path: Path) -> Callable[..., Path]:
    """Write the three tables of the criticality study; a table that is not given is empty."""
    layout = read_yaml(LAYOUTS / "ec_crm_2023.yaml")

    def write(**tables: list[tuple[str, ...]]) -> Path:
        for key, table in layout["tables"].items():
            rows = [list(row) for row in tables.get(key, [])]
            _write(tmp_path / table["file"], table["columns"], rows, layout["encoding"])
        return tmp_path

    return write

"""The indicators as users call them."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import polars as pl
import pytest

from lodeclaim.cli.indicators import indicators

LICENCE = """Beijing narrows what leaves its ports
Beijing, 4 February 2025

China introduced export licences for tungsten on Tuesday, its commerce ministry said.
"""


@pytest.fixture
def news(tmp_path: Path) -> Path:
    path = tmp_path / "licence.txt"
    path.write_text(LICENCE, "utf-8")
    return path


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def risk(text: str) -> float:
    (found,) = [one for one in rows(text) if one["measure"] == "supply risk"]
    return float(found["value"])


def test_an_article_moves_supply_risk_explain_names_the_sentence_and_removal_restores_it(run, news, tmp_path) -> None:
    ledger = tmp_path / "news.sqlite"
    run("read", news, "--ledger", ledger, "--format", "none", check=0)
    before = risk(run("indicators", "sr", "tungsten", "--format", "csv", check=0).stdout)
    after = risk(run("indicators", "sr", "tungsten", "--ledger", ledger, "--format", "csv", check=0).stdout)
    assert before == pytest.approx(1.2)
    assert after > before
    told = run("indicators", "sr", "tungsten", "--ledger", ledger, "--explain", "--format", "jsonl", check=0).stdout
    (effect,) = [json.loads(line) for line in told.splitlines()]
    assert effect["sentence"].startswith("China introduced export licences for tungsten on Tuesday")
    assert effect["change"] == pytest.approx(after - before, abs=1e-6)
    again = ("indicators", "sr", "tungsten", "--ledger", ledger, "--without", effect["claim"], "--format", "csv")
    assert risk(run(*again, check=0).stdout) == before


def test_with_reads_a_file_for_one_answer(run, news) -> None:
    done = run("indicators", "sr", "tungsten", "--with", news, "--explain", check=0)
    assert "Without any document: 1.2" in done.stdout
    assert "introduced export licences" in done.stdout
    assert "for this answer only" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("concentration", "tungsten", "--year", "2025"), "HHI"),
        (("reliance", "antimony", "--group", "US", "--year", "2024"), "86."),
        (("reliance", "tungsten"), "import reliance"),
        (("ei", "tungsten"), "8.7"),
        (("geopolrisk", "cobalt", "--year", "2024"), "GeoPolRisk, corrected"),
        (("crma", "tungsten"), "cannot be computed"),
        (("stock", "tungsten", "--stock", "500", "--group", "US"), "days"),
        (("n-1", "gallium"), "without China"),
        (("supplier", "titanium", "--group", "Kazakhstan"), "share of the world"),
    ],
)
def test_every_indicator_answers_from_the_statistics_alone(run, arguments, words) -> None:
    assert words in run("indicators", *arguments, check=0).stdout


def test_files_hold_every_column(run, tmp_path) -> None:
    run("indicators", "crma", "--all", "--format", "parquet", "--save", tmp_path / "crma.parquet", check=0)
    frame = pl.read_parquet(tmp_path / "crma.parquet")
    assert frame.height == 88
    assert {"verdict", "indicated", "missing", "claims"} <= set(frame.columns)
    run("indicators", "concentration", "tungsten", "--save", tmp_path / "hhi.xlsx", check=0)
    assert (tmp_path / "hhi.xlsx").read_bytes()[:2] == b"PK"


def test_drawings(run, tmp_path) -> None:
    run("indicators", "sr", "--all", "--save", tmp_path / "scatter.svg", check=0)
    scatter = (tmp_path / "scatter.svg").read_text("utf-8")
    assert "critical from SR 1" in scatter
    assert scatter.count("<circle") >= 30
    run("indicators", "concentration", "tungsten", "gallium", "--save", tmp_path / "heat.svg", check=0)
    assert "gallium" in (tmp_path / "heat.svg").read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("sr",), "--all"),
        (("sr", "tungsten", "--all"), "not both"),
        (("sr", "unobtainium"), "no material"),
        (("sr", "tungsten", "--without", "c00000nothing"), "no claim"),
        (("ei", "tungsten", "--explain"), "--explain is there for"),
        (("ei", "tungsten", "--format", "xlsx"), "needs --save"),
        (("ei", "tungsten", "--save", "one.svg"), "drawing"),
        (("sr", "tungsten", "--with", "not-there.txt"), "not-there.txt"),
    ],
)
def test_what_cannot_be_asked_is_one_clear_line(run, arguments, words) -> None:
    done = run("indicators", *arguments, check=2)
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_every_indicator_is_explained_in_the_documentation() -> None:
    page = (Path(__file__).parents[2] / "docs" / "indicators.md").read_text("utf-8")
    for name in indicators.commands:
        section = re.search(rf"^## .*\(`{re.escape(name)}`\)$(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
        assert section, name
        for part in ("Formula", "Source", "Inputs", "Limits"):
            assert f"**{part}.**" in section.group(1), f"{name}: {part}"

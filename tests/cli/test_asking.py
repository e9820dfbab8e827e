"""``claims``, ``claim``, ``sources``, ``brief``: what a ledger is asked, and how errors end."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any


def some_claim(run: Any, ledger: Path, value: float) -> dict[str, Any]:
    out = run("claims", "--documents", "--format", "jsonl", "--ledger", ledger, check=0).stdout
    found: dict[str, Any] = next(item for item in map(json.loads, out.splitlines()) if item["value"] == value)
    return found


def test_claims_are_filtered(run: Any, ledger: Path) -> None:
    def count(*filters: str) -> int:
        out = run("claims", "--documents", "--format", "jsonl", "--ledger", ledger, *filters, check=0).stdout
        return len(out.splitlines())

    every, chromium, tungsten = count(), count("--material", "Chromium"), count("--material", "W")
    assert chromium >= 1
    assert tungsten >= 1
    assert chromium + tungsten == every
    assert count("--site", "upper kairakty", "--predicate", "reserve") >= 1
    assert count("--place", "KZ", "--material", "chromium") >= 1
    assert count("--material", "chromium", "--predicate", "price") == 0


def test_a_name_that_is_not_there_offers_the_nearest(run: Any, ledger: Path) -> None:
    done = run("claims", "--material", "tungstn", "--ledger", ledger, check=2)
    (told,) = done.stderr.splitlines()
    assert told.startswith("lodeclaim: no material is called 'tungstn'. Did you mean tungsten")
    place = run("claims", "--place", "Kazachstan", "--ledger", ledger, check=2).stderr
    assert place.startswith("lodeclaim: --place: no place is called 'Kazachstan'. Did you mean Kazakhstan")


def test_the_table_has_ids_that_open_claims(run: Any, ledger: Path) -> None:
    one = some_claim(run, ledger, 1_216_000)
    assert one["id"] in run("claims", "--documents", "--ledger", ledger, check=0).stdout
    shown = run("claim", one["id"], "--ledger", ledger, check=0).stdout
    assert f"[{one['quote']}]" in shown
    assert "Upper Kairakty (upper-kairakty)" in shown
    assert "2025-03-03" in shown


def test_why_names_the_words_and_the_rule(run: Any, ledger: Path) -> None:
    one = some_claim(run, ledger, 1_216_000)
    why = run("claim", one["id"][:8], "--why", "--ledger", ledger, check=0).stdout.partition("\nwhy\n")[2]
    assert "predicate" in why
    assert "“Upper Kairakty” at " in why


def test_a_claim_of_the_statistics_shows_its_row(run: Any) -> None:
    out = run("claims", "--material", "tungsten", "--place", "Kazakhstan", "--format", "jsonl", check=0).stdout
    one = json.loads(out.splitlines()[0])
    assert one["start"] is None
    shown = run("claim", one["id"], "--why", check=0).stdout
    assert "row:" in shown
    assert one["quote"] in " ".join(shown.split()).replace("[", "").replace("]", "") or one["quote"] in shown


def test_sources_lists_documents_and_statistics(run: Any, ledger: Path, article: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("sources", "--format", "csv", "--ledger", ledger, check=0).stdout)))
    assert [row["address"] for row in rows if row["kind"] == "document"] == [str(article)]
    assert sum(row["kind"] == "statistics" for row in rows) >= 3
    assert all(row["licence"] and row["citation"] for row in rows if row["kind"] == "statistics")


def test_the_ledger_of_the_environment_is_used(run: Any, ledger: Path) -> None:
    out = run("claims", "--documents", "--format", "csv", check=0, LODECLAIM_LEDGER=str(ledger)).stdout
    assert len(out.splitlines()) > 1


def test_a_named_ledger_that_is_missing_is_one_clear_line(run: Any) -> None:
    for command in (["claims"], ["claim", "c0000000"], ["sources"], ["brief", "tungsten"]):
        done = run(*command, "--ledger", "missing.sqlite", check=2)
        assert done.stderr.startswith("lodeclaim: missing.sqlite: "), done.stderr
        assert len(done.stderr.splitlines()) == 1


def test_a_claim_that_is_not_there_is_one_clear_line(run: Any, ledger: Path) -> None:
    done = run("claim", "c00000000000", "--ledger", ledger, check=2)
    assert len(done.stderr.splitlines()) == 1
    assert "no claim has the id" in done.stderr


def test_a_brief_on_statistics_alone(run: Any, tmp_path: Path) -> None:
    done = run("brief", "tungsten", "--save", "tungsten.html", check=0)
    assert "China" in done.stdout
    page = (tmp_path / "tungsten.html").read_text("utf-8")
    assert page.lower().startswith("<!doctype html>")
    assert "<script src" not in page


def test_a_brief_with_a_ledger_shows_what_documents_say(run: Any, ledger: Path) -> None:
    assert "Upper Kairakty" in run("brief", "Tungsten", "--ledger", ledger, check=0).stdout


def test_a_brief_on_nothing_known(run: Any) -> None:
    assert "no material is called 'unobtainium'" in run("brief", "unobtainium", check=2).stderr


def test_a_brief_that_cannot_be_written(run: Any, article: Path) -> None:
    done = run("brief", "tungsten", "--save", f"{article}/x.html", check=2)
    assert done.stderr.splitlines()[-1].startswith(f"lodeclaim: {article}")
    assert "Traceback" not in done.stderr
    assert "not as .docx" in run("brief", "tungsten", "--save", "x.docx", check=2).stderr

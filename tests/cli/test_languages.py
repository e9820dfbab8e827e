"""``lodeclaim languages``: what there is for each language, and what a language lacks or misreads."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from click.testing import CliRunner, Result

from lodeclaim.cli import languages as module
from lodeclaim.cli.main import commands
from lodeclaim.core.errors import UnknownName
from lodeclaim.reading import fixtures
from lodeclaim.reading.fixture_model import Gap
from lodeclaim.reading.fixtures import check_language, language_codes, load_fixtures


def run(*arguments: str) -> Result:
    return CliRunner().invoke(commands, ["languages", *arguments])


def rows(*arguments: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run(*arguments, "--format", "jsonl").stdout.splitlines()]


def test_the_list_has_every_language() -> None:
    found = {row["code"]: row for row in rows()}
    assert tuple(found) == language_codes()
    assert found["en"]["name"] == "English"
    assert found["en"]["has"] == "cldr, materials, places, field, fixtures, number_words"
    assert found["en"]["lacks"] == ""
    assert found["en"]["fixtures"] == len(load_fixtures("en"))
    assert "full" not in found["en"]


def test_scores_are_added_when_asked_for() -> None:
    row = next(row for row in rows("--scores") if row["code"] == "en")
    assert row["full"] == round(check_language("en").scores["full"].f1 or 0, 3)
    assert 1 >= row["quantity"] >= row["claim"] >= row["full"] > 0


def test_the_table_and_csv_say_the_same() -> None:
    table = run().stdout
    listed = list(csv.DictReader(io.StringIO(run("--format", "csv").stdout)))
    assert [row["code"] for row in listed] == list(language_codes())
    assert all(row["name"] in table for row in listed)


def test_a_complete_language_above_the_floor_is_fine() -> None:
    result = run("check", "en", "--floor", "0.1")
    assert result.exit_code == 0
    assert "en (English): " in result.stderr
    assert "predicate" in result.stdout


def test_below_the_floor_is_exit_code_1() -> None:
    full = check_language("en").scores["full"].f1
    assert full is not None
    result = run("check", "en", "--floor", "1")
    assert result.exit_code == (0 if full == 1 else 1)
    assert ("below the floor of 1.00" in result.stderr) == (full < 1)


def test_misread_fixtures_show_what_was_expected_and_read() -> None:
    misread = check_language("en").misread
    found = [row for row in rows("check", "en") if row["text"]]
    assert len(found) == sum(len(one.missed) + len(one.spurious) for one in misread)
    assert {row["text"] for row in found} == {one.text for one in misread}
    for row in found:
        assert row["finding"] in {"not read", "read otherwise", "read too much"}
        assert bool(row["expected"]) == (row["finding"] != "read too much")
        assert bool(row["read"]) == (row["finding"] != "not read")
        assert bool(row["differs"]) == (row["finding"] == "read otherwise")


@pytest.mark.parametrize(
    ("gap", "line", "code"),
    [
        (
            Gap("field.yaml", "events.milestone", ("tender", "licence")),
            "missing: field.yaml events.milestone: tender, licence",
            1,
        ),
        (Gap("field.yaml", "", ()), "missing: field.yaml", 1),
        (Gap("field.yaml", "units", ("flask",), needed=False), "may be added: field.yaml units: flask", 0),
    ],
)
def test_gaps_are_named_and_needed_ones_fail(monkeypatch: pytest.MonkeyPatch, gap: Gap, line: str, code: int) -> None:
    monkeypatch.setattr(fixtures, "find_gaps", lambda _: (gap,))
    result = run("check", "en", "--floor", "0.1")
    assert line in result.stdout.splitlines()
    assert result.exit_code == code


def test_a_language_that_cannot_be_read_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fixtures, "find_gaps", lambda _: (Gap("field.yaml", "comparators", ()),))
    result = run("check", "en", "--floor", "0")
    assert result.exit_code == 1
    assert "not read: missing field.yaml comparators" in result.stderr


def test_an_unknown_code_is_an_error_with_the_known_ones() -> None:
    result = run("check", "tlh")
    assert isinstance(result.exception, UnknownName)
    assert "There are" in str(result.exception)


def test_the_floor_is_the_documented_one() -> None:
    assert f"default: {module.FLOOR}" in run("check", "--help").output
    assert module.FLOOR == 0.6

"""``materials`` and ``statistics``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def test_materials_with_their_lists(run: Any) -> None:
    found = {
        item["id"]: item for item in map(json.loads, run("materials", "--format", "jsonl", check=0).stdout.splitlines())
    }
    assert found["tungsten"]["symbol"] == "W"
    assert "eu-critical-2024" in found["tungsten"]["lists"]
    assert len(found) > 60


def test_the_vocabulary_holds_together(run: Any) -> None:
    assert run("materials", "--check", check=0).stderr == "The vocabulary holds together.\n"


def test_a_broken_vocabulary_is_named_by_file_and_line(run: Any, tmp_path: Path) -> None:
    import shutil

    from lodeclaim.vocabulary.load import DATA

    copy = tmp_path / "words"
    shutil.copytree(DATA, copy)
    stages = copy / "stages.yaml"
    stages.write_text(stages.read_text("utf-8") + "\n- {id: dreaming, name: dreaming, colour: blue}\n", "utf-8")
    done = run("materials", "--check", "--root", copy, check=1)
    assert "stages.yaml:" in done.stdout
    assert "Traceback" not in done.stderr


def test_statistics_are_listed_with_licence_and_citation(run: Any) -> None:
    rows = [json.loads(line) for line in run("statistics", "list", "--format", "jsonl", check=0).stdout.splitlines()]
    assert {"U.S. Geological Survey", "World Bank", "European Commission"} <= {row["publisher"] for row in rows}
    assert all(row["licence"] and row["citation"] and row["claims"] > 0 for row in rows)


def test_building_from_a_folder_without_the_files_says_which_is_missing(run: Any, tmp_path: Path) -> None:
    done = run("statistics", "build", "--from", tmp_path, check=2)
    assert "the file is not there" in done.stderr
    assert len(done.stderr.splitlines()) == 1

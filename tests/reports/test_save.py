from __future__ import annotations

import json
from pathlib import Path

import pytest

from lodeclaim.reports.model import Brief
from lodeclaim.reports.save import from_json, to_json


def test_the_json_twin_is_the_same_object(brief: Brief, bare: Brief) -> None:
    assert from_json(to_json(brief)) == brief
    assert from_json(to_json(bare)) == bare


def test_the_ending_chooses_the_format(brief: Brief, tmp_path: Path) -> None:
    brief.save(tmp_path / "new" / "brief.json")
    brief.save(str(tmp_path / "brief.HTML"))
    brief.save(tmp_path / "brief.txt")
    assert json.loads((tmp_path / "new" / "brief.json").read_text("utf-8"))["material"] == "tungsten"
    assert "<!DOCTYPE html>" in (tmp_path / "brief.HTML").read_text("utf-8")
    assert (tmp_path / "brief.txt").read_text("utf-8").startswith("TUNGSTEN")


@pytest.mark.parametrize("name", ["brief.pdf", "brief"])
def test_another_ending_is_an_error_that_says_what_there_is(brief: Brief, tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match=r"\.html, \.json or \.txt"):
        brief.save(tmp_path / name)
    assert not (tmp_path / name).exists()

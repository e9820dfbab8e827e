"""The table of scores is written between its markers, holds every language, and nothing of this machine."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from lodeclaim.reading.fixtures import check_language, language_name
from lodeclaim.reading.language import readable_languages


@pytest.fixture(scope="module")
def tool(root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_table", root / "tools" / "score_table.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def section(tool: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The section where there is no development set."""
    return str(tool.section(tmp_path_factory.mktemp("nothing")))


def test_the_page_has_its_tables(tool: ModuleType, root: Path) -> None:
    page = (root / "docs" / "benchmarks.md").read_text("utf-8")
    before, _, rest = page.partition(tool.BEGIN)
    body, end, _ = rest.partition(tool.END)
    assert before
    assert end
    assert tool.NOTE in body
    assert "| `production` |" in body


def test_only_what_stands_between_the_markers_is_renewed(tool: ModuleType) -> None:
    page = f"Head\n{tool.BEGIN}\nold\n{tool.END}\nFoot\n"
    assert tool.renew(page, "new") == f"Head\n{tool.BEGIN}\n\nnew\n\n{tool.END}\nFoot\n"
    assert tool.renew(tool.renew(page, "new"), "new") == tool.renew(page, "new")


def test_a_page_without_markers_is_left_alone(tool: ModuleType) -> None:
    with pytest.raises(ValueError, match="lacks the markers"):
        tool.renew("Head\n", "new")


def test_every_readable_language_has_a_row(section: str, root: Path) -> None:
    rows = {line.split(" | ")[0].removeprefix("| "): line for line in section.splitlines() if line.startswith("| ")}
    for code in readable_languages():
        full = check_language(code).scores["full"]
        assert f" {full.required} | " in rows[language_name(code)]
    assert "Development figures" in section
    assert "Development set" not in section
    assert str(root.parent) not in section


def test_scores_of_nothing_are_no_zero(tool: ModuleType) -> None:
    from lodeclaim.reading.fixture_model import Score

    assert tool._cell(Score()) == ""
    assert tool._cell(Score(required=2)) == "– / 0.00 (2)"
    assert tool._cell(Score(found=1, required=2, right=1, reported=3)) == "0.33 / 0.50 (2)"

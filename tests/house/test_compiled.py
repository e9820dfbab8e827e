"""What is compiled may not use what the compiler takes for something else."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def compiled(root: Path) -> list[Path]:
    settings = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    hook = settings["tool"]["hatch"]["build"]["targets"]["wheel"]["hooks"]["mypyc"]
    left_out = {path for pattern in hook["exclude"] for path in (root / "src").rglob(pattern)}
    return [path for pattern in hook["include"] for path in root.glob(pattern) if path not in left_out]


def test_every_pattern_names_modules(compiled: list[Path], root: Path) -> None:
    assert {"lexicon.py", "reader.py", "period.py"} <= {path.name for path in compiled}
    assert not any(path.name == "__init__.py" for path in compiled)


def test_no_compiled_module_has_a_cached_property(compiled: list[Path]) -> None:
    # it would be computed anew each time it is asked for
    assert not [path.name for path in compiled if "cached_property" in path.read_text("utf-8")]


def test_no_compiled_module_defines_what_is_decoded_from_json(compiled: list[Path]) -> None:
    # a compiled class tells less of the types of its fields than a decoder needs
    assert not [path.name for path in compiled if "forbid_unknown_fields" in path.read_text("utf-8")]

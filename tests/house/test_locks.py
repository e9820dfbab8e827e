"""The locks name a version and hashes for everything, and hold what the project asks for."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

LOCKS = ("requirements.lock", "requirements-dev.lock")


def entries(text: str) -> list[list[str]]:
    """Each requirement as its lines: the requirement itself, then its hashes."""
    found: list[list[str]] = []
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if line[0].isspace():
            found[-1].append(line.strip())
        else:
            found.append([line])
    return found


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def names(text: str) -> set[str]:
    return {normal(re.split(r"[=\[ ]", entry[0], maxsplit=1)[0]) for entry in entries(text)}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_requirement_has_a_version_and_hashes(root: Path, lock: str) -> None:
    found = entries((root / lock).read_text("utf-8"))
    assert len(found) > 20
    for first, *hashes in found:
        assert re.match(r"[\w.\[\]-]+==[^\s;]+", first), first
        assert hashes, first
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}( \\)?", line) for line in hashes), first


@pytest.mark.parametrize("lock", LOCKS)
def test_what_the_project_asks_for_is_locked(root: Path, lock: str) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["build"]]
    if "dev" in lock:
        wanted += project["project"]["optional-dependencies"]["dev"]
    missing = {normal(re.split(r"[<>=\[; ]", one, maxsplit=1)[0]) for one in wanted} - names((root / lock).read_text())
    assert not missing


def test_tests_run_with_the_versions_that_users_get(root: Path) -> None:
    users, tests = ({entry[0].rstrip(" \\") for entry in entries((root / lock).read_text("utf-8"))} for lock in LOCKS)
    assert users <= tests

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
#: What git leaves out; needed where the tests run on a copy without its history.
UNTRACKED = {".git", ".venv", "__pycache__", "_build", "demo", "build", "dist", "out"}


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def tree() -> dict[str, bytes]:
    """Every file of the project that git would commit, by its path."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode == 0 and listed.stdout:
        paths = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    else:
        paths = [
            path
            for path in ROOT.rglob("*")
            if not UNTRACKED & set(path.relative_to(ROOT).parts)
            and not any(part.endswith(("_cache", ".egg-info")) for part in path.parts)
        ]
    return {str(path.relative_to(ROOT)): path.read_bytes() for path in paths if path.is_file()}

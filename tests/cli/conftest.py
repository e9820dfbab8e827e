from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ARTICLE = """Miners in Kazakhstan
Almaty, 3 March 2025

Kazakhstan produced 6.1 million tonnes of chromite in 2024.
Upper Kairakty holds 1.216 million tonnes of tungsten trioxide.
"""

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, "utf-8")
    return path


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run the command line as users do, in an empty folder and without their settings."""
    settings = {name: value for name, value in os.environ.items() if not name.startswith("LODECLAIM_")}

    def go(*arguments: object, check: int | None = None, **more: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "lodeclaim", *map(str, arguments)],
            cwd=tmp_path,
            env=settings | more,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=180,
            check=False,
        )
        if check is not None:
            assert done.returncode == check, done.stderr
        return done

    return go


@pytest.fixture
def ledger(run: Run, article: Path, tmp_path: Path) -> Path:
    path = tmp_path / "supply.sqlite"
    run("read", article, "--ledger", path, "--format", "none", check=0)
    return path

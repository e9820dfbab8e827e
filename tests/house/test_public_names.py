"""The public names are one short, sorted list, and cost nothing until they are used."""

from __future__ import annotations

import subprocess
import sys

import lodeclaim

PUBLIC = [
    "Batch",
    "Brief",
    "Claim",
    "Document",
    "Failure",
    "Figure",
    "Ledger",
    "LodeclaimError",
    "Reading",
    "Source",
    "Vocabulary",
    "__version__",
    "brief",
    "load_vocabulary",
    "read",
    "read_each",
]
HEAVY = ["polars", "sqlalchemy", "trafilatura", "httpx", "pypdf", "py3langid", "jinja2", "rich", "click", "yaml"]


def test_the_list_of_public_names() -> None:
    assert lodeclaim.__all__ == PUBLIC == sorted(PUBLIC)
    assert dir(lodeclaim) == PUBLIC


def test_every_public_name_is_there_and_documented() -> None:
    for name in PUBLIC:
        value = getattr(lodeclaim, name)
        assert isinstance(value, str) or value.__doc__, name


def test_another_name_is_an_error() -> None:
    assert not hasattr(lodeclaim, "nothing_of_this_name")


def loaded_by(code: str) -> set[str]:
    script = f"import sys\n{code}\nprint(*sorted(m for m in sys.modules if '.' not in m))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split())


def test_importing_lodeclaim_loads_nothing_heavy() -> None:
    assert not loaded_by("import lodeclaim") & set(HEAVY)


def test_the_command_line_starts_without_heavy_libraries() -> None:
    assert not loaded_by("import lodeclaim.cli.main") & (set(HEAVY) - {"click"})

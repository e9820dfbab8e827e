"""What the files of the project may be and hold."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path, PurePosixPath

LONGEST = 450
VAGUE = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}
# Spelled in pieces, so that these lines do not find themselves.
MACHINE = re.compile(
    "|".join(["/" + "work/", "/" + "farm/", "/tmp/" + "bash_jobs", r"/home/\w+/", r"/Us" + r"ers/\w+/"]).encode()
)
REGISTRY = re.compile(
    "|".join(
        [
            r"pypi\." + "org",
            r"pythonhosted\." + "org",
            "--(extra-)?index-" + "url[ =]",
            "--find-" + "links[ =]",
            r"https?://[^ \"]*/" + r"simple/?[\"/ ]",
            r"https?://[^ \"]*\.(whl|tgz)[\"#?]",
        ]
    ).encode()
)


def lines_with(pattern: re.Pattern[bytes], tree: dict[str, bytes]) -> list[str]:
    return [
        f"{path}:{number}: {line.decode(errors='replace').strip()[:100]}"
        for path, data in tree.items()
        if b"\0" not in data[:4096]
        for number, line in enumerate(data.splitlines(), 1)
        if pattern.search(line)
    ]


def test_the_tree_is_seen(tree: dict[str, bytes]) -> None:
    assert {"pyproject.toml", "Makefile", "README.md", "src/lodeclaim/__init__.py"} <= set(tree)


def test_no_file_of_code_is_too_long(tree: dict[str, bytes]) -> None:
    long = {p: data.count(b"\n") for p, data in tree.items() if p.endswith(".py") and data.count(b"\n") > LONGEST}
    assert not long


def test_no_file_has_a_name_that_says_nothing(tree: dict[str, bytes]) -> None:
    vague = [p for p in tree if {part.partition(".")[0] for part in PurePosixPath(p).parts} & VAGUE]
    assert not vague


def test_no_path_of_one_machine_stands_in_the_tree(tree: dict[str, bytes]) -> None:
    assert not lines_with(MACHINE, tree)


def test_no_package_registry_stands_in_the_tree(tree: dict[str, bytes]) -> None:
    assert not lines_with(REGISTRY, tree)


def test_the_patterns_find_what_they_are_for() -> None:
    assert MACHINE.search(b"see /ho" + b"me/someone/notes")
    assert REGISTRY.search(b"from https://files.python" + b"hosted.org/x")


def test_imports_only_go_down(root: Path) -> None:
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([program, "--no-cache"], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_every_module_says_what_it_is_for(tree: dict[str, bytes]) -> None:
    mute = [
        path
        for path, data in tree.items()
        if path.startswith("src/") and path.endswith(".py") and not data.lstrip().startswith(b'"""')
    ]
    assert not mute

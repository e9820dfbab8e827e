"""Documentation is complete and true: commands, predicates, both make targets, the Python names."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click

import lodeclaim
from lodeclaim.cli.main import commands
from lodeclaim.vocabulary.load import load_vocabulary


def walk(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            assert child is not None, name
            yield from walk(child, f"{path} {name}")


def test_the_reference_is_not_stale(root: Path) -> None:
    done = subprocess.run(
        [sys.executable, "tools/generate_reference.py", "--check"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_every_command_is_documented_with_examples(root: Path) -> None:
    page = (root / "docs" / "commands.md").read_text("utf-8")
    for name, command in walk(commands, "lodeclaim"):
        assert f"### `{name}`" in page
        assert command.help, name
        assert "Examples:" in (command.epilog or ""), name
        for option in command.params:
            assert isinstance(option, click.Argument) or getattr(option, "help", None), f"{name} {option.name}"


def test_every_predicate_is_documented(root: Path) -> None:
    page = (root / "docs" / "commands.md").read_text("utf-8")
    predicates = load_vocabulary().predicates
    assert len(predicates) > 20
    assert all(f"| `{name}` |" in page for name in predicates)


def test_the_readme_shows_both_commands_first(root: Path) -> None:
    first_screen = "\n".join((root / "README.md").read_text("utf-8").splitlines()[:25])
    assert "make demo" in first_screen
    assert "make test" in first_screen


def test_the_makefile_has_what_the_readme_and_the_pages_name(root: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (root / "Makefile").read_text("utf-8"), re.MULTILINE))
    pages = [root / "README.md", *sorted((root / "docs").glob("*.md"))]
    named = {
        target for page in pages for target in re.findall(r"^make ([a-z]+)", page.read_text("utf-8"), re.MULTILINE)
    }
    assert {"demo", "test"} <= named <= targets


def test_the_pages_link_to_files_that_are_there(root: Path) -> None:
    for page in [root / "README.md", root / "THIRD_PARTY.md", *sorted((root / "docs").glob("*.md"))]:
        for target in re.findall(r"\]\(([^)#\s]+)\)", page.read_text("utf-8")):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_every_page_is_in_the_table_of_contents(root: Path) -> None:
    listed = set(re.findall(r"^[a-z-]+$", (root / "docs" / "index.md").read_text("utf-8"), re.MULTILINE))
    assert {page.stem for page in (root / "docs").glob("*.md")} - {"index"} <= listed


def test_the_python_shown_uses_names_that_exist(root: Path) -> None:
    for page in (root / "README.md", root / "docs" / "python.md", root / "docs" / "ledger.md"):
        for block in re.findall(r"```python\n(.*?)```", page.read_text("utf-8"), re.DOTALL):
            compile(block, page.name, "exec")
            for name in re.findall(r"\blc\.(\w+)", block):
                assert name in lodeclaim.__all__, f"{page.name}: lc.{name}"


def test_the_licence_is_the_whole_apache_licence(root: Path) -> None:
    text = (root / "LICENSE").read_text("utf-8")
    assert text.split()[:4] == ["Apache", "License", "Version", "2.0,"]
    assert "9. Accepting Warranty or Additional Liability" in text
    assert "END OF TERMS AND CONDITIONS" in text

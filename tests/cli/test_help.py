"""Every command explains itself, quickly and with examples; wrong use is an error with exit code 2."""

from __future__ import annotations

import click
import pytest
from click.testing import CliRunner

from lodeclaim import __version__
from lodeclaim.cli.main import commands

NAMES = [
    *(
        "brief",
        "claim",
        "claims",
        "conflicts",
        "deals",
        "decide",
        "indicators",
        "languages",
        "ledger",
        "materials",
        "read",
        "review",
    ),
    *("settle", "sources", "statistics", "trace", "undo", "version"),
]
STATISTICS = [["statistics", "list"], ["statistics", "build"]]
LEDGER = [["ledger", name] for name in ("init", "migrate", "check", "backup", "export", "import")]


def test_the_commands() -> None:
    assert commands.list_commands(click.Context(commands)) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_the_list_says_what_the_command_says_of_itself(name: str) -> None:
    """The list is written without loading the commands, so it has their words in its own place."""
    context = click.Context(commands)
    found = commands.get_command(context, name)
    assert found is not None and found.name == name
    assert f"  {name:<12}{found.get_short_help_str(limit=90)}\n" in commands.get_help(context) + "\n"


@pytest.mark.parametrize("path", [*([name] for name in NAMES), *STATISTICS, *LEDGER, []])
def test_help_has_examples(path: list[str]) -> None:
    result = CliRunner().invoke(commands, [*path, "--help"])
    assert result.exit_code == 0
    assert "Examples:\n" in result.output
    assert "  lodeclaim " in result.output.partition("Examples:")[2]


def test_version() -> None:
    assert CliRunner().invoke(commands, ["--version"]).output == f"lodeclaim {__version__}\n"
    listed = CliRunner().invoke(commands, ["version"]).output
    assert listed.startswith(f"lodeclaim {__version__}\nPython 3.")
    assert "polars " in listed


@pytest.mark.parametrize(
    "arguments",
    [["read"], ["brief"], ["claim"], ["claims", "--format", "xml"], ["nothing"], ["statistics", "build"]],
)
def test_wrong_use_is_exit_code_2(arguments: list[str]) -> None:
    result = CliRunner().invoke(commands, arguments)
    assert result.exit_code == 2
    assert "Usage:" in result.output

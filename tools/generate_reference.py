"""Write docs/commands.md from the commands and the vocabulary; ``--check`` tells whether it is up to date."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click

from lodeclaim.cli.main import commands
from lodeclaim.vocabulary.load import Vocabulary, load_vocabulary

PAGE = Path(__file__).resolve().parent.parent / "docs" / "commands.md"
#: Help is laid out for this many columns, whatever the terminal that writes the page.
WIDTH = 88


def page() -> str:
    """The whole page."""
    words = load_vocabulary()
    parts = [
        "<!-- Written by tools/generate_reference.py (`make reference`); changes made here are lost. -->",
        "# Commands and vocabulary",
        "## Commands",
        *_commands(),
        "## Predicates",
        "What a claim can say. *Kinds* refine it; *units* are the dimensions its value may have.",
        _table(
            ("predicate", "meaning", "units", "kinds"),
            (
                (f"`{one.id}`", one.definition, ", ".join(one.units), ", ".join(one.kinds))
                for one in words.predicates.values()
            ),
        ),
        "## Stages",
        _table(("stage", "meaning", "source"), ((f"`{o.id}`", o.definition, o.source) for o in words.stages.values())),
        "## Instruments",
        "Forms of money or bond. *Firmness* runs from 1 (talks) to 8 (paid out).",
        _table(
            ("instrument", "meaning", "firmness"),
            ((f"`{one.id}`", one.definition, str(one.firmness)) for one in words.instruments.values()),
        ),
        "## Units",
        "Values are kept in the canonical unit of their dimension. Currencies are not converted into each other.",
        _table(("unit", "name", "dimension", "times", "gives"), _units(words)),
        "## Materials",
        f"{len(words.materials)} materials and groups, with the legal lists they stand on.",
        _table(
            ("material", "name", "symbol", "kind", "lists"),
            (
                (f"`{o.id}`", o.name, o.symbol or "", o.kind, ", ".join(sorted({entry.list for entry in o.lists})))
                for o in words.materials.values()
            ),
        ),
        "## Languages",
        "Documents in these languages are read.",
        _table(("code", "language"), _languages(words)),
    ]
    return "\n\n".join(parts) + "\n"


def walk(command: click.Command, path: Sequence[str]) -> Iterator[tuple[str, click.Command]]:
    """Yield (full name, command) for a command and all below it."""
    yield " ".join(path), command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in sorted(command.list_commands(context)):
            child = command.get_command(context, name)
            assert child is not None
            yield from walk(child, [*path, name])


def _commands() -> Iterator[str]:
    for name, command in walk(commands, ["lodeclaim"]):
        context = click.Context(command, info_name=name, max_content_width=WIDTH, terminal_width=WIDTH)
        yield f"### `{name}`"
        yield f"```text\n{command.get_help(context).rstrip()}\n```"


def _units(words: Vocabulary) -> Iterator[tuple[str, ...]]:
    for one in words.units.values():
        if one.dimension != "money":
            yield f"`{one.id}`", one.name, one.dimension, f"{one.factor:.10g}", f"`{one.canonical}`"
    money = [one.id for one in words.units.values() if one.dimension == "money"]
    if money:
        yield ", ".join(f"`{code}`" for code in money), "currencies", "money", "1", "itself"


def _languages(words: Vocabulary) -> Iterator[tuple[str, str]]:
    import yaml

    for folder in sorted((words.root / "languages").iterdir()):
        # Only a language with words of the field is read; locale data alone does not make claims.
        if (folder / "field.yaml").is_file():
            cldr = yaml.safe_load((folder / "cldr.yaml").read_text("utf-8"))
            yield f"`{cldr['code']}`", cldr["name"]


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; exit code 1 where the page is stale")
    wanted = page()
    if parser.parse_args().check:
        if PAGE.read_text("utf-8") == wanted:
            return 0
        sys.stderr.write("docs/commands.md is stale: run `make reference`\n")
        return 1
    PAGE.write_text(wanted, "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

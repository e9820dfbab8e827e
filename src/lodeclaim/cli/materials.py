"""``lodeclaim materials``: the materials lodeclaim knows, and whether its vocabulary holds together."""

from __future__ import annotations

from pathlib import Path

import click

from lodeclaim.cli.options import format_option

__all__ = ["materials"]


@click.command(
    short_help="The materials lodeclaim knows.",
    epilog="""\b
Examples:
  lodeclaim materials
  lodeclaim materials --format csv > materials.csv
  lodeclaim materials --check""",
)
@format_option("table", "jsonl", "csv")
@click.option("--check", is_flag=True, help="Check every vocabulary file and name what breaks a rule.")
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=None,
    help="Folder of the vocabulary to check. [default: the bundled one]",
)
@click.pass_context
def materials(context: click.Context, form: str, check: bool, root: Path | None) -> None:
    """List the materials of the vocabulary with the legal lists they stand on.

    With --check every file is read strictly; each problem is one line, file:line: message, and the exit code
    is 1 where there are any.
    """
    if check:
        context.exit(_check(root))
    from lodeclaim.vocabulary.load import Vocabulary, load_vocabulary

    vocabulary = Vocabulary(root) if root else load_vocabulary()
    rows = [
        {
            "id": material.id,
            "name": material.name,
            "symbol": material.symbol or "",
            "kind": material.kind,
            "lists": ", ".join(sorted(listing.list for listing in material.lists)),
        }
        for material in vocabulary.materials.values()
    ]
    from lodeclaim.cli.tables import print_rows

    print_rows(rows, form)


def _check(root: Path | None) -> int:
    from lodeclaim.vocabulary.check import check
    from lodeclaim.vocabulary.load import DATA

    problems = list(check(root or DATA))
    for problem in problems:
        click.echo(f"{problem.file}:{problem.line}: {problem.message}")
    click.echo("The vocabulary holds together." if not problems else f"{len(problems)} problems.", err=True)
    return 1 if problems else 0

"""Plain rows on standard output: a table for people, JSON lines or CSV for programs."""

from __future__ import annotations

import csv
import sys
from collections.abc import Sequence
from typing import Any

import click

__all__ = ["print_rows"]


def print_rows(rows: Sequence[dict[str, Any]], form: str, *, columns: Sequence[str] | None = None) -> None:
    """Print rows that share their keys; ``columns`` names them where there may be no row."""
    names = list(columns or (rows[0] if rows else ()))
    if form == "jsonl":
        import msgspec

        for row in rows:
            sys.stdout.write(msgspec.json.encode(row).decode() + "\n")
    elif form == "csv":
        writer = csv.DictWriter(sys.stdout, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    elif not rows:
        click.echo("nothing found")
    else:
        _table(rows, names)


def _table(rows: Sequence[dict[str, Any]], names: Sequence[str]) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from lodeclaim.cli.printing import show

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in names:
        numeric = all(isinstance(row[name], int | float) for row in rows)
        table.add_column(name.replace("_", " "), justify="right" if numeric else "left")
    for row in rows:
        table.add_row(*(Text("" if row[name] is None else str(row[name])) for name in names))
    show(table)

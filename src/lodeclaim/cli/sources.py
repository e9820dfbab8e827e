"""``lodeclaim sources``: who said what a ledger holds."""

from __future__ import annotations

import click

from lodeclaim.cli.options import format_option, ledger_option, open_ledger

__all__ = ["sources"]


@click.command(
    short_help="Who said what the ledger holds.",
    epilog="""\b
Examples:
  lodeclaim sources --ledger supply.sqlite
  lodeclaim sources --format csv > sources.csv""",
)
@ledger_option
@format_option("table", "jsonl", "csv")
def sources(ledger: str | None, form: str) -> None:
    """List the sources of a ledger: title, publisher, language, date, and how the date is known."""
    from lodeclaim.cli.tables import print_rows

    columns = ["id", "kind", "title", "publisher", "language", "published", "published_basis", "address"]
    if form != "table":
        columns += ["licence", "citation", "sha256"]
    with open_ledger(ledger) as held:
        rows = [{name: getattr(source, name) for name in columns} for source in held.sources()]
    print_rows(rows, form, columns=columns)

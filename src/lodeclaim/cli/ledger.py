"""``lodeclaim ledger``: make, mend, check, copy, export and import a ledger."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from lodeclaim.cli.deciding import as_of_option, material_option, open_own_ledger, own_ledger_name
from lodeclaim.cli.options import format_option, ledger_option

__all__ = ["ledger"]

_FORMATS = ("jsonl", "csv", "parquet", "xlsx", "jsonld", "ftm", "ftm-statements", "datapackage")


@click.group(
    short_help="Make, check, copy and move a ledger.",
    epilog="""\b
Examples:
  lodeclaim ledger init --ledger supply.sqlite
  lodeclaim ledger check --ledger supply.sqlite
  lodeclaim ledger backup before.sqlite --ledger postgresql+psycopg://host/supply""",
)
def ledger() -> None:
    """Look after a ledger: a SQLite file, or a PostgreSQL database by its address."""


@ledger.command(
    "init",
    short_help="Make an empty ledger.",
    epilog="""\b
Examples:
  lodeclaim ledger init --ledger supply.sqlite
  lodeclaim ledger init --ledger postgresql+psycopg://host/supply""",
)
@ledger_option
def init(ledger: str | None) -> None:
    """Make an empty ledger; one that is there already is left as it is."""
    from lodeclaim.ledger.store import Ledger

    name = own_ledger_name(ledger)
    there = "://" not in name and Path(name).expanduser().is_file()
    with Ledger.open(name) as held:
        click.echo(f"{held.where}: {'there already, left as it is' if there else 'ready'}")


@ledger.command(
    "migrate",
    short_help="Bring a ledger to the present version.",
    epilog="""\b
Examples:
  lodeclaim ledger migrate --ledger supply.sqlite
  lodeclaim ledger migrate --ledger postgresql+psycopg://host/supply --backup before.sqlite""",
)
@ledger_option
@click.option(
    "--backup",
    type=click.Path(dir_okay=False, path_type=Path),
    default=None,
    help="File to copy the ledger to first. [default: a dated file beside it]",
)
def migrate(ledger: str | None, backup: Path | None) -> None:
    """Bring a ledger to the present version, forward only. It is copied first; a failed step leaves it as it was."""
    from lodeclaim.ledger.migrating import migrate as migrate_ledger

    done = migrate_ledger(own_ledger_name(ledger), backup=backup)
    if done.before == done.after:
        click.echo(f"Version {done.after} already.")
        return
    click.echo(f"Version {done.before} to {done.after}.")
    if done.backup is not None:
        click.echo(f"The ledger as it was: {done.backup}")


@ledger.command(
    "check",
    short_help="Look for damage.",
    epilog="""\b
Examples:
  lodeclaim ledger check --ledger supply.sqlite
  lodeclaim ledger check --format jsonl""",
)
@ledger_option
@format_option("table", "jsonl", "csv")
@click.pass_context
def check(context: click.Context, ledger: str | None, form: str) -> None:
    """Check rows, hashes, quotes at their places, and decisions; the exit code is 1 where anything is wrong."""
    from lodeclaim.cli.tables import print_rows
    from lodeclaim.ledger.checking import check as check_ledger

    with open_own_ledger(ledger) as held:
        problems = check_ledger(held)
        digest = held.content_hash()
    if form != "table" or problems:
        print_rows([{"problem": one} for one in problems], form, columns=["problem"])
    sound = "The ledger is sound." if not problems else f"{len(problems)} problems."
    click.echo(f"{sound} Content hash {digest}", err=bool(problems) or form != "table")
    context.exit(1 if problems else 0)


@ledger.command(
    "backup",
    short_help="Copy a whole ledger to a file.",
    epilog="""\b
Examples:
  lodeclaim ledger backup supply-2026-02-28.sqlite --ledger supply.sqlite
  lodeclaim ledger backup copy.sqlite --ledger postgresql+psycopg://host/supply""",
)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@ledger_option
def backup(file: Path, ledger: str | None) -> None:
    """Copy a ledger, as it is at this moment, to a new SQLite FILE, which opens as a ledger itself."""
    with open_own_ledger(ledger) as held:
        made = held.backup(file)
    click.echo(f"Written to {made}")


@ledger.command(
    "export",
    short_help="Write a ledger to a file of another format.",
    epilog="""\b
Examples:
  lodeclaim ledger export supply.jsonl --ledger supply.sqlite
  lodeclaim ledger export tungsten.xlsx --material tungsten --statistics
  lodeclaim ledger export package/ --format datapackage""",
)
@click.argument("file", type=click.Path(path_type=Path))
@ledger_option
@material_option
@click.option("--statistics", is_flag=True, help="The official statistics, too.")
@as_of_option
@click.option(
    "--format", "form", type=click.Choice(_FORMATS), default=None, help="Format. [default: by the ending of FILE]"
)
def export(
    *, file: Path, ledger: str | None, material: str | None, statistics: bool, as_of: str | None, form: str | None
) -> None:
    """Write FILE: jsonl restores a ledger exactly; csv, parquet, xlsx and datapackage are tables of claims.

    jsonld is linked data (PROV-O), ftm entities and ftm-statements are for FollowTheMoney. jsonl and jsonld hold
    the whole ledger and take no filter. A datapackage is a folder.
    """
    from lodeclaim.exports.export import export as write
    from lodeclaim.reports.brief import material_of

    filters: dict[str, Any] = {"as_of": as_of} if as_of is not None else {}
    if material is not None:
        filters |= {"material": material_of(material), "with_members": True}
    if statistics:
        filters["statistics"] = True
    with open_own_ledger(ledger) as held:
        written = write(held, file, form, **filters)
    click.echo(f"{written:,} records written to {file}")


@ledger.command(
    "import",
    short_help="Read back what export wrote as jsonl.",
    epilog="""\b
Examples:
  lodeclaim ledger import supply.jsonl --ledger restored.sqlite
  lodeclaim ledger import supply.jsonl --ledger postgresql+psycopg://host/supply""",
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@ledger_option
def import_(file: Path, ledger: str | None) -> None:
    """Put the records of FILE into a ledger, all or none; a missing ledger is made.

    An empty ledger is restored exactly, decisions with it. Another one keeps what it has and gets what it lacks.
    """
    from lodeclaim.exports.export import import_ledger
    from lodeclaim.ledger.store import Ledger

    with Ledger.open(own_ledger_name(ledger)) as held:
        done = import_ledger(held, file)
        digest = held.content_hash()
    new, known = sum(done.new.values()), sum(done.known.values())
    click.echo(f"{new:,} records new, {known:,} there already. Content hash {digest}")

"""``lodeclaim statistics``: the official statistics inside, and how they are made from the published files."""

from __future__ import annotations

from pathlib import Path

import click

from lodeclaim.cli.options import format_option

__all__ = ["statistics"]


@click.group(
    short_help="The official statistics inside.",
    epilog="""\b
Examples:
  lodeclaim statistics list
  lodeclaim statistics build --from downloads/ --out vintages/""",
)
def statistics() -> None:
    """See the official statistics that lodeclaim carries, or build them anew."""


@statistics.command(
    "list",
    short_help="The bundled vintages.",
    epilog="""\b
Examples:
  lodeclaim statistics list
  lodeclaim statistics list --format csv""",
)
@format_option("table", "jsonl", "csv")
def list_statistics(form: str) -> None:
    """List the bundled vintages with publisher, date, rows, licence and citation."""
    from lodeclaim.cli.tables import print_rows
    from lodeclaim.statistics.bundled import statistic_claims, vintages

    counts = dict(statistic_claims().select("source").collect()["source"].value_counts().iter_rows())
    rows = [
        {
            "id": one.id,
            "title": one.title,
            "publisher": one.publisher,
            "published": one.published,
            "claims": counts.get(one.id, 0),
            "licence": one.licence,
        }
        | ({"citation": one.citation} if form != "table" else {})
        for one in vintages()
    ]
    print_rows(rows, form)


@statistics.command(
    "build",
    short_help="Make vintages from published files.",
    epilog="""\b
Examples:
  lodeclaim statistics build --from downloads/
  lodeclaim statistics build --from downloads/ --out vintages/""",
)
@click.option(
    "--from",
    "folder",
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with the files as their publishers issue them.",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=None,
    help="Folder to write the vintages to. Without it nothing is written: the files are only checked.",
)
def build_statistics(folder: Path, out: Path | None) -> None:
    """Turn published tables into claims, one vintage a file, and say what became of every row.

    DIR holds the folders usgs_mcs, wgi and ec_crm_2023 with the files as their publishers issue them.
    """
    from lodeclaim.cli.tables import print_rows
    from lodeclaim.statistics.build import build

    rows = [
        {
            "source": report.source,
            "rows": report.rows,
            "claims": report.claims,
            "left_out": ", ".join(f"{count:,} {why}" for why, count in report.skipped.items()),
        }
        for report in build(folder, out)
    ]
    print_rows(rows, "table")
    click.echo(f"Written to {out}" if out else "Nothing was written; name a folder with --out.", err=True)

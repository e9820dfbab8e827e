"""``lodeclaim statistics``: the official statistics inside, those one loads, and what changed between two of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lodeclaim.cli.options import DEFAULT, VARIABLE, format_option, ledger_option

if TYPE_CHECKING:
    import polars as pl

__all__ = ["statistics"]

_LAYOUT = (
    "Layout of the file: an id of `lodeclaim statistics layouts`, or a layout file (.yaml). [default: by its header]"
)


@click.group(
    short_help="Official statistics: list, load, compare.",
    epilog="""\b
Examples:
  lodeclaim statistics list
  lodeclaim statistics load downloads/BGS_cobalt.csv --vintage 2023 --ledger supply.sqlite
  lodeclaim statistics diff usgs-mcs-2025 usgs-mcs-2026 --material antimony""",
)
def statistics() -> None:
    """See the official statistics that lodeclaim carries, load more, and compare two vintages."""


@statistics.command(
    "list",
    short_help="The vintages there are.",
    epilog="""\b
Examples:
  lodeclaim statistics list
  lodeclaim statistics list --ledger supply.sqlite --format csv""",
)
@ledger_option
@format_option("table", "jsonl", "csv")
def list_statistics(ledger: str | None, form: str) -> None:
    """List the vintages with publisher, date, number of claims and licence: bundled ones, then those loaded."""
    import polars as pl

    from lodeclaim.cli.tables import print_rows
    from lodeclaim.statistics.bundled import statistic_claims, vintages

    extra = _folder(ledger)
    several = vintages(extra)
    claims = statistic_claims([one.id for one in several], extra=extra)
    counts = dict(claims.group_by("source").agg(pl.len()).collect().iter_rows())
    bundled = {one.id for one in vintages()}
    rows = [
        {
            "id": one.id,
            "title": one.title,
            "publisher": one.publisher,
            "published": one.published,
            "claims": counts.get(one.id, 0),
            "licence": one.licence,
            "kept": "bundled" if one.id in bundled else "loaded",
        }
        | ({"citation": one.citation} if form != "table" else {})
        for one in several
    ]
    print_rows(rows, form)


@statistics.command(
    "layouts",
    short_help="The kinds of files that can be loaded.",
    epilog="""\b
Examples:
  lodeclaim statistics layouts""",
)
@format_option("table", "jsonl", "csv")
def list_layouts(form: str) -> None:
    """List the layouts of published files that `lodeclaim statistics load` knows."""
    from lodeclaim.cli.tables import print_rows
    from lodeclaim.statistics.loading import layouts

    print_rows([{"layout": name, "reads": title} for name, title in layouts().items()], form)


@statistics.command(
    "load",
    short_help="Load a published file.",
    epilog="""\b
Examples:
  lodeclaim statistics load BACI_HS92_Y2024_V202601.csv --ledger supply.sqlite
  lodeclaim statistics load wgidataset.xlsx --vintage 2023 --ledger supply.sqlite
  lodeclaim statistics load mine.csv --layout mine.yaml --vintage 2026""",
)
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@ledger_option
@click.option("--layout", default=None, metavar="LAYOUT", help=_LAYOUT)
@click.option("--vintage", default=None, metavar="EDITION", help="Edition, where the name of the file does not say it.")
@click.option("--replace", is_flag=True, help="Take the place of another file that is kept under the same name.")
@click.option("--check", is_flag=True, help="Keep nothing: say only what the file would give.")
def load_statistics(
    files: tuple[Path, ...], ledger: str | None, layout: str | None, vintage: str | None, replace: bool, check: bool
) -> None:
    """Turn files as their publishers issue them into claims, kept as vintages of a ledger.

    They lie as Parquet in a folder beside the ledger file, named after it, and are part of every answer from then on.
    """
    import os

    from lodeclaim.cli.tables import print_rows
    from lodeclaim.ledger.store import Ledger
    from lodeclaim.statistics.kept import folder_of, keep
    from lodeclaim.statistics.loading import load

    named = ledger or os.environ.get(VARIABLE) or DEFAULT
    rows, warnings = [], []
    for file in files:
        loaded = load(file, layout=layout, vintage=vintage)
        report = loaded.report
        rows.append(
            {
                "vintage": report.source,
                "layout": loaded.layout,
                "rows": report.rows,
                "claims": report.claims,
                "left_out": ", ".join(f"{count:,} {why}" for why, count in report.skipped.items()),
            }
        )
        warnings += [f"{report.source}: {warning}" for warning in report.warnings]
        if not check:
            Ledger.open(named).close()  # an empty ledger, where there is none yet: the vintages belong to it
            keep(loaded, folder_of(named), replace=replace)
    print_rows(rows, "table")
    for warning in warnings:
        click.echo(f"note: {warning}", err=True)
    click.echo("Nothing was kept." if check else f"Kept in {folder_of(named)}", err=True)


@statistics.command(
    "forget",
    short_help="Take a loaded vintage away.",
    epilog="""\b
Examples:
  lodeclaim statistics forget wmd-2026 --ledger supply.sqlite""",
)
@click.argument("vintage")
@ledger_option
def forget_statistics(vintage: str, ledger: str | None) -> None:
    """Take a vintage that was loaded away from a ledger; bundled ones stay."""
    import os

    from lodeclaim.statistics.kept import folder_of, forget

    forget(vintage, folder_of(ledger or os.environ.get(VARIABLE) or DEFAULT))
    click.echo(f"{vintage} is gone.", err=True)


@statistics.command(
    "diff",
    short_help="What changed between two vintages.",
    epilog="""\b
Examples:
  lodeclaim statistics diff usgs-mcs-2025 usgs-mcs-2026
  lodeclaim statistics diff usgs-mcs-2025 usgs-mcs-2026 --material antimony --format csv
  lodeclaim statistics diff usgs-mcs-2025 usgs-mcs-2026 --indicators""",
)
@click.argument("old")
@click.argument("new")
@ledger_option
@click.option("--material", default=None, metavar="MATERIAL", help="Only this material.")
@click.option("--indicators", is_flag=True, help="Show how concentration moves instead of the figures.")
@click.option("--limit", default=30, show_default=True, type=click.IntRange(min=1), help="Rows of a table for people.")
@format_option("table", "jsonl", "csv")
def diff_statistics(
    old: str, new: str, ledger: str | None, material: str | None, indicators: bool, limit: int, form: str
) -> None:
    """Show figures that NEW revises, adds or drops against OLD, largest revisions first, or indicators they move."""
    import polars as pl

    from lodeclaim.cli.naming import resolve
    from lodeclaim.cli.tables import print_rows
    from lodeclaim.statistics.bundled import statistic_claims
    from lodeclaim.statistics.changes import CHANGES, changes

    extra = _folder(ledger)
    tables = [statistic_claims([name], extra=extra) for name in (old, new)]
    if material is not None:
        wanted = resolve("material", (material,))
        tables = [table.filter(pl.col("material").is_in(wanted)) for table in tables]
    found = changes(*tables)
    if indicators:
        moved = found.filter(pl.col("predicate").is_in(["production", "share"]))
        print_rows(_moves(tables, moved, extra), form, columns=_MOVES)
        return
    counts = dict(found["change"].value_counts().iter_rows())
    if form == "table":
        shown = [_shown(row) for row in found.head(limit).iter_rows(named=True)]
        print_rows(shown, form, columns=["change", "what", "place", "period", "old", "new", "percent"])
        words = ", ".join(f"{counts.get(kind, 0):,} {kind}" for kind in ("revised", "added", "dropped"))
        rest = f"; {found.height - limit:,} more with --limit or --format csv" if found.height > limit else ""
        click.echo(f"{new} against {old}: {words}{rest}", err=True)
        return
    print_rows(found.to_dicts(), form, columns=CHANGES)


_MOVES = ("material", "stage", "period", "old_hhi", "new_hhi", "change", "old_top", "new_top")


def _moves(tables: list[pl.LazyFrame], moved: pl.DataFrame, extra: Path | None) -> list[dict[str, Any]]:
    """HHI and largest producer by stage and year of both vintages, where they differ; the largest change first."""
    import polars as pl

    from lodeclaim.indicators.concentration import concentration
    from lodeclaim.statistics.bundled import vintages

    sources = pl.DataFrame(
        [(one.id, "statistics", one.publisher, one.published) for one in vintages(extra)],
        schema=dict.fromkeys(("source", "origin", "publisher", "published"), pl.String()),
        orient="row",
    )
    frames = [table.collect().join(sources, on="source", how="left") for table in tables]
    rows = []
    subjects = moved.select("material", "stage", "period").drop_nulls().unique().sort("material", "stage", "period")
    for material, stage, period in subjects.iter_rows():
        if not period.isdigit():
            continue
        both = [concentration(frame, material, stage, year=int(period)) for frame in frames]
        values = [one.hhi.value for one in both]
        if values[0] is None or values[1] is None or abs(values[1] - values[0]) < 0.0005:
            continue
        tops = [f"{one.shares[0].place} {one.shares[0].figure.value or 0:.0f} %" if one.shares else "" for one in both]
        figures = [round(values[0], 3), round(values[1], 3), round(values[1] - values[0], 3)]
        rows.append(dict(zip(_MOVES, (material, stage, period, *figures, *tops), strict=True)))
    return sorted(rows, key=lambda row: -abs(row["change"]))


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    from lodeclaim.reconciliation.words import name_of

    words = (row["material"], row["predicate"], row["kind"], row["form"], row["stage"], row["basis"])
    place = name_of(row["place"]) if row["place"] else ""
    return {
        "change": row["change"],
        "what": " ".join(word for word in words if word),
        "place": place + (f" → {name_of(row['counterparty'])}" if row["counterparty"] else ""),
        "period": row["period"],
        "old": _number(row["old"], row["old_says"], row["unit"]),
        "new": _number(row["new"], row["new_says"], row["unit"]),
        "percent": "" if row["percent"] is None else f"{row['percent']:+.0f} %",
    }


def _number(value: float | None, says: str | None, unit: str | None) -> str:
    sign = (says or "").split(" ")[0]
    if value is None:
        return says or "–"
    return f"{sign if sign in ('<', '>', '<=', '>=') else ''}{value:,.6g} {unit or ''}".strip()


def _folder(ledger: str | None) -> Path | None:
    """The folder of vintages loaded into the ledger that is meant, where there is one."""
    import os

    from lodeclaim.statistics.kept import folder_of

    named = ledger or os.environ.get(VARIABLE) or DEFAULT
    if "://" in named:
        return None
    folder = folder_of(named)
    return folder if folder.is_dir() else None


@statistics.command(
    "build",
    short_help="Make the bundled vintages anew.",
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

    The folder holds usgs_mcs, wgi, ec_crm_2023 and baci with the files as their publishers issue them.
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


@statistics.command(
    "reliance",
    short_help="Recompute the published US net import reliance.",
    epilog="""\b
Examples:
  lodeclaim statistics reliance MCS2026_Commodities_Data.csv
  lodeclaim statistics reliance MCS2026_Commodities_Data.csv --status differs
  lodeclaim statistics reliance MCS2026_Commodities_Data.csv --format csv""",
)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option(
    "--status",
    type=click.Choice(["agrees", "differs", "cannot be computed", "not published"]),
    default=None,
    help="Only these rows.",
)
@format_option("table", "jsonl", "csv")
def reliance_of_release(file: Path, status: str | None, form: str) -> None:
    """Recompute every net import reliance in a data release of the Mineral Commodity Summaries.

    All commodities of the file are covered, whether or not they are in the vocabulary; each row has its reason.
    """
    from lodeclaim.cli.tables import print_rows
    from lodeclaim.indicators.release_reliance import recompute_release
    from lodeclaim.indicators.us_reliance import agreement

    found = recompute_release(file)
    rows = [
        {
            "material": row["material"],
            "form": row["form"],
            "year": row["year"],
            "published": _percent(row["published"], row["comparator"]),
            "recomputed": None if row["recomputed"] is None else round(row["recomputed"], 1),
            "status": row["status"],
            "reason": row["reason"],
        }
        | ({"claims": " ".join(row["claims"])} if form != "table" else {})
        for row in found.iter_rows(named=True)
        if status in (None, row["status"])
    ]
    print_rows(rows, form)
    click.echo(", ".join(f"{count:,} {one}" for one, count in agreement(found).items()), err=True)


def _percent(value: float | None, comparator: str | None) -> str | None:
    if value is None:
        return None
    return f"{'' if comparator == '=' else comparator}{value:g}"

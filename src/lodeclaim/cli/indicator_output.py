"""Rows of indicators on standard output or in a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lodeclaim.cli.tables import print_rows
from lodeclaim.core.errors import LodeclaimError

if TYPE_CHECKING:
    from lodeclaim.indicators.moves import Explanation

__all__ = ["print_explanation", "print_indicator", "write_table"]

FORMATS = ("table", "jsonl", "csv", "xlsx", "parquet")
_EFFECT = ("claim", "predicate", "change", "without", "without_low", "without_high", "published", "sentence")
#: Formats that cannot be printed.
_FILES = ("xlsx", "parquet")


def print_indicator(rows: Iterable[Mapping[str, Any]], form: str, save: Path | None) -> None:
    """Print the rows, or write them to ``save`` where the format is a file's.

    The table shows what fits; jsonl, csv, xlsx and parquet hold every column, the ids of the claims among them.
    """
    found = [dict(row) for row in rows]
    if form in _FILES:
        if save is None:
            raise click.UsageError(f"--format {form} needs --save FILE.{form}")
        write_table(found, form, save)
        click.echo(f"{len(found)} rows written to {save}", err=True)
    elif form == "table":
        print_rows([_shown(row) for row in found], "table")
    else:
        print_rows(found, form)


def write_table(rows: Sequence[Mapping[str, Any]], form: str, path: Path) -> None:
    """Write rows as one sheet of a workbook or as Parquet."""
    import polars as pl

    from lodeclaim.exports.placing import placed
    from lodeclaim.exports.tables import write_parquet

    if not rows:
        raise LodeclaimError("there is nothing to write", where=str(path), remedy="Loosen what you ask for")
    numbers = {"value", "low", "high", "indication", "change", "without"}
    schema = {name: pl.Float64 if name in numbers else pl.String for name in rows[0]}
    frame = pl.DataFrame(list(rows), schema=schema)
    if form == "parquet":
        write_parquet(frame, path)
        return
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with placed(path) as part, xlsxwriter.Workbook(str(part), options) as book:
        sheet = book.add_worksheet("Indicator")
        head = book.add_format({"bold": True, "bottom": 1})
        for column, name in enumerate(frame.columns):
            sheet.write_string(0, column, name, head)
            for row, value in enumerate(frame[name], start=1):
                if value is None:
                    continue
                if isinstance(value, float):
                    sheet.write_number(row, column, value)
                else:
                    sheet.write_string(row, column, value[:32_767])
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, frame.height, len(frame.columns) - 1)


def print_explanation(found: Explanation, form: str) -> None:
    """Print what each claim does to an indicator, with its sentence."""
    rows = [
        {
            "claim": one.claim,
            "predicate": one.predicate,
            "change": None if one.change is None else round(one.change, 6),
            "without": None if one.without.value is None else round(one.without.value, 6),
            "without_low": None if one.without.low is None else round(one.without.low, 6),
            "without_high": None if one.without.high is None else round(one.without.high, 6),
            "published": one.published,
            "sentence": one.sentence or one.quote,
        }
        for one in found.effects
    ]
    if form == "table":
        click.echo(f"Without any document: {_number(found.before)}; with all: {_number(found.after)}")
        if rows:
            print_rows(rows, form)
        else:
            click.echo("No claim of a document moves it.")
        for aside in found.set_aside:
            click.echo(f"Set aside: {aside.claim} ({aside.quote}): {aside.set_aside}")
        if found.left_out:
            click.echo(f"{found.left_out} more claims are in the number and were not taken out one by one.")
        return
    print_rows(rows, form, columns=_EFFECT)


def _number(figure: Any) -> str:
    if figure.value is None:
        return f"cannot be computed, missing {figure.missing}"
    ends = "" if figure.low is None or figure.high is None else f" ({figure.low:.4g} to {figure.high:.4g})"
    return f"{figure.value:.4g}{ends}"


def _shown(row: Mapping[str, Any]) -> dict[str, Any]:
    """The columns that fit a screen; numbers to four digits, what is missing in the place of the number."""
    value, low, high = row["value"], row["low"], row["high"]
    span = "" if low is None or high is None or low == high else f"{low:.4g} to {high:.4g}"
    name = " ".join(str(one) for one in (row["material"], row["form"]) if one)
    said = f"missing {_short(row['missing'])}" if value is None and row["missing"] else row["verdict"]
    if "indicated" in row:
        number = "" if row["indication"] is None else f" ({row['indication']:.3g} % of sourcing)"
        missing = f", missing {_short(row['missing'])}" if row["missing"] else ""
        return {
            "material": name,
            "benchmark": row["measure"],
            "stage": row["stage"],
            "status": f"{row['verdict']}{missing}",
            "indicated": f"{row['indicated']}{number}",
            "largest": row["place"],
            "period": row["period"],
        }
    return {
        "material": name,
        "stage": row["stage"],
        "place": row["place"],
        "measure": row["measure"],
        "period": row["period"],
        "value": "" if value is None else f"{value:.4g}",
        "interval": span,
        "unit": row["unit"],
        "verdict": said,
    }


def _short(words: str, most: int = 90) -> str:
    return words if len(words) <= most else words[: most - 1].rsplit(" ", 1)[0] + " …"

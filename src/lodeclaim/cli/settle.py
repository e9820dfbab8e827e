"""``lodeclaim settle``: the value that each slot comes to, with its interval and the claims behind it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from lodeclaim.cli.deciding import as_of_option
from lodeclaim.cli.options import format_option, ledger_option, open_ledger

__all__ = ["settle"]


@click.command(
    short_help="What values come to.",
    epilog="""\b
Examples:
  lodeclaim settle tungsten --predicate reserve --ledger supply.sqlite
  lodeclaim settle tungsten --place Kazakhstan --as-of 2026-02-28
  lodeclaim settle cobalt --predicate production --format csv > cobalt.csv""",
)
@click.argument("material")
@ledger_option
@click.option("--predicate", multiple=True, help="What is said, such as production or reserve.")
@click.option("--place", multiple=True, help="Country or group, by name or code.")
@click.option("--site", multiple=True, help="Deposit, mine, plant or project, by any of its names.")
@click.option("--disputed", is_flag=True, help="Only values that claims disagree on.")
@click.option(
    "--policy",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    default=None,
    help="File with other rules for which claim gives the value.",
)
@as_of_option
@click.option("--limit", type=click.IntRange(min=0), default=60, show_default=True, help="Rows of the table; 0: all.")
@format_option("table", "jsonl", "csv")
def settle(
    *,
    material: str,
    ledger: str | None,
    predicate: tuple[str, ...],
    place: tuple[str, ...],
    site: tuple[str, ...],
    disputed: bool,
    policy: Path | None,
    as_of: str | None,
    limit: int,
    form: str,
) -> None:
    """Settle what is said of a material: one row a slot, with value, interval, reasons and claims.

    `lodeclaim trace ID` opens the claims behind a row and their quotes. --limit holds for the table only.
    """
    from lodeclaim.cli.naming import resolve
    from lodeclaim.cli.tables import print_rows
    from lodeclaim.reconciliation.policy import load_policy
    from lodeclaim.reconciliation.settle import settle as settle_all
    from lodeclaim.reconciliation.trace import slot_id
    from lodeclaim.reconciliation.words import slot_in_words
    from lodeclaim.reports.brief import material_of

    filters: dict[str, Any] = {
        "predicate": resolve("predicate", predicate),
        "place": resolve("place", place),
        "site": resolve("site", site),
    }
    with open_ledger(ledger) as held:
        frame = held.claims(material=material_of(material), with_members=True, as_of=as_of)
    rows: list[dict[str, Any]] = [
        {
            "id": slot_id(one.key),
            "slot": slot_in_words(one.key),
            "value": one.figure.value,
            "low": one.figure.low,
            "high": one.figure.high,
            "unit": one.figure.unit,
            "period": one.figure.period,
            "preferred": one.preferred,
            "rule": one.rule,
            "disagreement": one.disagreement.kind if one.disagreement else None,
            "missing": one.figure.missing,
            "reasons": list(one.figure.reasons),
            "claims": list(one.figure.claims),
        }
        for one in settle_all(frame, policy=load_policy(policy))
        if all(not wanted or getattr(one.key, slot) in wanted for slot, wanted in filters.items())
        and (one.disagreement or not disputed)
    ]
    columns = ["id", "slot", "value", "low", "high", "unit", "period", "preferred", "rule", "disagreement", "missing"]
    columns += ["reasons", "claims"]
    if form == "jsonl":
        print_rows(rows, form)
    elif form == "csv":
        flat = [row | {"reasons": "; ".join(row["reasons"]), "claims": " ".join(row["claims"])} for row in rows]
        print_rows(flat, form, columns=columns)
    else:
        shown = rows[:limit] if limit else rows
        print_rows([_short(row) for row in shown], form)
        if len(shown) < len(rows):
            click.echo(f"{len(shown)} of {len(rows):,} values; --limit 0 shows all.", err=True)


def _short(row: dict[str, Any]) -> dict[str, Any]:
    from lodeclaim.reconciliation.words import number

    value, low, high = (None if row[name] is None else number(row[name]) for name in ("value", "low", "high"))
    reach = f"{low or '…'} to {high or '…'}" if low != high else ""
    return {
        "id": row["id"],
        "slot": row["slot"],
        "value": value or row["missing"],
        "unit": row["unit"],
        "interval": reach,
        "claims": len(row["claims"]),
        "disagreement": row["disagreement"],
    }

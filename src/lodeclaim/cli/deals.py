"""``lodeclaim deals``: who pays, lends and agrees, each deal once, and what deals come to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lodeclaim.cli.deciding import as_of_option, material_option
from lodeclaim.cli.options import format_option, ledger_option, open_ledger

if TYPE_CHECKING:
    from lodeclaim.claims.figure import Figure
    from lodeclaim.reconciliation.deal_model import Deal, DealTotal

__all__ = ["deals"]


@click.command(
    short_help="Deals, each once, and what they come to.",
    epilog="""\b
Examples:
  lodeclaim deals --ledger supply.sqlite
  lodeclaim deals --material tungsten --totals bloc
  lodeclaim deals --why --format jsonl > deals.jsonl""",
)
@ledger_option
@material_option
@click.option(
    "--totals",
    type=click.Choice(["all", "bloc", "country", "material"]),
    default=None,
    help="Show what deals come to instead, by bloc, country or material.",
)
@click.option("--why", is_flag=True, help="Say for each deal why its claims are together.")
@click.option(
    "--rules",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    default=None,
    help="File with another firmness ladder and other evidence points.",
)
@as_of_option
@format_option("table", "jsonl", "csv")
def deals(
    *,
    ledger: str | None,
    material: str | None,
    totals: str | None,
    why: bool,
    rules: Path | None,
    as_of: str | None,
    form: str,
) -> None:
    """List deals with parties, parts, firmness and total; a deal told many times is one row.

    Firmness runs from 1 (talks) to 8 (paid out). A whole is never added to its parts, nor a sum to its telling in
    another currency. Deals that may be one stay apart with a note, and totals count one of them.
    """
    from lodeclaim.cli.tables import print_rows
    from lodeclaim.reconciliation.deal_totals import deal_totals
    from lodeclaim.reconciliation.deals import deals_in
    from lodeclaim.reports.brief import material_of

    name = None if material is None else material_of(material)
    with open_ledger(ledger) as held:
        found = deals_in(held, material=name, as_of=as_of, rules=rules)
    if totals is not None:
        rows = [_total(one) for one in deal_totals(found, totals)]  # type: ignore[arg-type]
        columns = ["by", "key", "name", "currency", "amount", "firm", "deals", "left_out", "claims"]
        print_rows(_flat(rows, form), form, columns=columns[1:7] if form == "table" else columns)
        return
    if form == "jsonl":
        from msgspec import to_builtins

        for one in found:
            print_rows([to_builtins(one)], form)
        return
    rows = [_row(one) for one in found]
    print_rows(rows, form, columns=list(_row_names()))
    if why and form == "table":
        for one in found:
            _explain(one)


def _row_names() -> tuple[str, ...]:
    return ("id", "deal", "parts", "total", "step", "firmness", "status", "voices", "claims", "notes")


def _row(one: Deal) -> dict[str, Any]:
    return {
        "id": one.id,
        "deal": f"{_parties(one)}: {one.title.partition(': ')[2]}",
        "parts": "; ".join(
            f"{_said(part.amount)} {part.step or part.form or part.role}" for part in one.parts if part.role == "part"
        ),
        "total": "; ".join(_said(figure) for figure in one.total),
        "step": one.step,
        "firmness": one.firmness,
        "status": one.status,
        "voices": one.voices,
        "claims": len(one.claims),
        "notes": "; ".join(note.split(" (")[0] for note in one.notes),
    }


def _parties(one: Deal) -> str:
    named = [f"{p.name} {p.share.value:g} %" if p.share and p.share.value is not None else p.name for p in one.parties]
    return ", ".join(named) or "parties not stated"


def _said(figure: Figure) -> str:
    from lodeclaim.reports.wording import amount

    sign = "up to " if figure.low == 0 and figure.high == figure.value else ""
    return f"{sign}{amount(figure.value or 0.0, figure.unit)}"


def _total(one: DealTotal) -> dict[str, Any]:
    return {
        "by": one.by,
        "key": one.key,
        "name": one.name,
        "currency": one.currency,
        "amount": one.amount.value,
        "firm": one.firm.value,
        "deals": list(one.deals),
        "left_out": list(one.once),
        "claims": list(one.amount.claims),
    }


def _flat(rows: list[dict[str, Any]], form: str) -> list[dict[str, Any]]:
    if form == "jsonl":
        return rows
    if form == "table":
        from lodeclaim.reports.wording import amount

        return [
            {
                "key": row["key"],
                "name": row["name"],
                "currency": row["currency"],
                "amount": amount(row["amount"], row["currency"]),
                "firm": amount(row["firm"], row["currency"]),
                "deals": len(row["deals"]),
            }
            for row in rows
        ]
    lists = ("deals", "left_out", "claims")
    return [row | {name: " ".join(row[name]) for name in lists} for row in rows]


def _explain(one: Deal) -> None:
    click.echo(f"\n{one.id} {one.title}")
    for event in one.timeline:
        click.echo(f"  {event.date:12}{event.what}{' (planned)' if event.planned else ''}")
    for figure in one.total:
        click.echo(f"  total {_said(figure)}: {'; '.join(figure.reasons)}")
    for join in one.joins:
        click.echo(f"  {join.one} with {join.other} ({join.score:g}): {'; '.join(join.reasons)}")
    for note in one.notes:
        click.echo(f"  note: {note}")

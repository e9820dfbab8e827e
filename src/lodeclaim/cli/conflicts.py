"""``lodeclaim conflicts``: what does not go together in a ledger, and what follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from lodeclaim.cli.deciding import as_of_option, material_option
from lodeclaim.cli.options import format_option, ledger_option, open_ledger

if TYPE_CHECKING:
    from lodeclaim.ledger.store import Ledger
    from lodeclaim.reconciliation.model import Conflict

__all__ = ["conflicts"]

KINDS = ("conflict", "suspicion", "several", "compatible", "corroborates", "copy", "refines")


@click.command(
    short_help="What does not go together.",
    epilog="""\b
Examples:
  lodeclaim conflicts --ledger supply.sqlite
  lodeclaim conflicts --material tungsten --kind conflict --kind suspicion
  lodeclaim conflicts --format jsonl > findings.jsonl""",
)
@ledger_option
@material_option
@click.option("--kind", "kinds", type=click.Choice(KINDS), multiple=True, help="Only findings of this kind.")
@click.option("--check", "checks", multiple=True, metavar="NAME", help="Only findings of this check.")
@as_of_option
@click.option("--limit", type=click.IntRange(min=0), default=40, show_default=True, help="Rows of the table; 0: all.")
@format_option("table", "jsonl", "csv")
def conflicts(
    *,
    ledger: str | None,
    material: str | None,
    kinds: tuple[str, ...],
    checks: tuple[str, ...],
    as_of: str | None,
    limit: int,
    form: str,
) -> None:
    """List what the checks find between claims, gravest first. Nothing is corrected: they flag and propose.

    The jsonl lines hold id, kind, check, severity, explanation, proposal and the claims with document, start,
    end and quote. --limit holds for the table only.
    """
    from lodeclaim.cli.tables import print_rows
    from lodeclaim.reconciliation.conflicts import conflicts_in
    from lodeclaim.reports.brief import material_of

    name = None if material is None else material_of(material)
    with open_ledger(ledger) as held:
        found = conflicts_in(held, material=name, checks=checks or None, as_of=as_of)
        found = [one for one in found if not kinds or one.kind in kinds]
        shown = found[:limit] if form == "table" and limit else found
        rows = [_object(one, places) for one, places in zip(shown, _places(held, shown), strict=True)]
    if form == "jsonl":
        print_rows(rows, form)
        return
    flat = [
        row
        | {"severity": f"{row['severity']:.2f}", "claims": " ".join(c["claim"] or "" for c in row["claims"]).strip()}
        for row in rows
    ]
    columns = ["id", "kind", "check", "severity", "explanation", "proposal", "claims"]
    if form == "table":
        columns = ["id", "kind", "check", "severity", "explanation"]
        flat = [{name: row[name] for name in columns} for row in flat]
    print_rows(flat, form, columns=columns)
    if len(shown) < len(found):
        click.echo(f"{len(shown)} of {len(found):,} findings; --limit 0 shows all.", err=True)


def _object(one: Conflict, places: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": one.id,
        "kind": one.kind,
        "check": one.check,
        "severity": round(one.severity, 4),
        "explanation": one.explanation,
        "proposal": one.proposal,
        "claims": places,
    }


def _places(held: Ledger, found: list[Conflict]) -> list[list[dict[str, Any]]]:
    """Where each finding's claims stand, then the words it rests on beside them."""
    from lodeclaim.reconciliation.trace import cite

    wanted = dict.fromkeys(claim for one in found for claim in one.claims)
    cited = {one.claim: one for one in cite(held, wanted)}
    addresses = {one.id: one.address or one.title or one.id for one in held.sources()}
    made: list[list[dict[str, Any]]] = []
    for one in found:
        rows: list[dict[str, Any]] = [
            {"document": c.document, "start": c.start, "end": c.end, "quote": c.quote, "claim": c.claim}
            for claim in one.claims
            if (c := cited.get(claim)) is not None
        ]
        rows += [
            {
                "document": addresses.get(place.source, place.source),
                "start": place.start,
                "end": place.end,
                "quote": place.words,
                "claim": None,
            }
            for place in one.places
        ]
        made.append(rows)
    return made

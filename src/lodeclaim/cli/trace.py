"""``lodeclaim trace``: from a value or deal to its sentences, from a claim to all that rests on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from lodeclaim.cli.deciding import as_of_option, material_option
from lodeclaim.cli.options import format_option, ledger_option, open_ledger

if TYPE_CHECKING:
    from lodeclaim.ledger.store import Ledger
    from lodeclaim.reconciliation.trace import Cited, ClaimTrace, Trace

__all__ = ["trace"]

_COLUMNS = ["id", "what", "value", "claim", "document", "start", "end", "quote", "standing"]


@click.command(
    short_help="From a value to its sentences, and back.",
    epilog="""\b
Examples:
  lodeclaim trace v3c1f09ab42de --material tungsten
  lodeclaim trace deal-c4f0a91b2d37e --ledger supply.sqlite
  lodeclaim trace c4f0a91b2d37e --format jsonl""",
)
@click.argument("id", metavar="ID")
@ledger_option
@material_option
@as_of_option
@format_option("table", "jsonl", "csv")
def trace(*, id: str, ledger: str | None, material: str | None, as_of: str | None, form: str) -> None:
    """Open what lies below a settled value or deal, or above a claim.

    ID is that of a value (`lodeclaim settle`), a deal (`lodeclaim deals`) or a claim (`lodeclaim claims`), or an
    unambiguous beginning of it. For a value or deal the claims and their quotes are listed; for a claim the settled
    values, deals, findings, decisions and parts of the brief that rest on it.
    """
    from lodeclaim.cli.tables import print_rows
    from lodeclaim.reconciliation.trace import trace_claim, trace_deal, trace_slot
    from lodeclaim.reports.brief import material_of

    name = None if material is None else material_of(material)
    with open_ledger(ledger) as held:
        if id.startswith("deal-"):
            rows = _below(trace_deal(held, id, as_of=as_of))
        elif id.startswith("v"):
            rows = _below(trace_slot(held, id, material=name, as_of=as_of))
        else:
            rows = _above(held, trace_claim(held, id))
    print_rows(rows, form, columns=_COLUMNS)


def _below(found: Trace) -> list[dict[str, Any]]:
    from lodeclaim.reconciliation.words import number, slot_in_words

    figure = None
    if found.settled is not None:
        what, figure = slot_in_words(found.settled.key), found.settled.figure
        value = figure.missing if figure.value is None else f"{number(figure.value)} {figure.unit or ''}".rstrip()
    else:
        assert found.deal is not None
        what = found.deal.title
        value = "; ".join(f"{number(one.value or 0.0)} {one.unit}" for one in found.deal.total) or None
    rows = [_row(found.id, what, value, one) for one in found.claims]
    reasons = figure.reasons if figure is not None else ()
    return rows + [_row(found.id, "reason", reason, None) for reason in reasons]


def _above(held: Ledger, found: ClaimTrace) -> list[dict[str, Any]]:
    from lodeclaim.reconciliation.trace import slot_id
    from lodeclaim.reconciliation.words import number, slot_in_words
    from lodeclaim.reports.resting import resting_on

    rows = [_row(found.claim.id, "claim", None, found.cited)]
    for one in found.slots:
        figure = one.figure
        value = figure.missing if figure.value is None else f"{number(figure.value)} {figure.unit or ''}".rstrip()
        rows.append(_row(slot_id(one.key), f"settled value: {slot_in_words(one.key)}", value, None))
    for deal in found.deals:
        value = "; ".join(f"{number(total.value or 0.0)} {total.unit}" for total in deal.total) or None
        rows.append(_row(deal.id, f"deal: {deal.title}", value, None))
    rows += [_row(one.id, f"finding: {one.kind}", one.explanation, None) for one in found.conflicts]
    rows += [
        _row(str(one.number), f"decision: {one.kind}", f"{one.reason} ({one.by})", None) for one in found.decisions
    ]
    rows += [_row(one.section, one.what, one.value, None) for one in resting_on(held, found.claim)]
    return rows


def _row(identity: str, what: str, value: str | None, cited: Cited | None) -> dict[str, Any]:
    return {
        "id": identity,
        "what": what,
        "value": value,
        "claim": cited.claim if cited else None,
        "document": cited.document if cited else None,
        "start": cited.start if cited else None,
        "end": cited.end if cited else None,
        "quote": " ".join(cited.quote.split()) if cited else None,
        "standing": cited.standing if cited else None,
    }

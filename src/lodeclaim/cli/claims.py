"""``lodeclaim claims``: what a ledger and the official statistics say, filtered."""

from __future__ import annotations

from typing import Any

import click

from lodeclaim.cli.options import format_option, ledger_option, open_ledger

__all__ = ["claims"]


@click.command(
    short_help="List and filter claims.",
    epilog="""\b
Examples:
  lodeclaim claims --material tungsten
  lodeclaim claims --site "Upper Kairakty" --predicate reserve --ledger supply.sqlite
  lodeclaim claims --actor EBRD --documents --format jsonl""",
)
@ledger_option
@click.option("--material", multiple=True, help="Material by id or name; members of a group are included.")
@click.option("--predicate", multiple=True, help="What is said, such as production, reserve or stake.")
@click.option("--place", multiple=True, help="Country or group, by name or code (Kazakhstan, KAZ, EU27).")
@click.option("--site", multiple=True, help="Deposit, mine, plant or project, by any of its names.")
@click.option("--actor", multiple=True, help="Company, ministry, bank or country that acts, by any of its names.")
@click.option("--source", multiple=True, help="Source id, as `lodeclaim sources` shows it.")
@click.option("--documents", is_flag=True, help="Leave the official statistics out.")
@click.option("--limit", type=click.IntRange(min=0), default=40, show_default=True, help="Rows of the table; 0: all.")
@format_option("table", "jsonl", "csv")
def claims(
    *,
    ledger: str | None,
    material: tuple[str, ...],
    predicate: tuple[str, ...],
    place: tuple[str, ...],
    site: tuple[str, ...],
    actor: tuple[str, ...],
    source: tuple[str, ...],
    documents: bool,
    limit: int,
    form: str,
) -> None:
    """List claims, those of documents first. Filters of one kind add up, filters of different kinds narrow.

    --limit holds for the table only; jsonl and csv print every claim.
    """
    from lodeclaim.claims.contract import as_object
    from lodeclaim.claims.table import to_claims
    from lodeclaim.cli.naming import resolve
    from lodeclaim.cli.printing import claims_table, printer, show
    from lodeclaim.vocabulary.load import load_vocabulary

    filters: dict[str, Any] = {
        "material": resolve("material", material),
        "predicate": resolve("predicate", predicate),
        "place": resolve("place", place),
        "site": resolve("site", site),
        "actor": resolve("actor", actor),
        "source": source,
    }
    with open_ledger(ledger) as held:
        wanted = {slot: values for slot, values in filters.items() if values}
        frame = held.claims(**wanted, statistics=not documents, with_members=True)
        addresses = {one.id: one.address or one.title or one.id for one in held.sources()}
    if form != "table":
        out = printer(form)
        for claim in to_claims(frame):
            out.claims(addresses.get(claim.source), [claim])
        return
    if frame.is_empty():
        click.echo("No claim fits. Loosen a filter, or read more documents into the ledger.", err=True)
        return
    names = load_vocabulary()
    shown = frame.head(limit) if limit else frame
    show(claims_table((as_object(one, addresses.get(one.source), names) for one in to_claims(shown)), with_id=True))
    if shown.height < frame.height:
        click.echo(f"{shown.height} of {frame.height:,} claims; --limit 0 shows all.", err=True)

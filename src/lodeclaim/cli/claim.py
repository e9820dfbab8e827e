"""``lodeclaim claim``: one claim, in the passage it stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from lodeclaim.cli.options import ledger_option, open_ledger

if TYPE_CHECKING:
    from lodeclaim.claims.model import Claim
    from lodeclaim.ledger.model import Passage

__all__ = ["claim"]

_SLOTS = (
    "predicate",
    "kind",
    "material",
    "form",
    "stage",
    "place",
    "site",
    "actor",
    "counterparty",
    "basis",
    "period",
    "modality",
    "instrument",
    "attributed_to",
)


@click.command(
    short_help="One claim in the sentence it comes from.",
    epilog="""\b
Examples:
  lodeclaim claim c4f0a91b2d37e --ledger supply.sqlite
  lodeclaim claim c4f0a --why""",
)
@click.argument("id", metavar="ID")
@ledger_option
@click.option("--why", is_flag=True, help="Say for every slot which words and which rule filled it.")
def claim(id: str, ledger: str | None, why: bool) -> None:
    """Show a claim: its sentence with the quote marked, its source and every slot.

    ID is what `lodeclaim claims` prints, or an unambiguous beginning of it.
    """
    from lodeclaim.ledger.passage import passage

    with open_ledger(ledger) as held:
        found = held.claim(id)
        where = passage(held, found)
    _source(found, where)
    _passage(where)
    _slots(found)
    if why:
        _reasons(found)


def _source(found: Claim, where: Passage) -> None:
    source = where.source
    click.echo(found.id)
    click.echo(source.title or source.address or source.id)
    date = f"{source.published} ({source.published_basis})" if source.published_basis else source.published
    known = [source.publisher, date or "date not known", source.language and f"language {source.language}"]
    click.echo(", ".join(item for item in known if item))
    if source.address and source.address != source.title:
        click.echo(f"{source.address} at {where.locator}")
    for fact in (source.citation, source.licence):
        if fact:
            click.echo(fact)


def _passage(where: Passage) -> None:
    from rich.padding import Padding
    from rich.text import Text

    from lodeclaim.cli.printing import show

    text = Text()
    text.append(("" if where.opens else "… ") + where.before)
    # Brackets beside the colour: the mark must survive a pipe and a terminal without colours.
    text.append(f"[{where.quote}]", style="bold reverse")
    text.append(where.after + ("" if where.closes else " …"))
    show(Padding(text, (1, 2)))


def _slots(found: Claim) -> None:
    from lodeclaim.claims.contract import as_object
    from lodeclaim.cli.printing import amount
    from lodeclaim.core.errors import UnknownName
    from lodeclaim.vocabulary.load import load_vocabulary

    names = load_vocabulary()
    value = amount(as_object(found, None, names))
    rows = [("value", value)] if value else []
    for slot in _SLOTS:
        if entity := getattr(found, slot):
            try:
                name = names.name(entity)
            except UnknownName:
                name = entity
            rows.append((slot.replace("_", " "), name if name == entity else f"{name} ({entity})"))
    rows += [(other.role, other.entity.removeprefix("name:")) for other in found.others]
    if found.flags:
        rows.append(("flags", ", ".join(found.flags)))
    rows.append(("read by", f"{found.reader}, confidence {found.confidence:.2f}"))
    for name, text in rows:
        click.echo(f"  {name:14}{text}")


def _reasons(found: Claim) -> None:
    click.echo("\nwhy")
    if not found.reasons:
        click.echo("  a row of a table: every slot is a cell of it")
    for reason in found.reasons:
        words = f" from “{' '.join(reason.words.split())}”" if reason.words else ""
        at = f" at {reason.start}:{reason.end}" if reason.start is not None else ""
        status = f" ({reason.status})" if reason.status else ""
        note = f"; {reason.note}" if reason.note else ""
        click.echo(f"  {reason.slot:14}{reason.rule}{words}{at}{status}{note}")

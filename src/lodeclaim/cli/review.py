"""``lodeclaim review``: decide what waits, by keyboard, weightiest first."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from lodeclaim.cli.deciding import by_option, material_option, open_own_ledger, signature
from lodeclaim.cli.options import format_option, ledger_option

if TYPE_CHECKING:
    from lodeclaim.ledger.store import Ledger
    from lodeclaim.reconciliation.review import Review
    from lodeclaim.reconciliation.review_model import ReviewItem
    from lodeclaim.reconciliation.trace import Cited

__all__ = ["review"]

_KEYS = "a accept, r reject, c correct, m merge, s split, p prefer, n next, u undo, q quit"
_COLUMNS = ["id", "matter", "priority", "impact", "explanation", "proposal", "claims"]


@click.command(
    short_help="Decide what waits for a person.",
    epilog="""\b
Examples:
  lodeclaim review --ledger supply.sqlite --by "A. Reviewer"
  lodeclaim review --material tungsten --list
  lodeclaim review --format jsonl --limit 20""",
)
@ledger_option
@material_option
@click.option("--list", "listing", is_flag=True, help="Only list what waits.")
@click.option("--limit", type=click.IntRange(min=0), default=40, show_default=True, help="Items of the queue; 0: all.")
@by_option
@format_option("table", "jsonl", "csv")
def review(*, ledger: str | None, material: str | None, listing: bool, limit: int, by: str | None, form: str) -> None:
    """Go through conflicts, suspicions, possibly equal deals and doubtful readings, weightiest first.

    Keys: a accept, r reject, c correct a slot, m merge, s split, p prefer, n next, u undo the last, q quit. Every
    decision asks for a reason and is a signed row that can be undone. With --list, with another --format than
    table, or where the input is no terminal and gives no keys, the queue is printed instead.
    """
    from lodeclaim.reconciliation.review import Review
    from lodeclaim.reports.brief import material_of

    name = None if material is None else material_of(material)
    with open_own_ledger(ledger) as held:
        desk = Review(held, signature(by))
        queue = desk.queue(material=name, limit=limit or None)
        if listing or form != "table":
            _list(queue, form)
        elif not queue:
            click.echo("Nothing waits for a decision.")
        else:
            _decide_all(held, desk, queue)


def _list(queue: list[ReviewItem], form: str) -> None:
    from msgspec import to_builtins

    from lodeclaim.cli.tables import print_rows

    if form == "jsonl":
        print_rows([to_builtins(item) for item in queue], form)
        return
    rows = [
        {
            "id": item.id,
            "matter": item.matter,
            "priority": f"{item.priority:.3f}",
            "impact": item.impact,
            "explanation": item.explanation,
            "proposal": item.proposal,
            "claims": " ".join(item.claims),
        }
        for item in queue
    ]
    columns = _COLUMNS if form == "csv" else ["id", "matter", "priority", "impact", "explanation"]
    print_rows([{name: row[name] for name in columns} for row in rows], form, columns=columns)


def _decide_all(held: Ledger, desk: Review, queue: list[ReviewItem]) -> None:
    from lodeclaim.reconciliation.trace import cite

    last: list[int] = []
    table = held.claims()
    for index, item in enumerate(queue, start=1):
        cited = cite(held, item.claims, table)
        _show(item, cited, index, len(queue))
        while True:
            key = _key()
            if key == "q":
                click.echo(f"{len(last)} decisions.")
                return
            if key == "n":
                break
            if key == "u":
                _undo(desk, last)
                continue
            if (number := _act(desk, item, key)) is not None:
                last.append(number)
                break
    click.echo(f"{len(last)} decisions. The queue is done.")


def _show(item: ReviewItem, cited: tuple[Cited, ...], index: int, of: int) -> None:
    click.echo(f"\n[{index} of {of}] {item.matter}: {item.explanation}")
    click.echo(f"  moves: {item.impact}")
    click.echo(f"  proposed: {item.proposal}")
    for at, one in enumerate(cited, start=1):
        click.echo(f"  {at} {one.claim} “{' '.join(one.quote.split())}” ({one.document}, {one.published or 'no date'})")


def _key() -> str:
    """One key on a terminal, one line of a file or pipe; the end of input quits."""
    click.echo(f"{_KEYS}: ", nl=False)
    if sys.stdin.isatty():
        key = click.getchar().casefold()
        click.echo(key)
        return key
    line = sys.stdin.readline()
    return line.strip().casefold()[:1] or "n" if line else "q"


def _act(desk: Review, item: ReviewItem, key: str) -> int | None:
    """Carry out one key; the number of the decision, or None where none was made."""
    from lodeclaim.core.errors import LodeclaimError

    kinds = {"a": "accept", "r": "reject", "c": "correct", "m": "merge", "s": "split", "p": "prefer"}
    if item.matter == "same deal":
        kinds = {"m": "same-as", "s": "not-same"}
    kind = kinds.get(key)
    actions = [one for one in item.actions if one.kind == kind]
    if not actions:
        click.echo(f"{key or 'this key'} is not for this item.")
        return None
    claim = _which(item, sorted({one.claim for one in actions if one.claim}, key=item.claims.index))
    action = next(one for one in actions if one.claim == claim)
    value = None
    if kind == "correct":
        import dataclasses

        slot = click.prompt("slot", default="value")
        value = click.prompt("new value")
        action = dataclasses.replace(action, slot=slot)
    reason = click.prompt("reason")
    try:
        one = desk.apply(item, action, reason=reason, value=value)
    except LodeclaimError as error:
        click.echo(f"Not done: {error}")
        return None
    click.echo(f"Decision {one.number}: {one.kind} {one.claim or one.value or ''}".rstrip())
    return one.number


def _which(item: ReviewItem, claims: list[str]) -> str | None:
    if len(claims) < 2:
        return claims[0] if claims else None
    numbers = [str(item.claims.index(claim) + 1) for claim in claims]
    at = click.prompt("claim", type=click.Choice(numbers), default=numbers[0])
    return item.claims[int(at) - 1]


def _undo(desk: Review, last: list[int]) -> None:
    from lodeclaim.core.errors import LodeclaimError

    if not last:
        click.echo("Nothing was decided yet.")
        return
    reason = click.prompt("reason")
    try:
        desk.undo(last.pop(), reason=reason)
        click.echo("Undone.")
    except LodeclaimError as error:
        click.echo(f"Not done: {error}")

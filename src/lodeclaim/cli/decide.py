"""``lodeclaim decide`` and ``lodeclaim undo``: sign a decision on claims or names, list decisions, lift one."""

from __future__ import annotations

import click

from lodeclaim.cli.deciding import by_option, decided, open_own_ledger, signature
from lodeclaim.cli.options import format_option, ledger_option

__all__ = ["decide", "undo"]

KINDS = ("accept", "reject", "correct", "prefer", "merge", "split", "same-as", "not-same", "retract")
_COLUMNS = ["number", "kind", "claim", "slot", "value", "other", "reason", "by", "at", "undoes"]


@click.command(
    short_help="Decide on a claim, or list decisions.",
    epilog="""\b
Examples:
  lodeclaim decide reject c4f0a91b2d37e --reason "off by ten, see the ministry"
  lodeclaim decide correct c4f0a --slot value --value 800000 --reason "wan misread"
  lodeclaim decide merge c4f0a --other c9d21 --reason "one sentence, reprinted"
  lodeclaim decide --format jsonl""",
)
@click.argument("kind", type=click.Choice(KINDS), required=False)
@click.argument("claim", required=False)
@ledger_option
@click.option("--slot", help="Slot to correct, or that a name stands in.")
@click.option("--value", help="What the slot holds rightly; for same-as and not-same the name.")
@click.option("--other", metavar="ID", help="The other claim of merge and split; for same-as and not-same the entity.")
@click.option("--reason", help="Why, in a few words; needed for every decision.")
@by_option
@click.option(
    "--expects",
    type=click.IntRange(min=0),
    default=None,
    help="Number of the last decision you saw; a newer one on the same matter stops yours.",
)
@format_option("table", "jsonl", "csv")
def decide(
    *,
    kind: str | None,
    claim: str | None,
    ledger: str | None,
    slot: str | None,
    value: str | None,
    other: str | None,
    reason: str | None,
    by: str | None,
    expects: int | None,
    form: str,
) -> None:
    """Sign a decision. Nothing is removed or overwritten: `lodeclaim undo NUMBER` lifts it again.

    Without KIND the decisions so far are listed, oldest first.
    """
    from lodeclaim.cli.tables import print_rows

    if kind is None:
        with open_own_ledger(ledger) as held:
            rows = [decided(one) for one in held.decisions()]
        print_rows(rows, form, columns=_COLUMNS)
        return
    if not reason:
        raise click.UsageError("A decision needs a reason: --reason TEXT")
    with open_own_ledger(ledger) as held:
        one = held.decide(
            kind,  # type: ignore[arg-type]
            claim=claim,
            slot=slot,
            value=value,
            other=other,
            reason=reason,
            by=signature(by),
            expects=expects,
        )
    print_rows([decided(one)], form, columns=_COLUMNS)


@click.command(
    short_help="Lift a decision.",
    epilog="""\b
Examples:
  lodeclaim undo 17 --reason "the ministry has confirmed the figure"
  lodeclaim undo 17 --reason "wrong claim" --by "A. Reviewer" --ledger supply.sqlite""",
)
@click.argument("number", type=click.IntRange(min=1))
@ledger_option
@click.option("--reason", required=True, help="Why, in a few words.")
@by_option
@format_option("table", "jsonl", "csv")
def undo(*, number: int, ledger: str | None, reason: str, by: str | None, form: str) -> None:
    """Lift the decision with this number by a new one; an undo can be undone, too.

    The numbers are those that `lodeclaim decide` lists.
    """
    from lodeclaim.cli.tables import print_rows

    with open_own_ledger(ledger) as held:
        one = held.undo(number, by=signature(by), reason=reason)
    print_rows([decided(one)], form, columns=_COLUMNS)

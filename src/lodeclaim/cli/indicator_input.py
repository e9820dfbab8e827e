"""What an indicator is computed from: the claims of a ledger, those of more files, and without some."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lodeclaim.claims.table import to_claims
from lodeclaim.cli.options import open_ledger
from lodeclaim.core.errors import ClaimNotFound, DocumentError

if TYPE_CHECKING:
    import polars as pl

    from lodeclaim.ledger.store import Ledger

__all__ = ["Held", "held_claims", "trade_claims"]

_END = re.compile(r"[.!?…]\s|[。！？\n]")
#: Claims whose sentence is looked up: those that can move an indicator.
_MOVING = ("measure", "production", "capacity", "share", "stake", "supplier_share")


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """The claims as a table, and claim id → the sentence it stands in, for claims of documents."""

    frame: pl.DataFrame
    sentences: dict[str, str] = field(default_factory=dict)


def held_claims(ledger: str | None, left_out: Sequence[str], files: Sequence[Path]) -> Held:
    """Return the claims of the ledger and the statistics, with those of the files, without those left out.

    The files are read and forgotten: nothing is written to the ledger. Raises ClaimNotFound for a claim to leave
    out that is not there, and the reader's error for a file that cannot be read.
    """
    import polars as pl

    from lodeclaim.indicators.moves import without
    from lodeclaim.ledger.store import Ledger

    with open_ledger(ledger) as held:
        frame = held.claims()
        sentences = _sentences(held, frame)
    if files:
        import lodeclaim

        with Ledger.memory() as more:
            batch = lodeclaim.read([str(one) for one in files], ledger=more)
            for failure in batch.failures:
                raise DocumentError(failure.message)
            fresh = more.claims(statistics=False)
            fresh = fresh.filter(~pl.col("id").is_in(frame["id"].implode()))
            sentences |= _sentences(more, fresh)
        frame = pl.concat([fresh.select(frame.columns), frame])
        click.echo(f"{fresh.height} claims of {len(files)} file(s) added for this answer only.", err=True)
    for one in left_out:
        if frame.filter(pl.col("id").str.starts_with(one)).is_empty():
            raise ClaimNotFound(f"no claim {one!r} to leave out", remedy="`lodeclaim claims` shows the ids")
    return Held(frame=without(frame, left_out), sentences=sentences)


def trade_claims(ledger: str | None) -> pl.DataFrame:
    """Return every claim on trade, bilateral trade among them."""
    with open_ledger(ledger) as held:
        return held.claims(predicate="trade")


def _sentences(ledger: Ledger, frame: pl.DataFrame) -> dict[str, str]:
    import polars as pl

    from lodeclaim.ledger.passage import passage

    rows = frame.filter(pl.col("origin") == "document", pl.col("predicate").is_in(list(_MOVING)))
    found = {}
    for claim in to_claims(rows):
        around = passage(ledger, claim)
        left = [match.end() for match in _END.finditer(around.before)]
        right = _END.search(around.after)
        before = around.before[left[-1] if left else 0 :]
        after = around.after[: right.start() + 1] if right else around.after
        found[claim.id] = " ".join((before + around.quote + after).split())
    return found

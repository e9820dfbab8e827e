"""From a settled value down to its quotes, and from a claim up to all that rests on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from lodeclaim.claims.model import Claim
from lodeclaim.core.errors import ClaimNotFound
from lodeclaim.core.ids import short_id
from lodeclaim.ledger.model import Decision
from lodeclaim.reconciliation.conflicts import conflicts_in
from lodeclaim.reconciliation.deal_model import Deal
from lodeclaim.reconciliation.deals import deals_in
from lodeclaim.reconciliation.model import Conflict, Settled, SlotKey
from lodeclaim.reconciliation.settle import settle

if TYPE_CHECKING:
    import polars as pl

    from lodeclaim.ledger.store import Ledger

__all__ = ["Cited", "ClaimTrace", "Trace", "cite", "slot_id", "trace_claim", "trace_deal", "trace_slot"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A claim with its words and their place: ``start`` and ``end`` in the text, None for a row of a table."""

    claim: str
    quote: str
    document: str
    locator: str
    start: int | None
    end: int | None
    publisher: str | None
    published: str | None
    standing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """A settled value or a deal with the claims below it."""

    id: str
    settled: Settled | None
    deal: Deal | None
    claims: tuple[Cited, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimTrace:
    """All that rests on a claim: settled values, deals and findings; and what people decided on it."""

    claim: Claim
    cited: Cited
    slots: tuple[Settled, ...]
    deals: tuple[Deal, ...]
    conflicts: tuple[Conflict, ...]
    decisions: tuple[Decision, ...]


def slot_id(key: SlotKey) -> str:
    """Return the id of a slot: the same slot has the same one in every ledger."""
    return short_id("v", list(key.order))


def trace_slot(ledger: Ledger, wanted: str, *, material: str | None = None, as_of: str | None = None) -> Trace:
    """Return a settled value by the id of its slot, or a beginning of it, with its claims and quotes.

    ``material`` narrows where to look. Raises ClaimNotFound.
    """
    frame = ledger.claims(material=material, with_members=material is not None, as_of=as_of)
    found = [one for one in settle(frame) if slot_id(one.key).startswith(wanted)]
    one = _only(found, wanted, [slot_id(one.key) for one in found], "settled value", "lodeclaim settle", ledger.where)
    return Trace(id=slot_id(one.key), settled=one, deal=None, claims=cite(ledger, one.figure.claims, frame))


def trace_deal(ledger: Ledger, wanted: str, *, as_of: str | None = None) -> Trace:
    """Return a deal by its id, or a beginning of it, with its claims and quotes. Raises ClaimNotFound."""
    found = [one for one in deals_in(ledger, as_of=as_of) if one.id.startswith(wanted)]
    one = _only(found, wanted, [one.id for one in found], "deal", "lodeclaim deals", ledger.where)
    return Trace(id=one.id, settled=None, deal=one, claims=cite(ledger, one.claims, ledger.claims(statistics=False)))


def trace_claim(ledger: Ledger, claim_id: str) -> ClaimTrace:
    """Return what rests on a claim, by its id or a beginning of it. Raises ClaimNotFound.

    Settled values and findings are looked for among the claims of its material.
    """
    claim = ledger.claim(claim_id)
    frame = ledger.claims(material=claim.material, with_members=claim.material is not None)
    return ClaimTrace(
        claim=claim,
        cited=cite(ledger, (claim.id,), frame)[0],
        slots=tuple(one for one in settle(frame) if _rests(one, claim.id)),
        deals=tuple(one for one in deals_in(ledger) if claim.id in one.claims),
        conflicts=tuple(one for one in conflicts_in(ledger, material=claim.material) if claim.id in one.claims),
        decisions=ledger.decisions(claim=claim.id),
    )


def cite(ledger: Ledger, claims: Iterable[str], frame: pl.DataFrame | None = None) -> tuple[Cited, ...]:
    """Return claims with their words and the address of their documents, in the order given.

    ``frame`` spares a look at the whole ledger where it holds the claims.
    """
    import polars as pl

    wanted = list(dict.fromkeys(claims))
    table = ledger.claims() if frame is None else frame
    rows = {row["id"]: row for row in table.filter(pl.col("id").is_in(wanted)).iter_rows(named=True)}
    addresses = {one.id: one.address or one.title or one.id for one in ledger.sources()}
    found: list[Cited] = []
    for claim in wanted:
        if (row := rows.get(claim)) is None:
            continue
        start, _, end = row["locator"].partition(":")
        in_text = start.isdigit()
        found.append(
            Cited(
                claim=claim,
                quote=row["quote"],
                document=addresses.get(row["source"], row["source"]),
                locator=row["locator"],
                start=int(start) if in_text else None,
                end=int(end) if in_text else None,
                publisher=row.get("publisher"),
                published=row.get("published"),
                standing=row.get("standing") or "normal",
            )
        )
    return tuple(found)


def _rests(one: Settled, claim: str) -> bool:
    """Whether a claim carries a value, or is named among its reasons because it stands aside or repeats."""
    return claim in one.figure.claims or any(claim in reason for reason in one.figure.reasons)


def _only(found: Sequence[T], wanted: str, ids: Sequence[str], what: str, command: str, where: str) -> T:
    exact = [one for one, name in zip(found, ids, strict=True) if name == wanted]
    if len(exact or found) == 1:
        return (exact or found)[0]
    if not found:
        raise ClaimNotFound(f"no {what} has the id {wanted}", where=where, remedy=f"`{command}` lists the ids")
    some = ", ".join(sorted(ids)[:4])
    raise ClaimNotFound(f"{len(found)} ids begin with {wanted}: {some}", where=where, remedy="Give more digits")

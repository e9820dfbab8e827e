"""Deals: money and bonds between parties, one row a deal, with its parts and how firm they are."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from lodeclaim.claims.figure import Figure
from lodeclaim.reconciliation.deal_facts import DEALS
from lodeclaim.reconciliation.deal_model import Deal, DealPart
from lodeclaim.reconciliation.deals import deals
from lodeclaim.reports.model import DealPartRow, DealRow
from lodeclaim.reports.statements import document_rows, said_by
from lodeclaim.reports.wording import name_of, span_of, when_words

if TYPE_CHECKING:
    import polars as pl

__all__ = ["DEALS", "deal_rows"]

#: Sources named in a row; the rest are counted.
_NAMED = 2


def deal_rows(
    frame: pl.DataFrame, *, same: Sequence[tuple[str, str]] = (), apart: Sequence[tuple[str, str]] = ()
) -> tuple[DealRow, ...]:
    """Return the deals that documents state, latest first; a deal that many claims tell of is one row.

    ``same`` and ``apart`` are pairs of claims that a person joined or parted.
    """
    rows = {row["id"]: row for row in document_rows(frame, *DEALS)}
    found = [_row(one, [rows[claim] for claim in one.claims]) for one in deals(frame, same=same, apart=apart)]
    return tuple(sorted(found, key=_rank))


def _rank(row: DealRow) -> tuple[object, ...]:
    day = row.start or row.end or ""
    return (not day, tuple(-ord(sign) for sign in day), -(row.firmness or 0), row.parties, row.claims)


def _row(deal: Deal, told: Sequence[Mapping[str, Any]]) -> DealRow:
    period = max((event.date for event in deal.timeline if event.basis == "stated"), default=None)
    start, end = span_of(period)
    outlook = {row["modality"] for row in told} - {"actual", "estimated"}
    planned = len(outlook) > 0 and all(row["modality"] in outlook for row in told)
    return DealRow(
        kind=told[0]["predicate"] if len({row["predicate"] for row in told}) == 1 else "deal",
        parties=_parties(deal),
        subject=_subject(deal),
        instrument=deal.step or next(iter(deal.instruments), None),
        firmness=deal.firmness,
        status=deal.status,
        amount=_amount(deal),
        parts=tuple(_part(part) for part in deal.parts) if len(deal.parts) > 1 else (),
        when=when_words(period),
        start=start,
        end=end,
        modality=min(outlook) if planned else "actual",
        said_by=_sources(told),
        claims=deal.claims,
        notes=tuple(note.split(" (")[0] for note in deal.notes if not note.startswith("possible"))
        + tuple("may be one with another deal in this list" for _ in deal.possible[:1]),
    )


def _amount(deal: Deal) -> Figure:
    """The total in the currency that most claims tell of."""
    if not deal.total:
        return Figure.unknown("not stated", claims=deal.claims)
    best = max(deal.total, key=lambda figure: (len(figure.claims), figure.value or 0.0))
    known = {claim for part in deal.parts for claim in part.claims}
    return _plain(dataclasses.replace(best, claims=tuple(claim for claim in best.claims if claim in known)))


def _plain(figure: Figure) -> Figure:
    """A sum stated outright has no interval to show."""
    exact = figure.low == figure.value == figure.high
    return dataclasses.replace(figure, low=None, high=None) if exact else figure


def _part(part: DealPart) -> DealPartRow:
    kinds = {"whole": "stated total", "restated": "told again in another currency", "part": ""}
    words = [kinds[part.role], part.form or "", part.step if part.step != part.form else "", part.note]
    payers = ", ".join(name_of(payer) for payer in part.payers)
    named = ", ".join(dict.fromkeys(word for word in words if word)) or "sum"
    return DealPartRow(
        words=f"{named} ({payers})" if payers else named,
        amount=_plain(part.amount),
        firmness=part.firmness,
        modality=part.modality,
    )


def _parties(deal: Deal) -> str:
    partners = [
        f"{one.name} ({one.share.value:g} %)" if one.share and one.share.value is not None else one.name
        for one in deal.parties
        if one.role == "partner"
    ]
    financiers = [one.name for one in deal.parties if one.role == "financier"]
    if partners and financiers:
        return f"{' with '.join(partners)}; financed by {', '.join(financiers)}"
    return " with ".join(partners or financiers) or "parties not stated"


def _subject(deal: Deal) -> str:
    parts = [name_of(part) for part in (*deal.sites, *deal.countries, *deal.materials)]
    return ", ".join(dict.fromkeys(parts)) or "subject not stated"


def _sources(told: Sequence[Mapping[str, Any]]) -> str:
    said = list(dict.fromkeys(said_by(row) for row in told))
    rest = len(said) - _NAMED
    return "; ".join(said[:_NAMED]) + (f" and {rest} other{'s' if rest > 1 else ''}" if rest > 0 else "")

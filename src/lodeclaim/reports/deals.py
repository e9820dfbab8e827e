"""Deals: money and bonds between parties, with how firm they are."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from lodeclaim.reports.model import DealRow
from lodeclaim.reports.statements import document_rows, figure_of, said_by
from lodeclaim.reports.wording import name_of, span_of, when_words
from lodeclaim.vocabulary.load import load_vocabulary

if TYPE_CHECKING:
    import polars as pl

__all__ = ["DEALS", "deal_rows"]

DEALS = ("investment", "financing", "transaction", "agreement", "stake")


def deal_rows(frame: pl.DataFrame) -> tuple[DealRow, ...]:
    """Return the deals that documents state, latest first; one sentence said twice in a source counts once."""
    found: dict[tuple[object, ...], DealRow] = {}
    for row in document_rows(frame, *DEALS):
        made = _deal(row)
        number = (made.amount.value, made.amount.low, made.amount.high, made.amount.unit)
        key = (made.kind, made.parties, made.subject, made.instrument, made.when, made.modality, made.said_by, number)
        if (first := found.get(key)) is not None:
            claims = (*first.claims, *made.claims)
            amount = dataclasses.replace(first.amount, claims=claims)
            made = dataclasses.replace(first, claims=claims, amount=amount)
        found[key] = made
    return tuple(sorted(found.values(), key=_rank))


def _rank(row: DealRow) -> tuple[object, ...]:
    day = row.start or row.end or ""
    return (not day, tuple(-ord(sign) for sign in day), -(row.firmness or 0), row.parties, row.claims)


def _deal(row: Mapping[str, Any]) -> DealRow:
    start, end = span_of(row["period"])
    instruments = load_vocabulary().instruments
    instrument = row["instrument"]
    figure = figure_of(row)
    if figure.value is None:
        figure = dataclasses.replace(figure, missing="not stated")
    return DealRow(
        kind=row["predicate"],
        parties=_parties(row),
        subject=_subject(row),
        instrument=instrument,
        firmness=instruments[instrument].firmness if instrument in instruments else None,
        amount=figure,
        when=when_words(row["period"]),
        start=start,
        end=end,
        modality=row["modality"],
        said_by=said_by(row),
        claims=(row["id"],),
    )


def _parties(row: Mapping[str, Any]) -> str:
    actor = name_of(row["actor"]) if row["actor"] else ""
    other = name_of(row["counterparty"]) if row["counterparty"] else ""
    if actor and other:
        return f"{actor} with {other}"
    return actor or other or "parties not stated"


def _subject(row: Mapping[str, Any]) -> str:
    parts = [name_of(part) for part in (row["site"], row["place"]) if part]
    parts += [name_of(row["material"])] if row["material"] else []
    return ", ".join(dict.fromkeys(parts)) or "subject not stated"

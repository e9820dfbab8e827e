"""Reserves: official tables by country, and deposits as documents put them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lodeclaim.claims.figure import Figure
from lodeclaim.reconciliation.model import Settled
from lodeclaim.reports.model import ReservesSection, ShareRow
from lodeclaim.reports.series import moved_by, residual, settled_by_place, share_of
from lodeclaim.reports.statements import document_rows, statements
from lodeclaim.reports.wording import basis_words, name_of

if TYPE_CHECKING:
    import polars as pl

__all__ = ["reserves_section"]


def reserves_section(frame: pl.DataFrame, settled: list[Settled], material: str) -> ReservesSection:
    """Return what is known of the reserves of a material.

    ``frame`` holds its claims, ``settled`` their settled slots. The table takes the basis and year with most
    countries among the class ``reserve``; other classes are listed as documents state them, never added.
    """
    said = statements(document_rows(frame, "reserve", "grade"))
    series = settled_by_place([one for one in settled if one.key.predicate == "reserve" and one.key.kind == "reserve"])
    if series is None:
        missing = Figure.unknown("reserves by country in an official table")
        return ReservesSection(period=None, basis=None, total=missing, rows=(), said=said)
    period = series.periods[-1]
    by_place = series.by_period[period]
    world = by_place.get("WLD")
    total = world.figure if world else Figure.unknown("the world total of reserves", unit=series.unit, period=period)
    rows = [
        ShareRow(
            entity=None if residual(place) else place,
            name=name_of(place),
            share=share_of(one.figure, total),
            amount=one.figure,
            moved=moved_by(one.figure, frame),
        )
        for place, one in by_place.items()
        if place != "WLD"
    ]
    rows.sort(
        key=lambda row: (row.entity is None, -(row.amount.value if row.amount and row.amount.value else 0), row.name)
    )
    notes = [f"Counted as {basis_words(series.basis, material)}."]
    if total.value is not None and any(row.share.value is None for row in rows):
        notes.append("Where no number is published the share is unknown, not zero.")
    return ReservesSection(
        period=period, basis=series.basis, total=total, rows=tuple(rows), said=said, notes=tuple(notes)
    )

"""What lies in the ground: reserves and resources by country and site, by class, with their intervals."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from lodeclaim.claims.figure import Figure
from lodeclaim.core.period import Period
from lodeclaim.indicators.model import Reserve
from lodeclaim.reconciliation.model import UNDATED, Settled
from lodeclaim.reconciliation.settle import settle

if TYPE_CHECKING:
    import polars as pl

__all__ = ["reserves", "reserves_by_material"]


def reserves(frame: pl.DataFrame, material: str) -> list[Reserve]:
    """Return reserves and resources of a material: countries first, then sites; the largest first.

    One entry for each country or site, class and basis, from its latest period; classes and bases are never
    added or compared. Entries without a number (not available, withheld) close the list with what is missing.
    A country's share of the world is given where the total is known in the same class and basis.
    """
    import polars as pl

    return _reserves(settle(frame.filter(pl.col("material") == material, pl.col("predicate") == "reserve")))


def reserves_by_material(frame: pl.DataFrame) -> dict[str, list[Reserve]]:
    """Return material → what reserves returns for it, for every material that has any, in one pass."""
    import polars as pl

    found: dict[str, list[Settled]] = {}
    for one in settle(frame.filter(pl.col("material").is_not_null(), pl.col("predicate") == "reserve")):
        found.setdefault(str(one.key.material), []).append(one)
    return {material: _reserves(settled) for material, settled in found.items()}


def _reserves(settled: Sequence[Settled]) -> list[Reserve]:
    latest: dict[object, Settled] = {}
    for one in settled:
        key = one.key
        if key.tense != "actual" or (key.place is None and key.site is None):
            continue
        matter = replace(key, period=UNDATED)
        if matter not in latest or _rank(one) > _rank(latest[matter]):
            latest[matter] = one
    totals = {
        (one.key.kind, one.key.form, one.key.basis, one.key.unit, one.key.period): one.figure
        for one in latest.values()
        if one.key.place == "WLD" and one.figure.value
    }
    result = [
        Reserve(
            place=one.key.place,
            site=one.key.site,
            kind=one.key.kind,
            figure=one.figure,
            world_share=_share(
                one.figure,
                totals.get((one.key.kind, one.key.form, one.key.basis, one.key.unit, one.key.period)),
            )
            if one.key.place not in (None, "WLD") and one.key.site is None
            else None,
            disagreement=one.disagreement,
        )
        for one in latest.values()
    ]
    return sorted(
        result,
        key=lambda one: (
            one.figure.value is None,
            one.site is not None,
            -(one.figure.value or 0.0),
            one.place or "",
            one.site or "",
            one.kind or "",
            one.figure.basis or "",
        ),
    )


def _rank(one: Settled) -> tuple[bool, str]:
    """A number before none, then the later period; undated last."""
    try:
        end = None if one.key.period == UNDATED else Period.parse(one.key.period).end
    except ValueError:
        end = None
    return one.figure.value is not None, end.isoformat() if end else ""


def _share(part: Figure, total: Figure | None) -> Figure | None:
    if part.value is None or total is None or not total.value:
        return None
    low_total, high_total = total.low or 0.0, total.high if total.high is not None else math.inf
    low = 0.0 if math.isinf(high_total) else (part.low or 0.0) / high_total
    high = None if part.high is None or low_total <= 0 else min(100.0, 100 * part.high / low_total)
    return Figure(
        value=100 * part.value / total.value,
        low=100 * low,
        high=high,
        unit="%",
        period=part.period,
        basis=part.basis,
        claims=tuple(dict.fromkeys((*part.claims, *total.claims))),
        reasons=total.reasons,
    )

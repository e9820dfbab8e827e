"""Capacity, consumption and imports of the Union as claims give them: what Article 5(1) of the law asks for.

The law is Regulation (EU) 2024/1252. Each is taken from settled claims, so that two articles on one plant count once.
What no claim gives stays unknown.
"""

from __future__ import annotations

import dataclasses
from itertools import chain
from typing import TYPE_CHECKING, Any

from lodeclaim.claims.figure import Figure
from lodeclaim.indicators.uncertainty import interval_of_figure
from lodeclaim.reconciliation.model import UNDATED, Settled
from lodeclaim.reconciliation.settle import settle
from lodeclaim.vocabulary.load import load_vocabulary

if TYPE_CHECKING:
    import polars as pl

__all__ = ["rows_of_terms", "union_capacity", "union_consumption", "union_imports"]

UNION = "EU27"
_MASS = ("t", "t/yr")


def rows_of_terms(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the rows that the terms are read from: capacity anywhere, demand and trade of the Union."""
    import polars as pl

    own = (pl.col("place") == UNION) | (pl.col("actor") == UNION)
    return frame.filter(
        pl.col("unit").is_in(list(_MASS)),
        (pl.col("predicate") == "capacity") | (pl.col("predicate").is_in(["demand", "trade"]) & own),
    )


def union_consumption(frame: pl.DataFrame, material: str) -> Figure:
    """Return the Union's annual consumption of a material, of the latest year that a claim gives."""
    found = [
        one
        for one in _settled(frame, material, "demand")
        if one.key.place == UNION and one.key.period != UNDATED and one.figure.value is not None
    ]
    if not found:
        return Figure.unknown(f"the Union's annual consumption of {material}", unit="t/yr")
    return _rate(max(found, key=lambda one: one.key.period).figure)


def union_capacity(frame: pl.DataFrame, material: str, stage: str) -> Figure:
    """Return the Union's capacity at a stage: as claimed for the Union, else at least that of the plants claimed.

    Plants and countries that no claim names may have more, so their sum is a lower bound and no value. Planned
    capacity is not counted; the reasons tell how much of it is claimed.
    """
    members = set(load_vocabulary().groups[UNION].members)
    whole: list[Settled] = []
    parts: dict[tuple[str, str], Settled] = {}
    for one in _settled(frame, material, "capacity", stage):
        place = one.key.place or _country(one.key.site)
        if place == UNION and one.key.site is None:
            whole.append(one)
        elif place in members:
            held = parts.get((place, one.key.site or ""))
            if held is None or one.key.period > held.key.period:
                parts[place, one.key.site or ""] = one
    known = [one for one in whole if one.figure.value is not None]
    if known:
        return _rate(max(known, key=lambda one: one.key.period).figure)
    by_country = {place for place, site in parts if not site}
    counted = [one for (place, site), one in sorted(parts.items()) if not site or place not in by_country]
    missing = f"Union {stage} capacity of {material}"
    claimed = [one.figure for one in counted if one.figure.value is not None]
    bases = {one.basis for one in claimed}
    if not claimed or len(bases) > 1:
        more = f" in one basis: claims are in {', '.join(sorted(str(one) for one in bases))}" if len(bases) > 1 else ""
        return Figure.unknown(missing + more, unit="t/yr")
    known_claims = tuple(dict.fromkeys(chain.from_iterable(one.claims for one in claimed)))
    return Figure.unknown(
        f"{missing} beyond the {len(claimed)} claimed",
        low=sum(interval_of_figure(one, floor=0.0).low for one in claimed),
        unit="t/yr",
        basis=next(iter(bases)),
        claims=known_claims,
        reasons=tuple(f"{one.key.site or one.key.place}" for one in counted if one.figure.value is not None),
    )


def union_imports(frame: pl.DataFrame, material: str, stage: str) -> dict[str, Figure]:
    """Return third country → imports of the Union from it at a stage, in the latest year that claims give."""
    members = set(load_vocabulary().groups[UNION].members)
    found = [
        one
        for one in _settled(frame, material, "trade", stage)
        if one.key.place == UNION
        and one.key.kind == "import"
        and one.key.counterparty is not None
        and one.key.counterparty not in members
        and one.key.period != UNDATED
    ]
    if not found:
        return {}
    latest = max(one.key.period for one in found)
    return {one.key.counterparty or "": _rate(one.figure) for one in found if one.key.period == latest}


def _country(site: str | None) -> str | None:
    found = load_vocabulary().sites.get(site) if site is not None else None
    return None if found is None else found.country


def _settled(frame: pl.DataFrame, material: str, predicate: str, stage: str | None = None) -> list[Settled]:
    import polars as pl

    rows = frame.filter(
        pl.col("material") == material, pl.col("predicate") == predicate, pl.col("unit").is_in(list(_MASS))
    )
    if stage is not None:
        rows = rows.filter(pl.col("stage") == stage)
    return [] if rows.is_empty() else [one for one in settle(rows) if one.key.tense == "actual"]


def _rate(figure: Figure) -> Figure:
    """A quantity of one year as a yearly rate."""
    if figure.unit != "t":
        return figure
    known: dict[str, Any] = {"unit": "t/yr"}
    return dataclasses.replace(figure, **known)

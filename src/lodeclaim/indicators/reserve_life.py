"""How long reserves last at the production of a year: reserves over production, by country and for the world.

A static ratio. It says nothing of the future: reserves grow with prices and exploration, and production changes.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lodeclaim.claims.figure import Figure
from lodeclaim.indicators.composition import Slots
from lodeclaim.indicators.concentration import concentration
from lodeclaim.indicators.model import Reserve
from lodeclaim.indicators.reserves import reserves
from lodeclaim.indicators.uncertainty import interval_of_figure, quotient

if TYPE_CHECKING:
    import polars as pl

__all__ = ["ReserveLife", "reserve_life", "years_of_production"]

WORLD = "WLD"
#: The class that production is taken from; resources are not known to be workable.
CLASS = "reserve"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReserveLife:
    """Years that the reserves of a country, or of the world, last at one year's production."""

    place: str
    figure: Figure
    reserve: Figure
    production: Figure


def reserve_life(
    frame: pl.DataFrame,
    material: str,
    *,
    year: int | None = None,
    found: Slots | None = None,
    held: Sequence[Reserve] | None = None,
) -> list[ReserveLife]:
    """Return the reserve life of the world and of each country with reserves, the world first, then the longest.

    Production is mine production of ``year``, or of the latest. Where reserves and production are in different
    bases, or production is not known, the figure says so. ``found`` and ``held`` are what production_slots and
    reserves return for the material, where they are at hand.
    """
    result = concentration(frame, material, "extraction", year=year, found=found)
    produced = {one.place: one.quantity for one in result.shares if one.quantity is not None} | {WORLD: result.total}
    lives = []
    for one in reserves(frame, material) if held is None else held:
        if one.place is None or one.site is not None or one.kind != CLASS:
            continue
        none = Figure.unknown(f"production of {one.place}" + (f" in {result.period}" if result.period else ""))
        made = produced.get(one.place) or none
        lives.append(
            ReserveLife(
                place=one.place, figure=years_of_production(one.figure, made), reserve=one.figure, production=made
            )
        )
    return sorted(
        lives, key=lambda one: (one.place != WORLD, one.figure.value is None, -(one.figure.value or 0.0), one.place)
    )


def years_of_production(reserve: Figure, production: Figure) -> Figure:
    """Return reserves over yearly production, in years, with exact bounds; unknown where the bases differ."""
    claims = tuple(dict.fromkeys((*reserve.claims, *production.claims)))
    known = {"unit": "yr", "period": production.period, "basis": reserve.basis, "claims": claims}
    for one, name in ((reserve, "reserves"), (production, "production")):
        if one.value is None:
            return Figure.unknown(one.missing or name, **known)
    if reserve.basis != production.basis:
        said = f"reserves are {reserve.basis or 'in a basis not said'}, production is {production.basis or 'not said'}"
        return Figure.unknown(f"one basis: {said}", **known)
    if (reserve.unit or "").partition("/")[0] != (production.unit or "").partition("/")[0]:
        return Figure.unknown(f"one unit: reserves in {reserve.unit}, production in {production.unit}", **known)
    if not production.value:
        return Figure.unknown("production above zero", **known)
    spread = quotient(interval_of_figure(reserve, floor=0.0), interval_of_figure(production, floor=0.0))
    value = (reserve.value or 0.0) / production.value
    return Figure(
        value=value,
        low=min(spread.low, value),
        high=None if math.isinf(spread.high) else max(spread.high, value),
        reasons=("reserves over production of one year", "interval: exact bounds"),
        **known,  # type: ignore[arg-type]
    )

"""What is left without the largest source: the N-1 test of a stage or of an importer's sourcing.

The International Energy Agency uses it for refining; Regulation (EU) 2024/1252, Article 20(3), asks for stress tests
in which a supply is interrupted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any, Literal

from lodeclaim.claims.figure import Figure
from lodeclaim.core.quantity import Interval
from lodeclaim.indicators.composition import Slots
from lodeclaim.indicators.concentration import concentration
from lodeclaim.indicators.model import UNKNOWN_CONTROL, Share
from lodeclaim.indicators.uncertainty import interval_of_figure
from lodeclaim.indicators.weighted_hhi import weighted_hhi_bounds

if TYPE_CHECKING:
    import polars as pl

__all__ = ["NMinusOne", "n_minus_one", "without_source"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NMinusOne:
    """Supply without its largest source (or a chosen one).

    ``lost`` and ``left`` in percent of supply; ``quantity_left`` in the unit of the total, where it is known.
    ``hhi`` is the concentration of what is left, 0 to 1; ``next_place`` the largest source then.
    """

    place: str | None
    lost: Figure
    left: Figure
    quantity_left: Figure | None
    hhi: Figure
    next_place: str | None
    notes: tuple[str, ...] = ()


def n_minus_one(
    frame: pl.DataFrame,
    material: str,
    stage: str,
    *,
    year: int | None = None,
    by: Literal["territory", "control"] = "territory",
    place: str | None = None,
    found: Slots | None = None,
) -> NMinusOne:
    """Return what is left of the world's supply at a stage without its largest country, or without ``place``.

    ``by`` control takes out what a country controls wherever it lies, as far as control is known.
    """
    result = concentration(frame, material, stage, year=year, by=by, found=found)
    shares = [one for one in result.shares if one.place != UNKNOWN_CONTROL]
    rest = without_source(shares, total=result.total, place=place)
    return NMinusOne(
        place=rest.place,
        lost=rest.lost,
        left=rest.left,
        quantity_left=rest.quantity_left,
        hhi=rest.hhi,
        next_place=rest.next_place,
        notes=(*rest.notes, *((f"missing {result.missing}",) if result.missing else ()), *result.notes),
    )


def without_source(shares: Sequence[Share], *, total: Figure | None = None, place: str | None = None) -> NMinusOne:
    """Return what is left of a supply given by shares in percent, without its largest source or without ``place``.

    Shares that are not known may be the largest: the notes name them.
    """
    known = [one for one in shares if one.figure.value is not None]
    gone = (
        next((one for one in shares if one.place == place), None)
        if place
        else max(known, key=lambda one: one.figure.value or 0.0, default=None)
    )
    if gone is None:
        what = f"the share of {place}" if place else "shares of countries"
        nothing = Figure.unknown(what, unit="%")
        return NMinusOne(place=place, lost=nothing, left=nothing, quantity_left=None, hhi=nothing, next_place=None)
    lost = gone.figure
    box = interval_of_figure(lost, floor=0.0, ceiling=100.0)
    base = {"unit": "%", "period": lost.period, "claims": lost.claims, "low": 100 - box.high, "high": 100 - box.low}
    left = (
        Figure.unknown(lost.missing or f"the share of {gone.place}", **base)
        if lost.value is None
        else Figure(value=100 - lost.value, **base)  # type: ignore[arg-type]
    )
    others = [one for one in shares if one is not gone]
    unknown = [
        one.place
        for one in others
        if one.figure.value is None and (one.figure.high is None or one.figure.high > (lost.value or 0.0))
    ]
    return NMinusOne(
        place=gone.place,
        lost=lost,
        left=left,
        quantity_left=_quantity(left, total),
        hhi=_hhi(others, left),
        next_place=max(
            (one for one in others if one.figure.value is not None),
            key=lambda one: one.figure.value or 0.0,
            default=gone,
        ).place
        if any(one.figure.value is not None for one in others)
        else None,
        notes=tuple(f"the share of {name} is not known and may be larger" for name in unknown),
    )


def _quantity(left: Figure, total: Figure | None) -> Figure | None:
    if total is None or total.unit == "%":
        return None
    part, whole = interval_of_figure(left, floor=0.0, ceiling=100.0), interval_of_figure(total, floor=0.0)
    base = {
        "unit": total.unit,
        "period": total.period,
        "basis": total.basis,
        "claims": tuple(dict.fromkeys((*total.claims, *left.claims))),
        "low": part.low * whole.low / 100,
        "high": part.high * whole.high / 100 if total.high is not None or total.low is None else None,
    }
    if left.value is None or total.value is None:
        return Figure.unknown(left.missing or total.missing or "the total", **base)
    return Figure(value=left.value * total.value / 100, **base)  # type: ignore[arg-type]


def _hhi(others: Sequence[Share], left: Figure) -> Figure:
    claims = tuple(dict.fromkeys(chain.from_iterable(one.figure.claims for one in others)))
    base: dict[str, Any] = {"unit": "0–1", "period": left.period, "claims": claims}
    if not left.value or not others:
        return Figure.unknown("a supply beside the largest source", **base)
    rest = left.value
    boxes = [interval_of_figure(one.figure, floor=0.0, ceiling=100.0) for one in others]
    span = interval_of_figure(left, floor=0.0, ceiling=100.0)
    least, most = max(span.low, 1e-9), max(span.high, 1e-9)
    scaled = [Interval(min(1.0, box.low / most), min(1.0, box.high / least)) for box in boxes]
    low, high = weighted_hhi_bounds(scaled, [Interval(1.0, 1.0)] * len(scaled), worst=1.0)
    base |= {"low": min(1.0, low), "high": min(1.0, high)}
    if any(one.figure.value is None for one in others):
        names = ", ".join(one.place for one in others if one.figure.value is None)
        return Figure.unknown(f"the share of {names}", **base)
    value = sum(((one.figure.value or 0.0) / rest) ** 2 for one in others)
    why = "squared shares of what is left; the residual counts as many small producers"
    base["low"], base["high"] = min(low, value), max(min(1.0, high), value)
    return Figure(value=value, reasons=(why,), **base)

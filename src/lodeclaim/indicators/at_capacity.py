"""Shares of a stage if plants ran at the capacity that claims give them: what a new mine or plant could change.

Capacity is not output, so this stands beside the concentration of what is produced and never replaces it.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from typing import TYPE_CHECKING

from lodeclaim.claims.figure import Figure
from lodeclaim.indicators.concentration import concentration
from lodeclaim.indicators.herfindahl import herfindahl
from lodeclaim.indicators.model import Concentration, Share
from lodeclaim.reconciliation.settle import settle
from lodeclaim.vocabulary.load import load_vocabulary

if TYPE_CHECKING:
    import polars as pl

__all__ = ["capacities", "shares_at_capacity"]


def capacities(frame: pl.DataFrame, material: str, stage: str, *, planned: bool = False) -> dict[str, Figure]:
    """Return country → the capacity that claims give, in tonnes a year: of the country, else of its sites together.

    With ``planned`` announced capacity counts too. Capacities of one country in several bases are left out: they
    cannot be added.
    """
    import polars as pl

    rows = frame.filter(
        pl.col("material") == material,
        pl.col("stage") == stage,
        pl.col("predicate") == "capacity",
        pl.col("unit").is_in(["t", "t/yr"]),
    )
    known = load_vocabulary()
    latest: dict[tuple[str, str, str], tuple[str, Figure]] = {}
    for one in settle(rows) if not rows.is_empty() else ():
        site = known.sites.get(one.key.site or "")
        place = one.key.place or (site.country if site else None)
        if place not in known.countries or one.figure.value is None or not (planned or one.key.tense == "actual"):
            continue
        key = (place, one.key.site or "", one.key.form or "")
        if key not in latest or one.key.period > latest[key][0]:
            latest[key] = (one.key.period, one.figure)
    found: dict[str, Figure] = {}
    for place in sorted({place for place, _, _ in latest}):
        own = {site: figure for (where, site, _), (_, figure) in latest.items() if where == place}
        parts = [own[""]] if "" in own else list(own.values())
        bases = {one.basis for one in parts}
        if len(bases) == 1:
            found[place] = Figure(
                value=sum(one.value or 0.0 for one in parts),
                unit="t/yr",
                basis=bases.pop(),
                claims=tuple(dict.fromkeys(chain.from_iterable(one.claims for one in parts))),
            )
    return found


def shares_at_capacity(
    frame: pl.DataFrame, material: str, stage: str, *, year: int | None = None, planned: bool = False
) -> tuple[tuple[Share, ...], Figure, tuple[str, ...]]:
    """Return shares in percent, the HHI and notes, with each country at its claimed capacity where that is more.

    A capacity in another basis than production is not used; the notes name it. Shares have no interval: how much of
    a capacity will be used is not known.
    """
    base = concentration(frame, material, stage, year=year)
    if base.missing is not None:
        return (), Figure.unknown(base.missing, unit="0–1"), ()
    return _raised(base, capacities(frame, material, stage, planned=planned))


def _raised(base: Concentration, claimed: Mapping[str, Figure]) -> tuple[tuple[Share, ...], Figure, tuple[str, ...]]:
    made = {one.place: one.quantity for one in base.shares if one.quantity is not None and one.quantity.unit != "%"}
    if not made:
        return (), Figure.unknown("quantities of production", unit="0–1", period=base.period), ()
    amounts = {place: one.value or 0.0 for place, one in made.items()}
    used: dict[str, Figure] = {}
    notes = []
    for place, capacity in claimed.items():
        if capacity.basis not in (None, base.basis):
            notes.append(f"{place}: capacity is {capacity.basis}, production is {base.basis or 'not said'}: not used")
        elif (capacity.value or 0.0) > amounts.get(place, 0.0):
            amounts[place] = capacity.value or 0.0
            used[place] = capacity
    rest = (base.residual.value or 0.0) / 100 * sum(one.value or 0.0 for one in made.values())
    rest /= max(1e-12, 1 - (base.residual.value or 0.0) / 100)
    whole = sum(amounts.values()) + rest
    claims = tuple(dict.fromkeys((*base.hhi.claims, *(claim for one in used.values() for claim in one.claims))))
    shares = [
        Share(
            place=place,
            figure=Figure(
                value=100 * amount / whole,
                unit="%",
                period=base.period,
                basis=base.basis,
                claims=(used.get(place) or made[place]).claims,
                reasons=("at its claimed capacity",) if place in used else (),
            ),
            quantity=used.get(place) or made[place],
        )
        for place, amount in amounts.items()
    ]
    hhi = Figure(
        value=herfindahl(list(amounts.values()), rest),
        unit="0–1",
        period=base.period,
        basis=base.basis,
        claims=claims,
        reasons=("countries with a claimed capacity above their output at that capacity, the others as they are",),
    )
    return tuple(sorted(shares, key=lambda one: (-(one.figure.value or 0.0), one.place))), hhi, tuple(notes)

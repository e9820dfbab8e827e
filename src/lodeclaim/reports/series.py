"""Settled values by place and period: the comparable series among slots of several bases and forms."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lodeclaim.claims.figure import Figure
from lodeclaim.claims.model import is_linked
from lodeclaim.reconciliation.model import UNDATED, Settled
from lodeclaim.reports.model import Phrase
from lodeclaim.reports.statements import said_by
from lodeclaim.reports.wording import claimed

if TYPE_CHECKING:
    import polars as pl

__all__ = ["PlaceSeries", "change_of", "moved_by", "residual", "settled_by_place", "share_of", "without_ends"]

_END_SET = re.compile(r"^(low|high) set by (c[0-9a-f]{12}): ")


@dataclass(frozen=True, slots=True)
class PlaceSeries:
    """Values of one form and basis: period → place → settled slot, periods in order."""

    form: str | None
    basis: str | None
    unit: str | None
    by_period: dict[str, dict[str, Settled]]

    @property
    def periods(self) -> tuple[str, ...]:
        """The periods, oldest first."""
        return tuple(sorted(self.by_period))


def residual(place: str) -> bool:
    """Tell whether a place is no country but a rest or a group that a table names in words."""
    return not is_linked(place)


def settled_by_place(settled: Iterable[Settled]) -> PlaceSeries | None:
    """Return the form, basis and unit that cover most places, or None where no slot has a place and a date.

    Bases never mix: what is counted otherwise stays out of the series.
    """
    usable = [
        one
        for one in settled
        if one.key.place
        and one.key.period != UNDATED
        and one.key.tense == "actual"
        and not (one.key.site or one.key.actor or one.key.counterparty)
    ]
    if not usable:
        return None
    kinds = {(one.key.form, one.key.basis, one.key.unit) for one in usable}

    def reach(kind: tuple[str | None, str | None, str | None]) -> tuple[object, ...]:
        members = [one for one in usable if (one.key.form, one.key.basis, one.key.unit) == kind]
        places = Counter(one.key.period for one in members)
        return (max(places.values()), max(places), kind[0] is None, tuple(part or "" for part in kind))

    form, basis, unit = max(kinds, key=reach)
    by_period: dict[str, dict[str, Settled]] = {}
    for one in usable:
        if (one.key.form, one.key.basis, one.key.unit) == (form, basis, unit):
            by_period.setdefault(one.key.period, {})[one.key.place or ""] = one
    widest = max(len(places) for places in by_period.values())
    kept = {period: places for period, places in by_period.items() if len(places) * 2 >= widest}
    return PlaceSeries(form, basis, unit, kept)


def share_of(part: Figure, whole: Figure) -> Figure:
    """Return a part of a whole in percent, with the interval that both allow."""
    claims = tuple(dict.fromkeys((*part.claims, *whole.claims)))
    if part.value is None or not whole.value:
        lacking = "the country's figure" if part.value is None else "the world total"
        return Figure.unknown(part.missing or lacking, unit="%", period=part.period, claims=claims)
    if whole.high is None and whole.low == whole.value:
        top = part.value / whole.value * 100
        bound = f"only a bound is stated: <= {top:.1f} % of a world total that is a lower bound"
        return Figure(
            value=top, high=top, unit="%", period=part.period, basis=part.basis, claims=claims, reasons=(bound,)
        )
    whole_low = whole.value if whole.low is None else whole.low
    whole_high = whole.value if whole.high is None else whole.high
    low = (part.value if part.low is None else part.low) / whole_high * 100 if whole_high else None
    high = (part.value if part.high is None else part.high) / whole_low * 100 if whole_low else None
    return Figure(
        value=part.value / whole.value * 100,
        low=None if low is None else min(low, 100.0),
        high=None if high is None else min(high, 100.0),
        unit="%",
        period=part.period,
        basis=part.basis,
        claims=claims,
        reasons=("the country's figure over the world total",),
    )


def change_of(first: Figure, last: Figure) -> Figure:
    """Return last minus first in the unit of both, with its interval; unknown where one of them is."""
    claims = tuple(dict.fromkeys((*first.claims, *last.claims)))
    if first.value is None or last.value is None:
        period = first.period if first.value is None else last.period
        return Figure.unknown(f"the figure of {period}", unit=last.unit, claims=claims)
    low = (last.value if last.low is None else last.low) - (first.value if first.high is None else first.high)
    high = (last.value if last.high is None else last.high) - (first.value if first.low is None else first.low)
    return Figure(value=last.value - first.value, low=low, high=high, unit=last.unit, basis=last.basis, claims=claims)


def moved_by(figure: Figure, frame: pl.DataFrame) -> tuple[Phrase, ...]:
    """Return which documents' claims set an end of the interval, in words with the claim's id."""
    import polars as pl

    found: dict[Phrase, None] = {}
    for reason in figure.reasons:
        match = _END_SET.match(reason)
        if match is None:
            continue
        end, claim = match.groups()
        rows = frame.filter((pl.col("id") == claim) & (pl.col("origin") == "document"))
        if rows.is_empty():
            continue
        row = rows.row(0, named=True)
        found[Phrase(words=f"{end} set by {claimed(row)} ({said_by(row)})", claims=(claim,))] = None
    return tuple(found)


def without_ends(notes: Iterable[str]) -> tuple[str, ...]:
    """Return the notes but for those that name the claim at an end of an interval: rows show these."""
    return tuple(dict.fromkeys(note for note in notes if not _END_SET.match(note)))

"""How far figures would move if a claim did not count: settled values, their intervals, and concentration."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from lodeclaim.claims.figure import Figure
from lodeclaim.reconciliation.model import SlotKey, Statement
from lodeclaim.reconciliation.settle import settle_slot
from lodeclaim.reconciliation.words import number, slot_in_words

__all__ = ["Impact", "Impacts"]

#: Quantities whose share of the world makes concentration.
_CONCENTRATED = frozenset({"production", "reserve", "capacity"})


@dataclass(frozen=True, slots=True)
class Impact:
    """``value`` and ``interval`` are shares of the settled value; ``concentration`` is in points of 10 000."""

    value: float
    interval: float
    concentration: float
    words: str

    @property
    def size(self) -> float:
        """One number from 0 to 2: the larger of value and interval, and what concentration would move."""
        return min(1.0, max(self.value, self.interval)) + min(1.0, self.concentration / 2500)


NOTHING = Impact(0.0, 0.0, 0.0, "moves no settled value")


class Impacts:
    """What each claim of a table moves, computed when it is asked for."""

    def __init__(self, placed: Mapping[SlotKey, tuple[Statement, ...]]) -> None:
        self._placed = placed

    @cached_property
    def _key_of(self) -> dict[str, SlotKey]:
        return {one.claim: key for key, members in self._placed.items() for one in members}

    @cached_property
    def _worlds(self) -> dict[tuple[str, str | None, str | None, str | None], float]:
        """(predicate, material, stage, unit) → the latest world total."""
        found: dict[tuple[str, str | None, str | None, str | None], tuple[str, float]] = {}
        for key, members in self._placed.items():
            if key.place == "WLD" and key.predicate in _CONCENTRATED and not key.actor and not key.site:
                value = settle_slot(key, members).figure.value
                group = (key.predicate, key.material, key.stage, key.unit)
                if value and key.period >= found.get(group, ("", 0.0))[0]:
                    found[group] = (key.period, value)
        return {group: value for group, (_, value) in found.items()}

    def key(self, claim: str) -> SlotKey | None:
        """Return the slot that a claim stands in, or None for one without a number."""
        return self._key_of.get(claim)

    def without(self, claim: str) -> Impact:
        """Return what the settled value of its slot loses where the claim does not count."""
        key = self._key_of.get(claim)
        if key is None:
            return NOTHING
        members = self._placed[key]
        before = settle_slot(key, members).figure
        rest = [one for one in members if one.claim != claim]
        if before.value is None:
            return NOTHING
        if not rest:
            points = self._concentration(key, before, None)
            return Impact(1.0, 0.0, points, f"{slot_in_words(key)}: the only claim")
        after = settle_slot(key, rest).figure
        return self._between(key, before, after)

    def widest(self, claims: Sequence[str]) -> Impact:
        """Return the largest impact of any one of the claims."""
        found = [self.without(claim) for claim in claims]
        return max(found, key=lambda one: (one.size, one.words), default=NOTHING)

    def _between(self, key: SlotKey, before: Figure, after: Figure) -> Impact:
        scale = max(abs(before.value or 0.0), abs(after.value or 0.0)) or 1.0
        moved = abs((before.value or 0.0) - (after.value or 0.0)) / scale
        span = abs(_width(before) - _width(after)) / max(scale, _width(before), _width(after))
        points = self._concentration(key, before, after)
        words = f"{slot_in_words(key)}: {_said(before)} would become {_said(after)}"
        if points >= 1:
            words += f"; concentration moves by up to {points:,.0f} points"
        return Impact(moved, span, points, words if moved or span else f"{slot_in_words(key)}: the value stays")

    def _concentration(self, key: SlotKey, before: Figure, after: Figure | None) -> float:
        """The square of a share that a country gains or loses: its part of the Herfindahl-Hirschman index."""
        if key.predicate == "share" and key.unit == "%":
            shares = [(one.value or 0.0) if one else 0.0 for one in (before, after)]
        elif key.predicate in _CONCENTRATED and key.place not in (None, "WLD"):
            world = self._worlds.get((key.predicate, key.material, key.stage, key.unit))
            if not world:
                return 0.0
            shares = [min(100.0, 100 * ((one.value or 0.0) if one else 0.0) / world) for one in (before, after)]
        else:
            return 0.0
        return abs(shares[0] ** 2 - shares[1] ** 2)


def _width(figure: Figure) -> float:
    if figure.low is None or figure.high is None:
        return 0.0
    width = figure.high - figure.low
    return width if math.isfinite(width) else 0.0


def _said(figure: Figure) -> str:
    if figure.value is None:
        return figure.missing or "unknown"
    unit = f" {figure.unit}" if figure.unit else ""
    reach = ""
    if figure.low is not None and figure.high is not None and figure.low != figure.high:
        reach = f" ({number(figure.low)} to {number(figure.high)})"
    return f"{number(figure.value)}{unit}{reach}"

"""Who produces how much of the world at one stage: from quantities of the latest year, else published shares."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Mapping, Sequence
from itertools import chain
from typing import Any

from msgspec.structs import replace

from lodeclaim.claims.figure import Figure
from lodeclaim.core.period import Period
from lodeclaim.indicators.model import Composition
from lodeclaim.reconciliation.model import UNDATED, SlotKey, Statement
from lodeclaim.reconciliation.settle import settle_slot
from lodeclaim.vocabulary.load import load_vocabulary

__all__ = ["Production", "Slots", "competing_shares", "compose"]

WORLD = "WLD"
#: Kinds of production that count once-mined or once-made material; scrap is another stage's matter.
_FIRST = (None, "primary")
#: Kinds of share that speak of what is produced, and the stage they imply where none is stated.
_SHARE_STAGE = {"production": "extraction", "processing": "processing"}

Slots = Mapping[SlotKey, tuple[Statement, ...]]
Members = dict[str, tuple[SlotKey, tuple[Statement, ...]]]


class Production(dict[SlotKey, tuple[Statement, ...]]):
    """The slots of production and shares of one material; ``kept`` holds what was computed from them.

    Years, stages and indicators ask for the same again. Not to be changed once made.
    """

    __slots__ = ("kept",)

    def __init__(self, slots: Slots) -> None:
        super().__init__(slots)
        self.kept: dict[object, Any] = {}


def compose(found: Slots, stage: str, year: int | None) -> Composition | str:
    """Return the world and its parts, or in words what is missing.

    Quantities go before shares. Among forms and bases the one with most countries is taken and the others are
    named in the notes: they never add. Without ``year`` the latest year that has a world total, or at least
    half as many countries as the fullest year.
    """
    kept = found.kept if isinstance(found, Production) else {}
    if ("variants", stage) not in kept:
        kept["variants", stage] = _quantities_and_shares(found, stage)
    quantities, shares = kept["variants", stage]
    if picked := _pick(quantities, year, needs_total=True):
        return _from_quantities(*picked, others=quantities)
    if picked := _pick(shares, year, needs_total=False):
        return _from_shares(*picked)
    when = f" for {year}" if year is not None else ""
    if any(quantities.values()):
        return f"a world total of production at the stage {stage}{when}"
    return f"production quantities or shares by country at the stage {stage}{when}"


def competing_shares(found: Slots, stage: str, period: str) -> dict[str, list[Statement]]:
    """Return country → what documents say of its share in the world, dated within the period or undated.

    A share of "production" that names no stage is taken to be that of extraction, one of "processing" as such;
    a share of something unsaid is left out.
    """
    countries = load_vocabulary().countries
    result: dict[str, list[Statement]] = {}
    for key, members in found.items():
        if key.predicate != "share" or key.place != WORLD or key.tense != "actual" or key.unit != "%" or key.site:
            continue
        if key.kind not in (None, *_SHARE_STAGE) or key.actor not in countries or key.period not in (UNDATED, period):
            continue
        implied = key.stage or _SHARE_STAGE.get(key.kind or "")
        if implied != stage:
            continue
        spoken = [one for one in members if one.origin != "statistics" and one.value is not None]
        note = () if key.stage else (f"stage not stated, taken as {implied}",)
        result.setdefault(key.actor, []).extend(replace(one, notes=(*one.notes, *note)) for one in spoken)
    return {place: members for place, members in result.items() if members}


Variant = tuple[str | None, str | None, str | None, str | None]
Variants = dict[Variant, dict[str, Members]]


def _quantities_and_shares(found: Slots, stage: str) -> tuple[Variants, Variants]:
    """What speaks of a stage: production by country, and shares of countries in the world."""
    quantities = _variants(
        {
            key: members
            for key, members in found.items()
            if key.predicate == "production" and key.stage == stage and key.kind in _FIRST and key.unit is not None
        },
        lambda key: key.place,
    )
    shares = _variants(
        {
            key: members
            for key, members in found.items()
            if key.predicate == "share" and key.place == WORLD and key.stage == stage and key.unit == "%"
            and key.kind in (None, *_SHARE_STAGE)
        },
        lambda key: key.actor,
    )  # fmt: skip
    return quantities, shares


def _variants(found: Slots, holder: Callable[[SlotKey], str | None]) -> Variants:
    """(form, basis, kind, unit) → period → place → slot; only what is, of whole countries."""
    result: Variants = {}
    for key, members in found.items():
        place = holder(key)
        if key.tense != "actual" or key.site or place is None or (key.predicate == "production" and key.actor):
            continue
        variant = (key.form, key.basis, key.kind, key.unit)
        result.setdefault(variant, {}).setdefault(key.period, {})[place] = (key, members)
    return result


def _pick(variants: Variants, year: int | None, *, needs_total: bool) -> tuple[Variant, str, dict[str, Members]] | None:
    countries = load_vocabulary().countries
    best: tuple[tuple[int, int, int, str], Variant, str] | None = None
    for variant, periods in variants.items():
        counts = {period: sum(place in countries for place in members) for period, members in periods.items()}
        fullest = max(counts.values())
        for period, count in counts.items():
            if period == UNDATED or not count or not _speaks_of(period, year):
                continue
            if needs_total and not _has_number(periods[period].get(WORLD)) and not _residual(periods[period]):
                continue
            if year is None and 2 * count < fullest:
                continue
            rank = (fullest, _last_day(period), count, repr(variant))
            if best is None or rank > best[0]:
                best = rank, variant, period
    return (best[1], best[2], variants[best[1]]) if best else None


def _speaks_of(period: str, year: int | None) -> bool:
    if year is None:
        return True
    try:
        return Period.parse(period).contains(Period.parse(f"{year:04d}"))
    except ValueError:
        return False


def _last_day(period: str) -> int:
    try:
        end = Period.parse(period).end
    except ValueError:
        return 0
    return end.toordinal() if end else 0


def _has_number(slot: tuple[SlotKey, tuple[Statement, ...]] | None) -> bool:
    return slot is not None and any(one.value is not None for one in slot[1])


def _residual(members: Members) -> list[tuple[SlotKey, tuple[Statement, ...]]]:
    """Rows of a table that name no single country, such as "Other countries"."""
    return [
        slot
        for place, slot in members.items()
        if place.startswith("name:") and any(one.origin == "statistics" for one in slot[1])
    ]


def _from_quantities(variant: Variant, period: str, periods: dict[str, Members], *, others: Variants) -> Composition:
    countries = load_vocabulary().countries
    members = periods[period]
    undated = periods.get(UNDATED, {})
    notes: list[str] = []
    parts: dict[str, Figure] = {}
    unofficial: list[Figure] = []
    official = any(one.origin == "statistics" for _, slot in members.values() for one in slot)
    named = {place for place in (*members, *undated) if place in countries}
    for place in sorted(named):
        key, statements = members.get(place, (None, ()))
        loose = _timely(undated.get(place), period)
        if key is None:
            if not loose:
                continue
            key = dataclasses.replace(undated[place][0], period=period)
        parts[place] = settle_slot(key, (*statements, *loose)).figure
        if official and not any(one.origin == "statistics" for one in statements) and parts[place].value is not None:
            unofficial.append(parts[place])
            notes.append(
                f"{countries[place].name} is not in the official table; its quantity is taken out of the residual"
            )
    unit, basis = variant[3], variant[1]
    total = settle_slot(*members[WORLD]).figure if _has_number(members.get(WORLD)) else None
    stated = [settle_slot(*slot).figure for slot in _residual(members)]
    withheld = sorted(place for place, figure in parts.items() if figure.value is None)
    if withheld:
        names = ", ".join(countries[place].name for place in withheld)
        notes.append(f"no number is published for {names}; it may lie in the residual or outside the published total")
    residual = _residual_figure(parts, stated, total, unofficial, open_parts=bool(withheld))
    if total is None:
        total = _sum([*parts.values(), residual], unit, period, basis)
        notes.append("the world total is the sum of the table; none is published")
    else:
        notes += _rounding_note(parts, stated, total)
    if more := sorted({_variant_words(one) for one in others if one != variant} - {_variant_words(variant)}):
        notes.append(f"counted: {_variant_words(variant)}; not added to it: {', '.join(more)}")
    notes += [f"{countries[place].name}: {f.missing}" for place, f in parts.items() if f.missing]
    return Composition(
        kind="quantities", parts=parts, total=total, residual=residual, period=period, basis=basis, notes=tuple(notes)
    )


def _from_shares(variant: Variant, period: str, periods: dict[str, Members]) -> Composition:
    countries = load_vocabulary().countries
    parts = {
        place: settle_slot(*slot).figure
        for place, slot in sorted(periods[period].items())
        if place in countries and _has_number(slot)
    }
    total = Figure(value=100.0, low=100.0, high=100.0, unit="%", period=period, reasons=("the whole is 100 %",))
    residual = _residual_figure(parts, [], total, [], open_parts=False)
    notes = (f"no production quantities at this stage; shares as published for {period}",)
    return Composition(
        kind="shares", parts=parts, total=total, residual=residual, period=period, basis=variant[1], notes=notes
    )


def _timely(slot: tuple[SlotKey, tuple[Statement, ...]] | None, period: str) -> list[Statement]:
    """Undated claims of documents published in the year itself or the next speak, as far as known, of that year."""
    if slot is None:
        return []
    year = Period.parse(period).year
    result: list[Statement] = []
    for one in slot[1]:
        try:
            published = Period.parse(one.published).year if one.published else None
        except ValueError:
            published = None
        if year is not None and published in (year, year + 1):
            result.append(replace(one, notes=(*one.notes, f"taken to speak of {period}")))
    return result


def _residual_figure(
    parts: Mapping[str, Figure],
    stated: Sequence[Figure],
    total: Figure | None,
    unofficial: Sequence[Figure],
    *,
    open_parts: bool,
) -> Figure:
    """What no named country has: the table's own rows for it, else the total less the parts."""
    numbers = [one for one in stated if one.value is not None]
    known = [one for one in parts.values() if one.value is not None]
    first = (*known, *([total] if total else []))[0]
    claims = tuple(claim for one in stated for claim in one.claims)
    rest = None
    if total is not None and total.value is not None:
        rest = (
            max(0.0, total.value - sum(one.value or 0.0 for one in known)),
            max(0.0, _low(total) - sum(_high(one) for one in known)),
            max(0.0, _high(total) - sum(_low(one) for one in known)),
        )
    if numbers and len(numbers) == len(stated):
        taken = [sum(end(one) for one in unofficial) for end in (_value, _high, _low)]
        value = max(0.0, sum(_value(one) for one in numbers) - taken[0])
        low = max(0.0, sum(_low(one) for one in numbers) - taken[1])
        high = max(0.0, sum(_high(one) for one in numbers) - taken[2])
        if open_parts and rest is not None:
            high = max(high, rest[2])
        why = "stated by the table"
    elif rest is not None:
        value, low, high = rest
        claims = (*claims, *(total.claims if total else ()))
        why = "the published total less the named countries"
    else:
        return Figure.unknown("a world total or a residual", unit=first.unit, period=first.period, claims=claims)
    return Figure(
        value=value,
        low=low,
        high=high if math.isfinite(high) else None,
        unit=first.unit,
        period=first.period,
        basis=first.basis,
        claims=claims,
        reasons=(why, "may belong to one country or to many"),
    )


def _rounding_note(parts: Mapping[str, Figure], stated: Sequence[Figure], total: Figure) -> list[str]:
    summed = sum(one.value or 0.0 for one in (*parts.values(), *stated))
    if total.value and stated and abs(summed / total.value - 1) > 0.0005:
        return [f"the published total ({total.value:,.10g}) is rounded; its parts add up to {summed:,.10g}"]
    if total.value and summed > total.value:
        return [f"the parts add up to {summed:,.10g}, more than the published total of {total.value:,.10g}"]
    return []


def _sum(figures: Sequence[Figure], unit: str | None, period: str, basis: str | None) -> Figure:
    known = [one for one in figures if one.value is not None]
    high = sum(_high(one) for one in known)
    return Figure(
        value=sum(_value(one) for one in known),
        low=sum(_low(one) for one in known),
        high=high if math.isfinite(high) else None,
        unit=unit,
        period=period,
        basis=basis,
        claims=tuple(dict.fromkeys(chain.from_iterable(one.claims for one in known))),
        reasons=("sum of the countries and the residual",),
    )


def _variant_words(variant: Variant) -> str:
    form, basis, kind, unit = variant
    return " ".join(part for part in (kind, form, basis, f"({unit})" if unit else None) if part)


def _value(one: Figure) -> float:
    return one.value or 0.0


def _low(one: Figure) -> float:
    return max(0.0, one.low if one.low is not None else 0.0)


def _high(one: Figure) -> float:
    return one.high if one.high is not None else math.inf

"""Who controls production: quantities of sites go to the countries behind their owners, the rest stays unknown."""

from __future__ import annotations

import math
from collections.abc import Mapping

from lodeclaim.claims.figure import Figure
from lodeclaim.core.period import Period
from lodeclaim.indicators.model import UNKNOWN_CONTROL, Composition, Concentration, Holding, Share
from lodeclaim.reconciliation.model import SlotKey, Statement
from lodeclaim.reconciliation.settle import settle_slot
from lodeclaim.reconciliation.words import name_of
from lodeclaim.vocabulary.load import load_vocabulary
from lodeclaim.vocabulary.model import Site

__all__ = ["by_control", "controlling_country"]

Slots = Mapping[SlotKey, tuple[Statement, ...]]
#: Control is called known as a whole when at least this part of production is attributed.
ENOUGH = 0.95


def controlling_country(actor: str) -> str | None:
    """Return the country that controls an actor, looked up through its parents; None where it is not known."""
    words = load_vocabulary()
    seen: set[str] = set()
    if actor in words.countries:
        return actor
    while actor not in seen and (entry := words.actors.get(actor)) is not None:
        seen.add(actor)
        if entry.control is not None:
            return entry.control
        if entry.parent is None:
            return None
        actor = entry.parent
    return None


def by_control(found: Slots, composition: Composition, material: str, stage: str) -> Concentration:
    """Return the concentration by controlling country.

    A site's output counts for its owners' controlling countries in proportion to their stakes (equity basis).
    Only the output of sites that claims give for the same period and basis is moved; everything else is
    ``control not known``. The HHI has no value before 95 % is attributed, only bounds: at the low end the
    unknown part is spread, at the high end it belongs to the largest.
    """
    holdings = _holdings(found, composition, material, stage)
    whole = sum(one.value or 0.0 for one in (*composition.parts.values(), composition.residual))
    attributed: dict[str, float] = {}
    claims: dict[str, list[str]] = {}
    reasons: dict[str, list[str]] = {}
    capped = _capped(holdings, composition)
    for holding in holdings:
        if holding.control is None or holding.stake is None or holding.quantity is None:
            continue
        quantity = capped.get(holding.site, 0.0) * holding.stake / 100
        attributed[holding.control] = attributed.get(holding.control, 0.0) + quantity
        claims.setdefault(holding.control, []).extend(holding.quantity.claims)
        reasons.setdefault(holding.control, []).append(
            f"{holding.stake:g} % of {name_of(holding.site)} ({name_of(holding.place)}) through "
            f"{name_of(holding.actor)}: {holding.source}"
        )
    known = sum(attributed.values()) / whole
    unknown = max(0.0, 1 - known)
    common = {"unit": "%", "period": composition.period, "basis": composition.basis}
    shares = [
        Share(
            place=place,
            figure=Figure(
                value=100 * quantity / whole,
                low=100 * quantity / whole,
                high=min(100.0, 100 * (quantity / whole + unknown)),
                claims=tuple(dict.fromkeys((*claims[place], *composition.total.claims))),
                reasons=(*reasons[place], "the high end adds all production whose control is not known"),
                **common,
            ),
        )
        for place, quantity in sorted(attributed.items(), key=lambda item: (-item[1], item[0]))
    ]
    rest = Figure(
        value=100 * unknown,
        low=100 * unknown,
        high=100 * unknown,
        claims=composition.total.claims,
        reasons=("no claim gives the output of the sites behind it; it is not taken for domestic",),
        **common,
    )
    if unknown > 0:
        shares.append(Share(place=UNKNOWN_CONTROL, figure=rest))
    return Concentration(
        material=material,
        stage=stage,
        by="control",
        shares=tuple(shares),
        hhi=_hhi([value / whole for value in attributed.values()], unknown, composition),
        total=composition.total,
        residual=rest,
        year=_year(composition.period),
        period=composition.period,
        basis=composition.basis,
        notes=(*composition.notes, *_named(holdings)),
        holdings=tuple(holdings),
        missing=None if attributed else "the output of sites with known owners",
    )


def _hhi(parts: list[float], unknown: float, composition: Composition) -> Figure:
    low = sum(part**2 for part in parts)
    largest = max(parts, default=0.0)
    high = low - largest**2 + (largest + unknown) ** 2
    known = {
        "unit": "0–1",
        "period": composition.period,
        "basis": composition.basis,
        "claims": composition.total.claims,
        "low": low,
        "high": min(1.0, high),
    }
    if unknown > 1 - ENOUGH:
        return Figure.unknown(f"the control of {100 * unknown:.3g} % of production", **known)
    return Figure(value=low, **known)  # type: ignore[arg-type]


def _holdings(found: Slots, composition: Composition, material: str, stage: str) -> list[Holding]:
    """Stakes in working sites of the material and stage, with the site's output where it is claimed."""
    outputs = _outputs(found, composition, stage)
    result: list[Holding] = []
    for site in load_vocabulary().sites.values():
        if material not in site.materials or stage not in site.stages or site.status != "operating":
            continue
        result += [
            Holding(
                site=site.id,
                place=site.country,
                actor=owner.actor,
                control=controlling_country(owner.actor),
                stake=owner.share,
                quantity=outputs.get(site.id),
                source=owner.source,
            )
            for owner in site.owners
        ]
        if not site.owners and site.operator:
            result.append(_operated(site, outputs.get(site.id)))
    return sorted(result, key=lambda one: (one.place, one.site, one.actor))


def _operated(site: Site, quantity: Figure | None) -> Holding:
    """An operator without a known stake: named, but nothing is attributed to it."""
    assert site.operator is not None
    return Holding(
        site=site.id,
        place=site.country,
        actor=site.operator,
        control=controlling_country(site.operator),
        stake=None,
        quantity=quantity,
        source=site.source,
    )


def _outputs(found: Slots, composition: Composition, stage: str) -> dict[str, Figure]:
    if composition.kind != "quantities":
        return {}
    result: dict[str, Figure] = {}
    for key, members in found.items():
        if (
            key.predicate == "production"
            and key.site
            and key.tense == "actual"
            and key.stage in (stage, None)
            and (key.period, key.unit, key.basis) == (composition.period, composition.total.unit, composition.basis)
        ):
            figure = settle_slot(key, members).figure
            if figure.value is not None:
                result[key.site] = figure
    return result


def _capped(holdings: list[Holding], composition: Composition) -> dict[str, float]:
    """Output by site; where the sites of a country claim more than the country makes, all are scaled down."""
    sites = {one.site: (one.place, one.quantity.value or 0.0) for one in holdings if one.quantity is not None}
    result: dict[str, float] = {}
    for site, (place, quantity) in sites.items():
        national = composition.parts.get(place)
        limit = national.value if national is not None and national.value is not None else math.inf
        together = sum(value for where, value in sites.values() if where == place)
        result[site] = quantity if together <= limit else quantity * limit / together
    return result


def _named(holdings: list[Holding]) -> list[str]:
    """Stakes whose site's output nobody states, in words: known control without a known quantity."""
    notes: list[str] = []
    for one in holdings:
        if one.quantity is None:
            stake = f"{one.stake:g} %" if one.stake is not None else "stake not known"
            control = name_of(one.control) if one.control else "not known"
            notes.append(
                f"{name_of(one.site)} ({name_of(one.place)}): {name_of(one.actor)}, {stake}, control {control}; "
                "output of the site not known"
            )
    return notes


def _year(period: str) -> int | None:
    try:
        return Period.parse(period).year
    except ValueError:
        return None

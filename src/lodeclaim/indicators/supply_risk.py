"""Supply risk as Regulation (EU) 2024/1252 defines it, Annex II, Section 2.

    SR = [ HHI_GS · IR/2 + HHI_EU · (1 - IR/2) ] · (1 - EoL-RIR) · SI_SR
    IR = max{0; (imports - exports) / (domestic production + imports - exports)}

with HHI = Σ S² · WGI · t over the countries of global supply (GS) and of the Union's sourcing. A material is
critical from SR 1 and economic importance 2.8 on (Article 4(2)). Where one of the two supplies is not known well
enough the other stands alone, as the Commission's studies do and say (2017 study, Section 3.4.4). The studies
assess extraction and processing, and the higher result is the bottleneck.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from itertools import chain
from typing import Literal

from lodeclaim.claims.figure import Figure
from lodeclaim.core.quantity import Interval
from lodeclaim.indicators.criticality_model import Contribution, Supplier, SupplyRisk, SupplyRiskInputs, SupplyUsed
from lodeclaim.indicators.uncertainty import corner_bounds, interval_of_figure
from lodeclaim.indicators.weighted_hhi import HIGHEST_RESTRICTION, weighted_hhi

__all__ = [
    "ECONOMIC_IMPORTANCE_THRESHOLD",
    "SUPPLY_RISK_THRESHOLD",
    "bottleneck",
    "group_supply_risk",
    "is_critical",
    "supply_risk",
    "supply_risk_value",
    "what_if",
]

#: Regulation (EU) 2024/1252, Article 4(2).
SUPPLY_RISK_THRESHOLD, ECONOMIC_IMPORTANCE_THRESHOLD = 1.0, 2.8
_DUST = 1e-9
_TOP_HHI = 10.0 * HIGHEST_RESTRICTION


def supply_risk_value(
    *,
    hhi_global: float = 0.0,
    hhi_eu: float = 0.0,
    import_reliance: float = 1.0,
    recycling: float = 0.0,
    substitution: float = 1.0,
    supply_used: SupplyUsed = "both",
) -> float:
    """Return SR from its terms; import reliance and recycling as fractions of one.

    >>> round(supply_risk_value(hhi_global=7.1, hhi_eu=5.7, import_reliance=1, recycling=0.28, substitution=0.93), 1)
    4.3
    """
    weight = {"both": import_reliance / 2, "global": 1.0, "eu": 0.0}[supply_used]
    return (hhi_global * weight + hhi_eu * (1 - weight)) * (1 - recycling) * substitution


def supply_risk(inputs: SupplyRiskInputs, *, index: Callable[..., Figure] = weighted_hhi) -> SupplyRisk:
    """Return the supply risk with its terms, bounds and the contribution of each country.

    The interval is exact in its terms: the formula is affine in each of them. A term that is not known leaves the
    value out and enters the bounds with all it can be; the figure says what is missing. ``index`` is weighted_hhi, or
    one that keeps its results.
    """
    hhi_global = inputs.hhi_global or index(inputs.global_supply, period=inputs.period)
    hhi_eu = inputs.hhi_eu or index(inputs.eu_sourcing, period=inputs.period)
    used = inputs.supply_used or _supply_used(inputs, hhi_global, hhi_eu)
    reliance = inputs.import_reliance or Figure.unknown("the import reliance", unit="%")
    terms: dict[str, Figure] = {}
    if used != "eu":
        terms["hhi_global"] = hhi_global
    if used != "global":
        terms["hhi_eu"] = hhi_eu
    if used == "both":
        terms["import_reliance"] = reliance
    core = _figure(terms, used, period=inputs.period)
    extra = _mitigating(inputs)
    figure = _figure({**terms, **extra}, used, period=inputs.period)
    notes = list(inputs.notes)
    if inputs.supply_used is None and used != "both":
        notes.append(f"{'global supply' if used == 'global' else 'EU sourcing'} only: the other supply is not known")
    return SupplyRisk(
        material=inputs.material,
        stage=inputs.stage,
        figure=figure,
        terms={**terms, "core": core, **extra},
        supply_used=used,
        contributions=_contributions(inputs, used, terms, extra, figure),
        inputs=inputs,
        notes=tuple(notes),
    )


def bottleneck(risks: Sequence[SupplyRisk]) -> SupplyRisk | None:
    """Return the result of the stage with the highest supply risk; by its core where there is no value yet.

    None where no stage has a number. This is how the Commission's studies choose the stage they report.
    """
    known = [one for one in risks if one.value is not None] or [
        one for one in risks if one.terms["core"].value is not None
    ]
    return max(known, key=lambda one: (one.value or 0.0, one.terms["core"].value or 0.0), default=None)


def group_supply_risk(group: str, members: Sequence[SupplyRisk]) -> SupplyRisk:
    """Return the supply risk of a group as the mean of its members, the way the studies report rare earths."""
    if not members:
        raise ValueError(f"the group {group!r} has no members to average")
    cores = _mean([one.terms["core"] for one in members], "core")
    figure = _mean([one.figure for one in members], "supply risk")
    return SupplyRisk(
        material=group,
        stage=members[0].stage,
        figure=figure,
        terms={"core": cores},
        supply_used=members[0].supply_used,
        notes=("mean of " + ", ".join(one.material for one in members),),
    )


def is_critical(supply: Figure, importance: Figure) -> bool | None:
    """Tell whether both legal thresholds are reached; None where what is known does not decide it.

    Regulation (EU) 2024/1252, Article 4(2). One bound below its threshold is enough for no.
    """
    pairs = ((supply, SUPPLY_RISK_THRESHOLD), (importance, ECONOMIC_IMPORTANCE_THRESHOLD))
    reached = [_reaches(figure, least) for figure, least in pairs]
    if False in reached:
        return False
    return True if all(reached) else None


def what_if(
    inputs: SupplyRiskInputs,
    *,
    shares: Mapping[str, Figure | float] | None = None,
    restrictions: Mapping[str, Figure | float] | None = None,
    governance: Mapping[str, Figure | float] | None = None,
    supply: Literal["global", "eu", "both"] = "both",
    import_reliance: Figure | float | None = None,
    recycling: Figure | float | None = None,
    substitution: Figure | float | None = None,
    rescale: bool = True,
) -> SupplyRiskInputs:
    """Return the inputs with some terms replaced; a number stands for a figure without interval or claims.

    ``shares`` in percent, by country: with ``rescale`` the other countries shrink or grow in proportion so that the
    sum stays as it was. ``restrictions`` are values of t, ``governance`` scores of 0 to 10. ``supply`` chooses
    where they apply; a country that is not in a supply is added to it by a share only. Recycling and substitution
    given here replace ``mitigation``.
    """
    changed = inputs
    for name, wanted in (("global_supply", "global"), ("eu_sourcing", "eu")):
        if supply not in (wanted, "both"):
            continue
        suppliers: tuple[Supplier, ...] = getattr(inputs, name)
        if not suppliers:
            continue
        replaced = _replaced(suppliers, shares or {}, restrictions or {}, governance or {}, rescale=rescale)
        changed = dataclasses.replace(changed, **{name: replaced})  # type: ignore[arg-type]
    for name, value in (
        ("import_reliance", import_reliance),
        ("recycling", recycling),
        ("substitution", substitution),
    ):
        if value is not None:
            changed = dataclasses.replace(changed, **{name: _as_figure(value)})  # type: ignore[arg-type]
    if recycling is not None or substitution is not None:
        changed = dataclasses.replace(changed, mitigation=None)
    return changed


def _reaches(figure: Figure, least: float) -> bool | None:
    # a product of decimals may end a hair below the threshold it stands on
    least -= _DUST
    if figure.value is not None:
        return figure.value >= least
    if figure.high is not None and figure.high < least:
        return False
    return True if figure.low is not None and figure.low >= least else None


def _supply_used(inputs: SupplyRiskInputs, hhi_global: Figure, hhi_eu: Figure) -> SupplyUsed:
    has_global = bool(inputs.global_supply) or hhi_global.value is not None
    has_eu = bool(inputs.eu_sourcing) or hhi_eu.value is not None
    if has_global and not has_eu:
        return "global"
    return "eu" if has_eu and not has_global else "both"


def _mitigating(inputs: SupplyRiskInputs) -> dict[str, Figure]:
    """Recycling and substitution, or their product where only that is known."""
    if inputs.mitigation is not None and (inputs.recycling is None or inputs.substitution is None):
        return {"mitigation": inputs.mitigation}
    return {
        "recycling": inputs.recycling or Figure.unknown("the end-of-life recycling input rate", unit="%"),
        "substitution": inputs.substitution or Figure.unknown("the substitution index", unit="index 0–1"),
    }


_SCALES: dict[str, tuple[float, float]] = {
    "hhi_global": (1.0, _TOP_HHI),
    "hhi_eu": (1.0, _TOP_HHI),
    "import_reliance": (0.01, 100.0),
    "recycling": (0.01, 100.0),
    "substitution": (1.0, 1.0),
    "mitigation": (1.0, 1.0),
}


def _figure(terms: Mapping[str, Figure], used: SupplyUsed, *, period: str | None) -> Figure:
    """Evaluate the formula on terms that may be unknown."""

    def formula(**values: float) -> float:
        factor = values.pop("mitigation", None)
        if factor is not None:
            values["substitution"] = factor
        return supply_risk_value(**values, supply_used=used)

    boxes: dict[str, Interval] = {}
    for name, figure in terms.items():
        scale, top = _SCALES[name]
        found = interval_of_figure(figure, floor=0.0, ceiling=top if figure.high is None else max(top, figure.high))
        boxes[name] = found.scaled(scale)
    bounds = corner_bounds(formula, boxes)
    claims = tuple(dict.fromkeys(chain.from_iterable(figure.claims for figure in terms.values())))
    missing = [figure.missing or name for name, figure in terms.items() if figure.value is None]
    known = {"unit": "score", "period": period, "claims": claims}
    if missing:
        return Figure.unknown("; ".join(missing), low=bounds.low, high=bounds.high, **known)
    value = formula(**{name: (figure.value or 0.0) * _SCALES[name][0] for name, figure in terms.items()})
    return Figure(
        value=value,
        low=min(bounds.low, value),
        high=max(bounds.high, value),
        reasons=(bounds.words,),
        **known,  # type: ignore[arg-type]
    )


def _contributions(
    inputs: SupplyRiskInputs,
    used: SupplyUsed,
    terms: Mapping[str, Figure],
    extra: Mapping[str, Figure],
    figure: Figure,
) -> tuple[Contribution, ...]:
    if figure.value is None:
        return ()
    reliance = (terms["import_reliance"].value or 0.0) / 100 if used == "both" else 0.0
    weight = {"both": reliance / 2, "global": 1.0, "eu": 0.0}[used]
    if "mitigation" in extra:
        factor = extra["mitigation"].value or 0.0
    else:
        factor = (1 - (extra["recycling"].value or 0.0) / 100) * (extra["substitution"].value or 0.0)
    found: list[Contribution] = []
    sides: tuple[tuple[Literal["global", "eu"], tuple[Supplier, ...], float], ...] = (
        ("global", () if inputs.hhi_global else inputs.global_supply, weight),
        ("eu", () if inputs.hhi_eu else inputs.eu_sourcing, 1 - weight),
    )
    for supply, suppliers, part in sides:
        for one in suppliers:
            share, score, t = one.share.value, one.governance.value, one.restriction.value
            if share is None or score is None or t is None or part == 0:
                continue
            found.append(
                Contribution(
                    supply=supply,
                    place=one.place,
                    amount=part * (share / 100) ** 2 * score * t * factor,
                    share=share,
                    restriction=t,
                    claims=tuple(dict.fromkeys((*one.share.claims, *one.restriction.claims))),
                )
            )
    return tuple(sorted(found, key=lambda one: (-one.amount, one.supply, one.place)))


def _replaced(
    suppliers: tuple[Supplier, ...],
    shares: Mapping[str, Figure | float],
    restrictions: Mapping[str, Figure | float],
    governance: Mapping[str, Figure | float],
    *,
    rescale: bool,
) -> tuple[Supplier, ...]:
    result = []
    new = {place: _as_figure(value, "%") for place, value in shares.items()}
    before = sum(one.share.value or 0.0 for one in suppliers)
    others = sum(one.share.value or 0.0 for one in suppliers if one.place not in new)
    room = before - sum(figure.value or 0.0 for figure in new.values())
    factor = max(0.0, room / others) if rescale and new and others > 0 else 1.0
    for one in suppliers:
        share = new.get(one.place) or (one.share if factor == 1.0 else _scaled(one.share, factor))
        result.append(
            dataclasses.replace(
                one,
                share=share,
                governance=_as_figure(governance[one.place]) if one.place in governance else one.governance,
                restriction=_as_figure(restrictions[one.place]) if one.place in restrictions else one.restriction,
            )
        )
    held = {one.place for one in suppliers}
    for place, share in new.items():
        if place not in held:
            score = governance.get(place, Figure.unknown(f"governance of {place}", low=0.0, high=10.0))
            t = restrictions.get(place, 1.0)
            result.append(Supplier(place=place, share=share, governance=_as_figure(score), restriction=_as_figure(t)))
    return tuple(result)


def _scaled(figure: Figure, factor: float) -> Figure:
    def times(end: float | None) -> float | None:
        return None if end is None else end * factor

    why = (*figure.reasons, "scaled so that the shares keep their sum")
    return dataclasses.replace(
        figure, value=times(figure.value), low=times(figure.low), high=times(figure.high), reasons=why
    )


def _as_figure(value: Figure | float, unit: str | None = None) -> Figure:
    if isinstance(value, Figure):
        return value
    return Figure(value=value, low=value, high=value, unit=unit, reasons=("assumed",))


def _mean(figures: Sequence[Figure], what: str) -> Figure:
    claims = tuple(dict.fromkeys(chain.from_iterable(one.claims for one in figures)))
    known = {"unit": "score", "period": figures[0].period, "claims": claims}
    lows = [one.low for one in figures if one.low is not None]
    highs = [one.high for one in figures if one.high is not None]
    low = sum(lows) / len(figures) if len(lows) == len(figures) else None
    high = sum(highs) / len(figures) if len(highs) == len(figures) else None
    values = [one.value for one in figures if one.value is not None]
    if len(values) < len(figures):
        missing = "; ".join(sorted({one.missing for one in figures if one.missing}))
        return Figure.unknown(f"the {what} of every member: {missing}", low=low, high=high, **known)
    return Figure(value=sum(values) / len(values), low=low, high=high, reasons=("mean of members",), **known)  # type: ignore[arg-type]

"""The likely spread of a supply risk beside its exact bounds: terms drawn at random, seeded.

The exact interval holds even the unlikely case that every term is at its worst together. Drawing them independently
tells where most combinations lie. Both are shown, and each says what it is.
"""

from __future__ import annotations

from lodeclaim.core.quantity import Interval
from lodeclaim.indicators.criticality_model import SupplyRisk
from lodeclaim.indicators.supply_risk import supply_risk_value
from lodeclaim.indicators.uncertainty import SAMPLES, SEED, Spread, interval_of_figure, sampled_spread

__all__ = ["sampled_supply_risk"]

_TOPS = {"import_reliance": 100.0, "recycling": 100.0, "substitution": 1.0, "mitigation": 1.0}
_PERCENT = ("import_reliance", "recycling")
#: Scale of a weighted index that is not bounded otherwise: worst governance times an export prohibition.
_TOP_INDEX = 20.0


def sampled_supply_risk(risk: SupplyRisk, *, level: float = 0.95, samples: int = SAMPLES, seed: int = SEED) -> Spread:
    """Return the central part of the supply risks that the terms allow, drawn independently.

    A known term is drawn from a triangle with its value as the peak, one that is not known evenly from all it can
    be. The result is marked as sampled, with level, samples and seed.
    """
    arguments: dict[str, tuple[Interval, float | None]] = {}
    for name, figure in risk.terms.items():
        if name == "core":
            continue
        top = max(_TOPS.get(name, _TOP_INDEX), figure.high or 0.0)
        scale = 0.01 if name in _PERCENT else 1.0
        peak = None if figure.value is None else figure.value * scale
        arguments[name] = (interval_of_figure(figure, floor=0.0, ceiling=top).scaled(scale), peak)
    if not any(name.startswith("hhi") for name in arguments):
        raise ValueError(f"the supply risk of {risk.material} has no terms of its own: it is a mean of members")

    def formula(**drawn: float) -> object:
        factor = drawn.pop("mitigation", None)
        if factor is not None:
            drawn["substitution"] = factor
        return supply_risk_value(**drawn, supply_used=risk.supply_used)

    return sampled_spread(formula, arguments, level=level, samples=samples, seed=seed)

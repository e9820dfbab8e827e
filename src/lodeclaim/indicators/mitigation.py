"""Recycling and substitution together, as a published supply risk implies them.

The tables of the Commission's 2023 study hold neither the end-of-life recycling input rate nor the substitution
index. Their product follows from the published result: SR = core · (1 - EoL-RIR) · SI_SR.
"""

from __future__ import annotations

from collections.abc import Sequence

from lodeclaim.claims.figure import Figure
from lodeclaim.indicators.criticality_model import SupplyRisk
from lodeclaim.indicators.study_tables import StudyTables
from lodeclaim.indicators.supply_risk import bottleneck
from lodeclaim.indicators.uncertainty import interval_of_figure, quotient, rounding_interval

__all__ = ["MOST", "implied_mitigation"]

#: A factor above one cannot be; this much is rounding of shares printed as whole per cents.
MOST = 1.1


def implied_mitigation(
    study: StudyTables, material: str, risks: Sequence[SupplyRisk], *, form: str | None = None
) -> Figure:
    """Return (1 - EoL-RIR) · SI_SR as the published supply risk implies it: SR over the core of the bottleneck.

    Unknown where the study publishes no number, or where the quotient is above one beyond rounding: then the
    tables do not explain the result, and the figure says so.
    """
    name = "recycling and substitution: "
    top = bottleneck(risks)
    if top is None or top.terms["core"].value is None:
        return Figure.unknown(name + "shares that the published supply risk could be compared with", low=0.0, high=1.0)
    row = study.published(material, "supply_risk", form)
    if row is None:
        return Figure.unknown(name + "a published supply risk", low=0.0, high=1.0)
    core = top.terms["core"]
    printed = rounding_interval(float(row["value"]), floor=0.0)
    spread = quotient(printed, interval_of_figure(core, floor=0.0))
    value = row["value"] / (core.value or 1.0)
    claims = (row["id"],)
    why = f"published supply risk {row['value']:g} over {core.value:.3g} from shares, t and governance ({top.stage})"
    if spread.low > 1 or value > MOST:
        return Figure.unknown(f"{name}{why} is {value:.2f}, more than one", low=0.0, high=1.0, claims=claims)
    reasons = [why, "one minus the recycling input rate, times the substitution index"]
    if value > 1:
        reasons.append("above one: the rounding of shares and the estimated import reliance are in it")
    low, high = (printed.low / core.value, printed.high / core.value) if core.value else (0.0, 1.0)
    return Figure(
        value=value,
        low=low,
        high=high,
        unit="factor 0–1",
        period=row["period"],
        claims=claims,
        reasons=tuple(reasons),
    )

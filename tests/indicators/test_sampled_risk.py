from __future__ import annotations

import pytest

from lodeclaim.claims.figure import Figure
from lodeclaim.indicators.criticality_model import SupplyRiskInputs
from lodeclaim.indicators.sampled_risk import sampled_supply_risk
from lodeclaim.indicators.supply_risk import group_supply_risk, supply_risk


def around(value: float, spread: float) -> Figure:
    return Figure(value=value, low=value - spread, high=value + spread)


def inputs(**changed: Figure) -> SupplyRiskInputs:
    known = {
        "hhi_global": around(4.0, 0.5),
        "hhi_eu": around(1.0, 0.3),
        "import_reliance": around(80.0, 10.0),
        "recycling": around(40.0, 5.0),
        "substitution": around(0.9, 0.05),
    }
    return SupplyRiskInputs(material="m", stage="processing", supply_used="both", **(known | changed))  # type: ignore[arg-type]


def test_the_sampled_part_lies_within_the_exact_bounds_and_says_what_it_is():
    risk = supply_risk(inputs())
    spread = sampled_supply_risk(risk)
    assert risk.low < spread.low < risk.value < spread.high < risk.high
    assert spread.method == "sampled" and "95%" in spread.words and "exact" in risk.figure.reasons[0]
    assert spread == sampled_supply_risk(risk) != sampled_supply_risk(risk, seed=1)


def test_an_unknown_term_widens_it():
    known = sampled_supply_risk(supply_risk(inputs()))
    open_ended = sampled_supply_risk(supply_risk(inputs(recycling=Figure.unknown("recycling", unit="%"))))
    assert open_ended.low < known.low and open_ended.high > known.high


def test_tungsten_of_the_bundled_study(bundled):
    from lodeclaim.indicators.supply_risk_inputs import supply_risk_of

    risk = supply_risk_of(bundled, "tungsten")[0]
    spread = sampled_supply_risk(risk)
    assert risk.low <= spread.low < 1.2 < spread.high <= risk.high


def test_a_group_has_no_terms_to_draw():
    with pytest.raises(ValueError, match="mean of members"):
        sampled_supply_risk(group_supply_risk("g", [supply_risk(inputs())]))

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodeclaim.claims.figure import Figure
from lodeclaim.indicators.criticality_model import Supplier, SupplyRiskInputs
from lodeclaim.indicators.supply_risk import (
    bottleneck,
    group_supply_risk,
    is_critical,
    supply_risk,
    supply_risk_value,
    what_if,
)

TABLE = Path(__file__).parent.parent / "data" / "ec_crm_2017.csv"


def known(value: float, claim: str = "", spread: float = 0.0) -> Figure:
    return Figure(value=value, low=value - spread, high=value + spread, claims=(claim,) if claim else ())


def supplier(place: str, share: float, governance: float = 5.0, t: float = 1.0) -> Supplier:
    return Supplier(place=place, share=known(share, f"s-{place}"), governance=known(governance),
                    restriction=known(t, f"t-{place}"))  # fmt: skip


@pytest.fixture
def inputs() -> SupplyRiskInputs:
    return SupplyRiskInputs(
        material="tungsten",
        stage="processing",
        global_supply=(supplier("CHN", 80.0), supplier("USA", 20.0, 2.0)),
        eu_sourcing=(supplier("AUT", 50.0, 2.0, 0.8), supplier("CHN", 50.0)),
        import_reliance=known(50.0),
        recycling=known(40.0),
        substitution=known(0.9),
    )


def rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def of_row(row: dict[str, str]) -> SupplyRiskInputs:
    def figure(column: str) -> Figure | None:
        return Figure(value=float(row[column])) if row[column] else None

    return SupplyRiskInputs(
        material=row["material"],
        stage=row["stage"],
        hhi_global=figure("hhi_global"),
        hhi_eu=figure("hhi_eu"),
        import_reliance=figure("import_reliance_percent"),
        recycling=figure("recycling_percent"),
        substitution=figure("substitution_supply"),
        supply_used=row["supply_used"],  # type: ignore[arg-type]
    )


def test_the_study_of_2017_comes_out_of_its_own_inputs():
    differences = {}
    for row in rows():
        if row["hhi_global"]:
            result = supply_risk(of_row(row))
            assert result.value is not None, (row["material"], result.missing)
            differences[row["material"]] = abs(result.value - float(row["supply_risk"]))
    assert len(differences) == 78
    assert max(differences.values()) <= 0.25
    assert sum(one <= 0.15 for one in differences.values()) >= 73


def test_the_terms_and_the_contributions_add_up(inputs):
    result = supply_risk(inputs)
    globally, union = 0.64 * 5 + 0.04 * 2, 0.25 * 2 * 0.8 + 0.25 * 5
    assert result.terms["hhi_global"].value == pytest.approx(globally)
    assert result.terms["hhi_eu"].value == pytest.approx(union)
    assert result.value == pytest.approx((globally * 0.25 + union * 0.75) * 0.6 * 0.9)
    assert sum(one.amount for one in result.contributions) == pytest.approx(result.value)
    assert {"s-CHN", "t-CHN", "s-AUT"} <= set(result.figure.claims)
    assert result.contributions[0].amount >= result.contributions[-1].amount


def test_what_is_missing_is_said_and_bounded(inputs):
    import dataclasses

    result = supply_risk(dataclasses.replace(inputs, recycling=None))
    assert result.value is None and "recycling" in result.missing
    assert result.low == 0 and result.high == pytest.approx(result.terms["core"].value * 0.9)
    assert result.terms["core"].value is not None
    nothing = supply_risk(SupplyRiskInputs(material="tungsten", stage="processing"))
    assert nothing.value is None and "shares of countries" in nothing.missing


def test_one_supply_alone_is_said(inputs):
    import dataclasses

    result = supply_risk(dataclasses.replace(inputs, eu_sourcing=(), import_reliance=None))
    assert result.supply_used == "global" and any("global supply only" in note for note in result.notes)
    assert result.value == pytest.approx((0.64 * 5 + 0.04 * 2) * 0.6 * 0.9)


def test_what_if_changes_one_term_and_leaves_the_rest(inputs):
    before = supply_risk(inputs).value
    licence = Figure(value=1.3, low=1.1, high=1.5, claims=("c-news",))
    after = supply_risk(what_if(inputs, restrictions={"CHN": licence}))
    assert after.value > before and "c-news" in after.figure.claims
    assert after.low < after.value < after.high
    assert supply_risk(what_if(inputs, restrictions={"CHN": 1.0})).value == pytest.approx(before)
    shifted = what_if(inputs, shares={"CHN": 40.0}, supply="global")
    assert [round(one.share.value) for one in shifted.global_supply] == [40, 60]
    assert shifted.eu_sourcing == inputs.eu_sourcing
    newcomer = what_if(inputs, shares={"KAZ": 10.0}, supply="global", governance={"KAZ": 5.5})
    assert sum(one.share.value for one in newcomer.global_supply) == pytest.approx(100)
    assert supply_risk(what_if(inputs, import_reliance=0.0)).terms["import_reliance"].value == 0
    assert supply_risk(what_if(inputs, recycling=100.0)).value == pytest.approx(0)
    assert supply_risk(what_if(inputs, governance={"CHN": 10.0})).value > before
    assert supply_risk(what_if(inputs, substitution=0.45)).value == pytest.approx(before / 2)


def test_the_bottleneck_is_the_higher_stage(inputs):
    high, low = supply_risk(inputs), supply_risk(what_if(inputs, recycling=90.0))
    assert bottleneck([low, high]) is high
    assert bottleneck([]) is None


def test_a_group_is_the_mean_of_its_members(inputs):
    one, two = supply_risk(inputs), supply_risk(what_if(inputs, substitution=0.5))
    group = group_supply_risk("rare-earths", [one, two])
    assert group.value == pytest.approx((one.value + two.value) / 2)


def test_both_thresholds_of_the_law_make_it_critical():
    unknown = Figure.unknown("something", low=0.0, high=9.0)
    assert is_critical(known(1.0), known(2.8)) is True
    assert is_critical(known(0.9), known(8.0)) is False
    assert is_critical(unknown, known(8.0)) is None
    assert is_critical(unknown, known(2.0)) is False
    assert is_critical(Figure.unknown("it", low=1.2, high=2.0), known(3.0)) is True


TERMS = st.fixed_dictionaries(
    {
        "hhi_global": st.floats(0, 15),
        "hhi_eu": st.floats(0, 15),
        "import_reliance": st.floats(0, 1),
        "recycling": st.floats(0, 1),
        "substitution": st.floats(0, 1),
    }
)


@given(TERMS, st.floats(0, 1))
def test_monotone_in_every_term_that_has_a_sign(terms, step):
    base = supply_risk_value(**terms)
    for name in ("hhi_global", "hhi_eu"):
        assert supply_risk_value(**{**terms, name: terms[name] + step}) >= base - 1e-12
    assert supply_risk_value(**{**terms, "recycling": min(1, terms["recycling"] + step)}) <= base + 1e-12
    assert supply_risk_value(**{**terms, "substitution": min(1, terms["substitution"] + step)}) >= base - 1e-12


@given(TERMS, st.tuples(*[st.floats(0, 0.2)] * 5), st.data())
def test_the_interval_holds_every_choice_within_the_terms(terms, spreads, data):
    scales = {"import_reliance": 100, "recycling": 100}
    boxes = {
        name: (max(0.0, value - spread), value + spread if name.startswith("hhi") else min(1.0, value + spread))
        for (name, value), spread in zip(terms.items(), spreads, strict=True)
    }
    figures = {
        name: Figure(value=terms[name] * scales.get(name, 1), low=low * scales.get(name, 1),
                     high=high * scales.get(name, 1))
        for name, (low, high) in boxes.items()
    }  # fmt: skip
    result = supply_risk(SupplyRiskInputs(material="m", stage="processing", supply_used="both", **figures))
    true = supply_risk_value(**{name: data.draw(st.floats(*box)) for name, box in boxes.items()})
    assert result.low - 1e-9 <= true <= result.high + 1e-9

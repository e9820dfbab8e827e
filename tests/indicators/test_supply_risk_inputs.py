from __future__ import annotations

import polars as pl
import pytest

from lodeclaim.claims.figure import Figure
from lodeclaim.indicators.reproduction import BAND, reproduce_study
from lodeclaim.indicators.supply_risk import supply_risk, what_if
from lodeclaim.indicators.supply_risk_inputs import governance_years, inputs_for, supply_risk_of

#: Critical materials of 2023 whose published result follows from the published tables; groups of rare earths beside.
FOLLOW = (
    *("aluminium", "antimony", "baryte", "bismuth", "boron", "cobalt", "coking-coal", "feldspar", "fluorspar"),
    *("gallium", "hafnium", "helium", "lithium", "magnesium", "manganese", "graphite", "nickel", "niobium"),
    *("phosphate-rock", "phosphorus", "scandium", "silicon-metal", "strontium", "tantalum", "tungsten", "vanadium"),
)
DO_NOT = ("arsenic", "beryllium", "copper", "germanium")


def test_every_term_of_tungsten_has_its_claims(bundled):
    inputs = inputs_for(bundled, "tungsten", "processing")
    assert inputs.global_supply[0].place == "CHN"
    assert inputs.global_supply[0].share.value == pytest.approx(85.6)
    assert all(one.share.claims and one.restriction.claims for one in inputs.global_supply)
    assert inputs.import_reliance.value == pytest.approx(79.12, abs=0.01)
    result = supply_risk(inputs)
    assert result.terms["hhi_global"].value == pytest.approx(4.20, abs=0.01)
    assert result.terms["hhi_eu"].value == pytest.approx(0.81, abs=0.01)
    assert result.terms["core"].value == pytest.approx(2.16, abs=0.01)
    assert result.value is None and "recycling" in result.missing


def test_the_published_result_comes_back_and_a_measure_moves_it(bundled):
    top = supply_risk_of(bundled, "tungsten")[0]
    assert top.stage == "processing" and top.value == pytest.approx(1.2)
    assert top.low < top.value < top.high
    licence = Figure(value=1.5, low=1.2, high=1.8, unit="t", claims=("c-article",))
    moved = supply_risk(what_if(top.inputs, restrictions={"CHN": licence}))
    assert moved.value > top.value + 0.1
    assert moved.contributions[0].place == "CHN" and "c-article" in moved.contributions[0].claims
    back = supply_risk(what_if(moved.inputs, restrictions={"CHN": one_of(top, "CHN").restriction}))
    assert back.value == pytest.approx(top.value, abs=0.05)


def one_of(risk, place):
    return next(one for one in risk.inputs.global_supply if one.place == place)


def test_a_later_year_takes_shares_from_quantities_and_says_so(bundled):
    inputs = inputs_for(bundled, "tungsten", "extraction", 2025)
    assert inputs.global_supply[0].share.value == pytest.approx(100 * 67 / 85, abs=0.3)
    assert any("quantities of 2025" in note for note in inputs.notes)
    assert any("2016/2020" in note for note in inputs.notes)
    assert inputs_for(bundled, "tungsten", "extraction", 2018).period == "2016/2020"


def test_a_material_without_any_claim_is_not_safe(bundled):
    inputs = inputs_for(bundled, "steel", "processing")
    assert inputs.global_supply == () and supply_risk(inputs).value is None


def test_governance_years_are_the_study_s_or_the_last_five(bundled):
    assert governance_years(bundled, "2016/2020") == [2016, 2017, 2018, 2019, 2020]
    assert governance_years(bundled, None) == [2018, 2019, 2020, 2021, 2022]
    assert governance_years(bundled, None, until=2019)[-1] == 2019


@pytest.fixture(scope="module")
def reproduced(bundled) -> pl.DataFrame:
    return reproduce_study(bundled)


def test_the_study_of_2023_follows_from_its_tables(reproduced):
    within = {
        (material, form): inside for material, form, inside in reproduced.select("material", "form", "within").rows()
    }
    assert [name for name in FOLLOW if not within[name, None]] == []
    assert within["titanium", "metal"]
    assert within["heavy-rare-earths", None] and within["light-rare-earths", None]
    assert len(FOLLOW) + 1 == 27


def test_what_does_not_follow_is_listed_with_a_reason(reproduced):
    for name in DO_NOT:
        row = reproduced.filter(pl.col("material") == name).row(0, named=True)
        assert row["within"] is False and row["reason"].startswith("does not follow"), name
    lost = reproduced.filter(pl.col("within").is_null() | ~pl.col("within"))
    assert lost["reason"].str.len_chars().min() > 20
    inside = reproduced.filter(pl.col("within"))["ratio"]
    assert BAND[0] <= inside.min() and inside.max() <= BAND[1]


def test_rare_earths_are_the_mean_of_their_members(reproduced):
    heavy = reproduced.filter(pl.col("material") == "heavy-rare-earths").row(0, named=True)
    light = reproduced.filter(pl.col("material") == "light-rare-earths").row(0, named=True)
    assert heavy["core"] == pytest.approx(5.42, abs=0.01) and light["core"] == pytest.approx(4.18, abs=0.01)


def test_a_member_state_has_the_parameter_of_members_where_the_study_does_not_know_it(bundled):
    # The study has magnesite, a form of its own, so no country of the ore that is mined later has a parameter.
    inputs = inputs_for(bundled, "magnesium", "extraction", 2025)
    members = {one.place: one.restriction for one in inputs.global_supply if one.place in ("AUT", "ESP", "CHN")}
    assert {place: one.value for place, one in members.items()} == {"AUT": 0.8, "ESP": 0.8, "CHN": 1.0}
    assert "member" in members["AUT"].reasons[0]


def test_sourcing_of_which_little_is_named_is_not_known(bundled):
    # The table names 9 % of the Union's chromite, all of it foreign: that the Union mines none does not follow.
    inputs = inputs_for(bundled, "chromium", "extraction")
    assert inputs.eu_sourcing == ()
    reliance = inputs.import_reliance
    assert reliance.value is None and "9 % of it is named" in reliance.missing and reliance.claims
    assert (reliance.low, reliance.high) == (pytest.approx(8.0), 100.0)
    result = supply_risk(inputs)
    assert result.supply_used == "global" and any("9 %" in note for note in result.notes)


def test_what_the_table_does_not_name_may_be_imported_or_made_at_home(bundled):
    # 77 % of the Union's tungsten ore is named, all of it domestic.
    reliance = inputs_for(bundled, "tungsten", "extraction").import_reliance
    assert reliance.value == 0.0 and reliance.low == 0.0 and 23 <= reliance.high <= 25

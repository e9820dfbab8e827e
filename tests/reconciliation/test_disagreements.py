from __future__ import annotations

import pytest

from lodeclaim.reconciliation.disagreements import disagreements

RELIANCE = {"predicate": "import_reliance", "unit": "%", "basis": None, "stage": None, "place": "USA"}


def test_values_that_exclude_each_other(say, table):
    (found,) = disagreements(table([say(2400.0, "d1"), say(1500.0, "d2")]))
    assert found.kind == "conflict"
    assert "production of tungsten, Kazakhstan, extraction, contained, 2025" in found.explanation
    assert "1 500 t (Publisher d2, no date)" in found.explanation


def test_rounding_bounds_and_about_are_no_disagreement(say, table):
    claims = [
        say(2400.0, "d1"),
        say(2440.0, "d2"),
        say(2000.0, "d3", comparator=">"),
        say(2500.0, "d4", comparator="~"),
    ]
    assert disagreements(table(claims)) == []


def test_a_scale_slip_is_named(say, table):
    deal = {"predicate": "financing", "unit": "USD", "basis": None, "place": None, "site": "bakuta"}
    (found,) = disagreements(table([say(255e6, "d1", **deal), say(25.5e6, "d2", **deal)]))
    assert found.kind == "conflict" and "scale slip" in found.explanation
    (found,) = disagreements(table([say(255e6, "d1", **deal), say(90e6, "d2", **deal)]))
    assert found.kind == "several"


def test_loan_and_letter_of_interest_are_two_things(say, table):
    deal = {"predicate": "financing", "unit": "USD", "basis": None}
    claims = [say(900e6, "d1", instrument="letter of interest", **deal), say(500e6, "d2", instrument="loan", **deal)]
    assert disagreements(table(claims)) == []


def test_one_document_with_three_figures_for_one_importer(say, table):
    values = [say(value, "d1", at, period=None, **RELIANCE) for at, value in enumerate([50.0, 80.0, 83.0])]
    official = say(50.0, "s1", comparator=">", **RELIANCE)
    found = disagreements(table([*values, official]))
    several = [one for one in found if one.kind == "several"]
    assert len(several) == 1
    assert set(several[0].claims) >= {claim.id for claim in values}
    assert "one source gives 3 values" in several[0].explanation
    bound = next(one for one in found if one.kind == "bound")
    assert set(bound.claims) == {values[0].id, official.id}
    assert [one.severity for one in found] == sorted((one.severity for one in found), reverse=True)


def test_an_undated_figure_beside_the_latest_statistics(say, table):
    claims = [say(30.0, "d1", period=None, **RELIANCE), say(50.0, "s1", comparator=">", **RELIANCE)]
    (found,) = disagreements(table(claims))
    assert found.kind == "several" and "undated" in found.explanation


def test_classes_of_a_deposit(say, table):
    deposit = {"predicate": "reserve", "place": None, "site": "kuirektykol", "material": "rare-earths", "period": None}
    claims = [
        say(8e6, "d1", 0, kind="proven", **deposit),
        say(282e6, "d1", 50, kind="resource", **deposit),
        say(20e6, "d2", kind=None, **deposit),
    ]
    (found,) = disagreements(table(claims))
    assert found.kind == "several" and "class" in found.explanation
    assert set(found.claims) == {claim.id for claim in claims}


def test_bases_without_factor_are_several(say, table):
    claims = [say(2400.0, "d1"), say(30_000.0, "d2", basis="gross", form="ore")]
    (found,) = disagreements(table(claims))
    assert found.kind == "several" and "basis" in found.explanation


def test_an_oxide_taken_for_the_metal_is_suspected(say, table):
    (found,) = disagreements(table([say(793.0, "d1"), say(1000.0, "d2")]))
    assert "WO3" in found.explanation


def test_short_tons_are_suspected(say, table):
    (found,) = disagreements(table([say(100_000.0, "d1"), say(110_231.0, "d2")]))
    assert "short" in found.explanation


@pytest.mark.parametrize(
    "other",
    [
        {"place": "CHN"},
        {"material": "cobalt"},
        {"stage": "processing"},
        {"period": "2015"},
        {"modality": "planned"},
        {"predicate": "capacity"},
    ],
)
def test_other_matters_stay_quiet(say, table, other):
    assert disagreements(table([say(2400.0, "d1"), say(9000.0, "d2", **other)])) == []


def test_measures_of_one_rate_on_two_targets_stay_quiet(say, table):
    tariff = {"predicate": "measure", "kind": "tariff", "unit": "%", "basis": None, "place": None, "actor": "USA"}
    claims = [say(25.0, "d1", counterparty="CHN", **tariff), say(50.0, "d1", 9, counterparty="KAZ", **tariff)]
    assert disagreements(table(claims)) == []


def test_a_part_above_the_world_total(say, table):
    ground = {"predicate": "reserve", "kind": "reserve", "period": None}
    world = say(90e6, "s1", place="WLD", comparator=">", **ground | {"period": "2025"})
    deposit = say(282e6, "d1", site="kuirektykol", place=None, **ground)
    (found,) = disagreements(table([world, deposit]))
    assert found.kind == "several" and "3.13 times the published world total" in found.explanation
    assert found.claims == (deposit.id, world.id)
    assert disagreements(table([world, say(100e6, "d1", site="kuirektykol", place=None, **ground)])) == []
    total = say(85_000.0, "s1", place="WLD")
    (found,) = disagreements(table([total, say(95_000.0, "d1", place="CHN")]))
    assert found.kind == "conflict"


def test_changes_and_counts_of_one_document_stay_quiet(say, table):
    growth = {"predicate": "growth", "unit": "%", "basis": None}
    claims = [say(198.0, "d1", 0, **growth), say(300.0, "d1", 50, **growth), say(60.0, "d2", **growth)]
    assert disagreements(table(claims)) == []


def test_quantities_of_nobody_stay_quiet(say, table):
    claims = [say(4_500.0, "d1", place=None, predicate="demand"), say(12_000.0, "d2", place=None, predicate="demand")]
    assert disagreements(table(claims)) == []

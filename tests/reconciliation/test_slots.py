from __future__ import annotations

import pytest

from lodeclaim.reconciliation.slots import half_last_digit, slots


def only(found):
    assert len(found) == 1, list(found)
    return next(iter(found.items()))


def test_rounding_is_half_of_the_last_digit_and_bounded():
    assert half_last_digit(67_000) == 500
    assert half_last_digit(2_400) == 50
    assert half_last_digit(82.7) == pytest.approx(0.05)
    assert half_last_digit(1_000_000) == 50_000
    assert half_last_digit(0) == 0


def test_a_year_of_tonnes_is_tonnes_a_year(say, table):
    key, members = only(slots(table([say(2400.0), say(2500.0, "d2", unit="t/yr"), say(2.6, "d3", unit="kt/yr")])))
    assert key.unit == "t"
    assert sorted(one.value for one in members) == [2400.0, 2500.0, 2600.0]
    assert len(slots(table([say(2400.0), say(8.0, unit="t/day")]))) == 2


def test_a_compound_of_known_factor_counts_as_contained(say, table):
    key, members = only(slots(table([say(793.0), say(1000.0, "d2", basis="WO3")])))
    assert key.basis == "contained"
    converted = next(one for one in members if one.notes)
    assert converted.value == pytest.approx(793.0)
    assert "WO3" in converted.notes[0]


def test_bases_never_mix(say, table):
    found = slots(table([say(2400.0), say(3000.0, "d2", basis="gross", form="ore")]))
    assert {key.basis for key in found} == {"contained", "gross"}


def test_what_is_not_stated_joins_the_one_that_is(say, table):
    key, members = only(slots(table([say(2400.0, "s1"), say(2500.0, "d2", basis=None, stage=None)])))
    assert (key.stage, key.basis) == ("extraction", "contained")
    note = next(one.notes[0] for one in members if one.source == "d2")
    assert "basis not stated" in note and "stage not stated" in note


def test_what_is_not_stated_stays_apart_where_two_are(say, table):
    claims = [say(2400.0, "d1"), say(9000.0, "d2", basis="gross"), say(2500.0, "d3", basis=None)]
    assert len(slots(table(claims))) == 3
    claims[0] = say(2400.0, "s1")
    assert len(slots(table(claims))) == 2


def test_tables_join_nothing(say, table):
    found = slots(table([say(100.0, "s1", form="rutile"), say(300.0, "s1", form=None, at=9)]))
    assert len(found) == 2


def test_the_same_role_in_whichever_column(say, table):
    claims = [
        say(80.0, "d1", predicate="share", unit="%", basis=None, place="CHN"),
        say(82.0, "d2", predicate="share", unit="%", basis=None, place="WLD", actor="CHN"),
    ]
    key, _ = only(slots(table(claims)))
    assert (key.place, key.actor) == ("WLD", "CHN")
    claims = [say(2400.0, "d1"), say(2500.0, "d2", place=None, actor="KAZ")]
    assert only(slots(table(claims)))[0].place == "KAZ"


@pytest.mark.parametrize(
    "difference",
    [
        {"place": "CHN"},
        {"site": "bakuta"},
        {"period": "2024"},
        {"period": None},
        {"material": "cobalt"},
        {"kind": "secondary"},
        {"stage": "processing"},
        {"modality": "planned"},
        {"unit": "count"},
        {"actor": "jiaxin"},
        {"period": "2025-33"},
    ],
)
def test_what_parts_slots(say, table, difference):
    assert len(slots(table([say(2400.0), say(9999.0, "d2", **difference)]))) == 2


def test_claims_without_number_are_left_out_unless_withheld(say, table):
    assert slots(table([say(None)])) == {}
    _, members = only(slots(table([say(None, "s1", flags=("withheld",))])))
    assert members[0].value is None

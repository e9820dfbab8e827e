from __future__ import annotations

import pytest

from lodeclaim.indicators.reserves import reserves

GROUND = {"predicate": "reserve", "kind": "reserve"}


def test_countries_with_their_share_of_the_world(table, say):
    claims = [
        say("CHN", 2.5e6, **GROUND),
        say("KAZ", None, **GROUND | {"flags": ("not-available",)}),
        say("WLD", 5e6, **GROUND),
    ]
    world, china, kazakhstan = reserves(table(claims), "tungsten")
    assert (world.place, world.world_share) == ("WLD", None)
    assert china.world_share.value == pytest.approx(50)
    assert china.world_share.low < 50 < china.world_share.high
    assert (kazakhstan.place, kazakhstan.figure.value) == ("KAZ", None)
    assert "not-available" in kazakhstan.figure.missing


def test_classes_stay_apart_and_the_latest_period_counts(table, say):
    claims = [
        say("CHN", 2.4e6, **GROUND | {"period": "2024"}),
        say("CHN", 2.5e6, **GROUND),
        say("CHN", 9e6, "d1", predicate="reserve", kind="resource"),
    ]
    found = reserves(table(claims), "tungsten")
    assert [(one.kind, one.figure.value) for one in found] == [("resource", 9e6), ("reserve", 2.5e6)]


def test_a_total_that_is_a_bound_gives_an_upper_share(table, say):
    claims = [say("CHN", 2.5e6, **GROUND), say("WLD", 4.7e6, comparator=">", **GROUND)]
    china = next(one for one in reserves(table(claims), "tungsten") if one.place == "CHN")
    assert china.world_share.low == 0
    assert china.world_share.high < 55


def test_sites_come_with_what_disagrees(table, say):
    deposit = {"predicate": "reserve", "kind": "resource", "site": "north-katpar"}
    claims = [say("KAZ", 231_500.0, "d1", **deposit), say("KAZ", 100_000.0, "d2", **deposit)]
    (found,) = reserves(table(claims), "tungsten")
    assert found.site == "north-katpar" and found.disagreement.kind == "conflict"
    assert set(found.disagreement.claims) == {claim.id for claim in claims}


def test_plans_and_other_materials_are_left_out(table, say):
    claims = [say("CHN", 1.0, modality="forecast", **GROUND), say("CHN", 1.0, material="cobalt", **GROUND)]
    assert reserves(table(claims), "tungsten") == []

from __future__ import annotations

import pytest

from lodeclaim.indicators.at_capacity import capacities, shares_at_capacity
from lodeclaim.indicators.concentration import concentration


def capacity(say, value, **slots):
    place = slots.pop("place", "KAZ")
    return say(place, value, source="article", predicate="capacity", unit="t/yr", **slots)


def test_a_capacity_above_output_changes_the_shares(say, world, table) -> None:
    plant = capacity(say, 15_000.0)
    shares, hhi, notes = shares_at_capacity(table([*world, plant]), "tungsten", "extraction", year=2025)
    # 15,000 of 67,000 + 15,000 + 3,000 + 12,600
    own = next(one for one in shares if one.place == "KAZ")
    assert own.figure.value == pytest.approx(100 * 15_000 / 97_600)
    assert plant.id in own.figure.claims
    assert plant.id in hhi.claims
    assert sum(one.figure.value or 0.0 for one in shares) == pytest.approx(100 * 85_000 / 97_600)
    before = concentration(table(world), "tungsten", "extraction", year=2025).hhi.value
    assert before is not None
    assert hhi.value is not None
    assert hhi.value < before
    assert notes == ()


def test_a_capacity_below_output_changes_nothing(say, world, table) -> None:
    frame = table([*world, capacity(say, 1_000.0)])
    _, hhi, _ = shares_at_capacity(frame, "tungsten", "extraction", year=2025)
    assert hhi.value == pytest.approx(concentration(frame, "tungsten", "extraction", year=2025).hhi.value)


def test_planned_capacity_counts_only_where_asked(say, table) -> None:
    frame = table([capacity(say, 15_000.0, modality="planned", period="2030")])
    assert capacities(frame, "tungsten", "extraction") == {}
    assert capacities(frame, "tungsten", "extraction", planned=True)["KAZ"].value == 15_000.0


def test_gross_capacity_is_not_set_against_contained_output(say, world, table) -> None:
    frame = table([*world, capacity(say, 900_000.0, basis="gross")])
    shares, _, notes = shares_at_capacity(frame, "tungsten", "extraction", year=2025)
    assert any("KAZ: capacity is gross" in note for note in notes)
    assert next(one for one in shares if one.place == "KAZ").quantity.value == 2_400.0

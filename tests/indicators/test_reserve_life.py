from __future__ import annotations

import pytest

from lodeclaim.claims.figure import Figure
from lodeclaim.indicators.reserve_life import reserve_life, years_of_production


def tonnes(value: float | None, basis: str | None = "contained", spread: float = 0.0) -> Figure:
    if value is None:
        return Figure.unknown("a quantity", unit="t", basis=basis)
    return Figure(value=value, low=value - spread, high=value + spread, unit="t", basis=basis)


def test_reserves_over_production(table, world, say):
    held = [
        say("CHN", 2_400_000.0, predicate="reserve", kind="reserve"),
        say("KAZ", None, predicate="reserve", kind="reserve"),
        say("RUS", 400_000.0, predicate="reserve", kind="reserve"),
        say("WLD", 4_600_000.0, predicate="reserve", kind="reserve"),
    ]
    found = reserve_life(table([*world, *held]), "tungsten")
    assert found[0].place == "WLD" and found[0].figure.value == pytest.approx(4_600 / 85)
    lives = {one.place: one.figure for one in found}
    assert lives["CHN"].value == pytest.approx(2_400 / 67) and lives["CHN"].claims
    assert lives["KAZ"].value is None
    assert lives["RUS"].value is None and "production of RUS" in lives["RUS"].missing


def test_bases_units_and_zeros():
    assert "one basis" in years_of_production(tonnes(10, "gross"), tonnes(1)).missing
    assert "above zero" in years_of_production(tonnes(10), tonnes(0)).missing
    volume = Figure(value=1.0, unit="m3", basis="contained")
    assert "one unit" in years_of_production(volume, tonnes(1)).missing
    spread = years_of_production(tonnes(100, spread=10), tonnes(2, spread=1))
    assert (spread.low, spread.high) == (30, 110)


def test_the_bundled_statistics(bundled):
    lives = {one.place: one.figure for one in reserve_life(bundled, "antimony")}
    assert lives["WLD"].value > 0 and lives["WLD"].low <= lives["WLD"].value

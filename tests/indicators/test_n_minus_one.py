from __future__ import annotations

import pytest

from lodeclaim.claims.figure import Figure
from lodeclaim.indicators.model import Share
from lodeclaim.indicators.n_minus_one import n_minus_one, without_source


def test_the_world_without_its_largest_producer(table, world):
    result = n_minus_one(table(world), "tungsten", "extraction")
    assert (result.place, result.next_place) == ("CHN", "VNM")
    assert result.left.value == pytest.approx(100 * 18 / 85)
    assert result.quantity_left.value == pytest.approx(18_000)
    assert result.left.low <= result.left.value <= result.left.high
    assert result.hhi.value == pytest.approx((3 / 18) ** 2 + (2.4 / 18) ** 2)
    assert result.hhi.low <= result.hhi.value < result.hhi.high
    assert result.lost.claims


def test_another_country_can_be_taken_out(table, world):
    result = n_minus_one(table(world), "tungsten", "extraction", place="KAZ")
    assert result.lost.value == pytest.approx(100 * 2.4 / 85) and result.next_place == "CHN"


def test_a_withheld_share_may_be_the_largest():
    shares = [
        Share(place="CHN", figure=Figure(value=40.0, low=40.0, high=40.0)),
        Share(place="USA", figure=Figure.unknown("withheld", low=0.0, high=60.0)),
    ]
    result = without_source(shares)
    assert any("USA" in note for note in result.notes) and result.hhi.value is None
    assert without_source(shares, place="PER").left.value is None


def test_nothing_known(table):
    result = n_minus_one(table([]), "tungsten", "extraction")
    assert result.place is None and result.left.value is None and any("missing" in note for note in result.notes)

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodeclaim.core.quantity import Interval
from lodeclaim.indicators.herfindahl import herfindahl, herfindahl_bounds

QUANTITIES = st.lists(st.floats(0, 1e6, allow_nan=False), min_size=1, max_size=25).filter(lambda many: sum(many) > 1)


def test_known_values():
    assert herfindahl([1]) == 1
    assert herfindahl([10] * 10) == pytest.approx(0.1)
    assert herfindahl([60, 30], residual=10) == pytest.approx(0.45)
    bounds = herfindahl_bounds([Interval(60, 60), Interval(30, 30)], Interval(10, 10))
    assert (bounds.low, bounds.high) == (pytest.approx(0.45), pytest.approx(0.46))
    with pytest.raises(ValueError, match="nothing"):
        herfindahl([0.0])
    with pytest.raises(ValueError, match="nothing"):
        herfindahl_bounds([Interval(0, 0)])
    with pytest.raises(ValueError, match="below zero"):
        herfindahl_bounds([Interval(-1, 1)])


def test_the_least_is_found_inside_the_box():
    # Level parts would be least concentrated: the wide interval settles between its ends.
    bounds = herfindahl_bounds([Interval(40, 40), Interval(0, 100)])
    assert bounds.low == pytest.approx(0.5)
    assert bounds.high == pytest.approx(1.0)


@given(QUANTITIES, st.data())
def test_the_truth_lies_within_when_countries_are_withheld(quantities, data):
    hidden = data.draw(st.lists(st.booleans(), min_size=len(quantities), max_size=len(quantities)))
    true = herfindahl(quantities)
    named = [Interval(one, one) for one, away in zip(quantities, hidden, strict=True) if not away]
    rest = sum(one for one, away in zip(quantities, hidden, strict=True) if away)
    bounds = herfindahl_bounds(named, Interval(rest, rest))
    assert bounds.low - 1e-9 <= true <= bounds.high + 1e-9


@given(QUANTITIES, st.data())
def test_the_truth_lies_within_when_values_are_uncertain(quantities, data):
    ends = st.floats(0, 1)
    box = []
    for one in quantities:
        below, above = data.draw(ends), data.draw(ends)
        box.append(Interval(one * (1 - below), one * (1 + above)))
    bounds = herfindahl_bounds(box)
    assert bounds.low - 1e-9 <= herfindahl(quantities) <= bounds.high + 1e-9
    for part in (lambda one: one.low, lambda one: one.high):
        corner = [part(one) for one in box]
        if sum(corner) > 1:
            assert bounds.low - 1e-9 <= herfindahl(corner) <= bounds.high + 1e-9


@given(st.lists(st.tuples(st.floats(1, 1e3), st.floats(0, 1)), min_size=1, max_size=6))
def test_the_bounds_are_tight_at_the_corners(pairs):
    from itertools import product

    box = [Interval(low, low * (1 + width)) for low, width in pairs]
    corners = [herfindahl(list(corner)) for corner in product(*((one.low, one.high) for one in box))]
    bounds = herfindahl_bounds(box)
    assert bounds.high >= max(corners) - 1e-9
    assert bounds.high <= max(corners) * 1.35 + 1e-9
    assert bounds.low <= min(corners) + 1e-9


@given(st.floats(0.01, 100), QUANTITIES)
def test_units_do_not_matter(factor, quantities):
    assert herfindahl([factor * one for one in quantities]) == pytest.approx(herfindahl(quantities), rel=1e-6)

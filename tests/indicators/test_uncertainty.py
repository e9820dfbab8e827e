from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodeclaim.claims.figure import Figure
from lodeclaim.core.quantity import Interval
from lodeclaim.indicators.uncertainty import (
    corner_bounds,
    interval_of_figure,
    quotient,
    rounding_interval,
    sampled_spread,
)

ENDS = st.tuples(st.floats(0, 100), st.floats(0, 100)).map(lambda pair: Interval(min(pair), max(pair)))


@given(ENDS, ENDS, ENDS, st.data())
def test_corners_hold_a_formula_that_is_affine_in_each_argument(one, two, three, data):
    def formula(a: float, b: float, c: float) -> float:
        return a * b - b * c + 3 * c

    spread = corner_bounds(formula, {"a": one, "b": two, "c": three})
    inside = formula(*(data.draw(st.floats(box.low, box.high)) for box in (one, two, three)))
    assert spread.low - 1e-6 <= inside <= spread.high + 1e-6
    assert spread.method == "exact" and "exact" in spread.words


def test_an_argument_without_a_bound_is_refused():
    with pytest.raises(ValueError, match="'a' has no bound"):
        corner_bounds(lambda a: a, {"a": Interval(0, math.inf)})
    with pytest.raises(ValueError, match="nothing can be drawn"):
        sampled_spread(lambda a: a, {"a": (Interval(0, math.inf), None)})


def test_sampling_is_the_same_for_a_seed_and_says_that_it_sampled():
    arguments = {"a": (Interval(0, 2), 1.0), "b": (Interval(3, 3), None), "c": (Interval(0, 1), None)}
    first = sampled_spread(lambda a, b, c: a * b + c, arguments, seed=7)
    again = sampled_spread(lambda a, b, c: a * b + c, dict(reversed(arguments.items())), seed=7)
    other = sampled_spread(lambda a, b, c: a * b + c, arguments, seed=8)
    assert first == again != other
    assert 0 < first.low < 3.5 < first.high < 7
    assert first.words == "interval: 95% of 20000 samples, seed 7"


@given(st.integers(0, 10_000), st.integers(0, 3))
def test_rounding_holds_what_was_rounded(digits, decimals):
    value = digits / 10**decimals
    box = rounding_interval(value, floor=0)
    half = 0.5 / 10**decimals
    assert box.low <= value <= box.high
    assert box.high >= value + half - 1e-9 or value == round(value, decimals - 1 if decimals else 0)


def test_quotients_of_what_may_be_zero_have_no_top():
    assert quotient(Interval(2, 4), Interval(1, 2)) == Interval(1, 4)
    assert quotient(Interval(2, 4), Interval(0, 2)).high == math.inf
    with pytest.raises(ValueError, match="not negative"):
        quotient(Interval(-1, 1), Interval(1, 2))


def test_an_unknown_figure_allows_everything_between_floor_and_ceiling():
    assert interval_of_figure(Figure.unknown("a number"), floor=0, ceiling=9) == Interval(0, 9)
    assert interval_of_figure(Figure(value=4.0)) == Interval(4, 4)
    assert interval_of_figure(Figure(value=4.0, low=2.0), floor=0, ceiling=9) == Interval(2, 9)

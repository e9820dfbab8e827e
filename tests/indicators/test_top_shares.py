from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodeclaim.claims.figure import Figure
from lodeclaim.indicators.concentration import concentration
from lodeclaim.indicators.top_shares import top_share, top_share_of


def test_the_largest_together(table, world):
    result = concentration(table(world), "tungsten", "extraction")
    assert top_share(result, 1).value == pytest.approx(100 * 67 / 85)
    three = top_share(result, 3)
    assert three.value == pytest.approx(100 * (67 + 3 + 2.4) / 85)
    assert three.low <= three.value and three.high > three.value + 5
    assert three.claims
    with pytest.raises(ValueError, match="at least 1"):
        top_share(result, 0)


def test_nothing_known(table):
    assert top_share(concentration(table([]), "tungsten", "extraction"), 3).value is None


@given(st.lists(st.floats(0.1, 100), min_size=1, max_size=8), st.integers(1, 4), st.data())
def test_bounds_hold_the_truth_when_shares_are_withheld(parts, n, data):
    whole = sum(parts)
    shares = [100 * part / whole for part in parts]
    hidden = data.draw(st.lists(st.booleans(), min_size=len(shares), max_size=len(shares)))
    room = sum(share for share, away in zip(shares, hidden, strict=True) if away)
    figures = [
        Figure.unknown("withheld", low=0.0, high=room) if away else Figure(value=share, low=share, high=share)
        for share, away in zip(shares, hidden, strict=True)
    ]
    result = top_share_of(figures, n)
    assert result.low - 1e-9 <= sum(sorted(shares)[-n:]) <= result.high + 1e-9

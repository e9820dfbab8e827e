from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lodeclaim.charts.measure import compact, ticks, ticks_log, width_of, wrap


@given(st.text(max_size=200), st.floats(min_value=20, max_value=400))
def test_wrapping_loses_no_visible_character(words: str, width: float) -> None:
    lines = wrap(words, 14, width)
    assert "".join("".join(line.split()) for line in lines) == "".join(words.split())


@given(st.text(alphabet="abcdefg WMmw", max_size=200), st.floats(min_value=30, max_value=400))
def test_no_line_is_wider_than_asked(words: str, width: float) -> None:
    assert all(width_of(line, 14) <= width for line in wrap(words, 14, width))


@given(st.floats(min_value=-1e9, max_value=1e9), st.floats(min_value=0, max_value=1e9))
@example(low=0.0, span=5e-324)
@example(low=5e-324, span=1e-13)
def test_ticks_cover_their_range(low: float, span: float) -> None:
    found = ticks(low, low + span)
    slack = 1e-6 * max(1.0, abs(low), abs(low + span))
    assert found[0] <= low + slack
    assert found[-1] >= low + span - slack
    assert found == sorted(found)
    assert 2 <= len(found) <= 9


def test_logarithmic_ticks_need_positive_values() -> None:
    assert ticks_log(0.8e6, 282e6) == [1e5, 1e6, 1e7, 1e8, 1e9]
    with pytest.raises(ValueError, match="positive"):
        ticks_log(0, 1)


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (0, "t", "0 t"),
        (2400, "t", "2,400 t"),
        (20e6, "t", "20 Mt"),
        (1.1e9, "USD", "USD 1.1 bn"),
        (0.132, "%", "0.132 %"),
        (282e6, None, "282 M"),
        (67000, "t", "67 kt"),
    ],
)
def test_short_numbers(value: float, unit: str | None, words: str) -> None:
    assert compact(value, unit) == words

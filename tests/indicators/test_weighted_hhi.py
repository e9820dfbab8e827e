from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodeclaim.claims.figure import Figure
from lodeclaim.core.quantity import Interval
from lodeclaim.indicators.criticality_model import Supplier
from lodeclaim.indicators.weighted_hhi import weighted_hhi, weighted_hhi_bounds


def supplier(place: str, share: float | None, governance: float | None = 5.0, t: float = 1.0) -> Supplier:
    def figure(value: float | None, high: float) -> Figure:
        if value is None:
            return Figure.unknown(f"a number of {place}", low=0.0, high=high)
        return Figure(value=value, low=value, high=value, claims=(f"c-{place}",))

    return Supplier(
        place=place, share=figure(share, 100.0), governance=figure(governance, 10.0), restriction=figure(t, 2.0)
    )


def test_the_sum_of_the_regulation():
    result = weighted_hhi([supplier("AAA", 80, 5.0, 1.2), supplier("BBB", 20, 2.0, 0.8)])
    assert result.value == pytest.approx(0.64 * 5 * 1.2 + 0.04 * 2 * 0.8)
    assert result.low == pytest.approx(result.value) == pytest.approx(result.high)
    assert set(result.claims) == {"c-AAA", "c-BBB"}


def test_no_supplier_is_unknown_not_safe():
    assert weighted_hhi([]).value is None and "shares" in weighted_hhi([]).missing


def test_little_unknown_widens_and_much_unknown_refuses():
    little = weighted_hhi([supplier("AAA", 96), supplier("BBB", 4, None)])
    assert little.value == pytest.approx(0.96**2 * 5)
    assert little.high == pytest.approx(little.value + 0.04**2 * 10)
    much = weighted_hhi([supplier("AAA", 60), supplier("BBB", 40, None)])
    assert much.value is None and "BBB" in much.missing
    assert much.low == pytest.approx(1.8) and much.high == pytest.approx(1.8 + 0.16 * 10)


SUPPLY = st.lists(st.tuples(st.floats(0.001, 1), st.floats(0, 10), st.floats(0.8, 1.5)), min_size=2, max_size=9)


@given(SUPPLY, st.data())
def test_bounds_hold_the_truth_when_countries_are_withheld(parts, data):
    whole = sum(share for share, _, _ in parts)
    rows = [(100 * share / whole, score, t) for share, score, t in parts]
    true = sum((share / 100) ** 2 * score * t for share, score, t in rows)
    kinds = data.draw(
        st.lists(st.sampled_from(["known", "withheld", "absent"]), min_size=len(rows), max_size=len(rows))
    )
    shown = [
        supplier(f"P{at}", share if kind == "known" else None, score, t)
        for at, ((share, score, t), kind) in enumerate(zip(rows, kinds, strict=True))
        if kind != "absent"
    ]
    # What the table leaves out is bounded for governance of at most 10 and no measure.
    if not shown or any(kind == "absent" and score * t > 10 for (_, score, t), kind in zip(rows, kinds, strict=True)):
        return
    result = weighted_hhi(shown)
    assert result.low - 1e-9 <= true <= result.high + 1e-9


@given(SUPPLY, st.randoms(use_true_random=False))
def test_the_order_of_countries_does_not_matter(parts, random):
    rows = [supplier(f"P{at}", 100 * share, score, t) for at, (share, score, t) in enumerate(parts)]
    mixed = rows.copy()
    random.shuffle(mixed)
    first, second = weighted_hhi(rows), weighted_hhi(mixed)
    assert first.value == pytest.approx(second.value)
    assert (first.low, first.high) == (pytest.approx(second.low), pytest.approx(second.high))


@given(SUPPLY, st.integers(0, 8), st.floats(1, 1.6))
def test_a_measure_never_lowers_it(parts, at, factor):
    rows = [supplier(f"P{n}", 100 * share / len(parts), score, t) for n, (share, score, t) in enumerate(parts)]
    place = at % len(parts)
    share, score, t = parts[place]
    stricter = [*rows]
    stricter[place] = supplier(f"P{place}", 100 * share / len(parts), score, t * factor)
    assert weighted_hhi(stricter).value >= weighted_hhi(rows).value - 1e-12


def test_low_raises_the_least_shares_to_the_whole():
    low, high = weighted_hhi_bounds([Interval(0, 1), Interval(0, 1)], [Interval(1, 1)] * 2, residual=0.0)
    assert low == pytest.approx(0.5, abs=1e-9) and high == pytest.approx(1)
    with pytest.raises(ValueError, match="below zero"):
        weighted_hhi_bounds([Interval(-1, 1)], [Interval(1, 1)])

"""The benchmarks of Article 5(1), with the denominators of the law."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodeclaim.claims.figure import Figure
from lodeclaim.claims.model import Claim
from lodeclaim.core.errors import BasisError, UnknownName
from lodeclaim.indicators.crma import (
    benchmark_status,
    benchmarks,
    compare_progress,
    crma_tracker,
    overall_cover,
    share_of_consumption,
    strategic_materials,
)
from lodeclaim.indicators.crma_model import OVERALL, BenchmarkRow
from lodeclaim.ledger.store import Ledger

EXTRACTION, PROCESSING, RECYCLING, THIRD = benchmarks()


def tonnes(
    value: float | None, low: float | None = None, high: float | None = None, basis: str = "contained"
) -> Figure:
    if value is None:
        return Figure.unknown("a number", unit="t/yr", basis=basis, low=low, high=high)
    return Figure(value=value, low=low, high=high, unit="t/yr", basis=basis)


@pytest.fixture(scope="module")
def rows() -> list[BenchmarkRow]:
    with Ledger.memory() as ledger:
        return crma_tracker(ledger.claims())


def row(rows: list[BenchmarkRow], material: str, benchmark: str, stage: str) -> BenchmarkRow:
    (found,) = [one for one in rows if (one.material, one.benchmark, one.stage) == (material, benchmark, stage)]
    return found


def test_the_benchmarks_are_those_of_the_law() -> None:
    assert [(one.percent, one.sense, one.scope, one.article) for one in benchmarks()] == [
        (10, "floor", "overall", "Article 5(1)(a)(i)"),
        (40, "floor", "overall", "Article 5(1)(a)(ii)"),
        (25, "floor", "overall", "Article 5(1)(a)(iii)"),
        (65, "ceiling", "each", "Article 5(1)(b)"),
    ]
    assert len(strategic_materials()) == 17
    assert all("consumption" in one.denominator for one in benchmarks())


def test_each_of_the_17_has_every_row_with_status_period_or_what_is_missing(rows) -> None:
    assert len(rows) == 3 + 17 * 5
    for one in rows:
        assert one.article.startswith("Article 5(1)")
        assert one.figure.value is not None or one.figure.missing
        assert one.indication.value is not None or one.indication.missing
        if one.indication.value is not None:
            assert one.claims
            assert one.year == "2016/2020"


def test_nothing_is_met_by_sourcing_alone(rows) -> None:
    assert {one.status for one in rows} == {"cannot be computed"}
    overall = row(rows, OVERALL, "processing", "processing")
    assert "consumption of tungsten" in (overall.figure.missing or "")


@pytest.mark.parametrize(
    ("material", "place", "share", "indicated"),
    [
        ("magnesium", "CHN", 97, "not met"),
        ("lithium", "CHL", 79, "not met"),
        ("gallium", "CHN", 69, "not met"),
        ("magnet-rare-earths", "CHN", 85, "not met"),
        ("tungsten", "CHN", 31, "met"),
        ("titanium", "KAZ", 36, "met"),
    ],
)
def test_the_largest_third_country_of_the_study(rows, material, place, share, indicated) -> None:
    found = row(rows, material, "third-country", "processing")
    assert (found.place, found.indication.value, found.indicated) == (place, share, indicated)


def test_the_share_of_sourcing_that_exports_would_have_to_reach_is_told(rows) -> None:
    notes = row(rows, "magnesium", "third-country", "processing").notes
    # 97 of 100 from one country: 3 from elsewhere are 35 % of 8.6 that are kept, so 91 are exported.
    assert any("more than 91 % of sourcing" in note for note in notes)


def test_statements_on_progress_are_reproduced_or_the_difference_has_a_reason(rows) -> None:
    found = compare_progress(rows)
    assert len(found) == 24
    assert sum(one.agrees for one in found) >= 18
    assert all(one.reason for one in found if not one.agrees)
    bismuth = next(one for one in found if one.material == "bismuth")
    assert not bismuth.agrees
    assert "of imports alone it has 68 %" in bismuth.reason


def test_consumption_is_the_denominator_not_imports(say: Callable[..., Claim], table) -> None:
    def trade(country: str, value: float) -> Claim:
        return say("EU27", value, predicate="trade", counterparty=country, kind="import", stage="processing", unit="t")

    consumed = say("EU27", 1_000.0, predicate="demand", kind="apparent", stage=None, unit="t")
    frame = table([trade("CHN", 600.0), trade("VNM", 100.0), consumed])
    found = row(crma_tracker(frame, materials=["tungsten"]), "tungsten", "third-country", "processing")
    # 86 % of imports, but 60 % of consumption: the law asks for the latter.
    assert found.place == "CHN"
    assert found.figure.value == pytest.approx(60.0)
    assert found.status == "met"
    assert consumed.id in found.claims


def test_capacity_of_some_plants_is_a_lower_bound(say: Callable[..., Claim], table) -> None:
    consumed = say("EU27", 1_000.0, predicate="demand", kind="apparent", stage=None, unit="t/yr")
    plant = say("AUT", 450.0, predicate="capacity", stage="processing", unit="t/yr")
    abroad = say("CHN", 9_000.0, predicate="capacity", stage="processing", unit="t/yr")
    (found,) = [
        one
        for one in crma_tracker(table([consumed, plant, abroad]), materials=["tungsten"])
        if one.material == "tungsten" and one.benchmark == "processing"
    ]
    assert found.figure.value is None
    # 450 of 1,000, each with the interval of its rounding.
    assert found.figure.low is not None
    assert 40.0 < found.figure.low <= 45.0
    assert found.status == "met"
    assert abroad.id not in found.claims


def test_bases_never_mix() -> None:
    with pytest.raises(BasisError):
        share_of_consumption([tonnes(5.0, basis="gross")], tonnes(10.0))


def test_overall_needs_every_material() -> None:
    whole = overall_cover({"a": tonnes(10.0), "b": tonnes(5.0)}, {"a": tonnes(100.0), "b": tonnes(50.0)})
    assert whole.value == pytest.approx(10.0)
    part = overall_cover({"a": tonnes(10.0), "b": tonnes(None)}, {"a": tonnes(100.0), "b": tonnes(50.0)})
    assert (part.value, part.missing) == (None, "capacity of b")


@pytest.mark.parametrize(
    ("figure", "benchmark", "status"),
    [
        (Figure(value=40.0), PROCESSING, "met"),
        (Figure(value=39.0), PROCESSING, "approaching"),
        (Figure(value=31.0), PROCESSING, "not met"),
        (Figure(value=65.0), THIRD, "met"),
        (Figure(value=65.1), THIRD, "not met"),
        (Figure.unknown("x"), RECYCLING, "cannot be computed"),
        (Figure.unknown("x", low=12.0), EXTRACTION, "met"),
        (Figure.unknown("x", low=1.0, high=3.0), EXTRACTION, "not met"),
        (Figure.unknown("x", low=8.0, high=9.0), EXTRACTION, "approaching"),
        (Figure.unknown("x", low=1.0, high=12.0), EXTRACTION, "cannot be computed"),
        (Figure.unknown("x", low=70.0), THIRD, "not met"),
        (Figure.unknown("x", low=10.0, high=60.0), THIRD, "met"),
    ],
)
def test_status(figure: Figure, benchmark, status: str) -> None:
    assert benchmark_status(figure, benchmark) == status


@given(
    st.lists(st.tuples(st.floats(0, 1e5), st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=5),
    st.floats(1, 1e6),
    st.floats(0, 0.5),
)
def test_the_interval_holds_every_value_the_parts_allow(parts, consumed, width) -> None:
    figures = [tonnes(value, value * (1 - down), value * (1 + up)) for value, down, up in parts]
    consumption = tonnes(consumed, consumed * (1 - width), consumed * (1 + width))
    found = share_of_consumption(figures, consumption)
    assert found.low is not None
    assert found.high is not None
    for ends in ("low", "value", "high"):
        for below in ("low", "value", "high"):
            truth = 100 * sum(getattr(one, ends) for one in figures) / getattr(consumption, below)
            assert found.low <= truth * (1 + 1e-9) + 1e-12
            assert truth <= found.high * (1 + 1e-9) + 1e-12


def test_a_member_of_a_listed_group_stands_in_its_row() -> None:
    with Ledger.memory() as ledger:
        found = crma_tracker(ledger.claims(material="neodymium"), materials=["neodymium"])
    assert {one.material for one in found} == {OVERALL, "magnet-rare-earths"}


def test_a_material_that_the_act_does_not_list_is_refused_by_name() -> None:
    with Ledger.memory() as ledger, pytest.raises(UnknownName, match=r"Chromium is not .* strategic.*tungsten"):
        crma_tracker(ledger.claims(material="chromium"), materials=["chromium"])

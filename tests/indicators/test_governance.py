from __future__ import annotations

import polars as pl
import pytest

from lodeclaim.core.errors import StatisticsError
from lodeclaim.indicators.governance import (
    DIMENSIONS,
    governance_scores,
    normalised_stability,
    scaled_governance,
    stability_scores,
)


@pytest.fixture
def estimates(say, table):
    def make(values: dict[tuple[str, int, str], float | None], source: str = "survey-2023"):
        return table(
            [
                say(place, value, source, predicate="governance", kind=kind, period=str(year), unit="score",
                    material=None, stage=None, basis=None)
                for (place, year, kind), value in values.items()
            ]
        )  # fmt: skip

    return make


def six(place: str, year: int, value: float) -> dict[tuple[str, int, str], float | None]:
    return {(place, year, kind): value for kind in DIMENSIONS}


def test_scales():
    assert (scaled_governance(2.5), scaled_governance(-2.5), scaled_governance(-9)) == (0, 10, 10)
    assert (normalised_stability(0), normalised_stability(2.5), normalised_stability(-3)) == (0.5, 0, 1)


def test_mean_of_six_over_the_years(estimates):
    frame = estimates(six("CHN", 2016, 0.0) | six("CHN", 2017, 1.0))
    score = governance_scores(frame, [2016, 2017])["CHN"]
    assert score.value == pytest.approx(4.0) and score.period == "2016/2017"
    assert len(score.claims) == 12


def test_a_missing_dimension_is_not_zero(estimates):
    values = six("CHN", 2016, 0.0)
    del values["CHN", 2016, "rl"]
    score = governance_scores(estimates(values), [2016])["CHN"]
    assert score.value is None and "rl" in score.missing and (score.low, score.high) == (0, 10)
    values |= six("CHN", 2017, 1.0)
    score = governance_scores(estimates(values), [2016, 2017])["CHN"]
    assert score.value == pytest.approx(3.0) and any("without 2016" in reason for reason in score.reasons)


def test_vintages_are_never_spliced(estimates):
    both = pl.concat([estimates(six("CHN", 2022, 0.0)), estimates(six("CHN", 2023, 1.0), "survey-2025")])
    with pytest.raises(StatisticsError, match="several publications"):
        governance_scores(both, [2022, 2023])
    with pytest.raises(StatisticsError, match="several publications"):
        stability_scores(both, [2022, 2023])
    chosen = governance_scores(both, [2022, 2023], vintage="survey-2025")["CHN"]
    assert chosen.value == pytest.approx(3.0)


def test_stability_is_one_dimension(estimates):
    frame = estimates({("CHN", 2022, "pv"): -0.5, ("CHN", 2022, "rl"): 2.0})
    assert stability_scores(frame, [2022])["CHN", 2022].value == pytest.approx(0.6)
    assert ("CHN", 2021) not in stability_scores(frame, [2021, 2022])


def test_the_bundled_scores_are_those_of_the_study(bundled):
    scores = governance_scores(bundled, range(2016, 2021))
    assert scores["CHN"].value == pytest.approx(5.71, abs=0.01)
    assert scores["NGA"].value == pytest.approx(7.15, abs=0.01)
    assert scores["RUS"].value == pytest.approx(6.37, abs=0.01)
    # The publisher's code for the Democratic Republic of the Congo is not the ISO code, and Taiwan has no ISO row.
    assert scores["COD"].value is not None and scores["TWN"].value is not None

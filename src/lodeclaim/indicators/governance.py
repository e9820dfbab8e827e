"""How well countries are governed, on the scales that supply-risk indicators use; and the index weighted with it.

Two scales are in use and are never mixed. The European Commission takes the mean of the six dimensions of the
Worldwide Governance Indicators and turns it to (2.5 - mean) · 2: 0 is best, 10 is worst (Regulation (EU) 2024/1252,
Annex II, Section 2; the scaling as in the Commission's 2017 methodology). The GeoPolRisk method takes Political
Stability alone, turned to 0.5 - estimate/5 within 0 and 1 (Koyamparambath et al. 2024).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from lodeclaim.claims.figure import Figure
from lodeclaim.core.errors import StatisticsError
from lodeclaim.reconciliation.bulk import in_bulk

if TYPE_CHECKING:
    import polars as pl

__all__ = ["DIMENSIONS", "governance_scores", "normalised_stability", "scaled_governance", "stability_scores"]

#: Voice and accountability, political stability, effectiveness, regulatory quality, rule of law, corruption.
DIMENSIONS = ("va", "pv", "ge", "rq", "rl", "cc")
SCALE = "score 0–10, 10 worst"
STABILITY_SCALE = "score 0–1, 1 worst"


def scaled_governance(mean: float) -> float:
    """Return the mean of the six estimates on the Commission's scale of 0 (best) to 10 (worst).

    >>> scaled_governance(0.0)
    5.0
    """
    return min(10.0, max(0.0, (2.5 - mean) * 2))


def normalised_stability(estimate: float) -> float:
    """Return the estimate of Political Stability on the scale of GeoPolRisk: 0 (stable) to 1.

    >>> normalised_stability(-0.5)
    0.6
    """
    return min(1.0, max(0.0, 0.5 - estimate / 5))


@in_bulk()
def governance_scores(frame: pl.DataFrame, years: Iterable[int], *, vintage: str | None = None) -> dict[str, Figure]:
    """Return country → mean of the six dimensions over the years, on the scale of 0 to 10.

    ``frame`` holds claims with the predicate ``governance``. A country that lacks a dimension in all the years has
    no value; it allows 0 to 10 and says what is missing. Years that some dimensions lack are left out, and the
    reasons say so. Estimates of one publication only are used: a newer method may move every country at once, so
    vintages are never spliced. Raises StatisticsError where there are several and ``vintage`` does not choose.
    """
    wanted = sorted(set(years))
    rows = _rows(frame, wanted, vintage, DIMENSIONS)
    values: dict[str, dict[int, dict[str, tuple[float, str]]]] = defaultdict(lambda: defaultdict(dict))
    for place, year, kind, value, claim in rows:
        values[place][year][kind] = (value, claim)
    period = str(wanted[0]) if len(wanted) == 1 else f"{wanted[0]}/{wanted[-1]}"
    return {place: _mean(place, by_year, wanted, period) for place, by_year in sorted(values.items())}


def stability_scores(
    frame: pl.DataFrame, years: Iterable[int], *, vintage: str | None = None
) -> dict[tuple[str, int], Figure]:
    """Return (country, year) → Political Stability on the scale of GeoPolRisk; a year without estimate is absent.

    One vintage only, as in governance_scores.
    """
    return {
        (place, year): Figure(
            value=normalised_stability(value),
            low=normalised_stability(value),
            high=normalised_stability(value),
            unit=STABILITY_SCALE,
            period=str(year),
            claims=(claim,),
        )
        for place, year, _, value, claim in _rows(frame, sorted(set(years)), vintage, ("pv",))
    }


def _rows(
    frame: pl.DataFrame, years: list[int], vintage: str | None, kinds: tuple[str, ...]
) -> list[tuple[str, int, str, float, str]]:
    import polars as pl

    if not years:
        raise ValueError("governance needs at least one year")
    found = frame.filter(pl.col("predicate") == "governance", pl.col("kind").is_in(list(kinds)))
    if vintage is not None:
        found = found.filter(pl.col("source") == vintage)
    sources = sorted(found["source"].unique().to_list())
    if len(sources) > 1:
        raise StatisticsError(
            "the claims hold several publications of the governance indicators",
            where=", ".join(sources),
            remedy="Choose one with vintage=…; estimates of different publications are not one series",
        )
    found = found.filter(
        pl.col("period").is_in([str(year) for year in years]),
        pl.col("value").is_not_null(),
        pl.col("place").is_not_null(),
    )
    columns = found.select("place", "period", "kind", "value", "id").rows()
    return [(place, int(period), kind, value, claim) for place, period, kind, value, claim in columns]


def _mean(place: str, by_year: dict[int, dict[str, tuple[float, str]]], wanted: list[int], period: str) -> Figure:
    complete = [year for year in wanted if len(by_year.get(year, {})) == len(DIMENSIONS)]
    claims = tuple(claim for year in sorted(by_year) for _, claim in by_year[year].values())
    if not complete:
        lacking = sorted({kind for kind in DIMENSIONS if not any(kind in year for year in by_year.values())})
        what = f"governance of {place} in {period}: " + (", ".join(lacking) if lacking else "no year has all six")
        return Figure.unknown(what, low=0.0, high=10.0, unit=SCALE, period=period, claims=claims)
    estimates = [value for year in complete for value, _ in by_year[year].values()]
    score = scaled_governance(sum(estimates) / len(estimates))
    reasons = ["mean of six dimensions, (2.5 - mean) · 2"]
    if len(complete) < len(wanted):
        left = ", ".join(str(year) for year in wanted if year not in complete)
        reasons.append(f"without {left}: not all six dimensions are published")
    return Figure(
        value=score,
        low=score,
        high=score,
        unit=SCALE,
        period=period,
        claims=tuple(claim for year in complete for _, claim in by_year[year].values()),
        reasons=tuple(reasons),
    )

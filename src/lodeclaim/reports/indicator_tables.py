"""Every indicator as rows of one shape, for the terminal, for files and for pages.

A row is one figure: material, stage, form, place, measure (what the number is), period, value, low, high, unit, basis,
verdict (what it means against a threshold, or whom it names), missing, claims (ids) and reasons.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from lodeclaim.claims.figure import Figure
from lodeclaim.core.period import Period
from lodeclaim.indicators.at_capacity import shares_at_capacity
from lodeclaim.indicators.concentration import concentration
from lodeclaim.indicators.crma import crma_tracker
from lodeclaim.indicators.economic_importance import economic_importance_of
from lodeclaim.indicators.governance import governance_scores
from lodeclaim.indicators.model import By
from lodeclaim.indicators.moves import moved_supply_risk
from lodeclaim.indicators.n_minus_one import n_minus_one
from lodeclaim.indicators.supplier_view import supplier_view
from lodeclaim.indicators.supply_risk import ECONOMIC_IMPORTANCE_THRESHOLD, SUPPLY_RISK_THRESHOLD
from lodeclaim.indicators.supply_risk_inputs import STUDY, governance_years
from lodeclaim.indicators.top_shares import top_share
from lodeclaim.reconciliation.words import name_of
from lodeclaim.vocabulary.load import load_vocabulary

if TYPE_CHECKING:
    import polars as pl

__all__ = [
    "COLUMNS",
    "assessed_forms",
    "concentration_rows",
    "crma_rows",
    "ei_rows",
    "figure_row",
    "materials_with",
    "n_minus_one_rows",
    "reaches",
    "sr_rows",
    "supplier_rows",
]

COLUMNS = (
    *("material", "stage", "form", "place", "measure", "period", "value", "low", "high", "unit", "basis"),
    *("verdict", "missing", "claims", "reasons"),
)
STAGES = ("extraction", "processing")
Row = dict[str, Any]


def figure_row(measure: str, figure: Figure, **slots: str | None) -> Row:
    """Return one row; ``slots`` are material, stage, form, place and verdict."""
    known: Row = dict.fromkeys(COLUMNS)
    return known | {
        **slots,
        "measure": measure,
        "period": figure.period,
        "value": figure.value,
        "low": figure.low,
        "high": figure.high,
        "unit": figure.unit,
        "basis": figure.basis,
        "missing": figure.missing,
        "claims": " ".join(figure.claims),
        "reasons": "; ".join(figure.reasons),
    }


def materials_with(frame: pl.DataFrame, *predicates: str, source: str | None = None) -> list[str]:
    """Return the materials that have claims with one of the predicates, sorted."""
    import polars as pl

    rows = frame.filter(pl.col("predicate").is_in(list(predicates)), pl.col("material").is_not_null())
    if source is not None:
        rows = rows.filter(pl.col("source") == source)
    known = load_vocabulary().materials
    return sorted(one for one in rows["material"].unique().to_list() if one in known)


def concentration_rows(
    frame: pl.DataFrame,
    materials: Sequence[str],
    years: Sequence[int | None],
    *,
    by: By = "territory",
    at_capacity: bool = False,
) -> Iterator[Row]:
    """Yield HHI, the share of the three largest and the largest country for each material, stage and year."""
    for material, rows in _each(frame, materials):
        for year in years:
            for stage in STAGES:
                found = concentration(rows, material, stage, year=year, by=by)
                slots = {"material": material, "stage": stage}
                if found.missing is not None and len(materials) > 1:
                    continue
                yield figure_row("HHI", found.hhi, **slots, verdict=_concentrated(found.hhi))
                yield figure_row("share of the three largest", top_share(found, 3), **slots)
                for one in found.shares[:3]:
                    yield figure_row("share", one.figure, **slots, place=one.place, verdict=name_of(one.place))
                if at_capacity:
                    shares, hhi, notes = shares_at_capacity(rows, material, stage, year=year, planned=True)
                    yield figure_row("HHI at claimed capacity", hhi, **slots, verdict="; ".join(notes) or None)
                    for one in shares[:3]:
                        name = name_of(one.place)
                        yield figure_row("share at capacity", one.figure, **slots, place=one.place, verdict=name)


def sr_rows(
    frame: pl.DataFrame,
    materials: Sequence[str],
    years: Sequence[int | None],
    *,
    planned: bool = False,
    sentences: Mapping[str, str] | None = None,
) -> Iterator[Row]:
    """Yield the supply risk at each stage, the bottleneck first, with the measures in force."""
    scores = {year: _scores(frame, year) for year in years}
    for material, rows in _each(frame, materials, with_members=True):
        for form in assessed_forms(frame, material):
            for year in years:
                risks = moved_supply_risk(
                    rows, material, year, form=form, governance=scores[year], planned=planned, sentences=sentences
                )
                for position, one in enumerate(risks):
                    slots = {"material": material, "form": form, "stage": one.stage}
                    name = "supply risk" if position == 0 else "supply risk, not the bottleneck"
                    row = figure_row(name, one.figure, **slots, verdict=_critical(one.figure, SUPPLY_RISK_THRESHOLD))
                    row["reasons"] = "; ".join((*one.figure.reasons, *one.notes))
                    yield row
                if not risks:
                    nothing = Figure.unknown("shares of countries in supply", period=str(year) if year else None)
                    yield figure_row("supply risk", nothing, material=material, form=form)


def ei_rows(frame: pl.DataFrame, materials: Sequence[str]) -> Iterator[Row]:
    """Yield the economic importance of each material."""
    for material, rows in _each(frame, materials):
        for form in assessed_forms(frame, material):
            figure = economic_importance_of(rows, material, form=form).figure
            verdict = _critical(figure, ECONOMIC_IMPORTANCE_THRESHOLD)
            yield figure_row("economic importance", figure, material=material, form=form, verdict=verdict)


def crma_rows(frame: pl.DataFrame, materials: Sequence[str] | None) -> Iterator[Row]:
    """Yield for each strategic raw material and benchmark the status, and what the study's sourcing indicates."""
    for one in crma_tracker(frame, materials=materials):
        slots = {"material": one.material, "stage": one.stage, "place": one.place}
        name = f"{one.benchmark} {one.percent:g} %, {one.article}"
        row = figure_row(name, one.figure, **slots, verdict=one.status)
        row["indicated"] = one.indicated
        row["indication"] = one.indication.value
        row["period"] = one.year
        row["claims"] = " ".join(one.claims)
        row["reasons"] = "; ".join((*one.figure.reasons, *one.indication.reasons, *one.notes))
        yield row


def n_minus_one_rows(frame: pl.DataFrame, materials: Sequence[str], years: Sequence[int | None]) -> Iterator[Row]:
    """Yield what is left of each stage's supply without its largest country."""
    for material, rows in _each(frame, materials):
        for year in years:
            for stage in STAGES:
                found = n_minus_one(rows, material, stage, year=year)
                if found.place is None and len(materials) > 1:
                    continue
                slots = {"material": material, "stage": stage, "place": found.place}
                gone = f"without {name_of(found.place)}" if found.place else None
                then = f"{gone}, the largest is then {name_of(found.next_place)}" if found.next_place else gone
                yield figure_row("supply left", found.left, **slots, verdict=then)
                if found.quantity_left is not None:
                    yield figure_row("quantity left", found.quantity_left, **slots, verdict=gone)


def supplier_rows(
    frame: pl.DataFrame, country: str, materials: Sequence[str] | None, years: Sequence[int | None]
) -> Iterator[Row]:
    """Yield the part that a country has in the world at each stage, in volume and value, and whom it serves."""
    for year in years:
        for one in supplier_view(frame, country, materials=materials, year=year):
            slots = {"material": one.material, "stage": one.stage, "place": country}
            yield figure_row("share of the world", one.share, **slots)
            yield figure_row("value", one.value, **slots)
            for customer in one.customers:
                served = f"in the sourcing of {name_of(customer.place)}"
                yield figure_row("share as supplier", customer.share, **slots | {"form": customer.form}, verdict=served)


def assessed_forms(frame: pl.DataFrame, material: str) -> list[str | None]:
    """Return the forms that the Commission's study assesses of a material; None is the material as such."""
    import polars as pl

    rows = frame.filter(
        pl.col("source") == STUDY,
        pl.col("predicate") == "supply_risk",
        pl.col("material") == material,
        pl.col("value").is_not_null(),
    )
    rows = rows.filter(pl.col("period") == pl.col("period").max())
    return sorted(rows["form"].unique().to_list(), key=lambda one: one or "") or [None]


def _each(
    frame: pl.DataFrame, materials: Iterable[str], *, with_members: bool = False
) -> Iterator[tuple[str, pl.DataFrame]]:
    """Each material with its rows, and with all that a supply risk needs."""
    import polars as pl

    from lodeclaim.indicators.measures import widened

    governance = frame.filter(pl.col("predicate") == "governance") if with_members else frame.clear()
    parts = frame.filter(pl.col("material").is_not_null()).partition_by("material", as_dict=True)
    known = load_vocabulary().materials
    for material in materials:
        wanted = [material, *known[material].members, *widened(material)] if with_members else [material]
        found = [parts[one,] for one in dict.fromkeys(wanted) if (one,) in parts]
        yield material, pl.concat([*found, governance])


def _scores(frame: pl.DataFrame, year: int | None) -> Mapping[str, Figure]:
    """Governance over the period of the study, or for a year outside it over the five years up to that year."""
    import polars as pl

    shares = frame.filter(pl.col("source") == STUDY, pl.col("predicate").is_in(["share", "supplier_share"]))
    period = shares["period"].drop_nulls().max()
    inside = isinstance(period, str) and (year is None or Period.parse(period).contains(Period.parse(f"{year:04d}")))
    years = governance_years(frame, str(period) if inside else None, until=year)
    return governance_scores(frame, years) if years else {}


def reaches(value: float, threshold: float) -> bool:
    """Whether a value reaches a threshold; what arithmetic leaves in the last digits does not decide it."""
    return round(value, 9) >= threshold


def _critical(figure: Figure, threshold: float) -> str | None:
    if figure.value is None:
        return None
    side = "at or above" if reaches(figure.value, threshold) else "below"
    return f"{side} {threshold:g} (Article 4(2))"


def _concentrated(figure: Figure) -> str | None:
    """Bands of the U.S. Merger Guidelines of 2023: 0.10 and 0.18 on the scale 0 to 1."""
    if figure.value is None:
        return None
    return (
        "highly concentrated" if figure.value > 0.18 else "concentrated" if figure.value > 0.1 else "not concentrated"
    )

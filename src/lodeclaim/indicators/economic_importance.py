"""Economic importance as Regulation (EU) 2024/1252 defines it, Annex II, Section 2: EI = Σ (A · Q) · SI_EI.

A is the share of a material's end use in a sector (NACE Rev. 2 division), Q the value added of that sector. The
studies put the sum on a scale of ten: Σ (A · Q) · 10 over the largest value added of a manufacturing division.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from lodeclaim.claims.figure import Figure
from lodeclaim.core.quantity import Interval
from lodeclaim.indicators.criticality_model import EconomicImportance, EndUse
from lodeclaim.indicators.study_tables import StudyTables, study_tables
from lodeclaim.indicators.uncertainty import interval_of_figure, rounding_interval

if TYPE_CHECKING:
    import polars as pl

__all__ = [
    "economic_importance",
    "economic_importance_of",
    "end_uses_of",
    "implied_substitution",
    "largest_value_added",
]

_DATA = Path(__file__).parent / "data"
#: Scale of the result.
SCALE = 10.0
#: A published index beyond this cannot be rounding.
MOST = 1.1
_UNKNOWN = Figure.unknown("the substitution index of economic importance", low=0.0, high=1.0)


def economic_importance(
    material: str, uses: Sequence[EndUse], *, largest: float, substitution: Figure | None = None
) -> EconomicImportance:
    """Return EI with its bounds and the sum before substitution.

    ``largest`` is the value added of the largest division, in the unit of the uses' value added. A use without a
    sector is known not to be attributed: it adds nothing to the value, and up to the largest sector to the high
    end. A use whose share or value added is not known leaves the value out.
    """
    if largest <= 0:
        raise ValueError(f"the largest value added must be above zero, got {largest}")
    period = uses[0].share.period if uses else None
    claims = tuple(
        dict.fromkeys(chain.from_iterable(part.claims for use in uses for part in (use.share, use.value_added)))
    )
    known = {"unit": "score", "period": period, "claims": claims}
    if not uses:
        nothing = Figure.unknown(f"end uses of {material} by sector", **known)
        return EconomicImportance(material=material, figure=nothing, before_substitution=nothing, uses=())
    low = high = value = 0.0
    missing: list[str] = []
    for use in uses:
        share = interval_of_figure(use.share, floor=0.0, ceiling=100.0).scaled(0.01)
        if not use.sector:
            high += share.high * largest
            continue
        added = interval_of_figure(use.value_added, floor=0.0, ceiling=largest)
        low, high = low + share.low * added.low, high + share.high * added.high
        if use.share.value is None or use.value_added.value is None:
            missing.append(use.application)
        else:
            value += use.share.value / 100 * use.value_added.value
    scale = SCALE / largest
    reasons = ["sum of share · value added over the largest value added, times 10", "interval: exact bounds"]
    if unplaced := [use.application for use in uses if not use.sector]:
        reasons.append(f"without a sector, in the high end only: {', '.join(unplaced)}")
    bounds = Interval(low * scale, min(SCALE, high * scale) if high * scale > value * scale else value * scale)
    if missing:
        what = f"share or value added of {', '.join(missing)}"
        before = Figure.unknown(what, low=bounds.low, high=bounds.high, **known)
    else:
        top = max(bounds.high, value * scale)
        before = Figure(value=value * scale, low=bounds.low, high=top, reasons=tuple(reasons), **known)  # type: ignore[arg-type]
    return EconomicImportance(
        material=material,
        figure=_times(before, substitution or _UNKNOWN),
        before_substitution=before,
        uses=tuple(uses),
    )


def economic_importance_of(
    frame: pl.DataFrame, material: str, *, form: str | None = None, tables: StudyTables | None = None
) -> EconomicImportance:
    """Return the economic importance from the bundled end uses, substitution as the published result implies it.

    So the bundled inputs give back the published number, and a change of shares or value added moves it. A group
    without uses of its own is not computed: the studies average its members by what they do not print.
    ``tables`` are those of the study, where they are at hand.
    """
    uses = end_uses_of(material, form=form)
    plain = economic_importance(material, uses, largest=largest_value_added())
    if plain.before_substitution.value is None:
        return plain
    tables = tables if tables is not None else study_tables(frame, materials=[material])
    substitution = implied_substitution(tables, material, plain.before_substitution, form=form)
    return economic_importance(material, uses, largest=largest_value_added(), substitution=substitution)


def implied_substitution(tables: StudyTables, material: str, before: Figure, *, form: str | None = None) -> Figure:
    """Return SI_EI as the published economic importance implies it, or what is missing for that."""
    row = tables.published(material, "economic_importance", form)
    name = "the substitution index of economic importance"
    if row is None or not before.value:
        return Figure.unknown(f"{name}, and a published result to infer it from", low=0.0, high=1.0)
    value = row["value"] / before.value
    claims = (row["id"],)
    why = f"published economic importance {row['value']:g} over {before.value:.3g} from uses and value added"
    if value > MOST:
        return Figure.unknown(f"{name}: {why} is {value:.2f}, more than one", low=0.0, high=1.0, claims=claims)
    printed = rounding_interval(float(row["value"]), floor=0.0)
    return Figure(
        value=value,
        low=printed.low / before.value,
        high=printed.high / before.value,
        unit="index 0–1",
        period=row["period"],
        claims=claims,
        reasons=(why,),
    )


@cache
def end_uses_of(material: str, *, form: str | None = None) -> tuple[EndUse, ...]:
    """Return the end uses of a material in the European Union, as the Commission's 2023 study gives them.

    Shares in percent of 2016 to 2020. A use that the study attributes to no sector has an empty one.
    """
    added = _value_added()
    result = []
    for row in _rows("end_uses.csv"):
        if row["material"] != material or (row["form"] or None) != form:
            continue
        number = float(row["share_percent"])
        spread = rounding_interval(number, floor=0.0, ceiling=100.0)
        notes = (row["source"], *((row["note"],) if row["note"] else ()))
        high = spread.high if row["comparator"] == "=" else 0.5
        share = Figure(
            value=number, low=spread.low, high=high, unit="%", period="2016/2020", reasons=(f"row {row['row']}", *notes)
        )
        sector = row["sector"]
        value = added.get(sector) or Figure.unknown(f"the sector of the use {row['application']!r}", unit="million EUR")
        result.append(EndUse(application=row["application"], share=share, sector=sector, value_added=value))
    return tuple(result)


def largest_value_added() -> float:
    """Return the value added of the largest division in the bundled table, in million euro."""
    return max(figure.value or 0.0 for figure in _value_added().values())


@cache
def _value_added() -> dict[str, Figure]:
    return {
        row["sector"]: Figure(
            value=float(row["value_added_million_eur"]),
            low=float(row["value_added_million_eur"]),
            high=float(row["value_added_million_eur"]),
            unit="million EUR",
            period=row["period"],
            reasons=(row["source"],),
        )
        for row in _rows("value_added.csv")
    }


@cache
def _rows(name: str) -> tuple[dict[str, str], ...]:
    with (_DATA / name).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def _times(before: Figure, index: Figure) -> Figure:
    claims = tuple(dict.fromkeys((*before.claims, *index.claims)))
    spread = interval_of_figure(index, floor=0.0, ceiling=1.0 if index.high is None else index.high)
    bounds = interval_of_figure(before, floor=0.0, ceiling=SCALE if before.high is None else before.high)
    known = {
        "unit": "score",
        "period": before.period,
        "claims": claims,
        "low": bounds.low * spread.low,
        "high": bounds.high * spread.high,
    }
    if before.value is None or index.value is None:
        return Figure.unknown("; ".join(one for one in (before.missing, index.missing) if one), **known)
    return Figure(value=before.value * index.value, reasons=(*before.reasons, *index.reasons), **known)  # type: ignore[arg-type]

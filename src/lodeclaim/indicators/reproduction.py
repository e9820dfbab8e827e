"""How far the published tables explain the published supply risk: one row a material, with the reason where not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from lodeclaim.claims.figure import Figure
from lodeclaim.indicators.criticality_model import SupplyRisk
from lodeclaim.indicators.governance import governance_scores
from lodeclaim.indicators.mitigation import MOST
from lodeclaim.indicators.study_tables import STUDY, StudyTables, study_tables
from lodeclaim.indicators.supply_risk import bottleneck
from lodeclaim.indicators.supply_risk_inputs import governance_years, supply_risk_of
from lodeclaim.reconciliation.bulk import in_bulk

if TYPE_CHECKING:
    import polars as pl

__all__ = ["BAND", "reproduce_study"]

#: Published SR over the computed core is (1 - EoL-RIR) · SI_SR. Nothing above one can be explained; 0.1 is left for
#: shares rounded to whole per cents. Below one half, more than half the supply would have to be recycled.
BAND = (0.5, MOST)


@in_bulk()
def reproduce_study(
    frame: pl.DataFrame,
    *,
    study: str = STUDY,
    tables: StudyTables | None = None,
    governance: dict[str, Figure] | None = None,
) -> pl.DataFrame:
    """Return for each assessed material whether its published supply risk follows from the published tables.

    Columns: material, form, stage (of the bottleneck), hhi_global, hhi_eu, import_reliance (%), core, published,
    ratio (published over core), within (ratio lies in BAND at one of the stages), reason, claims (ids).
    ``tables`` and ``governance`` (over the study's period) are those of the study, where they are at hand.
    """
    import polars as pl

    published = frame.filter(
        pl.col("source") == study, pl.col("predicate") == "supply_risk", pl.col("value").is_not_null()
    )
    latest = published["period"].max()
    rows = published.filter(pl.col("period") == latest).select("material", "form", "value", "id").rows()
    relevant = frame.filter((pl.col("source") == study) | (pl.col("predicate") == "governance"))
    periods = relevant.filter(pl.col("predicate") == "share")["period"].drop_nulls()
    years = governance_years(relevant, str(periods.max())) if len(periods) else []
    scores = governance if governance is not None else governance_scores(relevant, years) if years else {}
    relevant = relevant.filter(pl.col("source") == study)
    tables = tables if tables is not None else study_tables(relevant, study)
    result = [
        _row(relevant, tables, material, form, value, claim, scores)
        for material, form, value, claim in sorted(rows, key=lambda row: (row[0], row[1] or ""))
    ]
    return pl.DataFrame(
        result,
        schema={
            "material": pl.String(),
            "form": pl.String(),
            "stage": pl.String(),
            "hhi_global": pl.Float64(),
            "hhi_eu": pl.Float64(),
            "import_reliance": pl.Float64(),
            "core": pl.Float64(),
            "published": pl.Float64(),
            "ratio": pl.Float64(),
            "within": pl.Boolean(),
            "reason": pl.String(),
            "claims": pl.List(pl.String()),
        },
        orient="row",
    )


def _row(
    frame: pl.DataFrame,
    tables: StudyTables,
    material: str,
    form: str | None,
    value: float,
    claim: str,
    scores: dict[str, Figure],
) -> tuple[object, ...]:
    risks = supply_risk_of(frame, material, form=form, governance=scores, tables=tables)
    known = [one for one in risks if one.terms["core"].value]
    ratios = {one.stage: value / (one.terms["core"].value or 1.0) for one in known}
    inside = [one for one in known if BAND[0] <= ratios[one.stage] <= BAND[1]]
    top = bottleneck(inside or known)
    if top is None:
        missing = risks[0].terms["core"].missing if risks else None
        reason = f"cannot be computed: missing {missing or 'shares of countries in the tables'}"
        return material, form, None, None, None, None, None, value, None, None, reason, [claim]
    terms = top.terms
    ratio = ratios[top.stage]
    return (
        material,
        form,
        top.stage,
        terms["hhi_global"].value if "hhi_global" in terms else None,
        terms["hhi_eu"].value if "hhi_eu" in terms else None,
        terms["import_reliance"].value if "import_reliance" in terms else None,
        terms["core"].value,
        value,
        ratio,
        bool(inside),
        _reason(value, known, ratios),
        [claim, *terms["core"].claims],
    )


def _reason(value: float, known: Iterable[SupplyRisk], ratios: dict[str | None, float]) -> str:
    """Why a result does not follow, by what each stage would need; empty words where it does."""
    words = []
    for one in known:
        ratio = ratios[one.stage]
        core = one.terms["core"].value or 0.0
        if BAND[0] <= ratio <= BAND[1]:
            return f"follows at {one.stage}: recycling and substitution together {ratio:.2f}"
        if ratio > BAND[1]:
            highest = max(
                (one.terms[name].value or 0.0 for name in ("hhi_global", "hhi_eu") if name in one.terms), default=0.0
            )
            more = (
                "even if only the more concentrated supply counted"
                if highest * BAND[1] < value
                else "unless import reliance differs from the estimate"
            )
            words.append(f"{one.stage}: published {value:g} is above {core:.2f}, {more}")
        else:
            words.append(
                f"{one.stage}: published {value:g} is {ratio:.0%} of {core:.2f}; recycling and substitution would "
                "have to take the rest, or a share in the tables is wrong"
            )
    return "does not follow; " + "; ".join(words)

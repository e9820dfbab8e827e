"""The terms of supply risk as the claims give them: shares, governance, trade measures, import reliance.

Two ways lead to global shares. Within the period of the Commission's study its shares are taken, averaged over five
years. For a later year they come from the quantities of that year, with the study's sourcing of the Union beside
them; a stage without quantities keeps the study's shares. The notes say which is which. Governance is the average of
five years (Annex II: "most recent five years"), those of the study's period or the last that are published. What no
claim gives stays open: the study's tables hold neither recycling nor substitution, so their product is taken from the
study's own published result, and only from it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

from lodeclaim.claims.figure import Figure
from lodeclaim.core.period import Period
from lodeclaim.indicators.composition import Slots
from lodeclaim.indicators.concentration import concentration_of, production_slots
from lodeclaim.indicators.criticality_model import Supplier, SupplyRisk, SupplyRiskInputs
from lodeclaim.indicators.governance import governance_scores
from lodeclaim.indicators.kept_risks import KeptRisks, no_score
from lodeclaim.indicators.mitigation import implied_mitigation
from lodeclaim.indicators.study_tables import STUDY, Row, StudyTables, study_tables
from lodeclaim.indicators.supply_risk import bottleneck, group_supply_risk
from lodeclaim.indicators.uncertainty import interval_of_figure, rounding_interval
from lodeclaim.reconciliation.bulk import in_bulk
from lodeclaim.vocabulary.load import load_vocabulary

if TYPE_CHECKING:
    import polars as pl

__all__ = ["STAGES", "STUDY", "governance_years", "inputs_for", "supply_risk_by_year", "supply_risk_of"]

#: The stages that the studies assess.
STAGES = ("extraction", "processing")
UNION = "EU27"
#: t of member states in the study, since trade among them is free.
INSIDE = 0.8
#: A sourcing of which less is named, in percent, is not known.
LEAST_NAMED = 50.0
#: How many years governance is averaged over.
SPAN = 5


def inputs_for(
    frame: pl.DataFrame,
    material: str,
    stage: str,
    year: int | None = None,
    *,
    form: str | None = None,
    study: str = STUDY,
    governance: Mapping[str, Figure] | None = None,
) -> SupplyRiskInputs:
    """Return the terms of supply risk of a material at a stage, each with its claims.

    ``frame`` holds claims as ``Ledger.claims()`` returns them, the governance indicators among them. Without
    ``year``, or with one inside the study's period, everything is the study's; otherwise global shares are those
    of the quantities in that year. ``form`` chooses one where the study assesses a material twice, such as
    titanium metal. ``governance`` saves computing the scores again for each of many materials. Terms that no claim
    gives are None; supply_risk() then says what is missing.
    """
    tables = study_tables(frame, study, materials=[material])
    inside = _within(year, tables.period)
    scores = governance
    if scores is None:
        scores = _scores(frame, governance_years(frame, tables.period if inside else None, until=year))
    base = _study_inputs(tables.of(material), material, stage, form, scores)
    return base if inside else _later_inputs(base, year, scores, production_slots(frame, material))


def supply_risk_of(
    frame: pl.DataFrame,
    material: str,
    year: int | None = None,
    *,
    form: str | None = None,
    study: str = STUDY,
    governance: Mapping[str, Figure] | None = None,
    tables: StudyTables | None = None,
) -> tuple[SupplyRisk, ...]:
    """Return the supply risk at each stage that has shares, the bottleneck first.

    Recycling and substitution together are those implied by the study's published result at its own bottleneck, so
    the study's inputs give back the study's number, and changed inputs move it. A group that has no shares of its
    own is the mean of its members. ``governance`` are the scores for the year, where they are at hand,
    ``tables`` the study's.
    """
    tables = tables if tables is not None else study_tables(frame, study, materials=_with_members(material))
    inside = _within(year, tables.period)
    found = supply_risk_by_year(
        frame,
        material,
        [year],
        form=form,
        tables=tables,
        governance=None if inside else governance,
        study_governance=governance if inside else None,
    )
    return found[year]


@in_bulk()
def supply_risk_by_year(
    frame: pl.DataFrame,
    material: str,
    years: Sequence[int | None],
    *,
    form: str | None = None,
    study: str = STUDY,
    governance: Mapping[str, Figure] | None = None,
    study_governance: Mapping[str, Figure] | None = None,
    found: dict[str, Slots] | None = None,
    tables: StudyTables | None = None,
) -> dict[int | None, tuple[SupplyRisk, ...]]:
    """Return year → what supply_risk_of returns for it; what the years share is found once.

    None among the years stands for the study itself. ``study_governance`` are scores over the study's period,
    ``governance`` those for later years, the same for each of them; without it each year has its own. ``found``
    keeps the slots of each material between calls, and ``tables`` are those of the study, found once for all.
    """
    wanted = _with_members(material)
    tables = tables if tables is not None else study_tables(frame, study, materials=wanted)
    first = study_governance
    if first is None:
        first = _scores(frame, governance_years(frame, tables.period))
    same: KeptRisks = tables.kept.setdefault("risks", KeptRisks())
    base = {
        stage: [_kept_inputs(tables, one, stage, form if one == material else None, first) for one in wanted]
        for stage in STAGES
    }
    factor = implied_mitigation(tables, material, _stages(material, base, same), form=form)
    slots_of = found if found is not None else {}
    result: dict[int | None, tuple[SupplyRisk, ...]] = {}
    for year in years:
        chosen = base
        if not _within(year, tables.period):
            scores = governance if governance is not None else _scores(frame, governance_years(frame, None, until=year))
            for one in wanted:
                if one not in slots_of:
                    slots_of[one] = production_slots(frame, one)
            chosen = {
                stage: [_later_inputs(one, year, scores, slots_of[one.material], same) for one in inputs]
                for stage, inputs in base.items()
            }
        filled = _stages(material, chosen, same, factor)
        top = bottleneck(filled)
        result[year] = tuple(sorted(filled, key=lambda one: one is not top))
    return result


def governance_years(frame: pl.DataFrame, period: str | None, *, until: int | None = None) -> list[int]:
    """Return the years that governance is averaged over: those of the period, else the last five there are."""
    import polars as pl

    if period is not None:
        whole = Period.parse(period)
        if whole.start and whole.end:
            return list(range(whole.start.year, whole.end.year + 1))
    found = frame.filter(pl.col("predicate") == "governance")["period"].unique().to_list()
    years = sorted(int(text) for text in found if text and text.isdigit() and (until is None or int(text) <= until))
    return years[-SPAN:]


def _stages(
    material: str,
    inputs_by_stage: Mapping[str, Sequence[SupplyRiskInputs]],
    same: KeptRisks,
    factor: Figure | None = None,
) -> list[SupplyRisk]:
    """The result of each stage: the material's own, else the mean of the members that have shares.

    ``factor`` is what is implied of recycling and substitution; without it the results stop at their cores.
    """
    result = []
    for own, *members in inputs_by_stage.values():
        filled = own if factor is None else dataclasses.replace(own, mitigation=factor)
        if own.global_supply:
            result.append(same.risk(filled))
        elif assessed := [one for one in members if one.global_supply]:
            mean = group_supply_risk(material, [same.risk(one) for one in assessed])
            left = ", ".join(one.material for one in members if not one.global_supply)
            notes = (*mean.notes, f"without {left}: no shares") if left else mean.notes
            mean = dataclasses.replace(mean, notes=notes)
            result.append(mean if factor is None else _times(mean, factor))
        elif own.eu_sourcing:
            result.append(same.risk(filled))
    return result


def _with_members(material: str) -> tuple[str, ...]:
    return (material, *load_vocabulary().materials[material].members)


def _scores(frame: pl.DataFrame, years: Sequence[int]) -> Mapping[str, Figure]:
    return governance_scores(frame, years) if years else {}


def _kept_inputs(
    tables: StudyTables, material: str, stage: str, form: str | None, scores: Mapping[str, Figure]
) -> SupplyRiskInputs:
    """What _study_inputs returns, found once for the same scores, which are kept beside it."""
    key = ("inputs", material, stage, form, id(scores))
    if key not in tables.kept:
        tables.kept[key] = _study_inputs(tables.of(material), material, stage, form, scores), scores
    found: SupplyRiskInputs = tables.kept[key][0]
    return found


def _study_inputs(
    study_rows: Sequence[Row], material: str, stage: str, form: str | None, scores: Mapping[str, Figure]
) -> SupplyRiskInputs:
    """Everything as the study has it."""
    rows = [row for row in study_rows if row["stage"] == stage and row["form"] == form]
    period = max((row["period"] for row in rows if row["predicate"] == "share" and row["period"]), default=None)
    shares = [row for row in rows if row["predicate"] == "share"]
    sourcing = [row for row in rows if row["predicate"] == "supplier_share" and row["place"] == UNION]
    if period is None:
        period = max((row["period"] for row in sourcing if row["period"]), default=None)
    union = _suppliers(sourcing, "counterparty", _restrictions(rows, "eu"), scores)
    reliance = _import_reliance(union, period) if union else None
    notes: tuple[str, ...] = ()
    if reliance is not None and reliance.value is None:
        union, notes = (), (f"EU sourcing is not known: {reliance.missing}",)
    return SupplyRiskInputs(
        material=material,
        stage=stage,
        form=form,
        period=period,
        global_supply=_suppliers(shares, "place", _restrictions(rows, "global"), scores),
        eu_sourcing=union,
        import_reliance=reliance,
        notes=notes,
    )


def _later_inputs(
    base: SupplyRiskInputs, year: int | None, scores: Mapping[str, Figure], found: Slots, same: KeptRisks | None = None
) -> SupplyRiskInputs:
    """The study's inputs carried to another year: global shares of its quantities, governance of its scores."""
    assert base.stage is not None
    restrictions = {one.place: one.restriction for one in base.global_supply}
    result = concentration_of(found, base.material, base.stage, year=year)
    same = same or KeptRisks()
    union = same.with_scores(base.eu_sourcing, scores)
    period = result.period
    if result.missing is not None or not result.shares:
        # the last shares that are known, as for sourcing; leaving them out would pass half the risk for all of it
        suppliers = same.with_scores(base.global_supply, scores)
        period = base.period
        notes = [f"global shares: missing {result.missing}"]
        if suppliers:
            notes.append(f"global shares and trade parameters are those of {base.period}")
    else:
        known = load_vocabulary().countries
        suppliers = tuple(
            _supplier(one.place, one.figure, restrictions, scores) for one in result.shares if one.place in known
        )
        notes = [f"global shares are computed from quantities of {result.period}"]
        if restrictions:
            notes.append(f"trade parameters are those of {base.period}")
    if union:
        notes.append(f"sourcing of the European Union is that of {base.period}")
    if covered := next((one.governance.period for one in suppliers if one.governance.period), None):
        notes.append(f"governance is the mean of {covered}")
    return dataclasses.replace(
        base,
        period=period,
        global_supply=suppliers,
        eu_sourcing=union,
        notes=tuple(notes),
    )


def _times(one: SupplyRisk, factor: Figure) -> SupplyRisk:
    """The result of a group, which has no inputs of its own, times what the study implies for it."""
    core = one.terms["core"]
    claims = tuple(dict.fromkeys((*core.claims, *factor.claims)))
    spread = interval_of_figure(factor, floor=0.0, ceiling=1.0)
    bounds = interval_of_figure(core, floor=0.0)
    known: dict[str, Any] = {
        "unit": "score",
        "period": core.period,
        "claims": claims,
        "low": bounds.low * spread.low,
        "high": bounds.high * spread.high,
    }
    missing = core.missing or factor.missing
    if core.value is None or factor.value is None:
        figure = Figure.unknown(missing or "recycling and substitution", **known)
    else:
        figure = Figure(value=core.value * factor.value, reasons=("mean of members",), **known)
    return dataclasses.replace(one, figure=figure, terms={**one.terms, "mitigation": factor})


def _within(year: int | None, period: str | None) -> bool:
    if year is None:
        return True
    return period is not None and Period.parse(period).contains(Period.parse(f"{year:04d}"))


def _restrictions(rows: Sequence[Row], kind: str) -> dict[str, Figure]:
    return {
        row["place"]: Figure(
            value=row["value"], low=row["value"], high=row["value"], unit="t", period=row["period"], claims=(row["id"],)
        )
        for row in rows
        if row["predicate"] == "trade_restriction" and row["kind"] == kind
        if row["place"] is not None and row["value"] is not None
    }


def _suppliers(
    rows: Sequence[Row],
    place_column: str,
    restrictions: Mapping[str, Figure],
    scores: Mapping[str, Figure],
) -> tuple[Supplier, ...]:
    result = []
    for row in rows:
        place, value = row[place_column], row["value"]
        if place is None or value is None:
            continue
        known = {"unit": "%", "period": row["period"], "claims": (row["id"],)}
        if row["comparator"] in ("<", "<="):
            # Printed as less than a tenth of a per cent: half of it is nearer than nothing or all.
            share = Figure(value=value / 2, low=0.0, high=value, **known)
        else:
            spread = rounding_interval(value, floor=0.0, ceiling=100.0)
            share = Figure(value=value, low=spread.low, high=spread.high, **known)
        result.append(_supplier(place, share, restrictions, scores))
    return tuple(sorted(result, key=lambda one: (-(one.share.value or 0.0), one.place)))


def _supplier(place: str, share: Figure, restrictions: Mapping[str, Figure], scores: Mapping[str, Figure]) -> Supplier:
    return Supplier(
        place=place,
        share=share,
        governance=scores.get(place) or no_score(place),
        restriction=restrictions.get(place) or _no_measure(place),
    )


def _no_measure(place: str) -> Figure:
    """t of a country that the study gives none: what it gives every member state, and 1 for the others."""
    inside = place in load_vocabulary().groups[UNION].members
    value, why = (INSIDE, "a member state, as all in the study") if inside else (1.0, "no trade measure is claimed")
    return Figure(value=value, low=value, high=value, unit="t", reasons=(why,))


def _import_reliance(union: Sequence[Supplier], period: str | None) -> Figure:
    """Share of the Union's sourcing that members do not produce: an estimate, since the study prints no rate."""
    members = set(load_vocabulary().groups[UNION].members)
    whole = sum(one.share.value or 0.0 for one in union)
    domestic = sum(one.share.value or 0.0 for one in union if one.place in members)
    inside = [one.share for one in union if one.place in members]
    claims = tuple(dict.fromkeys(chain.from_iterable(one.share.claims for one in union)))
    # Countries below 1 % are not named; what they leave of the whole may be foreign or domestic.
    total = max(100.0, whole)
    low = 100 * sum(one.share.low or 0.0 for one in union if one.place not in members) / total
    high = 100 - 100 * sum(one.low or 0.0 for one in inside) / total
    if whole < LEAST_NAMED:
        what = f"the sourcing of the Union: only {whole:g} % of it is named"
        return Figure.unknown(what, low=low, high=high, unit="%", period=period, claims=claims)
    value = 100 * (1 - domestic / whole)
    return Figure(
        value=value,
        low=min(low, value),
        high=max(min(100.0, high), value),
        unit="%",
        period=period,
        claims=claims,
        reasons=("estimated: one minus the share of member states in EU sourcing; exports are not in the tables",),
    )

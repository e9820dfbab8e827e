"""How claims of documents move an indicator: what each adds, and what is left without it.

Three kinds of claim do: a measure raises the trade parameter of its country and material (supply risk), production
and shares move the composition of a stage (concentration, supply risk of a year), and a stake moves who controls it
(concentration by control). Every effect is the indicator computed again, with and without the claim.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from lodeclaim.claims.figure import Figure
from lodeclaim.core.errors import ClaimNotFound
from lodeclaim.indicators.concentration import concentration
from lodeclaim.indicators.criticality_model import SupplyRisk
from lodeclaim.indicators.measures import Measure, apply_measures, measures_on, widened
from lodeclaim.indicators.n_minus_one import n_minus_one
from lodeclaim.indicators.supply_risk import bottleneck, group_supply_risk, supply_risk
from lodeclaim.indicators.supply_risk_inputs import STUDY, inputs_for, supply_risk_of
from lodeclaim.indicators.uncertainty import interval_of_figure
from lodeclaim.vocabulary.load import load_vocabulary

if TYPE_CHECKING:
    import polars as pl

__all__ = ["INDICATORS", "Effect", "Explanation", "explain", "moved_supply_risk", "without"]

#: Indicators that explain() takes.
INDICATORS = ("sr", "concentration", "control", "n-1")
_MOVING = ("measure", "production", "capacity", "share", "stake", "supplier_share")
#: So many claims are taken out one by one; more would take minutes and tell nobody anything.
MOST = 40


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What one claim does. ``change`` is what it adds when claims come in the order of their dates: the changes of
    all add up to the whole move. ``without`` is the indicator when this claim alone is taken out.
    """

    claim: str
    source: str
    predicate: str
    quote: str
    sentence: str | None
    published: str | None
    change: float | None
    without: Figure


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """An indicator before and after the claims of documents, and the effect of each, the largest first.

    ``set_aside`` are measures that do not count, each with the reason. ``left_out`` is how many claims were not
    taken out one by one.
    """

    indicator: str
    material: str
    before: Figure
    after: Figure
    effects: tuple[Effect, ...]
    set_aside: tuple[Measure, ...] = ()
    left_out: int = 0


def moved_supply_risk(
    frame: pl.DataFrame,
    material: str,
    year: int | None = None,
    *,
    form: str | None = None,
    study: str = STUDY,
    governance: Mapping[str, Figure] | None = None,
    planned: bool = False,
    sentences: Mapping[str, str] | None = None,
) -> tuple[SupplyRisk, ...]:
    """Return the supply risk at each stage with the measures in force at the end of ``year``, the bottleneck first.

    Without ``year``: the study's supply, and every measure that claims report. Recycling and substitution stay
    those that the study's own result implies, so only the measures move the number.
    """
    base = supply_risk_of(frame, material, year, form=form, study=study, governance=governance)
    at = None if year is None else date(year, 12, 31)
    known = load_vocabulary().materials[material].members
    found = {one: measures_on(frame, one, at=at, planned=planned, sentences=sentences) for one in (material, *known)}
    if not any(one.set_aside is None for several in found.values() for one in several):
        return base
    moved = []
    for one in base:
        if one.inputs is not None:
            moved.append(supply_risk(apply_measures(one.inputs, found[material])))
            continue
        moved.append(_group(frame, one, known, found, year, study, governance))
    top = bottleneck(moved)
    return tuple(sorted(moved, key=lambda one: one is not top))


def explain(
    frame: pl.DataFrame,
    indicator: str,
    material: str,
    *,
    year: int | None = None,
    stage: str = "extraction",
    form: str | None = None,
    planned: bool = False,
    sentences: Mapping[str, str] | None = None,
) -> Explanation:
    """Return what each claim of a document does to an indicator: sr, concentration, control or n-1.

    ``frame`` holds claims as ``Ledger.claims()`` returns them; ``sentences`` (claim id → sentence) are shown and tell
    an export tax. ``stage`` is not used for sr, which takes the bottleneck. Raises ValueError for another indicator.
    """
    import polars as pl

    compute = _compute(indicator, material, year, stage, form, planned, sentences)
    narrow = _narrow(frame, material)
    after = compute(narrow)
    spoken = narrow.filter(pl.col("origin") == "document", pl.col("predicate").is_in(list(_MOVING)))
    spoken = spoken.filter(pl.col("id").is_in(list(after.claims))).sort("published", "id", nulls_last=False)
    chosen, left = spoken.head(MOST), max(0, spoken.height - MOST)
    ids = chosen["id"].to_list()
    rest = narrow.filter(~pl.col("id").is_in(ids))
    before = figure = compute(narrow.filter(pl.col("origin") != "document"))
    effects = []
    last = compute(rest) if left else before
    for position, row in enumerate(chosen.iter_rows(named=True)):
        figure = compute(narrow.filter(~pl.col("id").is_in(ids[position + 1 :])))
        change = None if figure.value is None or last.value is None else figure.value - last.value
        last = figure
        effects.append(
            Effect(
                claim=row["id"],
                source=row["source"],
                predicate=row["predicate"],
                quote=row["quote"],
                sentence=(sentences or {}).get(row["id"]),
                published=row["published"],
                change=change,
                without=compute(without(narrow, [row["id"]])),
            )
        )
    aside = measures_on(
        narrow, material, at=None if year is None else date(year, 12, 31), planned=planned, sentences=sentences
    )
    return Explanation(
        indicator=indicator,
        material=material,
        before=before,
        after=after,
        effects=tuple(sorted(effects, key=lambda one: (-abs(one.change or 0.0), one.claim))),
        set_aside=tuple(one for one in aside if one.set_aside is not None) if indicator == "sr" else (),
        left_out=left,
    )


def without(frame: pl.DataFrame, claims: Sequence[str]) -> pl.DataFrame:
    """Return the claims without some of them; the beginning of an id is enough.

    Raises ClaimNotFound where several claims begin with it.
    """
    import polars as pl

    for one in claims:
        meant = pl.col("id").str.starts_with(one)
        found = sorted(set(frame.filter(meant)["id"]))
        if len(found) > 1 and one not in found:
            some = ", ".join(found[:4])
            raise ClaimNotFound(f"{len(found)} claims begin with {one!r}: {some}", remedy="Give more digits")
        frame = frame.filter(pl.col("id") != one if one in found else ~meant)
    return frame


def _compute(
    indicator: str,
    material: str,
    year: int | None,
    stage: str,
    form: str | None,
    planned: bool,
    sentences: Mapping[str, str] | None,
) -> Callable[[pl.DataFrame], Figure]:
    def risk(frame: pl.DataFrame) -> Figure:
        found = moved_supply_risk(frame, material, year, form=form, planned=planned, sentences=sentences)
        return found[0].figure if found else Figure.unknown(f"shares of countries in the supply of {material}")

    ways: dict[str, Callable[[pl.DataFrame], Figure]] = {
        "sr": risk,
        "concentration": lambda frame: concentration(frame, material, stage, year=year).hhi,
        "control": lambda frame: concentration(frame, material, stage, year=year, by="control").hhi,
        "n-1": lambda frame: n_minus_one(frame, material, stage, year=year).left,
    }
    if indicator not in ways:
        raise ValueError(f"no explanation for {indicator!r}; there is one for {', '.join(INDICATORS)}")
    return ways[indicator]


def _narrow(frame: pl.DataFrame, material: str) -> pl.DataFrame:
    import polars as pl

    wanted = [*widened(material), *load_vocabulary().materials[material].members]
    return frame.filter(pl.col("material").is_in(wanted) | (pl.col("predicate") == "governance"))


def _group(
    frame: pl.DataFrame,
    one: SupplyRisk,
    members: Sequence[str],
    found: Mapping[str, tuple[Measure, ...]],
    year: int | None,
    study: str,
    governance: Mapping[str, Figure] | None,
) -> SupplyRisk:
    """A group's result as the mean of its members with their measures, times what the study implies for it."""
    if one.stage is None:
        return one
    inner = []
    for member in members:
        inputs = inputs_for(frame, member, one.stage, year, study=study, governance=governance)
        if inputs.global_supply:
            inner.append(supply_risk(apply_measures(inputs, found[member])))
    if not inner:
        return one
    mean = group_supply_risk(one.material, inner)
    core, factor = mean.terms["core"], one.terms.get("mitigation")
    if core.value is None or factor is None or factor.value is None:
        return one
    span, part = interval_of_figure(core, floor=0.0), interval_of_figure(factor, floor=0.0, ceiling=1.0)
    figure = Figure(
        value=core.value * factor.value,
        low=span.low * part.low,
        high=span.high * part.high,
        unit="score",
        period=core.period,
        claims=tuple(dict.fromkeys((*core.claims, *factor.claims))),
        reasons=("mean of members, with the measures in force",),
    )
    return dataclasses.replace(one, figure=figure, terms={**one.terms, "core": core})

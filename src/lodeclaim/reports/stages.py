"""Stages: who extracts and who processes, by territory and by control, and what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lodeclaim.claims.figure import Figure
from lodeclaim.indicators.concentration import concentration
from lodeclaim.indicators.model import UNKNOWN_CONTROL, Concentration, Holding
from lodeclaim.reconciliation.model import Settled
from lodeclaim.reports.model import HoldingRow, ProductionRow, ShareRow, StageSection
from lodeclaim.reports.series import PlaceSeries, change_of, moved_by, residual, settled_by_place, without_ends
from lodeclaim.reports.statements import document_rows, statements
from lodeclaim.reports.wording import basis_words, name_of
from lodeclaim.vocabulary.load import load_vocabulary

if TYPE_CHECKING:
    import polars as pl

__all__ = ["ALWAYS", "stage_sections"]

#: Stages that a brief shows even where nothing is known of them: the gap is a finding.
ALWAYS = ("extraction", "processing")
_FIRST = "extraction"
_QUANTITIES = ("production", "capacity")
_SAID = ("share", "production", "capacity", "growth", "recovery", "demand", "recycling_rate")
#: Fewer places than this make no table of countries.
_FEWEST = 2


def stage_sections(frame: pl.DataFrame, settled: list[Settled], material: str) -> tuple[StageSection, ...]:
    """Return a section for extraction, processing and every other stage with figures by country, in chain order.

    ``frame`` holds the claims of the material and its members, ``settled`` their settled slots.
    """
    made = []
    for stage in load_vocabulary().stages.values():
        section = _section(frame, settled, material, stage.id, stage.name)
        if stage.id in ALWAYS or section.shares or section.production or section.said:
            made.append(section)
    return tuple(made)


def _section(frame: pl.DataFrame, settled: list[Settled], material: str, stage: str, name: str) -> StageSection:
    import polars as pl

    own = [one for one in settled if one.key.material == material and one.key.stage == stage]
    measure, series = _quantities(own)
    territory = concentration(frame, material, stage, by="territory")
    control = concentration(frame, material, stage, by="control")
    rows, nil = _production(series, frame) if series else ((), ())
    notes = list(without_ends(territory.notes))
    if series:
        notes.insert(0, f"Counted as {basis_words(series.basis, material)}.")
    hosts = load_vocabulary().materials[material].byproduct_of
    if hosts and stage == "extraction":
        notes.append(f"Won as a by-product of {' and '.join(name_of(one) for one in hosts)}.")
    if nil:
        notes.append(f"Nil in both years: {', '.join(nil)}.")
    unstaged = pl.col("stage").is_null() & (pl.col("predicate") == "share") & (pl.col("origin") == "document")
    here = frame.filter((pl.col("stage") == stage) | (unstaged & (stage == _FIRST)), pl.col("site").is_null())
    if stage == _FIRST and here.filter(unstaged).height:
        notes.append("Shares of documents that name no stage stand here.")
    return StageSection(
        stage=stage,
        name=name,
        measure=measure,
        period=territory.period,
        basis=territory.basis,
        unit=territory.total.unit,
        total=territory.total,
        shares=_shares(territory, frame),
        control=_shares(control, frame),
        holdings=tuple(_holding(one) for one in control.holdings),
        hhi_territory=territory.hhi,
        hhi_control=control.hhi,
        periods=series.periods[-2:] if series and rows else (),
        production=rows,
        said=statements(document_rows(here, *_SAID), with_material=True),
        notes=tuple(notes),
    )


def _quantities(own: list[Settled]) -> tuple[str, PlaceSeries | None]:
    for predicate in _QUANTITIES:
        series = settled_by_place([one for one in own if one.key.predicate == predicate and one.key.kind is None])
        if series and max(len(places) for places in series.by_period.values()) >= _FEWEST:
            return predicate, series
    return "production", None


def _production(series: PlaceSeries, frame: pl.DataFrame) -> tuple[tuple[ProductionRow, ...], tuple[str, ...]]:
    periods = series.periods[-2:]
    places = dict.fromkeys(place for period in periods for place in series.by_period[period])
    rows, nil = [], []
    for place in places:
        figures = tuple(_at(series, period, place) for period in periods)
        name = name_of(place)
        if all(figure.value == 0 and not figure.high for figure in figures):
            nil.append(name)
            continue
        moved = dict.fromkeys(phrase for figure in figures for phrase in moved_by(figure, frame))
        rows.append(
            ProductionRow(
                place=None if residual(place) else place,
                name=name,
                figures=figures,
                change=change_of(figures[0], figures[-1]) if len(figures) > 1 else Figure.unknown("a second year"),
                moved=tuple(moved),
            )
        )
    rows.sort(key=lambda row: (row.place == "WLD", row.place is None, -(row.figures[-1].value or 0), row.name))
    return tuple(rows), tuple(sorted(nil))


def _at(series: PlaceSeries, period: str, place: str) -> Figure:
    one = series.by_period[period].get(place)
    if one is None:
        return Figure.unknown("a figure of this year", unit=series.unit, period=period, basis=series.basis)
    return one.figure


def _shares(found: Concentration, frame: pl.DataFrame) -> tuple[ShareRow, ...]:
    known = load_vocabulary().countries
    rows = [
        ShareRow(
            entity=share.place if share.place in known else None,
            name="not attributed" if share.place == UNKNOWN_CONTROL else name_of(share.place),
            share=share.figure,
            amount=share.quantity,
            moved=moved_by(share.figure, frame),
        )
        for share in found.shares
        if share.figure.value is None or share.figure.value > 0 or share.figure.high
    ]
    return tuple(sorted(rows, key=lambda row: row.entity is None))


def _holding(one: Holding) -> HoldingRow:
    return HoldingRow(
        site=name_of(one.site),
        place=name_of(one.place),
        actor=name_of(one.actor),
        control=name_of(one.control) if one.control else None,
        stake=one.stake,
        output=one.quantity or Figure.unknown("not stated"),
        source=one.source,
    )

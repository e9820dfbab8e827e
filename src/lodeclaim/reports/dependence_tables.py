"""Dependence on imports as rows of one shape: import reliance, suppliers, days of stock, GeoPolRisk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from lodeclaim.claims.figure import Figure
from lodeclaim.indicators.geopolrisk_inputs import geopolrisk_of, members_of
from lodeclaim.indicators.net_trade import NetTrade, net_trade
from lodeclaim.indicators.reliance import supplier_shares_of
from lodeclaim.indicators.stock import days_covered
from lodeclaim.indicators.supply_risk_inputs import inputs_for
from lodeclaim.indicators.us_reliance import us_net_import_reliance
from lodeclaim.reconciliation.words import name_of
from lodeclaim.reports.indicator_tables import STAGES, Row, assessed_forms, figure_row

if TYPE_CHECKING:
    import polars as pl

__all__ = ["geopolrisk_rows", "reliance_rows", "stock_rows"]

UNION, AMERICA = "EU27", "USA"
#: Suppliers shown of each table.
SHOWN = 3


def reliance_rows(
    frame: pl.DataFrame, materials: Sequence[str], years: Sequence[int | None], group: str
) -> Iterator[Row]:
    """Yield the import reliance of a country or group and its largest suppliers.

    For the United States net import reliance recomputed from the rows of the Geological Survey; for the European
    Union what the study's sourcing implies. Others have their suppliers where a table prints them.
    """
    import polars as pl

    for material in materials:
        rows = frame.filter((pl.col("material") == material) | (pl.col("predicate") == "governance"))
        if group == AMERICA:
            for year in years:
                when = year or _latest(rows, "trade", group)
                if when is None:
                    nothing = Figure.unknown(f"rows on trade of the United States in {material}", unit="%")
                    yield figure_row("net import reliance", nothing, material=material, place=group)
                    continue
                figure = us_net_import_reliance(rows, material, when)
                yield figure_row("net import reliance", figure, material=material, place=group)
        elif group == UNION:
            for form in assessed_forms(frame, material):
                for stage in STAGES:
                    found = inputs_for(rows, material, stage, form=form, governance={}).import_reliance
                    slots = {"material": material, "stage": stage, "form": form, "place": group}
                    if found is not None:
                        yield figure_row("import reliance", found, **slots)
                    elif len(materials) == 1:
                        nothing = Figure.unknown(f"sourcing of the Union at {stage}", unit="%")
                        yield figure_row("import reliance", nothing, **slots)
        else:
            nothing = Figure.unknown(f"production and consumption of {name_of(group)} in one basis with its trade")
            yield figure_row("net import reliance", nothing, material=material, place=group)
        yield from _suppliers(rows, material, group)


def stock_rows(
    trade: pl.DataFrame,
    materials: Sequence[str],
    years: Sequence[int | None],
    group: str,
    *,
    stock: float | None,
    basis: str | None,
) -> Iterator[Row]:
    """Yield how many days of net imports a stock of ``stock`` tonnes covers, for each form that trade is given in.

    ``trade`` holds claims on trade; trade inside the group is left out. A stock in another basis than the trade
    is not compared. Without ``stock`` the figure says that it is missing.
    """
    members = members_of(group)
    for year in years or [None]:
        found = net_trade(trade, group, members, materials=materials, years=None if year is None else [year])
        by_material: dict[str, list[NetTrade]] = {}
        for one in found:
            by_material.setdefault(one.material, []).append(one)
        for material in materials:
            if material not in by_material:
                nothing = Figure.unknown(f"imports and exports of {name_of(group)} in {material}", unit="days")
                yield figure_row("days of net imports", nothing, material=material, place=group)
            for one in by_material.get(material, ()):
                figure = days_covered(stock, one, basis=basis)
                yield figure_row("days of net imports", figure, material=material, form=one.form, place=group)


def geopolrisk_rows(
    frame: pl.DataFrame, trade: pl.DataFrame, materials: Sequence[str], years: Sequence[int], group: str
) -> Iterator[Row]:
    """Yield the GeoPolRisk score of a country or group, corrected and as published, for each material and year."""
    for one in geopolrisk_of(frame, trade, materials, {group: members_of(group)}, years):
        slots = {"material": one.material, "place": group}
        yield figure_row("GeoPolRisk, corrected", one.corrected, **slots)
        yield figure_row("GeoPolRisk, as published", one.published, **slots)


def _suppliers(frame: pl.DataFrame, material: str, group: str) -> Iterator[Row]:
    import polars as pl

    rows = frame.filter(pl.col("predicate") == "supplier_share", pl.col("place") == group)
    tables = rows.select("stage", "form").unique().sort("stage", "form", nulls_last=False).rows()
    for stage, form in tables:
        for one in supplier_shares_of(frame, material, group, stage=stage, form=form)[:SHOWN]:
            slots = {"material": material, "stage": stage, "form": form, "place": one.place}
            yield figure_row("share of supplier", one.figure, **slots, verdict=name_of(one.place))


def _latest(frame: pl.DataFrame, predicate: str, place: str) -> int | None:
    import polars as pl

    rows = frame.filter(pl.col("predicate") == predicate, pl.col("place") == place)
    years = [int(one) for one in rows["period"].drop_nulls().to_list() if one.isdigit()]
    return max(years, default=None)

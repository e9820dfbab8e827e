"""Dependence on imports as rows of one shape: import reliance, suppliers, days of stock, GeoPolRisk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from lodeclaim.claims.figure import Figure
from lodeclaim.core.errors import BasisError
from lodeclaim.indicators.geopolrisk_inputs import geopolrisk_of, members_of
from lodeclaim.indicators.reliance import supplier_shares_of
from lodeclaim.indicators.stock import days_of_net_imports
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
    import polars as pl

    members = members_of(group)
    for material in materials:
        rows = trade.filter(pl.col("material") == material, pl.col("unit") == "t")
        for year in years or [None]:
            found = _net(rows, group, members, year)
            if not found:
                nothing = Figure.unknown(f"imports and exports of {name_of(group)} in {material}", unit="days")
                yield figure_row("days of net imports", nothing, material=material, place=group)
            for (form, when), (imports, exports) in sorted(found.items(), key=lambda one: str(one[0])):
                held = (
                    Figure.unknown("the stock (--stock)", unit="t", low=0.0)
                    if stock is None
                    else Figure(value=stock, low=stock, high=stock, unit="t", basis=basis or imports.basis)
                )
                try:
                    figure = days_of_net_imports(held, imports, exports, year=int(when))
                except BasisError as error:
                    figure = Figure.unknown(f"one basis: {error.what}", unit="days", period=when)
                yield figure_row("days of net imports", figure, material=material, form=form, place=group)


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


def _net(
    rows: pl.DataFrame, group: str, members: Sequence[str], year: int | None
) -> dict[tuple[str | None, str], tuple[Figure, Figure]]:
    """(form, year) → imports from and exports to the world outside, from one-sided or bilateral rows."""
    import polars as pl

    inside = [group, *members]
    foreign = ~pl.col("counterparty").is_in(inside).fill_null(False)
    own, outward = pl.col("place").is_in(inside), pl.col("kind") == "export"
    mirrored = outward & pl.col("counterparty").is_in(inside) & ~own
    imports = rows.filter((pl.col("kind") == "import") & own & foreign | mirrored)
    exports = rows.filter(outward & own & foreign)
    years = [one for one in imports["period"].unique().to_list() if one and one.isdigit()]
    when = str(year) if year is not None else max(years, default=None)
    result: dict[tuple[str | None, str], tuple[Figure, Figure]] = {}
    if when is None:
        return result
    now, out = imports.filter(pl.col("period") == when), exports.filter(pl.col("period") == when)
    for source, form in now.select("source", "form").unique().sort("source", "form").rows():
        key = (form, when)
        one = _sum(now.filter(pl.col("source") == source, pl.col("form").eq_missing(form)), when)
        other = _sum(out.filter(pl.col("source") == source, pl.col("form").eq_missing(form)), when)
        result[key] = (one, other)
    return result


def _sum(rows: pl.DataFrame, when: str) -> Figure:
    """The sum of rows; the part without a quantity has no upper bound."""
    values = rows["value"].drop_nulls()
    bases = rows["basis"].drop_nulls().unique().to_list()
    claims = tuple(rows["id"].to_list())
    known: dict[str, Any] = {
        "unit": "t",
        "period": when,
        "basis": bases[0] if len(bases) == 1 else None,
        "claims": claims,
    }
    total = float(values.sum() or 0.0)
    if values.len() < rows.height:
        lacking = rows.height - values.len()
        reasons = (f"{lacking} of {rows.height} flows have no quantity and are not in the value",)
        return Figure(value=total, low=total, high=None, reasons=reasons, **known)
    return Figure(value=total, low=total, high=total, **known)

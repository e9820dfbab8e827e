"""What a country or group imports and exports by form and year, trade inside the group left out.

Two kinds of tables: bilateral ones name both countries and every flow there is, so no row means no trade; one-sided
ones give the total of a country, and there a form without a row is one that is not published.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lodeclaim.claims.figure import Figure

if TYPE_CHECKING:
    import polars as pl

__all__ = ["NetTrade", "net_trade"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NetTrade:
    """Imports and exports of one form of a material in a year, in tonnes."""

    material: str
    form: str | None
    year: int
    imports: Figure
    exports: Figure


def net_trade(
    trade: pl.DataFrame,
    group: str,
    members: Sequence[str] = (),
    *,
    materials: Collection[str] | None = None,
    years: Collection[int] | None = None,
) -> tuple[NetTrade, ...]:
    """Return imports and exports for every form that is imported, by material, form and year.

    ``trade`` holds claims with the predicate ``trade``; rows in tonnes count. ``years`` None takes each material's
    latest. A flow without a quantity leaves no upper bound. Where two tables have a form, the later one by name counts.
    """
    import polars as pl

    inside = list(dict.fromkeys((group, *members)))
    own, foreign = pl.col("place").is_in(inside), ~pl.col("counterparty").is_in(inside).fill_null(False)
    bought = (pl.col("kind") == "import") & own & foreign
    mirrored = (pl.col("kind") == "export") & pl.col("counterparty").is_in(inside) & ~own
    sold = (pl.col("kind") == "export") & own & foreign
    side = pl.when(bought | mirrored).then(pl.lit("import")).when(sold).then(pl.lit("export"))
    rows = trade.filter(
        pl.col("unit") == "t", pl.col("material").is_not_null(), pl.col("period").str.contains(r"^\d+$")
    )
    if years is not None:
        rows = rows.filter(pl.col("period").is_in([str(one) for one in years]))
    if materials is not None:
        rows = rows.filter(pl.col("material").is_in(list(materials)))
    summed = (
        rows.with_columns(side=side)
        .filter(pl.col("side").is_not_null())
        .group_by("material", "source", "form", "period", "side")
        .agg(
            pl.col("value").sum(),
            known=pl.col("value").count(),
            rows=pl.len(),
            bases=pl.col("basis").drop_nulls().unique(),
            bilateral=pl.col("counterparty").is_not_null().any(),
            claims=pl.col("id"),
        )
        .sort("material", "source", "form", "period", "side")
    )
    found: dict[tuple[str, str | None, int], dict[str, dict[str, Any]]] = {}
    for row in summed.iter_rows(named=True):
        key = (row["material"], row["form"], int(row["period"]))
        held = found.setdefault(key, {})
        if held and next(iter(held.values()))["source"] != row["source"]:
            held.clear()
        held[row["side"]] = row
    bought_in = {key: sides for key, sides in found.items() if "import" in sides}
    latest: dict[str, int] = {}
    for material, _, year in bought_in:
        latest[material] = max(year, latest.get(material, year))
    return tuple(
        NetTrade(material=key[0], form=key[1], year=key[2], imports=_sum(sides["import"]), exports=_exports(key, sides))
        for key, sides in sorted(bought_in.items(), key=lambda one: (one[0][0], one[0][1] or "", one[0][2]))
        if years is not None or key[2] == latest[key[0]]
    )


def _exports(key: tuple[str, str | None, int], sides: Mapping[str, Mapping[str, Any]]) -> Figure:
    if "export" in sides:
        return _sum(sides["export"])
    bought = sides["import"]
    known: dict[str, Any] = {"unit": "t", "period": str(key[2]), "basis": _basis(bought)}
    if bought["bilateral"]:
        return Figure(value=0.0, low=0.0, high=0.0, reasons=("no flow in the table of all flows",), **known)
    name = " ".join(part for part in (key[0], key[1]) if part)
    return Figure.unknown(f"exports of {name}: no row in the table", low=0.0, **known)


def _sum(row: Mapping[str, Any]) -> Figure:
    """The sum of rows; flows without a quantity leave no upper bound, and all of them no value."""
    known: dict[str, Any] = {
        "unit": "t",
        "period": row["period"],
        "basis": _basis(row),
        "claims": tuple(row["claims"]),
        "low": row["value"],
    }
    lacking = row["rows"] - row["known"]
    if not row["known"]:
        return Figure.unknown(f"{row['side']}s of {row['material']}: no quantity is published", **known)
    if lacking:
        reasons = (f"{lacking} of {row['rows']} flows have no quantity and are not in the value",)
        return Figure(value=row["value"], high=None, reasons=reasons, **known)
    return Figure(value=row["value"], high=row["value"], **known)


def _basis(row: Mapping[str, Any]) -> str | None:
    return row["bases"][0] if len(row["bases"]) == 1 else None

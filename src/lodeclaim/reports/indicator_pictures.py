"""Indicators as drawings: supply risk against economic importance, and a heat map of concentration."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from lodeclaim.charts.heatmap import Cell, heat_map
from lodeclaim.charts.scatter import Axis, Point, scatter
from lodeclaim.core.errors import LodeclaimError
from lodeclaim.indicators.supply_risk import ECONOMIC_IMPORTANCE_THRESHOLD, SUPPLY_RISK_THRESHOLD
from lodeclaim.indicators.supply_risk_inputs import STUDY
from lodeclaim.reconciliation.words import name_of
from lodeclaim.reports.indicator_tables import ei_rows, reaches

if TYPE_CHECKING:
    import polars as pl

__all__ = ["heat_map_of", "scatter_of"]

Row = Mapping[str, Any]


def scatter_of(rows: Sequence[Row], frame: pl.DataFrame, materials: Sequence[str], *, width: int = 760) -> str:
    """Return supply risk against economic importance for rows of ``sr_rows``, thresholds of Article 4(2) drawn in.

    Where a number cannot be computed the study's own stands, and the tooltip says so. Materials without any are named
    in the description: they are not at zero. Where the rows have several years, the last one counts.
    """
    importance = {(row["material"], row["form"]): row for row in ei_rows(frame, materials)}
    points: dict[tuple[str, str | None], Point] = {}
    left: list[str] = []
    for row in rows:
        if row["measure"] != "supply risk":
            continue
        key = (row["material"], row["form"])
        label = name_of(row["material"]) + (f" ({row['form'].replace('-', ' ')})" if row["form"] else "")
        other = importance.get(key, {}).get("value")
        across, up = other, row["value"]
        how = f"({row['stage'] or 'group'})"
        if across is None:
            across = _published(frame, "economic_importance", *key)
        if up is None:
            up, how = _published(frame, "supply_risk", *key), "(as published)"
        if up is None or across is None:
            left.append(label)
            continue
        said = f"supply risk {up:.2g} {how}, importance {across:.2g}" + (" (as published)" if other is None else "")
        points[key] = Point(
            label=label,
            x=across,
            y=up,
            low=row["low"] if row["value"] is not None else None,
            high=row["high"] if row["value"] is not None else None,
            said=said,
            beyond=reaches(up, SUPPLY_RISK_THRESHOLD) and reaches(across, ECONOMIC_IMPORTANCE_THRESHOLD),
        )
    if not points:
        raise LodeclaimError("no material has both supply risk and economic importance", remedy="Name others")
    critical = sum(one.beyond for one in points.values())
    gone = f"Not drawn, for want of one of the two: {', '.join(left)}." if left else ""
    return scatter(
        list(points.values()),
        across=Axis(
            label="Economic importance (EI)", limit=ECONOMIC_IMPORTANCE_THRESHOLD, limit_said="critical from EI 2.8"
        ),
        up=Axis(label="Supply risk (SR)", limit=SUPPLY_RISK_THRESHOLD, limit_said="critical from SR 1"),
        name="sr-ei",
        title="Supply risk against economic importance",
        description=(
            f"{len(points)} materials; {critical} reach both thresholds of Regulation (EU) 2024/1252, Article 4(2)."
            f" {gone}"
        ).rstrip(),
        note=gone,
        width=width,
    )


def _published(frame: pl.DataFrame, predicate: str, material: str, form: str | None) -> float | None:
    """The number that the study prints, where it cannot be computed from the tables."""
    import polars as pl

    rows = frame.filter(
        pl.col("source") == STUDY,
        pl.col("predicate") == predicate,
        pl.col("material") == material,
        pl.col("form").eq_missing(pl.lit(form, dtype=pl.String)),
        pl.col("value").is_not_null(),
    )
    return None if rows.is_empty() else float(rows.sort("period")["value"][-1])


def heat_map_of(rows: Sequence[Row], *, width: int = 720) -> str:
    """Return the largest country's share and the HHI of each material and stage, for rows of ``concentration_rows``."""
    cells: dict[tuple[str, str], Cell] = {}
    largest: dict[tuple[str, str, str], Row] = {}
    for row in rows:
        if row["measure"] == "share" and row["value"] is not None:
            largest.setdefault((row["material"], row["stage"], row["period"]), row)
    for row in rows:
        if row["measure"] != "HHI":
            continue
        name, stage = name_of(row["material"]), str(row["stage"])
        top = largest.get((row["material"], row["stage"], row["period"]))
        if top is not None:
            who = name_of(top["place"])
            tip = f"{who} {top['value']:.3g} % ({top['period']})"
            cells[name, f"{stage}: largest share, %"] = Cell(
                value=top["value"], said=f"{top['value']:.0f} {who}", tooltip=tip
            )
        number = row["value"]
        said = "unknown" if number is None else f"{number:.2f}"
        tip = f"missing {row['missing']}" if number is None else f"HHI {number:.3f} ({row['period']})"
        scaled = None if number is None else 100 * number
        cells[name, f"{stage}: HHI"] = Cell(value=scaled, said=said, tooltip=tip)
    if not cells:
        raise LodeclaimError("no material has a concentration", remedy="Name others, or another year")
    columns = [f"{stage}: {what}" for stage in ("extraction", "processing") for what in ("largest share, %", "HHI")]
    names = list(dict.fromkeys(name for name, _ in cells))
    names.sort(key=lambda name: -max((one.value or 0.0) for (row, _), one in cells.items() if row == name))
    return heat_map(
        names,
        [one for one in columns if any(column == one for _, column in cells)],
        cells,
        top=100.0,
        name="concentration",
        title="How concentrated the stages are",
        description="The stronger the colour, the larger the share of the largest country or the HHI (1: one country).",
        width=width,
    )

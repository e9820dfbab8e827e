"""Where the Union stands against the benchmarks of Regulation (EU) 2024/1252, Article 5(1), for 2030.

Article 5(1)(a) sets Union *capacity* against the Union's annual *consumption* of strategic raw materials, overall; it
draws no line for a single material. Article 5(1)(b) sets imports from each third country against the Union's annual
*consumption* of each material at any relevant stage, not against its imports. Consumption is that of undertakings in
the Union in processed form (Article 2, point 12). Neither capacity nor consumption is published for most materials, so
"cannot be computed" is the usual status. Beside it stands what the Commission's study of 2023 points to.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lodeclaim.claims.figure import Figure
from lodeclaim.core.errors import BasisError, UnknownName
from lodeclaim.indicators.crma_model import OVERALL, Benchmark, BenchmarkRow, ProgressRow, Status
from lodeclaim.indicators.crma_sourcing import Sourced, domestic_cover, largest_third_country
from lodeclaim.indicators.crma_terms import rows_of_terms, union_capacity, union_consumption, union_imports
from lodeclaim.indicators.reliance import same_basis, supplier_shares_by_table
from lodeclaim.indicators.uncertainty import interval_of_figure, quotient
from lodeclaim.vocabulary.load import load_vocabulary, read_yaml

if TYPE_CHECKING:
    import polars as pl

__all__ = [
    "benchmark_status",
    "benchmarks",
    "compare_progress",
    "crma_tracker",
    "overall_cover",
    "share_of_consumption",
    "strategic_materials",
]

_DATA = Path(__file__).parent / "data"
_LIST = "eu-strategic-2024"


def benchmarks() -> tuple[Benchmark, ...]:
    """Return the benchmarks of Article 5(1) in the order of the law."""
    return tuple(Benchmark(**one) for one in _table()["benchmarks"])


def strategic_materials() -> tuple[str, ...]:
    """Return the 17 strategic raw materials of Annex I, Section 1, by id; groups stand as the list has them."""
    known = load_vocabulary().materials.values()
    return tuple(sorted(one.id for one in known if any(listing.list == _LIST for listing in one.lists)))


def share_of_consumption(parts: Sequence[Figure], consumption: Figure) -> Figure:
    """Return a capacity, or imports from a country, over annual consumption in percent, with exact bounds.

    All in one unit and basis; raises BasisError otherwise. Unknown where a quantity is not known.
    """
    basis = same_basis([*parts, consumption])
    claims = tuple(dict.fromkeys(claim for one in (*parts, consumption) for claim in one.claims))
    known: dict[str, Any] = {"unit": "%", "period": consumption.period, "basis": basis, "claims": claims}
    units = {(one.unit or "").partition("/")[0] for one in (*parts, consumption) if one.value is not None}
    if len(units) > 1:
        raise BasisError(
            f"quantities are in {' and in '.join(sorted(units))}", where=consumption.period or "", remedy="Convert them"
        )
    boxes = [interval_of_figure(one, floor=0.0) for one in parts]
    above = type(interval_of_figure(consumption))(sum(one.low for one in boxes), sum(one.high for one in boxes))
    spread = quotient(above, interval_of_figure(consumption, floor=0.0))
    ends: dict[str, Any] = {"low": 100 * spread.low, "high": None if spread.high == float("inf") else 100 * spread.high}
    missing = [one.missing or "a quantity" for one in (*parts, consumption) if one.value is None]
    if not parts:
        missing.insert(0, "a capacity")
    if missing:
        return Figure.unknown("; ".join(dict.fromkeys(missing)), **known, **ends)
    if not consumption.value:
        return Figure.unknown("consumption above zero", **known, **ends)
    total = sum(one.value or 0.0 for one in parts)
    reasons = ("over annual consumption of the Union", "interval: exact bounds")
    return Figure(value=100 * total / consumption.value, reasons=reasons, **known, **ends)


def overall_cover(capacity: Mapping[str, Figure], consumption: Mapping[str, Figure]) -> Figure:
    """Return Union capacity over consumption for all strategic raw materials together, in percent by mass.

    The law says "overall" and names no weights; mass is the only unit that all have. Unknown, with the list of what
    is missing, as long as one of the materials lacks a number: a sum over some of them is another figure.
    """
    names = sorted(set(capacity) | set(consumption))
    lacking = [
        f"{what} of {name}"
        for name in names
        for what, table in (("capacity", capacity), ("consumption", consumption))
        if name not in table or table[name].value is None
    ]
    claims = tuple(dict.fromkeys(c for table in (capacity, consumption) for one in table.values() for c in one.claims))
    if lacking or not names:
        return Figure.unknown(", ".join(lacking) or "strategic raw materials", unit="%", claims=claims)
    above = [interval_of_figure(capacity[name], floor=0.0) for name in names]
    below = [interval_of_figure(consumption[name], floor=0.0) for name in names]
    kind = type(above[0])
    spread = quotient(
        kind(sum(one.low for one in above), sum(one.high for one in above)),
        kind(sum(one.low for one in below), sum(one.high for one in below)),
    )
    whole = sum(consumption[name].value or 0.0 for name in names)
    if whole <= 0:
        return Figure.unknown("consumption above zero", unit="%", claims=claims)
    return Figure(
        value=100 * sum(capacity[name].value or 0.0 for name in names) / whole,
        low=100 * spread.low,
        high=None if spread.high == float("inf") else 100 * spread.high,
        unit="%",
        claims=claims,
        reasons=("by mass, all strategic raw materials together",),
    )


def benchmark_status(figure: Figure, benchmark: Benchmark) -> Status:
    """Return the status of a figure in percent; bounds decide where there is no value.

    ``approaching`` exists for floors only, as in Article 5(1)(a).
    """
    low = figure.low if figure.low is not None else figure.value
    high = figure.high if figure.high is not None else figure.value
    if benchmark.sense == "ceiling":
        if figure.value is not None:
            return "not met" if figure.value > benchmark.percent else "met"
        if low is not None and low > benchmark.percent:
            return "not met"
        return "met" if high is not None and high <= benchmark.percent else "cannot be computed"
    near = benchmark.percent * _table()["approaching_from"]
    if figure.value is not None:
        return "met" if figure.value >= benchmark.percent else "approaching" if figure.value >= near else "not met"
    if low is not None and low >= benchmark.percent:
        return "met"
    if high is None or high >= benchmark.percent:
        return "cannot be computed"
    return "not met" if high < near else "approaching" if low is not None and low >= near else "cannot be computed"


def crma_tracker(frame: pl.DataFrame, *, materials: Sequence[str] | None = None) -> list[BenchmarkRow]:
    """Return a row for each strategic raw material and benchmark, and one for all together at each stage.

    ``frame`` holds claims as ``Ledger.claims()`` returns them. Per material: extraction, processing, recycling, and
    the rule of 65 % at extraction and at processing. ``materials`` narrows the list (a member of a listed group stands
    for the group); the overall rows stay, for they need all of it. Raises UnknownName for a material that the list
    does not have.
    """
    import polars as pl

    listed = strategic_materials()
    asked = None if materials is None else {_listed(one, listed) for one in materials}
    members = {one: load_vocabulary().materials[one].members for one in listed}
    wanted = {*listed, *(inner for several in members.values() for inner in several)}
    narrow = frame.filter(pl.col("material").is_in(sorted(wanted)))
    sourced = supplier_shares_by_table(narrow)
    narrow = rows_of_terms(narrow)
    rows: list[BenchmarkRow] = []
    consumption = {one: union_consumption(narrow, one) for one in listed}
    capacity: dict[str, dict[str, Figure]] = {}
    for benchmark in benchmarks():
        for material in listed:
            if benchmark.stage is None:
                rows += _third_country(narrow, sourced, material, members[material], benchmark, consumption[material])
            else:
                found = union_capacity(narrow, material, benchmark.stage)
                capacity.setdefault(benchmark.stage, {})[material] = found
                rows.append(_cover(sourced, material, members[material], benchmark, found, consumption[material]))
    chosen = [one for one in rows if asked is None or one.material in asked]
    whole = [_overall(one, capacity[one.stage], consumption, rows) for one in benchmarks() if one.stage in capacity]
    return [*whole, *chosen]


def compare_progress(rows: Sequence[BenchmarkRow]) -> list[ProgressRow]:
    """Return what the Joint Research Centre is cited with on progress beside the rows' indication, with the reason.

    Its figures are of 2022 and count consumption from sources that are not public; the rows' are of 2016–2020.
    """
    result = []
    with (_DATA / "crma_progress.csv").open(encoding="utf-8", newline="") as file:
        for said in csv.DictReader(file):
            own = [one for one in rows if one.material == said["material"] and one.benchmark == said["benchmark"]]
            if not own:
                continue
            order = ("not met", "approaching", "met", "cannot be computed")
            worst = min(own, key=lambda one: order.index(one.indicated))
            # That nothing can be said is a statement on what the law asks for, not on an indication.
            open_ = said["said"] == "cannot be computed"
            agrees = worst.status == said["said"] if open_ else worst.indicated == said["said"]
            result.append(
                ProgressRow(
                    material=said["material"],
                    benchmark=said["benchmark"],
                    said=said["said"],  # type: ignore[arg-type]
                    period=said["period"],
                    source=said["source"],
                    indicated=worst.indicated,
                    agrees=agrees,
                    reason="" if agrees else _why(worst, said["period"]),
                )
            )
    return result


def _listed(material: str, listed: Sequence[str]) -> str:
    known = load_vocabulary().materials
    for one in listed:
        if material == one or material in known[one].members:
            return one
    name = known[material].name if material in known else material
    raise UnknownName(
        f"{name[:1].upper()}{name[1:]} is not one of the {len(listed)} strategic raw materials (Annex I, Section 1)",
        remedy=f"These are {', '.join(listed)}",
    )


def _cover(
    sourced: Sourced,
    material: str,
    members: Sequence[str],
    benchmark: Benchmark,
    capacity: Figure,
    consumption: Figure,
) -> BenchmarkRow:
    entry = _entry(material)
    stage = benchmark.stage or ""
    figure = _strict([capacity], consumption)
    indication = domestic_cover(sourced, (material, *members), stage, entry)
    return BenchmarkRow(
        material=material,
        benchmark=benchmark.id,
        stage=stage,
        article=benchmark.article,
        percent=benchmark.percent,
        status=benchmark_status(figure, benchmark),
        figure=figure,
        indicated=benchmark_status(indication, benchmark),
        indication=indication,
        notes=("the law sets the benchmark for all strategic raw materials together", *_grade(entry)),
    )


def _third_country(
    frame: pl.DataFrame,
    sourced: Sourced,
    material: str,
    members: Sequence[str],
    benchmark: Benchmark,
    consumption: Figure,
) -> list[BenchmarkRow]:
    entry = _entry(material)
    rows = []
    for stage in ("extraction", "processing"):
        imports = union_imports(frame, material, stage)
        top = max(imports, key=lambda place: imports[place].value or 0.0, default=None)
        nothing = Figure.unknown(f"imports of {material} by country at {stage}, in the basis of consumption")
        figure = _strict([imports[top] if top else nothing], consumption)
        place, indication, notes = largest_third_country(sourced, (material, *members), stage, entry, benchmark.percent)
        rows.append(
            BenchmarkRow(
                material=material,
                benchmark=benchmark.id,
                stage=stage,
                article=benchmark.article,
                percent=benchmark.percent,
                status=benchmark_status(figure, benchmark),
                figure=figure,
                indicated=benchmark_status(indication, benchmark),
                indication=indication,
                place=top or place,
                notes=(*notes, *_grade(entry)),
            )
        )
    return rows


def _overall(
    benchmark: Benchmark,
    capacity: Mapping[str, Figure],
    consumption: Mapping[str, Figure],
    rows: Sequence[BenchmarkRow],
) -> BenchmarkRow:
    figure = overall_cover(capacity, consumption)
    own = [one for one in rows if one.benchmark == benchmark.id]
    counts = {status: sum(one.indicated == status for one in own) for status in ("met", "approaching", "not met")}
    said = ", ".join(f"{count} {status}" for status, count in counts.items())
    return BenchmarkRow(
        material=OVERALL,
        benchmark=benchmark.id,
        stage=benchmark.stage or "",
        article=benchmark.article,
        percent=benchmark.percent,
        status=benchmark_status(figure, benchmark),
        figure=figure,
        indicated="cannot be computed",
        indication=Figure.unknown("weights that add shares of different materials up", unit="%"),
        notes=(f"indicated one by one: {said}, of {len(own)}",),
    )


def _strict(parts: Sequence[Figure], consumption: Figure) -> Figure:
    try:
        return share_of_consumption(parts, consumption)
    except BasisError as error:
        claims = tuple(dict.fromkeys(claim for one in (*parts, consumption) for claim in one.claims))
        return Figure.unknown(f"one basis: {error.what}", unit="%", claims=claims)


def _why(row: BenchmarkRow, period: str) -> str:
    if row.indicated == "cannot be computed":
        return f"missing here: {row.indication.missing}"
    value = row.indication.value
    ours = f"{value:.0f} % of the Union's sourcing in {row.indication.period}" if value is not None else "bounds only"
    extra = [note for note in row.notes if note.startswith("of imports alone")]
    return "; ".join([f"{ours}, against consumption in {period}", *extra])


def _grade(entry: Mapping[str, Any]) -> tuple[str, ...]:
    return (f"the list names {entry['grade']}; the study covers all grades",) if "grade" in entry else ()


def _entry(material: str) -> Mapping[str, Any]:
    entry: Mapping[str, Any] = _table()["materials"].get(material, {})
    return entry


@cache
def _table() -> dict[str, Any]:
    loaded: dict[str, Any] = read_yaml(_DATA / "crma_benchmarks.yaml")
    return loaded

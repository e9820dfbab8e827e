"""GeoPolRisk from claims: production of the stage, bilateral trade by tariff line, political stability.

Tables become what geopolrisk and geopolrisk_corrected take. The governance indicators end before the newest trade; a
year after their last takes that last one, and every such figure says so. Shares of production are of extraction.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lodeclaim.claims.figure import Figure
from lodeclaim.core.errors import BasisError
from lodeclaim.indicators.bases import content_of_trade_line, convert
from lodeclaim.indicators.composition import Slots
from lodeclaim.indicators.concentration import concentration_of, production_by_material
from lodeclaim.indicators.geopolrisk import geopolrisk
from lodeclaim.indicators.geopolrisk_corrected import geopolrisk_corrected
from lodeclaim.indicators.governance import stability_scores
from lodeclaim.vocabulary.load import load_vocabulary

if TYPE_CHECKING:
    import polars as pl

__all__ = ["PoliticalRisk", "geopolrisk_of", "members_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PoliticalRisk:
    """The GeoPolRisk score of a region for a material in a year, corrected and as its authors compute it."""

    material: str
    region: str
    year: int
    corrected: Figure
    published: Figure


def members_of(group: str) -> tuple[str, ...]:
    """Return the countries of a group; a country is a group of one."""
    known = load_vocabulary().groups
    return known[group].members if group in known else (group,)


def geopolrisk_of(
    frame: pl.DataFrame,
    trade: pl.DataFrame,
    materials: Sequence[str],
    regions: Mapping[str, Sequence[str]],
    years: Sequence[int],
    *,
    found: Mapping[str, Slots] | None = None,
) -> Iterator[PoliticalRisk]:
    """Yield the score of each material, region and year.

    ``frame`` holds production and governance claims, ``trade`` bilateral trade with the tariff line as its form.
    A material without production, trade or contents of its tariff lines has no score; the figure says what is
    missing. ``found`` is what production_by_material returns for ``frame``, where it is at hand.
    """
    import polars as pl

    flows = _flows(trade, materials, years)
    made, basis, used = _production(frame, materials, years, found)
    stability, lasting = _stability(frame, years)
    traded = set(flows.select("material", "year").unique().rows())
    lines = flows.select("material", "code").unique().sort("material", "code") if flows.height else None
    codes = [] if lines is None else [one for one in lines.rows() if one[0] in basis]
    results: dict[tuple[str, str, int], dict[str, Any]] = {}
    plain: dict[tuple[str, str, int], dict[str, Any]] = {}
    if codes and made.height and stability.height:
        contents = [(*one, *_content(one[0], one[1], basis[one[0]])) for one in codes]
        columns = {"material": pl.String, "code": pl.String, "content_low": pl.Float64, "content_high": pl.Float64}
        basket = pl.DataFrame(contents, schema=columns, orient="row")
        tables = (made, flows.drop("material").unique(), stability, basket, regions, list(years))
        for row in geopolrisk_corrected(*tables).iter_rows(named=True):
            results[row["material"], row["region"], row["year"]] = row
        for row in geopolrisk(*tables).iter_rows(named=True):
            plain[row["material"], row["region"], row["year"]] = row
    for material in materials:
        for region in regions:
            for year in years:
                key = (material, region, year)
                claims = used.get((material, year), ())
                notes = (f"political stability of {lasting[year]}, the last published",) if lasting.get(year) else ()
                lacking = _lacking(material, year, basis, traded, claims, stability)
                yield PoliticalRisk(
                    material=material,
                    region=region,
                    year=year,
                    corrected=_figure(results.get(key), year, claims, notes, lacking),
                    published=_figure(plain.get(key), year, claims, (*notes, "with the faults of the method"), lacking),
                )


def _figure(
    row: Mapping[str, Any] | None, year: int, claims: tuple[str, ...], notes: tuple[str, ...], lacking: str | None
) -> Figure:
    known: dict[str, Any] = {"unit": "score 0–1", "period": str(year), "claims": claims}
    if lacking is not None or row is None:
        return Figure.unknown(lacking or "production, trade or political stability", **known)
    if row["score"] is None:
        return Figure.unknown(row.get("missing") or "the score", low=row.get("low"), high=row.get("high"), **known)
    return Figure(value=row["score"], low=row.get("low"), high=row.get("high"), reasons=notes, **known)


def _lacking(
    material: str,
    year: int,
    basis: Mapping[str, str | None],
    traded: Collection[tuple[str, int]],
    claims: tuple[str, ...],
    stability: pl.DataFrame,
) -> str | None:
    if material not in basis or not claims:
        return f"production of {material} by country in {year}"
    if (material, year) not in traded:
        return f"bilateral trade in {material} in {year}"
    return "political stability" if stability.is_empty() else None


def _flows(trade: pl.DataFrame, materials: Sequence[str], years: Sequence[int]) -> pl.DataFrame:
    """One row a flow: the quantity in tonnes and the value in thousand dollars of one exporter, importer and line."""
    import polars as pl

    rows = trade.filter(
        pl.col("material").is_in(list(materials)),
        pl.col("kind") == "export",
        pl.col("counterparty").is_not_null(),
        pl.col("form").str.contains(r"^hs\d*-"),
        pl.col("period").is_in([str(one) for one in years]),
    )
    return (
        rows.with_columns(
            code=pl.col("form").str.extract(r"(\d{6})$"),
            tonnes=pl.when(pl.col("unit") == "t").then(pl.col("value")),
            money=pl.when(pl.col("unit") == "USD").then(pl.col("value") / 1000),
        )
        .group_by("material", "period", "place", "counterparty", "code")
        .agg(quantity=pl.col("tonnes").drop_nulls().first(), value=pl.col("money").drop_nulls().first())
        .select(
            "material",
            pl.col("period").cast(pl.Int64).alias("year"),
            pl.col("counterparty").alias("importer"),
            pl.col("place").alias("exporter"),
            "code",
            "value",
            "quantity",
        )
    )


def _production(
    frame: pl.DataFrame, materials: Sequence[str], years: Sequence[int], found: Mapping[str, Slots] | None
) -> tuple[pl.DataFrame, dict[str, str | None], dict[tuple[str, int], tuple[str, ...]]]:
    import polars as pl

    rows: list[tuple[str, str, int, float | None, str]] = []
    basis: dict[str, str | None] = {}
    used: dict[tuple[str, int], tuple[str, ...]] = {}
    known = load_vocabulary().countries
    made = found
    if made is None:
        made = production_by_material(frame.filter(pl.col("material").is_in(list(materials))))
    for material in materials:
        for year in years:
            result = concentration_of(made.get(material, {}), material, "extraction", year=year)
            if result.missing is not None or result.year != year:
                continue
            basis[material] = result.basis
            used[material, year] = result.hhi.claims or result.total.claims
            rows += [
                (material, one.place, year, one.quantity.value, "metr. t")
                for one in result.shares
                if one.place in known and one.quantity is not None
            ]
    schema = {
        "material": pl.String, "country": pl.String, "year": pl.Int64, "quantity": pl.Float64, "unit": pl.String
    }  # fmt: skip
    return pl.DataFrame(rows, schema=schema, orient="row"), basis, used


def _stability(frame: pl.DataFrame, years: Sequence[int]) -> tuple[pl.DataFrame, dict[int, int]]:
    import polars as pl

    found = frame.filter(pl.col("predicate") == "governance")["period"].drop_nulls().unique().to_list()
    there = sorted(int(one) for one in found if one.isdigit())
    taken = {year: max((one for one in there if one <= year), default=None) for year in years}
    wanted = sorted({one for one in taken.values() if one is not None})
    scores = stability_scores(frame, wanted) if wanted else {}
    rows = [
        (country, year, figure.value)
        for year, last in taken.items()
        for (country, when), figure in scores.items()
        if when == last
    ]
    schema = {"country": pl.String, "year": pl.Int64, "risk": pl.Float64}
    lasting = {year: last for year, last in taken.items() if last is not None and last != year}
    return pl.DataFrame(rows, schema=schema, orient="row"), lasting


def _content(material: str, code: str, basis: str | None) -> tuple[float | None, float | None]:
    """What a traded tonne counts in the basis of production; nothing where that is not known."""
    if basis == "gross":
        return 1.0, 1.0
    content = content_of_trade_line(material, code)
    if content.value is None or basis is None:
        return None, None
    try:
        found = content if content.basis == basis else convert(content, material, basis)
    except BasisError:
        return None, None
    return (None, None) if found.value is None else (found.low, found.high)

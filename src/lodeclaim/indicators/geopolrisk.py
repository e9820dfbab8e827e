"""GeoPolRisk as its reference implementation publishes it, computed for all materials, countries and years at once.

    HHI         = Σ P² / (Σ P)²                     over producing countries, world-wide
    import risk = Σ q · g / (Σ q + P_domestic)      q imports by exporter, g political risk of the exporter (0–1)
    score       = HHI · import risk
    price       = Σ value / Σ q
    factor      = score · price / 0.409412948       (copper, OECD, mean of 2017 to 2021)

Source: Koyamparambath et al. 2024, and geopolrisk-py 2.0.1 (Journal of Open Source Software, 10.21105/joss.09600).
Kept as published, faults included: production is cut to whole numbers for the HHI, a quantity that is not known
counts as none, political risk that is not known as 0.5, trade inside a group of countries counts as imports without
risk, and ore by gross weight is added to production by content. geopolrisk_corrected is the same without them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from lodeclaim.core.errors import StatisticsError

if TYPE_CHECKING:
    import polars as pl

__all__ = [
    "COPPER",
    "PRODUCTION",
    "RESULT",
    "STABILITY",
    "TRADE",
    "check_columns",
    "geopolrisk",
    "memberships",
    "refuse_repeats",
]

#: Factor of copper that the characterisation factors are divided by, in the implementation's own digits.
COPPER = 0.409412948
#: Political risk of a country that has none.
NO_SCORE = 0.5

#: Columns of the tables that the caller gives. Quantities of trade in tonnes, values in thousand US dollars.
PRODUCTION = ("material", "country", "year", "quantity", "unit")
TRADE = ("year", "importer", "exporter", "code", "value", "quantity")
STABILITY = ("country", "year", "risk")
BASKET = ("material", "code")
#: Columns of the result.
RESULT = ("material", "region", "year", "score", "factor", "hhi", "import_risk", "price", "imports", "production")


def geopolrisk(
    production: pl.DataFrame,
    trade: pl.DataFrame,
    stability: pl.DataFrame,
    basket: pl.DataFrame,
    regions: Mapping[str, Sequence[object]],
    years: Sequence[int],
) -> pl.DataFrame:
    """Return score, factor, HHI, import risk and price for each material of the basket, region and year.

    Columns of the tables: PRODUCTION, TRADE, STABILITY (risk from 0 to 1) and material and code for ``basket``.
    ``regions`` maps a name to the codes of its countries, as they stand in the tables; one country is a region of
    one. Units of production are ``metr. t`` or ``kg``; others are taken as they are. Rows come in the order of the
    basket, then of the regions, then of the years. Raises StatisticsError where a column is missing.
    """
    import polars as pl

    for name, table, columns in (
        ("production", production, PRODUCTION),
        ("trade", trade, TRADE),
        ("stability", stability, STABILITY),
        ("basket", basket, BASKET),
    ):
        check_columns(table, columns, name)
    refuse_repeats(stability, ("country", "year"), "stability")
    wanted = list(dict.fromkeys(years))
    members = memberships(regions, production.schema["country"])
    grid = _grid(basket, regions, wanted, production.schema["year"])
    made = production.lazy().filter(pl.col("year").is_in(wanted))
    flows = (
        trade.lazy()
        .filter(pl.col("year").is_in(wanted), pl.col("importer").is_in(members["country"].unique().to_list()))
        .join(basket.lazy().select("material", "code").unique(), on="code")
        .group_by("material", "year", "importer", "exporter")
        .agg(pl.col("quantity").fill_null(0.0).sum(), pl.col("value").fill_null(0.0).sum())
        .join(stability.lazy().select("country", "year", "risk"), left_on=["exporter", "year"],
              right_on=["country", "year"], how="left")
        .with_columns(pl.col("risk").fill_null(NO_SCORE))
        .join(members.lazy(), left_on="importer", right_on="country")
        .join(members.lazy().with_columns(inside=pl.lit(True)), left_on=["exporter", "region"],
              right_on=["country", "region"], how="left")
        .with_columns(risk=pl.when(pl.col("inside")).then(0.0).otherwise(pl.col("risk")))
        .group_by("material", "region", "year")
        .agg(
            imports=pl.col("quantity").sum(),
            value=pl.col("value").sum(),
            risky=(pl.col("quantity") * pl.col("risk")).sum(),
        )
    )  # fmt: skip
    whole = pl.col("quantity").fill_null(0.0).cast(pl.Int64).cast(pl.Float64)
    world = made.group_by("material", "year").agg(hhi=(whole * whole).sum() / (whole.sum() * whole.sum()))
    tonnes = pl.when(pl.col("unit") == "kg").then(pl.col("quantity") / 1000).otherwise(pl.col("quantity"))
    domestic = (
        made.unique(["material", "country", "year"], keep="first", maintain_order=True)
        .with_columns(tonnes=tonnes.fill_null(0.0))
        .join(members.lazy(), on="country")
        .group_by("material", "region", "year")
        .agg(production=pl.col("tonnes").sum())
    )
    key = ["material", "region", "year"]
    risk = pl.when(pl.col("known") == 0).then(0.0).otherwise(pl.col("risky") / pl.col("known"))
    price = pl.when(pl.col("imports") == 0).then(0.0).otherwise(pl.col("value") / pl.col("imports"))
    return (
        grid.lazy()
        .join(world, on=["material", "year"], how="left")
        .join(flows, on=key, how="left")
        .join(domestic, on=key, how="left")
        .with_columns(pl.col("imports", "value", "risky", "production").fill_null(0.0))
        .with_columns(known=pl.col("imports") + pl.col("production"))
        .with_columns(import_risk=risk, price=price)
        .with_columns(score=pl.col("hhi") * pl.col("import_risk"))
        .with_columns(factor=pl.col("score") * pl.col("price") / COPPER)
        .sort("order")
        .select(RESULT)
        .collect()
    )


def check_columns(table: pl.DataFrame, columns: Sequence[str], name: str) -> None:
    """Raise StatisticsError where a table lacks a column, naming the table and what it has."""
    missing = [column for column in columns if column not in table.columns]
    if missing:
        raise StatisticsError(
            f"the column {missing[0]!r} is missing; there are {', '.join(table.columns)}",
            where=f"table of {name}",
            remedy=f"Give the columns {', '.join(columns)}",
        )


def refuse_repeats(table: pl.DataFrame, key: Sequence[str], name: str) -> None:
    """Raise StatisticsError where two rows of a table have one key: one of them would count twice."""
    repeated = table.filter(table.select(key).is_duplicated())
    if not repeated.is_empty():
        first = ", ".join(f"{column} {repeated[column][0]}" for column in key)
        raise StatisticsError(
            f"{len(repeated)} rows repeat a key, the first is {first}",
            where=f"table of {name}",
            remedy="Keep one row for each, or tell them apart",
        )


def memberships(regions: Mapping[str, Sequence[object]], dtype: pl.DataType) -> pl.DataFrame:
    """Return region and country, one row a member, the country in the type of the tables' codes."""
    import polars as pl

    pairs = [(region, country) for region, countries in regions.items() for country in dict.fromkeys(countries)]
    if not pairs:
        raise StatisticsError("no region is given", where="regions", remedy="Name a country or a group of countries")
    names, countries = zip(*pairs, strict=True)
    return pl.DataFrame({"region": list(names), "country": pl.Series(list(countries), dtype=dtype)})


def _grid(
    basket: pl.DataFrame, regions: Mapping[str, Sequence[object]], years: Sequence[int], dtype: pl.DataType
) -> pl.DataFrame:
    import polars as pl

    materials = basket.select("material").unique(maintain_order=True)
    names = pl.DataFrame({"region": list(regions)})
    when = pl.DataFrame({"year": pl.Series(list(years), dtype=dtype)})
    return materials.join(names, how="cross").join(when, how="cross").with_row_index("order")

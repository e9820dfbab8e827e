"""GeoPolRisk with its faults mended, and what each mend changes.

1. Trade inside a group of countries is no import of the group: the quantity leaves the denominator too.
2. Trade by gross weight is brought to the basis of production before both are added; a tariff line without a
   content is not counted as if it were pure, its imports stay unknown.
3. What is not known stays unknown: a political risk, a quantity, or a country without any row give bounds, not
   0.5 and not zero. Production is not cut to whole numbers.
4. Political stability is of one publication; several are refused.

The formula is that of geopolrisk: HHI · Σ q·g / (Σ q + P). The bounds are safe: they hold the truth when the inputs
hold theirs, and are wider than the tightest ones where one content enters numerator and denominator.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from lodeclaim.core.errors import StatisticsError
from lodeclaim.indicators.geopolrisk import (
    BASKET,
    PRODUCTION,
    STABILITY,
    TRADE,
    check_columns,
    geopolrisk,
    memberships,
    refuse_repeats,
)

if TYPE_CHECKING:
    import polars as pl

__all__ = ["RESULT", "differences", "geopolrisk_corrected"]

RESULT = (
    "material", "region", "year", "score", "low", "high", "hhi", "import_risk", "price", "imports", "production",
    "inside", "left_out", "missing",
)  # fmt: skip
#: With more than this part of import value without a number, there is no score, only bounds.
TOLERATED = 0.05
_KEY = ["material", "region", "year"]


def geopolrisk_corrected(
    production: pl.DataFrame,
    trade: pl.DataFrame,
    stability: pl.DataFrame,
    basket: pl.DataFrame,
    regions: Mapping[str, Sequence[object]],
    years: Sequence[int],
) -> pl.DataFrame:
    """Return the corrected score with its bounds for each material, region and year.

    Tables as for geopolrisk. ``basket`` has further columns content_low and content_high: the fraction of a traded
    tonne that counts in the basis of production; null where it is not known. ``stability`` may have a column
    ``vintage``; several raise StatisticsError. Columns of the result: score and its low and high, hhi, import_risk
    (value), price (thousand dollars a gross tonne), imports and production in the basis of production, inside
    (gross tonnes traded within the region, not counted), left_out (part of the import value that has no quantity,
    content or political risk: up to 5 % of it stands in the bounds only), missing (words; then score is null).
    """
    import polars as pl

    check_columns(basket, (*BASKET, "content_low", "content_high"), "basket")
    for name, table, columns in (
        ("production", production, PRODUCTION),
        ("trade", trade, TRADE),
        ("stability", stability, STABILITY),
    ):
        check_columns(table, columns, name)
    _one_vintage(stability)
    refuse_repeats(stability, ("country", "year"), "stability")
    refuse_repeats(production, ("material", "country", "year"), "production")
    wanted = list(dict.fromkeys(years))
    members = memberships(regions, production.schema["country"])
    materials = basket.select("material").unique(maintain_order=True)
    grid = (
        materials.join(pl.DataFrame({"region": list(regions)}), how="cross")
        .join(pl.DataFrame({"year": pl.Series(wanted, dtype=production.schema["year"])}), how="cross")
        .with_row_index("order")
    )
    made = _made(production, wanted)
    world = made.group_by("material", "year").agg(
        hhi=pl.col("tonnes").pow(2).sum() / pl.col("tonnes").sum().pow(2), gaps=pl.col("tonnes").is_null().sum()
    )
    domestic = (
        made.join(members.lazy(), on="country").group_by(_KEY)
        .agg(production=pl.col("tonnes").sum(), open=pl.col("tonnes").is_null().sum())
    )  # fmt: skip
    flows = _flows(trade, basket, stability, members, wanted)
    joined = (
        grid.lazy()
        .join(world, on=["material", "year"], how="left")
        .join(flows, on=_KEY, how="left")
        .join(domestic, on=_KEY, how="left")
    )
    return _scored(joined).sort("order").select(RESULT).collect()


def differences(
    production: pl.DataFrame,
    trade: pl.DataFrame,
    stability: pl.DataFrame,
    basket: pl.DataFrame,
    regions: Mapping[str, Sequence[object]],
    years: Sequence[int],
) -> pl.DataFrame:
    """Return the published score beside the corrected one, with what each mend changes in turn.

    Columns: material, region, year, published, without_inside (trade within the region left out), in_one_basis
    (contents as well), corrected (unknown left unknown), low, high, why (words). Tables as for
    geopolrisk_corrected.
    """
    import polars as pl

    tables = (production, trade, stability, basket, regions, years)
    published = geopolrisk(*tables).select(*_KEY, published="score")
    full_content = basket.with_columns(content_low=pl.lit(1.0), content_high=pl.lit(1.0))
    filled = _filled(stability, trade, years)
    zeros = trade.with_columns(pl.col("quantity").fill_null(0.0))
    plain = production.with_columns(pl.col("quantity").fill_null(0.0))
    outside = geopolrisk_corrected(plain, zeros, filled, full_content, regions, years)
    based = geopolrisk_corrected(plain, zeros, filled, basket, regions, years)
    final = geopolrisk_corrected(*tables)
    table = (
        published.join(
            outside.select(*_KEY, "inside", without_inside="score"), on=_KEY, how="left", maintain_order="left"
        )
        .join(based.select(*_KEY, in_one_basis="score"), on=_KEY, how="left", maintain_order="left")
        .join(
            final.select(*_KEY, "low", "high", "missing", corrected="score"), on=_KEY, how="left", maintain_order="left"
        )
    )
    inside = pl.when(pl.col("inside") > 0).then(
        pl.format("{} t traded within the region are no imports", pl.col("inside").round(0).cast(pl.Int64))
    )
    content = pl.when((pl.col("in_one_basis") - pl.col("without_inside")).abs() > 1e-12).then(
        pl.lit("imports are counted by content, as production is")
    )
    missing = pl.when(pl.col("missing").is_not_null()).then(pl.format("cannot be computed: missing {}", "missing"))
    spread = pl.when(pl.col("missing").is_null() & (pl.col("high") - pl.col("low") > 1e-12)).then(
        pl.lit("the interval holds what is known as a range or not at all")
    )
    why = pl.concat_str([inside, content, missing, spread], separator="; ", ignore_nulls=True)
    return table.with_columns(why=why).select(
        *_KEY, "published", "without_inside", "in_one_basis", "corrected", "low", "high", "why"
    )


def _one_vintage(stability: pl.DataFrame) -> None:
    if "vintage" not in stability.columns:
        return
    found = sorted(stability["vintage"].drop_nulls().unique().to_list())
    if len(found) > 1:
        raise StatisticsError(
            f"political stability comes from {len(found)} publications: {', '.join(found)}",
            where="table of stability",
            remedy="Give one publication; a newer method moves all countries at once",
        )


def _made(production: pl.DataFrame, years: Sequence[int]) -> pl.LazyFrame:
    import polars as pl

    tonnes = pl.when(pl.col("unit") == "kg").then(pl.col("quantity") / 1000).otherwise(pl.col("quantity"))
    return production.lazy().filter(pl.col("year").is_in(list(years))).with_columns(tonnes=tonnes)


def _flows(
    trade: pl.DataFrame, basket: pl.DataFrame, stability: pl.DataFrame, members: pl.DataFrame, years: Sequence[int]
) -> pl.LazyFrame:
    """Imports from outside by region: gross, content and content times risk, each with its bounds."""
    import polars as pl

    lines = basket.lazy().select("material", "code", low="content_low", high="content_high")
    outside = pl.col("same").is_null()
    known = pl.col("quantity").is_not_null() & pl.col("low").is_not_null() & pl.col("high").is_not_null()
    risk_low, risk_high = pl.col("risk").fill_null(0.0), pl.col("risk").fill_null(1.0)
    middle = pl.col("quantity") * (pl.col("low") + pl.col("high")) / 2
    return (
        trade.lazy()
        .filter(pl.col("year").is_in(list(years)), pl.col("importer").is_in(members["country"].unique().to_list()))
        .join(lines, on="code")
        .join(stability.lazy().select("country", "year", "risk"), left_on=["exporter", "year"],
              right_on=["country", "year"], how="left")
        .join(members.lazy(), left_on="importer", right_on="country")
        .join(members.lazy().with_columns(same=pl.lit(True)), left_on=["exporter", "region"],
              right_on=["country", "region"], how="left")
        .with_columns(
            counted=outside & known,
            bottom=pl.col("quantity") * pl.col("low"),
            top=pl.col("quantity") * pl.col("high"),
            middle=middle,
        )
        .group_by(_KEY)
        .agg(
            inside=pl.col("quantity").filter(~outside).sum(),
            gross=pl.col("quantity").filter(outside & pl.col("quantity").is_not_null()).sum(),
            money=pl.col("value").filter(outside & pl.col("quantity").is_not_null()).sum(),
            imports=pl.col("middle").filter("counted").sum(),
            risky=(pl.col("middle") * pl.col("risk")).filter("counted").sum(),
            weighed=pl.col("middle").filter(pl.col("counted") & pl.col("risk").is_not_null()).sum(),
            risky_low=(pl.col("bottom") * risk_low).filter("counted").sum(),
            risky_high=(pl.col("top") * risk_high).filter("counted").sum(),
            calm_low=(pl.col("bottom") * (1 - risk_high)).filter("counted").sum(),
            calm_high=(pl.col("top") * (1 - risk_low)).filter("counted").sum(),
            no_risk=(outside & known & pl.col("risk").is_null() & (pl.col("quantity") > 0)).sum(),
            no_quantity=(outside & pl.col("quantity").is_null()).sum(),
            no_content=(outside & pl.col("quantity").is_not_null() & ~known).sum(),
            left_out=pl.col("value").filter(outside & (~known | pl.col("risk").is_null())).sum()
            / pl.col("value").filter(outside).sum(),
            least_risk=risk_low.filter(outside & ~known).min(),
            most_risk=risk_high.filter(outside & ~known).max(),
            rows=outside.sum(),
        )
    )  # fmt: skip


def _scored(joined: pl.LazyFrame) -> pl.LazyFrame:
    import polars as pl

    def lacks(column: str, words: str) -> pl.Expr:
        much = (pl.col(column).fill_null(0) > 0) & (pl.col("left_out").fill_nan(1.0).fill_null(0.0) > TOLERATED)
        return pl.when(much).then(pl.format("{} {}", pl.col(column), pl.lit(words)))

    nothing = pl.col("rows").fill_null(0).eq(0) & pl.col("production").is_null()
    missing = pl.concat_str(
        [
            pl.when(pl.col("hhi").is_null() | pl.col("hhi").is_nan()).then(pl.lit("production of the world")),
            pl.when(pl.col("gaps").fill_null(0) > 0).then(pl.lit("the production of some countries")),
            pl.when(nothing).then(pl.lit("imports and production of the region")),
            lacks("no_risk", "exporters' political stability"),
            lacks("no_quantity", "quantities of imports"),
            lacks("no_content", "contents of traded goods"),
        ],
        separator=", ",
        ignore_nulls=True,
    )
    sums = [
        "imports",
        "weighed",
        "risky",
        "risky_low",
        "risky_high",
        "calm_low",
        "calm_high",
        "inside",
        "gross",
        "money",
    ]
    whole = pl.col("weighed") + pl.col("production")
    least = pl.col("risky_low") + pl.col("calm_high") + pl.col("production")
    most = pl.col("risky_high") + pl.col("calm_low") + pl.col("production")
    # An amount that is not known can be anything; it draws the mean towards its own risk, and no further.
    lowest = pl.min_horizontal(pl.col("risky_low") / least, pl.col("least_risk"))
    highest = pl.max_horizontal(pl.col("risky_high") / most, pl.col("most_risk"))
    hhi_known = pl.col("hhi").is_not_null() & pl.col("hhi").is_not_nan() & (pl.col("gaps").fill_null(0) == 0)
    low = pl.when(nothing | (pl.col("open").fill_null(0) > 0) | (least <= 0)).then(0.0).otherwise(lowest)
    high = pl.when(nothing | (most <= 0)).then(1.0).otherwise(highest)
    return (
        joined.with_columns(missing=pl.when(missing != "").then(missing), nothing=nothing)
        .with_columns(pl.col(name).fill_null(0.0) for name in sums)
        .with_columns(known_production=pl.col("production"), production=pl.col("production").fill_null(0.0))
        .with_columns(
            import_risk=pl.when(pl.col("missing").is_null()).then(
                pl.when(whole > 0).then(pl.col("risky") / whole).otherwise(0.0)
            ),
            risk_low=low,
            risk_high=high,
            price=pl.when(pl.col("gross") > 0).then(pl.col("money") / pl.col("gross")),
        )
        .with_columns(
            score=pl.col("hhi") * pl.col("import_risk"),
            low=pl.when(hhi_known).then(pl.col("hhi") * pl.col("risk_low")).otherwise(0.0),
            high=pl.when(hhi_known).then(pl.col("hhi") * pl.col("risk_high")).otherwise(1.0),
        )
    )


def _filled(stability: pl.DataFrame, trade: pl.DataFrame, years: Sequence[int]) -> pl.DataFrame:
    """Political risk as the published method has it: 0.5 where there is none."""
    import polars as pl

    pairs = trade.filter(pl.col("year").is_in(list(years))).select("year", country="exporter").unique()
    return pairs.join(stability, on=["country", "year"], how="left").with_columns(pl.col("risk").fill_null(0.5))

"""What changed from one vintage to the next: figures revised, new and gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lodeclaim.core.errors import StatisticsError

if TYPE_CHECKING:
    import polars as pl

__all__ = ["CHANGES", "SLOTS", "changes"]

#: What a figure is about: two figures with the same of these speak of one thing.
SLOTS = ("predicate", "kind", "material", "form", "stage", "basis", "place", "counterparty", "unit", "period")
#: Columns of the table of changes.
CHANGES = ("change", *SLOTS, "old", "new", "percent", "old_claim", "new_claim", "old_says", "new_says")


def changes(old: pl.LazyFrame | pl.DataFrame, new: pl.LazyFrame | pl.DataFrame) -> pl.DataFrame:
    """Return one row for each figure that two tables of claims do not have in common (columns CHANGES).

    ``change`` is revised (both have it, and say different things), added or dropped. A figure is dropped or added
    only where both tables speak of the predicate, material, stage and period, for about as many places: that a
    vintage leaves out a whole year is no change. ``percent`` is that of a revised number; None where either is none,
    or the old one is zero. ``old_says`` and ``new_says`` are comparator and flags. The largest revisions come
    first. Raises StatisticsError for two tables that never speak of the same, such as production and governance.
    """
    import polars as pl

    before, after = (_figures(table, name) for table, name in ((old, "old"), (new, "new")))
    _comparable(before, after)
    joined = before.join(after, on=list(SLOTS), how="full", coalesce=True, nulls_equal=True)
    subject = ["predicate", "material", "stage", "period"]
    counted = (table.group_by(subject).agg(pl.col("place").n_unique()) for table in (before, after))
    both = pl.concat([one.with_columns(table=pl.lit(at)) for at, one in enumerate(counted)])
    common = both.group_by(subject).agg(least=pl.col("place").min(), most=pl.col("place").max(), tables=pl.len())
    common = common.filter(pl.col("tables") == 2, 2 * pl.col("least") >= pl.col("most"))
    same = (
        pl.col("old").eq_missing(pl.col("new"))
        & pl.col("old_max").eq_missing(pl.col("new_max"))
        & pl.col("old_says").eq_missing(pl.col("new_says"))
    )
    kind = (
        pl.when(pl.col("old_claim").is_null())
        .then(pl.lit("added"))
        .when(pl.col("new_claim").is_null())
        .then(pl.lit("dropped"))
        .otherwise(pl.lit("revised"))
    )
    percent = pl.when(pl.col("old") != 0).then(100 * (pl.col("new") - pl.col("old")) / pl.col("old"))
    found = (
        joined.filter(~same | pl.col("old_claim").is_null() | pl.col("new_claim").is_null())
        .with_columns(change=kind, percent=percent)
        .join(common, on=subject, how="semi", nulls_equal=True)
    )
    rank = pl.col("change").replace_strict({"revised": 0, "added": 1, "dropped": 2}, return_dtype=pl.Int8)
    ordered = found.sort(
        [rank, pl.col("percent").abs().fill_null(-1.0), *("material", "predicate", "place", "period", "form", "kind")],
        descending=[False, True, False, False, False, False, False, False],
        nulls_last=True,
    )
    return ordered.select(CHANGES)


def _comparable(before: pl.DataFrame, after: pl.DataFrame) -> None:
    said = [sorted(set(table["predicate"].unique().drop_nulls())) for table in (before, after)]
    if all(said) and not set(said[0]) & set(said[1]):
        raise StatisticsError(
            f"one table is on {', '.join(said[0])}, the other on {', '.join(said[1])}",
            where="two vintages",
            remedy="Compare two editions of one publication",
        )


def _figures(table: pl.LazyFrame | pl.DataFrame, name: str) -> pl.DataFrame:
    import polars as pl

    says = pl.concat_str([pl.col("comparator"), pl.col("flags")], separator=" ", ignore_nulls=True)
    columns = [*SLOTS, pl.col("value").alias(name), pl.col("value_max").alias(f"{name}_max")]
    columns += [says.alias(f"{name}_says"), pl.col("id").alias(f"{name}_claim")]
    return table.lazy().select(columns).collect()

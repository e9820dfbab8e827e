"""Production of a small world, as the ledger returns it."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
import pytest

from lodeclaim.claims.identity import identify
from lodeclaim.claims.model import Claim
from lodeclaim.claims.table import to_frame


@pytest.fixture
def say() -> Callable[..., Claim]:
    """A row of an official table on tungsten extraction in 2025, unless told otherwise."""
    count = iter(range(1, 1_000_000))

    def make(place: str | None, value: float | None, source: str = "survey-2026", **slots: object) -> Claim:
        number = next(count)
        known: dict[str, object] = {
            "predicate": "production",
            "material": "tungsten",
            "stage": "extraction",
            "unit": "t",
            "comparator": None if value is None else "=",
            "basis": "contained",
            "period": "2025",
            "flags": ("withheld",) if value is None else (),
            "locator": f"row:{number}" if source.startswith("survey") else f"{number}:{number + 5}",
        }
        return identify(
            Claim(id="", source=source, quote="quote", place=place, value=value, **(known | slots))  # type: ignore[arg-type]
        )

    return make


@pytest.fixture
def world(say) -> list[Claim]:
    return [
        say("CHN", 67_000.0),
        say("KAZ", 2_400.0),
        say("VNM", 3_000.0),
        say("name:Other countries", 12_600.0, flags=("residual",)),
        say("WLD", 85_000.0, flags=("rounded",)),
    ]


@pytest.fixture
def table() -> Callable[..., pl.DataFrame]:
    def make(claims: list[Claim]) -> pl.DataFrame:
        frame = to_frame(claims)
        sources = frame["source"].to_list()
        official = [source.startswith("survey") for source in sources]
        return frame.with_columns(
            pl.Series("origin", ["statistics" if yes else "document" for yes in official], dtype=pl.String),
            pl.Series("publisher", ["A survey" if yes else "The Daily" for yes in official], dtype=pl.String),
            pl.Series("published", ["2026" if yes else "2026-03-01" for yes in official], dtype=pl.String),
            pl.Series("voice", sources, dtype=pl.String),
        )

    return make


@pytest.fixture(scope="session")
def bundled() -> pl.DataFrame:
    """The bundled statistics with the columns that the ledger adds."""
    from lodeclaim.statistics.bundled import statistic_claims

    return (
        statistic_claims(["usgs-mcs-2026", "wb-wgi-2023", "ec-crm-2023"])
        .with_columns(
            pl.lit("statistics").alias("origin"),
            pl.lit("An office").alias("publisher"),
            pl.lit("2026").alias("published"),
            pl.col("source").alias("voice"),
        )
        .collect()
    )

"""Claims in one line each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import polars as pl
import pytest

from lodeclaim.claims.identity import identify
from lodeclaim.claims.model import Claim
from lodeclaim.claims.table import to_frame

MakeClaim = Callable[..., Claim]
MakeFrame = Callable[..., pl.DataFrame]


@pytest.fixture
def say() -> MakeClaim:
    """A claim on the tungsten production of Kazakhstan in 2025, unless told otherwise."""

    def make(value: float | None, source: str = "d1", at: int = 0, **slots: object) -> Claim:
        known: dict[str, object] = {
            "predicate": "production",
            "material": "tungsten",
            "stage": "extraction",
            "place": "KAZ",
            "unit": "t",
            "comparator": None if value is None else "=",
            "basis": "contained",
            "period": "2025",
        }
        return identify(
            Claim(id="", source=source, locator=f"{at}:{at + 5}", quote="quote", value=value, **(known | slots))  # type: ignore[arg-type]
        )

    return make


@pytest.fixture
def table() -> MakeFrame:
    """Claims as the ledger returns them; sources that begin with ``s`` are official statistics."""

    def make(claims: Sequence[Claim], published: dict[str, str] | None = None, **voices: str) -> pl.DataFrame:
        frame = to_frame(claims)
        sources = frame["source"].to_list()
        dates = published or {}
        return frame.with_columns(
            pl.Series("origin", ["statistics" if s.startswith("s") else "document" for s in sources], dtype=pl.String),
            pl.Series("publisher", [f"Publisher {s.split('-')[0]}" for s in sources], dtype=pl.String),
            pl.Series("published", [dates.get(s) for s in sources], dtype=pl.String),
            pl.Series("voice", [voices.get(s, s) for s in sources], dtype=pl.String),
        )

    return make

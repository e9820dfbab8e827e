"""Claims as a polars table and back: one schema for documents and statistics."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

import msgspec
from msgspec.structs import fields

from lodeclaim.claims.model import Claim, Participant, Reason

if TYPE_CHECKING:
    import polars as pl

__all__ = ["COLUMNS", "as_row", "from_row", "schema", "to_claims", "to_frame"]

COLUMNS: Final[tuple[str, ...]] = tuple(field.name for field in fields(Claim))
_NUMBERS: Final = {"value", "value_max", "confidence"}


def schema() -> dict[str, pl.DataType]:
    """Return the polars schema: strings, but Float64 for value, value_max and confidence.

    ``flags`` are joined by spaces; ``others`` and ``reasons`` are JSON.
    """
    import polars as pl

    return {name: pl.Float64() if name in _NUMBERS else pl.String() for name in COLUMNS}


def as_row(claim: Claim) -> dict[str, Any]:
    """Return the claim as one flat row of the table."""
    row = {name: getattr(claim, name) for name in COLUMNS}
    row["flags"] = " ".join(claim.flags) or None
    row["others"] = msgspec.json.encode(claim.others).decode() if claim.others else None
    row["reasons"] = msgspec.json.encode(claim.reasons).decode() if claim.reasons else None
    return row


def from_row(row: dict[str, Any]) -> Claim:
    """Return the claim that a row of the table holds; columns beyond the schema are left out."""
    values = {name: row[name] for name in COLUMNS if name in row}
    values["flags"] = tuple((row.get("flags") or "").split())
    others, reasons = row.get("others"), row.get("reasons")
    values["others"] = msgspec.json.decode(others, type=tuple[Participant, ...]) if others else ()
    values["reasons"] = msgspec.json.decode(reasons, type=tuple[Reason, ...]) if reasons else ()
    return Claim(**values)


def to_frame(claims: Iterable[Claim]) -> pl.DataFrame:
    """Return a table with one row a claim, in the order given."""
    import polars as pl

    return pl.DataFrame([as_row(claim) for claim in claims], schema=schema())


def to_claims(frame: pl.DataFrame) -> Iterator[Claim]:
    """Yield the claims of a table in its order."""
    for row in frame.iter_rows(named=True):
        yield from_row(row)

"""What claims of documents say, as rows for a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from lodeclaim.claims.figure import Figure
from lodeclaim.claims.model import LINKED, Reason
from lodeclaim.core.quantity import interval_of
from lodeclaim.reports.model import StatementRow
from lodeclaim.reports.wording import described, span_of, when_words

if TYPE_CHECKING:
    import polars as pl

__all__ = ["document_rows", "figure_of", "reasons_of", "said_by", "statement", "statements", "surfaces"]

Row = Mapping[str, Any]


def document_rows(frame: pl.DataFrame, *predicates: str) -> Iterator[dict[str, Any]]:
    """Yield the claims of documents with one of the predicates, oldest matter first, then by source and place."""
    import polars as pl

    own = frame.filter(pl.col("origin") == "document")
    if predicates:
        own = own.filter(pl.col("predicate").is_in(list(predicates)))
    start = pl.col("locator").str.extract(r"^(\d+)").cast(pl.Int64, strict=False)
    yield from own.sort([pl.col("period"), pl.col("source"), start, pl.col("id")], nulls_last=True).iter_rows(
        named=True
    )


def figure_of(row: Row) -> Figure:
    """Return the value of one claim as a figure with what its comparator allows."""
    if row["value"] is None:
        flags = (row["flags"] or "").replace("-", " ")
        return Figure(
            value=None,
            unit=row["unit"],
            period=row["period"],
            basis=row["basis"],
            claims=(row["id"],),
            missing=flags if flags else "not stated",
        )
    top = 100.0 if row["unit"] == "%" and row["predicate"] != "growth" else float("inf")
    floor = 0.0 if row["predicate"] not in ("growth", "governance") else -float("inf")
    allowed = interval_of(row["value"], row["value_max"], row["comparator"], floor=floor, ceiling=top)
    bound = row["comparator"] in (">", ">=", "<", "<=")
    exact = row["comparator"] in ("=", None) and row["value_max"] is None
    return Figure(
        value=row["value"] if row["value_max"] is None else (row["value"] + row["value_max"]) / 2,
        low=None if exact or allowed.low == -float("inf") else allowed.low,
        high=None if exact or allowed.high == float("inf") else allowed.high,
        unit=row["unit"],
        period=row["period"],
        basis=row["basis"],
        claims=(row["id"],),
        reasons=(f"only a bound is stated: {row['comparator']} {row['value']:g}",) if bound else (),
    )


def said_by(row: Row) -> str:
    """Return who published the claim and when: ``Publisher, 25 Feb 2026``."""
    who = row.get("publisher") or row["source"]
    if row.get("attributed_to"):
        who = f"{row['attributed_to'].removeprefix('name:')}, in {who}"
    return f"{who}, {when_words(row['published'])}" if row.get("published") else f"{who}, no date"


def statement(row: Row, *, with_material: bool = False) -> StatementRow:
    """Return one claim as a row; its value stands apart from the words where it has a number."""
    start, end = span_of(row["period"])
    return StatementRow(
        words=described({**row, "period": None, "modality": "actual"}, with_value=False, with_material=with_material),
        when=when_words(row["period"]),
        start=start,
        end=end,
        value=figure_of(row) if row["value"] is not None else None,
        modality=row["modality"],
        said_by=said_by(row),
        claims=(row["id"],),
        milestone=row["predicate"] == "milestone",
    )


def statements(rows: Iterable[Row], *, with_material: bool = False) -> tuple[StatementRow, ...]:
    """Return rows, those of one source that say exactly the same put together with all their claims."""
    found: dict[tuple[object, ...], StatementRow] = {}
    for row in rows:
        made = statement(row, with_material=with_material)
        number = (made.value.value, made.value.low, made.value.high, made.value.unit) if made.value else None
        key = (made.words, made.when, made.modality, made.said_by, number)
        if (first := found.get(key)) is None:
            found[key] = made
        else:
            claims = (*first.claims, *made.claims)
            found[key] = StatementRow(
                words=first.words,
                when=first.when,
                start=first.start,
                end=first.end,
                value=None if first.value is None else _with_claims(first.value, claims),
                modality=first.modality,
                said_by=first.said_by,
                claims=claims,
                milestone=first.milestone,
            )
    return tuple(found.values())


def _with_claims(figure: Figure, claims: tuple[str, ...]) -> Figure:
    import dataclasses

    return dataclasses.replace(figure, claims=claims)


def reasons_of(row: Row) -> tuple[Reason, ...]:
    """Return the reasons of a claim as records."""
    import msgspec

    text = row["reasons"]
    return msgspec.json.decode(text, type=tuple[Reason, ...]) if text else ()


def surfaces(row: Row, slot: str) -> tuple[str, ...]:
    """Return the words that a document uses for the entity in a slot, as they stand in the text."""
    if slot not in LINKED:
        return ()
    return tuple(
        dict.fromkeys(" ".join(one.words.split()) for one in reasons_of(row) if one.slot == slot and one.words)
    )

"""Judgements and decisions laid over claims as they were read: what the ledger shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lodeclaim.claims.model import LINKED
from lodeclaim.ledger.effects import Effects, resolve
from lodeclaim.ledger.model import is_automatic

if TYPE_CHECKING:
    import polars as pl
    from sqlalchemy import Connection

__all__ = ["STANDING", "Overlay", "judged_slots"]

#: Columns that decisions add to a table of claims.
STANDING = ("standing", "standing_reason", "merged")
_NUMBERS = ("value", "value_max")


def judged_slots(connection: Connection, *, until: str | None = None) -> dict[tuple[str, str], str]:
    """Return (claim, slot) → entity by the judgements of somebody other than the reader, people over programs."""
    from sqlalchemy import select

    from lodeclaim.ledger.tables import identities as table

    query = select(table.c.claim, table.c.slot, table.c.entity, table.c.status, table.c.words, table.c.judged_by).where(
        table.c.author.in_(("machine", "person"))
    )
    if until is not None:
        query = query.where(table.c.judged_at <= until)
    rows = connection.execute(query.order_by(table.c.number)).all()
    return {
        (row.claim, row.slot): f"name:{row.words.removeprefix('name:')}" if row.status == "rejected" else row.entity
        for row in sorted(rows, key=lambda row: not is_automatic(row.judged_by))
    }


@dataclass(frozen=True, slots=True)
class Overlay:
    """Judged names below, decisions above: (claim, slot) → entity, and the effects of decisions."""

    judged: Mapping[tuple[str, str], str]
    effects: Effects

    def widened(self, wanted: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        """Return the filters with the names that are, everywhere, one of the wanted."""
        names = resolve(self.effects.same, self.effects.same)
        return {
            slot: (*values, *(name for name, entity in names.items() if entity in values)) if slot in LINKED else values
            for slot, values in wanted.items()
        }

    def moved_into(self, wanted: Mapping[str, tuple[str, ...]]) -> set[str]:
        """Return the claims that a judgement or decision may bring into a selection."""
        changed: list[tuple[tuple[str, str], str | None]] = list(self.judged.items())
        changed += [(place, link.entity) for place, link in self.effects.slots.items() if link.decided]
        changed += [
            (place, words)
            for place, link in self.effects.slots.items()
            if not link.decided
            for words in link.excluded.values()
        ]
        accepted = {slot: set(values) for slot, values in self.widened(wanted).items()}
        if "actor" in accepted:
            accepted["counterparty"] = accepted["actor"]
        return {claim for (claim, slot), value in changed if value in accepted.get(slot, ())}

    def laid_on(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Return the claims with changed slots replaced; columns and order stay."""
        here = set(frame["id"]) if self.judged or self.effects.slots else set()
        frame = _replaced(frame, {place: entity for place, entity in self.judged.items() if place[0] in here})
        decided = {
            place: link.entity for place, link in self.effects.slots.items() if link.decided and place[0] in here
        }
        frame = _replaced(frame, decided)
        frame = _excluded(
            frame,
            {place: one.excluded for place, one in self.effects.slots.items() if not one.decided and place[0] in here},
        )
        return _renamed(frame, self.effects.same)

    def with_standing(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Return the claims with the columns of STANDING; ``normal`` where nobody decided."""
        import polars as pl

        standing = self.effects.standing
        if not standing:
            return frame.with_columns(
                pl.lit("normal").alias("standing"),
                pl.lit(None, pl.String).alias("standing_reason"),
                pl.lit(None, pl.String).alias("merged"),
            )
        merged = self.effects.merged
        rows = [(claim, one.rank, one.reason, merged.get(claim)) for claim, one in standing.items()]
        known = pl.DataFrame(rows, schema=dict.fromkeys(("id", *STANDING), pl.String()), orient="row")
        return frame.join(known, on="id", how="left", maintain_order="left").with_columns(
            pl.col("standing").fill_null("normal")
        )


def _replaced(frame: pl.DataFrame, changes: Mapping[tuple[str, str], str | None]) -> pl.DataFrame:
    import polars as pl

    by_slot: dict[str, list[tuple[str, Any]]] = {}
    for (claim, slot), value in changes.items():
        held: Any = float(value) if slot in _NUMBERS and value is not None else value
        by_slot.setdefault(slot, []).append((claim, held))
    for slot, pairs in by_slot.items():
        types = {"id": pl.String(), "_new": frame.schema[slot], "_changed": pl.Boolean()}
        new = pl.DataFrame([(claim, value, True) for claim, value in pairs], schema=types, orient="row")
        frame = (
            frame.join(new, on="id", how="left", maintain_order="left")
            .with_columns(pl.when(pl.col("_changed")).then(pl.col("_new")).otherwise(pl.col(slot)).alias(slot))
            .drop("_new", "_changed")
        )
    return frame


def _excluded(frame: pl.DataFrame, excluded: Mapping[tuple[str, str], Mapping[str, str]]) -> pl.DataFrame:
    """Bare words where an entity stands that the words do not mean."""
    import polars as pl

    by_slot: dict[str, list[tuple[str, str, str]]] = {}
    for (claim, slot), words in excluded.items():
        by_slot.setdefault(slot, []).extend((claim, entity, bare) for entity, bare in words.items())
    for slot, rows in by_slot.items():
        bare = pl.DataFrame(rows, schema=dict.fromkeys(("id", slot, "_bare"), pl.String()), orient="row")
        frame = (
            frame.join(bare, on=["id", slot], how="left", maintain_order="left")
            .with_columns(pl.coalesce("_bare", slot).alias(slot))
            .drop("_bare")
        )
    return frame


def _renamed(frame: pl.DataFrame, same: Mapping[str, str]) -> pl.DataFrame:
    import polars as pl

    if not same:
        return frame
    names = resolve(same, same)
    return frame.with_columns(pl.col(slot).replace(names) for slot in LINKED)

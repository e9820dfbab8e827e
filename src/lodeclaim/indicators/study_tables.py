"""The tables of the Commission's study, read out of the claims once for all materials."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from lodeclaim.reconciliation.bulk import in_bulk

if TYPE_CHECKING:
    import polars as pl

__all__ = ["STUDY", "Row", "StudyTables", "study_tables"]

#: The vintage that holds the study.
STUDY = "ec-crm-2023"
Row = Mapping[str, Any]
_COLUMNS = (
    *("material", "form", "stage", "predicate", "kind", "place", "counterparty", "value", "comparator", "period"),
    "id",
)


@dataclass(frozen=True, slots=True)
class StudyTables:
    """The rows of a study by material, and the period that its shares are averages of (EDTF).

    ``kept`` holds what was computed from them, for the next who asks.
    """

    period: str | None
    rows: Mapping[str, Sequence[Row]]
    kept: dict[object, Any] = field(default_factory=dict, repr=False, compare=False)

    def of(self, material: str) -> Sequence[Row]:
        """Return the rows of a material, in the order of the table; none where the study does not treat it."""
        return self.rows.get(material, ())

    def published(self, material: str, predicate: str, form: str | None) -> Row | None:
        """Return the latest published result of a material in a form, None where no number is printed."""
        found = [
            row
            for row in self.of(material)
            if row["predicate"] == predicate and row["form"] == form and row["value"] is not None
        ]
        return max(reversed(found), key=lambda row: row["period"] or "", default=None)


@in_bulk()
def study_tables(frame: pl.DataFrame, study: str = STUDY, *, materials: Iterable[str] | None = None) -> StudyTables:
    """Return the tables of a study out of claims as ``Ledger.claims()`` returns them.

    ``materials`` are all that rows are kept of; None keeps those of every material. The period is that of the study
    whatever is kept.
    """
    import polars as pl

    lazy = frame.lazy().filter(pl.col("source") == study)
    dated = lazy.filter(pl.col("predicate").is_in(["share", "supplier_share"])).select(pl.col("period").max())
    kept = lazy.filter(
        pl.col("material").is_not_null() if materials is None else pl.col("material").is_in([*materials])
    )
    period, table = pl.collect_all([dated, kept.select(_COLUMNS)])
    rows: dict[str, list[Row]] = {}
    for row in table.iter_rows(named=True):
        rows.setdefault(row["material"], []).append(row)
    return StudyTables(None if (found := period.item()) is None else str(found), rows)

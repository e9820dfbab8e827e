"""A workbook in which every number leads to the row of the claim it comes from."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lodeclaim.claims.contract import as_object
from lodeclaim.claims.table import to_claims
from lodeclaim.core.errors import LedgerError
from lodeclaim.exports.placing import placed
from lodeclaim.exports.tables import decisions_frame, sources_frame

if TYPE_CHECKING:
    import polars as pl

    from lodeclaim.ledger.store import Ledger

__all__ = ["write_xlsx"]

#: What one sheet, one cell and the links of one sheet hold.
_ROWS, _CHARACTERS, _LINKS = 1_048_576, 32_767, 65_530

_SETTLED = (
    *("predicate", "material", "stage", "place", "site", "actor", "counterparty", "kind", "instrument", "form"),
    *("basis", "period", "tense"),
)
_CLAIMS = (
    *("id", "source", "quote", "predicate", "about", "material", "form", "stage", "kind", "value", "value_max"),
    *("unit", "comparator", "basis", "when", "modality", "instrument", "attributed_to", "confidence", "reader"),
    *("standing", "standing_reason", "merged", "publisher", "published", "document", "start", "end"),
)


def write_xlsx(ledger: Ledger, frame: pl.DataFrame, path: Path) -> int:
    """Write the settled values, the claims, their sources and all decisions as sheets; return the number of claims.

    In ``Settled`` value, low and high lead to the claim each comes from; in ``Claims`` the source leads to its row.
    A sheet holds 1,048,575 rows; LedgerError says so beyond.
    """
    import xlsxwriter

    if frame.height >= _ROWS:
        raise LedgerError(
            f"a sheet holds {_ROWS - 1:,} claims, these are {frame.height:,}",
            where=str(path),
            remedy="Filter them, or write Parquet",
        )
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with placed(path) as part, xlsxwriter.Workbook(str(part), options) as book:
        writer = _Writer(book)
        sheets = [book.add_worksheet(name) for name in ("Settled", "Claims", "Sources", "Decisions")]
        sources = sources_frame(ledger, frame["source"].unique())
        rows = {claim: row for row, claim in enumerate(frame["id"], start=1)}
        writer.settled(sheets[0], frame, rows)
        writer.claims(sheets[1], frame, {source: row for row, source in enumerate(sources["id"], start=1)}, sources)
        writer.table(sheets[2], sources)
        writer.table(sheets[3], decisions_frame(ledger))
    return frame.height


class _Writer:
    """The sheets of one workbook."""

    def __init__(self, book: Any) -> None:
        self._head = book.add_format({"bold": True, "bottom": 1})
        self._link = book.get_default_url_format()
        self._links: dict[str, int] = {}

    def settled(self, sheet: Any, frame: pl.DataFrame, rows: dict[str, int]) -> None:
        """One row a slot with its value and interval, each linked to the claim it comes from."""
        from lodeclaim.reconciliation.settle import settle

        titles = (*_SETTLED, "value", "low", "high", "unit", "claims", "reasons", "missing")
        self._titles(sheet, titles)
        at = {title: column for column, title in enumerate(titles)}
        ends = _ends(frame)
        for row, one in enumerate(settle(frame), start=1):
            for name in _SETTLED:
                self._text(sheet, row, at[name], getattr(one.key, name))
            figure = one.figure
            targets = [rows[claim] for claim in figure.claims if claim in rows]
            for name, number in (("value", figure.value), ("low", figure.low), ("high", figure.high)):
                if number is None:
                    continue
                best = min(figure.claims, key=lambda claim: _distance(ends.get(claim), number), default=None)
                target = targets[0] if name == "value" and targets else rows.get(best or "")
                self._number(sheet, row, at[name], number, target)
            self._text(sheet, row, at["unit"], figure.unit)
            self._text(sheet, row, at["claims"], " ".join(figure.claims))
            self._text(sheet, row, at["reasons"], "; ".join(figure.reasons))
            self._text(sheet, row, at["missing"], figure.missing)

    def claims(self, sheet: Any, frame: pl.DataFrame, sources: dict[str, int], known: pl.DataFrame) -> None:
        """One row a claim, with names for ids, and the source linked."""
        from lodeclaim.vocabulary.load import load_vocabulary

        self._titles(sheet, _CLAIMS)
        names = load_vocabulary()
        addresses = dict(known.select("id", "address").iter_rows())
        added = ("source", "standing", "standing_reason", "merged", "publisher", "published")
        extra = frame.select(name for name in added if name in frame.columns).iter_rows(named=True)
        for row, (claim, more) in enumerate(zip(to_claims(frame), extra, strict=True), start=1):
            item = as_object(claim, addresses.get(claim.source), names) | more
            item["about"] = "; ".join(entry["name"] for entry in item["about"])
            for column, name in enumerate(_CLAIMS):
                value = item.get(name)
                if name == "source":
                    self._link_to(sheet, row, column, "Sources", sources.get(claim.source))
                if isinstance(value, int | float):
                    sheet.write_number(row, column, value)
                else:
                    self._text(sheet, row, column, value)

    def table(self, sheet: Any, frame: pl.DataFrame) -> None:
        """A plain table."""
        self._titles(sheet, tuple(frame.columns))
        for row, values in enumerate(frame.iter_rows(), start=1):
            for column, value in enumerate(values):
                if isinstance(value, int | float):
                    sheet.write_number(row, column, value)
                else:
                    self._text(sheet, row, column, value)

    def _titles(self, sheet: Any, titles: tuple[str, ...]) -> None:
        for column, title in enumerate(titles):
            sheet.write_string(0, column, title, self._head)
        sheet.freeze_panes(1, 0)

    def _text(self, sheet: Any, row: int, column: int, value: object) -> None:
        if value is not None and value != "":
            text = str(value)
            sheet.write_string(row, column, text if len(text) <= _CHARACTERS else text[: _CHARACTERS - 1] + "…")

    def _number(self, sheet: Any, row: int, column: int, number: float, target: int | None) -> None:
        linked = math.isfinite(number) and self._link_to(sheet, row, column, "Claims", target)
        if math.isfinite(number):  # over the link: the cell then is a number that leads somewhere
            sheet.write_number(row, column, number, *([self._link] if linked else []))

    def _link_to(self, sheet: Any, row: int, column: int, name: str, target: int | None) -> bool:
        used = self._links.get(sheet.name, 0)
        if target is None or used >= _LINKS:  # beyond, the ids in the row still name the claims
            return False
        self._links[sheet.name] = used + 1
        sheet.write_url(row, column, f"internal:'{name}'!A{target + 1}", string=" ")
        return True


def _ends(frame: pl.DataFrame) -> dict[str, tuple[float | None, float | None]]:
    return {row[0]: (row[1], row[2]) for row in frame.select("id", "value", "value_max").iter_rows()}


def _distance(ends: tuple[float | None, float | None] | None, number: float) -> float:
    return min((abs(end - number) for end in ends or () if end is not None), default=math.inf)

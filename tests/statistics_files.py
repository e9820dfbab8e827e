"""Small tables and workbooks in the layouts of the publishers, and what was loaded from them."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from lodeclaim.statistics.loading import Loaded


def csv_of(path: Path, columns: Sequence[str], *rows: Sequence[object], encoding: str = "utf-8") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows([columns, *rows])
    return path


def xlsx_of(path: Path, **sheets: list[list[object]]) -> Path:
    openpyxl = pytest.importorskip("openpyxl", reason="xlsx files need the extra `statistics`")
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    book.close()
    return path


def rows_of(loaded: Loaded, **slots: Any) -> list[dict[str, Any]]:
    return [row for row in loaded.claims.to_dicts() if all(row[slot] == value for slot, value in slots.items())]


def one_of(loaded: Loaded, **slots: Any) -> dict[str, Any]:
    (row,) = rows_of(loaded, **slots)
    return row

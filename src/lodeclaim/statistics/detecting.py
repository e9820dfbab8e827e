"""Which layout a file has, by its header."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from lodeclaim.core.errors import StatisticsError
from lodeclaim.statistics.layout import Layout, table_layouts
from lodeclaim.statistics.table_file import header_of, sheet_key

__all__ = ["detect"]

#: A header that has this share of a layout's columns is taken to be meant as that layout.
_NEAR = 0.6


def detect(path: Path) -> Layout:
    """Return the bundled layout whose columns a file has; the one with most columns where several fit.

    Raises StatisticsError where none fits, naming the nearest and what is missing for it, or where the header
    leaves two open.
    """
    kind, tables = header_of(path)
    fitting: list[tuple[int, bool, Layout]] = []
    near: tuple[float, Layout, list[str]] | None = None
    for layout in table_layouts().values():
        if layout.format != kind:
            continue
        best, missing = _best(layout, tables)
        if not missing and _measured(layout, tables):
            named = bool(layout.file and re.search(layout.file, path.name, re.IGNORECASE))
            fitting.append((best, named, layout))
        elif missing and best / len(layout.columns) >= _NEAR and (near is None or best > near[0]):
            near = best, layout, missing
    if not fitting:
        remedy = "Name its layout with --layout, or write one: see the layouts of lodeclaim as examples"
        if near is not None:
            raise StatisticsError(
                f"it looks like {near[1].title}, but has no column {', '.join(repr(one) for one in near[2])}",
                where=path.name,
                remedy=f"The columns may have moved or been renamed. {remedy}",
            )
        raise StatisticsError("no known layout has these columns", where=path.name, remedy=remedy)
    most = max(best for best, _, _ in fitting)
    first = [(named, layout) for best, named, layout in fitting if best == most]
    if len(first) > 1 and any(named for named, _ in first):
        first = [(named, layout) for named, layout in first if named]
    if len(first) > 1:
        names = ", ".join(layout.id for _, layout in first)
        raise StatisticsError(
            f"the header fits several layouts: {names}", where=path.name, remedy="Name one of them with --layout"
        )
    return first[0][1]


def _best(layout: Layout, tables: Sequence[tuple[str | None, list[list[str]]]]) -> tuple[int, list[str]]:
    """How many columns of the layout the likeliest row of the file has, and which are missing."""
    best, missing = 0, list(layout.columns)
    known = {sheet_key(name) for name in layout.sheets}
    for name, rows in tables:
        if name is not None and known and layout.format == "xlsx" and sheet_key(name) not in known:
            continue
        for row in rows:
            cells = {layout.aliases.get(" ".join(cell.split()), " ".join(cell.split())) for cell in row}
            found = [column for column in layout.columns if column in cells]
            if len(found) > best or (len(found) == best and not missing):
                best, missing = len(found), [column for column in layout.columns if column not in cells]
    return best, missing


def _measured(layout: Layout, tables: Sequence[tuple[str | None, list[list[str]]]]) -> bool:
    """Whether the file has a column that the layout reads numbers from."""
    cells = {layout.aliases.get(cell, cell) for _, rows in tables for row in rows for cell in row}
    if layout.header_rows > 1:
        return True
    return any(
        any(re.fullmatch(one.column, cell) for cell in cells) if one.pattern else one.column in cells
        for one in layout.measures
    )

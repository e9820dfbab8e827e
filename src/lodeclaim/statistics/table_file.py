"""The rows of a published file, whatever its format: text with separators, packed or not, xlsx or JSON."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lodeclaim.core.errors import StatisticsError

if TYPE_CHECKING:
    from lodeclaim.statistics.layout import Layout

__all__ = ["Row", "Table", "header_of", "open_tables", "sha256_of"]

_Wanted = tuple[frozenset[str], Counter[str]]

_GZIP = b"\x1f\x8b"
_ZIP = b"PK\x03\x04"
#: How far down a sheet or file a header may stand.
_SEARCHED = 60


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row by column; ``number`` counts data rows from 1, ``line`` is where a person finds it."""

    number: int
    line: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a file: the sheet (xlsx), the columns, and the rows as they are read."""

    file: str
    sheet: str | None
    columns: tuple[str, ...]
    rows: Iterator[Row]

    def where(self, row: Row) -> str:
        """Name the file, the sheet and the row."""
        return f"{self.file}{f', sheet {self.sheet}' if self.sheet else ''}, row {row.number} (line {row.line})"


def sha256_of(path: Path) -> str:
    """Return the hash of the bytes of a file, read in pieces."""
    import hashlib

    with _readable(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def header_of(path: Path) -> tuple[str, list[tuple[str | None, list[list[str]]]]]:
    """Return the format of a file (csv, xlsx, json), and the first rows of each of its tables.

    For JSON the one row holds the keys of the first object in each list. Raises StatisticsError for a file that is
    not there, is empty, or is of another format.
    """
    kind = _format(path)
    if kind == "xlsx":
        return kind, [(name, [_texts(row) for row in islice(rows, _SEARCHED)]) for name, rows in _sheets(path)]
    if kind == "json":
        return kind, [(place, [list(item)]) for place, item in _first_objects(_json(path))]
    with _text(path, "utf-8-sig", errors="replace") as stream:
        head = list(islice(stream, _SEARCHED))
    if not head:
        raise StatisticsError("the file is empty", where=path.name, remedy="Download it again")
    delimiter = max(",;\t|", key=head[0].count)
    return kind, [(None, list(csv.reader(head, delimiter=delimiter)))]


def open_tables(
    path: Path, layout: Layout, *, products: frozenset[str] | None = None, left_out: Counter[str] | None = None
) -> Iterator[Table]:
    """Yield the tables of a file as its layout says; raises StatisticsError where columns are missing or moved.

    ``products`` are the six-digit codes that are wanted: other rows of a trade table are only counted in
    ``left_out``, since a year of world trade has eleven million of them.
    """
    kind = _format(path)
    if kind != layout.format:
        raise StatisticsError(
            f"this is {kind}; the layout {layout.id} is for {layout.format}",
            where=path.name,
            remedy="Give another layout with --layout",
        )
    if kind == "json":
        objects = _objects(_json(path), layout, path.name)
        columns = tuple(dict.fromkeys(key for item in objects for key in item))
        checked = _named(columns, layout, path.name)
        yield Table(path.name, None, checked, _json_rows(objects, columns, checked))
        return
    if kind == "xlsx":
        found = False
        for name, rows in _sheets(path):
            if sheet_key(name) in {sheet_key(one) for one in layout.sheets} or not layout.sheets:
                found = True
                yield _table((_texts(row) for row in rows), layout, path.name, name, None)
            else:
                yield Table(path.name, name, (), iter(()))
        if not found:
            raise StatisticsError(
                "no sheet of this file is one the layout knows",
                where=path.name,
                remedy=f"The layout {layout.id} knows {', '.join(list(layout.sheets)[:8])} …",
            )
        return
    with _text(path, layout.encoding) as stream:
        wanted = None if products is None or left_out is None else (products, left_out)
        yield _table(_cells(stream, layout, path.name), layout, path.name, None, wanted)


def sheet_key(name: str) -> str:
    """Return the name of a sheet without blanks, signs and case, as publishers vary them."""
    return "".join(char for char in name.casefold() if char.isalnum())


def _table(rows: Iterator[list[str]], layout: Layout, file: str, sheet: str | None, wanted: _Wanted | None) -> Table:
    """Find the header, check it, and read on from there."""
    where = f"{file}{f', sheet {sheet}' if sheet else ''}"
    seen: list[list[str]] = []
    for cells in islice(rows, _SEARCHED):
        seen.append([" ".join(cell.split()) for cell in cells])
        named = {layout.aliases.get(cell, cell) for cell in seen[-1]}
        if all(column in named for column in layout.columns):
            break
    else:
        _missing_columns(seen, layout, where)
    line = len(seen)
    header = tuple(_joined(seen[-layout.header_rows :]))
    checked = _named(header, layout, where)
    read = _rows(rows, checked, line, where, padded=sheet is not None)
    if wanted is not None and layout.product is not None and layout.product.column in checked:
        read = _of_products(rows, checked, line, where, checked.index(layout.product.column), wanted)
    return Table(file, sheet, checked, read)


def _joined(rows: Sequence[Sequence[str]]) -> list[str]:
    """Join the rows of a header column by column; a blank in an upper row goes on with the cell left of it."""
    if len(rows) == 1:
        return list(rows[0])
    parts: list[list[str]] = [[] for _ in rows[-1]]
    for depth, row in enumerate(rows):
        last = ""
        for at in range(len(parts)):
            cell = row[at] if at < len(row) else ""
            last = cell or (last if depth < len(rows) - 1 else "")
            if last and (depth == len(rows) - 1 or last != rows[-1][at]):
                parts[at].append(last)
    return [" ".join(part) for part in parts]


def _named(header: Sequence[str], layout: Layout, where: str) -> tuple[str, ...]:
    """Return the columns under the names of the layout; refuse missing, doubled and, where exact, moved ones."""
    columns = tuple(layout.aliases.get(column, column) for column in header)
    while columns and not columns[-1]:
        columns = columns[:-1]
    bare = {column.rsplit(" ", 1)[-1] for column in columns} if layout.header_rows > 1 else set(columns)
    if any(column not in bare and column not in columns for column in layout.columns):
        _missing_columns([list(columns)], layout, where)
    doubled = sorted({column for column in columns if column and columns.count(column) > 1})
    if doubled:
        raise StatisticsError(
            f"the column {doubled[0]} is there twice", where=where, remedy="Remove one of the two, or write a layout"
        )
    if layout.exact and columns[: len(layout.columns)] != layout.columns:
        at = next(i for i, name in enumerate(layout.columns) if i >= len(columns) or columns[i] != name)
        raise StatisticsError(
            f"column {at + 1} is {columns[at] if at < len(columns) else 'missing'!r}; expected {layout.columns[at]!r}",
            where=where,
            remedy="The columns have moved: download the file again, or give a layout of your own with --layout",
        )
    if layout.exact and len(columns) > len(layout.columns):
        raise StatisticsError(
            f"the file has more columns than expected: {', '.join(columns[len(layout.columns) :])}",
            where=where,
            remedy="The publisher changed the table: give a layout of your own with --layout",
        )
    return columns


def _missing_columns(rows: Sequence[Sequence[str]], layout: Layout, where: str) -> None:
    best = max(rows, key=lambda row: len(set(row) & set(layout.columns)), default=[])
    lacking = [column for column in layout.columns if column not in {layout.aliases.get(cell, cell) for cell in best}]
    raise StatisticsError(
        f"no column {', '.join(repr(one) for one in lacking)}; the columns are {', '.join(best)[:300]}",
        where=where,
        remedy=f"The file is not what the layout {layout.id} describes: download it again, or give another layout",
    )


def _rows(
    rows: Iterator[list[str]], columns: tuple[str, ...], header_line: int, where: str, *, padded: bool
) -> Iterator[Row]:
    width = len(columns)
    number = 0
    for line, cells in enumerate(rows, start=header_line + 1):
        if not any(cells):
            continue
        number += 1
        if len(cells) != width and not (padded or (not any(cells[width:]) and len(cells) > width)):
            raise StatisticsError(
                f"{len(cells)} cells where {width} are expected",
                where=f"{where}, row {number} (line {line})",
                remedy="The columns have moved in this row: mend it, or download the file again",
            )
        values = [*cells, *[""] * (width - len(cells))]
        yield Row(number, line, {name: values[at] for at, name in enumerate(columns) if name})


def _of_products(
    rows: Iterator[list[str]], columns: tuple[str, ...], header_line: int, where: str, at: int, wanted: _Wanted
) -> Iterator[Row]:
    products, left_out = wanted
    width, others = len(columns), 0
    for number, cells in enumerate(rows, start=1):
        if not cells:
            continue
        if len(cells) != width:
            raise StatisticsError(
                f"{len(cells)} cells where {width} are expected",
                where=f"{where}, row {number} (line {header_line + number})",
                remedy="The columns have moved in this row: mend it, or download the file again",
            )
        if cells[at].strip()[:6] not in products:
            others += 1
            continue
        one = list(_rows(iter([cells]), columns, header_line + number - 1, where, padded=False))
        yield from (Row(number, header_line + number, row.cells) for row in one)
    if others:
        left_out["product of no material of the vocabulary"] += others


def _cells(stream: Iterable[str], layout: Layout, file: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(stream, delimiter=layout.delimiter)
    except UnicodeDecodeError as error:
        raise StatisticsError(
            f"not {layout.encoding} at byte {error.start}",
            where=file,
            remedy="Download the file again, or set `encoding` in a layout of your own",
        ) from error
    except csv.Error as error:
        raise StatisticsError(f"no table of cells ({error})", where=file, remedy="Download the file again") from error


def _readable(path: Path) -> Path:
    if path.is_dir():
        raise StatisticsError("this is a folder", where=str(path), remedy="Give the files in it")
    if not path.is_file():
        raise StatisticsError("the file is not there", where=str(path), remedy="Check the path")
    return path


def _format(path: Path) -> str:
    with _readable(path).open("rb") as file:
        head = file.read(4)
    if head.startswith(_ZIP):
        return "xlsx"
    with _text(path, "utf-8-sig", errors="replace") as stream:
        first = stream.read(64).lstrip()
    return "json" if first[:1] in ("{", "[") else "csv"


def _text(path: Path, encoding: str, errors: str = "strict") -> io.TextIOWrapper:
    with path.open("rb") as file:
        packed = file.read(2) == _GZIP
    binary: Any = gzip.open(path) if packed else path.open("rb")  # noqa: SIM115 - closed with what is returned
    return io.TextIOWrapper(binary, encoding=encoding, errors=errors, newline="")


def _sheets(path: Path) -> Iterator[tuple[str, Iterator[tuple[Any, ...]]]]:
    try:
        import openpyxl
    except ImportError as error:
        raise StatisticsError(
            "xlsx files need openpyxl", where=path.name, remedy="Install lodeclaim[statistics]"
        ) from error
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (OSError, KeyError, ValueError, SyntaxError) as error:
        raise StatisticsError(
            f"no spreadsheet that can be read ({error})", where=path.name, remedy="Save it as .xlsx and try again"
        ) from error
    try:
        for sheet in book.worksheets:
            yield sheet.title, sheet.iter_rows(values_only=True)
    finally:
        book.close()


def _texts(row: Iterable[Any]) -> list[str]:
    """The cells as text: whole numbers without a decimal point, so that a year is 2024 and not 2024.0."""
    return [
        "" if cell is None else str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()
        for cell in row
    ]


def _json(path: Path) -> Any:
    try:
        with _text(path, "utf-8-sig") as stream:
            return json.load(stream)
    except ValueError as error:
        raise StatisticsError(f"not valid JSON ({error})", where=path.name, remedy="Download it again") from error


def _objects(data: Any, layout: Layout, file: str) -> list[dict[str, Any]]:
    found: list[Any] = [data]
    for step in re.findall(r"[^.\[\]]+|\[\]", layout.rows or "[]"):
        found = (
            [item for one in found if isinstance(one, list) for item in one]
            if step == "[]"
            else [one[step] for one in found if isinstance(one, dict) and step in one]
        )
    objects = [one for one in found if isinstance(one, dict)]
    if not objects:
        raise StatisticsError(
            f"no rows at {layout.rows}", where=file, remedy="Save the whole answer of the service, or give a layout"
        )
    return objects


def _first_objects(data: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each list of objects in the data, by its path, and its first object; of features also their properties."""
    queue: list[tuple[str, Any]] = [("", data)]
    for path, one in queue:  # grows while it is walked: only first objects are opened, so it ends
        if isinstance(one, list) and one and isinstance(one[0], dict):
            yield f"{path}[]", one[0]
            queue += [(f"{path}[].{key}", inner) for key, inner in one[0].items() if isinstance(inner, dict)]
        elif isinstance(one, dict):
            if "[]" in path:
                yield path, one
            queue += [(f"{path}.{key}".lstrip("."), inner) for key, inner in one.items() if isinstance(inner, list)]


def _json_rows(objects: Sequence[dict[str, Any]], keys: Sequence[str], names: Sequence[str]) -> Iterator[Row]:
    for number, item in enumerate(objects, start=1):
        cells = ("" if item.get(key) is None else str(item[key]) for key in keys)
        yield Row(number, number, dict(zip(names, cells, strict=True)))

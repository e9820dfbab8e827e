"""Read an original table as it was published: rows by number, columns checked, cells untouched."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lodeclaim.core.errors import StatisticsError
from lodeclaim.core.ids import content_hash

__all__ = ["BuildReport", "Original", "read_original"]


@dataclass(frozen=True, slots=True)
class Original:
    """The rows of one published file in their order, and the hash of its bytes."""

    path: Path
    rows: tuple[dict[str, str], ...]
    sha256: str

    def where(self, number: int) -> str:
        """Name the file and its N-th data row."""
        return f"{self.path.name}, row {number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What became of the rows of one release: ``rows`` read, ``claims`` made, ``skipped`` rows by reason.

    A row may give more than one claim; a row that gives none is counted under its reason. ``warnings`` say in words
    what a reader of the figures has to know, such as a country that is missing from a world.
    """

    source: str
    rows: int
    claims: int
    skipped: dict[str, int] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


def read_original(path: Path, columns: Sequence[str], encoding: str) -> Original:
    """Return the rows of a CSV file whose header must be exactly ``columns``.

    Raises StatisticsError where the file is missing, is no text in ``encoding``, or has other columns.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise StatisticsError(
            "the file is not there", where=str(path), remedy="Put the original release in this folder"
        ) from error
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise StatisticsError(
            f"not {encoding} at byte {error.start}", where=path.name, remedy="Download the original again"
        ) from error
    reader = csv.reader(io.StringIO(text, newline=""))
    header = tuple(next(reader, ()))
    if header != tuple(columns):
        raise StatisticsError(
            f"the columns are {', '.join(header)}; expected {', '.join(columns)}",
            where=path.name,
            remedy="Check the release against its layout file, and write a new layout if the publisher changed it",
        )
    rows = []
    for number, cells in enumerate(reader, start=1):
        if len(cells) != len(columns):
            raise StatisticsError(
                f"{len(cells)} cells where {len(columns)} are expected",
                where=f"{path.name}, row {number}",
                remedy="Download the original again",
            )
        rows.append(dict(zip(columns, cells, strict=True)))
    return Original(path, tuple(rows), content_hash(data))

"""Build many small records in one go without looking among them for garbage."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import polars as pl

__all__ = ["Cells", "in_bulk"]


@contextmanager
def in_bulk() -> Iterator[None]:
    """Pause the collector: all that is built stays, and looking through it again and again takes a sixth of the time.

    Nested pauses end with the outermost.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            if not gc.get_freeze_count():
                # There and back puts what was built among the old, which the next look at the young then passes over.
                gc.freeze()
                gc.unfreeze()
            gc.enable()


class Cells:
    """The cells of a column, taken all at once or row by row.

    Words that stand in many cells are one object, which spares memory and time. ``alike`` says that they may; what
    is known to differ from cell to cell is not looked through.
    """

    def __init__(self, column: pl.Series, *, alike: bool = True) -> None:
        import numpy
        import polars as pl

        self._column = column
        self._words: Any = None
        filled = len(column) - column.null_count()
        if not alike or column.dtype != pl.String or 10 * filled < len(column):
            return
        different = column.unique().drop_nulls()
        if 3 * len(different) > len(column):
            return
        self._words = numpy.array([*different.to_list(), None], dtype=object)
        self._places = column.cast(pl.Enum(different)).to_physical().cast(pl.Int32).fill_null(-1).to_numpy()

    def take(self, rows: Any = None) -> list[Any]:
        """Return the cells of some rows, an array of their numbers, or of all."""
        if self._words is not None:
            found: list[Any] = self._words[self._places if rows is None else self._places[rows]].tolist()
            return found
        column = self._column if rows is None else self._column[rows]
        return [None] * len(column) if column.null_count() == len(column) else column.to_list()

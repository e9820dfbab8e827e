"""Stretches of a text that can be asked whether they hold or touch a place, in logarithmic time."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

__all__ = ["Spans"]


class Spans:
    """A set of stretches; those that overlap count as one."""

    def __init__(self, spans: Iterable[tuple[int, int]] = ()) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start < self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def holds(self, position: int) -> bool:
        """Tell whether the character at the position lies in a stretch."""
        at = bisect_right(self._starts, position) - 1
        return at >= 0 and position < self._ends[at]

    def touches(self, start: int, end: int) -> bool:
        """Tell whether a stretch has a character in common with ``start:end``."""
        at = bisect_left(self._starts, end) - 1
        return at >= 0 and self._ends[at] > start

    def end_of(self, position: int) -> int | None:
        """Return the end of the stretch that holds the position."""
        at = bisect_right(self._starts, position) - 1
        return self._ends[at] if at >= 0 and position < self._ends[at] else None

    def start_after(self, position: int, limit: int) -> int:
        """Return where the next stretch begins at or behind the position, at most ``limit``."""
        at = bisect_left(self._starts, position)
        return min(self._starts[at], limit) if at < len(self._starts) else limit

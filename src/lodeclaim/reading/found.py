"""The hits of a text, in order and by category."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import Any, Final, final

__all__ = ["Hit", "Hits"]


@final
class Hit:
    """A lexicon entry found at ``start:end`` of the text; ``rest`` is what follows a stem in its token."""

    __slots__ = ("category", "end", "how", "rest", "start", "value")

    def __init__(self, start: int, end: int, category: str, value: Any, how: str, rest: str = "") -> None:
        self.start = start
        self.end = end
        self.category = category
        self.value = value
        self.how = how
        self.rest = rest

    def __repr__(self) -> str:
        return f"Hit({self.start}, {self.end}, {self.category!r}, {self.value!r}, {self.how!r}, {self.rest!r})"


_NONE: Final[tuple[Hit, ...]] = ()
_START: Final = attrgetter("start")


class Hits:
    """Hits in order of start, that know which of them are of a category."""

    def __init__(self, hits: list[Hit]) -> None:
        self._every = hits
        self._by: defaultdict[str, list[Hit]] = defaultdict(list)
        self._at: dict[str, list[int]] = {}
        self._starts: list[int] | None = None
        by = self._by
        for hit in hits:
            by[hit.category].append(hit)

    def __len__(self) -> int:
        return len(self._every)

    def __iter__(self) -> Iterator[Hit]:
        return iter(self._every)

    def of(self, *categories: str) -> Sequence[Hit]:
        """Return the hits of the categories, in order of start."""
        if len(categories) == 1:
            return self._by.get(categories[0], _NONE)
        found = [hit for category in categories for hit in self._by.get(category, _NONE)]
        found.sort(key=_START)
        return found

    def within(self, category: str, start: int, end: int) -> Sequence[Hit]:
        """Return the hits of a category that begin in a stretch of the text, in order of start."""
        own = self._by.get(category)
        if own is None:
            return _NONE
        starts = self._at.get(category)
        if starts is None:
            starts = self._at[category] = [hit.start for hit in own]
        first = bisect_left(starts, start)
        if first == len(starts) or starts[first] >= end:
            return _NONE
        return own[first : bisect_left(starts, end, first)]

    def beginning(self, start: int, end: int) -> list[Hit]:
        """Return the hits of any category that begin in a stretch of the text, in order of start."""
        if self._starts is None:
            self._starts = [hit.start for hit in self._every]
        first = bisect_left(self._starts, start)
        return self._every[first : bisect_left(self._starts, end, first)]

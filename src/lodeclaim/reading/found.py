"""The hits of a text, in order and by category."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from operator import itemgetter

from lodeclaim.reading.model import Hit

__all__ = ["Hits", "by_category"]

_NONE: tuple[Hit, ...] = ()


class Hits(list[Hit]):
    """Hits in order of start, that know which of them are of a category."""

    def __init__(self, hits: Sequence[Hit]) -> None:
        super().__init__(hits)
        self._by: defaultdict[str, list[Hit]] = defaultdict(list)
        by = self._by
        for hit in hits:
            by[hit[2]].append(hit)

    def of(self, *categories: str) -> Sequence[Hit]:
        """Return the hits of the categories, in order of start."""
        if len(categories) == 1:
            return self._by.get(categories[0], _NONE)
        found = [hit for category in categories for hit in self._by.get(category, _NONE)]
        found.sort(key=itemgetter(0))
        return found


def by_category(hits: Sequence[Hit]) -> Hits:
    """Return the hits as ``Hits``, unchanged where they are."""
    return hits if isinstance(hits, Hits) else Hits(hits)

"""The sites of a vocabulary with their names taken apart, ready to be compared."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, cached_property

from ahocorasick_rs import AhoCorasick

from lodeclaim.reading.spelling import Spelling, similarity, spell
from lodeclaim.vocabulary.load import Vocabulary
from lodeclaim.vocabulary.model import Site

__all__ = ["SiteIndex", "index_of"]

_SHORTEST_CORE = 5
_MOST_KEPT = 200_000


class SiteIndex:
    """Likeness of names to sites, each pair compared once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.sites: tuple[Site, ...] = tuple(vocabulary.sites.values())
        self.regions = {site.id: (site.region, *site.region_aliases) if site.region else () for site in self.sites}
        self.directions = {site.id: spell(site.name).directions for site in self.sites}
        self._names: dict[str, tuple[tuple[Spelling, str], ...]] = {}
        self._known: dict[tuple[str, str], tuple[float, str]] = {}

    @cached_property
    def cores(self) -> dict[str, tuple[Site, ...]]:
        """Sites by the core of their name, where it is long enough to say something."""
        found: dict[str, list[Site]] = {}
        for site in self.sites:
            core = spell(site.name).core
            if len(core) >= _SHORTEST_CORE:
                found.setdefault(core, []).append(site)
        return {core: tuple(sites) for core, sites in found.items()}

    def cores_in(self, folded: str) -> Iterator[tuple[tuple[Site, ...], int]]:
        """Yield the sites whose core stands in the folded text, with its place."""
        for index, start, _ in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            yield self._by_core[index], start

    @cached_property
    def _automaton(self) -> AhoCorasick:
        return AhoCorasick(list(self.cores))

    @cached_property
    def _by_core(self) -> list[tuple[Site, ...]]:
        return list(self.cores.values())

    def likeness(self, name: str, site: Site) -> tuple[float, str]:
        """Return how alike the name is to the nearest name of the site, and which that is."""
        key = (name, site.id)
        found = self._known.get(key)
        if found is None:
            own = spell(name)
            found = max((similarity(own, spelling), other) for spelling, other in self._spelled(site))
            if len(self._known) < _MOST_KEPT:
                self._known[key] = found
        return found

    def _spelled(self, site: Site) -> tuple[tuple[Spelling, str], ...]:
        found = self._names.get(site.id)
        if found is None:
            names = (site.name, *(alias for aliases in site.aliases.values() for alias in aliases))
            found = self._names[site.id] = tuple((spell(name), name) for name in names)
        return found


@cache
def index_of(vocabulary: Vocabulary) -> SiteIndex:
    """Return the index of a vocabulary, the same object each time."""
    return SiteIndex(vocabulary)

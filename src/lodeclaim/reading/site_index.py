"""The sites of a vocabulary with their names taken apart, ready to be compared."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Final

from lodeclaim.reading.automaton import Automaton
from lodeclaim.reading.spelling import Spelling, similarity, spell
from lodeclaim.vocabulary.load import Vocabulary
from lodeclaim.vocabulary.model import Site

__all__ = ["SiteIndex", "index_of"]

_SHORTEST_CORE: Final = 5
#: The proper part of a name that goes on with what the site is: "Odda zinc smelter".
_SHORT: Final = re.compile(r"((?:[^\W\d_a-z][\w’'-]+ )*[^\W\d_a-z][\w’'-]+)(?: [a-z][\w-]+)+$")
#: Names whose likenesses are kept.
_MOST_KEPT: Final = 4_000


class SiteIndex:
    """Likeness of names to sites, each pair compared once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.sites: tuple[Site, ...] = tuple(vocabulary.sites.values())
        self._of: dict[tuple[str, str], list[Site]] = {}
        for site in self.sites:
            for material in site.materials:
                self._of.setdefault((site.country, material), []).append(site)
        self.directions: dict[str, frozenset[str]] = {}
        cores: dict[str, list[Site]] = {}
        for site in self.sites:
            spelling = spell(site.name)
            self.directions[site.id] = spelling.directions
            if len(spelling.core) >= _SHORTEST_CORE:
                cores.setdefault(spelling.core, []).append(site)
        #: Sites by the core of their name, where it is long enough to say something.
        self.cores = {core: tuple(sites) for core, sites in cores.items()}
        self._by_core = list(self.cores.values())
        self._automaton = Automaton(list(self.cores))
        self._names: dict[str, tuple[tuple[Spelling, str], ...]] = {}
        self._known: dict[str, dict[str, tuple[float, str]]] = {}

    def cores_in(self, folded: str) -> Iterator[tuple[tuple[Site, ...], int]]:
        """Yield the sites whose core stands in the folded text, with its place."""
        for index, start, _ in self._automaton.matches(folded):
            yield self._by_core[index], start

    def sites_of(self, countries: Iterable[str], materials: Iterable[str]) -> list[Site]:
        """Return the sites of the countries that have one of the materials."""
        found: dict[str, Site] = {}
        wanted = sorted(materials)
        for country in sorted(countries):
            for material in wanted:
                for site in self._of.get((country, material), ()):
                    found[site.id] = site
        return list(found.values())

    def likenesses(self, name: str) -> Callable[[Site], tuple[float, str]]:
        """Return what tells of a site how alike the name is to its nearest name, and which that is."""
        if len(self._known) > _MOST_KEPT:
            self._known.clear()
        known = self._known.setdefault(name, {})

        def likeness(site: Site) -> tuple[float, str]:
            found = known.get(site.id)
            if found is None:
                own = spell(name)
                found = known[site.id] = max(
                    (similarity(own, spelling), other) for spelling, other in self._spelled(site)
                )
            return found

        return likeness

    def _spelled(self, site: Site) -> tuple[tuple[Spelling, str], ...]:
        found = self._names.get(site.id)
        if found is None:
            names = (site.name, *(alias for aliases in site.aliases.values() for alias in aliases))
            if (short := _SHORT.match(site.name)) is not None:
                # "the zinc smelter in Odda" is named for what stands before "zinc smelter"
                names = (*names, short.group(1))
            found = self._names[site.id] = tuple((spell(name), name) for name in names)
        return found


@cache
def index_of(vocabulary: Vocabulary) -> SiteIndex:
    """Return the index of a vocabulary, the same object each time."""
    return SiteIndex(vocabulary)

"""What a user calls a thing becomes its id, or an error that offers the nearest names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lodeclaim.core.errors import UnknownName
from lodeclaim.reports.brief import material_of
from lodeclaim.vocabulary.load import Vocabulary, load_vocabulary

__all__ = ["resolve"]


def resolve(slot: str, words: Iterable[str]) -> tuple[str, ...]:
    """Return the ids that the words mean in a slot: material, predicate, place, site or actor.

    An id, a name or an alias counts, whatever its case. Raises UnknownName with the nearest names.
    """
    wanted = tuple(words)
    if not wanted:
        return ()
    if slot == "material":
        return tuple(material_of(word) for word in wanted)
    known: dict[str, tuple[str, str]] = {}
    for entity, name in _names(slot, load_vocabulary()):
        known.setdefault(name.casefold(), (entity, name))
    return tuple(_one(slot, word, known) for word in wanted)


def _one(slot: str, word: str, known: dict[str, tuple[str, str]]) -> str:
    found = known.get(" ".join(word.split()).casefold())
    if found is not None:
        return found[0]
    from difflib import get_close_matches

    near = [known[name][1] for name in get_close_matches(word.casefold(), known, n=3, cutoff=0.6)]
    remedy = f"Did you mean {', '.join(near)}?" if near else "`lodeclaim claims --format csv` shows what there is"
    raise UnknownName(f"no {slot} is called {word!r}", where=f"--{slot}", remedy=remedy)


def _names(slot: str, words: Vocabulary) -> Iterator[tuple[str, str]]:
    """(id, name) with ids first, then names, then aliases, so that the surer meaning goes before."""
    if slot == "predicate":
        yield from ((one.id, one.id) for one in words.predicates.values())
        yield from ((one.id, one.name) for one in words.predicates.values())
    elif slot == "site":
        yield from ((one.id, one.id) for one in words.sites.values())
        yield from ((one.id, one.name) for one in words.sites.values())
        for one in words.sites.values():
            yield from ((one.id, alias) for aliases in one.aliases.values() for alias in aliases)
    if slot == "actor":
        yield from ((one.id, one.id) for one in words.actors.values())
        yield from ((one.id, one.name) for one in words.actors.values())
        for actor in words.actors.values():
            yield from ((actor.id, alias) for alias in actor.aliases)
    if slot in ("place", "actor"):  # a country acts, too: it signs, lends and imposes
        yield from ((one.id, one.id) for one in words.countries.values())
        yield from ((one.id, one.name) for one in words.countries.values())
        yield from ((one.id, one.iso2) for one in words.countries.values())
        yield from ((one.id, one.id) for one in words.groups.values())
        yield from ((one.id, one.name) for one in words.groups.values())

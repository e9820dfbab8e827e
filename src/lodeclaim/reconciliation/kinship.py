"""How actors stand to each other: the same, parent and subsidiary, bodies of one government."""

from __future__ import annotations

from functools import lru_cache

from lodeclaim.vocabulary.load import load_vocabulary

__all__ = ["control_of", "government_of", "is_public", "kin", "parents"]

#: Kinds that act for a state or a union of states, in many deals at once.
_PUBLIC = frozenset({"government", "ministry", "agency", "development-bank", "export-credit-agency", "institution"})


@lru_cache(maxsize=8192)
def parents(actor: str) -> tuple[str, ...]:
    """Return the parents of an actor, nearest first; a chain that bites its tail ends there."""
    actors = load_vocabulary().actors
    found: list[str] = []
    entry = actors.get(actor)
    while entry is not None and entry.parent is not None and entry.parent not in found and entry.parent != actor:
        found.append(entry.parent)
        entry = actors.get(entry.parent)
    return tuple(found)


@lru_cache(maxsize=8192)
def is_public(actor: str) -> bool:
    """Tell whether an actor is a state, a union of states or a body of one."""
    words = load_vocabulary()
    entry = words.actors.get(actor)
    return entry.kind in _PUBLIC if entry else actor in words.countries or actor in words.groups


@lru_cache(maxsize=8192)
def government_of(actor: str) -> str | None:
    """Return the country or union that a public body acts for; None for companies and banks of many states."""
    words = load_vocabulary()
    if actor in words.countries or actor in words.groups:
        return actor
    entry = words.actors.get(actor)
    if entry is None or entry.kind not in _PUBLIC:
        return None
    for one in (actor, *parents(actor)):
        known = words.actors.get(one)
        if known is not None and known.kind == "government":
            return known.home
    return entry.control


@lru_cache(maxsize=8192)
def control_of(actor: str) -> str | None:
    """Return the country behind an actor: a state itself, else who controls it, else where it is registered."""
    words = load_vocabulary()
    if actor in words.countries or actor in words.groups:
        return actor
    for one in (actor, *parents(actor)):
        entry = words.actors.get(one)
        if entry is not None and entry.control is not None:
            return entry.control
    entry = words.actors.get(actor)
    return entry.home if entry else None


@lru_cache(maxsize=65536)
def kin(one: str, other: str) -> str | None:
    """Return ``same``, ``parent and subsidiary``, ``same government``, or None where two actors are strangers.

    A state-owned company and its government are parent and subsidiary where the vocabulary has the chain; two
    ministries, or a country and its export bank, act for the same government.
    """
    if one == other:
        return "same"
    if one in parents(other) or other in parents(one):
        return "parent and subsidiary"
    state = government_of(one)
    if state is not None and state == government_of(other):
        return "same government"
    return None

"""Parents, subsidiaries and governments: when two actors are one side of a deal."""

from __future__ import annotations

from functools import cache

from lodeclaim.vocabulary.load import load_vocabulary

__all__ = ["is_company", "lineage", "related"]


@cache
def lineage(actor: str) -> tuple[str, ...]:
    """Return the actor and its parents, the nearest first."""
    actors = load_vocabulary().actors
    found = [actor]
    while (known := actors.get(found[-1])) is not None and known.parent and known.parent not in found:
        found.append(known.parent)
    return tuple(found)


@cache
def related(one: str, other: str) -> str:
    """Return in words how two actors are tied, or nothing: the same, parent and subsidiary, state and its body."""
    words = load_vocabulary()
    if one == other:
        return "the same actor"
    mine, theirs = lineage(one), lineage(other)
    if one in theirs or other in mine:
        child, parent = (other, one) if one in theirs else (one, other)
        return f"{_name(child)} belongs to {_name(parent)}"
    for state, body in ((one, other), (other, one)):
        known = words.actors.get(body)
        if state in words.countries and known is not None and known.kind != "company" and known.home == state:
            return f"{_name(body)} is a body of {_name(state)}"
    common = [parent for parent in mine if parent in theirs]
    if common and words.actors[common[0]].kind == "government":
        return f"{_name(one)} and {_name(other)} both belong to {_name(common[0])}"
    return ""


def is_company(actor: str) -> bool:
    """Tell whether the actor is a company, or a name that the vocabulary lacks."""
    known = load_vocabulary().actors.get(actor)
    return actor.startswith("name:") or (known is not None and known.kind in ("company", "state-company"))


def _name(actor: str) -> str:
    return load_vocabulary().name(actor)

"""Short names that a text itself gives: "Department of Defense (DoD)", "MP" for MP Materials."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from lodeclaim.reading.found import Hit, Hits
from lodeclaim.reading.model import Link

__all__ = ["find_short_names"]

_NAME: Final = r"[A-ZÄÖÅÆØ][\w&-]{1,9}"
#: "(DoD)" behind a name, or "(the “DoD”)".
_IN_BRACKETS: Final = re.compile(rf" ?\((?:the )?[\"“„«]?({_NAME})[\"”“»]?\)")
_SHORT: Final = re.compile(rf"(?<![\w-]){_NAME}(?![\w-])")
_FIRST_WORD: Final = re.compile(r"[^\W\d_][\w&-]+(?=[ -])")
_LEAST_CAPITALS: Final = 2
_UNLINKED: Final = "name:"


def find_short_names(text: str, hits: Hits, unknown: Sequence[Link]) -> list[Hit]:
    """Return where a text names a known actor by the short name that it gave it, as further hits for the actor.

    ``unknown`` are the names that the vocabulary lacks. What stands in brackets behind a name with two capitals or
    more is a short name of it, unless it is a known word; so is the first word of a name where the text has that
    word alone, it is the first word of no other actor, and no known word.
    """
    actors = hits.of("actor")
    given: dict[str, set[str]] = {}
    first: dict[str, set[str]] = {}
    for hit in actors:
        match = _IN_BRACKETS.match(text, hit.end)
        if (
            match is not None
            and sum(map(str.isupper, match.group(1))) >= _LEAST_CAPITALS
            and not hits.beginning(match.start(1), match.start(1) + 1)
        ):
            given.setdefault(match.group(1), set()).add(str(hit.value))
        if (opening := _FIRST_WORD.match(text, hit.start, hit.end)) is not None:
            first.setdefault(opening.group(), set()).add(str(hit.value))
    taken = {hit.start for hit in actors}
    found: dict[int, Hit] = {}
    own = {name: next(iter(entities)) for name, entities in given.items() if len(entities) == 1 and name not in first}
    for match in _SHORT.finditer(text) if own else ():
        if match.group() in own and match.start() not in taken:
            found[match.start()] = Hit(match.start(), match.end(), "actor", own[match.group()], "short name")
    for link in unknown:
        entities = first.get(link.entity.removeprefix(_UNLINKED), set())
        if len(entities) == 1 and link.start not in taken:
            (entity,) = entities
            found.setdefault(link.start, Hit(link.start, link.end, "actor", entity, "short name"))
    return [found[start] for start in sorted(found)]

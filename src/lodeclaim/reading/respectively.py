"""Which name of a list goes with which number of a list: "copper and zinc fell by 10 and 5 percent, respectively"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from lodeclaim.reading.grammar import Grammar
from lodeclaim.reading.mentions import Mentions
from lodeclaim.reading.model import Link, Quantity, Sentence

__all__ = ["paired_mentions"]

_KINDS: Final = ("materials", "places", "sites", "actors")
#: Words between the numbers of one list: "10 percent for copper and 5 percent" is none.
_BETWEEN: Final = re.compile(r"\W*(?:\w+\W*){0,2}")


def paired_mentions(text: str, sentence: Sentence, mentions: Mentions, grammar: Grammar) -> dict[int, Mentions]:
    """Return, by where a quantity starts, the mentions that are left to it in a sentence that says "respectively".

    Each quantity of a list keeps the one name of an equally long list that stands at its place; names outside such
    lists stay. Empty where the sentence pairs nothing.
    """
    if not sentence.of("respective"):
        return {}
    found: dict[int, Mentions] = {}
    for row in _rows(text, sentence.quantities):
        lists = {kind: _names(text, getattr(mentions, kind), len(row), grammar) for kind in _KINDS}
        if not any(lists.values()):
            continue
        for n, quantity in enumerate(row):
            changes: dict[str, list[Link]] = {}
            for kind, names in lists.items():
                if names:
                    others = {link.start for m, link in enumerate(names) if m != n}
                    changes[kind] = [link for link in getattr(mentions, kind) if link.start not in others]
            found[quantity.start] = mentions.but(changes)
    return found


def _rows(text: str, quantities: Sequence[Quantity]) -> list[list[Quantity]]:
    """Return the lists of two quantities or more of one class that hardly a word parts."""
    rows: list[list[Quantity]] = []
    for quantity in quantities:
        last = rows[-1][-1] if rows else None
        if (
            last is not None
            and last.unit_class == quantity.unit_class
            and _BETWEEN.fullmatch(text, last.end, quantity.start)
        ):
            rows[-1].append(quantity)
        else:
            rows.append([quantity])
    return [row for row in rows if len(row) >= 2]


def _names(text: str, links: Sequence[Link], size: int, grammar: Grammar) -> list[Link]:
    """Return the first list of exactly so many different names, or nothing."""
    run: list[Link] = []
    for link in [*links, None]:
        if link is not None and run and link.start == run[-1].start:
            # "Philippines" is the country and its people
            continue
        if link is not None and run and grammar.enumerates.fullmatch(text, run[-1].end, link.start):
            run.append(link)
            continue
        if len(run) == size and len({one.entity for one in run}) == size:
            return run
        run = [link] if link is not None else []
    return []

"""Names in a text that may be those of sites: beside words such as deposit or mine, or by their core."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from lodeclaim.reading.found import Hits
from lodeclaim.reading.grammar import Grammar
from lodeclaim.reading.model import Block, Link
from lodeclaim.reading.site_index import SiteIndex
from lodeclaim.reading.spans import Spans
from lodeclaim.reading.spelling import spell

__all__ = ["Candidate", "block_at", "known_spans", "names_beside_site_words", "names_by_core"]

_WORD: Final = r"[A-ZÄÖÅÆØÉŞĞ][\w’'-]+"
_NAME: Final = rf"{_WORD}(?:(?: (?:de|del|do|da|di|la|el))?[ -]{{1,3}}{_WORD}){{0,3}}"
_LEFT: Final = re.compile(rf"({_NAME})\s?-?\s?$")
_REACH_LEFT, _REACH_RIGHT = 60, 120
_SHORTEST: Final = 4
_KNOWN: Final = (
    "place",
    "place_adjective",
    "actor",
    "office_holder",
    "region",
    "material",
    "site",
    "currency",
    "site_words",
)


@dataclass(slots=True)
class Candidate:
    """A name that may be a site's; ``partner`` is the index of the other member of its pair.

    ``ranked`` are (score, site id, why) of the nearest sites, best first.
    """

    name: str
    start: int
    end: int
    partner: int | None = None
    link: Link | None = None
    ranked: tuple[tuple[float, str, str], ...] = ()


def known_spans(hits: Hits) -> Spans:
    """Return where names that are known already stand."""
    return Spans((hit.start, hit.end) for hit in hits.of(*_KNOWN) if hit.how != "stem")


def block_at(blocks: Sequence[Block], starts: Sequence[int], position: int) -> Block | None:
    """Return the block that holds the position, if claims are read from it; ``starts`` are the blocks' starts."""
    at = bisect_right(starts, position) - 1
    block = blocks[at] if at >= 0 else None
    return block if block is not None and position < block.end and not block.skip else None


def names_beside_site_words(
    text: str, hits: Hits, blocks: Sequence[Block], known: Spans, grammar: Grammar
) -> list[Candidate]:
    """Return the names left and right of words for sites, in order, pairs linked to each other."""
    starts = [block.start for block in blocks]
    found: dict[int, Candidate] = {}
    pairs: dict[int, int] = {}
    for hit in hits.of("site_words", "stage"):
        block = block_at(blocks, starts, hit.start)
        if block is None:
            continue
        first_left = max(block.start, hit.start - _REACH_LEFT)
        before = text[first_left : hit.start].rstrip()
        # a name ends in a word with a capital, which most words before a mine or deposit are not
        if not before[before.rfind(" ") + 1 :].islower() and (left := _LEFT.search(text, first_left, hit.start)):
            _keep(text, left.start(1), left.end(1), known, found, grammar)
        right = grammar.name_right.match(text, hit.end, min(block.end, hit.end + _REACH_RIGHT))
        if not right:
            continue
        first = _keep(text, right.start(1), right.end(1), known, found, grammar)
        if right.group(2):
            second = _keep(text, right.start(2), right.end(2), known, found, grammar)
            if first is not None and second is not None:
                pairs[first.start], pairs[second.start] = second.start, first.start
    ordered = [found[start] for start in sorted(found)]
    index = {candidate.start: position for position, candidate in enumerate(ordered)}
    for candidate in ordered:
        candidate.partner = index.get(pairs.get(candidate.start, -1))
    return ordered


def _keep(
    text: str, start: int, end: int, known: Spans, found: dict[int, Candidate], grammar: Grammar
) -> Candidate | None:
    """Keep the name without articles, words for regions and known names in front of it."""
    while opening := grammar.opening.match(text, start, end):
        start = opening.end()
    while end > start and not text[end - 1].isalpha():
        end -= 1
    while (stop := known.end_of(start)) is not None and stop < end:
        start = stop
        while start < end and not text[start].isalpha():
            start += 1
    end = known.start_after(start, end)
    while end > start and not text[end - 1].isalpha():
        end -= 1
    if end - start < _SHORTEST:
        return None
    return found.setdefault(start, Candidate(text[start:end], start, end))


def names_by_core(
    text: str, folded: str, blocks: Sequence[Block], known: Spans, pool: Collection[str], index: SiteIndex
) -> list[Link]:
    """Return links for names whose core is that of a site of the pool, however its direction word is put."""
    starts = [block.start for block in blocks]
    found: list[Link] = []
    for sites, at in index.cores_in(folded):
        fitting = [site for site in sites if site.id in pool]
        if len(fitting) != 1:
            # two sites with one core cannot be told apart by it
            continue
        site = fitting[0]
        start = folded.rfind(" ", max(0, at - 40), at) + 1
        if not text[start : start + 1].isupper() or block_at(blocks, starts, start) is None:
            continue
        end = folded.find(" ", at, at + 80)
        end = min(at + 80, len(folded)) if end < 0 else end
        own, full = spell(text[start:end]), spell(site.name)
        if own.core == full.core and own.directions == full.directions and not known.touches(start, end):
            note = f"{text[start:end]} = {site.name} by core and direction"
            found.append(Link(site.id, start, end, "other spelling", "probable", note))
    return found

"""Sites whose names are garbled: candidates by country and material, then evidence, then likeness, or a refusal."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from lodeclaim.reading.fold import fold
from lodeclaim.reading.grammar import Grammar
from lodeclaim.reading.model import Block, Hit, Link
from lodeclaim.reading.spelling import similarity, spell
from lodeclaim.vocabulary.load import Vocabulary
from lodeclaim.vocabulary.model import Site

__all__ = ["link_sites"]

_WORD = r"[A-ZÄÖÅÆØÉŞĞ][\w’'-]{2,}"
_NAME = rf"{_WORD}(?:[ -]{{1,3}}{_WORD}){{0,2}}"
_LEFT = re.compile(rf"({_NAME})\s?-?\s?$")
_ACCEPT = 0.78
_CLEAR = 0.70
_LEAD = 0.05
_CLEAR_LEAD = 0.12
_LIST_LEAD = 0.10
_SURE = 0.93
_PAIR_LEAST = 0.35
_SHORTEST_CORE = 5
_KNOWN = {"place", "place_adjective", "actor", "office_holder", "region", "material", "site", "currency", "site_words"}


@dataclass(slots=True)
class _Candidate:
    name: str
    start: int
    end: int
    partner: int | None = None
    link: Link | None = None
    ranked: tuple[tuple[float, str, str], ...] = ()


def link_sites(
    text: str, hits: Sequence[Hit], blocks: Sequence[Block], vocabulary: Vocabulary, grammar: Grammar
) -> list[Link]:
    """Return links for names beside words such as deposit, mine or project that no alias matches exactly.

    Only sites of a country and a material that the block or the document names are candidates. Likeness of the
    name counts most; a region that fits and an earlier mention add to it. In a pair whose other member is known,
    the earlier pairs of the document decide. A name that nothing is near enough to is left alone.
    """
    everywhere = _context(hits)
    spelled = _spelled_out(text, hits, blocks, _pool(vocabulary.sites.values(), everywhere, everywhere))
    candidates = [
        candidate
        for candidate in _candidates(text, hits, blocks, grammar)
        if not any(link.start < candidate.end and candidate.start < link.end for link in spelled)
    ]
    if not candidates:
        return spelled
    starts = [hit.start for hit in hits]
    mentioned: dict[str, int] = {}
    for hit in hits:
        if hit.category == "site":
            mentioned.setdefault(str(hit.value), hit.start)
    for link in spelled:
        mentioned.setdefault(link.entity, link.start)
    pairs: dict[str, set[str]] = defaultdict(set)
    for candidate in candidates:
        block = next(b for b in blocks if b.start <= candidate.start < b.end)
        near = _context(hits[bisect_left(starts, block.start) : bisect_left(starts, block.end)])
        pool = _pool(vocabulary.sites.values(), near, everywhere)
        after = text[candidate.end : candidate.end + 60]
        candidate.ranked = _ranked(candidate, pool, after, mentioned)
        _decide(candidate)
        if candidate.link is not None:
            mentioned.setdefault(candidate.link.entity, candidate.start)
    _settle_lists(candidates, blocks)
    _settle_pairs(candidates, pairs)
    return sorted(
        [*spelled, *(candidate.link for candidate in candidates if candidate.link is not None)],
        key=lambda link: link.start,
    )


def _spelled_out(text: str, hits: Sequence[Hit], blocks: Sequence[Block], pool: Sequence[Site]) -> list[Link]:
    """Return links for names whose core is that of a site and whose direction word only is put another way."""
    cores: dict[str, Site | None] = {}
    for site in pool:
        core = spell(site.name).core
        # two sites with one core cannot be told apart by it
        cores[core] = None if core in cores else site
    folded = fold(text)
    known = [(hit.start, hit.end) for hit in hits if hit.category in _KNOWN and hit.how != "stem"]
    found = []
    for core, only in cores.items():
        if only is None or len(core) < _SHORTEST_CORE:
            continue
        at = folded.find(core)
        while at >= 0:
            start = folded.rfind(" ", 0, at) + 1
            end = folded.find(" ", at)
            end = len(folded) if end < 0 else end
            inside = any(block.start <= start < block.end and not block.skip for block in blocks)
            if inside and text[start].isupper() and not any(left < end and start < right for left, right in known):
                own, full = spell(text[start:end]), spell(only.name)
                if own.core == core and own.directions == full.directions:
                    note = f"{text[start:end]} = {only.name} by core and direction"
                    found.append(Link(only.id, start, end, "other spelling", "probable", note))
            at = folded.find(core, end)
    return found


def _candidates(text: str, hits: Sequence[Hit], blocks: Sequence[Block], grammar: Grammar) -> list[_Candidate]:
    known = [(hit.start, hit.end) for hit in hits if hit.category in _KNOWN and hit.how != "stem"]
    open_blocks = [block for block in blocks if not block.skip]
    found: dict[int, _Candidate] = {}
    for hit in hits:
        if hit.category != "site_words":
            continue
        block = next((b for b in open_blocks if b.start <= hit.start < b.end), None)
        if block is None:
            continue
        _take_left(text, hit, block, known, found, grammar)
        _take_right(text, hit, block, known, found, grammar)
    ordered = sorted(found.values(), key=lambda candidate: candidate.start)
    index = {candidate.start: position for position, candidate in enumerate(ordered)}
    for candidate in ordered:
        if candidate.partner is not None:
            candidate.partner = index.get(candidate.partner)
    return ordered


def _take_left(
    text: str, hit: Hit, block: Block, known: Sequence[tuple[int, int]], found: dict[int, _Candidate], grammar: Grammar
) -> None:
    match = _LEFT.search(text, max(block.start, hit.start - 60), hit.start)
    if match:
        _keep(text, match.start(1), match.end(1), known, found, grammar)


def _take_right(
    text: str, hit: Hit, block: Block, known: Sequence[tuple[int, int]], found: dict[int, _Candidate], grammar: Grammar
) -> None:
    match = grammar.name_right.match(text, hit.end, min(block.end, hit.end + 120))
    if not match:
        return
    first = _keep(text, match.start(1), match.end(1), known, found, grammar)
    if match.group(2):
        second = _keep(text, match.start(2), match.end(2), known, found, grammar)
        if first is not None and second is not None:
            first.partner, second.partner = second.start, first.start


def _keep(
    text: str, start: int, end: int, known: Sequence[tuple[int, int]], found: dict[int, _Candidate], grammar: Grammar
) -> _Candidate | None:
    while opening := grammar.opening.match(text, start, end):
        start = opening.end()
    while end > start and not text[end - 1].isalpha():
        end -= 1
    if any(left < end and start < right for left, right in known):
        # words of a known name are cut off the front; what remains may be the site
        for left, right in known:
            if left <= start < right < end:
                start = right
                while start < end and not text[start].isalpha():
                    start += 1
        if any(left < end and start < right for left, right in known) or end - start < 4:
            return None
    if end - start < 4:
        return None
    return found.setdefault(start, _Candidate(text[start:end], start, end))


def _context(hits: Iterable[Hit]) -> tuple[set[str], set[str], set[str]]:
    places, materials, regions = set(), set(), set()
    for hit in hits:
        if hit.category in ("place", "place_adjective", "metonym"):
            places.add(str(hit.value))
        elif hit.category == "material":
            materials.add(str(hit.value))
        elif hit.category == "region":
            places.add(hit.value[0])
            regions.add(hit.value[1])
    return places, materials, regions


def _pool(
    sites: Iterable[Site], near: tuple[set[str], set[str], set[str]], everywhere: tuple[set[str], set[str], set[str]]
) -> list[Site]:
    places = near[0] or everywhere[0]
    materials = near[1] or everywhere[1]
    return [site for site in sites if site.country in places and materials & set(site.materials)]


def _ranked(
    candidate: _Candidate, pool: Sequence[Site], after: str, mentioned: dict[str, int]
) -> tuple[tuple[float, str, str], ...]:
    spelling = spell(candidate.name)
    ranked = []
    for site in pool:
        likeness, name = _likeness(candidate.name, (site.name, *_aliases(site)))
        score, why = likeness, f"{candidate.name} ~ {name} {likeness:.2f}"
        if site.region and any(region in after for region in (site.region, *site.region_aliases)):
            score, why = score + 0.12, f"{why}; region {site.region} +0.12"
        if mentioned.get(site.id, candidate.start) < candidate.start:
            score, why = score + 0.10, f"{why}; named before +0.10"
        if spelling.directions and spelling.directions & spell(site.name).directions:
            score, why = score + 0.10, f"{why}; same direction word +0.10"
        ranked.append((score, site.id, why))
    return tuple(sorted(ranked, key=lambda item: (-item[0], item[1]))[:5])


def _aliases(site: Site) -> Iterable[str]:
    return (alias for aliases in site.aliases.values() for alias in aliases)


@lru_cache(maxsize=8192)
def _likeness(name: str, others: tuple[str, ...]) -> tuple[float, str]:
    """Return how alike the name is to the nearest of the others, and which that is."""
    spelling = spell(name)
    return max((similarity(spelling, spell(other)), other) for other in others)


def _decide(candidate: _Candidate) -> None:
    if not candidate.ranked:
        return
    best = candidate.ranked[0]
    second = candidate.ranked[1][0] if len(candidate.ranked) > 1 else 0.0
    lead = best[0] - second
    if not ((best[0] >= _ACCEPT and lead >= _LEAD) or (best[0] >= _CLEAR and lead >= _CLEAR_LEAD)):
        return
    status: Literal["probable", "possible"] = "probable" if best[0] >= _SURE else "possible"
    candidate.link = Link(best[1], candidate.start, candidate.end, "garbled name", status, best[2])


def _settle_lists(candidates: Sequence[_Candidate], blocks: Sequence[Block]) -> None:
    """Where a block lists several sites, a site that another item has taken is out for the rest."""
    for block in blocks:
        inside = [candidate for candidate in candidates if block.start <= candidate.start < block.end]
        taken = {candidate.link.entity for candidate in inside if candidate.link is not None}
        for candidate in inside:
            if candidate.link is not None or len(taken) < 2:
                continue
            free = [item for item in candidate.ranked if item[1] not in taken]
            second = free[1][0] if len(free) > 1 else 0.0
            if free and free[0][0] >= _CLEAR and free[0][0] - second >= _LIST_LEAD:
                note = f"{free[0][2]}; the other sites of the list are taken"
                candidate.link = Link(
                    free[0][1], candidate.start, candidate.end, "garbled name in a list", "possible", note
                )


def _settle_pairs(candidates: Sequence[_Candidate], pairs: dict[str, set[str]]) -> None:
    """Let known pairs of the document decide the other member where the name alone does not."""
    for candidate in candidates:
        other = candidates[candidate.partner] if candidate.partner is not None else None
        if other is None:
            continue
        if candidate.link and other.link and candidate.link.entity != other.link.entity:
            pairs[candidate.link.entity].add(other.link.entity)
    for candidate in candidates:
        other = candidates[candidate.partner] if candidate.partner is not None else None
        if other is None or other.link is None:
            continue
        partners = pairs.get(other.link.entity, set())
        if candidate.link is not None and candidate.link.entity != other.link.entity:
            continue
        fitting = [item for item in candidate.ranked if item[1] in partners and item[0] >= _PAIR_LEAST]
        if fitting:
            note = f"{fitting[0][2]}; paired with {other.link.entity} as before"
            candidate.link = Link(
                fitting[0][1], candidate.start, candidate.end, "pair in the document", "possible", note
            )

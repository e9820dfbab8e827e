"""Sites whose names are garbled: candidates by country and material, then evidence, then likeness, or a refusal."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final, Literal, NamedTuple

from lodeclaim.reading.found import Hit, Hits
from lodeclaim.reading.grammar import Grammar
from lodeclaim.reading.model import Block, Link
from lodeclaim.reading.site_index import SiteIndex, index_of
from lodeclaim.reading.site_names import (
    Candidate,
    block_at,
    known_spans,
    names_beside_site_words,
    names_by_core,
)
from lodeclaim.reading.spans import Spans
from lodeclaim.reading.spelling import spell
from lodeclaim.vocabulary.load import Vocabulary
from lodeclaim.vocabulary.model import Site

__all__ = ["link_sites"]

_ACCEPT: Final = 0.78
_CLEAR: Final = 0.70
_LEAD: Final = 0.05
_CLEAR_LEAD: Final = 0.12
_LIST_LEAD: Final = 0.10
_SURE: Final = 0.93
_PAIR_LEAST: Final = 0.35
#: So many of the nearest sites are kept, and so many are collected before the rest is dropped.
_KEPT, _ENOUGH = 5, 40
_REGION, _BEFORE, _DIRECTION = 0.12, 0.10, 0.10
#: How far behind a name its region is looked for.
_REGION_BEHIND: Final = 60
_PLACES: Final = ("place", "place_adjective", "metonym")


class _Context(NamedTuple):
    """The countries and materials that a stretch of text names."""

    places: set[str]
    materials: set[str]


def link_sites(
    text: str,
    folded: str,
    hits: Hits,
    blocks: Sequence[Block],
    vocabulary: Vocabulary,
    grammar: Grammar,
) -> list[Link]:
    """Return links for names beside words such as deposit, mine or project that no alias matches exactly.

    Only sites of a country and a material that the block or the document names are candidates. Likeness of the
    name counts most; a region that fits and an earlier mention add to it. In a pair whose other member is known,
    the earlier pairs of the document decide. A name that nothing is near enough to is left alone.
    """
    entities = hits.of(*_PLACES, "material", "region", "site")
    everywhere = _context(entities)
    index = index_of(vocabulary)
    pool = _pool(index, everywhere, everywhere)
    if not pool:
        return []
    known = known_spans(hits)
    spelled = names_by_core(text, folded, blocks, known, {site.id for site in pool}, index)
    taken = Spans((link.start, link.end) for link in spelled)
    candidates = names_beside_site_words(text, hits, blocks, known, grammar)
    for candidate in candidates:
        if taken.touches(candidate.start, candidate.end):
            candidate.link = next(link for link in spelled if link.start < candidate.end and candidate.start < link.end)
    if candidates:
        _rank(candidates, entities, blocks, spelled, pool, everywhere, index)
        _settle_lists(candidates, blocks)
        _settle_pairs(candidates)
    links = {candidate.link for candidate in candidates if candidate.link is not None}
    return sorted(links.union(spelled), key=lambda link: link.start)


def _context(hits: Iterable[Hit]) -> _Context:
    places, materials = set(), set()
    for hit in hits:
        category = hit.category
        if category in _PLACES:
            places.add(str(hit.value))
        elif category == "material":
            materials.add(str(hit.value))
        elif category == "region":
            places.add(hit.value[0])
    return _Context(places, materials)


def _pool(index: SiteIndex, near: _Context, everywhere: _Context) -> list[Site]:
    return index.sites_of(near.places or everywhere.places, near.materials or everywhere.materials)


def _rank(
    candidates: Sequence[Candidate],
    hits: Sequence[Hit],
    blocks: Sequence[Block],
    spelled: Sequence[Link],
    pool: Sequence[Site],
    everywhere: _Context,
    index: SiteIndex,
) -> None:
    starts = [hit.start for hit in hits]
    block_starts = [block.start for block in blocks]
    mentioned: dict[str, int] = {}
    for hit in hits:
        if hit.category == "site":
            mentioned.setdefault(str(hit.value), hit.start)
    for link in spelled:
        mentioned.setdefault(link.entity, link.start)
    contexts: dict[int, list[Site]] = {}
    for candidate in candidates:
        block = block_at(blocks, block_starts, candidate.start)
        if block is None or candidate.link is not None:
            continue
        if block.start not in contexts:
            inside = hits[bisect_left(starts, block.start) : bisect_left(starts, block.end)]
            contexts[block.start] = _pool(index, _context(inside), everywhere)
        behind = hits[bisect_left(starts, candidate.end) : bisect_left(starts, candidate.end + _REGION_BEHIND)]
        regional = {hit.value for hit in behind if hit.category == "region"}
        candidate.ranked = _ranked(candidate, contexts[block.start], regional, mentioned, index)
        candidate.link = _decided(candidate)
        if candidate.link is None and len(contexts[block.start]) < len(pool):
            # the block may name another country than that of its sites: then the document decides
            candidate.ranked = _ranked(candidate, pool, regional, mentioned, index)
            candidate.link = _decided(candidate)
        if candidate.link is not None:
            mentioned.setdefault(candidate.link.entity, candidate.start)


def _ranked(
    candidate: Candidate,
    pool: Sequence[Site],
    regional: set[tuple[str, str]],
    mentioned: dict[str, int],
    index: SiteIndex,
) -> tuple[tuple[float, str, str], ...]:
    likeness = index.likenesses(candidate.name)
    directions = spell(candidate.name).directions
    ranked: list[tuple[float, str, float, str, bool, bool, bool]] = []
    least = -1.0
    for site in pool:
        like, name = likeness(site)
        score, here, before, same = like, False, False, False
        if regional and (site.country, site.region) in regional:
            score, here = score + _REGION, True
        if mentioned.get(site.id, candidate.start) < candidate.start:
            score, before = score + _BEFORE, True
        if directions and not directions.isdisjoint(index.directions[site.id]):
            score, same = score + _DIRECTION, True
        if score < least:
            continue
        ranked.append((-score, site.id, like, name, here, before, same))
        if len(ranked) >= _ENOUGH:
            # only the first few are asked for, and most sites are not alike at all
            ranked.sort()
            del ranked[_KEPT:]
            least = -ranked[-1][0]
    ranked.sort()
    return tuple((-item[0], item[1], _why(candidate.name, *item[2:])) for item in ranked[:_KEPT])


def _why(garbled: str, likeness: float, name: str, here: bool, before: bool, same: bool) -> str:
    why = f"{garbled} ~ {name} {likeness:.2f}"
    if here:
        why += f"; its region is named +{_REGION}"
    if before:
        why += f"; named before +{_BEFORE}"
    if same:
        why += f"; same direction word +{_DIRECTION}"
    return why


def _decided(candidate: Candidate) -> Link | None:
    if not candidate.ranked:
        return None
    best = candidate.ranked[0]
    second = candidate.ranked[1][0] if len(candidate.ranked) > 1 else 0.0
    lead = best[0] - second
    if not ((best[0] >= _ACCEPT and lead >= _LEAD) or (best[0] >= _CLEAR and lead >= _CLEAR_LEAD)):
        return None
    status: Literal["probable", "possible"] = "probable" if best[0] >= _SURE else "possible"
    return Link(best[1], candidate.start, candidate.end, "garbled name", status, best[2])


def _settle_lists(candidates: Sequence[Candidate], blocks: Sequence[Block]) -> None:
    """Where a block lists several sites, a site that another item has taken is out for the rest."""
    starts = [block.start for block in blocks]
    listed: dict[int, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        block = block_at(blocks, starts, candidate.start)
        if block is not None:
            listed[block.start].append(candidate)
    for inside in listed.values():
        taken = {candidate.link.entity for candidate in inside if candidate.link is not None}
        if len(taken) < 2:
            continue
        for candidate in inside:
            if candidate.link is not None:
                continue
            free = [item for item in candidate.ranked if item[1] not in taken]
            second = free[1][0] if len(free) > 1 else 0.0
            if free and free[0][0] >= _CLEAR and free[0][0] - second >= _LIST_LEAD:
                note = f"{free[0][2]}; the other sites of the list are taken"
                candidate.link = Link(
                    free[0][1], candidate.start, candidate.end, "garbled name in a list", "possible", note
                )


def _settle_pairs(candidates: Sequence[Candidate]) -> None:
    """Let known pairs of the document decide the other member where the name alone does not."""
    pairs: dict[str, set[str]] = defaultdict(set)
    for candidate in candidates:
        other = candidates[candidate.partner] if candidate.partner is not None else None
        own, known = candidate.link, other.link if other is not None else None
        if own is not None and known is not None and own.entity != known.entity:
            pairs[own.entity].add(known.entity)
    for candidate in candidates:
        other = candidates[candidate.partner] if candidate.partner is not None else None
        own, known = candidate.link, other.link if other is not None else None
        if known is None or (own is not None and own.entity != known.entity):
            continue
        partners = pairs.get(known.entity, set())
        fitting = [item for item in candidate.ranked if item[1] in partners and item[0] >= _PAIR_LEAST]
        if fitting:
            note = f"{fitting[0][2]}; paired with {known.entity} as before"
            candidate.link = Link(
                fitting[0][1], candidate.start, candidate.end, "pair in the document", "possible", note
            )

"""Ranks against logic and values: "second after A and B", "third largest" beside the three amounts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from lodeclaim.reconciliation.evidence import Evidence, Item
from lodeclaim.reconciliation.finding import finding, quoted
from lodeclaim.reconciliation.model import Conflict, Place
from lodeclaim.reconciliation.patterns import Words, country_names, language_words, one_of
from lodeclaim.reconciliation.words import name_of, number

__all__ = ["rank_after", "rank_of_values"]

#: Between a rank word and the names it comes after; between names.
_GAP = r"[\w\s\-]{0,40}?"
_SENTENCE = re.compile(r"[^.!?\n]*(?:[.!?](?!\s|$)[^.!?\n]*)*")


def rank_after(evidence: Evidence) -> Iterator[Conflict]:
    """A rank and the holders it comes after: second after two others is third."""
    for source, text, language, words in _texts(evidence):
        for match in _after(language).finditer(text):
            rank = _rank(match["rank"], words)
            if not rank:
                continue
            names = country_names(language)
            before = [names[name.casefold()] for name in re.findall(_names(language), match["names"], re.IGNORECASE)]
            before = list(dict.fromkeys(before))
            if not before:
                continue
            start, end = match.span()
            said = " ".join(text[start:end].split())
            anchor = evidence.nearest(source, start, end)
            if anchor is None:
                continue
            listed = " and ".join(name_of(one) for one in before)
            place = (Place(source=source, start=start, end=end, words=text[start:end]),)
            if rank == len(before) + 1:
                explained = f"“{said}”: rank {rank} after {listed} is right. {quoted(anchor)}"
                yield finding("rank-after", "compatible", [anchor.claim], explained, key=anchor.key, places=place)
                continue
            explained = (
                f"“{said}”: rank {rank}, yet {len(before)} predecessors are named ({listed}), which makes it rank "
                f"{len(before) + 1}. {quoted(anchor)}{_official_rank(evidence, anchor, before)}"
            )
            proposal = "Use neither the rank nor the list before one is checked."
            yield finding(
                "rank-after", "suspicion", [anchor.claim], explained, proposal=proposal, key=anchor.key, places=place
            )


def rank_of_values(evidence: Evidence) -> Iterator[Conflict]:
    """A rank beside the values of the holder and of those above it."""
    for source, text, language, words in _texts(evidence):
        for match in _largest(language).finditer(text):
            rank = _rank(match["rank"], words)
            start, end = match.span()
            sentence = _sentence(text, start)
            values = [
                item
                for item in evidence.by_source[source]
                if item.value
                and item.predicate in ("production", "reserve", "capacity", "trade")
                and sentence[0] <= item.start < sentence[1]
            ]
            values = [item for item in values if _matter(item) == _matter(values[0])]
            holders = {item.place or item.actor: item for item in reversed(values)}
            subject = next((item for item in values if item.start >= end), None)
            if not rank or subject is None or len(holders) < max(2, rank):
                continue
            above = [item for item in holders.values() if (item.value or 0.0) > (subject.value or 0.0)]
            said = " ".join(text[start:end].split())
            place = (Place(source=source, start=start, end=end, words=text[start:end]),)
            claims = [item.claim for item in values]
            nearest = evidence.nearest(source, start, end, limit=0)
            claims += [nearest.claim] if nearest else []
            order = ", ".join(
                f"{name_of(item.place or item.actor or '')} {number(item.value or 0.0)}" for item in values
            )
            if rank == len(above) + 1:
                explained = f"“{said}”: rank {rank} follows from the values ({order})."
                yield finding("rank-of-values", "compatible", claims, explained, key=subject.key, places=place)
            else:
                explained = f"“{said}”: by the values beside it the rank is {len(above) + 1} ({order})."
                proposal = "Check which value or which rank is wrong."
                yield finding(
                    "rank-of-values", "suspicion", claims, explained, proposal=proposal, key=subject.key, places=place
                )


def _texts(evidence: Evidence) -> Iterator[tuple[str, str, str, Words]]:
    for source, text in sorted(evidence.texts.items()):
        language = evidence.languages.get(source, "en")
        words = language_words().get(language)
        if words is not None and source in evidence.by_source:
            yield source, text, language, words


@cache
def _names(language: str) -> str:
    names = tuple(name for name in country_names(language) if len(name) > 3)
    return rf"\b{one_of(names)}\b"


@cache
def _after(language: str) -> re.Pattern[str]:
    words = language_words()[language]
    names = _names(language)
    links = rf"(?:\s*,\s*|\s*,?\s*\b{one_of(words.conjunction)}\b\s*)"
    return re.compile(
        rf"\b(?P<rank>{one_of(tuple(words.ordinals))})\w*{_GAP}\b{one_of(words.after)}\s+(?:\w{{1,4}}\s+)?"
        rf"(?P<names>{names}(?:{links}(?:\w{{1,4}}\s+)?{names})*)",
        re.IGNORECASE,
    )


@cache
def _largest(language: str) -> re.Pattern[str]:
    words = language_words()[language]
    return re.compile(
        rf"\b(?P<rank>{one_of(tuple(words.ordinals))})\w*[\s\-]{{0,2}}{one_of(words.largest)}\w*", re.IGNORECASE
    )


def _rank(words: str, known: Words) -> int:
    return known.ordinals.get(" ".join(words.casefold().split()), 0)


def _sentence(text: str, at: int) -> tuple[int, int]:
    start = max(text.rfind("\n", 0, at), text.rfind(". ", 0, at)) + 1
    match = _SENTENCE.match(text, at)
    return start, match.end() if match else len(text)


def _matter(item: Item) -> tuple[object, ...]:
    return item.predicate, item.material, item.period


def _official_rank(evidence: Evidence, anchor: Item, before: list[str]) -> str:
    """What the statistics give for those that are named before it."""
    found = []
    for place in before:
        rows = evidence.official.get(("reserve", anchor.material, place))
        if rows and rows[-1][1].value is not None:
            found.append(f"{name_of(place)} {number(rows[-1][1].value)} {rows[-1][0].unit or ''}".rstrip())
    return f" The statistics list {', '.join(found)}." if found else ""

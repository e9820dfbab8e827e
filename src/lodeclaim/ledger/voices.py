"""Which documents are copies of one another: a copy is no second voice."""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterable, Mapping
from hashlib import blake2b

__all__ = ["group_voices", "sketch"]

#: Words in a row that make up a shingle, and how many smallest hashes stand for a text.
SHINGLE = 8
KEEP = 128
#: Share of common shingles from which a text is a copy of another.
COPY = 0.6

_WORD = re.compile(r"\w+")


def sketch(text: str) -> str:
    """Return the 128 smallest hashes over 8-word shingles of the text, as one string of hexadecimal numbers.

    Case, punctuation and white space do not count. The bottom-k sketch estimates the share of shingles two
    texts have in common (Broder 1997, "On the resemblance and containment of documents").
    """
    words = _WORD.findall(text.casefold())
    shingles = {" ".join(words[at : at + SHINGLE]) for at in range(max(1, len(words) - SHINGLE + 1))}
    hashes = (blake2b(shingle.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest() for shingle in shingles)
    return " ".join(heapq.nsmallest(KEEP, hashes))


def group_voices(sketches: Mapping[str, str]) -> dict[str, str]:
    """Return for each document id the id of its voice: the first (by id) of the documents it shares its text with."""
    parsed = {document: frozenset(text.split()) for document, text in sorted(sketches.items())}
    parent = {document: document for document in parsed}

    def root(document: str) -> str:
        while parent[document] != document:
            document = parent[document]
        return document

    holders: dict[str, list[str]] = {}
    for document, hashes in parsed.items():
        shared: dict[str, int] = {}
        for value in hashes:
            others = holders.setdefault(value, [])
            for other in others:
                shared[other] = shared.get(other, 0) + 1
            others.append(document)
        for other, count in shared.items():
            if 2 * count >= COPY * min(len(hashes), len(parsed[other])) and _alike(hashes, parsed[other]):
                first, second = sorted((root(document), root(other)))
                parent[second] = first
    return {document: root(document) for document in parsed}


def _alike(left: Iterable[str], right: Iterable[str]) -> bool:
    """Estimate the resemblance over the smallest hashes of the union."""
    first, second = set(left), set(right)
    union = heapq.nsmallest(min(KEEP, max(len(first), len(second))), first | second)
    return sum(value in first and value in second for value in union) >= COPY * len(union)

"""Which documents are copies of one another: a copy is no second voice."""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterable
from hashlib import blake2b

__all__ = ["SIEVE", "alike", "sketch"]

#: Words in a row that make up a shingle, and how many smallest hashes stand for a text.
SHINGLE = 8
KEEP = 128
#: How many of these find the texts to compare: two alike share none of them once in a million pairs or less.
SIEVE = 16
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


def alike(left: Iterable[str], right: Iterable[str]) -> bool:
    """Tell whether two sketches are of one text, by the resemblance over the smallest hashes of their union."""
    first, second = set(left), set(right)
    union = heapq.nsmallest(min(KEEP, max(len(first), len(second))), first | second)
    return sum(value in first and value in second for value in union) >= COPY * len(union)

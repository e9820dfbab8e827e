"""Content hashes: the same thing seen twice has the same id."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

__all__ = ["content_hash", "short_id"]


def content_hash(data: bytes) -> str:
    """Return the SHA-256 of the bytes as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def short_id(prefix: str, parts: Iterable[object], digits: int = 12) -> str:
    """Return ``prefix`` and the first ``digits`` hexadecimal digits of a hash over ``parts``.

    ``None`` and the empty string are told apart; the order of the parts matters.

    >>> short_id("c", ["a", None]) == short_id("c", ["a", None])
    True
    >>> short_id("c", ["a", None]) == short_id("c", ["a", ""])
    False
    """
    joined = "\x1f".join(["\x00" if part is None else str(part) for part in parts])
    return prefix + hashlib.sha256(joined.encode()).hexdigest()[:digits]

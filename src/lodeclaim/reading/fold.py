"""Folded text: lower case, punctuation as spaces, every offset kept."""

from __future__ import annotations

__all__ = ["fold"]

_KEEP = set("²³₂₃")


class _Spaces(dict[int, int | None]):
    """A translation table that is filled as characters are met: word characters stay, the rest become spaces."""

    def __missing__(self, code: int) -> int:
        char = chr(code)
        self[code] = code if char.isalnum() or char in _KEEP else 32
        return self[code] or 32


_TABLE = _Spaces()


def fold(text: str) -> str:
    """Return the text in lower case with every character that is no letter or digit as a space.

    The result has the same length, so that offsets are those of the text.

    >>> fold("US-Dollar, 5 %")
    'us dollar  5  '
    """
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
    return lower.translate(_TABLE)

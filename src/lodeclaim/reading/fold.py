"""Folded text: lower case, punctuation as spaces, every offset kept."""

from __future__ import annotations

from typing import Final

__all__ = ["fold", "lowered", "one_byte"]

_KEEP: Final = frozenset("²³₂₃")
_MOST_SIGNS: Final = 120
#: Signs of most texts that Latin-1 lacks: with spaces for them one table folds the whole text.
_TYPOGRAPHIC: Final = "\u2013\u2014\u2018\u2019\u201a\u201c\u201d\u201e\u2022\u2026\u202f\u20ac"
_LATIN: Final = "".join(
    char.lower() if char.isalnum() or char in _KEEP else " " for char in map(chr, range(256))
).encode("latin-1")


def fold(text: str) -> str:
    """Return the text in lower case with every character that is no letter or digit as a space.

    The result has the same length, so that offsets are those of the text.

    >>> fold("US-Dollar, 5 %")
    'us dollar  5  '
    """
    western = text
    if not text.isascii():
        for sign in _TYPOGRAPHIC:
            western = western.replace(sign, " ")
    data = one_byte(western)
    return _fold_any(text) if data is None else data.translate(_LATIN).decode("latin-1")


def one_byte(text: str) -> bytes | None:
    """Return the text with one byte for each character, or None where it has others than those of Latin-1."""
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        return None


def lowered(text: str) -> str:
    """Return the text in lower case, its length kept: a letter whose small form is longer stays."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join([c if len(c.lower()) != 1 else c.lower() for c in text])


def _fold_any(text: str) -> str:
    """Fold a text with letters of other scripts, or with signs that few texts have."""
    folded = lowered(text)
    signs = [sign for sign in set(folded) if not sign.isalnum() and sign not in _KEEP and sign != " "]
    if len(signs) > _MOST_SIGNS:
        return folded.translate(dict.fromkeys(map(ord, signs), 32))
    # most texts have few different signs: replacing each is three times as fast as a table
    for sign in signs:
        folded = folded.replace(sign, " ")
    return folded

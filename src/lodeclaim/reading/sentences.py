"""Sentences of a block: full stops of abbreviations, ordinals and company forms told apart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lodeclaim.reading.grammar import Grammar

__all__ = ["split_sentences"]

_LONGEST: Final = 2000
#: What a sentence may end in; looking for each is faster than looking for any of them.
_SIGNS: Final = ".!?…;:"


def split_sentences(text: str, start: int, end: int, grammar: Grammar) -> Iterator[tuple[int, int]]:
    """Yield start and end of each sentence of ``text[start:end]``.

    A full stop after an abbreviation, an ordinal ("1. Juli") or a company form ends no sentence. A semicolon glued
    to the next capital opens a new list item and does.
    """
    begin = start
    for stop, after in _ends(text, start, end, grammar):
        if after > stop and text[stop] == ".":
            left = text[max(begin, stop - 12) : stop]
            # most sentences end in a plain word, longer than any abbreviation
            word = left[-grammar.longest_abbreviation - 1 :]
            plain = len(word) > grammar.longest_abbreviation and word.isalpha() and word.islower()
            if not plain and grammar.abbreviation.search(left):
                continue
        yield from _cut(text, begin, after)
        begin = after
    if begin < end:
        yield from _cut(text, begin, end)


def _ends(text: str, start: int, end: int, grammar: Grammar) -> list[tuple[int, int]]:
    """Return where a sentence may end and where the next begins."""
    found: list[tuple[int, int]] = []
    for sign in _SIGNS:
        at = text.find(sign, start, end)
        while at >= 0:
            if (match := grammar.sentence_end.match(text, at, end)) is not None:
                found.append((at, match.end()))
            at = text.find(sign, at + 1, end)
    # broken text glues an article to the word before it: "undDer"
    found.extend(
        (match.start(), match.start())
        for match in grammar.article_start.finditer(text, start + 1, end)
        if text[match.start() - 1].islower()
    )
    found.sort()
    return found


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut what is far too long for a sentence at a space, so that no text takes more than linear time."""
    while end - start > _LONGEST:
        at = text.rfind(" ", start + _LONGEST // 2, start + _LONGEST)
        at = at + 1 if at > 0 else start + _LONGEST
        yield start, at
        start = at
    yield start, end

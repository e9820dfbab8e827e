"""Sentences of a block: full stops of abbreviations, ordinals and company forms told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lodeclaim.reading.grammar import Grammar

__all__ = ["split_sentences"]

_FORMULA = re.compile(r"\b[A-Z][a-z]?\d?[Oo]$")
_ORDINAL = re.compile(r"(?:^|[\s(])\d{1,2}$")
_COMPANY_FORM = re.compile(r"(?:Inc|Corp|Ltd|Co|AG|Plc)$")


def split_sentences(text: str, start: int, end: int, grammar: Grammar) -> Iterator[tuple[int, int]]:
    """Yield start and end of each sentence of ``text[start:end]``.

    A full stop after an abbreviation, an ordinal ("1. Juli") or a company form ends no sentence. A semicolon glued
    to the next capital opens a new list item and does.
    """
    begin = start
    for match in grammar.sentence_end.finditer(text, start, end):
        stop = match.start()
        if match.end() > stop and text[stop] == ".":
            left = text[max(begin, stop - 12) : stop]
            if (
                grammar.abbreviation.search(left)
                or _ORDINAL.search(left)
                or _COMPANY_FORM.search(left)
                or _FORMULA.search(left)
            ):
                continue
        yield begin, match.end()
        begin = match.end()
    if begin < end:
        yield begin, end

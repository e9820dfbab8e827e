"""Sentences of a block: full stops of abbreviations, ordinals and company forms told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["split_sentences"]

_END = re.compile(
    r"[.!?…][\"'”»“’)]*(?:\s+)(?=[\"'„“”«»(\[]*[A-ZÄÖÅÆØÉÈÀÁÍÓÚÑ\d¿¡])|[;:](?=[A-ZÄÖÅÆØ])"
    r"|(?<=[a-zäöüåæø])(?=(?:Der|Die|Das|The|Den|Det)\s)"
)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:\w|\w\.\w|Mr|Mrs|Dr|Prof|St|Nr|No|Abs|Art|ca|bzw|vgl|Mio|Mrd|Tsd|mill|mrd|milj|bl|ca|approx|"
    r"U\.S|e\.g|i\.e|z\.B|d\.h|f\.eks|t\.ex|bl\.a|inkl|ekskl|resp|Inc|Corp|Ltd|Co|Jan|Feb|Aug|Sept|Okt|Oct|Nov|Dez|"
    r"Dec|nr|kap|tsd|est|pst|pct|min|max|evtl|ggf|usw|etc|ff|Gov|Sen|Gen|Mt|vs)$"
)
_FORMULA = re.compile(r"\b[A-Z][a-z]?\d?[Oo]$")
_ORDINAL = re.compile(r"(?:^|[\s(])\d{1,2}$")
_COMPANY_FORM = re.compile(r"(?:Inc|Corp|Ltd|Co|AG|Plc)$")
_LOWER_AFTER = re.compile(r"\s+[\"'„“”«»(\[]*(?:\d|[A-ZÄÖÅÆØ])")


def split_sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield start and end of each sentence of ``text[start:end]``.

    A full stop after an abbreviation, an ordinal ("1. Juli") or a company form ends no sentence. A semicolon glued
    to the next capital opens a new list item and does.
    """
    begin = start
    for match in _END.finditer(text, start, end):
        stop = match.start()
        if match.end() > stop and text[stop] == ".":
            left = text[max(begin, stop - 12) : stop]
            if (
                _ABBREVIATION.search(left)
                or _ORDINAL.search(left)
                or _COMPANY_FORM.search(left)
                or _FORMULA.search(left)
            ):
                continue
        yield begin, match.end()
        begin = match.end()
    if begin < end:
        yield begin, end

"""Blocks of a document: headline and paragraphs, and which of them are furniture of the page."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from lodeclaim.reading.found import Hit, Hits
from lodeclaim.reading.model import Block

__all__ = ["split_blocks"]

_BREAKS: Final = "\n\r\x0b\x0c\x85\u2028\u2029"
_CRAWLER_DATE: Final = re.compile(r"\s*date \d{4}-\d\d-\d\d ")
_STAMP: Final = re.compile(
    r"\d{1,2}[.:]\d{2}(?::\d{2})?\s*(?:CES?T|UTC|GMT|Uhr|\|)|\d{1,2}\.\d{1,2}\.\d{4}\s+\d{1,2}:\d\d"
)
_OF_STAMPS: Final = (":", "|", "CET", "CEST", "UTC", "GMT", "Uhr")
_SHORT: Final = 90
_HEADLINE: Final = 180
_NEAR_START: Final = 20
_LITTLE_WORD: Final = 3
_MATERIAL: Final = {"material", "formula", "site"}
_TELLING: Final = (*sorted(_MATERIAL), "boilerplate", "metadata_line", "off_topic")


def split_blocks(text: str, hits: Hits) -> list[Block]:
    """Return the non-empty lines as blocks; a block that holds no claims says why in ``skip``.

    Left out are forms and feeds of the page (by the language's boilerplate phrases), everything after a headline
    that is repeated at the foot of the page, captions and lines of metadata, and blocks on other topics.
    """
    lines = _lines(text)
    crawler = _CRAWLER_DATE.match(text)
    first_line = text[lines[0][0] : lines[0][1]].strip() if lines else ""
    telling = hits.of(*_TELLING)
    starts = [hit.start for hit in telling]
    blocks: list[Block] = []
    foot: str | None = None
    body_seen = 0
    for start, end in lines:
        begin = crawler.end() if crawler and start < crawler.end() <= end else start
        line = text[begin:end].strip()
        inside = telling[bisect_left(starts, begin) : bisect_left(starts, end)]
        short = len(line) <= _HEADLINE and line[-1:] not in ".!?;:"
        if line == first_line and start != lines[0][0] and body_seen >= 3:
            foot = "after the headline that is repeated at the foot of the page"
        skip = foot or _furniture(text, line, begin, inside)
        blocks.append(Block(begin, end, "headline" if short else "body", skip))
        if not short:
            body_seen += 1
    return blocks


def _lines(text: str) -> list[tuple[int, int]]:
    """Start and end of every line that is not empty."""
    found: list[tuple[int, int]] = []
    start = 0
    for line in text.splitlines(keepends=True):
        told = line.rstrip(_BREAKS)
        if told and not told.isspace():
            found.append((start, start + len(told)))
        start += len(line)
    return found


def _furniture(text: str, line: str, start: int, hits: Sequence[Hit]) -> str | None:
    categories = {hit.category for hit in hits}
    has_material = bool(categories & _MATERIAL)
    phrases = [hit for hit in hits if hit.category == "boilerplate"]
    if phrases and (len(line) <= _SHORT * 3 or not has_material):
        return "furniture of the page"
    if len(line) <= _SHORT and any(
        hit.category == "metadata_line" and hit.start - start <= _NEAR_START and _leads_to_name(text, hit)
        for hit in hits
    ):
        return "caption or byline"
    # what a stamp always has somewhere spares most lines the search for one
    if len(line) <= _SHORT * 2 and any(sign in line for sign in _OF_STAMPS) and _STAMP.search(line):
        if not has_material:
            return "date line"
        if "|" in line:
            return "teaser of another article"
    if "off_topic" in categories and not has_material:
        return "another topic"
    return None


def _leads_to_name(text: str, hit: Hit) -> bool:
    """Tell whether a little word such as "by" stands before a name: "prices rose by 5 percent" is no byline."""
    return hit.end - hit.start > _LITTLE_WORD or text[hit.end : hit.end + 2].strip(" :")[:1].isupper()

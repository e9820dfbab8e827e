"""The passage a claim stands in, for display."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lodeclaim.claims.model import Claim
from lodeclaim.ledger.model import Passage

if TYPE_CHECKING:
    from lodeclaim.ledger.store import Ledger

__all__ = ["passage"]

#: Characters that a passage has at most, unless the quote alone is longer.
LENGTH = 600

_PARAGRAPH = re.compile(r"\r\n?|\n|\u2028|\u2029")
_SENTENCE = re.compile(r"[.!?…][\"'»”’)\]]*\s+|[。！？]\s*")


def passage(ledger: Ledger, claim: Claim, *, length: int = LENGTH) -> Passage:
    """Return the paragraph around the quote, bounded to ``length`` characters, or the row of the table.

    A longer paragraph is cut at the ends of sentences, and where these are too long between words.
    """
    source = ledger.source(claim.source)
    span = claim.span
    if span is None:
        return Passage(
            before="", quote=claim.quote, after="", start=None, end=None, locator=claim.locator, source=source
        )
    text = ledger.document(claim.source).text
    start, end = span
    breaks = [match.end() for match in _PARAGRAPH.finditer(text, max(0, start - 20_000), start)]
    first = breaks[-1] if breaks else max(0, start - 20_000)
    after = _PARAGRAPH.search(text, end)
    last = after.start() if after else len(text)
    left, right = _bounded(text, span, (first, last), length)
    return Passage(
        before=text[left:start],
        quote=text[start:end],
        after=text[end:right],
        start=start,
        end=end,
        locator=claim.locator,
        source=source,
        opens=left == first,
        closes=right == last,
    )


def _bounded(text: str, quote: tuple[int, int], paragraph: tuple[int, int], length: int) -> tuple[int, int]:
    """Shrink the paragraph to the length, giving each side of the quote its share."""
    (start, end), (first, last) = quote, paragraph
    room = max(0, length - (end - start))
    if last - first <= length:
        return first, last
    before, after = start - first, last - end
    share_before = min(before, max(room // 2, room - after))
    share_after = min(after, room - share_before)
    left, right = start - share_before, end + share_after
    if left > first:
        sentences = [match.end() for match in _SENTENCE.finditer(text, left, start)]
        space = re.compile(r"\s").search(text, left, start)
        left = sentences[0] if sentences else space.end() if space else left
    if right < last:
        sentences = [match.end() for match in _SENTENCE.finditer(text, end, right)]
        space_at = max(text.rfind(" ", end, right), text.rfind("\t", end, right))
        right = end + len(text[end : sentences[-1]].rstrip()) if sentences else space_at if space_at > end else right
    return left, right

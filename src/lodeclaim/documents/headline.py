"""What is the text's title, and who published it, where the text itself tells?"""

from __future__ import annotations

import re

__all__ = ["publisher_in", "title_in"]

_HEAD = 4000
_LONGEST = 200
#: No address or credit reaches further around the publisher's name.
_CREDIT = 110
_PREFIX = re.compile(r"[\ufeff\s]{0,20}date[:\s]\s{0,3}\d{4}-\d{2}-\d{2}(?!\d)[ \t]*", re.IGNORECASE)
_NAMED = re.compile(r"([A-ZÀ-Þ][\w&'’-]{1,24}): \S")
_SENTENCE_END = (".", "!", "…", ":", ";", ",", "。", '."', ".”", ".“", ".»", ".’")
_FINAL_WORD = re.compile(r"[^\W\d]\w*")


def title_in(text: str) -> str | None:
    """Return the headline at the start of ``text``, or None where it starts straight with a sentence.

    A headline is a line of at most 200 characters without a final full stop. The caption of a picture that
    repeats the headline after a label (``Picture: …``) gives way to the headline. After a date that a crawler
    put in front, the first line may be a summary; the headline then follows it.

    >>> title_in("Tungsten prices rise\\nThe price of tungsten rose on Monday.")
    'Tungsten prices rise'
    """
    head = text[:_HEAD].lstrip("\ufeff")
    prefix = _PREFIX.match(head)
    lines = [line.strip() for line in head[prefix.end() if prefix else 0 :].splitlines() if line.strip()]
    if len(lines) > 1 and (repeated := _repeated(lines[0], lines[1])):
        return repeated
    # The last line is not followed by a text that it could head, or was cut by the window.
    for line in lines[: 3 if prefix else 1][: len(lines) - 1]:
        if _is_headline(line):
            return line
    return None


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _repeated(first: str, second: str) -> str | None:
    """Return the headline where the second line repeats the first, with or without a label in front."""
    if len(second) > _LONGEST or len(first) > 2 * _LONGEST:
        return None
    wanted = _letters(second)
    if len(wanted) < 8:
        return None
    if _letters(first) == wanted:
        return max(first, second, key=lambda line: (line.count(" "), line.count(":")))
    _, colon, rest = first.partition(": ")
    return rest.strip() if colon and _letters(rest) == wanted else None


def _is_headline(line: str) -> bool:
    return len(line) <= _LONGEST and not line.endswith(_SENTENCE_END) and len(_FINAL_WORD.findall(line)) >= 2


def publisher_in(text: str, title: str | None) -> str | None:
    """Return the publisher that a title names in front (``Name: headline``), or None.

    The name must be one word and stand again in the text as a publisher's does: in a web or mail address or
    after a copyright sign. A country or material before the colon is no publisher.
    """
    match = _NAMED.match(title or "")
    if not match:
        return None
    name = match.group(1)
    windows = text if len(text) <= 40_000 else text[:20_000] + "\n" + text[-20_000:]
    token = re.escape(name)
    credited = re.compile(
        rf"(?:@|://|\bwww\.)(?:[\w-]{{1,30}}\.){{0,2}}{token}\.[a-z]{{2,12}}\b"
        rf"|(?:©|\(c\)|copyright)\s{{0,2}}(?:\d{{4}}\s)?(?:by )?{token}\b",
        re.IGNORECASE,
    )
    for match in re.finditer(token, windows, re.IGNORECASE):
        if credited.search(windows, max(0, match.start() - _CREDIT), match.end() + _CREDIT):
            return name
    return None

"""Where a quote stands in the text: to the letter, or in a view that evens out spaces and quotation marks."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Misplaced", "locate"]

_QUOTES = dict.fromkeys('"“”„‟«»″', '"') | dict.fromkeys("'‘’‚‛‹›′`´", "'")
_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")


@dataclass(frozen=True, slots=True)
class Misplaced:
    """Why a quote has no one place."""

    reason: str


def locate(text: str, start: int, end: int, quote: str) -> tuple[int, int] | Misplaced:
    """Return start and end of the only place of ``quote`` in ``text[start:end]``, in offsets of ``text``.

    First the letters as they are; where they do not occur, a view in which every run of spaces is one blank,
    quotation marks are straight and invisible characters are gone. Returns Misplaced for a quote that is empty,
    absent or there more than once.
    """
    wanted = quote.strip()
    if not wanted:
        return Misplaced("the quote is empty")
    places = _places(text[start:end], wanted)
    if len(places) == 1:
        return start + places[0], start + places[0] + len(wanted)
    if not places:
        view, offsets = _view(text, start, end)
        even = _view(wanted, 0, len(wanted))[0].strip()
        if not even:
            return Misplaced("the quote is empty")
        places = _places(view, even)
        if len(places) == 1:
            return offsets[places[0]], offsets[places[0] + len(even) - 1] + 1
    if not places:
        return Misplaced("the quote does not stand in the text")
    return Misplaced(f"the quote stands in the block {len(places)} times, so its place is not known")


def _places(text: str, wanted: str) -> list[int]:
    found: list[int] = []
    at = text.find(wanted)
    while at >= 0:
        if not (_cuts(text, at) or _cuts(text, at + len(wanted))):
            found.append(at)
        at = text.find(wanted, at + 1)
    return found


def _cuts(text: str, edge: int) -> bool:
    """Tell whether an edge runs through a number: "200 t" is no quote of "1200 t" nor of "1,200 t"."""
    if not 0 < edge < len(text):
        return False
    before, after = text[edge - 1], text[edge]
    if before.isdigit() and after.isdigit():
        return True
    if before in ".," and after.isdigit():
        return edge > 1 and text[edge - 2].isdigit()
    return before.isdigit() and after in ".," and edge + 1 < len(text) and text[edge + 1].isdigit()


def _view(text: str, start: int, end: int) -> tuple[str, list[int]]:
    """Return the evened text and, for each of its characters, where it stands in ``text``."""
    characters: list[str] = []
    offsets: list[int] = []
    for at in range(start, end):
        character = text[at]
        if character in _INVISIBLE:
            continue
        if character.isspace():
            if characters and characters[-1] == " ":
                continue
            character = " "
        characters.append(_QUOTES.get(character, character))
        offsets.append(at)
    return "".join(characters), offsets

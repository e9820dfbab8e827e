"""What a preposition makes of the name behind it: origin, destination, place, agent, owner, partner."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

__all__ = ["Prepositions"]

#: The last one or two words of a text that is read backwards: a search for its end would try every start.
_TAIL: Final = re.compile(r"[\s„“\"'’«(-]{1,3}([^\W\d_]+)(?:\W{1,3}([^\W\d_]+))?")
_STOPS: Final = frozenset("„“\"'’«(-")
#: The next one or two words; the stop of an abbreviated unit may stand before them: "90 pct. of output".
_HEAD: Final = re.compile(r"(?:\.(?=\s[^\W\d_A-ZÄÖÅÆØ]))?[\s,]{0,3}([^\W\d_]+)(?:\W([^\W\d_]+))?")
_REACH: Final = 32


class Prepositions:
    """The prepositions of a language with their roles, first the usual one."""

    def __init__(self, roles: Mapping[str, Iterable[str]], articles: Iterable[str]) -> None:
        table: dict[str, list[str]] = defaultdict(list)
        for role, words in roles.items():
            for word in words:
                table[str(word).strip("=*-").lower()].append(role)
        self._table = {word: tuple(found) for word, found in table.items()}
        self._articles = frozenset(article.lower() for article in articles)

    def before(self, text: str, position: int) -> tuple[str, ...]:
        """Return the roles of the preposition right before the position; an article may stand between."""
        sign = text[position - 1 : position] if position else ""
        if not (sign in _STOPS or sign.isspace()):
            return ()
        window = text[max(0, position - _REACH) : position]
        words = window[:-1].rsplit(" ", 2)
        if sign == " " and len(words) == 3 and words[1].isalpha() and words[2].isalpha():
            # two plain words and a space, as nearly always
            first, last = words[1].lower(), words[2].lower()
        elif (match := _TAIL.match(window[::-1])) is not None:
            first, last = (match.group(2) or "")[::-1].lower(), match.group(1)[::-1].lower()
        else:
            return ()
        found = self._table.get(f"{first} {last}") or self._table.get(last)
        if found is None and last in self._articles:
            found = self._table.get(first)
        return found or ()

    def opens(self, name: str) -> bool:
        """Tell whether the first word of a capitalised phrase is a preposition or an article."""
        first = name.partition(" ")[0].lower()
        return first in self._table or first in self._articles

    def is_article(self, word: str) -> bool:
        """Tell whether a word is an article."""
        return word.lower() in self._articles

    def at(self, text: str, position: int) -> tuple[str, ...]:
        """Return the roles of the preposition that follows the position."""
        match = _HEAD.match(text, position)
        if match is None:
            return ()
        first, second = match.group(1).lower(), (match.group(2) or "").lower()
        return self._table.get(f"{first} {second}") or self._table.get(first) or ()

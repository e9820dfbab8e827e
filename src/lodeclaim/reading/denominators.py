"""Denominators of several parts: "twenty-first", "vingt-et-unième", "tjugoförstedelar", "doscientosavos"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from lodeclaim.reading.number_grammar import Atom, first_state, grow

__all__ = ["Denominators"]


class Denominators:
    """Finds the denominators of a language that are put together from a cardinal and an ordinal or an ending.

    ``ordinals`` of the data are the units that stand behind tens, ``fraction_ends`` the endings behind a cardinal and
    what they multiply it with.
    """

    def __init__(self, data: Mapping[str, Any], trie: Callable[[Iterable[str]], str]) -> None:
        cardinals = {word: float(value) for word, value in data["words"].items() if " " not in word and value >= 1}
        self._tens = {word: value for word, value in cardinals.items() if 20 <= value < 100 and value % 10 == 0}
        self._ordinals: dict[str, float] = {word: float(value) for word, value in (data.get("ordinals") or {}).items()}
        self._ends: dict[str, float] = {word: float(value) for word, value in (data.get("fraction_ends") or {}).items()}
        self._pair: re.Pattern[str] | None = None
        if self._ordinals:
            joiners = [re.escape(word) for word in data.get("tens_joiners") or ()]
            joint = rf"[ \u00a0-](?:(?:{'|'.join(joiners)})[ \u00a0-])?" if joiners else r"[ \u00a0-]"
            self._pair = re.compile(
                rf"(?P<tens>{trie(self._tens)}){joint}{'?' if data.get('compounds') else ''}"
                rf"(?P<unit>{trie(self._ordinals)})(?!\w)"
            )
        self._compound: re.Pattern[str] | None = None
        if self._ends:
            scales = {word: Atom("scale", float(value)) for word, value in data["scales"].items()}
            self._parts = {**{word: Atom("value", value) for word, value in cardinals.items()}, **scales}
            self._part = re.compile(rf"[iy]?({trie(self._parts)})")
            self._compound = re.compile(
                rf"(?P<stem>(?:[iy]?{trie(self._parts)}){{1,5}}?)(?P<end>{trie(self._ends)})(?!\w)"
            )

    @property
    def patterns(self) -> list[str]:
        """Return patterns, without named groups, that match wherever a denominator starts."""
        known = [pattern.pattern for pattern in (self._pair, self._compound) if pattern]
        return [re.sub(r"\?P<\w+>", "?:", pattern) for pattern in known]

    def at(self, text: str, position: int) -> tuple[float, int] | None:
        """Return the denominator that starts at the position of the text in lower case, and where it ends."""
        if self._pair and (match := self._pair.match(text, position)):
            return self._tens[match["tens"]] + self._ordinals[match["unit"]], match.end()
        if self._compound and (match := self._compound.match(text, position)):
            value = self._cardinal(match["stem"])
            return (value * self._ends[match["end"]], match.end()) if value else None
        return None

    def _cardinal(self, stem: str) -> float | None:
        """Return the value of a cardinal written as one word: "doscientosmil"."""
        state = None
        for part in self._part.findall(stem):
            atom = self._parts[part]
            state = first_state(atom, frozenset()) if state is None else grow(state, "plain", atom, frozenset())
            if state is None:
                return None
        return state.value if state else None

"""Many words looked for in one pass over a folded text."""

from __future__ import annotations

from collections.abc import Sequence

from ahocorasick_rs import AhoCorasick, BytesAhoCorasick

from lodeclaim.reading.fold import one_byte

__all__ = ["Automaton"]

#: In no pattern.
_BREAK = "\n"


class Automaton:
    """Finds every place of every pattern, overlapping ones too."""

    def __init__(self, patterns: Sequence[str]) -> None:
        self._patterns = patterns
        # a pattern in other letters keeps its number and is never met: no folded text has a question mark
        self._narrow = BytesAhoCorasick(_BREAK.join(patterns).encode("latin-1", "replace").split(_BREAK.encode()))
        self._wide: AhoCorasick | None = None

    def matches(self, folded: str) -> list[tuple[int, int, int]]:
        """Return (number of the pattern, start, end) of all matches in order of their ends.

        ``folded`` is what ``fold`` gives, with spaces around it where patterns have them.
        """
        # one byte for each character, so that places need not be counted anew
        data = one_byte(folded)
        if data is not None:
            return list(self._narrow.find_matches_as_indexes(data, overlapping=True))
        if self._wide is None:
            self._wide = AhoCorasick(self._patterns)
        return list(self._wide.find_matches_as_indexes(folded, overlapping=True))

"""Many words looked for in one pass over a folded text."""

from __future__ import annotations

from collections.abc import Sequence

from ahocorasick_rs import AhoCorasick, BytesAhoCorasick

__all__ = ["Automaton"]


class Automaton:
    """Finds every place of every pattern, overlapping ones too."""

    def __init__(self, patterns: Sequence[str]) -> None:
        self._patterns = patterns
        self._narrow = BytesAhoCorasick([_narrow(pattern) for pattern in patterns])
        self._wide: AhoCorasick | None = None

    def matches(self, folded: str) -> list[tuple[int, int, int]]:
        """Return (number of the pattern, start, end) of all matches in order of their ends.

        ``folded`` is what ``fold`` gives, with spaces around it where patterns have them.
        """
        try:
            # one byte for each character, so that places need not be counted anew
            data = folded.encode("latin-1")
        except UnicodeEncodeError:
            if self._wide is None:
                self._wide = AhoCorasick(self._patterns)
            return list(self._wide.find_matches_as_indexes(folded, overlapping=True))
        return list(self._narrow.find_matches_as_indexes(data, overlapping=True))


def _narrow(pattern: str) -> bytes:
    try:
        return pattern.encode("latin-1")
    except UnicodeEncodeError:
        # keeps the pattern's number and is never met: no folded text has a control character
        return b"\0" + pattern.encode()

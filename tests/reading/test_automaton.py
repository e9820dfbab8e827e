from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lodeclaim.reading.automaton import Automaton

_LETTERS = st.text(alphabet="ab é", min_size=1, max_size=3)
_ANY_LETTERS = st.text(alphabet="ab éжĸ", min_size=1, max_size=3)


def _every_place(patterns: list[str], text: str) -> set[tuple[int, int, int]]:
    return {
        (number, start, start + len(pattern))
        for number, pattern in enumerate(patterns)
        for start in range(len(text))
        if text.startswith(pattern, start)
    }


@given(st.lists(_ANY_LETTERS, min_size=1, max_size=6, unique=True), st.text(alphabet="ab éжĸ", max_size=30))
def test_every_place_of_every_pattern_is_found_in_any_script(patterns: list[str], text: str) -> None:
    assert set(Automaton(patterns).matches(text)) == _every_place(patterns, text)


@given(st.lists(_LETTERS, min_size=1, max_size=6, unique=True), st.text(alphabet="ab é", max_size=30))
def test_places_are_counted_in_characters(patterns: list[str], text: str) -> None:
    found = Automaton([*patterns, "ж"]).matches(text)
    assert set(found) == _every_place(patterns, text)
    assert [end for _, _, end in found] == sorted(end for _, _, end in found)

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lodeclaim.reading.fold import fold, one_byte


def _plainly(text: str) -> str:
    """Character by character, as the words say it."""
    lower = [c.lower() if len(c.lower()) == 1 else c for c in text]
    return "".join(c if c.isalnum() or c in "²³₂₃" else " " for c in lower)


@given(st.text())
def test_any_text_is_folded_character_by_character(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(text) == fold(_plainly(text))


@given(st.text(alphabet=[chr(code) for code in range(256)] + list("–—‘’‚“”„•…€\u202fŠžœжİ")))
def test_the_table_folds_as_the_rule_says(text: str) -> None:
    assert fold(text) == _plainly(text)


def test_texts_of_latin_1_letters_are_told_from_others() -> None:
    assert one_byte(fold("5 % – für „Wolfram“")) is not None
    assert one_byte(fold("вольфрам")) is None

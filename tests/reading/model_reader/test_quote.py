"""A quote has one place in the block, to the letter or evened out, or it has none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodeclaim.reading.model_reader.quote import Misplaced, locate


def test_to_the_letter() -> None:
    text = "Before. China holds 83% of it. After."
    start, end = locate(text, 8, 30, "holds 83%")  # type: ignore[misc]
    assert text[start:end] == "holds 83%"


@pytest.mark.parametrize(
    ("text", "quote", "there"),
    [
        ("about 1\u00a0200 tonnes a year", "about 1 200 tonnes", "about 1\u00a0200 tonnes"),
        ("the “strategic”\n  project", 'the "strategic" project', "the “strategic”\n  project"),
        ("Chile’s lithium", "Chile's lithium", "Chile’s lithium"),
        ("lith\u00adium out\u00adput fell", "lithium output", "lith\u00adium out\u00adput"),
    ],
)
def test_spaces_and_quotation_marks_are_evened(text: str, quote: str, there: str) -> None:
    found = locate(text, 0, len(text), quote)
    assert isinstance(found, tuple)
    assert text[slice(*found)] == there


@pytest.mark.parametrize(
    ("text", "quote", "reason"),
    [
        ("27% from China, 27% from Chile", "27%", "2 times"),
        ("Output fell.", "Output rose.", "does not stand"),
        ("Output fell.", " \n", "empty"),
        ("Output fell.", "\u200b", "empty"),
        ("It mined 1200 t.", "200 t", "does not stand"),
        ("It mined 1,200 t.", "200 t", "does not stand"),
        ("It mined 1.5 t.", "It mined 1", "does not stand"),
        ("Output FELL.", "output fell", "does not stand"),
    ],
)
def test_a_quote_without_one_place(text: str, quote: str, reason: str) -> None:
    found = locate(text, 0, len(text), quote)
    assert isinstance(found, Misplaced)
    assert reason in found.reason


def test_a_quote_from_another_block_has_no_place_in_this_one() -> None:
    text = "First block.\nSecond block."
    assert isinstance(locate(text, 13, len(text), "First block"), Misplaced)


@given(st.text(alphabet="ab “\"’'\u00a0\n\t1.,", max_size=40), st.data())
def test_a_place_always_shows_the_quote(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = locate(text, 0, len(text), text[start:end])
    if isinstance(found, tuple):
        assert "".join(text[slice(*found)].split()) == "".join(text[start:end].split())

"""Titles and publishers are taken where the text shows them, and else left open."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodeclaim.documents.headline import publisher_in, title_in

SENTENCE = "The price of tungsten rose on Monday, traders said, as exports from the largest producer fell again."


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"Tungsten prices rise\n{SENTENCE}", "Tungsten prices rise"),
        (f"\ufeff\n  Tungsten prices rise \r\n\r\n{SENTENCE}", "Tungsten prices rise"),
        (f"{SENTENCE}\nA section: the market\n{SENTENCE}", None),
        (f"{SENTENCE}", None),
        ("Tungsten prices rise", None),
        ("", None),
        (f" date 2026-01-31 {SENTENCE}\nTungsten prices rise\n{SENTENCE}", "Tungsten prices rise"),
        (
            f"Photo: Boom lifts metals: prices rise\n\nBoom lifts metalsPrices rise\n{SENTENCE}",
            "Boom lifts metals: prices rise",
        ),
        (f"Tungsten prices rise\nTUNGSTEN PRICES RISE\n{SENTENCE}", "Tungsten prices rise"),
        ("word " * 60 + f"\n{SENTENCE}", None),
        ("x" * 5000, None),
        (f"a b\n{'y' * 5000}", "a b"),
    ],
)
def test_titles(text: str, title: str | None) -> None:
    assert title_in(text) == title


@pytest.mark.parametrize(
    ("text", "publisher"),
    [
        ("MetalPost: Prices rise\nAsk MetalPost at desk@metalpost.com.", "MetalPost"),
        ("MetalPost: Prices rise\n© 2025 MetalPost", "MetalPost"),
        ("MetalPost: Prices rise\nSee https://www.metalpost.example/news", "MetalPost"),
        ("Kazakhstan: A key partner\nKazakhstan holds copper.", None),
        ("Prices rise\nSee www.metalpost.com", None),
    ],
)
def test_publishers(text: str, publisher: str | None) -> None:
    assert publisher_in(text, text.splitlines()[0]) == publisher


@given(st.text(max_size=300))
def test_a_title_is_part_of_the_text(text: str) -> None:
    title = title_in(text)
    assert title is None or title in text
    assert publisher_in(text, title) is None or title is not None

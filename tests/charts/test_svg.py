from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from lodeclaim.charts.svg import document, link, node, number, text


@given(st.text(), st.text())
def test_any_text_gives_valid_xml(words: str, attribute: str) -> None:
    drawn = document(
        [text(words, 1, 2), link("#c-1", attribute, node("rect", x=1, y=2))],
        name="t", width=10, height=10, title=words, description=attribute, style="",
    )  # fmt: skip
    root = etree.fromstring(drawn.encode())
    assert root.get("role") == "group"


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")), min_size=1))
def test_text_survives_escaping(words: str) -> None:
    if any(ord(sign) in (0xFFFE, 0xFFFF) for sign in words):
        return
    found = etree.fromstring(str(node("text", words)).encode()).text
    assert found == words


def test_markup_in_text_stays_text() -> None:
    drawn = str(node("text", "<script>alert(1)</script>", title='"><script>'))
    assert "<script" not in drawn


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "/etc/passwd", "", None])
def test_only_fragments_and_web_addresses_become_links(address: str | None) -> None:
    assert link(address, "x").tag == "g"


@pytest.mark.parametrize("address", ["#c-1", "https://example.org", "HTTP://example.org"])
def test_safe_addresses_become_links(address: str) -> None:
    assert link(address, "x").tag == "a"


@pytest.mark.parametrize("tag", ["a b", "<a", "1a", ""])
def test_a_tag_must_be_a_name(tag: str) -> None:
    with pytest.raises(ValueError, match="not an element name"):
        node(tag)


@given(st.floats(min_value=-1e6, max_value=1e6))
def test_numbers_stay_within_half_a_hundredth(value: float) -> None:
    assert abs(float(number(value)) - value) <= 0.00501
    assert "e" not in number(value)
    assert number(value) != "-0"

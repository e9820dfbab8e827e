"""HTML pages give their main text and what they state about themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from lodeclaim.core.errors import DocumentUnreadable
from lodeclaim.documents.encoding import Decoded
from lodeclaim.documents.html import read_html
from lodeclaim.documents.load import load_document
from lodeclaim.documents.model import Text

PARAGRAPHS = [
    "The country holds large reserves of tungsten, and a mine in the north opens within three years, said the firm.",
    "The deposit holds 0.8 million tonnes of ore with a grade of 0.2 percent, according to the ministry of industry.",
    "Prices have risen by 40 percent since the spring because exports from the largest producer have been restricted.",
]
PAGE = f"""<!DOCTYPE html><html lang="no-NO"><head><meta charset="utf-8"><title>New mine | Metal Post</title>
<meta property="og:site_name" content="Metal Post"><meta property="article:published_time"
content="2025-06-27T08:00:00Z"><script>var tracking = "12 million tonnes of cookies";</script></head><body>
<nav><a href="/">Home</a> <a href="/jobs">Jobs at our firm</a></nav><main><article><h1>New tungsten mine</h1>
{"".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)}</article></main>
<footer>Subscribe to our newsletter. All rights reserved.</footer></body></html>"""


def _read(page: str) -> Text:
    return read_html(Decoded(page, "utf-8"), where="page")


def test_main_text_without_furniture() -> None:
    got = _read(PAGE)
    lines = got.text.splitlines()
    assert lines[0] == "New tungsten mine"
    assert lines[1:] == PARAGRAPHS
    assert (got.title, got.publisher, got.language) == ("New tungsten mine", "Metal Post", "nb")
    assert got.published == "2025-06-27T08:00:00Z"


def test_a_page_as_document(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text(PAGE, "utf-8")
    document = load_document(str(path))
    assert document.media_type == "text/html"
    assert (document.published, document.published_basis) == ("2025-06-27", "page metadata")
    # The words speak against what the page states.
    assert document.language == "en"


def test_a_headline_outside_the_main_text_is_put_in_front() -> None:
    page = PAGE.replace("<h1>New tungsten mine</h1>", "").replace("<nav>", "<h1>A very new mine</h1><nav>")
    got = _read(page)
    assert got.text.startswith("A very new mine\n")
    assert got.text.count("A very new mine") == 1


def test_linked_data_states_date_and_publisher() -> None:
    data = '{"@graph": [{"@type": "NewsArticle", "datePublished": "2025-05-04", "publisher": {"name": "Ore News"}}]}'
    page = PAGE.replace("article:published_time", "x").replace("og:site_name", "y")
    got = _read(page.replace("<nav>", f'<script type="application/ld+json">{data}</script><nav>'))
    assert (got.published, got.publisher) == ("2025-05-04", "Ore News")
    broken = _read(page.replace("<nav>", '<script type="application/ld+json">{"a":</script><nav>'))
    assert broken.published is None


def test_a_time_element_states_the_date() -> None:
    page = PAGE.replace("article:published_time", "x")
    assert _read(page.replace("<h1>", '<time datetime="2025-03-02">2 March</time><h1>')).published == "2025-03-02"


def test_a_short_page_gives_all_its_text() -> None:
    got = _read("<html><body><ul><li>Tungsten: 5 t<li>Lithium: 7 t</ul></body></html>")
    assert [line.lstrip("- ") for line in got.text.splitlines()] == ["Tungsten: 5 t", "Lithium: 7 t"]


def test_where_no_main_text_is_found_all_text_is_taken() -> None:
    got = _read("<html><body><nav>Menu</nav>" + "<div>" * 3000 + "Wolfram<table><tr><td>5<td>t</table>")
    assert got.text == "Wolfram\n5 t"
    assert "could not be told" in got.notes[0]


@pytest.mark.parametrize(
    "page",
    [
        "<html></html>",
        "<!doctype html><html><body><script>var a = 1;</script></body></html>",
        "<!doctype html>",
        "<!-- -->",
    ],
)
def test_pages_without_text(page: str) -> None:
    with pytest.raises(DocumentUnreadable, match="page: is an HTML page without text"):
        _read(page)


def test_deep_nesting_and_odd_characters_are_survived() -> None:
    assert "Wolfram" in _read("<html><body>" + "<div>" * 3000 + "Wolfram" + "</div>" * 3000).text
    assert "Wolfram" in _read("<html><body><p>Wolfram\x00\x08 \ufffe</p>").text
    assert "Wolfram" in _read('<?xml version="1.0" encoding="utf-16"?><html><body><p>Wolfram</p></body></html>').text


def test_the_declared_charset_is_used(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    text = "Добыча вольфрама выросла на десять процентов, сообщило министерство промышленности страны."
    path.write_bytes(
        f'<html><head><meta charset="windows-1251"></head><body><p>{text}</p></body></html>'.encode("cp1251")
    )
    document = load_document(str(path))
    assert text in document.text
    assert (document.encoding, document.language) == ("cp1251", "ru")

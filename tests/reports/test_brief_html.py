from __future__ import annotations

import itertools
import re

import pytest
from lxml import etree, html

from lodeclaim.reports.html import render_fragment, render_html
from lodeclaim.reports.model import Brief

VOID = "area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr"


@pytest.fixture(scope="module")
def text(brief: Brief) -> str:
    return render_html(brief)


@pytest.fixture(scope="module")
def page(text: str) -> html.HtmlElement:
    return html.document_fromstring(text)


def hrefs(page: html.HtmlElement) -> list[str]:
    return [element.get("href") for element in page.iter() if element.get("href")]


def test_is_well_formed(text: str) -> None:
    closed = re.sub(rf"<({VOID})\b([^>]*?)/?>", r"<\1\2/>", text.replace("<!DOCTYPE html>", ""))
    assert etree.fromstring(closed.encode()).tag == "html"


def test_begins_with_its_doctype(text: str) -> None:
    assert text.lstrip().startswith("<!DOCTYPE html>")


def test_ids_are_unique(page: html.HtmlElement) -> None:
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    assert len(ids) == len(set(ids))


def test_every_inner_link_has_its_anchor(page: html.HtmlElement) -> None:
    ids = {element.get("id") for element in page.iter() if element.get("id")}
    dangling = {href for href in hrefs(page) if href.startswith("#") and href[1:] not in ids}
    assert not dangling


def test_every_anchor_is_used(page: html.HtmlElement) -> None:
    used = {href[1:] for href in hrefs(page) if href.startswith("#")}
    anchors = {element.get("id") for element in page.iter() if re.match(r"(c|u|s|src)-", element.get("id") or "")}
    assert anchors - used == set()


def test_nothing_is_loaded_and_only_sources_are_linked(page: html.HtmlElement, brief: Brief, text: str) -> None:
    outside = {href for href in hrefs(page) if not href.startswith("#")}
    assert outside == {one.address for one in brief.sources if one.address and one.address.startswith("http")}
    assert not [element for element in page.iter() if element.get("src") or element.get("srcset")]
    assert not list(page.iter("script", "link", "iframe", "object", "embed", "img", "form", "base"))
    assert not re.search(r"@import|url\(", text)
    assert not [name for element in page.iter() for name in element.attrib if name.startswith("on")]


def test_each_number_of_a_table_links_to_a_claim(page: html.HtmlElement) -> None:
    cells = [
        cell for cell in page.xpath("//tbody//td[contains(@class, 'num')]") if re.search(r"\d", cell.text_content())
    ]
    assert len(cells) > 60
    unlinked = [cell.text_content() for cell in cells if not cell.xpath(".//a[starts-with(@href, '#c-')]")]
    assert not unlinked


def test_each_bar_of_a_drawing_links_to_a_claim(page: html.HtmlElement) -> None:
    marks = page.xpath("//*[local-name()='svg']//*[contains(@class, 'lc-mark')]")
    assert len(marks) > 20
    assert all((mark.get("href") or "").startswith("#c-") for mark in marks)


def test_hostile_words_stay_words(page: html.HtmlElement, text: str) -> None:
    assert "<script" not in text
    assert "<b>Mine" not in text
    assert "<i>Test" not in text
    words = page.text_content()
    assert '<script>alert(1)</script> & "quotes" stand in this sentence' in words
    assert "<b>Mine</b> & Sons" in words


def test_a_claim_shows_passage_language_source_date_reader_and_reasons(page: html.HtmlElement, brief: Brief) -> None:
    entry = next(one for one in brief.claims if one.predicate == "reserve" and one.language == "en")
    shown = page.get_element_by_id(f"c-{entry.id}")
    quote = shown.xpath(".//blockquote")[0]
    assert quote.get("lang") == "en"
    assert [mark.text_content() for mark in quote.iter("mark")] == ["1.2 million tonnes"]
    assert "The deposit Upper Qairaqty holds" in quote.text_content()
    words = " ".join(shown.text_content().split())
    for part in ("Gazette", "25 Feb 2026", entry.locator, "confidence 0.90", "read by rules", "Upper Qairaqty"):
        assert part in words
    assert shown.xpath(".//a[starts-with(@href, '#u-')]")


def test_a_german_quote_is_marked_as_german(page: html.HtmlElement) -> None:
    quotes = page.xpath("//blockquote[@lang='de']")
    assert any("8 Millionen Tonnen" in quote.text_content() for quote in quotes)


def test_headings_go_down_step_by_step(page: html.HtmlElement) -> None:
    levels = [int(element.tag[1]) for element in page.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_tables_have_captions_and_scopes(page: html.HtmlElement) -> None:
    tables = list(page.iter("table"))
    assert tables
    for table in tables:
        assert table.find("caption") is not None
        assert all(cell.get("scope") in ("row", "col") for cell in table.iter("th"))


def test_keyboard_print_phone_and_dark_are_provided_for(page: html.HtmlElement, text: str) -> None:
    assert page.xpath("//a[@class='skip'][starts-with(@href, '#')]")
    for rule in ("prefers-color-scheme:dark", "@media print", "max-width:40rem", ":focus-visible", ":target"):
        assert rule in text
    assert page.get("lang") == "en"
    assert page.xpath("//meta[@name='viewport']")


def test_production_of_two_years_with_change_stands_on_the_page(page: html.HtmlElement) -> None:
    rows = page.xpath("//section[@id='s-extraction']//tr[th[starts-with(normalize-space(.), 'Kazakhstan')]]")
    words = " ".join(rows[0].text_content().split())
    assert re.search(r"0 t.*2,400 t e.*\+2,400 t", words)
    assert "high set by 4,800 t" in words


def test_the_same_brief_gives_the_same_page(brief: Brief, text: str) -> None:
    assert render_html(brief) == text


def test_a_brief_without_documents_says_so(bare: Brief) -> None:
    words = html.document_fromstring(render_html(bare)).text_content()
    assert "no document in this ledger speaks of a deal" in words
    assert "No source found" in words


def test_the_notebook_view_is_a_frame_of_its_own(brief: Brief) -> None:
    fragment = html.fragment_fromstring(render_fragment(brief))
    assert fragment.tag == "iframe"
    assert "allow-scripts" not in fragment.get("sandbox")
    assert html.document_fromstring(fragment.get("srcdoc")).find(".//h1").text == "Tungsten"
    assert brief._repr_html_() == render_fragment(brief)

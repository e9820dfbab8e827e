"""What does an HTML page say, without its menus and teasers, and what does it state about itself?"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from lodeclaim.core.errors import DocumentUnreadable
from lodeclaim.documents.encoding import Decoded
from lodeclaim.documents.model import Text

__all__ = ["read_html"]

_DATE_NAMES = (
    "article:published_time", "og:article:published_time", "datepublished", "date", "dc.date", "dcterms.date",
    "dc.date.issued", "dcterms.issued", "dcterms.created", "pubdate", "publishdate", "publish-date",
    "publication_date", "citation_publication_date", "sailthru.date", "parsely-pub-date",
    "cxenseparse:recs:publishtime",
)  # fmt: skip
_SITE_NAMES = (
    "og:site_name",
    "application-name",
    "citation_publisher",
    "dc.publisher",
    "dcterms.publisher",
    "publisher",
)
_TITLE_NAMES = ("og:title", "twitter:title", "citation_title", "dc.title")
#: Elements that hold no running text, for the plain reading.
_SILENT = (
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "head",
    "nav",
    "footer",
    "form",
    "iframe",
    "button",
    "aside",
)
_BREAKING = frozenset({
    "p", "div", "br", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "table", "section", "article",
    "header", "main", "blockquote", "pre", "dt", "dd", "figcaption",
})  # fmt: skip


def read_html(decoded: Decoded, *, where: str) -> Text:
    """Return the main text of a page, one paragraph a line, with the title, date and publisher it states.

    Where the main text cannot be told from the rest, all text outside menus, forms and footers is taken and
    a note says so. The headline is put in front when the main text lacks it, so that it can be read and
    quoted. Raises DocumentUnreadable for a page without text.
    """
    from lxml import etree
    from lxml import html as lxml_html

    notes = list(decoded.notes)
    # Encoded anew, for lxml refuses text that carries an encoding declaration of its own.
    page = _storable(decoded.text)
    data = page.encode("utf-8")
    parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        tree = lxml_html.document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise _without_text(where) from None
    metas = _metas(tree)
    linked = list(_linked_data(tree))
    headline = _headline(tree, metas)
    published = _first(metas, _DATE_NAMES) or _from_linked(linked, "datePublished") or _time_element(tree)
    # Beyond a depth of about 2,000 elements the tree silently ends; such pages are read without it.
    cut = any("depth" in entry.message for entry in parser.error_log)
    text = "" if cut else _main_text(tree)
    if not text:
        text = _plain_text(page)
        notes.append("the main text could not be told from the rest; all text of the page is taken")
    if not text:
        raise _without_text(where)
    if headline and _letters(headline) not in _letters(text[:2000]):
        text = f"{headline}\n{text}"
        notes.append("the headline is put in front of the main text")
    return Text(
        text=text,
        media_type="text/html",
        encoding=decoded.encoding,
        title=headline,
        publisher=_first(metas, _SITE_NAMES) or _publisher_linked(linked),
        published=published,
        language=_language(tree, metas),
        notes=tuple(notes),
    )


def _storable(text: str) -> str:
    """Return the text without characters that an XML tree cannot hold."""
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", " ", text)


def _main_text(tree: Any) -> str:
    import trafilatura

    # trafilatura reports pages it cannot use through logging; our own message says it.
    logger = logging.getLogger("trafilatura")
    before = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        found = trafilatura.extract(tree, include_comments=False, include_tables=True, output_format="txt")
    finally:
        logger.setLevel(before)
    lines = (" ".join(line.split()) for line in (found or "").splitlines())
    return "\n".join(line for line in lines if line)


class _PlainText(HTMLParser):
    """Collects the text outside silent elements; unlike a tree it has no limit of depth."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self.silent.append(tag)
        elif tag in _BREAKING:
            self.parts.append("\n")
        elif tag in ("td", "th"):
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.silent:
            # Whatever was left open inside it ends with it.
            del self.silent[self.silent.index(tag) :]
        elif tag in _BREAKING:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.parts.append(data)


def _plain_text(page: str) -> str:
    """Return all text of the page outside menus, forms and footers, a block a line."""
    reader = _PlainText()
    reader.feed(page)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.parts).splitlines())
    return "\n".join(line for line in lines if line)


def _metas(tree: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        content = " ".join((element.get("content") or "").split())
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def _first(metas: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((metas[name] for name in names if name in metas), None)


def _linked_data(tree: Any) -> Iterator[dict[str, Any]]:
    """Yield the objects of JSON-LD scripts, at the top and in ``@graph``."""
    for element in tree.iter("script"):
        if (element.get("type") or "").lower() != "application/ld+json":
            continue
        try:
            data = json.loads(element.text or "")
        except (ValueError, RecursionError):
            continue
        for item in data if isinstance(data, list) else [data]:
            if isinstance(item, dict):
                yield item
                graph = item.get("@graph")
                yield from (node for node in graph if isinstance(node, dict)) if isinstance(graph, list) else ()


def _from_linked(items: list[dict[str, Any]], key: str) -> str | None:
    return next((item[key] for item in items if isinstance(item.get(key), str) and item[key].strip()), None)


def _publisher_linked(items: list[dict[str, Any]]) -> str | None:
    publishers = (item.get("publisher") for item in items)
    return _from_linked([publisher for publisher in publishers if isinstance(publisher, dict)], "name")


def _time_element(tree: Any) -> str | None:
    """Return the date of a ``<time>`` marked as publication, or of the page's only one."""
    times = [element for element in tree.iter("time") if element.get("datetime")]
    for element in times:
        if element.get("pubdate") is not None or (element.get("itemprop") or "").lower() == "datepublished":
            return str(element.get("datetime"))
    return str(times[0].get("datetime")) if len(times) == 1 else None


def _headline(tree: Any, metas: dict[str, str]) -> str | None:
    """Return the page's headline: its only h1, else what its metadata says, else its title element."""
    headings = [" ".join(element.text_content().split()) for element in tree.iter("h1")]
    headings = [heading for heading in headings if heading]
    if len(headings) == 1 and len(headings[0]) <= 300:
        return headings[0]
    if named := _first(metas, _TITLE_NAMES):
        return named
    for element in tree.iter("title"):
        if title := " ".join(element.text_content().split()):
            return title
    return None


def _language(tree: Any, metas: dict[str, str]) -> str | None:
    root = tree.getroottree().getroot()
    stated = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or metas.get("content-language")
    match = re.match(r"\s*([A-Za-z]{2,3})(?![A-Za-z])", stated or "")
    code = match.group(1).lower() if match else None
    return "nb" if code == "no" else code


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _without_text(where: str) -> DocumentUnreadable:
    return DocumentUnreadable(
        "is an HTML page without text",
        where=where,
        remedy="Pages that build their text with scripts must be saved from a browser, or printed to PDF",
    )

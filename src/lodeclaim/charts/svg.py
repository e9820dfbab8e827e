"""SVG elements as plain objects, written out escaped and always in the same way."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape

__all__ = ["Node", "clean", "document", "link", "node", "number", "text"]

#: XML 1.0 forbids these even when escaped.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TAG = re.compile(r"[a-zA-Z][a-zA-Z0-9:-]*$")
_SAFE_LINK = re.compile(r"(#|https?://)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Node:
    """An element with its attributes and children; a child that is a string is text."""

    tag: str
    attributes: tuple[tuple[str, str], ...] = ()
    children: tuple[Node | str, ...] = field(default=())

    def __str__(self) -> str:
        written = "".join(f' {name}="{escape(clean(value))}"' for name, value in self.attributes)
        if not self.children:
            return f"<{self.tag}{written}/>"
        inner = "".join(
            str(child) if isinstance(child, Node) else escape(clean(child), quote=False) for child in self.children
        )
        return f"<{self.tag}{written}>{inner}</{self.tag}>"


def clean(value: str) -> str:
    """Return the text with what XML forbids, control characters and lone surrogates, replaced."""
    return _FORBIDDEN.sub("\ufffd", value)


def number(value: float) -> str:
    """Return a coordinate with at most two decimals and no needless zeros.

    >>> number(12.0), number(1.256), number(-0.001)
    ('12', '1.26', '0')
    """
    short = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if short in ("-0", "") else short


def node(tag: str, *children: Node | str | None, **attributes: object) -> Node:
    """Return an element; ``stroke_width`` becomes ``stroke-width``, ``class_`` ``class``, None is left out.

    Raises ValueError for a tag that is no name.

    >>> str(node("text", "a < b", x=3.0, class_="label"))
    '<text x="3" class="label">a &lt; b</text>'
    """
    if not _TAG.match(tag):
        raise ValueError(f"not an element name: {tag!r}")
    pairs = []
    for name, value in attributes.items():
        if value is None:
            continue
        written = number(float(value)) if isinstance(value, (int, float)) else str(value)
        pairs.append((name.rstrip("_").replace("_", "-"), written))
    return Node(tag, tuple(pairs), tuple(child for child in children if child is not None))


def text(words: str, x: float, y: float, *, anchor: str | None = None, style: str = "lc-label") -> Node:
    """Return one line of text with its baseline at ``y``; ``anchor`` is start, middle or end."""
    return node("text", words, x=x, y=y, class_=style, text_anchor=anchor)


def link(href: str | None, title: str, *children: Node | None) -> Node:
    """Return the children as a link with a tooltip, or as a plain group where there is no safe address.

    Only fragments and http(s) addresses become links.
    """
    if href and _SAFE_LINK.match(href):
        return node("a", node("title", title), *children, href=href, class_="lc-mark")
    return node("g", node("title", title), *children, class_="lc-mark")


def document(
    children: Iterable[Node], *, name: str, width: float, height: float, title: str, description: str, style: str
) -> str:
    """Return a whole SVG of ``width`` by ``height`` user units that scales to its container.

    ``name`` makes its ids unique on a page. The role is ``group``, since a drawing may hold links.
    """
    return str(
        node(
            "svg",
            node("title", title, id=f"{name}-title"),
            node("desc", description, id=f"{name}-desc"),
            node("style", style),
            *children,
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {number(width)} {number(height)}",
            width=width,
            height=height,
            class_="lc-chart",
            role="group",
            aria_labelledby=f"{name}-title {name}-desc",
        )
    )

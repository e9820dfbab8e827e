"""One whole cut in two ways: by where it lies and by who controls it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lodeclaim.charts.measure import width_of, wrap
from lodeclaim.charts.palette import style, variable
from lodeclaim.charts.svg import Node, document, link, node, text

__all__ = ["Part", "Row", "stacked_rows"]

_SIZE, _SMALL, _LINE = 14.0, 12.5, 17.0
_BAR = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A share of the whole in percent; ``key`` is the country that gives the colour, None the rest."""

    label: str
    short: str
    key: str | None
    share: float
    href: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One way to cut the whole, such as ``by territory``; its parts need not reach 100 percent."""

    label: str
    parts: tuple[Part, ...]


def stacked_rows(rows: Sequence[Row], *, name: str, title: str, description: str, width: int = 720) -> str:
    """Return an SVG with one bar of 100 percent a row, and below it a key that names every part with its share.

    What the parts leave open up to 100 percent stays empty and is named in the key. A part is labelled inside the
    bar only where its words fit whole.
    """
    body: list[Node] = []
    y = 0.0
    for row in rows:
        body.append(text(row.label, 0, y + 14, style="lc-label"))
        y += 22
        body.append(node("rect", x=0.5, y=y + 0.5, width=width - 1, height=_BAR - 1, class_="lc-open"))
        total = sum(part.share for part in row.parts)
        scale = width / max(total, 100.0)
        x = 0.0
        for part in row.parts:
            wide = part.share * scale
            body.append(_segment(part, x, y, wide))
            x += wide
        y += _BAR + 6
        y = _legend(row, total, body, y, width)
        y += 12
    keys = [part.key for row in rows for part in row.parts]
    sheet = style(keys) + ".lc-open{fill:none;stroke:var(--lc-rule);stroke-dasharray:3 3}.lc-inside{font-weight:600}"
    return document(body, name=name, width=width, height=y, title=title, description=description, style=sheet)


def _percent(share: float) -> str:
    return "< 0.1 %" if 0 < share < 0.05 else f"{share:.1f} %" if share < 10 else f"{share:.0f} %"


def _segment(part: Part, x: float, y: float, wide: float) -> Node:
    colour = variable(part.key)
    pieces: list[Node | None] = [
        node(
            "rect",
            x=x,
            y=y,
            width=wide,
            height=_BAR,
            style=f"fill:var({colour});stroke:var(--lc-surface);stroke-width:1.5",
        ),
    ]
    for words in (f"{part.label} {_percent(part.share)}", f"{part.short} {_percent(part.share)}", part.short):
        if width_of(words, _SIZE) * 1.06 + 10 <= wide:
            pieces.append(
                node("text", words, x=x + 7, y=y + _BAR / 2 + 5, class_="lc-inside", style=f"fill:var({colour}-ink)")
            )
            break
    pieces.append(node("rect", x=x, y=y, width=wide, height=_BAR, class_="lc-hit"))
    return link(part.href, f"{part.label}: {_percent(part.share)}", *pieces)


def _legend(row: Row, total: float, body: list[Node], y: float, width: float) -> float:
    entries = [(part, f"{part.label} {_percent(part.share)}") for part in row.parts]
    items: list[tuple[Part | None, str]] = [*entries]
    if 100 - total > 0.5:
        items.append((None, f"not attributed {_percent(100 - total)}"))
    x = 0.0
    for part, words in items:
        lines = wrap(words, _SMALL, width - 16)
        wide = 16 + max(width_of(line, _SMALL) for line in lines) + 14
        if x and x + wide - 14 > width:
            x, y = 0.0, y + _LINE + 1
        fill = f"fill:var({variable(part.key)})" if part else "fill:none;stroke:var(--lc-rule);stroke-dasharray:2 2"
        body.append(node("rect", x=x + 0.5, y=y + 3, width=10, height=10, style=fill))
        for n, line in enumerate(lines):
            body.append(text(line, x + 16, y + 12 + n * _LINE, style="lc-soft"))
        y += (len(lines) - 1) * _LINE
        x += wide
    return y + _LINE + 4

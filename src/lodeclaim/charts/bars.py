"""Shares as horizontal bars with the interval that the claims allow."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lodeclaim.charts.measure import ticks, width_of, wrap
from lodeclaim.charts.palette import style, variable
from lodeclaim.charts.svg import Node, document, link, node, text

__all__ = ["ShareBar", "share_bars"]

_SIZE, _SMALL = 14.0, 12.5
_BAR, _LINE = 16.0, 17.0
#: A whisker shorter than this would be a blot; its interval stands in the words.
_SHORTEST = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareBar:
    """One bar: ``share``, ``low`` and ``high`` in percent, ``said`` the words at its right end.

    ``key`` is the country that gives the colour (None: the rest), ``href`` opens the claims behind it.
    A ``share`` of None is drawn as words alone: unknown is not zero.
    """

    label: str
    key: str | None
    share: float | None
    low: float | None = None
    high: float | None = None
    said: str
    href: str | None = None


def share_bars(bars: Sequence[ShareBar], *, name: str, title: str, description: str, width: int = 720) -> str:
    """Return an SVG with a bar for each record in the order given, longest scale 100 percent.

    Below 480 units of width the labels stand above their bars.
    """
    narrow = width < 480
    value_column = max((width_of(bar.said, _SIZE) for bar in bars), default=0) + 10
    label_limit = width - 20 if narrow else width * 0.34
    label_column = (
        0.0 if narrow else min(max((width_of(bar.label, _SIZE) for bar in bars), default=0), label_limit) + 12
    )
    top = max([bar.high or 0 for bar in bars] + [bar.share or 0 for bar in bars], default=0)
    scale_top = min(100.0, ticks(0, max(top, 1.0), 4)[-1])
    left = label_column
    room = width - left - (8 if narrow else value_column) - 2

    def at(share: float) -> float:
        return left + room * min(max(share, 0.0), scale_top) / scale_top

    marks: list[Node] = []
    y = 4.0
    for bar in bars:
        lines = wrap(bar.label, _SIZE, width - value_column - 4 if narrow else label_column - 11)
        height = (len(lines) * _LINE + _BAR + 12) if narrow else max(len(lines) * _LINE, _BAR) + 8
        parts: list[Node | None] = [node("rect", x=0, y=y, width=width, height=height, class_="lc-hit")]
        if narrow:
            parts += [text(line, 0, y + 14 + n * _LINE) for n, line in enumerate(lines)]
            bar_y = y + len(lines) * _LINE + 3
            value_y = y + 14
        else:
            first = y + height / 2 - (len(lines) - 1) * _LINE / 2 + 5
            parts += [text(line, label_column - 12, first + n * _LINE, anchor="end") for n, line in enumerate(lines)]
            bar_y = y + (height - _BAR) / 2
            value_y = y + height / 2 + 5
        parts.append(text(bar.said, width - 2, value_y, anchor="end", style="lc-value"))
        if bar.share is not None:
            fill = f"fill:var({variable(bar.key)})"
            parts.append(
                node("rect", x=left, y=bar_y, width=max(at(bar.share) - left, 1.0), height=_BAR, rx=1.5, style=fill)
            )
        middle = bar_y + _BAR / 2
        low, high = _whisker(bar)
        if low is not None and high is not None and at(high) - at(low) >= _SHORTEST:
            path = f"M{at(low):.2f} {middle - 5:.2f}v10m0 -5H{at(high):.2f}m0 -5v10"
            parts.append(node("path", d=path, class_="lc-halo"))
            parts.append(node("path", d=path, class_="lc-whisker"))
        marks.append(link(bar.href, f"{bar.label}: {bar.said}", *parts))
        y += height
    axis = _axis(at, scale_top, y, left)
    height = y + 24
    halo = ".lc-halo{stroke:var(--lc-surface);stroke-width:3.5;fill:none;stroke-opacity:.8}"
    sheet = style([bar.key for bar in bars]) + halo
    return document(
        [*axis, *marks], name=name, width=width, height=height, title=title, description=description, style=sheet
    )


def _whisker(bar: ShareBar) -> tuple[float | None, float | None]:
    if bar.low is None or bar.high is None or bar.high - bar.low < 0.05:
        return None, None
    return bar.low, bar.high


def _axis(at: Callable[[float], float], scale_top: float, bottom: float, left: float) -> list[Node]:
    parts: list[Node] = []
    for tick in ticks(0, scale_top, 4):
        x = at(tick)
        kind = "lc-axis" if tick == 0 else "lc-grid"
        parts.append(node("line", x1=x, x2=x, y1=2, y2=bottom, class_=kind))
        anchor = "start" if tick == 0 else "middle" if x < left + (at(scale_top) - left) * 0.98 else "end"
        parts.append(
            text(f"{tick:g} %" if tick == scale_top else f"{tick:g}", x, bottom + 16, anchor=anchor, style="lc-soft")
        )
    return parts

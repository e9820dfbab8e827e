"""A value against the line the law draws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lodeclaim.charts.measure import ticks, width_of, wrap
from lodeclaim.charts.palette import style
from lodeclaim.charts.svg import Node, document, link, node, text

__all__ = ["Gauge", "threshold_chart"]

_SIZE, _SMALL, _LINE, _BAR = 14.0, 12.5, 17.0, 12.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Gauge:
    """A value (None: unknown) and its threshold on a scale of its own from 0 to ``top``."""

    label: str
    value: float | None
    said: str
    threshold: float
    threshold_said: str
    top: float
    href: str | None = None


def threshold_chart(gauges: Sequence[Gauge], *, name: str, title: str, description: str, width: int = 720) -> str:
    """Return an SVG with a bar for each gauge and a dashed line at its threshold, both said in words."""
    body: list[Node] = []
    y = 0.0
    for gauge in gauges:
        said_wide = width_of(gauge.said, _SIZE) + 12
        lines = wrap(gauge.label, _SIZE, width - said_wide)
        top = max(gauge.top, gauge.value or 0, gauge.threshold)
        top = ticks(0, top, 4)[-1]
        words = len(lines) * _LINE
        bar_y = y + words + 6
        height = words + _BAR + 30
        x = gauge.threshold / top * width
        parts: list[Node | None] = [node("rect", x=0, y=y, width=width, height=height - 4, class_="lc-hit")]
        parts += [text(line, 0, y + 14 + n * _LINE) for n, line in enumerate(lines)]
        parts.append(text(gauge.said, width - 2, y + 14, anchor="end", style="lc-value"))
        parts.append(node("rect", x=0, y=bar_y, width=width, height=_BAR, style="fill:var(--lc-line)"))
        if gauge.value is not None:
            wide = max(min(gauge.value, top) / top * width, 1)
            parts.append(node("rect", x=0, y=bar_y, width=wide, height=_BAR, style="fill:var(--lc-rule)"))
        parts.append(node("line", x1=x, x2=x, y1=bar_y - 4, y2=bar_y + _BAR + 4, class_="lc-limit"))
        wide = width_of(gauge.threshold_said, _SMALL)
        start = min(max(x - wide / 2, 0), width - wide)
        parts.append(text(gauge.threshold_said, start, bar_y + _BAR + 16, style="lc-limit-word"))
        body.append(link(gauge.href, f"{gauge.label}: {gauge.said}, {gauge.threshold_said}", *parts))
        y += height + 4
    return document(body, name=name, width=width, height=y, title=title, description=description, style=style([]))

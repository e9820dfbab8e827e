"""Two measures against each other, with the lines that the law draws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lodeclaim.charts.measure import ticks, width_of, wrap
from lodeclaim.charts.palette import style
from lodeclaim.charts.svg import Node, document, link, node, text

__all__ = ["Axis", "Point", "scatter"]

_SIZE, _SMALL, _LINE, _RADIUS = 12.5, 12.5, 16.0, 4.5
_LEFT, _BOTTOM, _TOP = 46.0, 44.0, 12.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """What an axis shows, and the line on it: ``limit`` and its words; None draws none."""

    label: str
    limit: float | None = None
    limit_said: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A point: ``said`` are the words of its tooltip, ``beyond`` whether it lies beyond both lines.

    ``low`` and ``high`` are the ends of ``y``, drawn as a whisker.
    """

    label: str
    x: float
    y: float
    said: str
    low: float | None = None
    high: float | None = None
    beyond: bool = False
    href: str | None = None


def scatter(
    points: Sequence[Point],
    *,
    across: Axis,
    up: Axis,
    name: str,
    title: str,
    description: str,
    note: str = "",
    width: int = 760,
    height: int = 540,
) -> str:
    """Return an SVG with a dot and a label for each point; labels do not cover each other.

    A label that finds no room beside its dot stands in a list below with its numbers, so that none is lost;
    ``note`` follows it.
    """
    right, wide = 14.0, ticks(0, max([one.x for one in points] + [across.limit or 0, 1.0]) * 1.02, 6)
    tall = ticks(0, max([max(one.y, one.high or 0) for one in points] + [up.limit or 0, 1.0]) * 1.02, 6)
    room_x, room_y = width - _LEFT - right, height - _TOP - _BOTTOM

    def at(x: float, y: float) -> tuple[float, float]:
        return _LEFT + room_x * min(x, wide[-1]) / wide[-1], _TOP + room_y * (1 - min(y, tall[-1]) / tall[-1])

    body: list[Node] = []
    floor, top = _TOP + room_y, _TOP
    for tick in wide:
        x, _ = at(tick, 0)
        body.append(node("line", x1=x, x2=x, y1=top, y2=floor, class_="lc-axis" if tick == 0 else "lc-grid"))
        anchor = "end" if tick == wide[-1] else "middle"
        body.append(text(f"{tick:g}", x, floor + 16, anchor=anchor, style="lc-soft"))
    for tick in tall:
        _, y = at(0, tick)
        body.append(node("line", x1=_LEFT, x2=width - right, y1=y, y2=y, class_="lc-axis" if tick == 0 else "lc-grid"))
        body.append(text(f"{tick:g}", _LEFT - 6, max(y + 4, 12.0), anchor="end", style="lc-soft"))
    body.append(text(across.label, width - right, floor + 35, anchor="end", style="lc-soft"))
    middle = _TOP + room_y / 2
    turned = node(
        "text", up.label, x=12, y=middle, class_="lc-soft", text_anchor="middle", transform=f"rotate(-90 12 {middle:g})"
    )
    body.append(turned)
    taken: list[tuple[float, float, float, float]] = []
    if across.limit is not None:
        x, _ = at(across.limit, 0)
        body.append(node("line", x1=x, x2=x, y1=top, y2=floor, class_="lc-limit"))
        taken.append(_words(body, across.limit_said, x + 5, top + 12, width - right))
    if up.limit is not None:
        _, y = at(0, up.limit)
        body.append(node("line", x1=_LEFT, x2=width - right, y1=y, y2=y, class_="lc-limit"))
        taken.append(_words(body, up.limit_said, _LEFT + 5, y - 5, width - right))
    spots = [at(one.x, one.y) for one in points]
    taken += [(x - _RADIUS, y - _RADIUS, x + _RADIUS, y + _RADIUS) for x, y in spots]
    homeless: list[Point] = []
    for position in sorted(range(len(points)), key=lambda one: (not points[one].beyond, -points[one].y)):
        one, (x, y) = points[position], spots[position]
        parts: list[Node | None] = []
        if one.low is not None and one.high is not None and one.high > one.low:
            ends = (at(one.x, one.high)[1], at(one.x, one.low)[1])
            if ends[1] - ends[0] > 2 * _RADIUS:
                parts.append(node("line", x1=x, x2=x, y1=ends[0], y2=ends[1], class_="lc-whisker lc-thin"))
        kind = "lc-dot lc-in" if one.beyond else "lc-dot lc-out"
        parts.append(node("circle", cx=x, cy=y, r=_RADIUS, class_=kind))
        place = _place(one.label, x, y, taken, (_LEFT, top, width - 2.0, floor))
        if place is None:
            homeless.append(one)
        else:
            taken.append(place[2])
            parts.append(text(one.label, place[0], place[1], style="lc-label lc-small"))
        body.append(link(one.href, f"{one.label}: {one.said}", *parts))
    whole = float(height)
    if homeless:
        listed = "Without room for a label: " + "; ".join(f"{one.label} ({one.x:.3g}, {one.y:.3g})" for one in homeless)
        note = f"{listed}. {note}"
    for line in wrap(note, _SMALL, width - 8) if note else ():
        whole += _LINE
        body.append(text(line, 4, whole - 8, style="lc-soft"))
    sheet = style([]) + (
        ".lc-in{fill:var(--lc-accent)}.lc-out{fill:var(--lc-rule)}.lc-small{font-size:12.5px}"
        ".lc-thin{stroke-opacity:.45;stroke-width:1}"
    )
    return document(body, name=name, width=width, height=whole, title=title, description=description, style=sheet)


def _words(body: list[Node], words: str, x: float, y: float, right: float) -> tuple[float, float, float, float]:
    wide = width_of(words, _SMALL)
    x = min(x, right - wide)
    body.append(text(words, x, y, style="lc-limit-word"))
    return x, y - _SMALL, x + wide, y + 3


def _place(
    label: str,
    x: float,
    y: float,
    taken: Sequence[tuple[float, float, float, float]],
    inside: tuple[float, float, float, float],
) -> tuple[float, float, tuple[float, float, float, float]] | None:
    """The first free place around the dot: right, left, above, below, then the corners."""
    wide = width_of(label, _SIZE)
    gap = _RADIUS + 3
    for dx, dy in (
        (gap, 4), (-gap - wide, 4), (-wide / 2, -gap - 1), (-wide / 2, gap + 10),
        (gap, -6), (gap, 14), (-gap - wide, -6), (-gap - wide, 14), (gap, -14), (gap, 22),
    ):  # fmt: skip
        box = (x + dx, y + dy - _SIZE + 2, x + dx + wide, y + dy + 3)
        if box[0] < inside[0] or box[1] < inside[1] or box[2] > inside[2] or box[3] > inside[3]:
            continue
        if all(box[2] < o[0] or box[0] > o[2] or box[3] < o[1] or box[1] > o[3] for o in taken):
            return x + dx, y + dy, box
    return None

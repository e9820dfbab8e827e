"""Deals and milestones along time, each with how firm it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from lodeclaim.charts.measure import width_of, wrap
from lodeclaim.charts.palette import style
from lodeclaim.charts.svg import Node, document, link, node, text

__all__ = ["FIRMEST", "Event", "timeline"]

_SIZE, _SMALL, _LINE = 14.0, 12.5, 17.0
#: The scale of the vocabulary's instruments: 1 talks … 8 disbursed.
FIRMEST = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened or is to happen between two days, both included; None is an open side.

    ``firmness`` runs from 1 to 8, None where no instrument is known. ``planned`` draws the mark hollow.
    """

    label: str
    note: str = ""
    when: str
    start: date | None
    end: date | None
    firmness: int | None = None
    planned: bool = False
    href: str | None = None


def timeline(events: Sequence[Event], *, name: str, title: str, description: str, width: int = 720) -> str:
    """Return an SVG with one row an event in the order given: words, place on the axis of years, firmness.

    Events without any date keep their row and say so. Raises ValueError without an event.
    """
    if not events:
        raise ValueError("a timeline needs at least one event")
    narrow = width < 480
    meter = FIRMEST * 6.0 + 2
    label_column = width - 12.0 if narrow else width * 0.46
    left = 8.0 if narrow else label_column + 12
    right = width - meter - 20
    years, at = _scale(events, left, right)

    body: list[Node] = []
    head = 0.0 if narrow else 20.0
    y = head + 2
    for event in events:
        lines = wrap(event.label, _SIZE, label_column - 8)
        notes = wrap(" · ".join(part for part in (event.when, event.note) if part), _SMALL, label_column - 8)
        words = (len(lines) + len(notes)) * _LINE
        height = words + (30 if narrow else 14)
        middle = y + words + 14 if narrow else y + height / 2
        parts: list[Node | None] = [node("rect", x=0, y=y, width=width, height=height, class_="lc-hit")]
        start = y + (14 if narrow else 20)
        parts += [text(line, 0, start + n * _LINE) for n, line in enumerate(lines)]
        parts += [text(line, 0, start + (len(lines) + n) * _LINE, style="lc-soft") for n, line in enumerate(notes)]
        parts.append(node("line", x1=left, x2=right, y1=middle, y2=middle, class_="lc-grid"))
        parts += _mark(event, at, middle, left, right)
        parts += _meter(event.firmness, width - meter - 2, middle)
        firm = f", firmness {event.firmness} of {FIRMEST}" if event.firmness else ""
        body.append(link(event.href, f"{event.when}: {event.label}{firm}", *parts))
        y += height
    back = _axis(years, at, top=head, bottom=y, left=left, right=right)
    if not narrow:
        back.append(text("firmness", width - 2, 13, anchor="end", style="lc-soft"))
    return document(
        [*back, *body], name=name, width=width, height=y + 22, title=title, description=description, style=style([])
    )


def _scale(events: Sequence[Event], left: float, right: float) -> tuple[list[int], Callable[[date], float]]:
    days = [day for event in events for day in (event.start, event.end) if day is not None]
    first = min(days).year if days else 2020
    last = max(max(days).year if days else first, first) + 1
    step = max(1, round((last - first) / 6))
    years = list(range(first, last + 1, step))
    if years[-1] < last:
        years.append(years[-1] + step)
    low, high = date(years[0], 1, 1).toordinal(), date(years[-1], 1, 1).toordinal()

    def at(day: date) -> float:
        return left + (day.toordinal() - low) / (high - low) * (right - left)

    return years, at


def _mark(event: Event, at: Callable[[date], float], y: float, left: float, right: float) -> list[Node]:
    if event.start is None and event.end is None:
        return []
    fill = "fill:var(--lc-surface);stroke:var(--lc-accent);stroke-width:2" if event.planned else "fill:var(--lc-accent)"
    known = event.end if event.start is None else event.start if event.end is None else None
    if known is not None:
        x = at(known)
        way = -1 if event.start is None else 1
        tip = max(x - 46, left) if way < 0 else min(x + 46, right)
        arrow = f"M{x:.2f} {y:.2f}H{tip:.2f}m{-5 * way} -4l{5 * way} 4l{-5 * way} 4"
        return [node("path", d=arrow, class_="lc-whisker"), node("circle", cx=x, cy=y, r=5.5, style=fill)]
    assert event.start is not None and event.end is not None
    low, high = at(event.start), at(event.end)
    if high - low <= 16:
        return [node("circle", cx=(low + high) / 2, cy=y, r=5.5, style=fill)]
    return [node("rect", x=low, y=y - 4.5, width=high - low, height=9, rx=4.5, style=fill)]


def _meter(firmness: int | None, x: float, y: float) -> list[Node]:
    if firmness is None:
        return [text("–", x + FIRMEST * 6.0, y + 5, anchor="end", style="lc-soft")]
    return [
        node(
            "rect",
            x=x + n * 6,
            y=y - 6,
            width=4,
            height=12,
            style="fill:var(--lc-accent)" if n < firmness else "fill:var(--lc-line)",
        )
        for n in range(FIRMEST)
    ]


def _axis(
    years: list[int], at: Callable[[date], float], *, top: float, bottom: float, left: float, right: float
) -> list[Node]:
    parts: list[Node] = []
    free = -1.0
    for year in years:
        x = at(date(year, 1, 1))
        parts.append(node("line", x1=x, x2=x, y1=top, y2=bottom, class_="lc-grid"))
        wide = width_of(str(year), _SMALL)
        start = min(max(x - wide / 2, left - 8), right + 8 - wide)
        if start >= free:
            parts.append(text(str(year), start, bottom + 16, style="lc-soft"))
            if top:
                parts.append(text(str(year), start, 13, style="lc-soft"))
            free = start + wide + 6
    return parts

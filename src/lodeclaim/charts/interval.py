"""Who says what about one matter: values and ranges of several voices on one axis."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lodeclaim.charts.measure import compact, ticks, ticks_log, width_of, wrap
from lodeclaim.charts.palette import style
from lodeclaim.charts.svg import Node, document, link, node, text

__all__ = ["Voice", "interval_chart"]

_SIZE, _SMALL, _LINE = 14.0, 12.5, 17.0
#: Beyond this ratio of the largest to the smallest value a linear axis would hide the small ones.
_LOG_RATIO = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """What one source says: a value with its range, in the unit of the drawing.

    ``low`` or ``high`` of None is an open side and drawn as an arrow, unless both are None: then the value is
    a point. ``said`` are the words at the right end, ``note`` a second, softer line below the label.
    """

    label: str
    note: str = ""
    value: float
    low: float | None = None
    high: float | None = None
    said: str
    href: str | None = None


def interval_chart(
    voices: Sequence[Voice],
    *,
    name: str,
    title: str,
    description: str,
    unit: str | None = None,
    settled: tuple[float, float] | None = None,
    width: int = 720,
) -> str:
    """Return an SVG with one row a voice: a dot for the value, a line for its range.

    ``settled`` is the interval that stands after reconciliation, drawn as a band. The axis is logarithmic where
    the largest value is more than thirty times the smallest, and says so. Raises ValueError without a voice.
    """
    if not voices:
        raise ValueError("an interval chart needs at least one voice")
    narrow = width < 480
    value_column = max(width_of(voice.said, _SIZE) for voice in voices) + 12
    label_column = (
        0.0
        if narrow
        else min(
            max(max(width_of(voice.label, _SIZE), width_of(voice.note, _SMALL)) for voice in voices) + 16, width * 0.38
        )
    )
    left = label_column + 12
    right = width - (12 if narrow else value_column + 8)
    at, marks_at, logarithmic = _scale(voices, settled, left, right)

    body: list[Node] = []
    plots: list[tuple[float, float]] = []
    y = 6.0
    for voice in voices:
        text_width = (width - value_column if narrow else label_column) - 5
        lines = wrap(voice.label, _SIZE, text_width)
        notes = wrap(voice.note, _SMALL, text_width) if voice.note else []
        words = (len(lines) + len(notes)) * _LINE
        height = words + (26 if narrow else 12)
        middle = y + words + 12 if narrow else y + height / 2
        plots.append((middle - 8, middle + 8))
        parts: list[Node | None] = [node("rect", x=0, y=y, width=width, height=height, class_="lc-hit")]
        start = y + 14 if narrow else y + 6 + 13
        parts += [text(line, 0, start + n * _LINE) for n, line in enumerate(lines)]
        parts += [text(line, 0, start + (len(lines) + n) * _LINE, style="lc-soft") for n, line in enumerate(notes)]
        parts += _mark(voice, at, middle, left, right)
        parts.append(text(voice.said, width - 2, y + 14 if narrow else middle + 5, anchor="end", style="lc-value"))
        said = f"{voice.label}: {voice.said}" + (f" ({voice.note})" if voice.note else "")
        body.append(link(voice.href, said, *parts))
        y += height
    back = _axis(marks_at, at, bottom=y, unit=unit, left=left, right=right)
    if settled is not None:
        low, high = at(settled[0]) - 1.5, at(settled[1]) + 1.5
        bands = plots if narrow else [(2.0, y)]
        rects = [node("rect", x=low, y=a, width=high - low, height=b - a, class_="lc-settled") for a, b in bands]
        back.insert(0, node("g", node("title", "settled interval"), *rects))
    height = y + 22
    if logarithmic:
        back.append(text("logarithmic axis", right, y + 34, anchor="end", style="lc-soft"))
        height += 18
    return document(
        [*back, *body], name=name, width=width, height=height, title=title, description=description, style=style([])
    )


def _scale(
    voices: Sequence[Voice], settled: tuple[float, float] | None, left: float, right: float
) -> tuple[Callable[[float], float], list[float], bool]:
    seen = [number for voice in voices for number in (voice.value, voice.low, voice.high) if number is not None]
    seen += list(settled or ())
    seen = [number for number in seen if math.isfinite(number)]
    low, high = min(seen), max(seen)
    points = [voice.value for voice in voices]
    logarithmic = low > 0 and max(points) / min(points) > _LOG_RATIO
    stops = ticks_log(low, high) if logarithmic else ticks(min(low, 0.0) if low < high * 0.6 else low, high, 4)

    def at(number: float) -> float:
        bounded = min(max(number, stops[0]), stops[-1])
        if logarithmic:
            part = (math.log10(bounded) - math.log10(stops[0])) / (math.log10(stops[-1]) - math.log10(stops[0]))
        else:
            part = (bounded - stops[0]) / (stops[-1] - stops[0])
        return left + part * (right - left)

    return at, stops, logarithmic


def _mark(voice: Voice, at: Callable[[float], float], y: float, left: float, right: float) -> list[Node]:
    parts: list[Node] = []
    if voice.low is not None or voice.high is not None:
        low = left if voice.low is None else at(voice.low)
        high = right if voice.high is None else at(voice.high)
        parts.append(node("line", x1=low, x2=high, y1=y, y2=y, class_="lc-whisker"))
        if voice.low is None:
            parts.append(node("path", d=f"M{left + 6:.2f} {y - 4:.2f}l-6 4l6 4", class_="lc-whisker"))
        if voice.high is None:
            parts.append(node("path", d=f"M{right - 6:.2f} {y - 4:.2f}l6 4l-6 4", class_="lc-whisker"))
        for end, known in ((low, voice.low), (high, voice.high)):
            if known is not None:
                parts.append(node("line", x1=end, x2=end, y1=y - 5, y2=y + 5, class_="lc-whisker"))
    parts.append(node("circle", cx=at(voice.value), cy=y, r=5.5, class_="lc-dot", style="fill:var(--lc-accent)"))
    return parts


def _axis(
    stops: list[float], at: Callable[[float], float], *, bottom: float, unit: str | None, left: float, right: float
) -> list[Node]:
    parts: list[Node] = []
    free = -math.inf
    for n, stop in enumerate(stops):
        x = at(stop)
        parts.append(node("line", x1=x, x2=x, y1=2, y2=bottom, class_="lc-grid"))
        words = compact(stop, unit) if n in (0, len(stops) - 1) else compact(stop)
        wide = width_of(words, _SMALL)
        start = min(max(x - wide / 2, 0), right + 10 - wide)
        last = n == len(stops) - 1
        room = math.inf if last else right + 10 - width_of(compact(stops[-1], unit), _SMALL) - 6
        if start >= free and start + wide <= (math.inf if last else room):
            parts.append(text(words, start, bottom + 16, style="lc-soft"))
            free = start + wide + 6
    parts.append(node("line", x1=left, x2=right, y1=bottom, y2=bottom, class_="lc-axis"))
    return parts

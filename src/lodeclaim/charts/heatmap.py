"""A table of percentages as a heat map: the darker, the more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lodeclaim.charts.measure import width_of, wrap
from lodeclaim.charts.palette import style
from lodeclaim.charts.svg import Node, document, link, node, text

__all__ = ["Cell", "heat_map"]

_SIZE, _LINE, _HIGH = 14.0, 17.0, 24.0
_FAINTEST = 0.06


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A value on the scale 0 to ``top`` of the map and its words; None is not known and drawn without colour."""

    value: float | None
    said: str
    tooltip: str
    href: str | None = None


def heat_map(
    rows: Sequence[str],
    columns: Sequence[str],
    cells: Mapping[tuple[str, str], Cell],
    *,
    top: float,
    name: str,
    title: str,
    description: str,
    width: int = 720,
) -> str:
    """Return an SVG with a field for each row and column; a pair that is not in ``cells`` stays empty.

    The colour of a field is one hue whose strength is the value over ``top``; the number stands in it.
    """
    label = min(max((width_of(one, _SIZE) for one in rows), default=0) + 14, width * 0.4)
    across = (width - label) / max(len(columns), 1)
    heads = [wrap(one, _SIZE, across - 6) for one in columns]
    head = max((len(lines) for lines in heads), default=0) * _LINE + 8
    body: list[Node] = []
    for number, lines in enumerate(heads):
        middle = label + across * (number + 0.5)
        body += [text(line, middle, 14 + n * _LINE, anchor="middle", style="lc-soft") for n, line in enumerate(lines)]
    y = head
    for row in rows:
        lines = wrap(row, _SIZE, label - 14)
        high = max(_HIGH, len(lines) * _LINE + 6)
        first = y + high / 2 - (len(lines) - 1) * _LINE / 2 + 5
        body += [text(line, label - 10, first + n * _LINE, anchor="end") for n, line in enumerate(lines)]
        for number, column in enumerate(columns):
            cell = cells.get((row, column))
            if cell is None:
                continue
            x = label + across * number
            if cell.value is None:
                field = node("rect", x=x + 1, y=y + 1, width=across - 2, height=high - 2, class_="lc-blank")
            else:
                part = min(max(cell.value / top, 0.0), 1.0) if top > 0 else 0.0
                strength = f"fill:var(--lc-accent);fill-opacity:{_FAINTEST + (0.92 - _FAINTEST) * part:.3f}"
                field = node("rect", x=x + 1, y=y + 1, width=across - 2, height=high - 2, style=strength)
            said = cell.said
            while width_of(said, 12.5) > across - 4 and len(said) > 2:
                said = said[:-2].rstrip() + "…"
            words = text(said, x + across / 2, y + high / 2 + 4.5, anchor="middle", style="lc-label lc-small")
            body.append(link(cell.href, f"{row}, {column}: {cell.tooltip}", field, words))
        y += high
    sheet = style([]) + ".lc-small{font-size:12.5px}.lc-blank{fill:none;stroke:var(--lc-line);stroke-dasharray:2 3}"
    return document(body, name=name, width=width, height=y + 6, title=title, description=description, style=sheet)

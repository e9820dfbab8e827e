"""The scatter and the heat map: valid, linked, nothing lost, nothing outside the canvas."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from lodeclaim.charts.heatmap import Cell, heat_map
from lodeclaim.charts.measure import width_of
from lodeclaim.charts.scatter import Axis, Point, scatter

SVG = "{http://www.w3.org/2000/svg}"
ACROSS = Axis(label="Economic importance (EI)", limit=2.8, limit_said="critical from EI 2.8")
UP = Axis(label="Supply risk (SR)", limit=1.0, limit_said="critical from SR 1")
KNOWN = {"name": "one", "title": "A title", "description": "What is drawn"}


def drawn(points: list[Point], width: int = 760) -> etree._Element:
    return etree.fromstring(scatter(points, across=ACROSS, up=UP, width=width, **KNOWN).encode())


def boxes(root: etree._Element, style: str) -> list[tuple[float, float, float, float]]:
    found = []
    for one in root.iter(f"{SVG}text"):
        if one.get("class") == style:
            x, y, wide = float(one.get("x")), float(one.get("y")), width_of(one.text, 12.5)
            found.append((x, y - 10.5, x + wide, y + 3))
    return found


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 9), st.floats(0, 6)), min_size=1, max_size=40))
def test_every_point_is_there_and_labels_do_not_cover_each_other(places) -> None:
    points = [
        Point(label=f"material {n}", x=x, y=y, said="said", low=max(0.0, y - 0.2), high=y + 0.2)
        for n, (x, y) in enumerate(places)
    ]
    root = drawn(points)
    assert len(list(root.iter(f"{SVG}circle"))) == len(points)
    words = " ".join(root.itertext())
    assert all(f"material {n}" in words for n in range(len(points)))
    labels = boxes(root, "lc-label lc-small")
    for n, one in enumerate(labels):
        assert one[0] >= 0
        assert one[2] <= 760
        for other in labels[n + 1 :]:
            touch = 1e-6  # edges may meet, up to rounding
            assert (
                one[2] < other[0] + touch
                or one[0] > other[2] - touch
                or one[3] < other[1] + touch
                or one[1] > other[3] - touch
            )


def test_thresholds_tooltips_and_links() -> None:
    point = Point(label="tungsten", x=8.7, y=1.2, said="supply risk 1.2", beyond=True, href="#c-1")
    root = drawn([point])
    words = " ".join(root.itertext())
    assert "critical from EI 2.8" in words
    assert "tungsten: supply risk 1.2" in words
    assert root.find(f".//{SVG}a").get("href") == "#c-1"
    assert len([one for one in root.iter(f"{SVG}line") if one.get("class") == "lc-limit"]) == 2


def test_a_label_without_room_stands_below_with_its_numbers() -> None:
    crowd = [Point(label=f"material number {n}", x=4.0, y=1.0, said="") for n in range(15)]
    words = " ".join(drawn(crowd).itertext())
    assert "Without room for a label" in words
    assert "(4, 1)" in words


@pytest.mark.parametrize("width", [360, 720])
def test_the_heat_map_shows_unknown_as_no_colour(width: int) -> None:
    cells = {
        ("tungsten", "share"): Cell(value=79.0, said="China 79", tooltip="China 79 %", href="#c-1"),
        ("tungsten", "HHI"): Cell(value=None, said="unknown", tooltip="missing production"),
        ("a material with a very long name that has to break", "share"): Cell(value=150.0, said="x", tooltip="x"),
    }
    rows = list(dict.fromkeys(row for row, _ in cells))
    root = etree.fromstring(heat_map(rows, ["share", "HHI"], cells, top=100, width=width, **KNOWN).encode())
    fields = list(root.iter(f"{SVG}rect"))
    assert [one.get("class") == "lc-blank" for one in fields] == [False, True, False]
    assert "fill-opacity:0.920" in fields[2].get("style")
    for one in fields:
        assert float(one.get("x")) + float(one.get("width")) <= width
    assert "tungsten, HHI: missing production" in " ".join(root.itertext())

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from lodeclaim.charts.bars import ShareBar, share_bars
from lodeclaim.charts.interval import Voice, interval_chart
from lodeclaim.charts.measure import width_of
from lodeclaim.charts.stack import Part, Row, stacked_rows
from lodeclaim.charts.threshold import Gauge, threshold_chart
from lodeclaim.charts.timeline import Event, timeline

SVG = "{http://www.w3.org/2000/svg}"
LONG = "Democratic Republic of the Congo with Nordrhein-Westfälische-Wolframgesellschaft"
BARS = (
    ShareBar(label="China", key="CHN", share=79.1, low=76.0, high=85.0, said="79.1 % (76.0–85.0)", href="#c-c1"),
    ShareBar(label=LONG, key="COD", share=2.0, low=None, high=None, said="2.0 %", href="#c-c2"),
    ShareBar(label="Mongolia <b>", key="MNG", share=None, said="withheld"),
    ShareBar(label="Other countries", key=None, share=12.0, said="12.0 %"),
)
VOICES = (
    Voice(label=LONG, note="2026-02-25, resource", value=8e5, said="800,000 t", href="#c-c1"),
    Voice(label="B", value=2e7, low=None, high=2e7, said="up to 20 million t", href="#c-c2"),
    Voice(label="C", value=2.82e8, said="282 million t", href="#c-c3"),
)
EVENTS = (
    Event(label=LONG, note="USD 900 million", when="Nov 2025", start=date(2025, 11, 1), end=date(2025, 11, 30),
          firmness=3, planned=True, href="#c-c1"),
    Event(label="Start", when="by 2029", start=None, end=date(2029, 12, 31), planned=True),
    Event(label="Works", when="2026–2028", start=date(2026, 1, 1), end=date(2028, 12, 31)),
    Event(label="Sometime", when="undated", start=None, end=None),
)  # fmt: skip
ROWS = (
    Row(label="by territory", parts=(
        Part(label="China", short="CHN", key="CHN", share=79.0, href="#c-c1"),
        Part(label=LONG, short="COD", key="COD", share=12.0, href="#c-c2"),
    )),
    Row(label="by control", parts=(Part(label="China", short="CHN", key="CHN", share=110.0),)),
)  # fmt: skip
GAUGES = (
    Gauge(label="Supply risk", value=1.2, said="1.2", threshold=1.0, threshold_said="critical from 1", top=6.0,
          href="#c-c1"),
    Gauge(label=LONG, value=None, said="unknown", threshold=2.8, threshold_said="critical from 2.8", top=2.0),
)  # fmt: skip


def drawings(width: int) -> dict[str, str]:
    known = {"title": "A title", "description": "What is drawn", "width": width}
    return {
        "bars": share_bars(BARS, name="bars", **known),
        "interval": interval_chart(VOICES, name="interval", unit="t", settled=(8e5, 2e7), **known),
        "timeline": timeline(EVENTS, name="timeline", **known),
        "stack": stacked_rows(ROWS, name="stack", **known),
        "threshold": threshold_chart(GAUGES, name="threshold", **known),
    }


def ends(element: etree._Element) -> tuple[float, float]:
    size = 12.5 if "lc-soft" in (element.get("class") or "") or "limit" in (element.get("class") or "") else 14.0
    wide = width_of(element.text or "", size)
    x = float(element.get("x"))
    anchor = element.get("text-anchor") or "start"
    return {"start": (x, x + wide), "end": (x - wide, x), "middle": (x - wide / 2, x + wide / 2)}[anchor]


@pytest.mark.parametrize("width", [720, 356])
@pytest.mark.parametrize("name", ["bars", "interval", "timeline", "stack", "threshold"])
class TestEach:
    def test_is_valid_titled_and_a_group(self, name: str, width: int) -> None:
        root = etree.fromstring(drawings(width)[name].encode())
        assert root.get("role") == "group"
        ids = {element.get("id") for element in root.iter() if element.get("id")}
        assert set((root.get("aria-labelledby") or "").split()) <= ids
        assert root.find(f"{SVG}title").text == "A title"
        assert root.find(f"{SVG}desc").text == "What is drawn"
        assert root.get("viewBox").split()[2] == str(width)

    def test_is_the_same_each_time(self, name: str, width: int) -> None:
        assert drawings(width)[name] == drawings(width)[name]

    def test_asks_for_nothing_outside(self, name: str, width: int) -> None:
        drawn = drawings(width)[name].replace('xmlns="http://www.w3.org/2000/svg"', "")
        assert not re.search(r"https?:|url\(|@import|<script|<image", drawn)

    def test_no_label_leaves_the_canvas(self, name: str, width: int) -> None:
        root = etree.fromstring(drawings(width)[name].encode())
        height = float(root.get("viewBox").split()[3])
        for element in root.iter(f"{SVG}text"):
            left, right = ends(element)
            assert left >= -1, element.text
            assert right <= width + 1, element.text
            assert 0 <= float(element.get("y")) <= height, element.text

    def test_no_shape_leaves_the_canvas(self, name: str, width: int) -> None:
        root = etree.fromstring(drawings(width)[name].encode())
        height = float(root.get("viewBox").split()[3])
        for element in root.iter(f"{SVG}rect"):
            x, y = float(element.get("x")), float(element.get("y"))
            assert x >= -0.01
            assert x + float(element.get("width")) <= width + 0.01
            assert y + float(element.get("height")) <= height + 0.01

    def test_no_label_is_cut(self, name: str, width: int) -> None:
        root = etree.fromstring(drawings(width)[name].encode())
        words = "".join("".join((element.text or "").split()) for element in root.iter(f"{SVG}text"))
        assert "".join(LONG.split()) in words
        assert "…" not in words

    def test_marks_with_claims_are_links(self, name: str, width: int) -> None:
        root = etree.fromstring(drawings(width)[name].encode())
        links = [element.get("href") for element in root.iter(f"{SVG}a")]
        assert "#c-c1" in links
        assert all(element.find(f"{SVG}title") is not None for element in root.iter(f"{SVG}a"))


def test_unknown_is_words_and_no_bar() -> None:
    root = etree.fromstring(share_bars(BARS[2:3], name="b", title="t", description="d").encode())
    rects = [element for element in root.iter(f"{SVG}rect") if element.get("class") != "lc-hit"]
    assert not rects
    assert "withheld" in [element.text for element in root.iter(f"{SVG}text")]


def test_whiskers_reach_the_interval() -> None:
    root = etree.fromstring(share_bars(BARS[:1], name="b", title="t", description="d").encode())
    path = next(element.get("d") for element in root.iter(f"{SVG}path") if element.get("class") == "lc-whisker")
    start, end = float(path.split()[0][1:]), float(re.search(r"H([\d.]+)", path).group(1))
    fill = next(element for element in root.iter(f"{SVG}rect") if element.get("class") != "lc-hit")
    assert start < float(fill.get("x")) + float(fill.get("width")) < end


def test_far_values_get_a_logarithmic_axis_that_says_so() -> None:
    assert "logarithmic" in drawings(720)["interval"]
    near = interval_chart(VOICES[1:2], name="i", title="t", description="d")
    assert "logarithmic" not in near


def test_zero_among_values_is_drawn_on_a_linear_axis() -> None:
    voices = (Voice(label="a", value=0.0, said="0 t"), Voice(label="b", value=2400.0, said="2,400 t"))
    drawn = interval_chart(voices, name="i", title="t", description="d", unit="t")
    circles = list(etree.fromstring(drawn.encode()).iter(f"{SVG}circle"))
    assert float(circles[0].get("cx")) < float(circles[1].get("cx"))


def test_firmness_is_drawn_as_filled_bars() -> None:
    root = etree.fromstring(timeline(EVENTS[:1], name="t", title="t", description="d").encode())
    meter = [element for element in root.iter(f"{SVG}rect") if element.get("width") == "4"]
    assert len(meter) == 8
    assert sum("accent" in element.get("style") for element in meter) == 3


def test_nothing_to_draw_is_an_error() -> None:
    with pytest.raises(ValueError, match="at least one"):
        interval_chart((), name="i", title="t", description="d")
    with pytest.raises(ValueError, match="at least one"):
        timeline((), name="t", title="t", description="d")


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.text(min_size=1, max_size=60), st.floats(min_value=0, max_value=100), st.floats(0, 30)),
        min_size=1,
        max_size=12,
    ),
    st.sampled_from([356, 720]),
)
def test_bars_of_any_records_stay_inside(rows: list[tuple[str, float, float]], width: int) -> None:
    bars = [
        ShareBar(label=label, key=None, share=share, low=max(0, share - slack), high=min(100, share + slack),
                 said=f"{share:.1f} %", href="#c-1")
        for label, share, slack in rows
    ]  # fmt: skip
    root = etree.fromstring(share_bars(bars, name="b", title="t", description="d", width=width).encode())
    for element in root.iter(f"{SVG}rect"):
        assert float(element.get("x")) + float(element.get("width")) <= width + 0.01


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.floats(min_value=-1e12, max_value=1e12, allow_subnormal=False), min_size=1, max_size=8),
    st.sampled_from([356, 720]),
)
def test_intervals_of_any_values_stay_inside(values: list[float], width: int) -> None:
    voices = [Voice(label="x", value=value, low=value - 1, high=value + 1, said=f"{value:.3g}") for value in values]
    root = etree.fromstring(interval_chart(voices, name="i", title="t", description="d", width=width).encode())
    for element in root.iter(f"{SVG}circle"):
        assert 0 <= float(element.get("cx")) <= width

from __future__ import annotations

import itertools

import pytest

from lodeclaim.charts.palette import (
    DARK,
    FALLBACK,
    HAND_PICKED,
    LIGHT,
    OTHERS,
    colours_of,
    contrast,
    ink_on,
    style,
    variable,
)

PAIRS = [*HAND_PICKED.items(), *((f"fallback {n}", pair) for n, pair in enumerate(FALLBACK)), ("others", OTHERS)]


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(("name", "pair"), PAIRS)
def test_fills_stand_out_from_their_surface(name: str, pair: tuple[str, str]) -> None:
    assert contrast(pair[0], LIGHT["surface"]) >= 3, name
    assert contrast(pair[1], DARK["surface"]) >= 3, name


@pytest.mark.parametrize(("name", "pair"), PAIRS)
def test_words_inside_a_fill_can_be_read(name: str, pair: tuple[str, str]) -> None:
    assert all(contrast(ink_on(colour), colour) >= 4.5 for colour in pair), name


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_words_can_be_read_on_the_surface(theme: dict[str, str]) -> None:
    for ink in ("ink", "soft", "accent"):
        assert contrast(theme[ink], theme["surface"]) >= 4.5, ink
    for mark in ("rule", "focus"):
        assert contrast(theme[mark], theme["surface"]) >= 3, mark


#: Machado, Oliveira and Fernandes (2009), severity 1.0, on linear RGB.
SIMULATIONS = {
    "normal": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
}


def lab(colour: str, matrix: tuple[tuple[float, float, float], ...]) -> tuple[float, float, float]:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    red, green, blue = (min(1.0, max(0.0, sum(m * c for m, c in zip(row, linear, strict=True)))) for row in matrix)
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    fx, fy, fz = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


@pytest.mark.parametrize("side", [0, 1])
@pytest.mark.parametrize("sight", SIMULATIONS)
def test_the_largest_producers_stay_apart_for_every_sight(sight: str, side: int) -> None:
    largest = ("CHN", "USA", "AUS", "KAZ", "CHL")
    seen = {key: lab(HAND_PICKED[key][side], SIMULATIONS[sight]) for key in largest}
    for one, other in itertools.combinations(largest, 2):
        distance = sum((a - b) ** 2 for a, b in zip(seen[one], seen[other], strict=True)) ** 0.5
        assert distance >= 11, f"{one} and {other}: {distance:.1f}"


def test_a_country_keeps_its_colour() -> None:
    assert colours_of("MNG") == colours_of("MNG")
    assert colours_of("MNG") in FALLBACK
    assert colours_of("CHN") == HAND_PICKED["CHN"]
    assert colours_of(None) == OTHERS


def test_no_two_hand_picked_colours_are_the_same() -> None:
    assert len(set(HAND_PICKED.values())) == len(HAND_PICKED)


def test_hostile_keys_make_safe_properties() -> None:
    name = variable("name:Other}*{x:url(")
    assert all(sign.isalnum() or sign in "-_" for sign in name)
    assert "url(" not in style(["name:Other}*{x:url("])


def test_style_has_light_dark_and_print() -> None:
    sheet = style(["CHN"])
    assert HAND_PICKED["CHN"][0] in sheet
    assert HAND_PICKED["CHN"][1] in sheet
    assert "prefers-color-scheme:dark" in sheet
    assert "@media print" in sheet
    assert "url(" not in sheet

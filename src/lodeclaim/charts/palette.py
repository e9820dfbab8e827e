"""A colour for each country, the same in every drawing, light and dark."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

__all__ = [
    "DARK",
    "FALLBACK",
    "HAND_PICKED",
    "LIGHT",
    "OTHERS",
    "colours_of",
    "contrast",
    "ink_on",
    "style",
    "variable",
]

#: Surfaces and inks; a page around the drawing may use the same.
LIGHT = {
    "surface": "#ffffff",
    "ink": "#1c2226",
    "soft": "#566168",
    "line": "#d5dadd",
    "rule": "#8b959b",
    "accent": "#8a3b12",
    "focus": "#1257a8",
}
DARK = {
    "surface": "#14181b",
    "ink": "#e8ebed",
    "soft": "#a7b1b7",
    "line": "#343c41",
    "rule": "#76818a",
    "accent": "#f0a173",
    "focus": "#7db7f5",
}

#: Country → (light, dark). Lightness alternates between those that often stand side by side, so that they
#: stay apart without hue as well.
HAND_PICKED: dict[str, tuple[str, str]] = {
    "CHN": ("#b23a2e", "#e0695a"),
    "USA": ("#1f5fa8", "#5b9de0"),
    "EU27": ("#2d3f8f", "#8294e6"),
    "RUS": ("#5b3a78", "#a884cc"),
    "AUS": ("#b8730a", "#e0a03c"),
    "CHL": ("#8c1c56", "#d7669f"),
    "COD": ("#1f6b4f", "#4fae8a"),
    "ZAF": ("#3f7d20", "#7fbf57"),
    "KAZ": ("#0f7f92", "#66d9e8"),
    "CAN": ("#a34a6b", "#e08bab"),
    "BRA": ("#4c6b12", "#a3bf4a"),
    "IND": ("#c0561a", "#f08b4d"),
    "IDN": ("#7a4a1e", "#c2915f"),
    "VNM": ("#86600f", "#cda640"),
    "JPN": ("#6f4fa3", "#ad8fe0"),
    "KOR": ("#2f7f86", "#62b5bc"),
    "DEU": ("#4a5560", "#a3b0bc"),
    "ARG": ("#3d86b8", "#79bce8"),
    "MMR": ("#6b6a1b", "#b5b34d"),
    "PER": ("#9c5a4a", "#d49a8a"),
    "TUR": ("#0b5d66", "#4fa3ad"),
    "GBR": ("#37506e", "#8fabce"),
    "FRA": ("#4658b8", "#93a1f2"),
    "ESP": ("#a06a2c", "#d9a867"),
    "PRT": ("#2f7046", "#6db888"),
    "AUT": ("#8f4f3f", "#cf9080"),
    "BOL": ("#55702a", "#98b866"),
    "RWA": ("#3b6f8f", "#7db0d1"),
    "UKR": ("#8a6a00", "#d9b63a"),
    "PHL": ("#7d3f7d", "#c486c4"),
}
#: For every other country one of these, always the same one.
FALLBACK: tuple[tuple[str, str], ...] = (
    ("#5f7480", "#9db4c0"),
    ("#7c6a5a", "#bfa993"),
    ("#56795f", "#93bb9d"),
    ("#7a5f78", "#bb9db9"),
    ("#66703f", "#a9b57c"),
    ("#4f7378", "#8db5ba"),
    ("#85625c", "#c79f98"),
    ("#5d668a", "#9ca6cf"),
)
#: The rest of the world, and what is not attributed to any country.
OTHERS = ("#737d83", "#8b969d")


def colours_of(key: str | None) -> tuple[str, str]:
    """Return the light and the dark colour of a country or group; None is the rest of the world."""
    if key is None:
        return OTHERS
    if key in HAND_PICKED:
        return HAND_PICKED[key]
    return FALLBACK[zlib.crc32(key.encode()) % len(FALLBACK)]


def variable(key: str | None) -> str:
    """Return the name of the CSS custom property that holds a country's colour."""
    if key is None:
        return "--lc-others"
    return "--lc-" + "".join(sign if sign.isascii() and sign.isalnum() else f"_{ord(sign):x}" for sign in key)


def _luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21, as WCAG 2.2 defines it."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def ink_on(colour: str) -> str:
    """Return black or white, whichever reads better on the colour."""
    return max(("#000000", "#ffffff"), key=lambda ink: contrast(ink, colour))


def style(keys: Iterable[str | None]) -> str:
    """Return the style sheet of a drawing that shows these countries: light, dark and print."""
    wanted = sorted({variable(key): colours_of(key) for key in keys}.items())

    def block(theme: dict[str, str], side: int) -> str:
        base = [f"--lc-{name}:{value}" for name, value in theme.items()]
        for name, pair in wanted:
            base += [f"{name}:{pair[side]}", f"{name}-ink:{ink_on(pair[side])}"]
        return ".lc-chart{" + ";".join(base) + "}"

    fixed = (
        ".lc-chart{max-width:100%;height:auto;display:block;overflow:visible;"
        "font-family:system-ui,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif;font-size:14px}"
        ".lc-label,.lc-soft,.lc-value{paint-order:stroke;stroke:var(--lc-surface);stroke-width:3px;"
        "stroke-linejoin:round}.lc-label{fill:var(--lc-ink)}.lc-soft{fill:var(--lc-soft);font-size:12.5px}"
        ".lc-value{fill:var(--lc-ink);font-weight:600;font-variant-numeric:tabular-nums}"
        ".lc-grid{stroke:var(--lc-line);stroke-width:1}.lc-axis{stroke:var(--lc-rule);stroke-width:1}"
        ".lc-whisker{stroke:var(--lc-ink);stroke-width:1.5;fill:none}"
        ".lc-dot{stroke:var(--lc-surface);stroke-width:1.5}"
        ".lc-limit{stroke:var(--lc-accent);stroke-width:2;stroke-dasharray:4 3}.lc-limit-word{fill:var(--lc-accent);"
        "font-size:12.5px}"
        ".lc-settled{fill:var(--lc-accent);fill-opacity:.14}.lc-hit{fill:transparent}"
        "a.lc-mark:hover .lc-hit,a.lc-mark:focus-visible .lc-hit{fill:var(--lc-focus);fill-opacity:.1}"
        "a.lc-mark:focus-visible{outline:2px solid var(--lc-focus);outline-offset:1px}"
        "a.lc-mark:hover .lc-label{text-decoration:underline}"
    )
    return (
        block(LIGHT, 0)
        + "@media (prefers-color-scheme:dark){"
        + block(DARK, 1)
        + "}@media print{"
        + block(LIGHT, 0)
        + "}"
        + fixed
    )

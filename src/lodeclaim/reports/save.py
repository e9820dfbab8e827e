"""Write a brief to a file in the format that its name ends in."""

from __future__ import annotations

from os import PathLike
from pathlib import Path

from lodeclaim.reports.model import Brief

__all__ = ["from_json", "save", "to_json"]


def to_json(brief: Brief) -> str:
    """Return the brief as JSON, key by key its records; ``from_json`` gives an equal object back."""
    import msgspec

    return msgspec.json.format(msgspec.json.encode(brief), indent=2).decode()


def from_json(text: str | bytes) -> Brief:
    """Return the brief that ``to_json`` wrote."""
    import msgspec

    return msgspec.json.decode(text, type=Brief)


def save(brief: Brief, path: str | PathLike[str]) -> None:
    """Write the brief as .html, .json or .txt; folders are made. Raises ValueError for another ending."""
    target = Path(path)
    kind = target.suffix.lower()
    if kind in (".html", ".htm"):
        from lodeclaim.reports.html import render_html

        text = render_html(brief)
    elif kind == ".json":
        text = to_json(brief) + "\n"
    elif kind == ".txt":
        from lodeclaim.reports.text import render_text

        text = render_text(brief) + "\n"
    else:
        raise ValueError(f"{target.name}: a brief is written as .html, .json or .txt, not as {kind or 'a bare name'}")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, "utf-8")

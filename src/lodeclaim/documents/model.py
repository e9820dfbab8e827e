"""A document: the text as it was published and what is known of its publication."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

__all__ = ["Document", "Failure", "Text"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A text that claims are read from.

    ``address`` is the path, URL or ``-`` as the user gave it. ``text`` is the decoded text of a plain file to
    the letter, or the main text of an HTML page or PDF; offsets of claims refer to it. ``sha256`` is the hash
    of the bytes as they came; ``id`` is ``d`` and its first 12 digits. ``published`` is EDTF, and
    ``published_basis`` says how it is known. ``notes`` are remarks on encoding and the like.
    """

    id: str
    address: str
    text: str
    sha256: str
    media_type: Literal["text/plain", "text/html", "application/pdf"]
    encoding: str | None
    language: str | None
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    published_basis: str | None = None
    notes: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that could not be used, with the message that says why and what to do."""

    address: str
    message: str


@dataclass(frozen=True, slots=True)
class Text:
    """Text taken from bytes, before language and publication are known."""

    text: str
    media_type: Literal["text/plain", "text/html", "application/pdf"]
    encoding: str | None
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    language: str | None = None
    notes: tuple[str, ...] = ()

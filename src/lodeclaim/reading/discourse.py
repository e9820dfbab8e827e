"""What the text is about so far: the latest material, country, site and company, and the headline's."""

from __future__ import annotations

from dataclasses import dataclass, field

from lodeclaim.reading.model import Link

__all__ = ["Discourse"]

_KINDS = ("material", "place", "site", "actor")


@dataclass(slots=True)
class Discourse:
    """Salient entities by kind. Paragraph state comes before document state; the headline comes last."""

    headline: dict[str, Link] = field(default_factory=dict)
    document: dict[str, Link] = field(default_factory=dict)
    paragraph: dict[str, Link] = field(default_factory=dict)
    sentence: dict[str, Link] = field(default_factory=dict)
    predicates: dict[str, str] = field(default_factory=dict)
    pair: tuple[Link, ...] = ()
    period: str | None = None

    def open_paragraph(self) -> None:
        """Forget the paragraph; what it said last stays known for the document, a site for one paragraph more."""
        self.document.pop("site", None)
        self.document.update(self.paragraph)
        self.paragraph = {}
        self.sentence = {}
        self.predicates = {}
        self.period = None

    def note(self, kind: str, link: Link) -> None:
        """Remember that the sentence just read named the entity."""
        self.paragraph[kind] = link
        self.sentence[kind] = link

    def note_headline(self, kind: str, link: Link) -> None:
        """Remember an entity of a headline: the first of the document stays, a later one opens its section."""
        if self.document:
            self.document[kind] = link
        self.headline.setdefault(kind, link)

    def recall(self, kind: str, *, beyond_paragraph: bool = True) -> tuple[Link, str] | None:
        """Return the salient entity of a kind and the rule that found it, nearest scope first."""
        if kind in self.paragraph:
            return self.paragraph[kind], "earlier in the paragraph"
        if not beyond_paragraph:
            return None
        if kind in self.document:
            return self.document[kind], "earlier in the document"
        if kind in self.headline:
            return self.headline[kind], "headline"
        return None

"""What the reader finds on its way from text to claims."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from lodeclaim.reading.found import Hit, Hits

__all__ = ["Block", "DateMention", "Link", "Quantity", "Sentence", "UnitClass"]

UnitClass = Literal["mass", "mass-rate", "percent", "grade", "money", "price", "count", "time", "area", "points"]


@dataclass(slots=True)
class Quantity:
    """A number with its unit as it stands in the text, normalised to the unit of the contract."""

    start: int
    end: int
    value: float
    value_max: float | None
    unit: str
    unit_class: UnitClass
    comparator: str
    comparator_words: tuple[int, int] | None = None
    noun: tuple[str, int, int] | None = None
    multiplier: float = 1.0
    #: A percentage that is written as so many out of so many.
    parts: bool = False


class DateMention(NamedTuple):
    """A date or period in the text as EDTF. ``relation`` is at, until or since."""

    start: int
    end: int
    period: str
    relation: Literal["at", "until", "since"]
    rule: str


class Block(NamedTuple):
    """A paragraph, headline or list item; ``skip`` says why nothing is read from it."""

    start: int
    end: int
    kind: Literal["headline", "body"]
    skip: str | None = None


@dataclass(slots=True)
class Sentence:
    """A sentence with what was found in it, each list in order of position; ``every`` holds the document's hits."""

    start: int
    end: int
    block: Block
    every: Hits
    quantities: list[Quantity]
    dates: list[DateMention]
    #: Roles that prepositions give to the mentions, by where these start; filled when first asked for.
    roles: dict[int, str | None] = field(default_factory=dict)

    @property
    def hits(self) -> list[Hit]:
        """The hits that begin in the sentence; ``of`` is much faster where one category is enough."""
        return self.every.beginning(self.start, self.end)

    def of(self, category: str) -> Sequence[Hit]:
        """Return the hits of one category that begin in the sentence."""
        return self.every.within(category, self.start, self.end)


class Link(NamedTuple):
    """An entity that fills a slot, with the rule and the words that gave it."""

    entity: str
    start: int
    end: int
    rule: str
    status: Literal["confirmed", "probable", "possible"] = "confirmed"
    note: str = ""

"""What the reader finds on its way from text to claims."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, final

from lodeclaim.claims.model import LinkStatus
from lodeclaim.reading.found import Hit, Hits

__all__ = ["Block", "DateMention", "Link", "Quantity", "Sentence", "UnitClass"]

DateRelation = Literal["at", "until", "since"]
BlockKind = Literal["headline", "body"]
UnitClass = Literal["mass", "mass-rate", "percent", "grade", "money", "price", "count", "time", "area", "points"]


# Made by the thousand for each text: plain classes are quicker to make than dataclasses and named tuples, and where
# the reader is compiled their fields are those of a C struct.


@final
class Quantity:
    """A number with its unit as it stands in the text, normalised to the unit of the contract.

    ``noun`` is what is counted, with its span; ``parts`` tells of a percentage that is written as so many out of so
    many.
    """

    __slots__ = (
        *("start", "end", "value", "value_max", "unit", "unit_class", "comparator", "comparator_words", "noun"),
        *("multiplier", "parts"),
    )

    def __init__(
        self,
        start: int,
        end: int,
        value: float,
        value_max: float | None,
        unit: str,
        unit_class: UnitClass,
        comparator: str,
        comparator_words: tuple[int, int] | None = None,
        noun: tuple[str, int, int] | None = None,
        multiplier: float = 1.0,
        parts: bool = False,
    ) -> None:
        self.start = start
        self.end = end
        self.value = value
        self.value_max = value_max
        self.unit = unit
        self.unit_class: UnitClass = unit_class
        self.comparator = comparator
        self.comparator_words = comparator_words
        self.noun = noun
        self.multiplier = multiplier
        self.parts = parts

    def like(
        self, start: int, end: int, value: float, comparator: str, comparator_words: tuple[int, int] | None
    ) -> Quantity:
        """Return another number that is counted in the same way."""
        return Quantity(
            start,
            end,
            value,
            None,
            self.unit,
            self.unit_class,
            comparator,
            comparator_words,
            self.noun,
            self.multiplier,
            self.parts,
        )


@final
class DateMention:
    """A date or period in the text as EDTF. ``relation`` is at, until or since."""

    __slots__ = ("end", "period", "relation", "rule", "start")

    def __init__(self, start: int, end: int, period: str, relation: DateRelation, rule: str) -> None:
        self.start = start
        self.end = end
        self.period = period
        self.relation: DateRelation = relation
        self.rule = rule


@final
class Block:
    """A paragraph, headline or list item; ``skip`` says why nothing is read from it."""

    __slots__ = ("end", "kind", "skip", "start")

    def __init__(self, start: int, end: int, kind: BlockKind, skip: str | None = None) -> None:
        self.start = start
        self.end = end
        self.kind: BlockKind = kind
        self.skip = skip


@final
class Sentence:
    """A sentence with what was found in it, each list in order of position; ``every`` holds the document's hits.

    ``roles`` are those that prepositions give to the mentions, by where these start; filled when first asked for.
    """

    __slots__ = ("block", "dates", "end", "every", "quantities", "roles", "start")

    def __init__(
        self, start: int, end: int, block: Block, every: Hits, quantities: list[Quantity], dates: list[DateMention]
    ) -> None:
        self.start = start
        self.end = end
        self.block = block
        self.every = every
        self.quantities = quantities
        self.dates = dates
        self.roles: dict[int, str | None] = {}

    @property
    def hits(self) -> list[Hit]:
        """The hits that begin in the sentence; ``of`` is much faster where one category is enough."""
        return self.every.beginning(self.start, self.end)

    def of(self, category: str) -> Sequence[Hit]:
        """Return the hits of one category that begin in the sentence."""
        return self.every.within(category, self.start, self.end)


@final
class Link:
    """An entity that fills a slot, with the rule and the words that gave it."""

    __slots__ = ("end", "entity", "note", "rule", "start", "status")

    def __init__(
        self, entity: str, start: int, end: int, rule: str, status: LinkStatus = "confirmed", note: str = ""
    ) -> None:
        self.entity = entity
        self.start = start
        self.end = end
        self.rule = rule
        self.status: LinkStatus = status
        self.note = note

    def to(self, entity: str, rule: str | None = None) -> Link:
        """Return the same words as a link to another entity."""
        return Link(entity, self.start, self.end, rule or self.rule, self.status, self.note)

"""The records of a claim: slots, reasons, participants and the source that said it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from msgspec import Struct

__all__ = ["LINKED", "Claim", "LinkStatus", "Participant", "Reason", "Source", "is_linked", "plain_name"]

Modality = Literal["actual", "planned", "forecast", "estimated", "conditional", "opinion"]
LinkStatus = Literal["confirmed", "probable", "possible"]

#: Slots that hold an entity. An unlinked mention is kept in them as ``name:`` and its words.
LINKED: Final = ("material", "place", "site", "actor", "counterparty")


class Reason(Struct, frozen=True, kw_only=True, gc=False):
    """Why a slot has its value: the rule and the words at ``start:end`` of the untouched text.

    ``status`` is set where the slot links a name to an entity; ``note`` says what the words alone do not.
    """

    slot: str
    rule: str
    words: str = ""
    start: int | None = None
    end: int | None = None
    status: LinkStatus | None = None
    note: str = ""


class Participant(Struct, frozen=True, kw_only=True, gc=False):
    """A further entity of a claim beyond its main slots, such as the second partner of a venture."""

    role: str
    entity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Who published what, when, and under which licence.

    ``kind`` is ``document`` or ``statistics``. ``published`` is EDTF or None, ``published_basis`` how it is
    known. ``address`` is the path or URL as it was given; ``sha256`` the hash of the bytes as they came.
    """

    id: str
    kind: Literal["document", "statistics"]
    title: str | None
    publisher: str | None
    language: str | None
    published: str | None
    published_basis: str | None
    address: str | None
    licence: str | None
    citation: str | None
    sha256: str | None


class Claim(Struct, frozen=True, kw_only=True, gc=False):
    """A statement of one source about raw-material supply.

    ``locator`` is ``start:end`` in characters of the document's untouched text, or ``row:N``, the N-th data row
    of a table (first row is 1). ``quote`` is the text at the span, or the cells of the row.

    Slots: ``material``, ``form``, ``stage`` and ``predicate`` hold ids of the vocabulary. ``place`` is a country
    (ISO 3166 alpha-3), a group such as ``EU27`` or ``WLD``. ``actor`` and ``counterparty`` hold a country or an
    actor, ``site`` a deposit, mine, plant or project. An entity the vocabulary lacks is ``name:`` and its words.
    ``kind`` refines the predicate (reserve or resource, import or export, construction start …).

    ``value`` and ``value_max`` are in ``unit`` (t, t/yr, %, USD …); ``basis`` is gross, contained, or the id of
    the compound the mass is counted in; None where the source does not say. ``period`` is EDTF. ``flags`` are
    words about the figure: withheld, nil, rounded, residual, estimated, net-exporter, headline.
    """

    id: str
    source: str
    locator: str
    quote: str
    predicate: str
    material: str | None = None
    form: str | None = None
    stage: str | None = None
    place: str | None = None
    site: str | None = None
    actor: str | None = None
    counterparty: str | None = None
    kind: str | None = None
    value: float | None = None
    value_max: float | None = None
    unit: str | None = None
    comparator: str | None = None
    basis: str | None = None
    period: str | None = None
    modality: Modality = "actual"
    instrument: str | None = None
    attributed_to: str | None = None
    reader: str = "rules"
    confidence: float = 1.0
    flags: tuple[str, ...] = ()
    others: tuple[Participant, ...] = ()
    reasons: tuple[Reason, ...] = ()

    @property
    def span(self) -> tuple[int, int] | None:
        """Start and end in the document's text, or None for a row of a table."""
        start, _, end = self.locator.partition(":")
        return None if start == "row" else (int(start), int(end))

    @property
    def entities(self) -> tuple[tuple[str, str], ...]:
        """(role, entity) for every filled entity slot and every other participant."""
        main = tuple((role, value) for role in LINKED if (value := getattr(self, role)) is not None)
        return main + tuple((other.role, other.entity) for other in self.others)


def is_linked(entity: str) -> bool:
    """Tell whether the slot holds an entity of the vocabulary, not just a name."""
    return not entity.startswith("name:")


def plain_name(entity: str) -> str:
    """Return the words of an unlinked mention, or the id as it is."""
    return entity.removeprefix("name:")

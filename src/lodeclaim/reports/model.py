"""The records of a brief. Each number is a Figure and names its claims; each claim is in the appendix."""

from __future__ import annotations

from dataclasses import dataclass
from os import PathLike
from typing import Literal

from lodeclaim.claims.figure import Figure

__all__ = [
    "Answer",
    "Brief",
    "ClaimEntry",
    "DealPartRow",
    "DealRow",
    "DisagreementNote",
    "GaugeRow",
    "HoldingRow",
    "ListingNote",
    "Phrase",
    "ProductionRow",
    "ProjectRow",
    "ReasonNote",
    "RelianceSection",
    "ReservesSection",
    "ShareRow",
    "ShareTable",
    "SourceEntry",
    "StageSection",
    "StatementRow",
    "VoiceNote",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Words of a running text, with the claims they rest on."""

    words: str
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A question of the first page with its answer."""

    question: str
    phrases: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareRow:
    """What one country, group or actor holds. ``moved`` says which document's claim set an end of the interval."""

    entity: str | None
    name: str
    share: Figure
    amount: Figure | None = None
    moved: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareTable:
    """Shares of one whole, largest first, with what may be said of their reach."""

    title: str
    period: str | None
    rows: tuple[ShareRow, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductionRow:
    """Quantities of one country in the periods of the table, and the change from first to last."""

    place: str | None
    name: str
    figures: tuple[Figure, ...]
    change: Figure
    moved: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRow:
    """What one or several claims of documents say, in plain words; ``start`` and ``end`` are ISO days."""

    words: str
    when: str
    start: str | None
    end: str | None
    value: Figure | None
    modality: str
    said_by: str
    claims: tuple[str, ...]
    milestone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldingRow:
    """Who holds a working site: ``control`` is the country behind the actor, ``output`` what claims give for it."""

    site: str
    place: str
    actor: str
    control: str | None
    stake: float | None
    output: Figure
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StageSection:
    """One stage of the chain: who does it, by territory and by control, how concentrated, and how it changed."""

    stage: str
    name: str
    measure: str
    period: str | None
    basis: str | None
    unit: str | None
    total: Figure
    shares: tuple[ShareRow, ...]
    control: tuple[ShareRow, ...]
    holdings: tuple[HoldingRow, ...]
    hhi_territory: Figure
    hhi_control: Figure
    periods: tuple[str, ...]
    production: tuple[ProductionRow, ...]
    said: tuple[StatementRow, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservesSection:
    """Reserves by country from official tables, and what documents say of deposits, class by class."""

    period: str | None
    basis: str | None
    total: Figure
    rows: tuple[ShareRow, ...]
    said: tuple[StatementRow, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingNote:
    """Membership of a legal list, with the place in the law."""

    list: str
    title: str
    name: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GaugeRow:
    """A value and the threshold that the law sets for it."""

    name: str
    value: Figure
    threshold: float
    threshold_words: str
    article: str
    verdict: str
    series: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RelianceSection:
    """How far the European Union and the United States depend on others."""

    listings: tuple[ListingNote, ...]
    gauges: tuple[GaugeRow, ...]
    sourcing: tuple[ShareTable, ...]
    reliance: tuple[ShareTable, ...]
    said: tuple[StatementRow, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectRow:
    """A deposit, mine, plant or project. ``read_as`` are other spellings in which documents name it."""

    site: str
    name: str
    linked: bool
    country: str | None
    kind: str | None
    status: str | None
    status_as_of: str | None
    operator: str | None
    listings: tuple[str, ...]
    read_as: tuple[str, ...]
    statements: tuple[StatementRow, ...]
    source: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DealPartRow:
    """One sum of a deal: what kind of money it is and who gives it, and how firm it is."""

    words: str
    amount: Figure
    firmness: int | None
    modality: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DealRow:
    """One deal between parties, however many claims tell of it.

    ``amount`` is its total, never added to its ``parts``. ``firmness`` runs from 1 (talks) to 8 (paid out).
    """

    kind: str
    parties: str
    subject: str
    instrument: str | None
    firmness: int | None
    status: str
    amount: Figure
    parts: tuple[DealPartRow, ...]
    when: str
    start: str | None
    end: str | None
    modality: str
    said_by: str
    claims: tuple[str, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceNote:
    """What one claim says in a disagreement; ``low`` and ``high`` bound it, None is an open side."""

    claim: str
    publisher: str
    published: str | None
    qualifier: str
    words: str
    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DisagreementNote:
    """Claims that do not go together: about what, how, and who says what."""

    kind: Literal["conflict", "several", "bound"]
    matter: str
    explanation: str
    unit: str | None
    settled: Figure | None
    voices: tuple[VoiceNote, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonNote:
    """Why a slot of a claim has its value."""

    slot: str
    value: str
    rule: str
    words: str
    status: str | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimEntry:
    """One claim with its passage: ``before``, ``quote`` and ``after`` are the untouched text."""

    id: str
    statement: str
    predicate: str
    origin: Literal["document", "statistics"]
    before: str
    quote: str
    after: str
    language: str | None
    source: str
    publisher: str | None
    published: str | None
    locator: str
    reader: str
    confidence: float
    flags: tuple[str, ...]
    reasons: tuple[ReasonNote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceEntry:
    """A source with licence and citation, and how many of the brief's claims it gives."""

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
    claims: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What is known of a material, each number with its claims.

    ``print`` gives plain text, ``save`` a page or its JSON twin, and a notebook shows the page in place.
    """

    material: str
    title: str
    as_of: str | None
    documents: int
    listings: tuple[ListingNote, ...]
    answers: tuple[Answer, ...]
    stages: tuple[StageSection, ...]
    reserves: ReservesSection
    reliance: RelianceSection
    projects: tuple[ProjectRow, ...]
    deals: tuple[DealRow, ...]
    milestones: tuple[StatementRow, ...]
    measures: tuple[StatementRow, ...]
    targets: tuple[StatementRow, ...]
    disagreements: tuple[DisagreementNote, ...]
    further: tuple[StatementRow, ...]
    missing: tuple[str, ...]
    claims: tuple[ClaimEntry, ...]
    sources: tuple[SourceEntry, ...]

    @property
    def generated_from(self) -> tuple[SourceEntry, ...]:
        """The sources behind the brief."""
        return self.sources

    def __str__(self) -> str:
        from lodeclaim.reports.text import render_text

        return render_text(self)

    def _repr_html_(self) -> str:
        from lodeclaim.reports.html import render_fragment

        return render_fragment(self)

    def save(self, path: str | PathLike[str]) -> None:
        """Write the brief in the format that the name ends in: .html, .json or .txt."""
        from lodeclaim.reports.save import save

        save(self, path)

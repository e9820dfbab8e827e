"""What the text is about so far: the latest material, country, site and company, and the headline's."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from msgspec.structs import replace

from lodeclaim.claims.identity import identify
from lodeclaim.claims.model import Claim, Reason
from lodeclaim.reading.model import Link, Sentence

__all__ = ["Discourse"]

#: Steps of a story, dated by the date that the sentence before opens with.
_TOLD: Final = {"agreement", "transaction"}
#: What is told of the same period in one breath.
_FLOWS: Final = ("production", "trade", "demand", "growth")
_OF_FLOWS: Final = ("supplier_share", "import_reliance", "share")
#: What a text is about from its lead on; who and where else it names are told by the way.
_SETTINGS: Final = ("place", "company")
_OPENING: Final = 12
_YEAR: Final = 4
_BY_ORIGIN: Final = "adjective or people"
#: What is said of a period; stakes, grades and reserves hold without one.
_DATED: Final = {"production", "demand", "trade", "share", "supplier_share", "growth", "target", "import_reliance"}


@dataclass(slots=True)
class Discourse:
    """Salient entities by kind. Paragraph state comes before document state; the headline comes last."""

    topic: dict[str, Link] = field(default_factory=dict)
    headline: dict[str, Link] = field(default_factory=dict)
    document: dict[str, Link] = field(default_factory=dict)
    paragraph: dict[str, Link] = field(default_factory=dict)
    sentence: dict[str, Link] = field(default_factory=dict)
    predicates: dict[str, str] = field(default_factory=dict)
    pair: tuple[Link, ...] = ()
    periods: dict[str, str] = field(default_factory=dict)
    frame: str | None = None
    names: tuple[Link, ...] = ()
    lead_end: int = 0
    lead: str | None = None
    published: str = ""
    ahead: str | None = None
    several: bool = False
    _places: set[str] = field(default_factory=set)
    _periods_here: dict[str, str] = field(default_factory=dict)

    def note_topic(self, kind: str, link: Link) -> None:
        """Remember the first site and company of headline and lead: what the document is about."""
        self.topic.setdefault(kind, link)

    def open_paragraph(self) -> None:
        """Forget the paragraph; what it said last stays known for the document, a site for one paragraph more."""
        self.document.pop("site", None)
        place = self.document.get("place")
        self.document.update(self.paragraph)
        if place is not None and self.document["place"].rule == _BY_ORIGIN:
            # "the American army": told of who somebody is, not of where something lies
            self.document["place"] = place
        if self._places:
            # of several countries the last is no more likely to be meant again than the others
            self.several = len(self._places) > 1
        self._places = set()
        self.paragraph = {}
        self.sentence = {}
        self.predicates = {}
        self.periods = {}
        self.frame = None
        self.ahead = None
        self._periods_here = {}

    def note(self, kind: str, link: Link) -> None:
        """Remember that the sentence just read named the entity."""
        self.paragraph[kind] = link
        self.sentence[kind] = link
        if kind == "place":
            self._places.add(link.entity)

    def note_headline(self, kind: str, link: Link) -> None:
        """Remember an entity of a headline: the first of the document stays, a later one opens its section."""
        if self.document:
            self.document[kind] = link
        self.headline.setdefault(kind, link)

    def subject(self, kind: str) -> Link | None:
        """Return the entity of a kind that the paragraph named last, or else what the document is about."""
        return self.paragraph.get(kind) or self.topic.get(kind)

    def recall(
        self, kind: str, *, beyond_paragraph: bool = True, among: frozenset[str] | None = None
    ) -> tuple[Link, str] | None:
        """Return the salient entity of a kind, one ``among`` those given, and the rule that found it, nearest first."""
        scopes = [(self.paragraph, "earlier in the paragraph")]
        if beyond_paragraph:
            if kind in _SETTINGS and (kind != "place" or self.several or kind not in self.document):
                scopes.append((self.topic, "what the document is about"))
            scopes += [(self.document, "earlier in the document"), (self.headline, "headline")]
        for scope, rule in scopes:
            link = scope.get(kind)
            if link is not None and (among is None or link.entity in among):
                return link, rule
        return None

    def with_period(self, claim: Claim, sentence: Sentence) -> Claim:
        """Return the claim, dated like the sentence before where that said the same kind of thing with a date.

        Only a sentence without any date takes one over, and only from its neighbour.
        """
        if claim.period is not None:
            known = self._periods_here.get(claim.predicate)
            if known is None or claim.period[:4] >= known[:4]:
                # of two years that are compared, the later is what the text goes on with
                self._periods_here[claim.predicate] = claim.period
            if self.lead is None and sentence.start < self.lead_end and _happened(claim):
                self.lead = claim.period
            return claim
        period = self.periods.get(claim.predicate) or (self.frame if claim.predicate in _TOLD else None)
        if period is None and claim.predicate == "target":
            # "its goals for 2030 are far off. It is to mine 10 percent …"
            period = self.ahead
        if period is None and claim.predicate in _FLOWS:
            # "in 2024 it mined 220,000 tonnes. One company raised its output by half"
            period = next((self.periods[other] for other in _FLOWS if other in self.periods), None)
        if period is None and claim.predicate in _OF_FLOWS:
            # "it imported 16,400 tonnes in 2025. Of these 65 percent came from China"
            period = next((self.periods[other] for other in ("trade", "production") if other in self.periods), None)
        lead = period is None and self.lead is not None and _happened(claim) and _is_flow(claim, sentence)
        if lead:
            period = self.lead
        if period is None or sentence.dates or claim.predicate not in _DATED | _TOLD:
            return claim
        self._periods_here[claim.predicate] = period
        reason = Reason(slot="period", rule="period of the lead" if lead else "period of the sentence before")
        sure = max(0.1, round(claim.confidence - (0.2 if lead else 0.1), 2))
        return identify(replace(claim, period=period, reasons=(*claim.reasons, reason), confidence=sure))

    def told_of_output(self) -> bool:
        """Tell whether the sentence before told of an amount that was produced or traded in a period."""
        return not self.periods.keys().isdisjoint(_FLOWS[:2])

    def close_sentence(self, sentence: Sentence) -> None:
        """Keep the periods of the sentence just read for the next one, and the date that it opens with."""
        self.periods, self._periods_here = self._periods_here, {}
        coming = [
            mention.period[:_YEAR] for mention in sentence.dates if mention.period[:_YEAR] > self.published[:_YEAR]
        ]
        self.ahead = coming[-1] if coming and self.published else self.ahead
        first = sentence.dates[0] if sentence.dates else None
        if first is not None:
            opens = first.start - sentence.start <= _OPENING and first.relation == "at"
            self.frame = first.period if opens else None


def _happened(claim: Claim) -> bool:
    """Tell of an amount that was produced, traded or used, and of its change."""
    return claim.predicate in _FLOWS and claim.modality == "actual" and claim.unit in ("t", "%")


def _is_flow(claim: Claim, sentence: Sentence) -> bool:
    """Tell whether a change is that of an amount, not of a price."""
    told = {hit.value[0] for hit in sentence.of("trigger")}
    return claim.predicate != "growth" or (not told.isdisjoint(_FLOWS[:3]) and "price" not in told)

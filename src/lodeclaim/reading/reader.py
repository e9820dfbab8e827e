"""The deterministic reader: a document becomes claims, by rules and language data alone."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from typing import Final, Protocol

from lodeclaim.claims.model import Claim
from lodeclaim.documents.model import Document
from lodeclaim.reading.discourse import Discourse
from lodeclaim.reading.drafts import event_claim, quantity_claim, share_periods
from lodeclaim.reading.events import find_events
from lodeclaim.reading.frames import Choice, Parties, choose_predicate
from lodeclaim.reading.language import load_language, readable_languages
from lodeclaim.reading.mentions import METONYM, Mentions
from lodeclaim.reading.model import Link, Quantity, Sentence
from lodeclaim.reading.prices import Prices
from lodeclaim.reading.respectively import paired_mentions
from lodeclaim.reading.roles import fill_roles
from lodeclaim.reading.scan import Scan
from lodeclaim.reading.siblings import of_one_deal, of_one_statement
from lodeclaim.reading.slots import REPORTERS, Filled, Filler

__all__ = ["Reader", "RuleReader"]

#: What companies and states of the field do may be told without naming a material.
_WITHOUT_MATERIAL: Final = frozenset(
    {
        *("target", "count", "measure", "milestone", "share", "stake", "agreement"),
        *("investment", "financing", "transaction", "valuation"),
    }
)
#: What may be said of shrimps as well as of copper.
_OF_ANYTHING: Final = frozenset(
    {
        *("share", "trade", "count", "growth", "demand", "investment", "price", "agreement", "financing", "reserve"),
        *("stake", "valuation", "transaction", "measure"),
    }
)
#: Slots that tie a claim to its own paragraph.
_TIES: Final = ("material", "site", "actor", "counterparty")
#: Words that a paragraph on raw materials has at least one of.
_OF_MINING: Final = ("material", "formula", "site", "site_words", "stage", "form", "kind", "anaphora")
#: Strong triggers that together tell of a measure on exports: in a text on raw materials, on those.
_OF_EXPORTS: Final = {("measure", 1.0), ("trade", 1.0)}
#: What is told of who imports.
_OF_IMPORTERS: Final = ("supplier_share", "import_reliance")
#: Predicates that tie what else a sentence says to raw materials.
_OF_MINES: Final = ("production", "capacity", "grade", "recovery")
#: What is measured in grades and in tonnes a year is mined or processed.
_MINED: Final = ("mass-rate", "grade")
_DEFAULT: Final = "en"
#: An item of a list goes on with the paragraph before it.
_ITEM: Final = re.compile(r"\s*[–—•·*▪-]\s")
_AUTHORITIES: Final = ("agency", "ministry", "government")
_ORES: Final = ("ore", "concentrate")
#: Less money than this, in whatever currency, is that of a unit: "$5 for every tonne".
_LEAST_MONEY: Final = 100
_REACHING: Final = (">=", "~")


class Reader(Protocol):
    """Whatever turns a document into claims."""

    name: str

    def read(self, document: Document) -> list[Claim]:
        """Return the claims of the document in order of their place."""
        ...


class RuleReader:
    """Reads claims by the grammar, words and frames of the document's language."""

    name = "rules"

    def read(self, document: Document) -> list[Claim]:
        """Return the claims of the document in order of place; each quote stands at its span.

        A document in a language without reader data gives no claims.
        """
        code = document.language or _DEFAULT
        if code not in readable_languages():
            return []
        scan = Scan(document, load_language(code))
        return list(_Reading(scan).claims()) if scan.concerns_materials() else []


class _Reading:
    """One document being read from top to bottom."""

    def __init__(self, scan: Scan) -> None:
        self.scan = scan
        self.document = scan.document
        self.text = scan.text
        self.grammar = scan.grammar
        self.vocabulary = scan.vocabulary
        self.lead_end = scan.lead_end
        self.discourse = Discourse(
            names=scan.subjects(), lead_end=scan.lead_end, published=scan.document.published or ""
        )
        self.prices = Prices(self.text)

    def claims(self) -> Iterator[Claim]:
        for block in self.scan.blocks:
            if not _ITEM.match(self.text, block.start):
                self.discourse.open_paragraph()
                self.prices.forget()
            for sentence in self.scan.sentences(block):
                yield from self._sentence(sentence)

    def _sentence(self, sentence: Sentence) -> Iterator[Claim]:
        telling = bool(sentence.quantities) or bool(sentence.of("event"))
        if not telling and self.scan.names_nothing(sentence):
            self.discourse.sentence = {}
            self.discourse.close_sentence(sentence)
            return
        mentions = self.scan.mentions(sentence, telling=telling)
        elsewhere = bool(sentence.of("off_topic") or sentence.of("aside")) and not (
            mentions.materials or mentions.sites
        )
        if not telling or elsewhere:
            self._remember(sentence, mentions)
            return
        found: list[Claim] = []
        told: list[tuple[str, int, int]] = []
        before: tuple[Quantity, Choice] | None = None
        parties = self._parties(sentence, mentions)
        paired = paired_mentions(self.text, sentence, mentions, self.grammar)
        inherited: str | None = None
        importer: Link | None = None
        for quantity in sentence.quantities:
            self.prices.complete(sentence, quantity)
            choice = choose_predicate(
                self.text,
                sentence,
                quantity,
                before,
                self.discourse.predicates.get(quantity.unit_class),
                parties,
                self.grammar,
            )
            if choice is None:
                continue
            same_list = before is not None and before[1].predicate == choice.predicate
            if quantity.comparator in _REACHING:
                # what stands before the first number of a list holds for all of it, what stands inside does not
                inherited = None if same_list else quantity.comparator
            elif not same_list:
                inherited = None
            filler = Filler(
                self.text,
                sentence,
                paired.get(quantity.start, mentions),
                self.discourse,
                self.vocabulary,
                self.grammar,
                quantity.start,
                quantity.end,
                quantity.start in paired,
            )
            filled = fill_roles(filler, choice.predicate)
            if choice.predicate in _OF_IMPORTERS and "place" not in filled.slots:
                # nobody is named who imports: what comes from elsewhere is a share
                choice = dataclasses.replace(choice, predicate="share")
                filled = fill_roles(filler, "share")
            if choice.predicate in _OF_IMPORTERS:
                importer = filled.link("place", "named") or importer
                if importer is not None:
                    self.discourse.note("importer", importer)
            before = (quantity, choice)
            self.discourse.predicates[quantity.unit_class] = choice.predicate
            if not _about_raw_materials(choice.predicate, filled.slots, mentions) or _trifle(
                choice.predicate, quantity
            ):
                continue
            mined = any(predicate in _OF_MINES for predicate, _, _ in told)
            if choice.predicate in _OF_ANYTHING and not mined and self._elsewhere(sentence, filled):
                continue
            self._note_imposer(choice.predicate, filled)
            claim = quantity_claim(self.document, sentence, quantity, choice, filled, mentions, inherited)
            found.append(self.discourse.with_period(claim, sentence))
            told.append((choice.predicate, quantity.start, quantity.end))
        if sentence.block.kind == "body":
            for event in find_events(self.text, sentence, told):
                filler = Filler(
                    self.text, sentence, mentions, self.discourse, self.vocabulary, self.grammar, event.start, event.end
                )
                filled = fill_roles(filler, event.predicate)
                if event.kind == "law-in-force" and not sentence.dates:
                    continue
                if _enough(filled.slots, sentence) and _about_raw_materials(event.predicate, filled.slots, mentions):
                    self._note_imposer(event.predicate, filled)
                    told_of = event_claim(self.document, sentence, event, filled, mentions)
                    found.append(self.discourse.with_period(told_of, sentence))
        self._remember(sentence, mentions)
        if importer is not None:
            # what comes next speaks of whose imports they are, not of the suppliers
            self.discourse.note("place", importer)
        found.sort(key=lambda claim: claim.span or (0, 0))
        yield from of_one_deal(self.text, of_one_statement(self.text, sentence, share_periods(found)))

    def _note_imposer(self, predicate: str, filled: Filled) -> None:
        """Remember who imposed a measure: "the embargo" of a later sentence is theirs."""
        if predicate == "measure" and (link := filled.link("actor", "imposed a measure")) is not None:
            self.discourse.note("imposer", link)

    def _elsewhere(self, sentence: Sentence, filled: Filled) -> bool:
        """Tell whether the material comes from afar and nothing in the whole paragraph has to do with mining."""
        block = sentence.block
        if any(self.scan.hits.within(kind, block.start, block.end) for kind in _OF_MINING):
            return False
        if any(quantity.unit_class in _MINED for quantity in sentence.quantities):
            return False
        told = {hit.value for hit in self.scan.hits.within("trigger", block.start, block.end)}
        if told >= _OF_EXPORTS:
            return False
        return not any(
            (reason.slot in _TIES or reason.rule == METONYM)
            and reason.start is not None
            and block.start <= reason.start < block.end
            for reason in filled.reasons
        )

    def _parties(self, sentence: Sentence, mentions: Mentions) -> Parties:
        actors = [self.vocabulary.actors.get(link.entity) for link in mentions.actors]
        kinds = {actor.kind for actor in actors if actor is not None}
        pointing = {str(hit.value) for hit in sentence.of("anaphora")}
        here, neighbour = self.discourse.paragraph, self.discourse.sentence
        return Parties(
            company=bool(mentions.actors or mentions.names or "company" in pointing or "actor" in neighbour),
            company_here=bool(mentions.actors or mentions.names),
            company_known=self.discourse.subject("company") is not None,
            lender=bool(kinds & {"development-bank", "export-credit-agency"}),
            site=bool(mentions.sites) or "site" in here or "site" in pointing,
            material_here=bool(mentions.materials or mentions.sites),
            material_before="material" in here,
        )

    def _remember_home(self, mentions: Mentions) -> None:
        """Remember the country of an authority where the sentence names none: "Cochilco says that the country …"."""
        for link in (*mentions.reporters, *mentions.actors):
            actor = self.vocabulary.actors.get(link.entity)
            if actor is not None and actor.kind in _AUTHORITIES and actor.home in self.vocabulary.countries:
                self.discourse.note("place", link.to(actor.home, "country of the authority"))

    def _origins_first(self, places: list[Link]) -> list[Link]:
        """Put origins, destinations and settings first, so that what comes next speaks of the country that acts."""

        def weight(link: Link) -> int:
            return 0 if self._is_side(link) else 1 if "in" in self._roles(link) else 2

        return sorted(places, key=weight)

    def _roles(self, link: Link) -> tuple[str, ...]:
        return self.grammar.prepositions.before(self.text, link.start)

    def _is_side(self, link: Link) -> bool:
        """Tell whether a country is where something comes from or goes to."""
        roles = self._roles(link)
        return "from" in roles or "to" in roles[:1]

    def _only_reports(self, link: Link) -> bool:
        """Tell whether an actor counts or reports what others do: nothing is told of it later."""
        actor = self.vocabulary.actors.get(link.entity)
        return actor is not None and actor.kind in REPORTERS

    def _is_company(self, link: Link) -> bool:
        """Tell whether an actor is a company; what the vocabulary lacks has the name of one."""
        actor = self.vocabulary.actors.get(link.entity)
        return actor is None or actor.kind in ("company", "state-company")

    def _is_setting(self, link: Link) -> bool:
        """Tell whether a text may be about this country: it is named, and not as where something comes from or goes."""
        if link.rule != "named" or link.entity not in self.vocabulary.countries:
            return False
        return self._roles(link)[:1] not in (("from",), ("to",))

    def _note_company(self, sentence: Sentence, link: Link) -> None:
        if sentence.start < self.lead_end:
            self.discourse.note_topic("company", link)
        if sentence.block.kind != "headline":
            self.discourse.note("company", link)

    def _remember(self, sentence: Sentence, mentions: Mentions) -> None:
        self.discourse.sentence = {}
        self.discourse.close_sentence(sentence)
        if mentions.names:
            self.discourse.note("name", mentions.names[-1])
        sites = tuple({link.entity: link for link in mentions.sites}.values())
        if len(sites) >= 2:
            self.discourse.pair = sites[-2:]
        named = any(link.rule == "named" for link in mentions.places)
        acting = all(self._is_side(link) for link in mentions.places if link.rule == "named")
        company = next((link for link in mentions.actors if self._is_company(link)), None)
        if company is not None:
            # the first of a sentence is most often its subject
            self._note_company(sentence, company)
        if not mentions.places:
            self._remember_home(mentions)
        for kind in ("material", "place", "site", "actor"):
            links = mentions.of(kind)
            if not links:
                continue
            if kind == "place" and len({link.entity for link in links}) > 1:
                links = self._origins_first(links)
            for link in links:
                if kind == "place" and named and link.rule != "named" and not (acting and link.rule == METONYM):
                    continue
                if (kind == "place" and link.entity == "WLD") or link.rule == "office-holder":
                    continue
                if kind == "actor" and self._only_reports(link):
                    continue
                if kind == "place" and sentence.start < self.lead_end and self._is_setting(link):
                    self.discourse.note_topic(kind, link)
                if kind == "site" and sentence.start < self.lead_end:
                    self.discourse.note_topic(kind, link)
                if sentence.block.kind == "headline":
                    self.discourse.note_headline(kind, link)
                else:
                    self.discourse.note(kind, link)
                    if kind == "place" and link.entity in self.vocabulary.countries:
                        self.discourse.note("country", link)


def _enough(slots: dict[str, str], sentence: Sentence) -> bool:
    """Tell whether an event is tied to anything: to two entities, or to a material or site and a date."""
    return len(slots) >= 2 or (bool(sentence.dates) and bool(slots.keys() & {"material", "site", "actor"}))


def _trifle(predicate: str, quantity: Quantity) -> bool:
    """Tell of a mass that is too small to lie in the ground, and of money that is no sum.

    What a car contains is no reserve; "$5 for every tonne" and a price without its unit are no investment.
    """
    if quantity.unit_class == "money":
        return (quantity.value_max or quantity.value) < _LEAST_MONEY
    return predicate == "reserve" and quantity.unit_class == "mass" and (quantity.value_max or quantity.value) < 1


def _about_raw_materials(predicate: str, slots: dict[str, str], mentions: Mentions) -> bool:
    """Tell whether a claim speaks of raw materials at all: a material, a site, ore, or money for either."""
    if "material" in slots or "site" in slots:
        return True
    if predicate in ("production", "capacity", "trade") and any(hit.value in _ORES for hit in mentions.forms):
        return True
    return predicate in _WITHOUT_MATERIAL

"""The deterministic reader: a document becomes claims, by rules and language data alone."""

from __future__ import annotations

import dataclasses
from bisect import bisect_left
from collections.abc import Iterator
from typing import Protocol

from lodeclaim.claims.model import Claim
from lodeclaim.documents.model import Document
from lodeclaim.reading.blocks import split_blocks
from lodeclaim.reading.dates import find_dates
from lodeclaim.reading.discourse import Discourse
from lodeclaim.reading.drafts import event_claim, quantity_claim, share_periods
from lodeclaim.reading.events import find_events
from lodeclaim.reading.fold import fold
from lodeclaim.reading.frames import Choice, Parties, choose_predicate
from lodeclaim.reading.language import ReaderLanguage, load_language, readable_languages
from lodeclaim.reading.mentions import Mentions, collect_mentions
from lodeclaim.reading.model import Quantity, Sentence
from lodeclaim.reading.quantities import find_quantities
from lodeclaim.reading.roles import fill_roles
from lodeclaim.reading.sentences import split_sentences
from lodeclaim.reading.sites import link_sites
from lodeclaim.reading.slots import Filler
from lodeclaim.vocabulary.load import load_vocabulary

__all__ = ["Reader", "RuleReader"]

#: What companies and states of the field do may be told without naming a material.
_WITHOUT_MATERIAL = frozenset(
    {
        *("target", "count", "measure", "milestone", "share", "stake", "agreement"),
        *("investment", "financing", "transaction", "valuation"),
    }
)
_DEFAULT = "en"
_REACHING = (">=", "~")


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
        language = load_language(code)
        reading = _Reading(document, language)
        return list(reading.claims()) if reading.concerns_materials() else []


class _Reading:
    """One document being read from top to bottom."""

    def __init__(self, document: Document, language: ReaderLanguage) -> None:
        self.document = document
        self.text = document.text
        self.grammar = language.grammar
        folded = fold(self.text)
        self.hits = language.lexicon.scan(self.text, folded)
        self.blocks = split_blocks(self.text, self.hits)
        self.quantities = find_quantities(self.text, self.hits, language)
        self.dates = find_dates(self.text, self.hits, document.published, self.grammar)
        self.discourse = Discourse()
        self.vocabulary = load_vocabulary()
        self.linked = link_sites(self.text, folded, self.hits, self.blocks, self.vocabulary, self.grammar)

    def concerns_materials(self) -> bool:
        """Tell whether the text names a raw material or a site at all."""
        if self.hits.of("material", "formula", "site"):
            return True
        actors = self.vocabulary.actors
        return any(actors[str(hit.value)].materials for hit in self.hits.of("actor") if hit.value in actors)

    def claims(self) -> Iterator[Claim]:
        starts = [hit.start for hit in self.hits]
        quantity_starts = [quantity.start for quantity in self.quantities]
        date_starts = [mention.start for mention in self.dates]
        for block in self.blocks:
            if block.skip:
                continue
            self.discourse.open_paragraph()
            for start, end in split_sentences(self.text, block.start, block.end, self.grammar):
                sentence = Sentence(
                    start,
                    end,
                    block,
                    self.hits[bisect_left(starts, start) : bisect_left(starts, end)],
                    self.quantities[bisect_left(quantity_starts, start) : bisect_left(quantity_starts, end)],
                    self.dates[bisect_left(date_starts, start) : bisect_left(date_starts, end)],
                )
                yield from self._sentence(sentence)

    def _sentence(self, sentence: Sentence) -> Iterator[Claim]:
        telling = bool(sentence.quantities) or any(hit[2] == "event" for hit in sentence.hits)
        mentions = collect_mentions(self.text, sentence, self.linked, self.vocabulary, telling=telling)
        elsewhere = any(hit[2] == "off_topic" for hit in sentence.hits) and not (mentions.materials or mentions.sites)
        if not telling or elsewhere:
            self._remember(sentence, mentions)
            return
        found: list[Claim] = []
        told: list[tuple[str, int, int]] = []
        before: tuple[Quantity, Choice] | None = None
        parties = self._parties(sentence, mentions)
        inherited: str | None = None
        for quantity in sentence.quantities:
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
                inherited = quantity.comparator
            elif not same_list:
                inherited = None
            filler = Filler(
                self.text,
                sentence,
                mentions,
                self.discourse,
                self.vocabulary,
                self.grammar,
                quantity.start,
                quantity.end,
            )
            filled = fill_roles(filler, choice.predicate)
            if choice.predicate == "supplier_share" and "place" not in filled.slots:
                # nobody is named who imports: what comes from a country is its share
                choice = dataclasses.replace(choice, predicate="share")
                filled = fill_roles(filler, "share")
            before = (quantity, choice)
            self.discourse.predicates[quantity.unit_class] = choice.predicate
            if not _about_raw_materials(choice.predicate, filled.slots) or _trifle(choice.predicate, quantity):
                continue
            claim = quantity_claim(self.document, sentence, quantity, choice, filled, mentions, inherited)
            found.append(self.discourse.with_period(claim, sentence))
            told.append((choice.predicate, quantity.start, quantity.end))
        if sentence.block.kind == "body":
            for event in find_events(sentence, told):
                filler = Filler(
                    self.text, sentence, mentions, self.discourse, self.vocabulary, self.grammar, event.start, event.end
                )
                filled = fill_roles(filler, event.predicate)
                if event.kind == "law-in-force" and not sentence.dates:
                    continue
                if len(filled.slots) >= 2 and _about_raw_materials(event.predicate, filled.slots):
                    told_of = event_claim(self.document, sentence, event, filled, mentions)
                    found.append(self.discourse.with_period(told_of, sentence))
        self._remember(sentence, mentions)
        found.sort(key=lambda claim: claim.span or (0, 0))
        yield from share_periods(found)

    def _parties(self, sentence: Sentence, mentions: Mentions) -> Parties:
        actors = [self.vocabulary.actors.get(link.entity) for link in mentions.actors]
        kinds = {actor.kind for actor in actors if actor is not None}
        pointing = {str(hit.value) for hit in sentence.hits if hit.category == "anaphora"}
        here = self.discourse.paragraph
        return Parties(
            company=bool(mentions.actors) or "company" in pointing or "actor" in self.discourse.sentence,
            lender=bool(kinds & {"development-bank", "export-credit-agency"}),
            site=bool(mentions.sites) or "site" in here or "site" in pointing,
            material_here=bool(mentions.materials or mentions.sites),
        )

    def _remember(self, sentence: Sentence, mentions: Mentions) -> None:
        self.discourse.sentence = {}
        self.discourse.close_sentence(sentence)
        sites = tuple({link.entity: link for link in mentions.sites}.values())
        if len(sites) >= 2:
            self.discourse.pair = sites[-2:]
        named = any(link.rule == "named" for link in mentions.places)
        for kind in ("material", "place", "site", "actor"):
            for link in mentions.of(kind):
                if kind == "place" and named and link.rule != "named":
                    continue
                if (kind == "place" and link.entity == "WLD") or link.rule == "office-holder":
                    continue
                if sentence.block.kind == "headline":
                    self.discourse.note_headline(kind, link)
                else:
                    self.discourse.note(kind, link)


def _trifle(predicate: str, quantity: Quantity) -> bool:
    """Tell whether a mass is too small to lie in the ground: what a car contains is no reserve."""
    return predicate == "reserve" and quantity.unit_class == "mass" and (quantity.value_max or quantity.value) < 1


def _about_raw_materials(predicate: str, slots: dict[str, str]) -> bool:
    """Tell whether a claim speaks of raw materials at all: a material, a site, or money for either."""
    if "material" in slots or "site" in slots:
        return True
    return predicate in _WITHOUT_MATERIAL

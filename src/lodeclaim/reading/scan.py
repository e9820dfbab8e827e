"""A document with everything that words and grammar find in it, before any claim is made."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from lodeclaim.documents.model import Document
from lodeclaim.reading.blocks import split_blocks
from lodeclaim.reading.dates import find_dates
from lodeclaim.reading.fold import fold, one_byte
from lodeclaim.reading.found import Hit, Hits
from lodeclaim.reading.language import ReaderLanguage
from lodeclaim.reading.mentions import NAMED, Mentions, collect_mentions
from lodeclaim.reading.model import Block, Link, Sentence
from lodeclaim.reading.numbers import digit_runs
from lodeclaim.reading.quantities import find_quantities
from lodeclaim.reading.report_periods import SHORT
from lodeclaim.reading.sentences import split_sentences
from lodeclaim.reading.short_names import find_short_names
from lodeclaim.reading.sites import link_sites
from lodeclaim.reading.spans import Spans
from lodeclaim.reading.unknown_names import find_unknown_names
from lodeclaim.vocabulary.load import load_vocabulary

__all__ = ["Scan"]

_LEAD_BLOCKS: Final = 2
#: A project and its company: more names than that are no subject.
_SUBJECTS: Final = 2
#: "(ASX:NVX, NASDAQ: NVX)": where a share is listed says nothing of who acts.
_TICKER: Final = re.compile(
    r"\((?:[A-Z][\w &-]{1,16}:\s?[A-Z0-9.]{1,6}(?: (?:and|&) [A-Z0-9.]{1,6})?(?:\s?(?:[,;|/]|and)\s?)?){1,5}\)"
)


class Scan:
    """Words, blocks, quantities, dates and names of a document, each found once."""

    def __init__(self, document: Document, language: ReaderLanguage) -> None:
        self.document = document
        self.language = language
        self.grammar = language.grammar
        self.vocabulary = load_vocabulary()
        self.text = text = document.text
        folded = fold(text)
        runs = digit_runs(text, one_byte(folded))
        self.hits = language.lexicon.scan(text, folded)
        self.every_block = split_blocks(text, self.hits)
        self.blocks = [block for block in self.every_block if block.skip is None]
        self.dates = find_dates(text, self.hits, document.published, self.grammar, runs)
        self.quantities = find_quantities(text, self.hits, language, folded, runs)
        if short := [(date.start, date.end) for date in self.dates if date.rule == SHORT]:
            # "3T24" is the third quarter, no three tonnes
            periods = Spans(short)
            self.quantities = [found for found in self.quantities if not periods.holds(found.start)]
        self.linked = link_sites(text, folded, self.hits, self.every_block, self.vocabulary, self.grammar)
        tickers = Spans(match.span() for match in _TICKER.finditer(text))
        unknown = find_unknown_names(
            text, self.hits, self.grammar.prepositions, nouns_capitalised=language.nouns_capitalised
        )
        short_names = [*find_short_names(text, self.hits, unknown), *_commission(self.hits)]
        called = {hit.start for hit in short_names}
        taken = Spans((quantity.start, quantity.end) for quantity in self.quantities)
        linked = Spans((link.start, link.end) for link in self.linked)
        self.unknown = [
            link
            for link in unknown
            if not tickers.holds(link.start)
            and link.start not in called
            and not taken.touches(link.start, link.end)
            and not linked.touches(link.start, link.end)
        ]
        self._names = [
            hit
            for hit in self.hits
            if hit.category in NAMED and not tickers.holds(hit.start) and not _of_money(text, hit)
        ]
        if short_names:
            self._names = sorted((*self._names, *short_names), key=lambda hit: hit.start)
        self._name_starts = [hit.start for hit in self._names]
        self._quantity_starts = [quantity.start for quantity in self.quantities]
        self._date_starts = [mention.start for mention in self.dates]
        self._unknown_starts = [link.start for link in self.unknown]

    def concerns_materials(self) -> bool:
        """Tell whether the text names a raw material, a site, or a company of the field."""
        if self.hits.of("material", "formula", "site"):
            return True
        actors = self.vocabulary.actors
        return any(actors[str(hit.value)].materials for hit in self.hits.of("actor") if hit.value in actors)

    @property
    def lead_end(self) -> int:
        """Where headline and lead end: after the first two paragraphs."""
        bodies = [block.end for block in self.blocks if block.kind == "body"][:_LEAD_BLOCKS]
        return bodies[-1] if bodies else 0

    def subjects(self) -> tuple[Link, ...]:
        """Return the names that the vocabulary lacks and that headline or lead and the text behind them name."""
        end = self.lead_end
        first: dict[str, Link] = {}
        again: set[str] = set()
        for link in self.unknown:
            if link.start < end:
                first.setdefault(link.entity, link)
            if link.entity in first and first[link.entity] is not link:
                again.add(link.entity)
        return tuple(link for entity, link in first.items() if entity in again)[:_SUBJECTS]

    def sentences(self, block: Block) -> Iterator[Sentence]:
        """Yield the sentences of a block with what was found in each."""
        quantities, dates = self._quantity_starts, self._date_starts
        for start, end in split_sentences(self.text, block.start, block.end, self.grammar):
            yield Sentence(
                start,
                end,
                block,
                self.hits,
                self.quantities[bisect_left(quantities, start) : bisect_left(quantities, end)],
                self.dates[bisect_left(dates, start) : bisect_left(dates, end)],
            )

    def names_nothing(self, sentence: Sentence) -> bool:
        """Tell at once of a sentence that it names no entity that the vocabulary knows."""
        at = bisect_left(self._name_starts, sentence.start)
        if at < len(self._name_starts) and self._name_starts[at] < sentence.end:
            return False
        return not any(sentence.start <= link.start < sentence.end for link in self.linked)

    def mentions(self, sentence: Sentence, *, telling: bool = True) -> Mentions:
        """Return the entities that a sentence names."""
        unknown: Sequence[Link] = ()
        if telling or sentence.of("site_words"):
            first = bisect_left(self._unknown_starts, sentence.start)
            unknown = self.unknown[first : bisect_left(self._unknown_starts, sentence.end)]
        first = bisect_left(self._name_starts, sentence.start)
        names = self._names[first : bisect_left(self._name_starts, sentence.end, first)]
        return collect_mentions(self.text, sentence, names, self.linked, unknown, self.vocabulary, telling=telling)


def _commission(hits: Hits) -> Iterator[Hit]:
    """Yield "the Commission" of a text that names the European Union."""
    words = hits.of("commission")
    if words and any(hit.value == "EU27" for kind in ("place", "metonym") for hit in hits.of(kind)):
        for hit in words:
            yield Hit(hit.start, hit.end, "actor", "european-commission", "short name")


def _of_money(text: str, hit: Hit) -> bool:
    """Tell whether a country is part of a sign of money: "US$ 40 million" is not said of the United States."""
    return hit.category == "place" and text.startswith(("$", " $"), hit.end)

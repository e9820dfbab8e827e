"""A document as our grammar and words see it: the ground on which the drafts of any reader are checked."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from lodeclaim.documents.model import Document
from lodeclaim.reading.blocks import split_blocks
from lodeclaim.reading.dates import find_dates
from lodeclaim.reading.fold import fold
from lodeclaim.reading.language import ReaderLanguage
from lodeclaim.reading.mentions import Mentions, collect_mentions
from lodeclaim.reading.model import Block, Sentence
from lodeclaim.reading.model_reader.model import Piece
from lodeclaim.reading.quantities import find_quantities
from lodeclaim.reading.sentences import split_sentences
from lodeclaim.reading.sites import link_sites
from lodeclaim.vocabulary.load import load_vocabulary

__all__ = ["ScannedDocument", "ScannedSentence"]

_SPACE = " \t\n\r\v\f\u00a0"


class ScannedSentence:
    """A sentence and the entities it names; they are linked when first asked for."""

    def __init__(self, scanned: ScannedDocument, sentence: Sentence) -> None:
        self._scanned = scanned
        self.sentence = sentence
        self._mentions: Mentions | None = None

    @property
    def mentions(self) -> Mentions:
        """The linked entities."""
        if self._mentions is None:
            scanned = self._scanned
            self._mentions = collect_mentions(
                scanned.document.text, self.sentence, scanned.linked, scanned.vocabulary, telling=True
            )
        return self._mentions


class ScannedDocument:
    """Words, quantities, dates and sites of a document, found by the same code as the rules use."""

    def __init__(self, document: Document, language: ReaderLanguage) -> None:
        self.document = document
        self.language = language
        self.vocabulary = load_vocabulary()
        text = document.text
        folded = fold(text)
        self.hits = language.lexicon.scan(text, folded)
        every = split_blocks(text, self.hits)
        self.blocks = [block for block in every if block.skip is None]
        self.quantities = find_quantities(text, self.hits, language)
        self.dates = find_dates(text, self.hits, document.published, language.grammar)
        self.linked = link_sites(
            text=text,
            folded=folded,
            hits=self.hits,
            blocks=every,
            vocabulary=self.vocabulary,
            grammar=language.grammar,
        )
        self._hit_starts = [hit.start for hit in self.hits]
        self._quantity_starts = [quantity.start for quantity in self.quantities]
        self._date_starts = [mention.start for mention in self.dates]
        self._sentences: dict[int, list[ScannedSentence]] = {}

    def concerns_materials(self) -> bool:
        """Tell whether the text names a raw material or a site at all."""
        return any(hit.category in ("material", "formula", "site") for hit in self.hits)

    @property
    def headline(self) -> Block | None:
        """The first headline."""
        return next((block for block in self.blocks if block.kind == "headline"), None)

    def block_at(self, offset: int) -> Block | None:
        """Return the block around an offset; None for furniture of the page."""
        return next((block for block in self.blocks if block.start <= offset < block.end), None)

    def sentences(self, block: Block) -> list[ScannedSentence]:
        """Return the sentences of a block with what was found in each."""
        if block.start not in self._sentences:
            spans = split_sentences(self.document.text, block.start, block.end, self.language.grammar)
            self._sentences[block.start] = [
                ScannedSentence(
                    self,
                    Sentence(
                        start,
                        end,
                        block,
                        self.hits[bisect_left(self._hit_starts, start) : bisect_left(self._hit_starts, end)],
                        self.quantities[
                            bisect_left(self._quantity_starts, start) : bisect_left(self._quantity_starts, end)
                        ],
                        self.dates[bisect_left(self._date_starts, start) : bisect_left(self._date_starts, end)],
                    ),
                )
                for start, end in spans
            ]
        return self._sentences[block.start]

    def pieces(self, limit: int) -> Iterator[Piece]:
        """Yield the blocks in parts of at most ``limit`` bytes of UTF-8: whole, else at sentences, else at words."""
        text = self.document.text
        for block in self.blocks:
            edges = [found.sentence.end for found in self.sentences(block)]
            start = block.start
            while start < block.end:
                furthest = _reach(text, start, block.end, limit)
                end = furthest
                if furthest < block.end:
                    end = max((edge for edge in edges if start < edge <= furthest), default=0)
                    if not end:
                        blank = max(text.rfind(sign, start + 1, furthest) for sign in _SPACE)
                        end = blank if blank > start else furthest
                if text[start:end].strip():
                    yield Piece(start, end)
                start = end


def _reach(text: str, start: int, end: int, limit: int) -> int:
    """Return the last offset to which the text still fits into ``limit`` bytes."""
    room = text[start : min(end, start + limit)].encode("utf-8", "surrogatepass")[:limit]
    return start + max(1, len(room.decode("utf-8", "ignore")))

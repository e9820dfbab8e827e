"""A document as our grammar and words see it: the ground on which the drafts of any reader are checked."""

from __future__ import annotations

from collections.abc import Iterator

from lodeclaim.documents.model import Document
from lodeclaim.reading.language import ReaderLanguage
from lodeclaim.reading.mentions import Mentions
from lodeclaim.reading.model import Block, Sentence
from lodeclaim.reading.model_reader.model import Piece
from lodeclaim.reading.scan import Scan

__all__ = ["ScannedDocument", "ScannedSentence"]

_SPACE = " \t\n\r\v\f\u00a0"


class ScannedSentence:
    """A sentence and the entities it names; they are linked when first asked for."""

    def __init__(self, scan: Scan, sentence: Sentence) -> None:
        self._scan = scan
        self.sentence = sentence
        self._mentions: Mentions | None = None

    @property
    def mentions(self) -> Mentions:
        """The linked entities."""
        if self._mentions is None:
            self._mentions = self._scan.mentions(self.sentence)
        return self._mentions


class ScannedDocument(Scan):
    """The scan that the rules use, with its sentences kept and cut into pieces for a model."""

    def __init__(self, document: Document, language: ReaderLanguage) -> None:
        super().__init__(document, language)
        self._kept: dict[int, list[ScannedSentence]] = {}

    @property
    def headline(self) -> Block | None:
        """The first headline."""
        return next((block for block in self.blocks if block.kind == "headline"), None)

    def block_at(self, offset: int) -> Block | None:
        """Return the block around an offset; None for furniture of the page."""
        return next((block for block in self.blocks if block.start <= offset < block.end), None)

    def sentences_of(self, block: Block) -> list[ScannedSentence]:
        """Return the sentences of a block with what was found in each, the same objects each time."""
        if block.start not in self._kept:
            self._kept[block.start] = [ScannedSentence(self, sentence) for sentence in self.sentences(block)]
        return self._kept[block.start]

    def pieces(self, limit: int) -> Iterator[Piece]:
        """Yield the blocks in parts of at most ``limit`` bytes of UTF-8: whole, else at sentences, else at words."""
        text = self.document.text
        for block in self.blocks:
            edges = [found.sentence.end for found in self.sentences_of(block)]
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

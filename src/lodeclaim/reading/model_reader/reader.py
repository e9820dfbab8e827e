"""A language model as a second reader: it is asked block by block, and the gate decides what becomes a claim."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec.structs import replace

from lodeclaim.claims.model import Claim, Reason
from lodeclaim.documents.model import Document
from lodeclaim.reading.language import load_language, readable_languages
from lodeclaim.reading.model_reader.cache import AnswerCache
from lodeclaim.reading.model_reader.client import ModelClient
from lodeclaim.reading.model_reader.gate import Gate
from lodeclaim.reading.model_reader.model import (
    ClaimDraft,
    ModelReading,
    ModelSettings,
    Piece,
    Quarantined,
    UnreadBlock,
    Usage,
)
from lodeclaim.reading.model_reader.prompt import build_messages, build_schema, prompt_id
from lodeclaim.reading.model_reader.scanned import ScannedDocument

__all__ = ["BLOCK_BYTES", "ModelReader"]

#: A question holds at most this much text.
BLOCK_BYTES = 2048
#: After so many blocks in a row without an answer the rest of a document is not asked about.
_PATIENCE = 3
_SHOWN = 300
#: 2 kB of text cannot state more; an answer that runs away must not hold up the batch.
_MOST_DRAFTS, _MOST_OTHERS = 200, 20
_DEFAULT = "en"


class ModelReader:
    """Reads claims with the model of the settings; see ``ModelSettings``. Nothing is asked before ``read``."""

    def __init__(self, settings: ModelSettings, client: ModelClient | None = None) -> None:
        self.settings = settings
        self.name = f"model:{' '.join(settings.model.split())}"
        #: What all documents so far have taken.
        self.usage = Usage()
        self._client = client or ModelClient(settings)
        self._cache = AnswerCache(settings.cache) if settings.cache is not None else None
        self._silent = 0

    def read(self, document: Document) -> list[Claim]:
        """Return the claims of the document in order of place; see ``read_with_quarantine`` for the rest."""
        return list(self.read_with_quarantine(document).claims)

    def read_with_quarantine(self, document: Document) -> ModelReading:
        """Return the claims, the drafts that were refused with reasons, and the blocks that were not read.

        No answer, however slow or wrong, raises. A document about other things than raw materials is not asked
        about; nor is one in a language without words of ours, since nothing could be checked: it is reported.
        """
        code = document.language or _DEFAULT
        if code not in readable_languages():
            reason = f"there are no words for the language {code!r}, so no draft could be checked"
            return ModelReading(unread=(self._unread(document, Piece(0, len(document.text)), reason),))
        scanned = ScannedDocument(document, load_language(code))
        if not scanned.concerns_materials():
            return ModelReading()
        gate = Gate(scanned)
        claims: dict[str, Claim] = {}
        quarantine: list[Quarantined] = []
        unread: list[UnreadBlock] = []
        used = Usage()
        asked = False
        for piece in scanned.pieces(BLOCK_BYTES):
            if asked and self._silent >= _PATIENCE:
                reason = f"not asked: the model did not answer {self._silent} times in a row"
                unread.append(self._unread(document, piece, reason))
                continue
            try:
                data, failure, usage = self._answer(scanned, piece, code)
            except Exception as error:  # a fault here must not cost the rest of the document
                data, failure, usage = None, f"{type(error).__name__}: {error}", Usage()
            asked = True
            used += usage
            self.usage += usage
            if data is None:
                unread.append(self._unread(document, piece, failure))
                continue
            for item in self._drafts(document, piece, data, quarantine):
                judged = self._judged(gate, item, piece)
                if isinstance(judged, Quarantined):
                    quarantine.append(judged)
                else:
                    claims.setdefault(judged.id, judged)
        ordered = sorted(claims.values(), key=lambda claim: claim.span or (0, 0))
        return ModelReading(tuple(ordered), tuple(quarantine), tuple(unread), used)

    def _answer(self, scanned: ScannedDocument, piece: Piece, code: str) -> tuple[dict[str, Any] | None, str, Usage]:
        document = scanned.document
        top = scanned.headline
        messages = build_messages(
            document.text[piece.start : piece.end],
            language=code,
            headline=document.text[top.start : top.end] if top is not None else "",
            published=document.published,
        )
        key = ""
        if self._cache is not None:
            key = self._cache.key(prompt_id(), self.settings.model, messages)
            if (kept := self._cache.get(key)) is not None:
                return kept, "", Usage(cached=1)
        budget = self.settings.budget
        if budget is not None and self.usage.tokens >= budget:
            return None, f"not asked: the budget of {budget:,} tokens is used up", Usage()
        answer = self._client.ask(messages, build_schema())
        data, failure = answer.data, answer.failure
        if data is not None and not isinstance(data.get("claims"), list):
            data, failure = None, "the answer holds no list of claims"
        self._silent = self._silent + 1 if answer.data is None else 0
        if data is not None and self._cache is not None:
            self._cache.put(key, self.settings.model, data)
        return data, failure, answer.usage

    def _drafts(
        self, document: Document, piece: Piece, data: dict[str, Any], quarantine: list[Quarantined]
    ) -> list[ClaimDraft]:
        drafts: list[ClaimDraft] = []
        for number, item in enumerate(data["claims"]):
            try:
                if number >= _MOST_DRAFTS:
                    raise ValueError(f"only {_MOST_DRAFTS} entries of an answer are looked at")
                draft = msgspec.convert(_without_blanks(item), ClaimDraft, strict=False)
            except (msgspec.ValidationError, ValueError, OverflowError) as error:
                quarantine.append(
                    Quarantined(
                        document=document.id,
                        address=document.address,
                        start=piece.start,
                        end=piece.end,
                        reader=self.name,
                        step="draft",
                        reason=f"the entry is no draft of a claim ({error})",
                        answer=str(item)[:_SHOWN],
                    )
                )
                if number >= _MOST_DRAFTS:
                    break
                continue
            drafts.append(draft)
        return drafts

    def _judged(self, gate: Gate, draft: ClaimDraft, piece: Piece) -> Claim | Quarantined:
        judged: Claim | Quarantined
        try:
            judged = gate.judge(draft, piece, self.name)
        except Exception as error:  # one draft that trips the gate must not cost the others
            judged = Quarantined(
                document=gate.document.id,
                address=gate.document.address,
                start=piece.start,
                end=piece.end,
                reader=self.name,
                step="draft",
                reason=f"could not be checked ({type(error).__name__}: {error})",
                draft=draft,
            )
        if isinstance(judged, Quarantined):
            return judged
        origin = Reason(slot="reader", rule=f"drafted by {self.name}", note=f"prompt {prompt_id()}")
        return replace(judged, reasons=(*judged.reasons, origin))

    def _unread(self, document: Document, piece: Piece, reason: str) -> UnreadBlock:
        return UnreadBlock(
            document=document.id, address=document.address, start=piece.start, end=piece.end, reason=reason
        )


def _without_blanks(item: Any) -> Any:
    """Return the entry without keys that say nothing, so that blank and absent are the same."""
    if not isinstance(item, dict):
        return item
    cleaned: dict[str, Any] = {}
    for key, value in item.items():
        if value is None or (isinstance(value, str) and not value.strip()):
            continue
        if key == "others" and isinstance(value, list):
            cleaned[key] = [one.strip() for one in value if isinstance(one, str) and one.strip()][:_MOST_OTHERS]
        else:
            cleaned[key] = value.strip() if isinstance(value, str) and key != "quote" else value
    return cleaned

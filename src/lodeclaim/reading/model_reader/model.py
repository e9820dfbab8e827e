"""What passes between a model, the gate and the ledger: settings, drafts, quarantine, blocks not read, usage."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from lodeclaim.claims.model import Claim
from lodeclaim.core.errors import LodeclaimError

__all__ = ["ClaimDraft", "ModelReading", "ModelSettings", "Piece", "Quarantined", "UnreadBlock", "Usage"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelSettings:
    """Which model to ask, and how long and how much. There is no default address: without one nothing is asked.

    ``address`` is the base of an OpenAI-compatible service (``http://localhost:8080/v1``) or its full
    ``/chat/completions`` address. ``timeout`` is in seconds for one answer. ``max_tokens`` caps one answer and
    ``budget`` the tokens of all of them, question and answer. ``attempts`` counts tries of a busy service.
    ``cache`` is a folder for answers; None keeps none. The key is no setting: it is read from the environment
    variable LODECLAIM_MODEL_KEY when a question is sent. Raises LodeclaimError where a setting cannot be.
    """

    address: str
    model: str
    timeout: float = 60.0
    max_tokens: int = 4000
    budget: int | None = None
    attempts: int = 3
    cache: Path | None = None

    def __post_init__(self) -> None:
        try:
            parts = urlsplit(self.address)
            usable = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
        except ValueError:
            usable = False
        if not usable:
            raise LodeclaimError(
                "is no http or https address",
                where=f"model address {self.address!r}",
                remedy="Give the base of the service, such as http://localhost:8080/v1",
            )
        if parts.username or parts.password:
            raise LodeclaimError(
                "holds a name or password, which would be shown in messages",
                where=f"model address at {parts.hostname}",
                remedy="Put the key into the environment variable LODECLAIM_MODEL_KEY",
            )
        if not self.model.strip():
            raise LodeclaimError("no model is named", where="model", remedy="Give the name the service knows it by")
        numbers = (self.timeout, self.max_tokens, self.attempts, 1 if self.budget is None else self.budget)
        if not all(math.isfinite(number) and number > 0 for number in numbers):
            raise LodeclaimError(
                "timeout, token caps and attempts must be above zero",
                where=f"model {self.model}",
                remedy="Leave them out for the defaults",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimDraft:
    """What a reader proposes: a verbatim quote and names as words, never offsets or ids of entities."""

    predicate: str
    quote: str
    value: float | None = None
    value_max: float | None = None
    unit: str | None = None
    comparator: str | None = None
    material: str | None = None
    stage: str | None = None
    place: str | None = None
    site: str | None = None
    actor: str | None = None
    counterparty: str | None = None
    others: tuple[str, ...] = ()
    instrument: str | None = None
    when: str | None = None
    modality: str | None = None
    attributed_to: str | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """Text that is asked about in one question: ``start:end`` of the document, a block or a part of a long one."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarantined:
    """A draft that may not become a claim, and why.

    ``step`` is draft, quote, number, slots or fit. ``draft`` is None where the answer held something that is no
    draft; ``answer`` then shows its beginning. ``start:end`` is the block in characters of the untouched text.
    """

    document: str
    address: str
    start: int
    end: int
    reader: str
    step: str
    reason: str
    draft: ClaimDraft | None = None
    answer: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadBlock:
    """A block that the model did not read, with the reason and what to do."""

    document: str
    address: str
    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Usage:
    """Requests sent, answers taken from the cache, and tokens as the service counted them."""

    requests: int = 0
    cached: int = 0
    prompt_tokens: int = 0
    answer_tokens: int = 0

    @property
    def tokens(self) -> int:
        """Tokens of questions and answers together."""
        return self.prompt_tokens + self.answer_tokens

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            self.requests + other.requests,
            self.cached + other.cached,
            self.prompt_tokens + other.prompt_tokens,
            self.answer_tokens + other.answer_tokens,
        )


@dataclass(frozen=True, slots=True)
class ModelReading:
    """What came of reading one document with a model; nothing the model said is lost."""

    claims: tuple[Claim, ...] = ()
    quarantine: tuple[Quarantined, ...] = ()
    unread: tuple[UnreadBlock, ...] = ()
    usage: Usage = field(default_factory=Usage)

"""The records of reconciliation: a slot, a claim put into it, the settled value, a disagreement."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from typing import Literal

import msgspec

from lodeclaim.claims.figure import Figure
from lodeclaim.core.quantity import Interval

__all__ = [
    "BOUNDS",
    "UNDATED",
    "Conflict",
    "ConflictKind",
    "Disagreement",
    "Place",
    "Settled",
    "SlotKey",
    "Standing",
    "Statement",
    "Tense",
]

Tense = Literal["actual", "outlook"]
ConflictKind = Literal["conflict", "suspicion", "several", "compatible", "corroborates", "copy", "refines"]

#: Comparators of which only one side is stated.
BOUNDS = frozenset({">", ">=", "<", "<="})

#: The period of claims that name none.
UNDATED = "undated"


# Slots are looked up again and again, so the hash is kept.
class SlotKey(msgspec.Struct, frozen=True, kw_only=True, gc=False, cache_hash=True):
    """What must agree before two numbers can contradict each other.

    ``place`` is the country or region a quantity belongs to; for a share it is the total (WLD: the world) and
    ``actor`` holds it. ``period`` is EDTF by year where it lies in one, or ``undated``. ``tense`` parts what
    is (actual, estimated) from the outlook (planned, forecast, conditional, opinion).
    """

    predicate: str
    material: str | None = None
    stage: str | None = None
    place: str | None = None
    site: str | None = None
    actor: str | None = None
    counterparty: str | None = None
    kind: str | None = None
    instrument: str | None = None
    unit: str | None = None
    form: str | None = None
    basis: str | None = None
    period: str = UNDATED
    tense: Tense = "actual"

    @property
    def order(self) -> tuple[str, ...]:
        """What sorts slots: the fields in their order, empty ones first."""
        return tuple([one or "" for one in _FIELDS(self)])


#: The fields of a slot in their order, in one go.
_FIELDS = attrgetter(*SlotKey.__struct_fields__)


# One for each claim, so it must be cheap to make.
class Statement(msgspec.Struct, frozen=True, gc=False):
    """One claim as its slot sees it: converted to the slot's unit and basis, with what it allows.

    ``value`` is None where the source gives no number, and ``flags`` then say why (withheld …). ``allows`` are the
    values the claim admits, official rounding included; ``tolerant`` in addition lets every number be rounded.
    ``standing`` is what people decided: preferred or deprecated, with their reason.
    """

    claim: str
    source: str
    voice: str
    origin: str
    publisher: str | None
    published: str | None
    value: float | None
    value_max: float | None
    comparator: str
    allows: Interval | None
    tolerant: Interval | None
    modality: str
    confidence: float
    flags: tuple[str, ...]
    notes: tuple[str, ...] = ()
    standing: str | None = None
    standing_reason: str | None = None
    #: Who the source says it has the number from.
    attributed_to: str | None = None
    #: A number of a document with nothing about it that could put it aside, unless its reading is doubtful.
    plain: bool = False

    @property
    def is_bound(self) -> bool:
        """Whether only one side is stated: over, at least, under, up to."""
        return self.comparator in BOUNDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Words at ``start:end`` of a source's untouched text that a finding rests on beside its claims."""

    source: str
    start: int
    end: int
    words: str


class Conflict(msgspec.Struct, frozen=True, kw_only=True, gc=False, eq=False):
    """What one check found between claims, in plain words. It flags and proposes; no claim is ever changed.

    ``conflict``: the claims exclude each other. ``suspicion``: one breaks a bound or an arithmetic relation.
    ``several``: they differ because a qualifier differs or is not stated; all stay. ``compatible``: a check
    that was made and passed, or what looks like a conflict and is none. ``corroborates``: an independent
    source says the same. ``copy``: one voice, not two. ``refines``: a later state of one matter.

    ``severity`` orders them: 3 to 4 conflicts, 2.5 to 3 suspicions, 2 to 2.5 several, below 2 the rest.
    ``key`` is the slot in question, where there is one. ``places`` are words outside the claims' quotes.
    ``told`` is the explanation, or what words it when it is read: of thousands of findings few are.
    """

    id: str
    kind: ConflictKind
    check: str
    severity: float
    told: str | Callable[[], str]
    proposal: str
    claims: tuple[str, ...]
    key: SlotKey | None = None
    places: tuple[Place, ...] = ()

    @property
    def explanation(self) -> str:
        """What was found, with the slot, the values, and the claim, publisher and date of each."""
        return self.told if isinstance(self.told, str) else self.told()

    def __eq__(self, other: object) -> bool:
        """Whether two findings say the same, whenever they are worded."""
        if not isinstance(other, Conflict):
            return NotImplemented
        return _WITHOUT_WORDS(self) == _WITHOUT_WORDS(other) and self.explanation == other.explanation

    def __hash__(self) -> int:
        return hash(self.id)


#: A finding but for its words.
_WITHOUT_WORDS = attrgetter(*(name for name in Conflict.__struct_fields__ if name != "told"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """Claims that do not go together, in plain words.

    ``conflict``: one slot, and the values exclude each other. ``several``: the values differ because a
    qualifier differs or is not stated (class, basis, period, definition); all stay. ``bound``: one source gives
    as a value what another gives as a bound. ``severity`` orders them: 3–4 conflicts, 2–3 several, 1–2 bounds,
    more with the spread of the values.
    """

    kind: Literal["conflict", "several", "bound"]
    explanation: str
    claims: tuple[str, ...]
    key: SlotKey
    severity: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How one claim stands in its slot, and why."""

    claim: str
    standing: Literal["preferred", "normal", "deprecated"]
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """The value a slot comes to, with its interval, its reasons and the disagreement in it, if any.

    ``preferred`` is the claim that gives the value, ``rule`` what placed it before the next one, and
    ``standings`` say how every claim of the slot stands. Computed anew each time and never kept as if it
    were a claim.
    """

    key: SlotKey
    figure: Figure
    disagreement: Disagreement | None = None
    preferred: str | None = None
    rule: str | None = None
    standings: tuple[Standing, ...] = ()

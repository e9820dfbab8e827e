"""The records of deals: parties, parts, events, the deal itself, and totals over deals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lodeclaim.claims.figure import Figure

__all__ = ["Deal", "DealEvent", "DealPart", "DealParty", "DealTotal", "Join", "PossibleSame", "Status"]

Status = Literal["proposed", "agreed", "closed", "cancelled", "reported"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """Why two claims were put into one deal: the points in all, and each ground with its own."""

    one: str
    other: str
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DealParty:
    """Who takes part. ``share`` is its stake in percent where one is stated.

    ``role``: partner (holds, signs, buys) or financier (lends, grants, insures). ``stands_for`` are parents and
    governments that other claims name in its place. ``control`` is the country behind it.
    """

    entity: str
    name: str
    role: Literal["partner", "financier"]
    control: str | None
    share: Figure | None
    stands_for: tuple[str, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DealPart:
    """One sum of money in a deal, however many claims state it.

    ``role``: ``part`` of the money, ``whole`` for a stated total, ``restated`` for a sum told again in a second
    currency. ``form`` is the kind of money (loan, equity …), ``step`` how far it is on the ladder.
    """

    role: Literal["part", "whole", "restated"]
    amount: Figure
    form: str | None
    step: str | None
    firmness: int | None
    payers: tuple[str, ...]
    when: str | None
    modality: str
    claims: tuple[str, ...]
    voices: int
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DealEvent:
    """A step of a deal in time; ``date`` is EDTF. ``basis`` is stated, or published where only that is known."""

    date: str
    what: str
    step: str | None
    basis: Literal["stated", "published"]
    planned: bool
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PossibleSame:
    """Another deal that may be this one; they stay apart, and totals count one of them.

    ``claims`` are the two, one of each deal, that the reasons speak of.
    """

    deal: str
    score: float
    reasons: tuple[str, ...]
    claims: tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """What all claims together say of one deal.

    ``total`` is one Figure a currency; each is the stated whole, or the sum of the parts. ``firmness`` (1–8) is the
    step that the bond between the parties has reached, or the money where no bond is stated.
    """

    id: str
    title: str
    parties: tuple[DealParty, ...]
    sites: tuple[str, ...]
    materials: tuple[str, ...]
    countries: tuple[str, ...]
    blocs: tuple[str, ...]
    instruments: tuple[str, ...]
    step: str | None
    firmness: int | None
    status: Status
    total: tuple[Figure, ...]
    parts: tuple[DealPart, ...]
    timeline: tuple[DealEvent, ...]
    claims: tuple[str, ...]
    voices: int
    joins: tuple[Join, ...]
    possible: tuple[PossibleSame, ...]
    notes: tuple[str, ...]

    def amount(self, currency: str) -> float | None:
        """Return the total in a currency, or None where none is known in it."""
        return next((one.value for one in self.total if one.unit == currency), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class DealTotal:
    """Money of all deals of one bloc, country or material in one currency, each deal counted once.

    ``firm`` holds the money that is at least agreed (firmness 5 and above). ``deals`` are counted, ``once`` were
    left out because they may be one of these. Rows do not add up: a deal of two materials is in the row of each.
    """

    by: Literal["all", "bloc", "country", "material"]
    key: str
    name: str
    currency: str
    amount: Figure
    firm: Figure
    deals: tuple[str, ...]
    once: tuple[str, ...]

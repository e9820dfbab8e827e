"""What one claim tells of a deal: parties, object, money and time, brought to one form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgspec

from lodeclaim.claims.model import Participant
from lodeclaim.core.period import Period
from lodeclaim.reconciliation.kinship import control_of, is_public
from lodeclaim.vocabulary.load import load_vocabulary

if TYPE_CHECKING:
    import polars as pl

__all__ = ["DEALS", "DealFacts", "deal_facts", "span_of"]

#: Predicates that speak of deals.
DEALS = ("investment", "financing", "transaction", "agreement", "stake")
_PARTY = frozenset({"actor", "counterparty", "partner", "owner", "buyer", "seller", "lender", "borrower"})
_NO_PARTY = frozenset({"media", "exchange"})


@dataclass(frozen=True, slots=True, kw_only=True)
class DealFacts:
    """One claim as the joining of deals sees it.

    ``companies`` and ``public`` are its parties; ``payers`` those that its money comes from. ``countries`` are the
    places it names besides the homes of its parties. ``start`` and ``end`` are the days of its period where that
    lies before publication, so that a target year is no date of a deal.
    """

    claim: str
    source: str
    voice: str
    at: tuple[int, int] | None
    predicate: str
    companies: frozenset[str]
    public: frozenset[str]
    payers: tuple[str, ...]
    roles: Mapping[str, str] = field(hash=False)
    sites: frozenset[str]
    materials: frozenset[str]
    countries: frozenset[str]
    places: frozenset[str]
    currency: str | None
    value: float | None
    value_max: float | None
    comparator: str
    percent: float | None
    holder: str | None
    instrument: str | None
    kind: str | None
    period: str | None
    start: date | None
    end: date | None
    published: str | None
    published_day: date | None
    modality: str
    confidence: float
    flags: frozenset[str]
    merged: str | None

    @property
    def parties(self) -> frozenset[str]:
        """Companies and public bodies together."""
        return self.companies | self.public


def deal_facts(frame: pl.DataFrame) -> list[DealFacts]:
    """Return the claims of documents that speak of deals, ordered by id whatever the order of the rows.

    Claims that a decision rejected are left out; one that was merged into another tells no sum of its own
    (columns ``standing`` and ``merged``).
    """
    import polars as pl

    chosen = frame.filter(pl.col("predicate").is_in(list(DEALS)))
    if "origin" in frame.columns:
        chosen = chosen.filter(pl.col("origin").is_null() | (pl.col("origin") != "statistics"))
    if "standing" in frame.columns:
        kept = pl.col("standing").is_null() | (pl.col("standing") != "deprecated")
        chosen = chosen.filter(kept | pl.col("merged").is_not_null() if "merged" in frame.columns else kept)
    return [_facts(row) for row in chosen.unique("id").sort("id").iter_rows(named=True)]


@lru_cache(maxsize=8192)
def span_of(text: str | None) -> tuple[date | None, date | None]:
    """Return the first and last day of an EDTF period; None where a side is open or it is no period."""
    try:
        period = Period.parse(text) if text else None
    except ValueError:
        period = None
    return (period.start, period.end) if period else (None, None)


def _facts(row: Mapping[str, Any]) -> DealFacts:
    others = msgspec.json.decode(row["others"], type=tuple[Participant, ...]) if row["others"] else ()
    parties = {row[slot]: slot for slot in ("counterparty", "actor") if row[slot]}
    for other in others:
        if other.role in _PARTY:
            parties.setdefault(other.entity, other.role)
    parties = {entity: role for entity, role in parties.items() if _acts(entity)}
    public = frozenset(entity for entity in parties if is_public(entity))
    companies = frozenset(parties) - public
    sites = frozenset(e for e in (row["site"], *(o.entity for o in others if o.role == "site")) if e)
    materials = frozenset(e for e in (row["material"], *(o.entity for o in others if o.role == "material")) if e)
    places = frozenset(e for e in (row["place"], *(o.entity for o in others if o.role == "place")) if e)
    start, end = span_of(row["period"])
    _, day = span_of(row.get("published"))
    if start is not None and day is not None and start > day:
        start = end = None
    merged = row.get("merged")
    money = row["unit"] if row["value"] is not None and _is_money(row["unit"]) and merged is None else None
    flags = frozenset((row["flags"] or "").split())
    first, _, last = row["locator"].partition(":")
    return DealFacts(
        claim=row["id"],
        source=row["source"],
        voice=row.get("voice") or row["source"],
        at=(int(first), int(last)) if first.isdigit() else None,
        predicate=row["predicate"],
        companies=companies,
        public=public,
        payers=_payers(row, public),
        roles=parties,
        sites=sites,
        materials=materials,
        countries=_countries(sites, places, parties),
        places=places,
        currency=money,
        value=row["value"] if money else None,
        value_max=row["value_max"] if money else None,
        comparator=row["comparator"] or "=",
        percent=row["value"] if row["predicate"] == "stake" and row["unit"] == "%" and merged is None else None,
        holder=row["actor"] if row["predicate"] == "stake" else None,
        instrument=row["instrument"],
        kind=row["kind"],
        period=row["period"] if start or end else None,
        start=start,
        end=end,
        published=row.get("published"),
        published_day=day,
        modality=row["modality"] or "actual",
        confidence=1.0 if row["confidence"] is None else row["confidence"],
        flags=flags,
        merged=merged,
    )


def _acts(entity: str) -> bool:
    known = load_vocabulary().actors.get(entity)
    return known is None or known.kind not in _NO_PARTY


@lru_cache(maxsize=512)
def _is_money(unit: str | None) -> bool:
    known = load_vocabulary().units.get(unit or "")
    return known is not None and known.dimension == "money"


def _payers(row: Mapping[str, Any], public: frozenset[str]) -> tuple[str, ...]:
    """Who the money comes from: a public lender on either side goes before the company that receives."""
    if row["predicate"] not in ("financing", "investment"):
        return ()
    sides = [entity for entity in (row["actor"], row["counterparty"]) if entity]
    lenders = [entity for entity in sides if entity in public or _is_bank(entity)]
    return tuple(lenders or sides[:1])


def _is_bank(entity: str) -> bool:
    known = load_vocabulary().actors.get(entity)
    return known is not None and known.kind in ("development-bank", "export-credit-agency", "fund")


def _countries(sites: frozenset[str], places: frozenset[str], parties: Mapping[str, str]) -> frozenset[str]:
    """Where the object lies: the country of the site, else places that are not merely a party's home."""
    words = load_vocabulary()
    of_sites = frozenset(words.sites[site].country for site in sites if site in words.sites)
    if of_sites:
        return of_sites
    homes = {control_of(party) for party in parties}
    homes |= {words.actors[party].home for party in parties if party in words.actors}
    return frozenset(place for place in places if place not in homes and place != "WLD")

"""Reliance: legal lists, the European Union's criteria and sourcing, and net import reliance."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from lodeclaim.claims.figure import Figure
from lodeclaim.reconciliation.model import UNDATED, Settled
from lodeclaim.reports.model import GaugeRow, ListingNote, RelianceSection, ShareRow, ShareTable
from lodeclaim.reports.series import moved_by, residual
from lodeclaim.reports.statements import document_rows, statements
from lodeclaim.reports.wording import amount, name_of, say, when_words
from lodeclaim.vocabulary.load import load_vocabulary
from lodeclaim.vocabulary.model import Listing

if TYPE_CHECKING:
    import polars as pl

__all__ = ["ECONOMIC_IMPORTANCE_THRESHOLD", "SUPPLY_RISK_THRESHOLD", "listings_of", "reliance_section"]

#: Regulation (EU) 2024/1252, Article 4(2): critical where both are reached.
SUPPLY_RISK_THRESHOLD, ECONOMIC_IMPORTANCE_THRESHOLD = 1.0, 2.8
#: Article 5(1)(b): no third country above this share of annual consumption by 2030.
THIRD_COUNTRY_LIMIT = 65.0

_LISTS = {
    "eu-strategic-2024": "EU strategic raw material",
    "eu-critical-2024": "EU critical raw material",
    "us-critical-2025": "US critical mineral",
}


def listings_of(material: str) -> tuple[ListingNote, ...]:
    """Return the legal lists that hold the material, and for a group those that hold members of it.

    The title of a members' listing says so; a list that holds the group itself is not repeated for them.
    """
    known = load_vocabulary().materials
    own = known[material]
    whole = {one.list for one in own.lists}
    found = [_listing(one) for one in own.lists]
    for member in _members(material):
        found += [_listing(one, of_members=True) for one in known[member].lists if one.list not in whole]
    first: dict[tuple[str, str], ListingNote] = {}
    for note in found:
        first.setdefault((note.list, note.name), note)
    return tuple(sorted(first.values(), key=lambda note: list(_LISTS).index(note.list) if note.list in _LISTS else 9))


def _listing(one: Listing, *, of_members: bool = False) -> ListingNote:
    title = _LISTS.get(one.list, one.list) + (" (members)" if of_members else "")
    return ListingNote(list=one.list, title=title, name=one.name, source=one.source)


def _members(material: str) -> tuple[str, ...]:
    known = load_vocabulary().materials
    found: dict[str, None] = {}
    waiting = [material]
    while waiting:
        entry = known[waiting.pop()]
        inner = [*entry.members, *(one.id for one in known.values() if entry.id in one.part_of)]
        fresh = [one for one in inner if one in known and one not in found and one != material]
        found |= dict.fromkeys(fresh)
        waiting += fresh
    return tuple(sorted(found))


def reliance_section(frame: pl.DataFrame, settled: list[Settled], material: str) -> RelianceSection:
    """Return how far the European Union and the United States depend on others for a material.

    ``frame`` holds the claims of the material and its members, ``settled`` their settled slots.
    """
    notes = [
        "Sourcing shares of the criticality study are imports plus domestic production; the limit of 65 % in "
        "Article 5(1)(b) of Regulation (EU) 2024/1252 counts annual consumption, so it is set beside them as a mark, "
        "not as a finding of compliance."
    ]
    sourcing = _share_tables(settled, frame, "EU27", material)
    reliance = [*_reliance_tables(settled, frame, material), *_share_tables(settled, frame, "USA", material)]
    return RelianceSection(
        listings=listings_of(material),
        gauges=tuple(_gauges(settled, material)),
        sourcing=tuple(sourcing),
        reliance=tuple(reliance),
        said=statements(document_rows(frame, "import_reliance", "supplier_share")),
        notes=tuple(notes) if sourcing else (),
    )


def _gauges(settled: list[Settled], material: str) -> Iterable[GaugeRow]:
    criteria = (
        ("supply_risk", "Supply risk (SR)", SUPPLY_RISK_THRESHOLD),
        ("economic_importance", "Economic importance (EI)", ECONOMIC_IMPORTANCE_THRESHOLD),
    )
    scored = {one.key.material for one in settled if one.key.predicate == "supply_risk"}
    wanted = [material] if material in scored or not scored else sorted(name for name in scored if name)
    for entity in wanted:
        for predicate, name, threshold in criteria:
            series = sorted(
                (one for one in settled if one.key.predicate == predicate and one.key.material == entity),
                key=lambda one: one.key.period,
            )
            dated = [one.figure for one in series if one.key.period != UNDATED]
            value = dated[-1] if dated else Figure.unknown(f"a published assessment of {name_of(entity)}")
            yield GaugeRow(
                name=name if entity == material else f"{name}, {name_of(entity)}",
                value=value,
                threshold=threshold,
                threshold_words=f"critical from {threshold:g}",
                article="Regulation (EU) 2024/1252, Article 4(2)",
                verdict=_verdict(value, threshold),
                series=tuple(dated),
            )


def _verdict(value: Figure, threshold: float) -> str:
    if value.value is None:
        return "unknown"
    return "at or above the threshold" if value.value >= threshold else "below the threshold"


def _share_tables(settled: list[Settled], frame: pl.DataFrame, importer: str, material: str) -> Iterable[ShareTable]:
    groups: dict[tuple[str, str, str, str], list[Settled]] = {}
    for one in settled:
        key = one.key
        if key.predicate == "supplier_share" and key.place == importer and key.counterparty and key.period != UNDATED:
            groups.setdefault((key.material or "", key.stage or "", key.form or "", key.period), []).append(one)
    newest: dict[tuple[str, str, str], str] = {}
    for entity, stage, form, period in groups:
        newest[entity, stage, form] = max(period, newest.get((entity, stage, form), ""))
    for (entity, stage, form, period), members in sorted(groups.items()):
        if newest[entity, stage, form] != period:
            continue
        what = [part for part in (stage, form.replace("-", " ")) if part]
        whose = "" if entity == material else f" ({name_of(entity)})"
        place = "EU sourcing" if importer == "EU27" else f"Imports of the {name_of(importer)}"
        rows = [
            ShareRow(
                entity=None if residual(one.key.counterparty or "") else one.key.counterparty,
                name=name_of(one.key.counterparty or ""),
                share=one.figure,
                moved=moved_by(one.figure, frame),
            )
            for one in members
        ]
        rows.sort(key=lambda row: (row.entity is None, -(row.share.value or 0), row.name))
        yield ShareTable(
            title=f"{place}{whose}" + (f": {', '.join(what)}" if what else ""),
            period=period,
            rows=tuple(rows),
            notes=tuple(_limit_note(rows, importer)),
        )


def _limit_note(rows: list[ShareRow], importer: str) -> Iterable[str]:
    if importer != "EU27":
        return
    members = set(load_vocabulary().groups["EU27"].members)
    for row in rows:
        if row.entity and row.entity not in members and (row.share.value or 0) > THIRD_COUNTRY_LIMIT:
            yield f"{row.name} alone supplies {say(row.share)}, above the mark of {amount(THIRD_COUNTRY_LIMIT, '%')}."


def _reliance_tables(settled: list[Settled], frame: pl.DataFrame, material: str) -> Iterable[ShareTable]:
    groups: dict[tuple[str, str, str, str], list[Settled]] = {}
    for one in settled:
        key = one.key
        if key.predicate == "import_reliance" and key.place and key.period != UNDATED and not key.site:
            groups.setdefault((key.place, key.material or "", key.stage or "", key.form or ""), []).append(one)
    for (place, entity, stage, form), members in sorted(groups.items()):
        what = [part for part in (stage, form.replace("-", " ")) if part]
        whose = "" if entity == material else f" ({name_of(entity)})"
        rows = [
            ShareRow(
                entity=None,
                name=when_words(one.key.period) + (" (outlook)" if one.key.tense == "outlook" else ""),
                share=one.figure,
                moved=moved_by(one.figure, frame),
            )
            for one in sorted(members, key=lambda one: one.key.period, reverse=True)
        ]
        title = f"Net import reliance of the {name_of(place)}{whose}" + (f": {', '.join(what)}" if what else "")
        yield ShareTable(title=title, period=rows[0].share.period, rows=tuple(rows))

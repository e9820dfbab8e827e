"""Disagreements: which claims do not go together, and who says what."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from lodeclaim.core.quantity import interval_of
from lodeclaim.reconciliation.model import Disagreement, Settled, SlotKey
from lodeclaim.reports.model import DisagreementNote, VoiceNote
from lodeclaim.reports.wording import basis_words, claimed, name_of, when_words
from lodeclaim.vocabulary.load import load_vocabulary

if TYPE_CHECKING:
    import polars as pl

__all__ = ["disagreement_notes", "matter_of"]

_LISTED = re.compile(r"\. (?:\[[^\]]*\] )?c[0-9a-f]{12}: .*$", re.DOTALL)


def disagreement_notes(
    found: Iterable[Disagreement], settled: Iterable[Settled], frame: pl.DataFrame
) -> tuple[DisagreementNote, ...]:
    """Return the disagreements in the order given, each claim with its words and what it allows.

    ``frame`` must hold the claims; a claim it lacks is left out of the voices, not of the claims.
    """
    rows = {row["id"]: row for row in frame.iter_rows(named=True)}
    figures = {one.key: one.figure for one in settled}
    notes = []
    for one in found:
        voices = [_voice(rows[claim], one.key) for claim in one.claims if claim in rows]
        figure = figures.get(one.key)
        notes.append(
            DisagreementNote(
                kind=one.kind,
                matter=matter_of(one.key),
                explanation=_why(one.explanation),
                unit=one.key.unit,
                settled=figure if figure is not None and set(one.claims) <= set(figure.claims) else None,
                voices=tuple(voices),
                claims=one.claims,
            )
        )
    return tuple(notes)


def matter_of(key: SlotKey) -> str:
    """Return what a slot is about, in one line."""
    predicate = load_vocabulary().predicates.get(key.predicate)
    what = predicate.name if predicate else key.predicate
    what = what[:1].upper() + what[1:]
    if key.material:
        what += f" of {name_of(key.material)}"
    where = [name_of(part) for part in (key.site, key.actor, key.place, key.counterparty) if part]
    rest = [part.replace("-", " ") for part in (key.stage, key.kind, key.instrument) if part]
    return ", ".join(dict.fromkeys([what, *where, *rest, when_words(key.period)]))


def _why(explanation: str) -> str:
    """The reason alone: the matter stands in the heading, the claims in the table of voices."""
    words = _LISTED.sub("", explanation)
    _, colon, reason = words.partition(": ")
    reason = reason if colon else words
    return reason[:1].upper() + reason[1:].rstrip(". ") + "."


def _voice(row: dict[str, Any], key: SlotKey) -> VoiceNote:
    value, low, high = row["value"], None, None
    if value is not None:
        ceiling = 100.0 if row["unit"] == "%" and row["predicate"] != "growth" else float("inf")
        allowed = interval_of(value, row["value_max"], row["comparator"], floor=-float("inf"), ceiling=ceiling)
        low = None if allowed.low == -float("inf") else allowed.low
        high = None if allowed.high == float("inf") else allowed.high
    qualifiers = [part.replace("-", " ") for part in (row["kind"], row["form"], row["instrument"]) if part]
    qualifiers += [basis_words(row["basis"], row["material"])] if row["basis"] else []
    qualifiers += [when_words(row["period"])] if row["period"] and row["period"] != key.period else []
    qualifiers += [row["modality"]] if row["modality"] != "actual" else []
    return VoiceNote(
        claim=row["id"],
        publisher=row.get("publisher") or row["source"],
        published=row.get("published"),
        qualifier=", ".join(dict.fromkeys(qualifiers)),
        words=claimed(row),
        value=value,
        low=low,
        high=high,
    )

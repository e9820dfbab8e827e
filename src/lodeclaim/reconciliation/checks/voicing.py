"""Who says the same: independent sources that agree, and copies that are no second voice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from operator import attrgetter

from lodeclaim.reconciliation.dependence import independent, voices
from lodeclaim.reconciliation.evidence import Evidence, Item
from lodeclaim.reconciliation.finding import finding, quoted
from lodeclaim.reconciliation.model import BOUNDS, Conflict, SlotKey, Statement
from lodeclaim.reconciliation.patterns import benchmarks
from lodeclaim.reconciliation.words import cited, number, slot_in_words

__all__ = ["copied", "law_text", "repeated", "same_number"]

_FLOOR = attrgetter("tolerant.low")
_TOP = attrgetter("tolerant.high")


def same_number(evidence: Evidence) -> Iterator[Conflict]:
    """Independent sources whose numbers in one slot agree within rounding; the statistics are one of them."""
    voice_of = voices(evidence)
    for key, members in evidence.credible.items():
        if len(members) < 2:
            continue
        exact = [one for one in members if one.comparator not in BOUNDS and one.value is not None]
        own = [one for one in exact if one.origin != "statistics"]
        tables = [one for one in exact if one.origin == "statistics"] if len(own) < len(exact) else []
        if not own or len(own) + bool(tables) < 2:
            continue
        witnesses = independent(own, voice_of)
        if len(witnesses) + bool(tables) < 2:
            continue
        numbers = [*witnesses.values(), *tables[:1]]
        # what has a value has what it allows
        if max(map(_FLOOR, numbers)) > min(map(_TOP, numbers)):
            continue
        words = partial(_agreeing, key, numbers)
        yield finding("same-number", "corroborates", [one.claim for one in numbers], words, key=key)


def _agreeing(key: SlotKey, numbers: Sequence[Statement]) -> str:
    return (
        f"{slot_in_words(key)}: {len(numbers)} independent sources agree within rounding. "
        f"{'; '.join(cited(one, key.unit) for one in numbers[:24])}"
    )


def copied(evidence: Evidence) -> Iterator[Conflict]:
    """Claims of two documents of one voice that say the same: a copy, a translation, one stated source."""
    import polars as pl

    voice_of = voices(evidence)
    # A voice with one document repeats nobody, unless it says who it has its numbers from.
    heard = Counter(voice_of.values())
    several = [source for source, voice in voice_of.items() if heard[voice] > 1]
    copying = (pl.col("attributed_to") != "") | pl.col("source").is_in(several)
    numbers = [item for item in evidence.where(copying, pl.col("value").is_not_null()) if item.key is not None]
    for group in evidence.grouped(
        numbers, lambda item: (item.predicate, item.material, item.value, item.unit)
    ).values():
        by_voice = evidence.grouped(group, lambda item: voice_of[item.source])
        by_voice |= evidence.grouped(
            [item for item in group if item.attributed_to], lambda item: f"according to {item.attributed_to}"
        )
        for voice, same in by_voice.items():
            firsts: dict[str, Item] = {}
            for item in sorted(same, key=lambda item: (item.published or "9", item.claim)):
                firsts.setdefault(item.source, item)
            if len(firsts) < 2:
                continue
            why = voice if voice.startswith("according to ") else "the documents share their text or their numbers"
            words = f"{len(firsts)} documents, one voice ({why}). {'; '.join(quoted(one) for one in firsts.values())}"
            yield finding("copied", "copy", [one.claim for one in firsts.values()], words, proposal="Count it once.")


def repeated(evidence: Evidence) -> Iterator[Conflict]:
    """The same statement twice in one document, which is no second voice."""

    def said(item: Item) -> tuple[object, ...]:
        return (item.source, item.predicate, item.kind, item.instrument, item.value, item.value_max, item.unit)

    import polars as pl

    # Most claims say a number that no other of their document says, or none.
    told = pl.col("value").is_not_null() | pl.col("predicate").is_in(("milestone", "status"))
    twice = pl.when(told).then(pl.struct("source", "value")).is_duplicated()
    for group in evidence.grouped(evidence.where(told, twice), said).values():
        if len(group) < 2:
            continue
        first = group[0]
        for other in group[1:]:
            if _same_thing(first, other):
                words = f"Said twice in one document, which is one voice. {quoted(first)}; {quoted(other)}"
                yield finding("repeated", "copy", (first.claim, other.claim), words, proposal="Count it once.")


def law_text(evidence: Evidence) -> Iterator[Conflict]:
    """What a text says of a legal benchmark, beside the law's own words."""
    for item in evidence.numbers_on("target"):
        if item.unit != "%" or not item.stage:
            continue
        for law in benchmarks():
            if law.stage != item.stage or law.place not in {item.place, *item.actors} or item.key is None:
                continue
            if item.value == law.value:
                words = (
                    f"{law.source} sets {number(law.value)} % by {law.period}: right in value. Its scope is "
                    f"{law.scope}. {quoted(item)}"
                )
                proposal = f"Take the scope from the law: {law.scope}."
                yield finding("law-text", "corroborates", [item.claim], words, proposal=proposal, key=item.key)
            elif _of_the_law(item, law.period):
                words = f"{law.source} sets {number(law.value)} % by {law.period} for {law.scope}. {quoted(item)}"
                proposal = "Take the value of the law, unless the text means another benchmark."
                yield finding("law-text", "suspicion", [item.claim], words, proposal=proposal, key=item.key)


def _of_the_law(item: Item, period: str) -> bool:
    return item.period == period and item.material in (None, "critical-raw-materials", "strategic-raw-materials")


def _same_thing(one: Item, other: Item) -> bool:
    """Whether nothing that one claim names is denied by the other, and something is named by both."""
    for first, second in (
        (one.material, other.material),
        (one.stage, other.stage),
        (one.period, other.period),
        (one.form, other.form),
        (one.counterparty, other.counterparty),
    ):
        if first and second and first != second:
            return False
    if one.sites and other.sites and not one.sites & other.sites:
        return False
    if one.value is None and (one.period is None or other.period is None):
        return False
    if one.predicate in ("share", "supplier_share", "production", "reserve", "measure", "stake", "growth", "demand"):
        pair = (one.place, one.actor, one.site), (other.place, other.actor, other.site)
        return pair[0] == pair[1] and one.material == other.material
    common = one.actors & other.actors or one.sites & other.sites
    return bool(common) and (one.material == other.material or None in (one.material, other.material))

"""A claim put together from a quantity or an event, its filled slots and its circumstances."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final

from msgspec.structs import replace

from lodeclaim.claims.identity import claim_id, identify
from lodeclaim.claims.model import Claim, Modality, Reason
from lodeclaim.core.period import Period
from lodeclaim.documents.model import Document
from lodeclaim.reading.circumstances import attribution_of, form_of, instrument_of, kind_of, modality_of, period_of
from lodeclaim.reading.counted_dates import MONTH_ALONE
from lodeclaim.reading.dates import PART_ALONE
from lodeclaim.reading.events import Event
from lodeclaim.reading.found import Hit
from lodeclaim.reading.frames import Choice
from lodeclaim.reading.mentions import Mentions
from lodeclaim.reading.model import Quantity, Sentence
from lodeclaim.reading.slots import Filled
from lodeclaim.reading.structure import compared

__all__ = ["event_claim", "quantity_claim", "share_periods"]

#: Forms in which a mass is counted; ore, concentrate and metal say what was weighed, oxides the compound.
_DEALS: Final = {"investment", "financing", "agreement", "transaction", "stake"}
_IN_GROUND: Final = {"reserve", "grade", "recovery"}
#: What happens at a date, and cannot have happened before it.
_STEPS: Final = {
    "measure",
    "milestone",
    "investment",
    "financing",
    "production",
    "capacity",
    "agreement",
    "transaction",
}
#: What holds from a day on, and often until another.
_LASTING: Final = ("agreement", "transaction")
#: So many months ahead a month without a year is the coming one.
_HALF_YEAR: Final = 6
_TO_COME: Final = ("planned", "forecast")
_DENIED: Final = 110
#: "um" and the like tell of a change, not of its direction.
_LITTLE_WORD: Final = 3
_NEXT_ITEM: Final = 6
#: How far "monthly" stands before a mass, and "per month" behind it.
_RATE_BEFORE, _RATE_BEHIND = 40, 50
#: People are counted where they work.
_COUNTED: Final = {"people": "jobs"}
_READER: Final = "rules"


def quantity_claim(
    document: Document,
    sentence: Sentence,
    quantity: Quantity,
    choice: Choice,
    filled: Filled,
    mentions: Mentions,
    inherited: str | None,
) -> Claim:
    """Return the claim that a quantity makes; ``inherited`` is a comparator of the list that it stands in."""
    text = document.text
    comparator = quantity.comparator if quantity.comparator != "=" or inherited is None else inherited
    if choice.predicate == "target" and comparator in (">", ">=") and _denied(text, sentence, quantity):
        # "no country may supply more than 65 percent" sets a ceiling
        comparator = "<="
    reasons = [_choice_reason(text, choice)]
    reasons.append(
        Reason(
            slot="value",
            rule="number grammar",
            words=text[quantity.start : quantity.end],
            start=quantity.start,
            end=quantity.end,
        )
    )
    if comparator != "=":
        at = quantity.comparator_words
        rule = "comparator" if at else "comparator of the list"
        words = text[at[0] : at[1]] if at else ""
        reasons.append(
            Reason(slot="comparator", rule=rule, words=words, start=at[0] if at else None, end=at[1] if at else None)
        )
    value, value_max = quantity.value, quantity.value_max
    if choice.predicate == "growth" and value > 0 and _falls(text, sentence, quantity):
        value, value_max = -value, -value_max if value_max is not None else None
    unit = quantity.unit
    if choice.predicate == "capacity" and unit == "t" and not _of_month_or_day(sentence, quantity):
        unit = "t/yr"
        reasons.append(Reason(slot="unit", rule="a capacity is that of a year where no other time is named"))
    return _finish(
        document,
        sentence,
        quantity.start,
        quantity.end,
        choice.predicate,
        filled,
        mentions,
        reasons,
        base=min(0.95, 0.55 + 0.4 * choice.score),
        value=value,
        value_max=value_max,
        unit=unit,
        comparator=comparator,
        kind=_kind(quantity, choice.predicate),
    )


def _kind(quantity: Quantity, predicate: str) -> str | None:
    """Return the kind that the quantity itself tells: what is counted, or that a state sets an amount."""
    if quantity.noun:
        return _COUNTED.get(quantity.noun[0], quantity.noun[0])
    return "quota" if predicate == "measure" and quantity.unit_class in ("mass", "mass-rate") else None


def event_claim(document: Document, sentence: Sentence, event: Event, filled: Filled, mentions: Mentions) -> Claim:
    """Return the claim that an event phrase makes."""
    words = document.text[event.start : event.end]
    reasons = [Reason(slot="predicate", rule="event phrase", words=words, start=event.start, end=event.end)]
    deal = event.predicate in _DEALS
    return _finish(
        document,
        sentence,
        event.start,
        event.end,
        event.predicate,
        filled,
        mentions,
        reasons,
        base=0.75,
        kind=None if deal else event.kind,
        instrument=event.kind if deal and event.predicate == "agreement" else None,
    )


def _of_month_or_day(sentence: Sentence, quantity: Quantity) -> bool:
    """Tell whether words around a mass say that it is that of a month or a day."""
    rates = sentence.every.within("per", quantity.start - _RATE_BEFORE, quantity.end + _RATE_BEHIND)
    return any(hit.value != "yr" and sentence.start <= hit.start < sentence.end for hit in rates)


def _denied(text: str, sentence: Sentence, quantity: Quantity) -> bool:
    return any(
        0 <= quantity.start - hit.end <= _DENIED and "," not in text[hit.end : quantity.start]
        for hit in sentence.of("negation")
    )


def _choice_reason(text: str, choice: Choice) -> Reason:
    hit = choice.trigger
    if hit is None:
        return Reason(slot="predicate", rule=choice.rule)
    return Reason(slot="predicate", rule=choice.rule, words=text[hit.start : hit.end], start=hit.start, end=hit.end)


def _falls(text: str, sentence: Sentence, quantity: Quantity) -> bool:
    last = quantity
    for other in sentence.quantities:
        if other.unit_class == quantity.unit_class and 0 <= other.start - last.end <= _NEXT_ITEM:
            last = other
    # "88 and 95 percent lower": the items of a list share what compares them
    direction = compared(sentence, quantity) or compared(sentence, last)
    if direction is not None:
        return direction == "down"
    near = [
        hit for hit in sentence.of("growth_down") if hit.start - quantity.end <= 60 and quantity.start - hit.end <= 110
    ]
    if not near:
        return False

    def distance(hit: Hit) -> int:
        return min(abs(hit.start - quantity.end), abs(quantity.start - hit.end))

    closest = min(near, key=distance)
    edges = {hit.start for hit in sentence.of("growth_down")}
    # "interanual", "year on year" compare and say nothing of the direction
    dated = {hit.start for hit in sentence.of("date")}
    rises = [
        hit
        for hit in sentence.of("trigger")
        if hit.value == ("growth", 1.0)
        and hit.start not in edges
        and hit.start not in dated
        and hit.end - hit.start > _LITTLE_WORD
    ]
    if any(distance(hit) < distance(closest) and " " not in text[hit.start : hit.end] for hit in rises):
        return False
    items = [q for q in sentence.quantities if q.unit_class == quantity.unit_class and closest.end <= q.start]
    items = [q for q in items if q.start <= quantity.start]
    # "fell 16 % and 17 %": the items of a list share their direction
    return all(second.start - first.end <= _NEXT_ITEM for first, second in pairwise(items))


def _finish(
    document: Document,
    sentence: Sentence,
    start: int,
    end: int,
    predicate: str,
    filled: Filled,
    mentions: Mentions,
    reasons: Sequence[Reason],
    *,
    base: float,
    value: float | None = None,
    value_max: float | None = None,
    unit: str | None = None,
    comparator: str | None = None,
    kind: str | None = None,
    instrument: str | None = None,
) -> Claim:
    text = document.text
    why = [*reasons, *filled.reasons]
    period, reason = period_of(
        text,
        sentence,
        start,
        end,
        document.published,
        changes=predicate == "growth",
        happens=predicate in _STEPS,
        stands=predicate == "price",
        lasts=predicate in _LASTING,
    )
    if period is not None and predicate in _IN_GROUND and period[:4] > (document.published or period)[:4]:
        # what lies in the ground lies there now: a year to come is that of something else in the sentence
        period = reason = None
    modality, modal_reason = modality_of(text, sentence, start, end, inside=unit != "count")
    modality = _default_modality(predicate, modality)
    if _pledged(sentence, modal_reason):
        # "in March the Union promised": what is dated is the promise
        pass
    elif reason and period and reason.rule.startswith(PART_ALONE) and modality in _TO_COME:
        period = _coming(period, document.published)
    elif reason and period and reason.rule.startswith(MONTH_ALONE):
        period = _as_told(period, document.published, modality, counted=value is not None)
    if reason:
        why.append(reason)
    if period is None and predicate == "price" and document.published is not None:
        # a price without a date is that of the day it was published
        period = document.published[:4]
        why.append(Reason(slot="period", rule="year of publication"))
    if modality == "actual" and period and _lies_ahead(period, document.published) and predicate in _STEPS:
        modality = "planned"
        why.append(Reason(slot="modality", rule="the date lies after the document", note=period))
    if modal_reason:
        why.append(modal_reason)
    attributed, source_reason = attribution_of(text, sentence)
    if source_reason:
        why.append(source_reason)
    elif (counted := filled.counted_by) is not None:
        attributed = text[counted.start : counted.end]
        why.append(
            Reason(
                slot="attributed_to",
                rule="authority that counts",
                words=attributed,
                start=counted.start,
                end=counted.end,
            )
        )
    form = form_of(sentence, mentions, start, end)
    if form is not None:
        why.append(
            Reason(slot="form", rule=form.how, words=text[form.start : form.end], start=form.start, end=form.end)
        )
    if instrument is None and predicate in _DEALS:
        instrument, instrument_reason = instrument_of(text, sentence, predicate, start, end)
        if instrument_reason:
            why.append(instrument_reason)
    if kind is None:
        kind = kind_of(predicate, sentence, mentions, start, end)
    if kind is None and predicate == "trade":
        kind = filled.direction
    flags = ("headline",) if sentence.block.kind == "headline" else ()
    values: dict[str, Any] = {
        "source": document.id,
        "locator": f"{start}:{end}",
        "quote": text[start:end],
        "predicate": predicate,
        "form": str(form.value) if form is not None else None,
        "basis": _basis(predicate, form.value if form is not None else None),
        "kind": kind,
        "value": value,
        "value_max": value_max,
        "unit": unit,
        "comparator": comparator,
        "period": period,
        "modality": modality,
        "instrument": instrument,
        "attributed_to": attributed,
        "reader": _READER,
        "confidence": round(max(0.1, base - filled.cost - (0.15 if flags else 0.0)), 2),
        "flags": flags,
        "others": tuple(filled.others),
        "reasons": tuple(why),
        **filled.slots,
    }
    return Claim(id=claim_id(values), **values)


def _pledged(sentence: Sentence, modal: Reason | None) -> bool:
    """Tell whether the word that makes a plan of it says that somebody has promised or proposed it."""
    if modal is None or modal.start is None or modal.end is None:
        return False
    return len(sentence.every.within("pledges", modal.start, modal.end)) > 0


def _lies_ahead(period: str, published: str | None) -> bool:
    if published is None:
        return False
    start, known = Period.parse(period).start, Period.parse(published).end
    return start is not None and known is not None and start > known


def _coming(period: str, published: str | None) -> str:
    """The part of a year without year that is planned: the one that ends next, "to begin in the fourth quarter"."""
    end, known = Period.parse(period).end, Period.parse(published).end if published else None
    if end is None or known is None or end >= known:
        return period
    return "/".join(f"{int(side[:4]) + 1}{side[4:]}" for side in period.split("/"))


def _as_told(period: str, published: str | None, modality: Modality, *, counted: bool) -> str:
    """The month without a year of what is told: the coming one where it is planned for the next months.

    What happens in the month after the report is told in the present: "the ban ends on 16 October".
    """
    if "/" in period or published is None or len(published) < len("2025-01"):
        return period
    ahead = (int(period[5:7]) - int(published[5:7])) % 12
    soon = _HALF_YEAR if modality in _TO_COME else 0 if counted else 1
    if not 0 < ahead <= soon or period > published:
        return period
    rest = period[4:] if period[4:] != "-02-29" else "-02"
    return f"{int(period[:4]) + 1}{rest}"


def _default_modality(predicate: str, modality: Modality) -> Modality:
    return "planned" if predicate == "target" and modality != "opinion" else modality


def _basis(predicate: str, form: str | None) -> str | None:
    """Return the basis a mass is counted in, where the form says so: ore and concentrate are gross weight."""
    if predicate not in ("production", "capacity", "reserve", "demand", "trade") or form is None:
        return None
    if form in ("ore", "concentrate"):
        return "gross"
    return form if any(char.isdigit() for char in form) or form in ("REO", "LCE") else None


def share_periods(claims: Sequence[Claim]) -> list[Claim]:
    """Return the claims of a sentence, where items of one list share the only period that the list has."""
    shared: list[Claim] = []
    for own in claims:
        claim = own
        group = [other for other in claims if other.predicate == claim.predicate and other.unit == claim.unit]
        periods = {other.period for other in group if other.period is not None}
        if claim.period is None and claim.value is not None and len(group) >= 3 and len(periods) == 1:
            period = periods.pop()
            reason = Reason(slot="period", rule="period of the list")
            claim = identify(replace(claim, period=period, reasons=(*claim.reasons, reason)))
        shared.append(claim)
    return shared

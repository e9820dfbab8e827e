"""Which predicate a quantity belongs to: triggers weighed by how near and how well they fit its unit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from lodeclaim.reading.counted_dates import YEAR_BEFORE
from lodeclaim.reading.dates import PART_ALONE
from lodeclaim.reading.found import Hit
from lodeclaim.reading.grammar import Grammar
from lodeclaim.reading.model import Quantity, Sentence, UnitClass
from lodeclaim.reading.nothing_told import says_nothing
from lodeclaim.reading.structure import PLACES, add_structure, behind_to

__all__ = ["FITS", "Choice", "Parties", "choose_predicate"]

#: How well each predicate takes a unit class; a predicate that is not listed never takes it.
FITS: Final[dict[UnitClass, dict[str, float]]] = {
    "mass": {
        "production": 1.0,
        "reserve": 1.0,
        "demand": 1.0,
        "trade": 0.9,
        "capacity": 0.9,
        "measure": 0.9,
        "agreement": 0.8,
    },
    "mass-rate": {
        "production": 1.0,
        "capacity": 1.1,
        "demand": 0.9,
        "trade": 0.8,
        "measure": 0.9,
        "agreement": 0.7,
    },
    "percent": {
        "share": 1.0,
        "supplier_share": 1.0,
        "import_reliance": 1.0,
        "growth": 1.0,
        "grade": 1.0,
        "recovery": 1.0,
        "stake": 1.0,
        "target": 1.0,
        "measure": 1.0,
        "agreement": 0.5,
        "demand": 0.3,
    },
    "points": {"growth": 1.0},
    "grade": {"grade": 1.0},
    "money": {
        "investment": 1.0,
        "financing": 1.05,
        "transaction": 0.9,
        "valuation": 0.9,
        "agreement": 0.95,
        "trade": 0.9,
    },
    "price": {"price": 1.0},
    "count": {"count": 1.0},
    "time": {},
    "area": {},
}
_WITHOUT_TRIGGER: Final = {"price": "price", "count": "count", "grade": "grade"}
_HALF_DISTANCE: Final = 40.0
_LEAST: Final = 0.10
_SIBLING: Final = 0.75
_PART: Final = 0.4
_ANEW: Final = 0.15
#: How well a predicate fits a unit at least that a word for it tells of something else.
_TELLING: Final = 0.5
_CARRIED: Final = 0.3
_CARRIED_BESIDE: Final = 0.1
_DEFAULT: Final = 0.2
_NEXT: Final = 1.0
_ORIGIN: Final = 60
#: How far from a number of people the word for their work stands.
_AT_WORK: Final = 60
#: How far behind a word the number stands that it belongs to.
_OWN: Final = 4
#: Less money than this is not told without a word of what it is for, in whatever currency.
_LEAST_INVESTED: Final = 1e5
#: The rules of dates that only what comes and goes is told of.
_SPANS: Final = frozenset({"this year", "last year", "next year", PART_ALONE, YEAR_BEFORE})
_WEIGHED: Final = {"mass", "mass-rate"}
_STRONG_STOP: Final = re.compile(r"[;:](?!\w)")
_LIST: Final = re.compile(r"[\s\w,()%–—'’:-]*$")


_NEEDS_COMPANY: Final = {"stake", "transaction"}


@dataclass(frozen=True, slots=True)
class Parties:
    """Who takes part in a sentence: a company at all, a bank or lender, a site."""

    company: bool = False
    company_here: bool = False
    company_known: bool = False
    lender: bool = False
    site: bool = False
    material_here: bool = False
    material_before: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """The predicate chosen for a quantity, its score, and the trigger that decided."""

    predicate: str
    score: float
    trigger: Hit | None
    rule: str


def choose_predicate(
    text: str,
    sentence: Sentence,
    quantity: Quantity,
    before: tuple[Quantity, Choice] | None,
    carried: str | None,
    parties: Parties,
    grammar: Grammar,
) -> Choice | None:
    """Return the predicate for a quantity, or None where nothing in the sentence says what it is.

    ``before`` is the quantity to the left in the sentence with its choice: items of a list share a predicate.
    ``carried`` is the predicate that the last quantity of this unit had in the paragraph.
    """
    fits = FITS[quantity.unit_class]
    if quantity.noun is not None and quantity.noun[0] == "people" and not _employed(sentence, quantity):
        # people are told of where they work
        return None
    if says_nothing(text, grammar, sentence, quantity):
        return None
    if quantity.unit_class in _WITHOUT_TRIGGER:
        predicate = _WITHOUT_TRIGGER[quantity.unit_class]
        return Choice(predicate, 1.0, None, f"unit {quantity.unit}")
    best: dict[str, tuple[float, Hit]] = {}
    denied = _denied(sentence)
    known = parties.site or parties.company_known
    inner = _inside_others(sentence)
    second: dict[str, float] = {}
    for hit in sentence.of("trigger"):
        predicate, weight = hit.value
        prior = fits.get(predicate)
        barred = predicate in _NEEDS_COMPANY and not (parties.company or (known and weight == 1.0))
        if prior is None or barred or hit.start in denied or hit in inner or (predicate == "grade" and quantity.parts):
            continue
        if predicate == "supplier_share" and weight < 1 and not _place_behind(sentence, hit):
            # "up 5 percent from the second quarter" names no origin
            continue
        if predicate == "stake" and weight < 1 and not parties.company_here:
            # "with" and "gets" say so only of a company that is named
            continue
        if predicate == "agreement" and weight < 1 and quantity.unit_class in ("mass", "mass-rate"):
            # what tonnes are worth makes them no deal
            continue
        score = weight * prior * _nearness(text, hit, quantity, sentence)
        if predicate not in best or score > best[predicate][0]:
            if predicate in best:
                second[predicate] = max(second.get(predicate, 0.0), best[predicate][0])
            best[predicate] = (score, hit)
        elif hit.start != best[predicate][1].start:
            second[predicate] = max(second.get(predicate, 0.0), score)
    scores: dict[str, float] = {
        predicate: score + 0.3 * second.get(predicate, 0.0) for predicate, (score, _) in best.items()
    }
    add_structure(text, grammar, sentence, quantity, scores, company=parties.company, lender=parties.lender)
    if quantity.unit_class == "money" and "trade" in best and best["trade"][1].value[1] == 1.0:
        # "imports worth 3 million dollars": what is traded is worth something, too
        invested = best.get("investment")
        scores["trade"] += 0.0 if invested is not None and invested[1].value[1] == 1.0 else 0.35
    raised = before is not None and before[1].predicate == "growth" and behind_to(text, grammar, quantity)
    if (
        raised
        and "reserve" in scores
        and not any(hit.value[0] == "reserve" and hit.end <= quantity.start for hit in sentence.of("kind"))
    ):
        # "rose 11 percent to 120,600 tonnes": what rises is a flow
        if not {"production", "trade", "demand"} & scores.keys():
            scores["production"] = scores["reserve"]
        scores["reserve"] *= 0.3
    inherited = None
    if before is not None and _of_one_list(*before, quantity):
        between = text[before[0].end : quantity.start]
        if len(between) <= 90 and _LIST.match(between):
            inherited = before[1].predicate
            share = _NEXT if len(between) <= 12 else _SIBLING
            if quantity.unit_class == "money" and grammar.of_which.search(between):
                # a part of the cost is often lent or granted
                share = _PART
            if _told_anew(sentence, before[0].end, quantity.start, inherited, fits):
                share = _ANEW
            scores[inherited] = scores.get(inherited, 0.0) + share * before[1].score
    if carried == "growth" and "of" in grammar.prepositions.at(text, quantity.end):
        # "19 percent of this" is no change, whatever the sentence before told
        carried = None
    if carried is not None and carried in fits:
        # a trigger of its own, however far, weighs more against what the sentence before was about
        own = any(score >= _LEAST and hit.value[1] == 1.0 for score, hit in best.values())
        scores[carried] = scores.get(carried, 0.0) + (_CARRIED_BESIDE if own else _CARRIED)
    if not scores:
        default = _default(sentence, quantity, parties)
        return Choice(default, _DEFAULT, None, "usual for the unit here") if default else None
    predicate = max(scores, key=lambda name: (scores[name], name))
    if scores[predicate] < _LEAST:
        return None
    trigger = best[predicate][1] if predicate in best else None
    rule = "trigger" if trigger else "list" if predicate == inherited else "context"
    return Choice(predicate, min(scores[predicate], 1.5), trigger, rule)


def _inside_others(sentence: Sentence) -> list[Hit]:
    """Return the words for producing that stand inside those for a deal: "accord pour livrer"."""
    triggers = sentence.of("trigger")
    deals = [hit for hit in triggers if hit.value == ("agreement", 1.0)]
    if not deals:
        return []
    return [
        hit
        for hit in triggers
        if hit.value[0] == "production" and any(deal.start < hit.start and hit.end <= deal.end for deal in deals)
    ]


def _of_one_list(one: Quantity, choice: Choice, other: Quantity) -> bool:
    """Tell whether two quantities may be of one list: quotas of "18,125 tonnes, then 96,600 tonnes a year"."""
    weighed = {one.unit_class, other.unit_class} == _WEIGHED
    return one.unit_class == other.unit_class or (weighed and choice.predicate == "measure")


def _told_anew(sentence: Sentence, start: int, end: int, predicate: str, fits: dict[str, float]) -> bool:
    """Tell whether the last strong trigger between two quantities is one of another predicate."""
    told = [hit for hit in sentence.every.within("trigger", start, end) if hit.value[1] == 1.0]
    last = {hit.value[0] for hit in told if hit.start == told[-1].start}
    return predicate not in last and any(fits.get(other, 0.0) >= _TELLING for other in last)


def _employed(sentence: Sentence, quantity: Quantity) -> bool:
    """Tell whether a word for work stands near a number of people, with no other number between."""
    for hit in sentence.every.within("trigger", quantity.start - _AT_WORK, quantity.end + _AT_WORK):
        if hit.value[0] == "count" and sentence.start <= hit.start < sentence.end:
            left, right = (hit.end, quantity.start) if hit.start < quantity.start else (quantity.end, hit.start)
            if not any(left <= other.start < right for other in sentence.quantities):
                return True
    return False


def _place_behind(sentence: Sentence, hit: Hit) -> bool:
    """Tell whether the sentence names a country not far behind the hit."""
    stop = min(hit.end + _ORIGIN, sentence.end)
    return any(sentence.every.within(kind, hit.start, stop) for kind in PLACES)


def _denied(sentence: Sentence) -> set[int]:
    """Return where triggers start that stand right behind "not"."""
    edges = [hit.end for hit in sentence.of("negation")]
    return {edge + gap for edge in edges for gap in (1, 2)}


def _nearness(text: str, hit: Hit, quantity: Quantity, sentence: Sentence) -> float:
    """Return 1 for a trigger beside the quantity, less with distance, punctuation and quantities between."""
    if hit.end <= quantity.start:
        left, right = hit.end, quantity.start
    elif hit.start >= quantity.end:
        left, right = quantity.end, hit.start
    else:
        return 1.0
    between = text[left:right]
    score = 1 / (1 + (right - left) / _HALF_DISTANCE)
    score *= 0.8 ** between.count(",") * 0.6 ** len(_STRONG_STOP.findall(between))
    crossed = sum(left <= other.start and other.end <= right for other in sentence.quantities)
    if sentence.every.within("contrasts", left, right):
        # "…, while its output of metal will grow": what comes next is told of something else
        score *= 0.5
    if left == quantity.end and any(0 <= other.start - hit.end <= _OWN for other in sentence.quantities):
        # "a value of 1.2 billion at capex of 830 million": the word belongs to the number behind it
        score *= 0.5
    return float(score * 0.7**crossed)


def _default(sentence: Sentence, quantity: Quantity, parties: Parties) -> str | None:
    """Return what a quantity without any trigger most often is: a deposit's tonnes, a project's money."""
    if quantity.unit_class == "mass" and parties.site:
        # what is told for a quarter or for this year is no deposit
        flows = any("/" in mention.period or mention.rule in _SPANS for mention in sentence.dates)
        return "production" if flows else "reserve"
    if quantity.unit_class == "mass-rate" and (parties.site or parties.material_here or parties.material_before):
        return "production"
    if quantity.unit_class == "money" and any(hit.value[0] == "agreement" for hit in sentence.of("event")):
        # "signed agreements worth 1.6 billion euros"
        return "agreement"
    if quantity.unit_class == "money" and (parties.material_here or parties.site):
        # money without a scale beside a word for prices is a price that does not say what for
        priced = quantity.multiplier == 1 and any(hit.value[0] == "price" for hit in sentence.of("trigger"))
        return None if priced or quantity.value < _LEAST_INVESTED else "investment"
    return None

"""Which predicate a quantity belongs to: triggers weighed by how near and how well they fit its unit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from lodeclaim.reading.found import Hit
from lodeclaim.reading.grammar import Grammar
from lodeclaim.reading.model import Quantity, Sentence, UnitClass

__all__ = ["FITS", "Choice", "Parties", "choose_predicate", "compared"]

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
_CARRIED: Final = 0.3
_CARRIED_BESIDE: Final = 0.1
_DEFAULT: Final = 0.2
_NEXT: Final = 1.0
_ORIGIN: Final = 60
_WORD_BEFORE: Final = re.compile(r"([^\W\d_]+)[\s\u00a0]{0,2}$")
_LONGEST_WORD: Final = 14
_BESIDE: Final = 3
#: How far the level that is reached stands behind the level before.
_LEVELS: Final = 30
_PLACES: Final = ("place", "place_adjective", "metonym")
#: "26.9 Mt at 10.3% TGC": how far tonnage and grade stand apart.
_AT_GRADE: Final = 14
#: "@ 1.2 %": how far the sign stands before a grade.
_AT_SIGN: Final = 8
#: How far before a percentage the word for a price stands that it specifies the product of, and the product behind it.
_PRICED, _PRODUCT = 24, 12
#: How far from a number of people the word for their work stands.
_AT_WORK: Final = 60
#: How far behind an amount stands the plant that it builds.
_BUILT: Final = 40
#: How far behind "percent of" stands what the percentage is of.
_OF_WHAT: Final = 45
#: What percentages are of, and what they can be other than a share of it.
_FLOWS: Final = {"production", "trade", "reserve", "capacity"}
_PARTS: Final = {"target", "stake", "supplier_share", "import_reliance", "growth", "measure", "recovery"}
#: How far before a part of something "of which" stands.
_OF_WHICH: Final = 40
_STRONG_STOP: Final = re.compile(r"[;:](?!\w)")
_ENDS_CLAUSE: Final = re.compile(r"[,;]|:(?!\w)")
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
    if quantity.unit_class == "percent" and _specified(text, grammar, sentence, quantity):
        return None
    if quantity.unit_class in _WITHOUT_TRIGGER:
        predicate = _WITHOUT_TRIGGER[quantity.unit_class]
        return Choice(predicate, 1.0, None, f"unit {quantity.unit}")
    best: dict[str, tuple[float, Hit]] = {}
    denied = _denied(sentence)
    known = parties.site or parties.company_known
    second: dict[str, float] = {}
    for hit in sentence.of("trigger"):
        predicate, weight = hit.value
        prior = fits.get(predicate)
        barred = predicate in _NEEDS_COMPANY and not (parties.company or (known and weight == 1.0))
        if prior is None or barred or hit.start in denied or (predicate == "grade" and quantity.parts):
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
        score = weight * prior * _nearness(text, hit, quantity, sentence.quantities)
        if predicate not in best or score > best[predicate][0]:
            if predicate in best:
                second[predicate] = max(second.get(predicate, 0.0), best[predicate][0])
            best[predicate] = (score, hit)
        elif hit.start != best[predicate][1].start:
            second[predicate] = max(second.get(predicate, 0.0), score)
    scores: dict[str, float] = {
        predicate: score + 0.3 * second.get(predicate, 0.0) for predicate, (score, _) in best.items()
    }
    _structure(text, grammar, sentence, quantity, scores, parties)
    inherited = None
    if before is not None and before[0].unit_class == quantity.unit_class:
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


def _told_anew(sentence: Sentence, start: int, end: int, predicate: str, fits: dict[str, float]) -> bool:
    """Tell whether the last strong trigger between two quantities is one of another predicate."""
    told = [hit for hit in sentence.every.within("trigger", start, end) if hit.value[1] == 1.0]
    last = {hit.value[0] for hit in told if hit.start == told[-1].start}
    return predicate not in last and not last.isdisjoint(fits)


def _employed(sentence: Sentence, quantity: Quantity) -> bool:
    """Tell whether a word for work stands near a number of people, with no other number between."""
    for hit in sentence.every.within("trigger", quantity.start - _AT_WORK, quantity.end + _AT_WORK):
        if hit.value[0] == "count" and sentence.start <= hit.start < sentence.end:
            left, right = (hit.end, quantity.start) if hit.start < quantity.start else (quantity.end, hit.start)
            if not any(left <= other.start < right for other in sentence.quantities):
                return True
    return False


def _specified(text: str, grammar: Grammar, sentence: Sentence, quantity: Quantity) -> bool:
    """Tell of a percentage that names the product of a price: "the price of 99.65% antimony ingots"."""
    start = max(sentence.start, quantity.start - _PRICED)
    if not any(hit.value[0] == "price" for hit in sentence.every.within("trigger", start, quantity.start)):
        return False
    if grammar.prepositions.at(text, quantity.end):
        return False
    word = next((q for q in sentence.quantities if q.start >= quantity.end), None)
    stop = min(quantity.end + _PRODUCT, word.start if word is not None else sentence.end)
    return any(sentence.every.within(kind, quantity.end, stop) for kind in ("material", "formula", "form"))


def _place_behind(sentence: Sentence, hit: Hit) -> bool:
    """Tell whether the sentence names a country not far behind the hit."""
    stop = min(hit.end + _ORIGIN, sentence.end)
    return any(sentence.every.within(kind, hit.start, stop) for kind in _PLACES)


def compared(sentence: Sentence, quantity: Quantity) -> str | None:
    """Return up or down where the words right behind a percentage compare: "81 percent more than", "12 % menos"."""
    start, stop = quantity.end, quantity.end + _BESIDE
    for hit in sentence.every.within("comparators", start, stop):
        if hit.value in ("<", ">"):
            return "down" if hit.value == "<" else "up"
    return next((str(hit.value) for hit in sentence.every.within("comparative", start, stop)), None)


def _clause(text: str, sentence: Sentence, quantity: Quantity) -> tuple[int, int]:
    """Return where the part of the sentence between semicolons begins and ends that holds the quantity."""
    start = max(text.rfind(";", sentence.start, quantity.start), sentence.start)
    end = text.find(";", quantity.end, sentence.end)
    return start, end if end >= 0 else sentence.end


def _several_countries(text: str, sentence: Sentence, quantity: Quantity) -> bool:
    start, end = _clause(text, sentence, quantity)
    named = {hit.value for kind in _PLACES for hit in sentence.every.within(kind, start, end)}
    return len(named - {"WLD"}) >= 2


def _denied(sentence: Sentence) -> set[int]:
    """Return where triggers start that stand right behind "not"."""
    edges = [hit.end for hit in sentence.of("negation")]
    return {edge + gap for edge in edges for gap in (1, 2)}


def _nearness(text: str, hit: Hit, quantity: Quantity, quantities: Sequence[Quantity]) -> float:
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
    crossed = sum(left <= other.start and other.end <= right for other in quantities)
    return float(score * 0.7**crossed)


def _structure(
    text: str,
    grammar: Grammar,
    sentence: Sentence,
    quantity: Quantity,
    scores: dict[str, float],
    parties: Parties,
) -> None:
    """Add what the words right of the quantity show: "of the world's …" is a share, "from China" an origin."""
    if quantity.unit_class == "money" and parties.lender:
        scores["financing"] = scores.get("financing", 0.0) + 0.35
    if quantity.unit_class == "money" and _is_built(text, grammar, sentence, quantity):
        scores["investment"] = scores.get("investment", 0.0) + 0.8
    if _tonnage_with_grade(text, sentence, quantity):
        scores["reserve"] = scores.get("reserve", 0.0) + 0.5
    if quantity.unit_class != "percent":
        return
    if text[max(0, quantity.start - _AT_SIGN) : quantity.start].rstrip()[-1:] == "@":
        scores["grade"] = scores.get("grade", 0.0) + 0.6
    right = sentence.every.beginning(quantity.end, min(quantity.end + 41, sentence.end))
    roles = set(grammar.prepositions.at(text, quantity.end))
    if "from" in roles and any(hit.category == "place" for hit in right) and "supplier_share" in scores:
        scores["supplier_share"] += 0.4
    if compared(sentence, quantity) is not None:
        # "81 percent more than": a comparison
        scores["growth"] = scores.get("growth", 0.0) + 0.6
    edge = quantity.comparator_words[0] if quantity.comparator_words else quantity.start
    if any(hit.end == edge - 1 and hit.value[0] == "growth" for hit in sentence.of("trigger")):
        # "up 5 percent", "ned 3 procent"
        scores["growth"] = scores.get("growth", 0.0) + 0.5
    if "growth" in scores and set(grammar.prepositions.before(text, edge)) & {"by", "with"}:
        # "lowered by 6 percent", "steg med 6 procent": the change itself
        scores["growth"] += 0.35
    beside = {hit.category for hit in right if hit.start - quantity.end <= 2}
    if beside & {"material", "formula"} and not roles and not quantity.parts:
        scores["grade"] = scores.get("grade", 0.0) + 0.4
        # nobody owns "0.3 percent vanadium pentoxide"
        scores.pop("stake", None)
    behind = {hit.category for hit in right if hit.start - quantity.end <= 9}
    if roles & {"of", "in"} and parties.company and behind & {"actor", "anaphora"}:
        scores["stake"] = scores.get("stake", 0.0) + 0.5
    if "of" in roles:
        _of_what(text, sentence, quantity, scores)
    if grammar.of_which.search(text, max(sentence.start, quantity.start - _OF_WHICH), quantity.start):
        scores["share"] = scores.get("share", 0.0) + 0.6
    if _level(text, grammar, sentence, quantity):
        scores["growth"] = 0.3 * scores.get("growth", 0.0)
    if (
        "supplier_share" in scores
        and "from" not in roles
        and not _several_countries(text, sentence, quantity)
        and not _has_origin(text, grammar, sentence, quantity)
    ):
        # what one country imports, without an origin, is its reliance on imports
        scores["import_reliance"] = max(scores.get("import_reliance", 0.0), 1.05 * scores["supplier_share"])
    if "of" in roles and any(hit.category == "material" and hit.start - quantity.end <= 12 for hit in right):
        scores["share"] = scores.get("share", 0.0) + 0.3
    if "of" in roles and any(hit.category in ("stage", "material") or hit.value == "WLD" for hit in right):
        for predicate in ("share", "target"):
            if predicate in scores:
                scores[predicate] += 0.25


def _is_built(text: str, grammar: Grammar, sentence: Sentence, quantity: Quantity) -> bool:
    """Tell whether an amount stands before what it builds: "a $3.8 billion high-pressure acid leach plant"."""
    word = next(iter(sentence.every.within("site_words", quantity.end, quantity.end + _BUILT)), None)
    if word is None or not text[quantity.start : quantity.start + 1].strip("0123456789"):
        return False
    between = text[quantity.end : word.start]
    at = [quantity.end + n for n, sign in enumerate(between) if sign == " "]
    return not set(",;:.") & set(between) and not any(grammar.prepositions.at(text, n) for n in at)


def _of_what(text: str, sentence: Sentence, quantity: Quantity, scores: dict[str, float]) -> None:
    """Add what a percentage is of: of what is demanded it is a share, of what is imported it may have an origin."""
    stop = min(quantity.end + _OF_WHAT, sentence.end)
    whole = [
        hit.value[0]
        for hit in sentence.every.within("trigger", quantity.end, stop)
        if not _ENDS_CLAUSE.search(text, quantity.end, hit.start)
    ]
    if "demand" in whole and scores.get("demand", 0.0) > scores.get("target", 0.0):
        scores["share"] = scores.get("share", 0.0) + scores.pop("demand")
    elif not scores.keys() & _PARTS and set(whole) & _FLOWS:
        scores["share"] = scores.get("share", 0.0) + 0.3
    if "supplier_share" in whole and "supplier_share" in scores and _several_countries(text, sentence, quantity):
        scores["supplier_share"] += 0.4


def _has_origin(text: str, grammar: Grammar, sentence: Sentence, quantity: Quantity) -> bool:
    """Tell whether a country stands behind "from" in the clause of the quantity."""
    hits = sentence.every.within("place", *_clause(text, sentence, quantity))
    return any("from" in grammar.prepositions.before(text, hit.start) for hit in hits)


def _tonnage_with_grade(text: str, sentence: Sentence, quantity: Quantity) -> bool:
    """Tell whether a grade stands right behind a mass: so much ore with so much in it lies in the ground."""
    if quantity.unit_class != "mass":
        return False
    behind = next((other for other in sentence.quantities if other.start >= quantity.end), None)
    if behind is None or behind.unit_class not in ("percent", "grade") or behind.start - quantity.end > _AT_GRADE:
        return False
    if text[quantity.end : behind.start].strip() == "@":
        return True
    return bool(sentence.every.within("material", behind.end, behind.end + _AT_GRADE)) or bool(
        sentence.every.within("formula", behind.end, behind.end + _AT_GRADE)
    )


def _level(text: str, grammar: Grammar, sentence: Sentence, quantity: Quantity) -> bool:
    """Tell whether the quantity is a level, not the change: it stands behind "to", or "from" with a "to" to follow."""
    if _behind_to(text, grammar, quantity):
        return True
    edge = quantity.comparator_words[0] if quantity.comparator_words else quantity.start
    if "from" not in grammar.prepositions.before(text, edge):
        return False
    behind = next((other for other in sentence.quantities if other.start >= quantity.end), None)
    return (
        behind is not None
        and behind.unit_class == quantity.unit_class
        and behind.start - quantity.end <= _LEVELS
        and _behind_to(text, grammar, behind)
    )


def _behind_to(text: str, grammar: Grammar, quantity: Quantity) -> bool:
    edge = quantity.comparator_words[0] if quantity.comparator_words else quantity.start
    if "to" in grammar.prepositions.before(text, edge):
        return True
    word = _WORD_BEFORE.search(text, max(0, edge - _LONGEST_WORD), edge)
    kind = grammar.range_words.get(word.group(1).lower()) if word is not None else None
    if word is not None and kind == "between":
        # "from 10 percent to between 14 and 19 percent"
        return "to" in grammar.prepositions.before(text, word.start(1))
    return kind == "to"


def _default(sentence: Sentence, quantity: Quantity, parties: Parties) -> str | None:
    """Return what a quantity without any trigger most often is: a deposit's tonnes, a project's money."""
    if quantity.unit_class == "mass" and parties.site:
        return "reserve"
    if quantity.unit_class == "mass-rate" and (parties.site or parties.material_here or parties.material_before):
        return "production"
    if quantity.unit_class == "money" and (parties.material_here or parties.site):
        # money without a scale beside a word for prices is a price that does not say what for
        priced = quantity.multiplier == 1 and any(hit.value[0] == "price" for hit in sentence.of("trigger"))
        return None if priced else "investment"
    return None

"""What a percentage is a part of: a country's imports, its needs, or what it wants to do by a year."""

from __future__ import annotations

import re
from typing import Final

from lodeclaim.reading.found import Hit
from lodeclaim.reading.grammar import Grammar
from lodeclaim.reading.model import Quantity, Sentence

__all__ = ["add_wholes"]

_PLACES: Final = ("place", "place_adjective", "metonym")
#: How far from a percentage the words stand for what it is of, for what covers it, for the step it is told of.
_OF_WHAT, _COVERED, _STEP = 60, 70, 60
_ENDS_CLAUSE: Final = re.compile(r"[;:](?!\w)")
_IMPORTS: Final = ("trade", "import")


def add_wholes(text: str, grammar: Grammar, sentence: Sentence, quantity: Quantity, scores: dict[str, float]) -> None:
    """Add what the words around a percentage say that it is of: imports, needs, a goal."""
    roles = set(grammar.prepositions.at(text, quantity.end))
    if _covers_needs(text, sentence, quantity):
        _of_needs(text, sentence, quantity, scores)
    elif "share" in scores and _share_of_imports(text, sentence, quantity, roles):
        # "China accounted for 65 percent of the imports", "its share of Chinese tin imports fell to 35 percent"
        scores["supplier_share"] = max(scores.get("supplier_share", 0.0), scores.pop("share")) + 0.3
    elif "of" in roles and _drawn_from(text, grammar, sentence, quantity):
        # "gets 99 percent of its boron from Turkey"
        scores["supplier_share"] = scores.get("supplier_share", 0.0) + 0.6
        scores["share"] = 0.5 * scores.get("share", 0.0)
    if _wanted(sentence, quantity):
        scores["target"] = scores.get("target", 0.0) + 0.9
        scores.pop("share", None)
    elif {"target", "share"} <= scores.keys() and _foretold(sentence):
        # "by 2030 it will, according to forecasts, be at least 70 percent"
        scores["target"] *= 0.4


def _covers_needs(text: str, sentence: Sentence, quantity: Quantity) -> bool:
    """Tell whether something covers needs and the percentage says how much of them."""
    near = _near(sentence, "covers", quantity, _COVERED)
    needs = [hit for hit in _near(sentence, "trigger", quantity, _COVERED) if hit.value[0] == "demand"]
    return bool(near and needs) and not any(_apart(text, sentence, quantity, hit) for hit in (near[0], needs[0]))


def _of_needs(text: str, sentence: Sentence, quantity: Quantity, scores: dict[str, float]) -> None:
    """Needs that imports cover are imported, those that another country covers it supplies."""
    imports = [hit for hit in _near(sentence, "kind", quantity, _COVERED) if hit.value == _IMPORTS]
    countries = {hit.value for kind in _PLACES for hit in sentence.of(kind)} - {"WLD"}
    pointed = any(hit.value == "country" for hit in sentence.of("anaphora"))
    if any(not _ENDS_CLAUSE.search(text, *_between(quantity, hit)) for hit in imports):
        told = "import_reliance"
    elif len(countries) > 1 or (countries and pointed):
        told = "supplier_share"
    else:
        return
    scores[told] = scores.get(told, 0.0) + 1.1
    for other in {"share", "demand", "supplier_share", "import_reliance"} - {told}:
        scores.pop(other, None)


def _share_of_imports(text: str, sentence: Sentence, quantity: Quantity, roles: set[str]) -> bool:
    """Tell whether a share is one of imports that are named as such, not of what somebody imports."""
    if "of" in roles:
        behind = sentence.every.within("kind", quantity.end, min(quantity.end + _OF_WHAT, sentence.end))
        if any(hit.value == _IMPORTS and not _apart(text, sentence, quantity, hit) for hit in behind):
            return True
    shares = [hit for hit in sentence.of("trigger") if hit.value == ("share", 1.0) and hit.end <= quantity.start]
    if not shares:
        return False
    told = shares[-1].end
    return any(
        hit.value == _IMPORTS and told <= hit.start < quantity.start and "," not in text[told : hit.start]
        for hit in sentence.of("kind")
    )


def _drawn_from(text: str, grammar: Grammar, sentence: Sentence, quantity: Quantity) -> bool:
    """Tell whether a country before the percentage draws so much of a material from one behind it."""
    stop = min((other.start for other in sentence.quantities if other.start >= quantity.end), default=sentence.end)
    origins = [
        hit
        for hit in sentence.every.within("place", quantity.end, stop)
        if "from" in grammar.prepositions.before(text, hit.start)
        and not _ENDS_CLAUSE.search(text, quantity.end, hit.start)
    ]
    if not origins or not sentence.every.within("material", quantity.end, origins[0].start):
        return False
    if any(hit.value == "country" and hit.end <= quantity.start for hit in sentence.of("anaphora")):
        return True
    return any(
        hit.end <= quantity.start and hit.value not in ("WLD", origins[0].value)
        for kind in _PLACES
        for hit in sentence.of(kind)
    )


def _wanted(sentence: Sentence, quantity: Quantity) -> bool:
    """Tell whether somebody wants so much of a step of the chain by a year to come."""
    wants = [hit for hit in sentence.of("wants") if hit.end <= quantity.start]
    dated = any(mention.relation == "until" or mention.rule == "decade end" for mention in sentence.dates)
    return bool(wants) and dated and bool(_near(sentence, "stage", quantity, _STEP))


def _foretold(sentence: Sentence) -> bool:
    """Tell whether a sentence forecasts, and forbids nothing."""
    forecasts = any(hit.value == "forecast" for hit in sentence.of("modality"))
    return forecasts and not sentence.of("negation")


def _near(sentence: Sentence, category: str, quantity: Quantity, reach: int) -> list[Hit]:
    """The hits of a category around the quantity, the nearest first."""
    start, stop = max(sentence.start, quantity.start - reach), min(sentence.end, quantity.end + reach)
    found = sentence.every.within(category, start, stop)
    return sorted(found, key=lambda hit: max(hit.start - quantity.end, quantity.start - hit.end))


def _between(quantity: Quantity, hit: Hit) -> tuple[int, int]:
    return (hit.end, quantity.start) if hit.end <= quantity.start else (quantity.end, hit.start)


def _apart(text: str, sentence: Sentence, quantity: Quantity, hit: Hit) -> bool:
    """Tell whether another number or the end of a clause stands between the quantity and the hit."""
    start, stop = _between(quantity, hit)
    crossed = any(start <= other.start < stop for other in sentence.quantities)
    return crossed or _ENDS_CLAUSE.search(text, start, stop) is not None

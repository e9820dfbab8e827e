"""What the words beside a quantity show of its predicate: "of the world's …", "from China", "at 1.2 %", "to"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from lodeclaim.reading.found import Hit
from lodeclaim.reading.grammar import Grammar
from lodeclaim.reading.model import Quantity, Sentence
from lodeclaim.reading.numbered_countries import add_listed
from lodeclaim.reading.wholes import add_wholes

__all__ = ["PLACES", "add_structure", "behind_to", "compared", "edge_of", "level_follows"]

PLACES: Final = ("place", "place_adjective", "metonym")
_WORD_BEFORE: Final = re.compile(r"([^\W\d_]+)[\s\u00a0]{0,2}$")
_LONGEST_WORD: Final = 14
_BESIDE: Final = 3
#: How far the level that is reached stands behind the level before.
_LEVELS: Final = 30
#: "26.9 Mt at 10.3% TGC": how far tonnage and grade stand apart.
_AT_GRADE: Final = 14
#: "@ 1.2 %": how far the sign stands before a grade.
_AT_SIGN: Final = 8
#: How far behind an amount stands the plant that it builds.
_BUILT: Final = 40
#: How far behind "percent of" the name of a site begins.
_SITE_BEHIND: Final = 28
#: How far before its grade the word for ore begins.
_ORE: Final = 18
#: How far behind "percent of" stands what the percentage is of.
_OF_WHAT: Final = 45
#: What percentages are of, and what they can be other than a share of it.
_FLOWS: Final = {"production", "trade", "reserve", "capacity"}
_PARTS: Final = {"target", "stake", "supplier_share", "import_reliance", "growth", "measure", "recovery"}
_MASSES: Final = ("mass", "mass-rate")
_OFFTAKE: Final = ("agreement", "offtake")
#: How far before a mass the word for a limit stands, and behind it.
_LIMITED, _LIMITED_BEHIND = 70, 12
#: How far before a part of something "of which" stands.
_OF_WHICH: Final = 40
#: How far behind a percentage "of EU imports" begins that it is told of.
_RIGHT_BEHIND: Final = 8
#: How far behind a percentage "of the output" begins.
_OUTPUT_BEHIND: Final = 14
#: How far before a percentage "imports" begins that tells of what is bought abroad.
_IMPORTED: Final = 34
#: How far before a percentage "delivers" begins: what somebody delivers is told of the supplier.
_DELIVERED: Final = 30
#: A year is no amount.
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_ENDS_CLAUSE: Final = re.compile(r"[,;]|:(?!\w)")


def compared(sentence: Sentence, quantity: Quantity) -> str | None:
    """Return up or down where the words right behind a percentage compare: "81 percent more than", "12 % menos"."""
    start, stop = quantity.end, quantity.end + _BESIDE
    for hit in sentence.every.within("comparators", start, stop):
        if any(other.comparator_words == (hit.start, hit.end) for other in sentence.quantities):
            # "per year over 25 years"
            continue
        if hit.value in ("<", ">"):
            return "down" if hit.value == "<" else "up"
    return next((str(hit.value) for hit in sentence.every.within("comparative", start, stop)), None)


def add_structure(
    text: str,
    grammar: Grammar,
    sentence: Sentence,
    quantity: Quantity,
    scores: dict[str, float],
    *,
    company: bool,
    lender: bool,
) -> None:
    """Add what the words right of the quantity show: "of the world's …" is a share, "from China" an origin.

    ``company`` and ``lender`` tell whether a company and a bank take part.
    """
    if quantity.unit_class == "money" and lender and not _parted(text, grammar, sentence, quantity):
        scores["financing"] = scores.get("financing", 0.0) + 0.35
    if quantity.unit_class == "money" and _is_built(text, grammar, sentence, quantity):
        scores["investment"] = scores.get("investment", 0.0) + 0.8
    if _tonnage_with_grade(text, grammar, sentence, quantity):
        scores["reserve"] = scores.get("reserve", 0.0) + 0.5
    if quantity.unit_class in _MASSES and any(
        hit.value == _OFFTAKE for kind in ("instrument", "event") for hit in sentence.of(kind)
    ):
        # "under an offtake agreement it is to supply 8,000 tonnes a year"
        scores["agreement"] = scores.get("agreement", 0.0) + 0.7
    if quantity.unit_class in _MASSES and _limited(text, sentence, quantity):
        # what may be exported, mined, produced is set by the state
        scores["measure"] = scores.get("measure", 0.0) + 1.2
    if quantity.unit_class != "percent":
        return
    add_listed(text, grammar, sentence, quantity, scores)
    if text[max(0, quantity.start - _AT_SIGN) : quantity.start].rstrip()[-1:] == "@":
        scores["grade"] = scores.get("grade", 0.0) + 0.6
    right = sentence.every.beginning(quantity.end, min(quantity.end + 41, sentence.end))
    roles = set(grammar.prepositions.at(text, quantity.end))
    if "from" in roles and any(hit.category == "place" for hit in right) and "supplier_share" in scores:
        scores["supplier_share"] += 0.4
    if compared(sentence, quantity) is not None:
        # "81 percent more than": a comparison, and no part of anything
        scores["growth"] = scores.get("growth", 0.0) + 0.6
        for part in ("share", "supplier_share", "import_reliance"):
            scores.pop(part, None)
    if text[quantity.start - 1 : quantity.start] == "+":
        scores["growth"] = scores.get("growth", 0.0) + 0.8
    edge = edge_of(quantity)
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
    if "of" in roles and behind & {"material", "formula"} and _of_ore(text, sentence, quantity):
        # "minerai à 0,42 % de cuivre"
        scores["grade"] = scores.get("grade", 0.0) + 0.8
        scores.pop("share", None)
    held = not roles and "actor" in beside and text[quantity.start - 1 : quantity.start] == "("
    if "of" in roles and _of_site(grammar, text, right, quantity):
        behind.add("site")
    if held or (roles & {"of", "in"} and company and behind & {"actor", "anaphora", "site"}):
        # "the joint venture (38.7% Eramet)", "holds 20 percent of the company"
        scores["stake"] = scores.get("stake", 0.0) + 0.5
        if "share" in scores and behind & {"anaphora", "site"} and not _of_output(sentence, quantity):
            # "controls 92.5 percent of the project"
            scores["share"] *= 0.4
    if "of" in roles and "stake" in scores and _of_output(sentence, quantity):
        # "takes 40 percent of the output": it buys, and owns nothing
        scores["agreement"] = max(scores.get("agreement", 0.0), scores.pop("stake"))
    worldwide = next((hit for hit in right if hit.value == "WLD"), None)
    if (
        worldwide is not None
        and "supplier_share" in scores
        and not _ENDS_CLAUSE.search(text, quantity.end, worldwide.start)
    ):
        # "supplies a quarter of the world's manganese"
        scores["share"] = max(scores.get("share", 0.0), scores.pop("supplier_share"))
    # "importierten ihr Gallium zu 100 Prozent"
    whole = "growth" not in scores and _to_extent(text, grammar, edge)
    imported = ("of" in roles or whole) and _imported(text, sentence, quantity)
    if imported:
        # "imports 99 percent of its graphite", be it from one country
        key = "supplier_share" if _has_origin(text, grammar, sentence, quantity) else "import_reliance"
        scores[key] = scores.get(key, 0.0) + 0.8
    elif "of" in roles:
        _of_what(text, sentence, quantity, scores)
    if grammar.of_which.search(text, max(sentence.start, quantity.start - _OF_WHICH), quantity.start):
        # "dont Orano contrôle 51 %"
        named = sentence.every.within("actor", quantity.start - _OF_WHICH, quantity.start)
        held = "stake" in scores and len(named) > 0
        scores["stake" if held else "share"] = scores.get("stake" if held else "share", 0.0) + 0.6
    if _level(text, grammar, sentence, quantity):
        scores["growth"] = 0.3 * scores.get("growth", 0.0)
    if (
        "supplier_share" in scores
        and "from" not in roles
        and not _several_countries(text, sentence, quantity)
        and not _has_origin(text, grammar, sentence, quantity)
        and not sentence.every.within("delivers", quantity.start - _DELIVERED, quantity.start)
    ):
        # what one country imports, without an origin, is its reliance on imports
        scores["import_reliance"] = max(scores.get("import_reliance", 0.0), 1.05 * scores["supplier_share"])
    if imported:
        return
    add_wholes(text, grammar, sentence, quantity, scores)
    if "of" in roles and any(hit.category == "material" and hit.start - quantity.end <= 12 for hit in right):
        scores["share"] = scores.get("share", 0.0) + 0.3
    if "of" in roles and any(hit.category in ("stage", "material") or hit.value == "WLD" for hit in right):
        for predicate in ("share", "target"):
            if predicate in scores:
                scores[predicate] += 0.25


def _parted(text: str, grammar: Grammar, sentence: Sentence, quantity: Quantity) -> bool:
    """Tell whether the next sum is a part of this one: what a bank lends is "of which 900 million"."""
    following = next((other for other in sentence.quantities if other.start >= quantity.end), None)
    return (
        following is not None
        and following.unit_class == "money"
        and grammar.of_which.search(text, quantity.end, following.start) is not None
    )


def _of_site(grammar: Grammar, text: str, right: Sequence[Hit], quantity: Quantity) -> bool:
    """Tell whether a percentage is of a site, not of what it makes: "66 prosent av kobbergruven Oyu Tolgoi"."""
    if any(hit.value == "WLD" for hit in right):
        return False
    return any(
        hit.category == "site"
        and hit.start - quantity.end <= _SITE_BEHIND
        and "in" not in grammar.prepositions.before(text, hit.start)
        for hit in right
    )


def _of_ore(text: str, sentence: Sentence, quantity: Quantity) -> bool:
    """Tell whether a word for ore stands right before a percentage, but for a preposition."""
    forms = sentence.every.within("form", quantity.start - _ORE, quantity.start)
    return any(hit.value == "ore" and text[hit.end : quantity.start].strip().isalpha() for hit in forms)


def _limited(text: str, sentence: Sentence, quantity: Quantity) -> bool:
    """Tell whether words for a limit stand before a mass, or right behind it: "annual caps of 96,600 tonnes"."""
    start, stop = max(sentence.start, quantity.start - _LIMITED), quantity.end + _LIMITED_BEHIND
    for hit in sentence.every.within("limits", start, min(stop, sentence.end)):
        left, right = (hit.end, quantity.start) if hit.end <= quantity.start else (quantity.end, hit.start)
        apart = any(left <= other.start < right for other in sentence.quantities if other is not quantity)
        if not apart and not _ENDS_CLAUSE.search(text, left, right):
            return True
    return False


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
        beside = sentence.every.within("trigger", quantity.end, quantity.end + _RIGHT_BEHIND)
        scores["supplier_share"] += 1.0 if any(hit.value[0] == "supplier_share" for hit in beside) else 0.4


def _of_output(sentence: Sentence, quantity: Quantity) -> bool:
    """Tell whether a percentage is of what is produced."""
    behind = sentence.every.within("trigger", quantity.end, quantity.end + _OUTPUT_BEHIND)
    # "of the mine" is of who works it
    places = {hit.end for hit in sentence.every.within("anaphora", quantity.end, quantity.end + _OUTPUT_BEHIND)}
    return any(hit.value == ("production", 1.0) and hit.end not in places for hit in behind)


def _imported(text: str, sentence: Sentence, quantity: Quantity) -> bool:
    """Tell whether a word for importing leads right to the percentage."""
    hits = sentence.every.within("kind", quantity.start - _IMPORTED, quantity.start)
    return any(
        hit.value == ("trade", "import")
        and not any(sign in ",;:" or sign.isdigit() for sign in _YEAR.sub("", text[hit.end : quantity.start]))
        for hit in hits
    )


def _to_extent(text: str, grammar: Grammar, edge: int) -> bool:
    """Tell whether the word before a percentage says how far something is so: "zu 100 Prozent", "till 100 procent"."""
    word = _WORD_BEFORE.search(text, max(0, edge - _LONGEST_WORD), edge)
    named = word is not None and word.group(1).lower() in grammar.extent
    return named or "to" in grammar.prepositions.before(text, edge)


def _has_origin(text: str, grammar: Grammar, sentence: Sentence, quantity: Quantity) -> bool:
    """Tell whether a country stands behind "from" in the clause of the quantity."""
    hits = sentence.every.within("place", *_clause(text, sentence, quantity))
    return any("from" in grammar.prepositions.before(text, hit.start) for hit in hits)


def _several_countries(text: str, sentence: Sentence, quantity: Quantity) -> bool:
    start, end = _clause(text, sentence, quantity)
    named = {hit.value for kind in PLACES for hit in sentence.every.within(kind, start, end)}
    return len(named - {"WLD"}) >= 2


def _clause(text: str, sentence: Sentence, quantity: Quantity) -> tuple[int, int]:
    """Return where the part of the sentence between semicolons begins and ends that holds the quantity."""
    start = max(text.rfind(";", sentence.start, quantity.start), sentence.start)
    end = text.find(";", quantity.end, sentence.end)
    return start, end if end >= 0 else sentence.end


def _tonnage_with_grade(text: str, grammar: Grammar, sentence: Sentence, quantity: Quantity) -> bool:
    """Tell whether a grade stands right behind a mass: so much ore with so much in it lies in the ground."""
    if quantity.unit_class != "mass":
        return False
    behind = next((other for other in sentence.quantities if other.start >= quantity.end), None)
    if behind is None or behind.unit_class not in ("percent", "grade") or behind.start - quantity.end > _AT_GRADE:
        return False
    if "of" in grammar.prepositions.at(text, quantity.end):
        # "44,000 t of 6% concentrate" is sold
        return False
    if text[quantity.end : behind.start].strip() == "@":
        return True
    return bool(sentence.every.within("material", behind.end, behind.end + _AT_GRADE)) or bool(
        sentence.every.within("formula", behind.end, behind.end + _AT_GRADE)
    )


def _level(text: str, grammar: Grammar, sentence: Sentence, quantity: Quantity) -> bool:
    """Tell whether the quantity is a level, not the change: it stands behind "to", or "from" with a "to" to follow."""
    if behind_to(text, grammar, quantity):
        return True
    edge = edge_of(quantity)
    return "from" in grammar.prepositions.before(text, edge) and level_follows(text, grammar, sentence, quantity)


def edge_of(quantity: Quantity) -> int:
    """Return where a quantity begins, with the words that compare: what stands before is said of all of it."""
    return quantity.comparator_words[0] if quantity.comparator_words else quantity.start


def level_follows(text: str, grammar: Grammar, sentence: Sentence, quantity: Quantity) -> bool:
    """Tell whether the next quantity stands shortly behind this one as the level that is reached."""
    behind = next((other for other in sentence.quantities if other.start >= quantity.end), None)
    return (
        behind is not None
        and behind.unit_class == quantity.unit_class
        and behind.start - quantity.end <= _LEVELS
        and behind_to(text, grammar, behind)
    )


def behind_to(text: str, grammar: Grammar, quantity: Quantity) -> bool:
    """Tell whether the quantity stands behind "to": the level that something reaches."""
    edge = edge_of(quantity)
    if "to" in grammar.prepositions.before(text, edge):
        return True
    at = quantity.comparator_words
    if at is not None and grammar.range_words.get(text[at[0] : at[1]].lower()) == "to":
        # "hasta" is "to" as well as "up to"
        return True
    word = _WORD_BEFORE.search(text, max(0, edge - _LONGEST_WORD), edge)
    kind = grammar.range_words.get(word.group(1).lower()) if word is not None else None
    if word is not None and kind == "between":
        # "from 10 percent to between 14 and 19 percent"
        return "to" in grammar.prepositions.before(text, word.start(1))
    return kind == "to"

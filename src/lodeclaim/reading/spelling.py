"""Spellings of one name compared: transliteration, direction words, endings and sound-alikes set aside."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from anyascii import anyascii
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.fuzz import ratio

__all__ = ["Spelling", "similarity", "spell"]

#: Direction words of the languages that place names come from; the value is the direction.
_DIRECTIONS: Final = {
    "north": "north",
    "northern": "north",
    "nord": "north",
    "nordlich": "north",
    "norra": "north",
    "nordre": "north",
    "severny": "north",
    "severnyy": "north",
    "yuzhnyy": "south",
    "zapadnyy": "west",
    "vostochnyy": "east",
    "verkhnyaya": "upper",
    "verhne": "upper",
    "verhniy": "upper",
    "nizhniy": "lower",
    "malyy": "small",
    "novyy": "new",
    "staryy": "old",
    "severniy": "north",
    "severnyi": "north",
    "severnoe": "north",
    "severnoye": "north",
    "soltustik": "north",
    "severo": "north",
    "bei": "north",
    "south": "south",
    "southern": "south",
    "sud": "south",
    "sodra": "south",
    "yuzhny": "south",
    "yuzhnoe": "south",
    "ontustik": "south",
    "sondre": "south",
    "east": "east",
    "eastern": "east",
    "ost": "east",
    "ostra": "east",
    "vostochny": "east",
    "vostochnoe": "east",
    "shygys": "east",
    "west": "west",
    "western": "west",
    "vast": "west",
    "vastra": "west",
    "zapadny": "west",
    "zapadnoe": "west",
    "batys": "west",
    "upper": "upper",
    "ober": "upper",
    "obere": "upper",
    "oberen": "upper",
    "oberes": "upper",
    "ovre": "upper",
    "verkhnee": "upper",
    "verkhneye": "upper",
    "verkhne": "upper",
    "verkhniy": "upper",
    "verkhnie": "upper",
    "verhnee": "upper",
    "werchneje": "upper",
    "joghary": "upper",
    "zhogargy": "upper",
    "zhogary": "upper",
    "lower": "lower",
    "unter": "lower",
    "untere": "lower",
    "nedre": "lower",
    "nizhnee": "lower",
    "nizhne": "lower",
    "nizhny": "lower",
    "tomengi": "lower",
    "great": "great",
    "big": "great",
    "bolshoy": "great",
    "bolshoi": "great",
    "small": "small",
    "maly": "small",
    "new": "new",
    "novo": "new",
    "novy": "new",
    "old": "old",
    "stary": "old",
}
#: Words that say what a place is, not which: they count for nothing beside a name.
_PLAIN: Final = frozenset(
    {
        *(
            "mine",
            "mines",
            "mina",
            "minas",
            "minen",
            "mining",
            "mineral",
            "grube",
            "gruben",
            "gruva",
            "gruve",
            "bergwerk",
        ),
        *("project", "projekt", "prosjekt", "projet", "proyecto", "deposit", "deposits", "lagerstatte", "salar", "gok"),
        *(
            "plant",
            "plants",
            "works",
            "werk",
            "anlage",
            "bergwerk",
            "complex",
            "kombinat",
            "smelter",
            "refinery",
            "facility",
        ),
        *("operation", "operations", "field", "feld", "felt", "feltet", "park"),
        *("the", "of", "de", "del", "do", "da", "di", "la", "el", "les", "des", "du", "and", "und", "og", "och"),
    }
)
_PREFIXES: Final = sorted((word for word in _DIRECTIONS if len(word) >= 3), key=len, reverse=True)
_ENDING: Final = re.compile(
    r"(?:insko[jy]?e|insk(?:ij|iy|y|oe)|enskoye|ensko[jy]?e|ovsko[jy]?e|ovsk(?:ij|iy|y)|sko[jy]?e|sk(?:ij|iy|y)|"
    r"noye|noe|gruvan|forekomsten|feltet|fyndigheten)$"
)
_SOUNDS: Final = (
    ("shch", "s"),
    ("zh", "z"),
    ("dzh", "z"),
    ("dj", "z"),
    ("kh", "k"),
    ("gh", "g"),
    ("ch", "c"),
    ("sh", "s"),
    ("ts", "c"),
    ("tz", "c"),
    ("q", "k"),
    ("x", "ks"),
    ("w", "v"),
    ("j", "i"),
    ("y", "i"),
    ("ck", "k"),
    ("ph", "f"),
)
_VOWELS: Final = re.compile(r"[aeiou]+")


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name taken apart: its direction words, its plain core, the core by sound, and its consonants."""

    directions: frozenset[str]
    core: str
    sound: str
    bones: str


@lru_cache(maxsize=4096)
def spell(name: str) -> Spelling:
    """Return the name taken apart, in Latin letters without marks."""
    plain = anyascii(name).lower().replace("'", "").replace("`", "")
    words = re.findall(r"[a-z0-9]+", plain)
    directions: set[str] = set()
    rest: list[str] = []
    for word in words:
        if word in _DIRECTIONS:
            directions.add(_DIRECTIONS[word])
            continue
        if word in _PLAIN:
            continue
        prefix = next((p for p in _PREFIXES if word.startswith(p) and len(word) - len(p) >= 4), None)
        if prefix is not None and not rest:
            directions.add(_DIRECTIONS[prefix])
            rest.append(word[len(prefix) :])
        else:
            rest.append(word)
    core = "".join(rest) or "".join(words)
    stripped = _ENDING.sub("", core)
    core = stripped if len(stripped) >= 4 else core
    sound = core
    for written, heard in _SOUNDS:
        sound = sound.replace(written, heard)
    sound = re.sub(r"(.)\1+", r"\1", sound)
    return Spelling(frozenset(directions), core, sound, _VOWELS.sub("", sound))


def similarity(first: Spelling, second: Spelling) -> float:
    """Return how alike two names are, from 0 to 1; contrary directions cost, shared ones do not add."""
    if not first.sound or not second.sound:
        return 0.0
    whole = max(ratio(first.core, second.core) / 100, ratio(first.sound, second.sound) / 100)
    start = JaroWinkler.similarity(first.sound, second.sound)
    bones = ratio(first.bones, second.bones) / 100 if min(len(first.bones), len(second.bones)) >= 3 else whole
    score = 0.5 * whole + 0.3 * start + 0.2 * bones
    if first.directions and second.directions and first.directions != second.directions:
        score -= 0.25
    return float(max(0.0, score))

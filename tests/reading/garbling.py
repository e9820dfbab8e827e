"""Garbled site names as translation chains make them: transliterations, sound slips, glued endings and directions."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from lodeclaim.vocabulary.load import load_vocabulary
from lodeclaim.vocabulary.model import Site

#: Cyrillic letters as German and Scandinavian papers write them; what is not here goes by the English way.
GERMAN = {
    "ж": "sch", "х": "ch", "ц": "z", "ч": "tsch", "ш": "sch", "щ": "schtsch", "в": "w", "з": "s", "я": "ja",
    "ю": "ju", "й": "i", "ё": "jo", "қ": "k", "ғ": "g", "ү": "u", "ұ": "u", "ө": "o", "ә": "a", "ң": "n", "і": "i",
}  # fmt: skip
ENGLISH = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "zh", "з": "z", "и": "i", "й": "y",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu",
    "я": "ya", "қ": "q", "ғ": "gh", "ү": "u", "ұ": "u", "ө": "o", "ә": "a", "ң": "ng", "і": "i", "һ": "h",
}  # fmt: skip
#: Sounds that get lost on the way through a language without them.
SLIPS = [
    *(("kt", "dj"), ("r", "l"), ("v", "w"), ("k", "q"), ("ky", "ki"), ("u", "ou")),
    *(("ai", "ei"), ("ch", "tsch"), ("b", "p"), ("d", "t")),
]
ENDINGS = ["skoye", "skoe", "inskoye", "-Feld"]


def transliterate(name: str, scheme: dict[str, str]) -> str:
    """The Cyrillic name in Latin letters."""
    letters = [scheme.get(letter, ENGLISH.get(letter, letter)) for letter in name.lower()]
    return " ".join(word.capitalize() for word in "".join(letters).split())


def garble(name: str, chance: random.Random) -> str:
    """One or two slips in a Latin name; its first letter stays."""
    garbled = name
    for _ in range(chance.choice([1, 1, 2])):
        kind = chance.randrange(5)
        inner = [at for at in range(2, len(garbled) - 1) if garbled[at].isalpha()]
        if not inner:
            return garbled
        at = chance.choice(inner)
        if kind == 0:
            garbled = garbled[:at] + garbled[at + 1 :]
        elif kind == 1:
            garbled = garbled[:at] + garbled[at] + garbled[at:]
        elif kind == 2:
            old, new = chance.choice([slip for slip in SLIPS if slip[0] in garbled[1:].lower()] or [("a", "e")])
            garbled = garbled[0] + re.sub(old, new, garbled[1:], count=1)
        elif kind == 3 and " " not in garbled and len(garbled) > 6:
            garbled = re.sub(r"[aeiouy]+$", "", garbled) + chance.choice(ENDINGS[:3])
        else:
            vowels = [at for at in inner if garbled[at] in "aeiouy"]
            if vowels:
                at = chance.choice(vowels)
                garbled = garbled[:at] + chance.choice("aeiouy") + garbled[at + 1 :]
    return garbled


#: A slip in one of these garbles no name.
COMMON = {
    *("mine", "mines", "plant", "project", "smelter", "refinery", "deposit", "works", "park", "separation", "company"),
    *("island", "lake", "creek", "river", "mountain", "east", "west", "north", "south", "upper", "state", "facility"),
    *("resources", "metals", "advanced", "processing", "industrial", "rare", "earth", "earths", "anode", "magnet"),
    *("nickel", "copper", "zinc", "lithium", "graphite", "tungsten", "tin", "cobalt", "gallium", "germanium"),
    *("magnesium", "titanium", "alumina", "aluminium", "chrome", "scheelite"),
}


def _proper(name: str) -> bool:
    return re.fullmatch(r"[A-Za-z -]{6,}", name) is not None and not COMMON & set(name.lower().split())


def garbles(seed: int, each: int = 2) -> Iterator[tuple[Site, str]]:
    """Sites and garbled spellings of theirs, the same for the same seed."""
    chance = random.Random(seed)
    vocabulary = load_vocabulary()
    for site in vocabulary.sites.values():
        cyrillic = [name for code in ("ru", "kk", "uk") for name in site.aliases.get(code, ())]
        cyrillic = [name for name in cyrillic if re.fullmatch(r"[\u0400-\u04ff -]{6,}", name)]
        latin = [name for name in (site.name, *site.aliases.get("en", ())) if _proper(name)]
        known = {name.lower() for names in site.aliases.values() for name in names} | {site.name.lower()}
        for _ in range(each):
            if cyrillic and chance.random() < 0.7:
                name = transliterate(chance.choice(cyrillic), chance.choice([GERMAN, ENGLISH]))
            elif latin:
                name = chance.choice(latin)
            else:
                continue
            garbled = garble(name, chance)
            if garbled.lower() not in known and " " not in garbled[:2]:
                yield site, garbled

"""The words of one language as an automaton that finds them all in one pass."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import product
from typing import Any, Final, NamedTuple

from lodeclaim.reading.automaton import Automaton
from lodeclaim.reading.fold import fold
from lodeclaim.reading.found import Hit, Hits

__all__ = ["Lexicon", "LexiconBuilder"]

#: How far the later pieces of a split trigger may stand from its first piece.
_SPLIT_REACH: Final = 160
_ADJECTIVE_REST: Final = 4
_MOST_HYPHENS: Final = 3
_SIGN_AND_SPACE: Final = re.compile(r"[^\w\s]\s|\s[^\w\s]")
_INNER_STAR: Final = re.compile(r"\* (?!\.\.\.)")
#: No text has more characters than so many bits can count.
_END_BITS: Final = 32
_ABBREVIATION: Final = 4
_ABBREVIATED: Final = {"per", "price_per", "unit", "comparators", "date"}


def _spaced_hyphens(word: str) -> Iterator[str]:
    """Yield the word with one or more of its inner hyphens set between spaces."""
    first, *rest = word.split("-") if not word.startswith("-") else (word,)
    for pattern in product(("-", " - "), repeat=len(rest)):
        if " - " in pattern:
            yield first + "".join(sign + part for sign, part in zip(pattern, rest, strict=True))


class _Pieces(NamedTuple):
    """The later pieces of a split trigger, as written; most are never met, so none is compiled before its words are."""

    words: tuple[str, ...]
    needles: tuple[str, ...]
    endings: tuple[str, ...]

    def search(self, window: str) -> re.Match[str] | None:
        """Return the match of all pieces in their order, or None."""
        for needle in self.needles:
            if needle not in window:
                return None
        return _compiled(self.words, self.endings).search(window)


@cache
def _compiled(words: tuple[str, ...], endings: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(".*?".join(_piece(word, endings) for word in words))


def _piece(piece: str, endings: tuple[str, ...]) -> str:
    word = re.escape(fold(piece.strip("-=*")).strip())
    if piece.startswith("-"):
        word = rf"\w*{word}"
    if piece.endswith("*"):
        return rf" {word}\w*(?= )"
    if piece.endswith("="):
        return rf" {word}(?= )"
    return rf" {word}(?:{'|'.join(re.escape(ending) for ending in endings)})(?= )"


class _Entry(NamedTuple):
    category: str
    value: Any
    how: str
    lead: int
    trail: int
    surface: str | None
    proper: bool
    pieces: _Pieces | None


class LexiconBuilder:
    """Collects the entries of a language and compiles them."""

    def __init__(self, endings: Iterable[str]) -> None:
        self.endings = tuple(dict.fromkeys(["", *(ending.lstrip("'") for ending in endings)]))
        self._entries: dict[str, list[_Entry]] = {}

    def add(
        self,
        word: str,
        category: str,
        value: Any,
        *,
        endings: Iterable[str] | None = None,
        proper: bool = False,
    ) -> None:
        """Add one word in the notation of the language files.

        ``word`` takes the endings, ``word=`` is exact, ``word*`` takes any continuation, ``-head`` is the end of a
        compound or the word itself, ``a ... b`` are pieces in one sentence. A word in capitals, or with ``=`` and a
        capital, counts only in that spelling. A ``proper`` name must start with a capital in the text.
        """
        # "begin* mining" is two pieces: the star takes the rest of its word only
        word = _INNER_STAR.sub("* ... ", str(word).strip())
        if " ... " not in word and 0 < word.strip("-").count("-") <= _MOST_HYPHENS:
            # machine translation sets hyphens apart: "Export - Import-Bank"
            for spaced in _spaced_hyphens(word):
                self._add(spaced, category, value, endings=endings, proper=proper)
        short, _, rest = word.partition(" ")
        if category in _ABBREVIATED and rest and len(short) <= _ABBREVIATION:
            # the stop and the space of "pr. ton" fold to two spaces
            self._add(f"{short}. {rest}", category, value, endings=endings, proper=proper)
        self._add(word, category, value, endings=endings, proper=proper)

    def _add(self, word: str, category: str, value: Any, *, endings: Iterable[str] | None, proper: bool) -> None:
        pieces = None
        if " ... " in word:
            word, *rest = (piece.strip() for piece in word.split(" ... "))
            needles = tuple(fold(piece.strip("-=*")).strip() for piece in rest)
            pieces = _Pieces(tuple(rest), needles, self.endings)
        head = word.startswith("-")
        word = word.lstrip("-")
        exact, prefix = word.endswith("="), word.endswith("*")
        word = word.rstrip("=*")
        shouted = word.isupper() and len(word) <= 5 and word.isascii()
        cased = (exact and word != word.lower()) or shouted
        folded = fold(word).strip()
        # a sign beside a space is a space as well: "Mitsui & Co" has three of them in the folded text
        if "  " in folded and not _SIGN_AND_SPACE.search(word):
            folded = " ".join(folded.split())
        if not folded:
            return
        if prefix:
            surface = word if cased else None
            self._put([f" {folded}"], _Entry(category, value, "prefix", 1, 0, surface, proper, pieces))
            return
        forms = ("",) if exact or shouted else tuple(self.endings if endings is None else endings)
        if head:
            entry = _Entry(category, value, "head", 0, 1, None, False, pieces)
            self._put([f"{folded}{ending} " for ending in forms], entry)
        elif cased:
            for ending in forms:
                entry = _Entry(category, value, "word", 1, 1, f"{word}{ending}", proper, pieces)
                self._put([f" {folded}{ending} "], entry)
        else:
            entry = _Entry(category, value, "word", 1, 1, None, proper, pieces)
            self._put([f" {folded}{ending} " for ending in forms], entry)

    def add_stem(self, stem: str, category: str, value: Any, *, guarded: bool = False) -> None:
        """Add a stem that starts a compound; a guarded one counts only before a known head."""
        folded = " ".join(fold(stem).split())
        how = "guarded" if guarded else "stem"
        self._put([f" {folded}"], _Entry(category, value, how, 1, 0, None, False, None))

    def add_adjective(self, stem: str, category: str, value: Any) -> None:
        """Add an adjective by its stem; up to four letters of inflection may follow."""
        folded = " ".join(fold(stem.rstrip("*=")).split())
        self._put([f" {folded}"], _Entry(category, value, "adjective", 1, 0, None, False, None))

    def build(self) -> Lexicon:
        """Return the compiled lexicon."""
        return Lexicon(self._entries)

    def _put(self, patterns: Iterable[str], entry: _Entry) -> None:
        for pattern in patterns:
            self._entries.setdefault(pattern, []).append(entry)


def _different(group: list[_Entry]) -> list[_Entry]:
    """The entries of a pattern, each once."""
    found: dict[tuple[object, ...], _Entry] = {}
    for entry in group:
        words = entry.pieces.words if entry.pieces else None
        # a value may be a mapping, which cannot be hashed
        found.setdefault((entry.category, repr(entry.value), entry.how, words, entry.surface), entry)
    return list(found.values())


class _Condition(NamedTuple):
    """An entry that a match alone does not make a hit; ``longest`` bounds what may follow it in its word."""

    category: str
    value: Any
    how: str
    surface: str | None
    proper: bool
    longest: int | None


class _Met(NamedTuple):
    """What a pattern means, put together when a text has it for the first time: few of all patterns ever are met.

    Records made late lie side by side in memory, those of the whole vocabulary far apart; reading waits for memory
    more than for anything else.
    """

    plain: list[tuple[str, Any]] | None
    bounded: bool
    pattern: str
    whole: list[_Condition]
    split: list[tuple[str, list[_Entry]]]


class Lexicon:
    """Finds every entry of a language in a text."""

    def __init__(self, entries: dict[str, list[_Entry]]) -> None:
        self._patterns = list(entries)
        self._groups = list(entries.values())
        self._met: dict[int, _Met] = {}
        self._automaton = Automaton(self._patterns)

    def __len__(self) -> int:
        return len(self._patterns)

    def _meet(self, index: int) -> _Met:
        pattern = self._patterns[index]
        # where a spelling decides, as between "Mt" and "mt", it comes before the word in any spelling
        group = sorted(_different(self._groups[index]), key=lambda entry: entry.surface is None)
        split: dict[str, list[_Entry]] = {}
        for entry in group:
            if entry.pieces is not None:
                split.setdefault(entry.pieces.needles[0], []).append(entry)
        whole = [_condition(entry) for entry in group if entry.pieces is None]
        bounded = pattern[0] == pattern[-1] == " "
        met = self._met[index] = _Met(_plain(group), bounded, pattern, whole, list(split.items()))
        return met

    def scan(self, text: str, folded: str | None = None) -> Hits:
        """Return the hits in order of start, longest first; hits inside a longer name or phrase are left out.

        ``folded`` is the folded text where the caller has it already.
        """
        padded = f" {fold(text) if folded is None else folded} "
        found: list[Hit] = []
        known, take = self._met.get, found.append
        for index, start, end in self._automaton.matches(padded):
            plain, bounded, pattern, whole, split = known(index) or self._meet(index)
            if plain is not None:
                for category, value in plain:
                    take(Hit(start, end - 2, category, value, "word"))
                continue
            # one pattern stands at one place, whichever of its entries it is
            if bounded:
                raw_start, raw_end, rest = start, end - 2, ""
            else:
                raw_start, raw_end, rest = _where(pattern, start, end, padded)
            for category, value, how, surface, proper, longest in whole:
                if (
                    (longest is None or len(rest) <= longest)
                    and (surface is None or text.startswith(surface, raw_start))
                    and not (proper and text[raw_start].islower())
                ):
                    take(Hit(raw_start, raw_end, category, value, how, rest))
            if split:
                window = padded[raw_end : raw_end + _SPLIT_REACH]
                for needle, several in split:
                    if needle in window:
                        for entry in several:
                            if hit := _split_hit(entry, text, window, raw_start, raw_end, rest):
                                take(hit)
        # matches come in order of their ends, so there is little to sort
        found.sort(key=_order)
        return Hits(_without_nested(found))


def _order(hit: Hit) -> int:
    """By start, the longest first."""
    return (hit.start << _END_BITS) - hit.end


def _plain(group: list[_Entry]) -> list[tuple[str, Any]] | None:
    """Return category and value of each entry where all of them are whole words without conditions."""
    if any(entry.how != "word" or entry.surface or entry.proper or entry.pieces for entry in group):
        return None
    return [(entry.category, entry.value) for entry in group]


def _condition(entry: _Entry) -> _Condition:
    longest = _ADJECTIVE_REST if entry.how == "adjective" else None
    return _Condition(entry.category, entry.value, entry.how, entry.surface, entry.proper, longest)


def _where(pattern: str, start: int, end: int, padded: str) -> tuple[int, int, str]:
    """Start and end in the text of what the part of a word matched, and what follows it in its word.

    The space of a pattern tells what it is: the head of a compound has it behind, the beginning of a word before it.
    """
    if pattern[-1] == " ":
        return min(start - 1, padded.rfind(" ", 0, end - 2)), end - 2, ""
    token_end = padded.find(" ", end)
    return start, token_end - 1, padded[end:token_end]


def _split_hit(entry: _Entry, text: str, window: str, start: int, end: int, rest: str) -> Hit | None:
    """Return the hit of a split trigger whose first piece stands at ``start:end``, where the others follow it."""
    if entry.pieces is None or not _spelled(entry, text, start):
        return None
    match = entry.pieces.search(window)
    if match is None or _crosses_sentence(text[end : end + match.end()]):
        return None
    return Hit(start, end + match.end() - 1, entry.category, entry.value, "split", rest)


def _spelled(entry: _Entry, text: str, start: int) -> bool:
    """Tell whether the text has the capitals that the entry asks for."""
    if entry.surface is not None and not text.startswith(entry.surface, start):
        return False
    return not (entry.proper and text[start].islower())


def _crosses_sentence(text: str) -> bool:
    return bool(re.search(r"(?:(?<!\d)|(?<=\d{4}))[.!?]\s+[A-ZÄÖÅÆØÉ]|\n", text))


#: A longer hit of these categories hides whatever lies inside it; others hide only their own kind.
_NAMES: Final = {
    "currency",
    "material",
    "formula",
    "place",
    "actor",
    "office_holder",
    "site",
    "region",
    "boilerplate",
    "publication_title",
}


def _without_nested(hits: list[Hit]) -> list[Hit]:
    """Drop hits strictly inside a longer name or phrase, and guarded stems that no known head follows."""
    heads = {hit.end for hit in hits if hit.how == "head"}
    kept: list[Hit] = []
    name_start = name_end = -1
    covers: dict[str, tuple[int, int]] = {}
    for hit in hits:
        start, end, category, how = hit.start, hit.end, hit.category, hit.how
        if end <= name_end and name_start <= start and (start != name_start or end != name_end):
            continue
        own = covers.get(category)
        if own is not None and end <= own[1] and own[0] <= start and own != (start, end):
            continue
        if how == "guarded" and end not in heads:
            continue
        kept.append(hit)
        if how in ("word", "prefix", "adjective"):
            if category in _NAMES:
                if end > name_end:
                    name_start, name_end = start, end
            elif own is None or end > own[1]:
                covers[category] = (start, end)
    return kept

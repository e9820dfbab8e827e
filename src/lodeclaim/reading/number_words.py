"""Written-out numbers: sequences of number words put together by the data of a language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, Final, NamedTuple

from msgspec.structs import replace

from lodeclaim.core.errors import VocabularyError
from lodeclaim.reading.automaton import Automaton
from lodeclaim.reading.denominators import Denominators
from lodeclaim.reading.fold import fold, lowered
from lodeclaim.reading.number_grammar import Atom, NumberState, first_state, grow
from lodeclaim.reading.numbers import DIGITS, MOST_DIGITS, parse_number
from lodeclaim.vocabulary.load import DATA, read_yaml

__all__ = ["NumberWords", "WrittenNumber", "load_number_words"]

_SPACE: Final = r"[ \t\u00a0\u202f]"
#: No numeral needs more parts; what is longer is an enumeration, and the bound keeps the time linear.
_MOST_ATOMS: Final = 40


_HUNDRED: Final = Atom("hundred", 100.0)
_FEW: Final = frozenset(map(float, range(1, 10)))


class WrittenNumber(NamedTuple):
    """A number at ``start:end``; ``multiplier`` is the scale word at its end, already part of ``value``."""

    start: int
    end: int
    value: float
    multiplier: float = 1.0
    fraction: bool = False

    def moved(self, start: int, end: int) -> WrittenNumber:
        """Return the same number at another place."""
        return WrittenNumber(start, end, self.value, self.multiplier, self.fraction)


class NumberWords:
    """Finds and evaluates the written-out numbers of one language."""

    def __init__(
        self,
        data: Mapping[str, Any],
        decimal: str,
        short_scales: Mapping[str, float] | None = None,
        codes: Iterable[str] = (),
    ) -> None:
        """Compile the words of ``number_words.yaml``.

        ``short_scales`` are scale words that stand alone only, ``codes`` currency codes that digits may follow without
        a space.
        """
        self._decimal = decimal
        self._glued = bool(data.get("compounds"))
        self._thousand_millions = bool(data.get("thousand_millions"))
        self._twenties = frozenset(data.get("twenties") or ())
        loose = {
            word.lower(): Atom("scale" if value > 100 else "hundred", float(value))
            for word, value in (short_scales or {}).items()
        }
        atoms: dict[str, Atom] = {}
        for word, value in data["words"].items():
            atoms[str(word)] = Atom("value", float(value))
        for word, value in (data.get("multiples") or {}).items():
            atoms[word] = Atom("hundred", float(value))
        for word, value in data["scales"].items():
            atoms[word] = Atom("scale", float(value))
        for word, value in (data.get("fractions") or {}).items():
            atoms[word] = Atom("fraction", float(value))
        for word in data.get("articles") or ():
            atoms[word] = Atom("article", 1.0)
        if data.get("accents_optional"):
            atoms = {**{_unaccented(word): atom for word, atom in atoms.items()}, **atoms}
        self._atoms = {**loose, **atoms}
        self._denominators = Denominators(data, _trie) if data.get("ordinals") or data.get("fraction_ends") else None
        #: What the word between tens and units may join, where it is not all units: "vingt et un".
        self._tens_joined = frozenset(data.get("tens_joined") or ())
        #: Scales by their words, in the spelling of the data.
        self.scales = {word: atom.value for word, atom in self._atoms.items() if atom.kind == "scale"}
        self._alone = frozenset(data.get("alone") or ())
        starts = {*(str(word) for word in data["words"]), *(data.get("articles") or ()), *self._alone}
        if data.get("accents_optional"):
            starts |= {_unaccented(word) for word in starts}
        #: Opening words that no word of a number begins with which does not open one itself → what they are alone:
        #: an article is no number.
        self._simple: dict[str, WrittenNumber | None] = {}
        inner = self._atoms.keys() - starts
        for word in starts & self._atoms.keys():
            state = first_state(self._atoms[word], self._twenties)
            if not any(other.startswith(word) for other in inner):
                self._simple[word] = None if state is None or state.article else _written(0, 0, state)
        end = "" if self._glued else r"(?!\w)"
        self._start = re.compile(rf"(?<![\w])(?:{_trie(starts)}){end}")
        first = {f" {fold(word).split()[0]}" for word in starts}
        self._openings = Automaton(sorted(first) if self._glued else [f"{word} " for word in sorted(first)])
        code = rf"|(?<=\b(?:{'|'.join(codes)}))\d" if codes else ""
        self._start_or_digit = re.compile(
            rf"(?<![\w])(?:(?<![.,/])\d|(?:{_trie(starts)}){end}){code}|(?<=\$us)\d|(?<=\$a)\d"
        )
        self._atom = re.compile(rf"(?:{_trie(atoms)}){end}")
        #: Scales in other forms and short ones are whole words, never part of a compound.
        self._loose = re.compile(rf"(?<![^\W\d_])(?:{_trie(loose)})(?!\w)") if loose else None
        spaced = rf"(?:{_SPACE}{{1,3}}|-)"
        self._joiners = [
            (kind, re.compile(pattern.format(words=_trie(data[key]), sep=spaced)))
            for key, kind, pattern in (
                ("after", "after", "{sep}(?:{words}){sep}"),
                ("glued_after", "after", "(?:{words})"),
                ("tens_joiners", "tens", "{sep}(?:{words}){sep}"),
                ("glued_tens", "tens", "(?:{words})"),
                ("reverse", "reverse", "(?:{words})"),
                ("with_fraction", "with", "{sep}(?:{words}){sep}"),
                ("glued_with", "with", "(?:{words})"),
            )
            if data.get(key)
        ]
        self._plain = re.compile(rf"{_SPACE}{{0,2}}-{_SPACE}{{0,2}}|{_SPACE}{{1,3}}")
        joints = [pattern.pattern for _, pattern in self._joiners] + [self._plain.pattern]
        of = _trie(data.get("of") or ()) if data.get("of") else None
        self._of = re.compile(rf"{_SPACE}(?:{of}){_SPACE}") if of else None
        point = data.get("point")
        self._point = re.compile(rf"{spaced}(?:{_trie(point)}){spaced}") if point else None
        joints += [pattern.pattern for pattern in (self._of, self._point) if pattern]
        parts = [r"\d", _trie({**loose, **atoms}), *(self._denominators.patterns if self._denominators else ())]
        #: Whatever may follow a word of a number; most numbers are one word, which this tells at once.
        self._continued = re.compile(rf"(?:{'|'.join(joints)})?(?:{'|'.join(parts)})")
        minus = data.get("minus")
        #: A word for "minus" right before a number, where it is not part of "at least" ("au moins", "al menos").
        guard = "".join(f"(?<!{re.escape(word)} )" for word in data.get("minus_not_after") or ())
        plain = f"|{_trie(data['negative'])}" if data.get("negative") else ""
        self.minus = re.compile(rf"(?i)(?<!\w)(?:{guard}(?:{_trie(minus)}){plain})[ \u00a0-]$") if minus else None
        percent_of = data.get("percent_of")
        #: What stands between a word for percent and its number: "percentage of 20".
        self.percent_of = re.compile(rf"(?i)[ \u00a0](?:{_trie(percent_of)})[ \u00a0]$") if percent_of else None
        self._hundreds_of_digits = bool(data.get("hundreds_of_digits", True))
        minor = data.get("minor")
        joint = f"(?:(?:{_trie(data.get('minor_joint') or ())}){_SPACE})?" if data.get("minor_joint") else ""
        #: Words for the hundredth of a currency, and what stands between the whole and it.
        self.minor = re.compile(rf"(?i){_SPACE}?(?:{_trie(minor)})(?!\w)") if minor else None
        self.minor_joint = re.compile(rf"(?i){_SPACE}{joint}")
        over = data.get("over")
        self._over = re.compile(rf"{_SPACE}(?:{_trie(over)}){_SPACE}") if over else None
        ratio = data.get("ratio")
        #: Words that divide only a few by more, and in plain numbers only: "one in three", "two out of five".
        self.ratio = re.compile(rf"{_SPACE}(?:{_trie(ratio)}){_SPACE}") if ratio else None
        between = data.get("between")
        self._between = re.compile(rf"(?<!\w)(?:{_trie(between)}){_SPACE}$") if between else None

    def find(self, text: str, folded: str | None = None, *, digits: bool = False) -> list[WrittenNumber]:
        """Return the numbers of the text in order; ``digits`` also takes those that begin with a digit.

        ``folded`` is the folded text where the caller has it already.
        """
        lower = lowered(text)
        found: list[WrittenNumber] = []
        position = 0
        if digits:
            while match := self._start_or_digit.search(lower, position):
                position = match.end()
                if (number := self._opened(lower, match, few=True)) is not None:
                    found.append(number)
                    position = number.end
                while number is None and position < len(lower) and lower[position].isalnum():
                    position += 1
            return found
        for at in sorted({start for _, start, _ in self._openings.matches(f" {folded or fold(text)} ")}):
            # the pass finds what begins like a number, the pattern says whether it does
            if at >= position and (match := self._start.match(lower, at)) is not None:
                number = self._opened(lower, match, few=False)
                position = match.end() if number is None else number.end
                if number is not None:
                    found.append(number)
        return found

    def _opened(self, lower: str, match: re.Match[str], *, few: bool) -> WrittenNumber | None:
        """Return the number that a word opens, or None."""
        word, end = match.group(), match.end()
        if word in self._simple and self._continued.match(lower, end) is None:
            value = self._simple[word]
            number = None if value is None or not _ends(lower, end) else value.moved(match.start(), end)
        else:
            number = self._read(lower, match.start())
        return None if number is None else self._divided(lower, number, few=few)

    def _divided(self, text: str, number: WrittenNumber, *, few: bool) -> WrittenNumber:
        """Return the quotient where words for division and a greater number follow: "un sur trois"."""
        joint = self._over.match(text, number.end) if self._over else None
        if joint is None and few and self.ratio and number.value < 10:
            joint = self.ratio.match(text, number.end)
        under = self._read(text, joint.end()) if joint else None
        if under is None or not 0 < number.value < under.value or 1900 <= under.value < 2100:
            return number
        return WrittenNumber(number.start, under.end, number.value / under.value, fraction=True)

    def number_at(self, text: str, position: int) -> WrittenNumber | None:
        """Return the number in digits or words that starts at the position."""
        number = self._read(text[position : position + 60].lower(), 0)
        return number and number.moved(position, number.end + position)

    def scale_at(self, text: str, position: int) -> tuple[float, int]:
        """Return the scale word right behind a number and its end; one and the position where there is none."""
        lower = text[position : position + 40].lower()
        for kind, atom, end in self._next(lower, 0):
            if kind in ("plain", "of") and atom.kind == "scale" and _ends(lower, end):
                return atom.value, position + end
        return 1.0, position

    def _read(self, text: str, start: int) -> WrittenNumber | None:
        first = self._atom_at(text, start)
        state = first_state(first[0], self._twenties) if first else None
        if first is None or state is None:
            return None
        position = first[1]
        if not self._continued.match(text, position):
            whole = not state.article and (_ends(text, position) or not state.written)
            return _written(start, position, state) if whole else None
        best: tuple[int, NumberState] | None = None
        before_join: tuple[int, NumberState] | None = None
        between = self._between is not None and self._between.search(text, max(0, start - 14), start) is not None
        for _ in range(_MOST_ATOMS):
            if not state.article and (_ends(text, position) or not state.written):
                best = (position, state)
            if step := self._decimals(text, position, state):
                position, state = step
                before_join = None
                continue
            step = None
            for kind, atom, end in self._next(text, position):
                if atom == _HUNDRED and not (state.written or self._hundreds_of_digits or state.value in _FEW):
                    continue
                if kind in ("after", "with") and between and " " in text[position:end]:
                    continue
                grown = grow(state, kind, atom, self._twenties)
                if grown is not None:
                    step = (end, grown)
                    before_join = (position, state) if kind in ("after", "with") else before_join
                    break
            if step is None:
                break
            position, state = step
        if best is None:
            return None
        if before_join is not None and best[0] > before_join[0] and self._multiplied(text, *best):
            best = before_join
        return _written(start, *best)

    def _atom_at(self, text: str, position: int) -> tuple[Atom, int] | None:
        match = (self._loose and self._loose.match(text, position)) or self._atom.match(text, position)
        if match is None:
            if not text[position : position + 1].isdigit():
                return None
            digits = DIGITS.match(text, position)
            if digits is None or digits.end() - position > MOST_DIGITS:
                return None
            # "48.000 millones" are thousands of millions where a language has no milliard
            scaled = not self._thousand_millions and any(
                atom.kind == "scale" for _, atom, _ in self._next(text, digits.end())
            )
            return Atom("digits", parse_number(digits.group(), self._decimal, scaled=scaled)), digits.end()
        return self._atoms[match.group()], match.end()

    def _next(self, text: str, position: int) -> Iterator[tuple[str, Atom, int]]:
        """Yield what can follow: the way it is joined, the atom, and where it ends."""
        for kind, pattern in self._joiners:
            joint = pattern.match(text, position)
            atom = self._atom_at(text, joint.end()) if joint else None
            if atom and (kind != "tens" or not self._tens_joined or atom[0].value in self._tens_joined):
                yield kind, *atom
        if self._of is not None and (joint := self._of.match(text, position)):
            atom = self._atom_at(text, joint.end())
            if atom is not None and atom[0].kind == "scale":
                yield "of", *atom
        if joint := self._plain.match(text, position):
            if self._denominators and (under := self._denominators.at(text, joint.end())):
                yield "plain", Atom("fraction", under[0]), under[1]
            if atom := self._atom_at(text, joint.end()):
                dash = joint.group().strip() == "-" and len(joint.group()) > 1
                yield "dash" if dash else "plain", *atom
        elif self._glued and (atom := self._atom_at(text, position)):
            yield "plain", *atom

    def _multiplied(self, text: str, position: int, state: NumberState) -> bool:
        """Tell whether a hundred or a scale follows that the number cannot take: "two hundred and three hundred"."""
        return any(
            kind == "plain" and atom.kind in ("hundred", "scale") and grow(state, kind, atom, self._twenties) is None
            for kind, atom, _ in self._next(text, position)
        )

    def _decimals(self, text: str, position: int, state: NumberState) -> tuple[int, NumberState] | None:
        if self._point is None or state.group is None or state.fraction or state.article:
            return None
        match = self._point.match(text, position)
        if match is None:
            return None
        places, at = self._places(text, match.end())
        if not places or any(atom.kind == "fraction" for _, atom, _ in self._next(text, at)):
            # "tres con un quinto" is a mixed number
            return None
        return at, replace(state, group=state.group + float(f"0.{places}"), room=0.0, unit=0.0, fraction=False)

    def _places(self, text: str, at: int) -> tuple[str, int]:
        """Return the digits behind the word for the decimal sign, and where they end: "two five", "setenta y uno"."""
        whole, end = self._whole(text, at)
        if whole != int(whole) or whole < 0:
            return "", at
        places = str(int(whole))
        while len(places) < 15 and whole < 10:
            gap = self._plain.match(text, end)
            following = self._atom_at(text, gap.end()) if gap else None
            if following is None or following[0].kind not in ("value", "digits"):
                break
            whole = following[0].value
            if not 0 <= whole < 10 or whole != int(whole):
                break
            places, end = places + str(int(whole)), following[1]
        return places, end

    def _whole(self, text: str, at: int) -> tuple[float, int]:
        """Return a whole number without scales but a leading thousand, and its end; -1 where there is none."""
        first = self._atom_at(text, at)
        if first is None or (first[0].kind not in ("value", "digits") and first[0] != Atom("scale", 1e3)):
            return -1.0, at
        state, end, parts = first_state(first[0], self._twenties), first[1], 1
        if first[0].kind == "digits" or state is None:
            return first[0].value, end
        while parts < 8:
            for kind, atom, following in self._next(text, end):
                grown = grow(state, kind, atom, self._twenties) if atom.kind == "value" and kind != "with" else None
                if grown is not None:
                    state, end, parts = grown, following, parts + 1
                    break
            else:
                break
        return (-1.0, at) if first[0].kind == "scale" and parts == 1 else (state.value, end)


def _written(start: int, end: int, state: NumberState) -> WrittenNumber:
    multiplier = state.top if state.top and state.products == 1 and state.group is None else 1.0
    return WrittenNumber(start, end, float(f"{state.value:.15g}"), multiplier or 1.0, state.fraction)


def _ends(text: str, position: int) -> bool:
    following = text[position : position + 1]
    return not (following.isalnum() or following == "_")


def _unaccented(word: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFD", word) if not unicodedata.combining(char))


def _trie(words: Iterable[str]) -> str:
    """Return a pattern for the words, longest first, that fails at the first letter none of them has."""
    tree: dict[str, Any] = {}
    for word in words:
        node = tree
        for char in word:
            node = node.setdefault(char, {})
        node[""] = {}
    return _branches(tree)


def _branches(node: dict[str, Any]) -> str:
    options = [(re.escape(char) if char != " " else _SPACE) + _branches(child) for char, child in node.items() if char]
    if not options:
        return ""
    body = options[0] if len(options) == 1 and "" not in node else f"(?:{'|'.join(options)})"
    return body + "?" if "" in node else body


@cache
def load_number_words(code: str) -> NumberWords:
    """Return the number words of a language; raises VocabularyError where it has no file."""
    folder = DATA / "languages" / code
    path = folder / "number_words.yaml"
    if not path.exists():
        raise VocabularyError(
            f"there are no number words for the language {code!r}",
            where=str(path),
            remedy="Write the file after the one of a related language.",
        )
    cldr = read_yaml(folder / "cldr.yaml")
    field = read_yaml(folder / "field.yaml") if (folder / "field.yaml").exists() else {}
    short = {**cldr["scale"], **(field.get("scales") or {})}
    short.update({word: value for word, value in cldr.get("scale_short", {}).items() if len(word) > 1})
    short.pop("mm", None)  # millimetres, in lower case
    codes = sorted(code.lower() for code in cldr["currencies"])
    data = {**read_yaml(path), "thousand_millions": field.get("thousand_millions")}
    return NumberWords(data, cldr["decimal"], short, codes)

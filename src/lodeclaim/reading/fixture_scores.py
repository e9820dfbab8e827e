"""How well read claims meet the expected ones: three levels, each stricter than the one before."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from lodeclaim.claims.model import Claim, is_linked, plain_name
from lodeclaim.reading.fixture_model import LEVELS, Expected, Fixture, Level, Misread, Score
from lodeclaim.vocabulary.load import Vocabulary, load_vocabulary

__all__ = ["EntityNames", "Scored", "differences", "reached", "score_fixtures"]

#: A claim without a number is met by one of its predicate that starts within so many characters.
_NEAR: Final = 160
_TOLERANCE: Final = 1e-3
_BOUND: Final = {">=": ">", ">": ">", "<=": "<", "<": "<"}
_DATE: Final = re.compile(r"\d{4}(?:-\d{2})?")


class EntityNames:
    """Tells whether a name and an entity of a claim are the same thing: by id, or by words where there is none.

    ``aliases`` maps further names to the names they stand for.
    """

    def __init__(self, vocabulary: Vocabulary | None = None, aliases: Mapping[str, str] | None = None) -> None:
        words = vocabulary or load_vocabulary()
        self._aliases = {alias.casefold(): name for alias, name in (aliases or {}).items()}
        self._ids: dict[str, set[str]] = defaultdict(set)
        for part in (words.materials, words.countries, words.groups, words.sites, words.actors):
            for entity, entry in part.items():
                self._ids[entry.name.casefold()].add(entity)

    def knows(self, name: str) -> bool:
        """Tell whether the vocabulary has the name."""
        return self._canonical(name).casefold() in self._ids

    def same(self, name: str, entity: str) -> bool:
        """Tell whether the entity, linked or not, is what the name means."""
        wanted = self._canonical(name).casefold()
        if is_linked(entity):
            return entity in self._ids.get(wanted, ())
        return self._canonical(plain_name(entity)).casefold() == wanted

    def _canonical(self, name: str) -> str:
        return self._aliases.get(name.casefold(), name)


def reached(expected: Expected, claim: Claim, names: EntityNames) -> int:
    """Return how many of the LEVELS a read claim reaches for an expected one, 0 to 3.

    *quantity*: the spans overlap, value, value_max and unit agree to 0.1 %. *claim*: the predicate agrees, too.
    *full*: two thirds of the names are linked, the first year (month where both give one) and the bound agree.
    """
    wrong = set(differences(expected, claim, names))
    if wrong & {"place", "value", "unit"} or (expected.value is None and "predicate" in wrong):
        return 0
    if "predicate" in wrong:
        return 1
    return 2 if wrong else 3


def differences(expected: Expected, claim: Claim, names: EntityNames) -> tuple[str, ...]:
    """Return the slots in which a read claim differs: place, value, unit, predicate, about, when, comparator."""
    start, end = claim.span or (-1, -1)
    near = expected.value is None and abs(start - expected.start) <= _NEAR
    linked = sum(any(names.same(name, entity) for _, entity in claim.entities) for name in expected.about)
    same = {
        "place": near or (start < expected.start + len(expected.quote) and expected.start < end),
        "value": (expected.value is None or _close(expected.value, claim.value))
        and (expected.value_max is None or _close(expected.value_max, claim.value_max)),
        "unit": expected.value is None or expected.unit == claim.unit,
        "predicate": claim.predicate in (expected.predicate, *expected.alt_predicates),
        "about": 3 * linked >= 2 * len(expected.about),
        "when": _same_time(expected.when, claim.period),
        "comparator": _BOUND.get(expected.comparator or "=", "=") == _BOUND.get(claim.comparator or "=", "="),
    }
    return tuple(slot for slot, agrees in same.items() if not agrees)


@dataclass(frozen=True, slots=True)
class Scored:
    """Scores of texts by level, by predicate at the claim level, and the texts that were not read as expected."""

    levels: dict[Level, Score]
    predicates: dict[str, Score]
    misread: tuple[Misread, ...]


def score_fixtures(fixtures: Sequence[Fixture], read: Sequence[Sequence[Claim]], names: EntityNames) -> Scored:
    """Return the scores of what was read from each fixture, in the same order.

    Every expected claim meets at most one read claim, the best first. Recall counts required claims, precision
    read claims; one that meets an optional claim counts neither way.
    """
    levels: dict[Level, Score] = dict.fromkeys(LEVELS, Score())
    predicates: dict[str, Score] = defaultdict(Score)
    misread = []
    for number, (fixture, claims) in enumerate(zip(fixtures, read, strict=True), 1):
        of_expected, of_read = _match(fixture.claims, claims, names)
        required = [i for i, one in enumerate(fixture.claims) if not one.optional]
        counted = [j for j in range(len(claims)) if j not in of_read or not fixture.claims[of_read[j][0]].optional]
        best = {i: level for i, (_, level) in of_expected.items()}
        right = {j: level for j, (_, level) in of_read.items()}
        for depth, level in enumerate(LEVELS, 1):
            levels[level] += Score(
                sum(best.get(i, 0) >= depth for i in required),
                len(required),
                sum(right.get(j, 0) >= depth for j in counted),
                len(counted),
            )
        for i in required:
            predicates[fixture.claims[i].predicate] += Score(found=int(best.get(i, 0) >= 2), required=1)
        for j in counted:
            predicates[claims[j].predicate] += Score(right=int(right.get(j, 0) >= 2), reported=1)
        missed = tuple(
            (fixture.claims[i], _instead(fixture.claims[i], of_expected.get(i), claims))
            for i in required
            if best.get(i, 0) < len(LEVELS)
        )
        shown = {id(claim) for _, claim in missed}
        spurious = tuple(claims[j] for j in counted if j not in of_read and id(claims[j]) not in shown)
        if missed or spurious:
            misread.append(Misread(number, fixture.text, missed, spurious))
    return Scored(levels, dict(sorted(predicates.items())), tuple(misread))


_Matches = dict[int, tuple[int, int]]


def _match(expected: Sequence[Expected], claims: Sequence[Claim], names: EntityNames) -> tuple[_Matches, _Matches]:
    """(index of expected → read and level, index of read → expected and level)."""
    pairs = sorted(
        (-level, one.optional, abs((claim.span or (0, 0))[0] - one.start), i, j)
        for i, one in enumerate(expected)
        for j, claim in enumerate(claims)
        if (level := reached(one, claim, names))
    )
    of_expected: _Matches = {}
    of_read: _Matches = {}
    for level, _, _, i, j in pairs:
        if i not in of_expected and j not in of_read:
            of_expected[i], of_read[j] = (j, -level), (i, -level)
    return of_expected, of_read


def _instead(expected: Expected, met: tuple[int, int] | None, claims: Sequence[Claim]) -> Claim | None:
    if met is not None:
        return claims[met[0]]
    end = expected.start + len(expected.quote)
    return next((c for c in claims if c.span and c.span[0] < end and expected.start < c.span[1]), None)


def _close(one: float, other: float | None) -> bool:
    return other is not None and abs(one - other) <= _TOLERANCE * max(abs(one), abs(other), 1e-12)


def _same_time(expected: str | None, found: str | None) -> bool:
    if not expected:
        return True
    wanted, have = _DATE.findall(expected), _DATE.findall(found or "")
    if not wanted or not have:
        return expected == found
    return any(wanted[0].startswith(one) or one.startswith(wanted[0]) for one in have)

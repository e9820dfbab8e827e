"""The records of a language's fixtures: texts, the claims that stand in them, and how well they were read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from msgspec import Struct

from lodeclaim.claims.model import Claim

__all__ = ["LEVELS", "Expected", "Fixture", "Gap", "LanguageReport", "Level", "Misread", "Score"]

Level = Literal["quantity", "claim", "full"]
LEVELS: Final[tuple[Level, ...]] = ("quantity", "claim", "full")


class Expected(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A claim that a careful analyst takes from the text; what is None is not stated there.

    ``about`` holds canonical English names. ``alt_predicates`` are other readings as right as ``predicate``; an
    ``optional`` claim counts neither for nor against. ``start`` is the offset of ``quote``, set on loading.
    """

    quote: str
    predicate: str
    about: tuple[str, ...] = ()
    value: float | None = None
    value_max: float | None = None
    unit: str | None = None
    comparator: Literal["=", "~", ">=", "<=", ">", "<"] | None = None
    when: str | None = None
    modality: Literal["actual", "planned", "forecast", "estimated", "conditional", "opinion"] | None = None
    instrument: str | None = None
    alt_predicates: tuple[str, ...] = ()
    optional: bool = False
    start: int = -1


class Fixture(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A short text with its claims; ``claims`` is empty where nothing may be read from it."""

    text: str
    claims: tuple[Expected, ...]
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """Counts behind precision and recall: ``found`` of ``required`` claims, ``right`` of ``reported`` ones."""

    found: int = 0
    required: int = 0
    right: int = 0
    reported: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(
            self.found + other.found,
            self.required + other.required,
            self.right + other.right,
            self.reported + other.reported,
        )

    @property
    def precision(self) -> float | None:
        """Share of the reported claims that are right; None where none was reported."""
        return self.right / self.reported if self.reported else None

    @property
    def recall(self) -> float | None:
        """Share of the required claims that were found; None where none was required."""
        return self.found / self.required if self.required else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall; None where there was nothing to find and nothing was found."""
        if not self.required and not self.reported:
            return None
        precision, recall = self.precision or 0.0, self.recall or 0.0
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


@dataclass(frozen=True, slots=True)
class Misread:
    """A fixture that was not read as expected.

    ``missed`` are required claims with what was read in their place, if anything; ``spurious`` what was read and
    is no claim of the text.
    """

    number: int
    text: str
    missed: tuple[tuple[Expected, Claim | None], ...]
    spurious: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """Words that a language lacks: the file, the section in it, and the keys without words.

    ``needed`` is False where languages differ and the words may rightly be absent.
    """

    file: str
    section: str
    keys: tuple[str, ...]
    needed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageReport:
    """What a language has and lacks, and how well its fixtures are read.

    ``scores`` has a score for every level, ``predicates`` one at the claim level for every predicate that is
    expected or was read. Both are empty where the fixtures could not be read; ``unread`` then says why.
    """

    code: str
    name: str
    gaps: tuple[Gap, ...]
    fixtures: int
    claims: int
    scores: Mapping[Level, Score]
    predicates: Mapping[str, Score]
    misread: tuple[Misread, ...]
    unread: str | None = None

    @property
    def complete(self) -> bool:
        """Tell whether nothing that is needed is missing."""
        return not any(gap.needed for gap in self.gaps)

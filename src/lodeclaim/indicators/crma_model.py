"""The records of the tracker of Regulation (EU) 2024/1252, Article 5."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lodeclaim.claims.figure import Figure

__all__ = ["OVERALL", "Benchmark", "BenchmarkRow", "ProgressRow", "Status"]

Status = Literal["met", "approaching", "not met", "cannot be computed"]
#: Stands in ``material`` for all strategic raw materials together.
OVERALL = "strategic-raw-materials"


@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmark:
    """A benchmark as the law words it; ``percent`` is a floor or a ceiling, for all materials together or for each."""

    id: str
    stage: str | None
    percent: float
    sense: Literal["floor", "ceiling"]
    scope: Literal["overall", "each"]
    article: str
    numerator: str
    denominator: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BenchmarkRow:
    """A material against a benchmark.

    ``status`` and ``figure`` are what the law asks for: capacity over consumption, or imports from one country over
    consumption. Where that cannot be computed, the figure says what is missing. ``indicated`` and ``indication`` are
    what the sourcing of the Union in the Commission's study points to (imports and domestic production of 2016–2020;
    neither capacity nor consumption), never more than an indication. ``place`` is the largest third country.
    """

    material: str
    benchmark: str
    stage: str
    article: str
    percent: float
    status: Status
    figure: Figure
    indicated: Status
    indication: Figure
    place: str | None = None
    notes: tuple[str, ...] = ()

    @property
    def year(self) -> str | None:
        """The period of the figure, else of the indication (EDTF)."""
        return self.figure.period or self.indication.period

    @property
    def claims(self) -> tuple[str, ...]:
        """The claims behind figure and indication."""
        return tuple(dict.fromkeys((*self.figure.claims, *self.indication.claims)))


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressRow:
    """A published statement on progress beside what is computed here, and why they differ, where they do."""

    material: str
    benchmark: str
    said: Status
    period: str
    source: str
    indicated: Status
    agrees: bool
    reason: str

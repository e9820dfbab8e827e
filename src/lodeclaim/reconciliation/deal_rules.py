"""The firmness ladder and the evidence rules of deals, read from their file."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from msgspec import Struct, ValidationError, convert

from lodeclaim.core.errors import VocabularyError
from lodeclaim.vocabulary.load import load_vocabulary, read_yaml

__all__ = ["DealRules", "Step", "load_deal_rules"]

RULES = Path(__file__).with_name("deal_rules.yaml")


class Step(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A rung of the ladder; ``says`` are the instruments that name it."""

    step: str
    firmness: int
    status: Literal["proposed", "agreed", "closed"]
    event: str
    says: tuple[str, ...] = ()


class DealRules(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The ladder, and the points that evidence for one deal counts."""

    ladder: tuple[Step, ...]
    cancelled: tuple[str, ...]
    ceiling: Mapping[str, int]
    points: Mapping[str, float]
    join: float
    possible: float
    months: int
    characters: Mapping[str, int]

    def said(self, instrument: str | None) -> Step | None:
        """Return the step that an instrument names itself."""
        return next((step for step in self.ladder if instrument in step.says), None)

    def at(self, firmness: int) -> Step:
        """Return the step of a firmness, or the next one below."""
        below = [step for step in self.ladder if step.firmness <= firmness]
        return max(below, key=lambda step: step.firmness) if below else self.ladder[0]

    def reached(self, instrument: str | None, modality: str) -> tuple[int, Step | None, bool] | None:
        """Return (firmness, step, whether the claim says the step), or None for an instrument that tells nothing.

        An outlook reaches no further than its ceiling; a form of money that is only planned is on no step yet.
        """
        said = self.said(instrument)
        known = load_vocabulary().instruments.get(instrument or "")
        firmness = said.firmness if said else known.firmness if known else None
        if firmness is None:
            return None
        reached = min(firmness, self.ceiling.get(modality, firmness))
        return reached, said or (self.at(firmness) if reached == firmness else None), said is not None


@cache
def load_deal_rules(path: Path | None = None) -> DealRules:
    """Return the bundled rules, or those of another file; raises VocabularyError where it breaks the shape."""
    file = path or RULES
    try:
        return convert(read_yaml(file), DealRules)
    except ValidationError as error:
        raise VocabularyError(
            str(error), where=str(file), remedy="Compare it with the bundled deal_rules.yaml"
        ) from error
    except OSError as error:
        raise VocabularyError(
            f"cannot be read ({error.strerror})", where=str(file), remedy="Name a file of deal rules"
        ) from error

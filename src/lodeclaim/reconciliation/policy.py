"""The policy of settlement, as data that a user can replace."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from lodeclaim.core.errors import VocabularyError
from lodeclaim.vocabulary.load import read_yaml

__all__ = ["Policy", "Rule", "load_policy"]

Rule = Literal["human", "number", "official", "modality", "independent", "specific", "exact", "later", "confident"]
Aside = Literal["revised", "headline", "doubtful", "opinion", "slipped"]
Modality = Literal["actual", "estimated", "planned", "forecast", "conditional", "opinion"]

_BUNDLED = Path(__file__).parent / "policy.yaml"


class Policy(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Which claim gives the value of a slot, and which stand aside.

    ``prefer`` are rules in order: a human decision, a number before a bound, official statistics before
    documents, the firmer modality, more independent sources, more slots stated, the exact before the
    approximate, the later, the more confident. ``aside`` names what does not count where better is there.
    """

    prefer: tuple[Rule, ...]
    modality: tuple[Modality, ...]
    aside: tuple[Aside, ...]
    doubtful: float
    withhold_slipped: bool


def load_policy(path: str | Path | None = None) -> Policy:
    """Return the policy in a YAML file, the bundled one without a path.

    Raises VocabularyError where the file is missing, is no YAML or breaks a rule.
    """
    return _load(_BUNDLED if path is None else Path(path))


@cache
def _load(path: Path) -> Policy:
    try:
        return msgspec.convert(read_yaml(path), Policy)
    except OSError as error:
        raise VocabularyError(
            f"the policy cannot be read ({error.strerror})", where=str(path), remedy="Give the path of a YAML file"
        ) from error
    except msgspec.ValidationError as error:
        raise VocabularyError(
            f"the policy breaks a rule ({error})", where=str(path), remedy="Compare it with the bundled policy.yaml"
        ) from error

"""The same sentence in seven languages gives the same claims, with the same parts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lodeclaim.claims.model import Claim
from lodeclaim.vocabulary.load import read_yaml

Read = Callable[..., list[Claim]]
SENTENCES = read_yaml(Path(__file__).parents[1] / "data" / "seven_languages.yaml")


def part(claim: Claim, name: str) -> set[object]:
    """What the claim has for a slot; a share may be held by the country as place, or by an actor."""
    if name == "holder":
        return {claim.actor, claim.place} - {None, "WLD"}
    return {getattr(claim, name), *(other.entity for other in claim.others if other.role == name)}


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        pytest.param(entry, code, id=f"{entry['name'].replace(' ', '-')}-{code}")
        for entry in SENTENCES
        for code in entry["texts"]
    ],
)
def test_each_language_tells_the_same(read: Read, entry: dict[str, Any], code: str) -> None:
    text = entry["texts"][code]
    claims = read(text, code, "2025-09-23")
    told = {(claim.predicate, claim.value): claim for claim in claims}
    numbers = {(one["predicate"], one["value"]) for one in entry["claims"] if "value" in one}
    assert {key for key in told if key[1] is not None} == numbers
    for one in entry["claims"]:
        claim = told[one["predicate"], one.get("value")]
        wrong = {name: (part(claim, name), value) for name, value in one.items() if value not in part(claim, name)}
        assert wrong == {}, one

"""The Mineral Commodity Summaries of the U.S. Geological Survey as claims, by the rules of its layout file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lodeclaim.claims.identity import identify
from lodeclaim.claims.model import Claim
from lodeclaim.core.errors import StatisticsError
from lodeclaim.statistics.originals import BuildReport, Original, read_original
from lodeclaim.statistics.places import LAYOUTS, place_of
from lodeclaim.statistics.tokens import Token, read_token
from lodeclaim.vocabulary.load import read_yaml

__all__ = ["read_mcs"]

_MATCHERS = {
    "statistics": "Statistics",
    "detail": "Statistics_detail",
    "commodity": "Commodity",
    "section": "Section",
    "unit": "Unit",
    "notes": "Notes",
}
_ROUNDED = re.compile(r"\s*[:,(]\s*rounded\)?$", re.IGNORECASE)
_ESTIMATED = re.compile(r"(?:^|--\s*)estimated\b", re.IGNORECASE)
_REPORTED = re.compile(r"(?:^|--\s*)reported\.", re.IGNORECASE)
_STATES_BASIS = re.compile(r"content|equivalent|weight", re.IGNORECASE)
_Rule = tuple[tuple[tuple[str, re.Pattern[str]], ...], dict[str, Any]]


def read_mcs(path: Path) -> tuple[list[Claim], BuildReport, Original, dict[str, Any]]:
    """Return the claims of the release in the order of its rows, what was skipped, the file and its layout.

    Raises StatisticsError for a column, unit, country or value that the layout does not know, and where two rows
    would say different things of one slot.
    """
    layout = read_yaml(LAYOUTS / "usgs_mcs.yaml")
    layout["rules"] = _compile(layout)
    original = read_original(path / layout["file"] if path.is_dir() else path, layout["columns"], layout["encoding"])
    skipped: Counter[str] = Counter()
    claims: list[Claim] = []
    seen: dict[tuple[object, ...], Claim] = {}
    for number, row in enumerate(original.rows, start=1):
        found = _claim(number, row, layout, original.where(number))
        if isinstance(found, str):
            skipped[found] += 1
            continue
        slot = _slot(found)
        if (first := seen.get(slot)) is not None:
            if not _same(first, found):
                raise StatisticsError(
                    f"{found.quote!r} contradicts {first.locator} ({first.quote!r}) in one slot",
                    where=original.where(number),
                    remedy="Tell the two apart by form or kind in statistics/layouts/usgs_mcs.yaml",
                )
            skipped["the same figure in two tables of the release"] += 1
            continue
        seen[slot] = found
        claims.append(identify(found))
    report = BuildReport(
        source=layout["source"]["id"],
        rows=len(original.rows),
        claims=len(claims),
        skipped=dict(sorted(skipped.items())),
    )
    return claims, report, original, layout


def _slot(claim: Claim) -> tuple[object, ...]:
    return (
        claim.predicate, claim.kind, claim.material, claim.form, claim.stage, claim.place, claim.counterparty,
        claim.basis, claim.unit, claim.period,
    )  # fmt: skip


def _same(first: Claim, second: Claim) -> bool:
    """Tell whether both give one figure; where there is no number, the reason has to be the same."""
    numbers = [(claim.value, claim.value_max, claim.comparator) for claim in (first, second)]
    return numbers[0] == numbers[1] and (first.value is not None or first.flags == second.flags)


def _claim(number: int, row: dict[str, str], layout: dict[str, Any], where: str) -> Claim | str:
    """Return the claim of a row, or the reason why it gives none."""
    chapter = layout["chapters"].get(row["MCS chapter"])
    if chapter is None:
        return f"chapter outside the vocabulary: {row['MCS chapter']}"
    material = chapter["commodities"].get(row["Commodity"].strip())
    if material is None:
        return f"commodity outside the vocabulary: {row['Commodity'].strip()}"
    _check_note(row, chapter, where)
    slots = _slots(row, layout["rules"][row["MCS chapter"]])
    if "skip" in slots:
        return str(slots["skip"])
    if "predicate" not in slots:
        return f"no predicate for {row['Statistics']}"
    if "form" not in slots:
        return f"no rule: {row['MCS chapter']}: {row['Statistics']}: {row['Statistics_detail']}"
    unit_words = slots.get("read_unit", row["Unit"].strip())
    unit = layout["units"].get(unit_words)
    if unit is None:
        raise StatisticsError(
            f"unknown unit {unit_words!r}", where=where, remedy="Add it to units in statistics/layouts/usgs_mcs.yaml"
        )
    try:
        token = read_token(row["Value"], row["Notes"]).scaled(unit["factor"])
    except ValueError as error:
        raise StatisticsError(
            str(error), where=where, remedy="Teach the word to statistics/tokens.py, if the release is right"
        ) from error
    country = slots.get("place") or place_of(layout["publisher"], row["Country"], where)
    imports = row["Section"] == layout["import_source_section"]
    mass = unit["unit"] in ("t", "USD/t", "USD/mtu")
    return Claim(
        id="",
        source=layout["source"]["id"],
        locator=f"row:{number}",
        quote=_quote(row),
        predicate=slots["predicate"],
        material=slots.get("material", material),
        form=slots["form"],
        stage=slots.get("stage"),
        place=layout["home"] if imports else country,
        counterparty=country if imports else None,
        kind=slots.get("kind"),
        value=token.value,
        value_max=token.value_max,
        unit=f"{unit['unit']}/yr" if slots.get("rate") else unit["unit"],
        comparator=token.comparator,
        basis=slots["basis"] if "basis" in slots else chapter.get("basis") if mass else None,
        period=layout["periods"].get(row["Year"], row["Year"]),
        modality="estimated" if _estimated(row, slots["predicate"], layout) else "actual",
        reader="statistics",
        flags=tuple(_flags(row, token, country, slots)),
    )


def _check_note(row: dict[str, str], chapter: dict[str, Any], where: str) -> None:
    """Refuse a note on the data that states another basis than the layout, or one the layout leaves out."""
    says, note = chapter.get("says"), row["Other notes"].partition(" -- ")[0]
    if not note.startswith("(Data in"):
        return
    if says and says not in note:
        problem = f"the note on the data does not say {says!r} any more: {note[:80]!r}"
    elif not says and _STATES_BASIS.search(note):
        problem = f"the note on the data states a basis that the layout leaves out: {note[:80]!r}"
    else:
        return
    raise StatisticsError(
        problem, where=where, remedy="Set `says` and `basis` of the chapter anew in statistics/layouts/usgs_mcs.yaml"
    )


def _compile(layout: dict[str, Any]) -> dict[str, tuple[_Rule, ...]]:
    """Return the rules of each chapter in the order in which they speak."""
    last = [{"statistics": f"^{re.escape(name)}$", **slots} for name, slots in layout["statistics"].items()]
    shared = [_rule(rule) for rule in (*layout["shared"], *last)]
    return {
        name: (*(_rule(rule) for rule in chapter["rules"]), *shared) for name, chapter in layout["chapters"].items()
    }


def _rule(rule: dict[str, Any]) -> _Rule:
    matchers = ((_MATCHERS[key], re.compile(text, re.IGNORECASE)) for key, text in rule.items() if key in _MATCHERS)
    return tuple(matchers), {key: value for key, value in rule.items() if key not in _MATCHERS}


def _slots(row: dict[str, str], rules: tuple[_Rule, ...]) -> dict[str, Any]:
    cells = row | {"Statistics_detail": _ROUNDED.sub("", row["Statistics_detail"].strip())}
    slots: dict[str, Any] = {}
    for matchers, values in rules:
        if all(pattern.search(cells[column]) for column, pattern in matchers):
            if "skip" in values and "form" in slots:
                continue
            for slot, value in values.items():
                slots.setdefault(slot, value)
    return slots


def _quote(row: dict[str, str]) -> str:
    cells = (row["Country"], row["Statistics_detail"], row["Unit"], row["Year"], row["Value"])
    return " | ".join(cell.strip() for cell in cells)


def _estimated(row: dict[str, str], predicate: str, layout: dict[str, Any]) -> bool:
    """Tell whether the figure is an estimate of the publisher: by its footnote, or by the year it stands under."""
    if _ESTIMATED.search(row["Notes"]):
        return True
    return row["Year"] in layout["estimated_years"] and predicate != "reserve" and not _REPORTED.search(row["Notes"])


def _flags(row: dict[str, str], token: Token, country: str, slots: dict[str, Any]) -> Iterator[str]:
    yield from token.flags
    if country == "WLD":
        yield "total"
    if _ROUNDED.search(row["Statistics_detail"].strip()):
        yield "rounded"
    if country == "name:Other countries":
        yield "residual"
    elif country.startswith("name:"):
        yield "group"
    notes = row["Notes"]
    if "Excludes U.S. production" in notes:
        yield "excludes-usa"
    if "Includes Hong Kong" in notes:
        yield "includes-hong-kong"
    if "read_unit" in slots:
        yield "unit-corrected"
    if "flag" in slots:
        yield slots["flag"]

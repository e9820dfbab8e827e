"""One article moves an indicator; taking it out brings the number back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

import lodeclaim
from lodeclaim.claims.identity import identify
from lodeclaim.claims.model import Claim
from lodeclaim.core.errors import ClaimNotFound
from lodeclaim.indicators.measures import measures_on, trade_parameter, widened
from lodeclaim.indicators.moves import explain, moved_supply_risk, without
from lodeclaim.ledger.store import Ledger
from lodeclaim.vocabulary.load import load_vocabulary

ARTICLE = """Beijing narrows what leaves its ports
Beijing, 4 February 2025

China introduced export licences for tungsten on Tuesday, its commerce ministry said. Prices rose.
"""
QUIET = """A quiet week for tungsten
Beijing, 4 February 2025

Traders in China said that tungsten was dull this week.
"""


@pytest.fixture(scope="module")
def frames(tmp_path_factory: pytest.TempPathFactory) -> dict[str, pl.DataFrame]:
    folder: Path = tmp_path_factory.mktemp("articles")
    found = {}
    for name, text in (("licence", ARTICLE), ("quiet", QUIET)):
        path = folder / f"{name}.txt"
        path.write_text(text, "utf-8")
        with Ledger.memory() as ledger:
            batch = lodeclaim.read(path, ledger=ledger)
            assert not batch.failures
            found[name] = ledger.claims()
    return found


def bottleneck(frame: pl.DataFrame, material: str, year: int | None = None) -> float:
    value = moved_supply_risk(frame, material, year)[0].value
    assert value is not None
    return value


def test_an_article_on_a_new_licence_raises_supply_risk_and_removing_it_restores_the_number(frames) -> None:
    frame = frames["licence"]
    (measure,) = [one for one in measures_on(frame, "tungsten") if one.set_aside is None]
    plain, moved = bottleneck(frames["quiet"], "tungsten"), bottleneck(frame, "tungsten")
    assert (measure.country, measure.kind) == ("CHN", "licence-duty")
    assert plain == pytest.approx(1.2)
    assert moved > plain * 1.05
    assert bottleneck(without(frame, [measure.claim]), "tungsten") == plain


def test_explain_names_the_sentence_and_its_effect(frames) -> None:
    frame = frames["licence"]
    (measure,) = measures_on(frame, "tungsten")
    sentence = "China introduced export licences for tungsten on Tuesday, its commerce ministry said."
    found = explain(frame, "sr", "tungsten", sentences={measure.claim: sentence})
    assert found.before.value is not None
    assert found.after.value is not None
    (effect,) = found.effects
    assert (effect.claim, effect.sentence) == (measure.claim, sentence)
    assert effect.change == pytest.approx(found.after.value - found.before.value)
    assert effect.without.value == pytest.approx(found.before.value)
    assert measure.claim in found.after.claims


def test_changes_in_order_of_date_add_up_to_the_whole_move(frames, table) -> None:
    frame = frames["licence"]
    more = table([_measure("VNM", "quota", "2025-05"), _measure("CHN", "export-ban", "2025-06")])
    both = pl.concat([more.with_columns(origin=pl.lit("document")), frame], how="diagonal")
    found = explain(both, "sr", "tungsten")
    assert len(found.effects) == 3
    assert found.after.value is not None
    assert found.before.value is not None
    total = sum(one.change or 0.0 for one in found.effects)
    assert total == pytest.approx(found.after.value - found.before.value)
    licence = next(one for one in found.effects if one.predicate == "measure" and "licen" in one.quote)
    # The ban is the stronger measure of the same country, so the licence alone changes nothing any more.
    assert licence.without.value == pytest.approx(found.after.value)


def test_a_measure_counts_from_its_date(frames) -> None:
    frame = frames["licence"]
    assert measures_on(frame, "tungsten", at=date(2024, 12, 31))[0].set_aside is not None
    assert measures_on(frame, "tungsten", at=date(2025, 12, 31))[0].set_aside is None
    quiet = frames["quiet"]
    assert bottleneck(frame, "tungsten", 2024) == bottleneck(quiet, "tungsten", 2024)
    assert bottleneck(frame, "tungsten", 2025) > bottleneck(quiet, "tungsten", 2025)


@pytest.mark.parametrize(
    ("slots", "why"),
    [
        ({"actor": None}, "who takes the measure"),
        ({"actor": "AUT"}, "a member does not restrict"),
        ({"kind": "subsidy"}, "missing a trade parameter"),
        ({"modality": "planned"}, "not in force"),
        ({"counterparty": "USA"}, "only"),
        ({"kind": None}, "what kind"),
        ({"kind": "tariff", "value": 10.0, "unit": "%"}, "on exports is not known"),
        ({"kind": "export-control", "quote": "import ban"}, "on imports"),
    ],
)
def test_what_does_not_restrict_the_supply_of_the_union_is_set_aside_with_the_reason(table, slots, why) -> None:
    known = {"actor": "CHN", "kind": "export-ban"} | slots
    claim = _measure(known.pop("actor"), known.pop("kind"), "2025", **known)
    (found,) = measures_on(table([claim]), "tungsten")
    assert found.set_aside is not None
    assert why in found.set_aside


def test_an_export_tax_is_told_by_its_sentence_and_its_rate(table) -> None:
    claim = _measure("CHN", None, "2025", value=30.0, unit="%", quote="30%")
    (found,) = measures_on(
        table([claim]), "tungsten", sentences={claim.id: "China put an export tax of 30% on tungsten."}
    )
    assert found.set_aside is None
    assert found.parameter.value == 1.2
    assert found.parameter.claims == (claim.id,)


def test_a_measure_on_a_group_is_one_on_its_members_but_not_on_everything() -> None:
    assert "rare-earths" in widened("neodymium")
    assert "critical-raw-materials" not in widened("neodymium")


def test_every_kind_of_the_vocabulary_has_a_parameter_or_says_that_it_has_none() -> None:
    for kind in load_vocabulary().predicates["measure"].kinds:
        found = trade_parameter(kind)
        if found.value is None:
            assert found.missing
        else:
            assert found.low is not None
            assert found.high is not None
            assert 1.0 <= found.low <= found.value <= found.high <= 2.0
            assert found.reasons


def test_production_of_an_article_moves_concentration(say, world, table) -> None:
    fresh = say("MNG", 5_000.0, source="article", period="2025")
    found = explain(table([*world, fresh]), "concentration", "tungsten", year=2025)
    assert found.before.value is not None
    assert found.after.value is not None
    (effect,) = found.effects
    assert effect.claim == fresh.id
    assert effect.change == pytest.approx(found.after.value - found.before.value)
    assert effect.change != 0
    assert effect.without == found.before
    assert explain(table(world), "concentration", "tungsten", year=2025).effects == ()


def test_production_that_contradicts_the_table_moves_the_interval(say, world, table) -> None:
    found = explain(table([*world, say("KAZ", 9_000.0, source="article")]), "concentration", "tungsten", year=2025)
    (effect,) = found.effects
    assert effect.change == 0
    assert found.after.low is not None
    assert effect.without.low is not None
    assert found.after.low < effect.without.low


def test_an_indicator_without_explanation_is_an_error(frames) -> None:
    with pytest.raises(ValueError, match="sr, concentration"):
        explain(frames["quiet"], "ei", "tungsten")


def _measure(actor: str | None, kind: str | None, period: str, **slots: object) -> Claim:
    known: dict[str, object] = {"quote": "measure", "material": "tungsten"} | slots
    return identify(
        Claim(
            id="", source=f"paper-{actor}-{kind}", locator="10:20", predicate="measure", actor=actor, kind=kind,
            period=period, **known,  # type: ignore[arg-type]
        )
    )  # fmt: skip


def test_the_beginning_of_an_id_that_fits_several_claims_is_refused(frames) -> None:
    frame = frames["licence"]
    with pytest.raises(ClaimNotFound, match=r"claims begin with 'c0'.*more digits"):
        without(frame, ["c0"])
    (measure,) = measures_on(frame, "tungsten")
    assert without(frame, [measure.claim[:10]]).height == frame.height - 1


def test_a_measure_announced_for_a_day_counts_in_the_years_after_it(table) -> None:
    claim = _measure("CHN", "licence-duty", "2026-04-01", modality="planned")
    frame = table([claim])
    (now,) = measures_on(frame, "tungsten")
    assert "announced for 2026-04-01" in (now.set_aside or "")
    assert measures_on(frame, "tungsten", at=date(2025, 12, 31))[0].set_aside is not None
    (then,) = measures_on(frame, "tungsten", at=date(2026, 12, 31))
    assert then.set_aside is None
    assert any("announced for 2026-04-01" in reason for reason in then.parameter.reasons)
    # A year alone is a plan, not a date from which a rule applies; without a period there is nothing to go by.
    for period in ("2026", None):
        vague = table([_measure("CHN", "licence-duty", period, modality="planned")])
        assert measures_on(vague, "tungsten", at=date(2027, 12, 31))[0].set_aside is not None

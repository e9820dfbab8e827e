from __future__ import annotations

import pytest

from lodeclaim.claims.figure import Figure
from lodeclaim.core.errors import UnknownName
from lodeclaim.ledger.store import Ledger
from lodeclaim.reports.appendix import cited_claims
from lodeclaim.reports.brief import build_brief, material_of
from lodeclaim.reports.model import Brief


def test_each_cited_claim_is_in_the_appendix_once(brief: Brief, bare: Brief) -> None:
    for made in (brief, bare):
        entries = [entry.id for entry in made.claims]
        assert len(entries) == len(set(entries))
        sections = tuple(getattr(made, name) for name in made.__dataclass_fields__ if name not in ("claims", "sources"))
        assert set(cited_claims(sections)) == set(entries)


def test_each_claim_of_a_document_is_shown(brief: Brief, ledger: Ledger) -> None:
    held = set(ledger.claims(material="tungsten", statistics=False)["id"])
    assert held <= {entry.id for entry in brief.claims}
    assert len(held) == 9


def figures(record: object) -> list[Figure]:
    if isinstance(record, Figure):
        return [record]
    if isinstance(record, tuple):
        return [one for item in record for one in figures(item)]
    fields = getattr(record, "__dataclass_fields__", ())
    return [one for name in fields for one in figures(getattr(record, name))]


@pytest.mark.parametrize("material", ["tungsten", "lithium", "gallium", "rare earths", "cobalt", "magnesium"])
def test_each_number_names_its_claims_and_each_gap_what_is_missing(material: str) -> None:
    made = build_brief(None, material)
    found = figures(made)
    assert len(found) > 20
    for one in found:
        if one.value is None:
            assert one.missing
        elif one.unit != "%" or one.value != 100:
            assert one.claims, one


def test_production_of_both_years_is_there_with_its_change(bare: Brief) -> None:
    made = build_brief(None, "tungsten")
    extraction = next(stage for stage in made.stages if stage.stage == "extraction")
    row = next(row for row in extraction.production if row.place == "KAZ")
    assert extraction.periods == ("2024", "2025")
    assert [figure.value for figure in row.figures] == [0, 2400]
    assert row.change.value == 2400
    assert set(row.figures[0].claims) | set(row.figures[1].claims) == set(row.change.claims)


def test_the_claim_that_moved_an_interval_is_named(brief: Brief) -> None:
    extraction = next(stage for stage in brief.stages if stage.stage == "extraction")
    row = next(row for row in extraction.production if row.place == "KAZ")
    moved = next(phrase for phrase in row.moved if phrase.words.startswith("high"))
    entry = next(one for one in brief.claims if (one.id,) == moved.claims)
    assert entry.quote == "4,800 tonnes"
    assert "25 Feb 2026" in moved.words
    china = next(row for row in extraction.shares if row.entity == "CHN")
    assert any("over 85 %" in phrase.words for phrase in china.moved)


def test_conflicting_values_are_a_disagreement_with_both_voices(brief: Brief) -> None:
    conflict = next(one for one in brief.disagreements if one.kind == "conflict" and "Reserve" in one.matter)
    assert [voice.words for voice in conflict.voices] == ["1.2 million t", "8 million t"]
    assert len({voice.publisher for voice in conflict.voices}) == 2


def test_deals_carry_their_firmness(brief: Brief) -> None:
    deal = next(one for one in brief.deals if one.instrument == "letter of interest")
    assert deal.firmness == 3
    assert (deal.start, deal.end) == ("2025-11-01", "2025-11-30")
    assert deal.amount.value == 9e8
    assert deal.modality == "planned"


def test_projects_show_the_names_as_read(brief: Brief) -> None:
    site = next(one for one in brief.projects if one.site == "upper-kairakty")
    assert site.read_as == ("Upper Qairaqty",)
    assert site.linked
    unknown = next(one for one in brief.projects if one.site.startswith("name:"))
    assert not unknown.linked
    assert unknown.name == "<b>Mine</b> & Sons"


def test_lists_and_thresholds(brief: Brief) -> None:
    assert {one.list for one in brief.listings} >= {"eu-strategic-2024", "eu-critical-2024"}
    risk = next(one for one in brief.reliance.gauges if one.name.startswith("Supply risk"))
    assert risk.value.value is not None
    assert risk.verdict == "at or above the threshold"
    assert risk.threshold == 1.0


def test_statistics_alone_say_what_is_missing(bare: Brief) -> None:
    assert bare.documents == 0
    assert not bare.deals
    assert any("documents" in words for words in bare.missing)
    assert any("control" in words for words in bare.missing)
    assert all(entry.origin == "statistics" for entry in bare.claims)


def test_the_same_ledger_gives_the_same_brief(brief: Brief, ledger: Ledger) -> None:
    assert build_brief(ledger, "tungsten") == brief


def test_a_document_of_unknown_publisher_is_named_by_its_title(nameless: Brief) -> None:
    said = {row.said_by for row in nameless.reserves.said}
    assert said == {"“Wolfram heute”, no date"}


@pytest.mark.parametrize("words", ["tungsten", "Tungsten", " W ", "TUNGSTEN"])
def test_a_material_is_found_by_id_name_or_symbol(words: str) -> None:
    assert material_of(words) == "tungsten"


def test_an_unknown_material_offers_the_nearest_names() -> None:
    with pytest.raises(UnknownName, match="Did you mean tungsten"):
        build_brief(None, "tungstn")
    with pytest.raises(UnknownName, match="lodeclaim materials"):
        build_brief(None, "☃☃☃")

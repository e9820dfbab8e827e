from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lodeclaim.indicators import control
from lodeclaim.indicators.concentration import concentration
from lodeclaim.indicators.model import UNKNOWN_CONTROL
from lodeclaim.vocabulary.load import load_vocabulary
from lodeclaim.vocabulary.model import Actor, Owner, Site


def share_of(result, place):
    return next(share for share in result.shares if share.place == place).figure


def test_shares_and_hhi_of_a_small_world(table, world):
    result = concentration(table(world), "tungsten", "extraction")
    assert [share.place for share in result.shares] == ["CHN", "VNM", "KAZ"]
    china = share_of(result, "CHN")
    assert china.value == pytest.approx(100 * 67_000 / 85_000)
    assert china.low < china.value < china.high
    assert result.hhi.value == pytest.approx((67**2 + 2.4**2 + 3**2) / 85**2)
    assert result.hhi.low <= result.hhi.value <= result.hhi.high
    assert result.hhi.unit == "0–1"
    assert result.residual.value == pytest.approx(100 * 12.6 / 85)
    assert (result.year, result.basis, result.total.value) == (2025, "contained", 85_000)
    assert set(result.hhi.claims) >= {claim.id for claim in world if claim.place in ("CHN", "KAZ", "VNM", "WLD")}


def test_one_article_moves_the_interval_and_is_named(table, world, say):
    before = concentration(table(world), "tungsten", "extraction")
    article = say("KAZ", 9_000.0, "d1", unit="t/yr", basis=None, stage=None)
    after = concentration(table([*world, article]), "tungsten", "extraction")
    assert share_of(after, "KAZ").value == share_of(before, "KAZ").value
    assert share_of(after, "KAZ").high > share_of(before, "KAZ").high + 5
    assert after.hhi.low < before.hhi.low
    assert article.id in after.hhi.claims
    assert any(article.id in reason and "The Daily" in reason for reason in after.hhi.reasons)


def test_an_undated_article_speaks_of_the_year_it_appeared_in(table, world, say):
    article = say("KAZ", 9_000.0, "d1", period=None)
    after = concentration(table([*world, article]), "tungsten", "extraction")
    assert article.id in share_of(after, "KAZ").claims
    assert any("taken to speak of 2025" in reason for reason in share_of(after, "KAZ").reasons)


def test_a_plan_moves_nothing(table, world, say):
    plan = say("KAZ", 9_000.0, "d1", modality="planned")
    assert concentration(table([*world, plan]), "tungsten", "extraction") == concentration(
        table(world), "tungsten", "extraction"
    )


def test_a_share_in_the_news_widens_the_share(table, world, say):
    spoken = {"predicate": "share", "unit": "%", "basis": None, "kind": "production"}
    over = say("CHN", 90.0, "d1", comparator=">", **spoken)
    result = concentration(table([*world, over]), "tungsten", "extraction")
    china = share_of(result, "CHN")
    assert china.value == pytest.approx(78.82, abs=0.01)
    assert china.high == 90
    assert f"high set by {over.id}: > 90 % (The Daily, 2026-03-01)" in china.reasons
    assert result.hhi.high > 0.8
    assert over.id in result.hhi.claims
    agreeing = say("CHN", 70.0, "d1", comparator=">", **spoken)
    result = concentration(table([*world, agreeing]), "tungsten", "extraction")
    assert share_of(result, "CHN").high < 80
    assert any(reason.startswith("agrees with") for reason in share_of(result, "CHN").reasons)


def test_a_share_of_another_stage_or_year_is_left_out(table, world, say):
    spoken = {"predicate": "share", "unit": "%", "basis": None}
    others = [
        say("CHN", 99.0, "d1", stage="processing", **spoken),
        say("CHN", 99.0, "d1", period="2010", **spoken),
        say("CHN", 99.0, "d1", kind="reserve", **spoken),
        say("CHN", 99.0, "d1", modality="forecast", **spoken),
    ]
    assert concentration(table([*world, *others]), "tungsten", "extraction") == concentration(
        table(world), "tungsten", "extraction"
    )


def test_published_shares_where_there_are_no_quantities(table, say):
    published = {"predicate": "share", "unit": "%", "basis": None, "stage": "processing", "period": "2016/2020"}
    claims = [say("CHN", 86.0, **published), say("USA", 4.0, **published), say("AUT", 2.0, **published)]
    news = say(
        "CHN", 80.0, "d1", comparator=">", predicate="share", unit="%", basis=None, stage="processing", period=None
    )
    result = concentration(table([*claims, news]), "tungsten", "processing")
    assert (result.period, result.year, result.total.unit) == ("2016/2020", None, "%")
    assert result.hhi.value == pytest.approx(0.86**2 + 0.04**2 + 0.02**2)
    assert result.hhi.low <= result.hhi.value <= result.hhi.high
    assert result.residual.value == pytest.approx(8)
    assert any("2016/2020" in note for note in result.notes)
    assert news.id in share_of(result, "CHN").claims
    assert concentration(table(claims), "tungsten", "processing", year=2018).period == "2016/2020"
    assert concentration(table(claims), "tungsten", "processing", year=2025).missing is not None


def test_withheld_is_not_zero(table, world, say):
    withheld = say("USA", None)
    result = concentration(table([*world[:3], withheld, world[4]]), "tungsten", "extraction")
    usa = share_of(result, "USA")
    assert usa.value is None and usa.low == 0 and usa.high > 10
    assert any("United States" in note for note in result.notes)


def test_nothing_known_says_what_is_missing(table, say):
    result = concentration(table([]), "tungsten", "extraction")
    assert result.shares == () and result.hhi.value is None
    assert "of tungsten" in result.missing
    result = concentration(table([say("CHN", 67_000.0)]), "tungsten", "extraction")
    assert "world total" in result.missing
    result = concentration(table([say("CHN", 0.0), say("WLD", 0.0)]), "tungsten", "extraction")
    assert "above zero" in result.missing


def test_parts_that_exceed_a_rounded_total(table, say):
    claims = [say("CHN", 900.0), say("JPN", 3.0), say("RUS", 6.0), say("WLD", 900.0, flags=("rounded",))]
    result = concentration(table(claims), "tungsten", "extraction")
    assert sum(share.figure.value for share in result.shares) == pytest.approx(100)
    assert result.hhi.high <= 1
    assert any("more than the published total" in note for note in result.notes)


def test_forms_and_bases_are_never_added(table, world, say):
    gross = [say("CHN", 9e6, basis="gross", form="ore"), say("WLD", 1e7, basis="gross", form="ore")]
    result = concentration(table([*world, *gross]), "tungsten", "extraction")
    assert result.total.value == 85_000
    assert any("not added" in note and "gross" in note for note in result.notes)


def test_the_year_can_be_chosen(table, world, say):
    earlier = [say("CHN", 60_000.0, period="2024"), say("WLD", 80_000.0, period="2024")]
    assert concentration(table([*world, *earlier]), "tungsten", "extraction", year=2024).total.value == 80_000
    assert concentration(table([*world, *earlier]), "tungsten", "extraction").year == 2025


def test_a_lonely_later_number_does_not_make_the_year(table, world, say):
    later = [say("KAZ", 4_000.0, "d1", period="2026"), say("WLD", 90_000.0, "d1", period="2026")]
    assert concentration(table([*world, *later]), "tungsten", "extraction").year == 2025


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(1, 10**6), min_size=2, max_size=10), st.data())
def test_the_true_hhi_lies_within_when_countries_are_withheld(table, say, quantities, data):
    places = sorted(load_vocabulary().countries)[: len(quantities)]
    hidden = data.draw(st.lists(st.booleans(), min_size=len(places), max_size=len(places)))
    hidden[0] = False
    claims = [
        say(place, None if away else float(value))
        for place, value, away in zip(places, quantities, hidden, strict=True)
    ]
    total = float(sum(quantities))
    result = concentration(table([*claims, say("WLD", total)]), "tungsten", "extraction")
    true = sum((value / total) ** 2 for value in quantities)
    assert result.hhi.low - 1e-9 <= true <= result.hhi.high + 1e-9
    for place, value, away in zip(places, quantities, hidden, strict=True):
        figure = share_of(result, place)
        assert figure.low - 1e-6 <= 100 * value / total <= figure.high + 1e-6, (place, away)


@pytest.fixture(name="sites")
def two_mines(monkeypatch):
    """Two working mines: one of a Chinese-controlled subsidiary, one whose owner's control is not known."""

    actors = {
        "parent": Actor(id="parent", name="Parent", kind="company", home="HKG", control="CHN", source="s"),
        "daughter": Actor(id="daughter", name="Daughter", kind="company", home="KAZ", parent="parent", source="s"),
        "state": Actor(id="state", name="State fund", kind="fund", home="KAZ", control="KAZ", source="s"),
        "loop": Actor(id="loop", name="Loop", kind="company", home="VNM", parent="loop", source="s"),
    }
    sites = {
        "mine": Site(
            id="mine",
            name="Mine",
            kind="mine",
            country="KAZ",
            materials=("tungsten",),
            stages=("extraction",),
            status="operating",
            owners=(
                Owner(actor="daughter", share=70, source="register"),
                Owner(actor="state", share=30, source="register"),
            ),
            source="s",
        ),
        "other": Site(
            id="other",
            name="Other",
            kind="mine",
            country="VNM",
            materials=("tungsten",),
            stages=("extraction",),
            status="operating",
            operator="loop",
            source="s",
        ),
    }

    words = SimpleNamespace(countries=load_vocabulary().countries, actors=actors, sites=sites)
    monkeypatch.setattr(control, "load_vocabulary", lambda: words)


def test_control_of_what_is_known_and_the_rest_not_known(table, world, say, sites):
    output = say("KAZ", 2_000.0, "d1", site="mine")
    result = concentration(table([*world, output]), "tungsten", "extraction", by="control")
    assert share_of(result, "CHN").value == pytest.approx(100 * 1_400 / 85_000)
    assert share_of(result, "KAZ").value == pytest.approx(100 * 600 / 85_000)
    assert share_of(result, UNKNOWN_CONTROL).value == pytest.approx(100 * 83_000 / 85_000)
    assert output.id in share_of(result, "CHN").claims
    assert result.hhi.value is None and "control of 97.6 %" in result.hhi.missing
    assert result.hhi.low < result.hhi.high
    assert {(one.site, one.control) for one in result.holdings} == {("mine", "CHN"), ("mine", "KAZ"), ("other", None)}


def test_unknown_control_is_not_domestic(table, world, sites):
    result = concentration(table(world), "tungsten", "extraction", by="control")
    assert [share.place for share in result.shares] == [UNKNOWN_CONTROL]
    assert result.missing == "the output of sites with known owners"
    assert any("output of the site not known" in note for note in result.notes)


def test_sites_never_make_more_than_their_country(table, world, say, sites):
    output = say("KAZ", 99_000.0, "d1", site="mine")
    result = concentration(table([*world, output]), "tungsten", "extraction", by="control")
    assert share_of(result, "CHN").value == pytest.approx(100 * 0.7 * 2_400 / 85_000)


def test_the_bundled_statistics():
    from lodeclaim.ledger.store import Ledger

    with Ledger.memory() as ledger:
        mined = concentration(ledger.claims(material="tungsten"), "tungsten", "extraction", year=2025)
        refined = concentration(ledger.claims(material="tungsten"), "tungsten", "processing")
        gallium = concentration(ledger.claims(material="gallium"), "gallium", "processing")
    assert share_of(mined, "CHN").value == pytest.approx(100 * 67_000 / 85_140)
    assert mined.total.value == 85_000
    assert refined.period == "2016/2020"
    assert share_of(refined, "CHN").value == pytest.approx(85.6, abs=0.5)
    assert 0.9 < gallium.hhi.low <= gallium.hhi.value <= gallium.hhi.high <= 1

"""Single checks on claims of one line each, and what holds for all of them."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from lodeclaim.claims.identity import identify
from lodeclaim.core.errors import UnknownName
from lodeclaim.reconciliation.checks.registry import CHECKS
from lodeclaim.reconciliation.conflicts import conflicts
from lodeclaim.reconciliation.finding import SEVERITY
from lodeclaim.reconciliation.rates import Rates, bundled_rates

DEAL = {"predicate": "financing", "unit": "USD", "basis": None, "stage": None}
GROUND = {"predicate": "reserve", "stage": None, "period": None, "basis": None}


def only(found, check):
    (one,) = [one for one in found if one.check == check]
    return one


def kinds(found, check):
    return [one.kind for one in found if one.check == check]


def test_a_slip_by_ten_is_proposed_across_instrument_and_date(say, table):
    letter = say(
        25.5e6, "d1", comparator="<=", site="ima-mine", instrument="letter of interest", period="2025-11-06", **DEAL
    )
    loan = say(255e6, "d2", site="ima-mine", instrument="loan", period="2025-11-07", **DEAL)
    found = only(conflicts(table([letter, loan])), "scale-slip")
    assert found.kind == "conflict"
    assert set(found.claims) == {letter.id, loan.id}
    assert "10^1" in found.explanation and "instrument" in found.explanation and "date" in found.explanation


def test_a_slip_in_a_chinese_text_is_laid_at_its_door(say, table):
    import polars as pl

    right, wrong = (
        say(8e5, "d1", place=None, site="kuirektykol", **GROUND),
        say(8e6, "d2", place=None, site="kuirektykol", **GROUND),
    )
    frame = table([right, wrong]).with_columns(
        pl.when(pl.col("source") == "d2").then(pl.lit("SunSirs")).otherwise("publisher").alias("publisher")
    )
    found = only(conflicts(frame), "scale-slip")
    assert "10 000" in found.explanation and "SunSirs" in found.explanation
    assert found.proposal.startswith(f"Prefer {right.id}; {wrong.id} probably means 800 000")


@pytest.mark.parametrize(("value", "expected"), [(8.1e6, 1), (8.5e6, 0), (5e6, 0), (9e5, 0), (8e8, 1)])
def test_only_a_power_of_ten_is_a_slip(say, table, value, expected):
    claims = [
        say(8e5, "d1", site="bakuta", place=None, **GROUND),
        say(value, "d2", site="bakuta", place=None, **GROUND),
    ]
    assert len(kinds(conflicts(table(claims)), "scale-slip")) == expected


def test_a_number_in_the_wrong_currency(say, table):
    package = {"predicate": "investment", "basis": None, "stage": None, "site": "bakuta", "period": "2025-04-04"}
    euros = say(13.2e9, "d1", unit="EUR", **package)
    right = say(12e9, "d2", unit="EUR", **package)
    dollars = say(13.2e9, "d2", 9, unit="USD", **package)
    found = [one for one in conflicts(table([euros, right, dollars])) if one.check == "currency-slip"]
    slip = next(one for one in found if one.kind == "conflict")
    assert set(slip.claims) == {euros.id, dollars.id, right.id}
    assert "European Central Bank" in slip.explanation
    same = [say(12e9, "d1", unit="EUR", **package), say(13.3e9, "d2", unit="USD", **package)]
    assert kinds(conflicts(table(same)), "currency-slip") == ["compatible"]


def test_rates_are_by_date_with_their_source():
    from datetime import date

    rate, words = bundled_rates().at("EUR", "USD", date(2022, 9, 15))
    assert rate == pytest.approx(0.9904) and "2022-09" in words and "European Central Bank" in words
    crossed, words = bundled_rates().at("KZT", "EUR", date(2023, 6, 1))
    assert 1 / crossed == pytest.approx(456.31 * 1.0840, rel=0.03)
    assert "National Bank of Kazakhstan" in words
    assert bundled_rates().at("EUR", "XXX", None) is None
    assert bundled_rates().at("EUR", "USD", date(1999, 1, 1)) is None


def test_a_bad_rate_is_named_with_its_row(tmp_path: Path):
    from lodeclaim.core.errors import VocabularyError

    path = tmp_path / "rates.csv"
    path.write_text("period,base,quote,rate,source\n2024,EUR,USD,-1,somebody\n", "utf-8")
    with pytest.raises(VocabularyError, match="row 1"):
        Rates.load(path)


@pytest.mark.parametrize(
    ("factor", "check"), [(1 / 0.793, "basis-slip"), (1.1023, "ton-slip"), (1.01605, "ton-slip"), (1.3, "same-slot")]
)
def test_what_a_ratio_tells(say, table, factor, check):
    found = conflicts(table([say(100_003.0, "d1"), say(round(100_003.0 * factor), "d2")]))
    assert kinds(found, check) and len(found) == 1


def test_a_third_thing_beside_the_statistics(say, table):
    total = say(85_000.0, "s1", place="WLD")
    found = only(conflicts(table([total, say(95_000.0, "d1", place="CHN")])), "beyond-world")
    assert found.kind == "conflict"


def test_shares_of_one_whole(say, table):
    share = {"predicate": "supplier_share", "unit": "%", "basis": None, "place": "USA", "stage": None}
    sources = ("CHN", "DEU", "BOL", "VNM", "CAN")

    def shares(*values):
        return [say(value, "d1", 9 * at, counterparty=sources[at], **share) for at, value in enumerate(values)]

    assert kinds(conflicts(table(shares(27, 14, 8, 8, 43))), "shares-sum") == ["compatible"]
    assert kinds(conflicts(table(shares(47, 34, 28))), "shares-sum") == ["suspicion"]
    assert kinds(conflicts(table(shares(27, 14, 8))), "shares-sum") == []


def test_stakes_named_together(say, table):
    stake = {"predicate": "stake", "unit": "%", "basis": None, "stage": None}
    first = say(70, "d1", 0, actor="cove-kaz-capital-group", **stake)
    assert kinds(conflicts(table([first, say(30, "d1", 40, actor="tau-ken-samruk", **stake)])), "stakes-sum") == [
        "compatible"
    ]
    assert kinds(conflicts(table([first, say(40, "d1", 40, actor="tau-ken-samruk", **stake)])), "stakes-sum") == [
        "conflict"
    ]
    assert kinds(conflicts(table([first, say(30, "d1", 4000, actor="tau-ken-samruk", **stake)])), "stakes-sum") == []


def test_metal_grade_and_ore(say, table):
    deposit = GROUND | {"site": "bakuta", "place": None}
    metal = say(231_500, "d1", **deposit)
    grade = say(0.211, "d1", 30, **deposit | {"predicate": "grade", "unit": "%"})
    ore = say(109.7e6, "d1", 60, **deposit, form="ore")
    assert kinds(conflicts(table([metal, grade, ore])), "ore-behind-metal") == ["compatible"]
    off = say(10.97e6, "d1", 60, **deposit, form="ore")
    found = only(conflicts(table([metal, grade, off])), "ore-behind-metal")
    assert found.kind == "suspicion" and "ratio of 10" in found.explanation
    absurd = say(0.00001, "d1", 30, **deposit | {"predicate": "grade", "unit": "%"})
    assert kinds(conflicts(table([metal, absurd])), "ore-behind-metal") == ["suspicion"]


def test_a_change_beside_its_two_values(say, table):
    first, second = say(100, "d1", 0, period="2023"), say(150, "d1", 30, period="2024")
    change = {"predicate": "growth", "unit": "%", "kind": "production", "basis": None, "period": "2024"}
    right, wrong = say(50, "d1", 60, **change), say(15, "d1", 60, **change)
    assert kinds(conflicts(table([first, second, right])), "growth-of-two") == ["compatible"]
    assert kinds(conflicts(table([first, second, wrong])), "growth-of-two") == ["suspicion"]


def test_more_than_the_whole(say, table):
    claim = say(140, "d1", predicate="recovery", unit="%", basis=None)
    assert kinds(conflicts(table([claim])), "impossible") == ["suspicion"]


TEXT = "Kazakhstan ranks second after China and Brazil in rare earths."


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (TEXT, "suspicion"),
        (TEXT.replace("second", "third"), "compatible"),
        (TEXT.replace(" and Brazil", ""), "compatible"),
    ],
)
def test_ranks_are_counted(say, table, text, kind):
    claim = say(8e6, "d1", 0, material="rare-earths", **GROUND)
    found = conflicts(table([claim]), ledger_texts={"d1": text}, languages={"d1": "en"})
    assert kinds(found, "rank-after") == [kind]
    place = only(found, "rank-after").places[0]
    assert text[place.start : place.end] == place.words


def test_a_rank_beside_the_values(say, table):
    text = "Kazakhstan was the third largest producer with 4.6 Mt after 16 Mt in South Africa and 6.5 Mt in Turkey."
    spots = {"4.6 Mt": (4.6e6, "KAZ"), "16 Mt": (16e6, "ZAF"), "6.5 Mt": (6.5e6, "TUR")}
    claims = [say(value, "d1", text.index(words), place=place) for words, (value, place) in spots.items()]
    found = conflicts(table(claims), ledger_texts={"d1": text}, languages={"d1": "en"})
    assert kinds(found, "rank-of-values") == ["compatible"]
    turned = [say(7e6, "d1", text.index("4.6 Mt"), place="KAZ"), *claims[1:]]
    found = conflicts(table(turned), ledger_texts={"d1": text}, languages={"d1": "en"})
    assert kinds(found, "rank-of-values") == ["suspicion"]


def test_a_countdown_to_what_is_nearer(say, table):
    text = "The law takes force on 1 July 2025.\nThe next 18 months before the law takes force are decisive."
    law = say(None, "d1", 8, predicate="milestone", kind="law-in-force", place="CHN", period="2025-07-01")
    law = identify(replace(law, id="", quote="takes force", locator="8:19"))
    frame = table([law], {"d1": "2025-06"})
    assert kinds(conflicts(frame, ledger_texts={"d1": text}, languages={"d1": "en"}), "countdown") == ["conflict"]
    near = text.replace("18", "2").replace("next", "next")
    early = table([law], {"d1": "2025-05"})
    assert kinds(conflicts(early, ledger_texts={"d1": near}, languages={"d1": "en"}), "countdown") == []


def test_dates_after_the_report_and_before_the_licence(say, table):
    event = {"predicate": "milestone", "unit": None, "basis": None, "place": None, "site": "bakuta"}
    done = say(None, "d1", kind="production-start", **event | {"period": "2026-03"})
    assert kinds(conflicts(table([done], {"d1": "2025-01"})), "after-the-report") == ["suspicion"]
    assert kinds(conflicts(table([done], {"d1": "2026-03-20"})), "after-the-report") == []
    licence = say(None, "d2", kind="licence", **event | {"period": "2027"})
    assert kinds(conflicts(table([done, licence])), "start-before-licence") == ["suspicion"]


def test_a_headline_in_another_currency(say, table):
    text = "Billions for tungsten\nThe bank offered 900 million dollars for a mine, it was said on Monday.\n"
    amount = say(900e6, "d1", text.index("900"), comparator="<=", **DEAL)
    frame = table([amount], {"d1": "2025-11"})
    english = conflicts(frame, ledger_texts={"d1": text}, languages={"d1": "en"})
    assert kinds(english, "headline") == ["suspicion"]
    swedish = text.replace("Billions", "Miljarder")
    amount = say(900e6, "d1", swedish.index("900"), comparator="<=", **DEAL)
    frame = table([amount], {"d1": "2025-11"})
    assert kinds(conflicts(frame, ledger_texts={"d1": swedish}, languages={"d1": "sv"}), "headline") == ["compatible"]
    larger = say(4e9, "d1", text.index("900"), **DEAL)
    frame = table([larger], {"d1": "2025-11"})
    assert kinds(conflicts(frame, ledger_texts={"d1": text}, languages={"d1": "en"}), "headline") == []


def test_one_deal_told_by_a_state_and_by_its_bank(say, table):
    bank = say(900e6, "d1", actor="export-import-bank-of-the-united-states", **DEAL)
    state = say(900e6, "d2", actor="USA", comparator="<=", **DEAL)
    stranger = say(900e6, "d3", actor="jiangxi-copper", **DEAL)
    assert kinds(conflicts(table([bank, state])), "deal-told-twice") == ["corroborates"]
    assert kinds(conflicts(table([bank, stranger])), "deal-told-twice") == []
    assert kinds(conflicts(table([bank, state], d1="d1", d2="d1")), "deal-told-twice") == []


def test_rejected_and_merged_claims_are_out(say, table):
    import polars as pl

    one, other = say(2400.0, "d1"), say(1300.0, "d2")
    frame = table([one, other])
    assert kinds(conflicts(frame), "same-slot") == ["conflict"]
    none = pl.lit(None, dtype=pl.String)
    rejected = pl.when(pl.col("id") == other.id).then(pl.lit("deprecated")).alias("standing")
    assert conflicts(frame.with_columns(rejected, none.alias("merged"))) == []
    merged = pl.when(pl.col("id") == other.id).then(pl.lit(one.id)).alias("merged")
    assert conflicts(frame.with_columns(none.alias("standing"), merged)) == []


def test_checks_can_be_chosen(say, table):
    frame = table([say(2400.0, "d1"), say(24_000.0, "d2")])
    assert {one.check for one in conflicts(frame, checks=["scale-slip"])} == {"scale-slip"}
    with pytest.raises(UnknownName, match="no check has the name 'nothing'"):
        conflicts(frame, checks=["nothing"])


def test_documents_with_the_same_unusual_numbers_are_one_voice(say, table):
    odd = [1234.0, 5678.0, 91.23, 45.67, 777.7]
    rows = [
        say(value, source, 99 * at, period=str(2015 + at)) for source in ("d1", "d2") for at, value in enumerate(odd)
    ]
    found = conflicts(table(rows))
    assert kinds(found, "copied") == ["copy"] * len(odd)
    assert kinds(found, "same-number") == []
    few = [claim for claim in rows if claim.period in ("2015", "2016")]
    assert kinds(conflicts(table(few)), "same-number") == ["corroborates"] * 2


_VALUES = st.tuples(
    st.sampled_from([1.0, 2.4, 10.0, 24.0, 100.0, 793.0, 1000.0]),
    st.sampled_from(["=", "~", ">", "<"]),
    st.sampled_from(["d1", "d2", "d3", "s1"]),
    st.sampled_from(["production", "reserve", "share", "financing", "grade", "growth"]),
    st.sampled_from([None, "2024", "2025"]),
    st.sampled_from([None, "bakuta", "north-katpar"]),
)


def _claim(say, at, value):
    number, comparator, source, predicate, period, site = value
    unit = {"financing": "USD", "share": "%", "grade": "%", "growth": "%"}.get(predicate, "t")
    return say(
        number, source, 40 * at, comparator=comparator, predicate=predicate, unit=unit, period=period, site=site,
        basis=None, kind="reserve" if predicate == "reserve" else None,
    )  # fmt: skip


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_VALUES, min_size=1, max_size=9), st.randoms(use_true_random=False))
def test_the_order_of_claims_does_not_matter(say, table, values, shuffler: random.Random):
    claims = [_claim(say, at, value) for at, value in enumerate(values)]
    expected = conflicts(table(claims))
    mixed = claims.copy()
    shuffler.shuffle(mixed)
    assert conflicts(table(mixed)) == expected
    for one in expected:
        assert SEVERITY[one.kind] <= one.severity < 4
        assert set(one.claims) <= {claim.id for claim in claims}


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_VALUES, min_size=1, max_size=7))
def test_a_copy_adds_no_witness(say, table, values):
    claims = [_claim(say, at, value) for at, value in enumerate(values)]
    copies = [identify(replace(claim, id="", source="d9")) for claim in claims if claim.source == "d1"]
    before = [one for one in conflicts(table(claims)) if one.kind == "corroborates"]
    after = [one for one in conflicts(table([*claims, *copies], d9="d1")) if one.kind == "corroborates"]
    assert len(after) == len(before)
    assert [len(one.claims) for one in after] == [len(one.claims) for one in before]


def test_every_check_is_documented_and_named_once():
    page = (Path(__file__).parents[2] / "docs" / "conflicts.md").read_text("utf-8")
    names = [check.name for check in CHECKS]
    assert len(set(names)) == len(names)
    flat = " ".join(page.split())
    for check in CHECKS:
        assert f"`{check.name}`" in flat, f"docs/conflicts.md says nothing of {check.name}"
        assert " ".join(check.explanation.split()) in flat, f"docs/conflicts.md explains {check.name} otherwise"
        assert all(kind in flat for kind in check.kinds)

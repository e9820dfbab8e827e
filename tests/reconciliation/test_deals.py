"""Deals: each once, whatever is read in whatever order, and never more than it is."""

from __future__ import annotations

import os
import random
from itertools import combinations
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodeclaim.reconciliation.deal_model import Deal
from lodeclaim.reconciliation.deal_totals import deal_totals
from lodeclaim.reconciliation.deals import deals

COVE, STATE = "cove-kaz-capital-group", "tau-ken-samruk"
BANK = "export-import-bank-of-the-united-states"
ROOT = Path(__file__).parents[2]
SEEDS = Path(os.environ.get("LODECLAIM_SHARED", ROOT.parent / "shared")) / "seeds"


def money(say, value, at, **slots):
    known = {"predicate": "financing", "unit": "USD", "stage": None, "basis": None, "period": None, "place": None}
    return say(value, at=at, **(known | slots))


def only(found: list[Deal]) -> Deal:
    assert len(found) == 1, [one.title for one in found]
    return found[0]


def tell(say):
    """One deal as four documents tell it: bond, stakes, letter of interest, private money, and the whole."""
    partners = {"actor": COVE, "counterparty": STATE, "predicate": "agreement", "unit": None, "comparator": None}
    return [
        money(say, None, 300, source="d1", instrument="joint venture", period="2025-11", **partners),
        money(say, None, 320, source="d1", instrument="memorandum", period="2025-11", **partners),
        money(say, 70.0, 340, source="d1", predicate="stake", unit="%", actor=COVE, counterparty=STATE),
        money(say, 30.0, 360, source="d1", predicate="stake", unit="%", actor=STATE, counterparty=COVE),
        money(say, 9e8, 100, source="d1", instrument="letter of interest", actor=BANK),
        money(say, 2e8, 150, source="d1", instrument="equity", actor=BANK),
        money(say, 9e8, 10, source="d2", comparator="<=", actor="us-department-of-commerce", period="2025-11"),
        money(say, 9e8, 10, source="d3", instrument="loan", comparator="<=", actor=BANK),
        money(say, 1.1e9, 90, source="d3", predicate="investment", instrument="capex", site="north-katpar"),
        money(say, 70.0, 200, source="d4", predicate="stake", unit="%", actor=COVE),
        money(say, 9e8, 260, source="d4", comparator="<=", actor=BANK),
    ]


@pytest.fixture
def venture(say):
    return tell(say)


def test_one_deal_with_both_partners_and_its_parts(venture, table) -> None:
    deal = only(deals(table(venture, {"d1": "2025-11-21", "d2": "2026-02-25", "d3": "2025-11-12"})))
    shares = {one.entity: one.share.value for one in deal.parties if one.share}
    assert shares == {COVE: 70.0, STATE: 30.0}
    assert [one.entity for one in deal.parties if one.role == "partner"] == [COVE, STATE]
    assert any("70 + 30 = 100 %" in note for note in deal.notes)
    assert deal.amount("USD") == 1.1e9
    assert any("equals the sum of its parts" in reason for reason in deal.total[0].reasons)
    letter = next(part for part in deal.parts if part.amount.value == 9e8)
    assert (letter.step, letter.firmness, letter.form, letter.voices) == ("letter of interest", 3, "loan", 4)
    assert letter.amount.low == 0.0
    assert (deal.step, deal.firmness, deal.status) == ("definitive", 5, "agreed")
    assert {event.what for event in deal.timeline if event.date == "2025-11"} >= {"agreed", "memorandum signed"}


def test_every_join_has_reasons(venture, table) -> None:
    deal = only(deals(table(venture)))
    assert len(deal.joins) == len(deal.claims) - 1
    assert all(join.reasons and join.score >= 4.5 for join in deal.joins)
    assert any("same amount: 900 000 000 USD" in reason for join in deal.joins for reason in join.reasons)


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_any_documents_in_any_order(data) -> None:
    """Whatever part of the claims is held, in whatever order: one deal, at most 1.1 bn in any total."""
    rows = data.draw(st.permutations(range(11)))
    kept = data.draw(st.sets(st.sampled_from(["d1", "d2", "d3", "d4"]), min_size=1))
    frame = _frame().with_row_index("at")
    order = pl.DataFrame({"at": rows}, schema={"at": pl.UInt32})
    mixed = order.join(frame, on="at", how="left", maintain_order="left").filter(pl.col("source").is_in(list(kept)))
    found = deals(mixed)
    assert found == deals(mixed.reverse())
    for by in ("all", "bloc", "country", "material"):
        for row in deal_totals(found, by):
            assert (row.amount.value or 0) <= 1.1e9
            assert (row.amount.high or 0) <= 1.1e9
            assert (row.firm.value or 0) <= (row.amount.value or 0)
    if "d1" in kept:
        assert sum(one.amount("USD") is not None for one in found) == 1


def _frame() -> pl.DataFrame:
    from lodeclaim.claims.identity import identify
    from lodeclaim.claims.model import Claim
    from lodeclaim.claims.table import to_frame

    def say(value, source="d1", at=0, **slots):
        known = {"material": "tungsten", "comparator": None if value is None else "="}
        claim = Claim(id="", source=source, locator=f"{at}:{at + 5}", quote="quote", value=value, **(known | slots))
        return identify(claim)

    return to_frame(tell(say))


@pytest.fixture(scope="module")
def read_articles() -> pl.DataFrame:
    """The claims of the seeds and of the sample articles, as the reader finds them."""
    if not SEEDS.is_dir():
        pytest.skip(f"no seed documents in {SEEDS}")
    from lodeclaim.api import read
    from lodeclaim.claims.table import to_frame

    files = [*sorted(SEEDS.glob("*.txt")), *sorted((ROOT / "examples" / "articles").glob("*.txt"))]
    batch = read(map(str, files))
    known = {one.id: one for one in batch.documents}
    frame = to_frame(batch.claims)
    published = [known[source].published for source in frame["source"]]
    addresses = [Path(known[source].address).name for source in frame["source"]]
    return frame.with_columns(
        pl.Series("published", published, dtype=pl.String), pl.Series("file", addresses, dtype=pl.String)
    )


def test_the_tungsten_venture_is_one_deal_in_every_mix_of_articles(read_articles: pl.DataFrame) -> None:
    """Documents that tell of it, in all mixes, alone and with others: one deal, and its money counted once."""
    names = ("000_", "002_", "en-tungsten-venture", "de-wolfram", "sv-volfram")
    telling = [one for one in read_articles["file"].unique() if one.startswith(names)]
    others = sorted(set(read_articles["file"].unique()) - set(telling))
    chance = random.Random(4)
    for size in range(1, len(telling) + 1):
        for chosen in combinations(sorted(telling), size):
            extra = chance.sample(others, chance.randint(0, len(others)))
            mixed = read_articles.filter(pl.col("file").is_in([*chosen, *extra]))
            found = deals(mixed.sample(fraction=1.0, shuffle=True, seed=size))
            its = [one for one in found if _is_venture(one)]
            deal = only(its)
            assert (deal.amount("USD") or 0) <= 1.1e9, chosen
            for by in ("all", "bloc", "country", "material"):
                assert all((row.amount.value or 0) <= 1.1e9 for row in deal_totals(its, by))
                assert all(row.deals.count(deal.id) <= 1 for row in deal_totals(found, by))


def _is_venture(one: Deal) -> bool:
    partner = "tungsten" in one.materials and any(party.entity == COVE for party in one.parties)
    return partner or any(part.amount.value == 9e8 for part in one.parts)


def test_all_articles_together(read_articles: pl.DataFrame) -> None:
    deal = only([one for one in deals(read_articles) if _is_venture(one)])
    assert {one.entity: one.share.value for one in deal.parties if one.share} == {COVE: 70.0, STATE: 30.0}
    assert deal.amount("USD") == 1.1e9
    assert deal.materials == ("tungsten",)
    assert deal.voices == 5


def test_two_ventures_of_one_company_stay_apart(say, table) -> None:
    bond = {"predicate": "agreement", "unit": None, "comparator": None, "instrument": "joint venture", "actor": COVE}
    rare = money(say, None, 10, counterparty="kazgeology", material="rare-earths", **bond)
    hard = money(say, None, 200, counterparty=STATE, material="tungsten", **bond)
    found = deals(table([rare, hard]))
    assert len(found) == 2
    assert not any(one.possible for one in found)


def test_a_lender_of_two_mines_makes_no_deal_of_them(say, table) -> None:
    one = money(say, 2.55e8, 10, actor="american-tungsten", counterparty=BANK, site="ima-mine", period="2025-11-07")
    other = money(say, 9e8, 500, source="d2", actor=BANK, instrument="loan")
    assert len(deals(table([one, other]))) == 2


def test_a_smaller_sum_in_one_text_is_part_of_the_package(say, table) -> None:
    slots = {"predicate": "investment", "place": "central-asia", "material": None, "unit": "EUR"}
    package = money(say, 12e9, 100, instrument="package", **slots)
    roads, ores = money(say, 3e9, 160, **slots), money(say, 2.5e9, 200, **slots)
    deal = only(deals(table([package, roads, ores])))
    assert deal.amount("EUR") == 12e9
    assert sorted(part.role for part in deal.parts) == ["part", "part", "whole"]


def test_a_sum_told_again_in_another_currency_counts_once(say, table) -> None:
    slots = {"actor": COVE, "counterparty": STATE, "instrument": "loan", "period": "2024-06"}
    told = [money(say, 1e8, 10, **slots), money(say, 1.08e8, 60, **(slots | {"unit": "USD"}))]
    told[0] = money(say, 1e8, 10, **(slots | {"unit": "EUR"}))
    more = money(say, 1e8, 10, source="d2", **(slots | {"unit": "EUR"}))
    deal = only(deals(table([*told, more])))
    assert [part.role for part in deal.parts if part.amount.unit == "USD"] == ["restated"]
    assert [(figure.unit, figure.value) for figure in deal.total] == [("EUR", 1e8)]


def test_two_lenders_of_one_sum_are_two_parts(say, table) -> None:
    first = money(say, 1e8, 10, actor="kfw-ipex-bank", counterparty=COVE)
    second = money(say, 1e8, 60, actor=BANK, counterparty=COVE)
    assert only(deals(table([first, second]))).amount("USD") == 2e8


def test_uncertain_deals_stay_apart_and_count_once(say, table) -> None:
    first = money(say, 2e8, 10, predicate="investment", material="lithium", place="KAZ", period="2023-06")
    second = money(say, 2e8, 10, source="d2", predicate="investment", material="lithium", place="KAZ", period="2023-07")
    found = deals(table([first, second]))
    assert len(found) == 2
    assert all(any("possible same deal" in note for note in one.notes) for one in found)
    row = deal_totals(found, "all")[0]
    assert (row.amount.value, len(row.deals), len(row.once)) == (2e8, 1, 1)
    joined = only(deals(table([first, second]), same=[(first.id, second.id)]))
    assert joined.amount("USD") == 2e8
    parted = deals(table([first, second]), apart=[(first.id, second.id)])
    assert deal_totals(parted, "all")[0].amount.value == 4e8


def test_outlook_is_not_firm(say, table) -> None:
    planned = money(say, 1e8, 10, instrument="loan", modality="planned", actor=BANK, counterparty=COVE)
    deal = only(deals(table([planned])))
    assert deal.firmness == 4
    assert deal.step is None
    assert deal_totals([deal], "bloc")[0].firm.value == 0


def test_a_cancelled_deal_counts_nothing(say, table) -> None:
    told = [
        money(say, 1e8, 10, instrument="loan", actor=BANK, counterparty=COVE),
        money(say, 1e8, 10, source="d2", instrument="loan", actor=BANK, counterparty=COVE, flags=("cancelled",)),
    ]
    deal = only(deals(table(told)))
    assert deal.status == "cancelled"
    assert not deal_totals([deal], "all")


def test_rejected_claims_take_no_part_and_merged_ones_tell_no_sum(venture, table) -> None:
    frame = table(venture)
    whole = next(one.id for one in venture if one.value == 1.1e9)
    rejected = frame.with_columns(
        pl.when(pl.col("id") == whole).then(pl.lit("deprecated")).otherwise(pl.lit("normal")).alias("standing"),
        pl.lit(None, dtype=pl.String).alias("merged"),
    )
    assert whole not in only(deals(rejected)).claims
    letter = next(one.id for one in venture if one.value == 9e8)
    merged = rejected.with_columns(pl.when(pl.col("id") == whole).then(pl.lit(letter)).otherwise(None).alias("merged"))
    deal = only(deals(merged))
    assert whole in deal.claims
    assert all(whole not in part.claims for part in deal.parts)


def test_no_deals_in_statistics(table, say) -> None:
    assert deals(table([])) == []
    assert deals(table([money(say, 1e8, 1, source="s-mcs")])) == []


_ACTORS = (COVE, STATE, BANK, "kfw-ipex-bank", "almonty-industries", "USA", "government-of-kazakhstan", None)
_SITES = ("north-katpar", "upper-kairakty", "sangdong", None, None)
_CLAIMS = st.lists(
    st.fixed_dictionaries(
        {
            "source": st.sampled_from(["d1", "d2", "d3"]),
            "at": st.integers(0, 2000),
            "predicate": st.sampled_from(["investment", "financing", "agreement", "transaction"]),
            "value": st.sampled_from([1e8, 2e8, 9e8, 1.1e9, None]),
            "unit": st.sampled_from(["USD", "EUR"]),
            "actor": st.sampled_from(_ACTORS),
            "counterparty": st.sampled_from(_ACTORS),
            "site": st.sampled_from(_SITES),
            "material": st.sampled_from(["tungsten", "rare-earths", "lithium", None]),
            "instrument": st.sampled_from(["loan", "letter of interest", "joint venture", "equity", None]),
            "period": st.sampled_from(["2025-11", "2021", "2025", None]),
            "modality": st.sampled_from(["actual", "planned"]),
        }
    ),
    max_size=12,
)


@given(_CLAIMS, st.randoms())
@settings(max_examples=80, deadline=None)
def test_deals_of_any_claims(told, chance) -> None:
    """Every claim is in one deal, order plays no part, and no total exceeds the sums that are told."""
    from lodeclaim.claims.identity import identify
    from lodeclaim.claims.model import Claim
    from lodeclaim.claims.table import to_frame

    claims = []
    for one in told:
        at, slots = one.pop("at"), one
        claim = Claim(id="", locator=f"{at}:{at + 5}", quote="quote", comparator="=", **slots)
        claims.append(identify(claim))
    claims = list({one.id: one for one in claims}.values())
    found = deals(to_frame(claims))
    mixed = list(claims)
    chance.shuffle(mixed)
    assert deals(to_frame(mixed)) == found
    assert sorted(claim for one in found for claim in one.claims) == sorted(one.id for one in claims)
    for row in deal_totals(found, "all"):
        each = [one for one in claims if one.value is not None and one.unit == row.currency]
        assert (row.amount.value or 0) <= sum(one.value for one in each) + 1
        assert (row.firm.value or 0) <= (row.amount.value or 0)
    by_id = {one.id: one for one in found}
    for one in found:
        assert all(one.id in {back.deal for back in by_id[other.deal].possible} for other in one.possible)
        for part in one.parts:
            assert set(part.claims) <= set(one.claims)
    if len(claims) > 1:
        pair = (claims[0].id, claims[1].id)
        assert not any(set(pair) <= set(one.claims) for one in deals(to_frame(claims), apart=[pair]))
        assert any(set(pair) <= set(one.claims) for one in deals(to_frame(claims), same=[pair]))

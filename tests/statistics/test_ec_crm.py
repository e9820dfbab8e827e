"""Tables of the EU criticality study become shares, restrictions and results."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lodeclaim.core.errors import StatisticsError
from lodeclaim.statistics.ec_crm import read_ec_crm

Write = Callable[..., Path]


def test_global_share_and_restriction(write_ec: Write) -> None:
    claims, report, _, _ = read_ec_crm(write_ec(**{"global": [("Borate", "E", "Turkyie", "<0.1%", "1.0")]}))
    share, restriction = claims
    assert (report.rows, report.claims) == (1, 2)
    assert (share.predicate, share.material, share.stage, share.place) == ("share", "boron", "extraction", "TUR")
    assert (share.value, share.comparator, share.unit, share.counterparty) == (0.1, "<", "%", None)
    assert share.quote == "global supply | Borate | E | Turkyie | <0.1%"
    assert (restriction.predicate, restriction.kind, restriction.value) == ("trade_restriction", "global", 1.0)
    assert {claim.period for claim in claims} == {"2016/2020"}


def test_sourcing_share_names_the_origin(write_ec: Write) -> None:
    claims, _, _, _ = read_ec_crm(write_ec(eu=[("Silicon metal", "P", "Germany", "6", "0.8")]))
    assert (claims[0].predicate, claims[0].kind, claims[0].value) == ("supplier_share", "sourcing", 6.0)
    assert (claims[0].place, claims[0].counterparty) == ("EU27", "DEU")
    assert (claims[1].kind, claims[1].place, claims[1].value) == ("eu", "DEU", 0.8)


def test_results_by_year(write_ec: Write) -> None:
    rows = [("Tungsten", "2023", "1.2", "8.7"), ("Arsenic", "2011", "-", "-")]
    claims, _, _, _ = read_ec_crm(write_ec(results=rows))
    assert [(claim.predicate, claim.value, claim.period) for claim in claims] == [
        ("supply_risk", 1.2, "2023"),
        ("economic_importance", 8.7, "2023"),
        ("supply_risk", None, "2011"),
        ("economic_importance", None, "2011"),
    ]
    assert claims[0].flags == ()
    assert claims[2].flags == ("not-assessed", "includes-uk")


def test_a_material_outside_the_vocabulary_is_counted(write_ec: Write) -> None:
    claims, report, _, _ = read_ec_crm(write_ec(results=[("Natural Teak\nwood", "2023", "1.0", "2.0")]))
    assert claims == []
    assert report.skipped == {"material outside the vocabulary: Natural Teak wood": 1}


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (("Unobtainium", "E", "China", "5%", "1.0"), "row 1: unknown material 'Unobtainium'"),
        (("Tungsten", "X", "China", "5%", "1.0"), "row 1: unknown stage 'X'"),
        (("Tungsten", "E", "Atlantis", "5%", "1.0"), "row 1: unknown country 'Atlantis'"),
        (("Tungsten", "E", "China", "500%", "1.0"), "row 1: '500%' is no share"),
        (("Tungsten", "E", "China", "5%", "11"), "row 1: t of '11' is beyond the scale"),
    ],
)
def test_what_the_layout_does_not_know_stops_the_build(write_ec: Write, row: tuple[str, ...], message: str) -> None:
    with pytest.raises(StatisticsError, match=message):
        read_ec_crm(write_ec(**{"global": [row]}))


def test_two_spellings_of_one_slot_stop_the_build(write_ec: Write) -> None:
    rows = [("Tungsten", "E", "Turkyie", "5%", "1.0"), ("Tungsten", "E", "Türkiye", "6%", "1.0")]
    with pytest.raises(StatisticsError, match=r"row 2: .* repeats"):
        read_ec_crm(write_ec(**{"global": rows}))

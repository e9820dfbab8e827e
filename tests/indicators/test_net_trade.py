"""Imports and exports of a group, and what a form without a row of exports means."""

from __future__ import annotations

import pytest

from lodeclaim.indicators.net_trade import net_trade
from lodeclaim.indicators.stock import days_of_net_imports


@pytest.fixture
def flow(say):
    def make(place: str, kind: str, value: float | None, counterparty: str | None = None, **slots: object):
        known = {"predicate": "trade", "kind": kind, "counterparty": counterparty, "form": "hs92-261100"}
        return say(place, value, **(known | {"stage": None, "basis": "gross", "period": "2024"} | slots))

    return make


def test_trade_inside_the_group_is_neither(flow, table):
    frame = table(
        [
            flow("CHN", "export", 100.0, "DEU"),
            flow("AUT", "export", 900.0, "DEU"),
            flow("DEU", "export", 30.0, "USA"),
            flow("CHN", "export", 5.0, "USA"),
        ]
    )
    (found,) = net_trade(frame, "EU27", ("AUT", "DEU"))
    assert (found.material, found.form, found.year) == ("tungsten", "hs92-261100", 2024)
    assert (found.imports.value, found.exports.value) == (100.0, 30.0)
    assert found.imports.basis == "gross" and len(found.imports.claims) == 1


def test_no_flow_in_a_bilateral_table_is_none_but_no_row_in_a_total_is_unknown(flow, table):
    (between,) = net_trade(table([flow("CHN", "export", 100.0, "DEU")]), "DEU")
    assert between.exports.value == 0.0
    (total,) = net_trade(table([flow("USA", "import", 100.0)]), "USA")
    assert total.exports.value is None and "no row" in (total.exports.missing or "")
    stock = between.imports
    days = days_of_net_imports(stock, total.imports, total.exports, year=2024)
    assert days.value is None and days.low == pytest.approx(366)


def test_flows_without_a_quantity_leave_no_upper_bound(flow, table):
    frame = table([flow("CHN", "export", 100.0, "DEU"), flow("VNM", "export", None, "DEU")])
    (found,) = net_trade(frame, "DEU")
    assert (found.imports.value, found.imports.low, found.imports.high) == (100.0, 100.0, None)
    (nothing,) = net_trade(table([flow("VNM", "export", None, "DEU")]), "DEU")
    assert nothing.imports.value is None and nothing.imports.missing


def test_years_and_materials_are_chosen_and_the_latest_is_the_default(flow, table):
    frame = table(
        [
            flow("USA", "import", 1.0, period="2023"),
            flow("USA", "import", 2.0, period="2024"),
            flow("USA", "import", 3.0, period="2023", material="cobalt"),
            flow("USA", "import", 9.0, period="2021/2024"),
        ]
    )
    assert [(one.material, one.year) for one in net_trade(frame, "USA")] == [("cobalt", 2023), ("tungsten", 2024)]
    assert [one.year for one in net_trade(frame, "USA", materials=["tungsten"], years=(2023, 2024))] == [2023, 2024]


def test_gallium_of_the_united_states_has_no_published_exports(bundled):
    found = {one.form: one for one in net_trade(bundled.filter(predicate="trade"), "USA", materials=["gallium"])}
    assert found["metal"].imports.value and found["metal"].exports.value is None

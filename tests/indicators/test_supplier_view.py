from __future__ import annotations

import pytest

from lodeclaim.core.errors import UnknownName
from lodeclaim.indicators.supplier_view import supplier_view, value_kept


def test_a_country_by_stage_with_value_and_customers(table, world, say):
    more = [
        say("KAZ", 1_000.0, stage="processing"),
        say("WLD", 50_000.0, stage="processing"),
        say("USA", 20_000.0, predicate="price", unit="USD/t"),
        say("USA", 30_000.0, predicate="price", unit="USD/t"),
        say("USA", 9_000.0, predicate="price", unit="USD/t", basis="gross"),
        say("EU27", 12.0, predicate="supplier_share", unit="%", counterparty="KAZ", basis=None),
    ]
    found = {one.stage: one for one in supplier_view(table([*world, *more]), "KAZ")}
    mine, plant = found["extraction"], found["processing"]
    assert mine.share.value == pytest.approx(100 * 2.4 / 85) and mine.quantity.value == 2_400
    assert mine.price.value == 25_000 and (mine.price.low, mine.price.high) == (20_000, 30_000)
    assert mine.value.value == pytest.approx(2_400 * 25_000) and mine.value.claims
    assert [(one.place, one.share.value) for one in mine.customers] == [("EU27", 12.0)]
    assert plant.share.value == pytest.approx(2) and plant.value.value is None and "price" in plant.value.missing
    assert value_kept([mine]).value == pytest.approx(100 * 2.4 / 85)
    assert "processing" in value_kept([mine, plant]).missing
    assert value_kept([]).value is None


def test_a_country_that_is_only_a_supplier_is_there_too(table, say):
    share = say("EU27", 62.0, predicate="supplier_share", unit="%", counterparty="KAZ", basis=None, stage="processing")
    (found,) = supplier_view(table([share]), "KAZ")
    assert found.stage == "processing" and found.share.value is None and found.customers[0].share.value == 62


def test_kazakhstan_in_the_bundled_statistics(bundled):
    found = {
        (one.material, one.stage): one for one in supplier_view(bundled, "KAZ", materials=["phosphorus", "titanium"])
    }
    served = {one.place: one.share.value for one in found["phosphorus", "processing"].customers}
    assert served["EU27"] == pytest.approx(62, abs=1)


def test_a_group_is_no_supplying_country(bundled):
    with pytest.raises(UnknownName, match=r"European Union is a group"):
        supplier_view(bundled, "EU27", materials=["tungsten"])

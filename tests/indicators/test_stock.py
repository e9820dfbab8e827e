from __future__ import annotations

import pytest

from lodeclaim.claims.figure import Figure
from lodeclaim.core.errors import BasisError, StatisticsError
from lodeclaim.indicators.net_trade import NetTrade
from lodeclaim.indicators.stock import days_covered, days_of_net_imports


def tonnes(value: float | None, spread: float = 0.0, basis: str = "contained") -> Figure:
    if value is None:
        return Figure.unknown("the stock", unit="t", basis=basis)
    return Figure(value=value, low=value - spread, high=value + spread, unit="t", basis=basis)


def test_days_of_average_daily_net_imports():
    result = days_of_net_imports(tonnes(100), tonnes(3650 + 365), tonnes(365), year=2023)
    assert result.value == pytest.approx(10) and result.unit == "days" and result.period == "2023"
    leap = days_of_net_imports(tonnes(100), tonnes(3660), tonnes(0), year=2024)
    assert leap.value == pytest.approx(10)


def test_intervals_pass_through():
    result = days_of_net_imports(tonnes(100, 10), tonnes(4000, 100), tonnes(350, 50), year=2023)
    assert result.low == pytest.approx(365 * 90 / 3800) and result.high == pytest.approx(365 * 110 / 3500)


def test_an_unknown_stock_is_not_none():
    result = days_of_net_imports(tonnes(None), tonnes(365), tonnes(0), year=2023)
    assert result.value is None and result.missing == "the stock" and result.high is None


def test_a_net_exporter_has_no_benchmark():
    result = days_of_net_imports(tonnes(100), tonnes(10), tonnes(20), year=2023)
    assert result.value is None and "net imports above zero" in result.missing


def test_ore_and_metal_are_not_compared():
    with pytest.raises(BasisError):
        days_of_net_imports(tonnes(100, basis="gross"), tonnes(365), tonnes(0), year=2023)


def test_a_stock_below_zero_is_refused_with_its_number():
    with pytest.raises(StatisticsError, match=r"-5 t.*at least zero"):
        days_of_net_imports(Figure(value=-5, unit="t"), tonnes(10), tonnes(5), year=2024)


def test_each_form_of_trade_stands_alone_in_its_own_basis():
    def flows(basis: str) -> NetTrade:
        return NetTrade(
            material="tungsten", form="concentrate", year=2023, imports=tonnes(730), exports=tonnes(365, basis=basis)
        )

    assert days_covered(10, flows("contained")).value == pytest.approx(10)
    mixed, other = days_covered(10, flows("gross")), days_covered(10, flows("contained"), basis="WO3")
    assert mixed.value is None and "in contained and in gross" in mixed.missing
    assert other.value is None and "WO3" in other.missing
    nothing = days_covered(None, flows("contained"))
    assert nothing.value is None and nothing.missing == "the stock" and nothing.low == 0

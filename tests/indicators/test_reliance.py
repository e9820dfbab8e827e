from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodeclaim.claims.figure import Figure
from lodeclaim.core.errors import BasisError
from lodeclaim.indicators.reliance import (
    eu_import_reliance,
    net_import_reliance,
    supplier_shares,
    supplier_shares_of,
)


def tonnes(value: float | None, basis: str | None = "contained", spread: float = 0.0, claim: str = "c") -> Figure:
    if value is None:
        return Figure.unknown("a quantity that is withheld", unit="t", basis=basis)
    return Figure(value=value, low=value - spread, high=value + spread, unit="t", basis=basis, claims=(claim,))


def test_net_imports_over_apparent_consumption():
    result = net_import_reliance(
        [tonnes(588), tonnes(3330)], [tonnes(24000), tonnes(4920)], [tonnes(2690), tonnes(1570)]
    )
    assert round(result.value) == 86 and result.unit == "%" and result.claims == ("c",)


def test_stocks_that_shrink_are_supply():
    gain = net_import_reliance([tonnes(50)], [tonnes(60)], [tonnes(10)], [tonnes(10)])
    loss = net_import_reliance([tonnes(50)], [tonnes(60)], [tonnes(10)], [tonnes(-10)])
    assert gain.value == pytest.approx(100 * 40 / 90) and loss.value == pytest.approx(100 * 60 / 110)


def test_equal_imports_and_exports_are_no_reliance_whatever_is_made():
    result = net_import_reliance([tonnes(None)], [tonnes(76)], [tonnes(76)])
    assert result.value == 0.0 and not result.missing
    assert net_import_reliance([tonnes(None)], [tonnes(76)], [tonnes(75)]).value is None
    assert net_import_reliance([tonnes(None)], [tonnes(0)], [tonnes(0)]).value is None
    assert net_import_reliance([], [tonnes(76)], [tonnes(76)], consumption=tonnes(None)).value is None


def test_a_net_exporter_is_below_zero_for_one_and_zero_for_the_other():
    assert net_import_reliance([tonnes(50)], [tonnes(10)], [tonnes(30)]).value < 0
    union = eu_import_reliance(tonnes(50), tonnes(10), tonnes(30))
    assert union.value == 0 and (union.low, union.high) == (0, 0)


def test_withheld_is_not_zero():
    result = net_import_reliance([tonnes(None)], [tonnes(60)], [tonnes(10)])
    assert result.value is None and "withheld" in result.missing
    assert (result.low, result.high) == (0, 100)
    exports = eu_import_reliance(tonnes(50), tonnes(50), tonnes(None))
    assert exports.value is None and exports.low == 0 and exports.high == pytest.approx(50)


def test_bases_do_not_mix():
    with pytest.raises(BasisError, match="contained and in gross"):
        net_import_reliance([tonnes(50)], [tonnes(60, "gross")], [])
    assert net_import_reliance([tonnes(0)], [tonnes(60, "gross")], [tonnes(10, "gross")]).value == 100


def test_nothing_used_and_nothing_bought():
    assert net_import_reliance([tonnes(0)], [tonnes(0)], [tonnes(0)]).value == 0
    assert "above zero" in net_import_reliance([tonnes(30)], [tonnes(0)], [tonnes(40)]).missing
    over = net_import_reliance([], [tonnes(60)], [tonnes(10)], consumption=tonnes(0))
    assert over.value is None and "above zero" in over.missing


NUMBER = st.tuples(st.floats(1, 1000), st.floats(0, 0.9)).map(lambda pair: (pair[0] * (1 - pair[1]), pair[0]))


@given(NUMBER, NUMBER, NUMBER, st.data())
def test_the_interval_holds_every_choice(made, bought, sold, data):
    def figure(box: tuple[float, float]) -> Figure:
        return Figure(value=sum(box) / 2, low=box[0], high=box[1], unit="t")

    result = net_import_reliance([figure(made)], [figure(bought)], [figure(sold)])
    production, imports, exports = (data.draw(st.floats(*box)) for box in (made, bought, sold))
    whole = production + imports - exports
    if whole <= 1e-6:
        return
    true = 100 * (imports - exports) / whole
    assert result.low is None or result.low - 1e-6 <= true
    assert result.high is None or true <= result.high + 1e-6
    union = eu_import_reliance(figure(made), figure(bought), figure(sold))
    assert union.low - 1e-6 <= max(0.0, true) <= union.high + 1e-6


@given(st.floats(1, 1e5), st.floats(1, 1e5), st.floats(0, 1e5), st.floats(0, 1e4))
def test_more_imports_never_lower_it_and_more_exports_never_raise_it(made, bought, sold, more):
    base = eu_import_reliance(tonnes(made), tonnes(bought), tonnes(sold))
    if base.value is None or made + bought - sold - more <= 1e-6:
        return
    assert eu_import_reliance(tonnes(made), tonnes(bought + more), tonnes(sold)).value >= base.value - 1e-9
    assert eu_import_reliance(tonnes(made), tonnes(bought), tonnes(sold + more)).value <= base.value + 1e-9


def test_suppliers_without_the_members_of_a_group():
    shares = supplier_shares({"CHN": tonnes(60), "AUT": tonnes(900), "VNM": tonnes(40)}, group=("AUT", "DEU"))
    assert [(one.place, one.figure.value) for one in shares] == [("CHN", 60), ("VNM", 40)]


def test_an_unknown_supplier_widens_the_others():
    shares = {one.place: one.figure for one in supplier_shares({"CHN": tonnes(60), "PRK": tonnes(None)})}
    assert shares["PRK"].value is None and shares["CHN"].low == 0 and shares["CHN"].high == 100


def test_published_suppliers_of_the_bundled_statistics(bundled):
    shares = supplier_shares_of(bundled, "antimony", "USA", stage="processing", form="Sb2O3")
    assert (shares[0].place, shares[0].figure.value) == ("CHN", 66)
    assert shares[0].figure.low == 65.5 and shares[0].figure.claims
    assert supplier_shares_of(bundled, "antimony", "USA", stage="manufacture") == ()


def test_more_sold_abroad_than_made_is_below_zero_without_a_number():
    result = net_import_reliance([tonnes(40)], [tonnes(0)], [tonnes(45)])
    assert result.value is None and "consumption above zero" in result.missing
    assert (result.low, result.high) == (None, 0.0)

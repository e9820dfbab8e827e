from __future__ import annotations

import pytest

from lodeclaim.claims.figure import Figure
from lodeclaim.indicators.criticality_model import EndUse
from lodeclaim.indicators.economic_importance import (
    economic_importance,
    economic_importance_of,
    end_uses_of,
    largest_value_added,
)


def use(share: float | None, added: float, sector: str = "C24") -> EndUse:
    figure = Figure(value=share, low=share, high=share) if share is not None else Figure.unknown("a share", low=0.0)
    return EndUse(application="a use", share=figure, sector=sector, value_added=Figure(value=added))


def test_the_sum_of_the_regulation_on_the_scale_of_ten():
    result = economic_importance("m", [use(60, 100), use(40, 200)], largest=200, substitution=Figure(value=0.9))
    assert result.before_substitution.value == pytest.approx((0.6 * 100 + 0.4 * 200) * 10 / 200)
    assert result.value == pytest.approx(result.before_substitution.value * 0.9)


def test_a_use_without_sector_is_in_the_high_end_only():
    result = economic_importance("m", [use(60, 100), use(40, 0, "")], largest=200, substitution=Figure(value=1.0))
    assert result.value == pytest.approx(3) and result.figure.high == pytest.approx(7)


def test_what_is_unknown_is_said():
    assert economic_importance("m", [], largest=200).value is None
    assert "substitution" in economic_importance("m", [use(100, 100)], largest=200).figure.missing
    lost = economic_importance("m", [use(None, 100)], largest=200, substitution=Figure(value=1.0))
    assert lost.value is None and lost.figure.high == pytest.approx(5)
    with pytest.raises(ValueError, match="above zero"):
        economic_importance("m", [], largest=0)


def test_tungsten_of_the_2023_study(bundled):
    assert largest_value_added() == 204_200
    result = economic_importance_of(bundled, "tungsten")
    assert result.before_substitution.value == pytest.approx(9.16, abs=0.01)
    assert result.value == pytest.approx(8.7)
    assert result.figure.claims


def test_the_published_results_ask_for_a_possible_substitution_index(bundled):
    published = bundled.filter(predicate="economic_importance", period="2023", source="ec-crm-2023")
    checked = 0
    for material, form, value in published.select("material", "form", "value").rows():
        if value is None or not end_uses_of(material, form=form):
            continue
        result = economic_importance_of(bundled, material, form=form)
        assert result.value == pytest.approx(value), material
        checked += 1
    assert checked >= 35

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodeclaim.core.errors import StatisticsError
from lodeclaim.indicators.geopolrisk import COPPER, geopolrisk
from lodeclaim.indicators.geopolrisk_corrected import differences, geopolrisk_corrected

# A small world: 1 and 2 form a union, 3 to 5 lie outside; 5 has no political risk.
PRODUCTION = [("ore", 1, 2024, 10.7, "metr. t"), ("ore", 3, 2024, 60.0, "metr. t"), ("ore", 4, 2024, 30.0, "metr. t")]
TRADE = [
    (2024, 1, 3, 100, 20.0, 40.0),
    (2024, 1, 2, 100, 5.0, 10.0),
    (2024, 2, 4, 101, 3.0, 5.0),
    (2024, 2, 5, 100, 1.0, 5.0),
    (2024, 2, 3, 100, 0.2, None),
]
RISK = [(1, 2024, 0.1), (2, 2024, 0.2), (3, 2024, 0.6), (4, 2024, 0.4)]
REGIONS = {"union": [1, 2], "one": [1], "nobody": [9]}


def tables(production=PRODUCTION, trade=TRADE, risk=RISK, content=(1.0, 1.0)):
    def frame(rows, **schema):
        return pl.DataFrame(rows, schema=schema, orient="row")

    number, whole = pl.Float64, pl.Int64
    return (
        frame(production, material=pl.String, country=whole, year=whole, quantity=number, unit=pl.String),
        frame(trade, year=whole, importer=whole, exporter=whole, code=whole, value=number, quantity=number),
        frame(risk, country=whole, year=whole, risk=number),
        frame([("ore", 100, *content), ("ore", 101, *content)], material=pl.String, code=whole,
              content_low=number, content_high=number),
    )  # fmt: skip


def rows(table):
    return {row["region"]: row for row in table.iter_rows(named=True)}


def test_as_published_by_hand():
    found = rows(geopolrisk(*tables(), REGIONS, [2024]))
    union = found["union"]
    hhi = (10**2 + 60**2 + 30**2) / 100**2  # cut to whole numbers
    risky = 40 * 0.6 + 5 * 0.4 + 5 * 0.5  # the missing quantity counts as none, the missing risk as 0.5
    risk = risky / (40 + 10 + 5 + 5 + 10.7)  # trade inside the union is in the denominator
    price = (20 + 5 + 3 + 1 + 0.2) / 60
    assert union["hhi"] == pytest.approx(hhi, abs=1e-15)
    assert union["import_risk"] == pytest.approx(risk, abs=1e-15)
    assert union["score"] == pytest.approx(hhi * risk, abs=1e-15)
    assert union["factor"] == pytest.approx(hhi * risk * price / COPPER)
    one = found["one"]
    assert one["import_risk"] == pytest.approx((40 * 0.6 + 10 * 0.2) / (50 + 10.7))
    assert found["nobody"]["score"] == 0 and found["nobody"]["price"] == 0


def test_kilograms_are_turned_to_tonnes_for_the_importer():
    kilograms = [(m, c, y, q * 1000, "kg") for m, c, y, q, _ in PRODUCTION]
    published = rows(geopolrisk(*tables(), REGIONS, [2024]))["union"]
    same = rows(geopolrisk(*tables(kilograms), REGIONS, [2024]))["union"]
    assert same["import_risk"] == pytest.approx(published["import_risk"])


def test_corrected_by_hand():
    found = rows(geopolrisk_corrected(*tables(), REGIONS, [2024]))
    union = found["union"]
    assert union["hhi"] == pytest.approx((10.7**2 + 60**2 + 30**2) / 100.7**2)
    assert union["inside"] == 10
    # The unknown risk of 5 holds 1.0 of 24.2 in value, the unknown quantity 0.2: just under the tolerated 5 %.
    assert union["left_out"] == pytest.approx(1.2 / 24.2)
    assert union["import_risk"] == pytest.approx((40 * 0.6 + 5 * 0.4) / (40 + 5 + 10.7))
    assert union["low"] < union["score"] < union["high"]


def test_what_is_not_known_is_not_zero_risk():
    nobody = rows(geopolrisk_corrected(*tables(), REGIONS, [2024]))["nobody"]
    assert nobody["score"] is None and "imports and production of the region" in nobody["missing"]
    assert (nobody["low"], nobody["high"] > 0) == (0, True)
    gone = rows(geopolrisk_corrected(*tables(production=PRODUCTION[:0]), REGIONS, [2024]))["union"]
    assert gone["score"] is None and "production of the world" in gone["missing"]
    dear = [*TRADE[:3], (2024, 2, 5, 100, 9.0, 5.0)]
    much = rows(geopolrisk_corrected(*tables(trade=dear), REGIONS, [2024]))["union"]
    assert much["score"] is None and "political stability" in much["missing"]


def test_a_line_without_content_is_not_counted_as_pure():
    blind = rows(geopolrisk_corrected(*tables(content=(None, None)), REGIONS, [2024]))["union"]
    assert blind["score"] is None and "contents of traded goods" in blind["missing"]
    half = rows(geopolrisk_corrected(*tables(content=(0.4, 0.6)), REGIONS, [2024]))["union"]
    pure = rows(geopolrisk_corrected(*tables(), REGIONS, [2024]))["union"]
    assert half["imports"] == pytest.approx(pure["imports"] / 2) and half["import_risk"] < pure["import_risk"]


def test_differences_name_what_each_mend_changes():
    found = rows(differences(*tables(content=(0.4, 0.6)), REGIONS, [2024]))
    union = found["union"]
    assert union["without_inside"] > union["published"] > union["in_one_basis"]
    assert "10 t traded within the region" in union["why"] and "by content" in union["why"]
    assert "cannot be computed" in found["nobody"]["why"] and found["nobody"]["published"] == 0


def test_errors_name_the_table_and_what_to_do():
    production, trade, risk, basket = tables()
    with pytest.raises(StatisticsError, match="table of trade: the column 'quantity' is missing"):
        geopolrisk(production, trade.drop("quantity"), risk, basket, REGIONS, [2024])
    with pytest.raises(StatisticsError, match="repeat a key, the first is country 1, year 2024"):
        geopolrisk(production, trade, pl.concat([risk, risk.head(1)]), basket, REGIONS, [2024])
    with pytest.raises(StatisticsError, match="no region"):
        geopolrisk(production, trade, risk, basket, {}, [2024])
    spliced = risk.with_columns(vintage=pl.Series(["2023", "2023", "2025", "2025"]))
    with pytest.raises(StatisticsError, match="2 publications: 2023, 2025"):
        geopolrisk_corrected(production, trade, spliced, basket, REGIONS, [2024])


FLOWS = st.lists(
    st.tuples(st.sampled_from([1, 2]), st.sampled_from([3, 4]), st.floats(0.1, 100), st.floats(0.2, 1.0)),
    min_size=1,
    max_size=8,
)


@given(FLOWS, st.randoms(use_true_random=False), st.data())
def test_the_corrected_interval_holds_the_truth_and_order_does_not_matter(flows, random, data):
    content = (0.2, 1.0)
    trade = [(2024, importer, exporter, 100, 1.0, gross) for importer, exporter, gross, _ in flows]
    hidden = data.draw(st.lists(st.booleans(), min_size=len(trade), max_size=len(trade)))
    shown = [(*row[:5], None if away else row[5]) for row, away in zip(trade, hidden, strict=True)]
    risk = {3: 0.6, 4: 0.4}
    held = [(gross * part, risk[exporter]) for _, exporter, gross, part in flows]
    above = sum(mass * g for mass, g in held)
    below = sum(mass for mass, _ in held) + 10.7
    found = rows(geopolrisk_corrected(*tables(trade=shown, content=content), {"union": [1, 2]}, [2024]))["union"]
    assert found["low"] - 1e-9 <= found["hhi"] * above / below <= found["high"] + 1e-9
    random.shuffle(shown)
    again = rows(geopolrisk_corrected(*tables(trade=shown, content=content), {"union": [1, 2]}, [2024]))["union"]
    assert again["high"] == pytest.approx(found["high"]) and again["missing"] == found["missing"]

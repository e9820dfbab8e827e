"""Governance estimates become claims with the code of the World Bank harmonised."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lodeclaim.core.errors import StatisticsError
from lodeclaim.statistics.wgi import read_wgi

Write = Callable[..., Path]


def test_an_estimate(write_wgi: Write) -> None:
    claims, report, _, _ = read_wgi(write_wgi(("ZAR", "Congo, Dem. Rep.", "2022", "pv", "-2.02")))
    (claim,) = claims
    assert (report.rows, report.claims) == (1, 1)
    assert (claim.predicate, claim.kind, claim.place, claim.value) == ("governance", "pv", "COD", -2.02)
    assert (claim.unit, claim.period, claim.locator, claim.material) == ("score", "2022", "row:1", None)
    assert claim.quote == "ZAR | Congo, Dem. Rep. | 2022 | pv | -2.02"


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        (("CHN", "China", "2022", "zz", "0.1"), "row 1: unknown dimension 'zz'"),
        (("QQQ", "Nowhere", "2022", "pv", "0.1"), "row 1: unknown country 'QQQ'"),
        (("CHN", "China", "2022", "pv", ""), "row 1: '' is no estimate"),
        (("CHN", "China", "2022", "pv", "nan"), "row 1: 'nan' is no estimate"),
        (("CHN", "China", "2025", "pv", "62.9"), "row 1: '62.9' is no estimate .*0–100 score"),
    ],
)
def test_what_is_no_estimate_is_refused(write_wgi: Write, cells: tuple[str, ...], message: str) -> None:
    with pytest.raises(StatisticsError, match=message):
        read_wgi(write_wgi(cells))

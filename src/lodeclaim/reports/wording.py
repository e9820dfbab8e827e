"""Numbers, periods and claims in words, the same on the page and in the terminal."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from typing import Any

from lodeclaim.claims.figure import Figure
from lodeclaim.core.errors import UnknownName
from lodeclaim.core.period import Period
from lodeclaim.vocabulary.load import load_vocabulary

__all__ = [
    "amount",
    "basis_words",
    "claimed",
    "described",
    "estimated",
    "name_of",
    "range_words",
    "say",
    "share_words",
    "span_of",
    "when_words",
]

_BOUNDS = {">": "over ", ">=": "at least ", "<": "under ", "<=": "up to ", "~": "about ", "=": "", None: ""}
_ONLY_A_BOUND = "only a bound is stated: "
_MONEY_STEPS = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
#: The unit of an index that runs from 0 to 1.
SCALE = "0–1"


def _digits(value: float, unit: str | None) -> str:
    if value == 0:
        return "0"
    if unit == SCALE:
        return f"{value:.2f}"
    if unit == "%":
        # As stated where it has two decimals at most; computed shares need no more than one.
        if abs(value * 100 - round(value * 100)) < 1e-7:
            return f"{value:,.2f}".rstrip("0").rstrip(".")
        return f"{value:,.1f}"
    size = abs(value)
    if size >= 1000:
        return f"{value:,.0f}"
    return f"{value:,.4g}" if size >= 1 else f"{value:.3g}"


def _scaled(value: float) -> str:
    return f"{value:,.5g}" if abs(value) < 99_999 else f"{value:,.0f}"


def amount(value: float, unit: str | None = None) -> str:
    """Return a number with its unit.

    >>> amount(2400, "t"), amount(1.1e9, "USD"), amount(0.211, "%")
    ('2,400 t', 'USD 1.1 billion', '0.211 %')
    """
    if unit and unit[:3].isupper() and len(unit.partition("/")[0]) == 3:
        currency, _, per = unit.partition("/")
        for step, word in _MONEY_STEPS:
            if abs(value) >= step:
                return f"{currency} {_scaled(value / step)} {word}{f' per {per}' if per else ''}"
        return f"{currency} {_digits(value, None)}{f' per {per}' if per else ''}"
    if unit == "t" and abs(value) >= 1e6:
        return f"{_scaled(value / 1e6)} million t"
    if unit == "%" and 0 < abs(value) < 1:
        return f"{value:.3g} %"
    words = _digits(value, unit)
    return words if unit in (None, "score", "count", SCALE) else f"{words} {unit}"


def _bound_words(figure: Figure) -> str | None:
    """The bound, where nothing but a bound is known."""
    for reason in figure.reasons:
        if reason.startswith(_ONLY_A_BOUND):
            sign = reason.removeprefix(_ONLY_A_BOUND).partition(" ")[0]
            return _BOUNDS.get(sign, "")
    return None


def say(figure: Figure) -> str:
    """Return the value in words, or what is missing for it.

    >>> say(Figure(value=78.8213, unit="%")), say(Figure.unknown("a world total"))
    ('78.8 %', 'cannot be computed: missing a world total')
    """
    if figure.value is None:
        missing = figure.missing or "claims"
        if missing.startswith("no number is published"):
            return missing.partition("(")[2].rstrip(")").replace("-", " ") or "not published"
        if missing.startswith(("withheld", "not ")):
            return missing
        return f"cannot be computed: missing {missing.removeprefix('missing ')}"
    bound = _bound_words(figure)
    return f"{bound or ''}{amount(figure.value, figure.unit)}"


def share_words(figure: Figure) -> tuple[str, str]:
    """Return a share with one decimal and its interval, for columns that are read downwards.

    >>> share_words(Figure(value=2.0, low=1.94, high=2.06, unit="%"))
    ('2.0 %', '1.9–2.1')
    """
    if figure.value is None:
        return ("unknown" if figure.missing else "–"), ""
    if figure.unit != "%":
        return say(figure), range_words(figure)
    words = "< 0.1 %" if 0 < figure.value < 0.05 else f"{figure.value:.1f} %"
    if (bound := _bound_words(figure)) is not None:
        return words if words.startswith("<") else f"{bound}{words.replace('.0 %', ' %')}", ""
    if figure.low is None or figure.high is None:
        return words, range_words(figure)
    low, high = f"{figure.low:.1f}", f"{figure.high:.1f}"
    return words, "" if low == high else f"{low}–{high}"


def estimated(figure: Figure) -> bool:
    """Tell whether the source itself calls the value an estimate."""
    return any(reason.startswith("the source calls it an estimate") for reason in figure.reasons)


def range_words(figure: Figure) -> str:
    """Return the interval as ``76.9–80.7``, or nothing where it says no more than the value.

    >>> range_words(Figure(value=78.8, low=76.9, high=80.7, unit="%"))
    '76.9–80.7'
    """
    value, low, high = figure.value, figure.low, figure.high
    if value is None or _bound_words(figure) is not None:
        return ""
    unit = figure.unit
    if low is None and high is None:
        return ""
    if low is None:
        return f"at most {amount(high, unit)}" if high is not None and high != value else ""
    if high is None:
        return f"at least {amount(low, unit)}" if low != value else ""
    low_words, high_words = _digits(low, unit), _digits(high, unit)
    if unit == "t" and abs(high) >= 1e6:
        low_words, high_words = _scaled(low / 1e6), f"{_scaled(high / 1e6)} million"
    if unit and len(unit) == 3 and unit.isupper() and abs(high) >= 1e6:
        step, word = next(pair for pair in _MONEY_STEPS if abs(high) >= pair[0])
        low_words, high_words = _scaled(low / step), f"{_scaled(high / step)} {word}"
    return "" if low_words == high_words else f"{low_words}–{high_words}"


def claimed(row: Mapping[str, Any]) -> str:
    """Return what a claim states as its value: ``about 3–4 %``, ``up to 20 million t``, or its flags."""
    value = row["value"]
    if value is None:
        flags = row["flags"] or ""
        return (flags if isinstance(flags, str) else " ".join(flags)).replace("-", " ")
    sign = _BOUNDS.get(row["comparator"], "")
    if row["value_max"] is not None and row["value_max"] != value:
        figure = Figure(value=value, low=value, high=row["value_max"], unit=row["unit"])
        tail = amount(row["value_max"], row["unit"])
        if tail.endswith(("million t", "billion", "million")) or not tail[:1].isdigit():
            return f"{sign}{amount(value, row['unit'])} to {tail}"
        return f"{sign}{_digits(figure.value or 0, row['unit'])}–{tail}"
    return f"{sign}{amount(value, row['unit'])}"


def name_of(entity: str) -> str:
    """Return the English name of an entity, or its words where the vocabulary lacks it."""
    try:
        return load_vocabulary().name(entity)
    except UnknownName:
        return entity


def basis_words(basis: str | None, material: str | None = None) -> str:
    """Return a basis in words: contained metal, gross weight, the compound, or that none is stated."""
    if basis is None:
        return "basis not stated"
    if basis == "contained":
        return "contained element"
    if basis == "gross":
        return "gross weight"
    known = load_vocabulary().materials.get(material or "")
    form = next((one for one in known.forms if one.id == basis), None) if known else None
    return f"{form.name} ({basis})" if form and form.name != basis else basis


def span_of(period: str | None) -> tuple[str | None, str | None]:
    """Return first and last day of an EDTF period as ISO dates; None on an open side or where there is none."""
    if not period:
        return None, None
    try:
        parsed = Period.parse(period)
    except ValueError:
        return None, None
    return (
        parsed.start.isoformat() if parsed.start else None,
        parsed.end.isoformat() if parsed.end else None,
    )


def when_words(period: str | None) -> str:
    """Return an EDTF period as people write it.

    >>> when_words("2025-11"), when_words("../2029"), when_words(None)
    ('Nov 2025', 'by 2029', 'undated')
    """
    if not period or period == "undated":
        return "undated"
    if period.startswith(("../", "/")):
        return f"by {when_words(period.partition('/')[2])}"
    if period.endswith(("/..", "/")):
        return f"from {when_words(period.partition('/')[0])}"
    if "/" in period:
        first, _, last = period.partition("/")
        return f"{when_words(first)}–{when_words(last)}"
    parts = period.split("-")
    if len(parts) == 2 and parts[1].isdigit():
        number = int(parts[1])
        if 1 <= number <= 12:
            return f"{calendar.month_abbr[number]} {parts[0]}"
        named = {33: "Q1", 34: "Q2", 35: "Q3", 36: "Q4", 40: "first half", 41: "second half"}
        named |= {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
        return f"{named.get(number, parts[1])} {parts[0]}"
    if len(parts) == 3 and parts[1].isdigit() and 1 <= int(parts[1]) <= 12:
        return f"{int(parts[2])} {calendar.month_abbr[int(parts[1])]} {parts[0]}"
    return f"{period[:3]}0s" if period.endswith("X") else period


def described(row: Mapping[str, Any], *, with_value: bool = True, with_material: bool = True) -> str:
    """Return a claim in one line: who or where, what, how much, when.

    >>> base = dict.fromkeys(("form", "site", "actor", "counterparty", "kind", "value_max", "basis", "instrument"))
    >>> described(base | {"predicate": "production", "material": "tungsten", "stage": "extraction", "place": "KAZ",
    ...     "value": 2400.0, "unit": "t", "comparator": "=", "period": "2025", "modality": "estimated", "flags": None})
    'Kazakhstan: production of tungsten, extraction: 2,400 t (2025, estimated)'
    """
    predicate = load_vocabulary().predicates.get(row["predicate"])
    what = predicate.name if predicate else row["predicate"].replace("_", " ")
    if row["kind"]:
        what += f" ({row['kind'].replace('-', ' ')})" if row["kind"] != row["predicate"] else ""
    if with_material and row["material"]:
        what += f" of {name_of(row['material'])}"
    form = row["form"] if row["form"] and row["form"] != row["basis"] else None
    basis = (
        basis_words(row["basis"], row["material"]) if row["basis"] and row["unit"] in ("t", "t/yr", "t/day") else None
    )
    extras = [part.replace("-", " ") for part in (row["stage"], form) if part]
    extras += [part for part in (row["instrument"], basis) if part]
    subject = " · ".join(dict.fromkeys(name_of(part) for part in (row["actor"], row["site"], row["place"]) if part))
    if row["counterparty"]:
        subject = f"{subject} ← {name_of(row['counterparty'])}" if subject else name_of(row["counterparty"])
    value = claimed(row) if with_value else ""
    time = [when_words(row["period"])] if row["period"] else []
    time += [row["modality"]] if row["modality"] != "actual" else []
    text = ", ".join([what, *extras])
    text = f"{subject}: {text}" if subject else text[:1].upper() + text[1:]
    text += f": {value}" if value else ""
    return f"{text} ({', '.join(time)})" if time else text

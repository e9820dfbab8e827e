"""Signs of money at a number: symbols, codes and their scales, before it and behind it."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from lodeclaim.reading.number_words import NumberWords

__all__ = ["MoneySign", "ends_in_code", "minor_part", "sign_after", "sign_before"]


class MoneySign(NamedTuple):
    """A currency at ``start:end``; ``scale`` is what the sign itself says of the amount, as in "MSEK"."""

    currency: str
    start: int
    end: int
    scale: float = 1.0


#: Letters that say whose dollar it is, before or behind the sign.
_DOLLARS: Final = {
    "us": "USD",
    "u.s": "USD",
    "u.s.": "USD",
    "a": "AUD",
    "au": "AUD",
    "c": "CAD",
    "ca": "CAD",
    "can": "CAD",
    "nz": "NZD",
    "hk": "HKD",
    "s": "SGD",
    "sg": "SGD",
    "nt": "TWD",
    "mx": "MXN",
    "mex": "MXN",
    "r": "BRL",
    "br": "BRL",
    "u": "USD",
}
_SIGNS: Final = {
    "€": "EUR",
    "£": "GBP",
    "¥": "CNY",
    "元": "CNY",
    "₸": "KZT",
    "₽": "RUB",
    "₹": "INR",
    "₩": "KRW",
    "₾": "GEL",
    "₺": "TRY",
    "₴": "UAH",
    "₫": "VND",
    "₱": "PHP",
    "₦": "NGN",
    "₪": "ILS",
    "₮": "MNT",
    "฿": "THB",
    "zł": "PLN",
    "Kč": "CZK",
    "RM": "MYR",
    "RMB": "CNY",
    "Rs": "INR",
    "Rs.": "INR",
}
_CODES: Final = frozenset(
    [
        "AED",
        "ARS",
        "AUD",
        "AZN",
        "BRL",
        "BWP",
        "CAD",
        "CDF",
        "CHF",
        "CLP",
        "CNY",
        "COP",
        "CZK",
        "DKK",
        "EGP",
        "EUR",
        "GBP",
        "GEL",
        "GHS",
        "HKD",
        "HUF",
        "IDR",
        "ILS",
        "INR",
        "ISK",
        "JPY",
        "KES",
        "KGS",
        "KRW",
        "KZT",
        "LAK",
        "LKR",
        "MAD",
        "MGA",
        "MMK",
        "MNT",
        "MXN",
        "MYR",
        "MZN",
        "NAD",
        "NGN",
        "NOK",
        "NZD",
        "PEN",
        "PHP",
        "PKR",
        "PLN",
        "QAR",
        "RON",
        "RSD",
        "RUB",
        "SAR",
        "SEK",
        "SGD",
        "THB",
        "TJS",
        "TMT",
        "TRY",
        "TWD",
        "TZS",
        "UAH",
        "UGX",
        "USD",
        "UZS",
        "VND",
        "ZAR",
        "ZMW",
    ]
)
#: Nordic and Dutch trade news: MSEK, TEUR, BNOK; English: USDm, EURbn.
_LEADING: Final = {"M": 1e6, "T": 1e3, "K": 1e3, "k": 1e3, "m": 1e6, "B": 1e9, "bn": 1e9, "mn": 1e6, "Md": 1e9}
_letters = "|".join(sorted((re.escape(word) for word in _DOLLARS if len(word) > 1), key=len, reverse=True))
#: A single letter belongs to the sign where it is glued to it, or a capital apart from the article: "C $", not "a $".
_letter = r"(?:(?i:[{}])|(?<!['’])[{}]\s)".format(
    "".join(word for word in _DOLLARS if len(word) == 1),
    "".join(word.upper() for word in _DOLLARS if len(word) == 1 and word != "a"),
)
_signs = "|".join(sorted((re.escape(sign) for sign in _SIGNS), key=len, reverse=True))
_leads = "|".join(sorted(_LEADING, key=len, reverse=True))
_codes = "|".join(sorted(_CODES))
_whose = rf"(?P<whose>(?i:{_letters}|{_codes})\s?|{_letter})\$"
_BEFORE: Final = re.compile(
    rf"(?:(?<![^\W\d_]){_whose}|\$(?P<after>US|A|C|NZ|HK|CAD|USD|AUD)|(?P<dollar>(?<!\w)U\$[DS]|\$)"
    rf"|(?P<sign>(?<![^\W\d_])(?:{_signs}))|(?<![^\W\d_])(?P<lead>{_leads})?(?P<code>{_codes}))[ \u00a0\u202f]?$"
)
_AFTER: Final = re.compile(
    rf"[ \u00a0\u202f]?(?:(?:{_whose}"
    rf"|\$\s?(?i:(?P<after>US|A|C|NZ|HK|CAD|USD|AUD))(?![^\W\d_])|(?P<dollar>\$)"
    rf"|(?P<sign>{_signs})|(?P<lead>{_leads})?(?P<code>{_codes})\$?)(?![^\W\d_]))"
)
_CODE: Final = re.compile(rf"(?<![^\W_])(?:{_leads})?(?:{_codes}|RMB?|Rs)$")
_SIGN_ENDS: Final = frozenset("$.") | {sign[-1] for sign in _SIGNS}
_SIGN_STARTS: Final = frozenset("$") | {sign[0] for sign in _SIGNS}
_CLOSED: Final = re.compile(r"[.!?]?\s*$|[.!?;]\s")
#: The longest sign and its spaces.
_REACH: Final = 10
_CODE_REACH: Final = 5


def sign_before(text: str, position: int) -> MoneySign | None:
    """Return the sign of money right before the number at the position: "US$", "C $", "EUR", "MSEK "."""
    last = text[position - 1 : position] if position else ""
    if last and last in " \u00a0\u202f":
        last = text[position - 2 : position - 1]
    if not (last.isupper() or last in _SIGN_ENDS):
        return None
    begin = max(0, position - _REACH)
    match = _BEFORE.search(text[begin:position])
    return _sign(match, begin) if match else None


def sign_after(text: str, position: int) -> MoneySign | None:
    """Return the sign of money right behind a number or its scale that ends at the position: " €", "USD", " MEUR"."""
    first = text[position : position + 1]
    if first and first in " \u00a0\u202f":
        position += 1
        first = text[position : position + 1]
    if not (
        first.isupper() or first in _SIGN_STARTS or (first.islower() and text[position + 1 : position + 2].isupper())
    ):
        return None
    match = _AFTER.match(text, position, position + _REACH + 1)
    return _sign(match, 0) if match else None


def ends_in_code(text: str, position: int) -> bool:
    """Tell whether digits at the position stand right behind a currency code, and not behind part of a name."""
    return _CODE.search(text, max(0, position - _CODE_REACH), position) is not None


def minor_part(text: str, position: int, words: NumberWords) -> tuple[float, int] | None:
    """Return the hundredths named behind an amount that ends at the position, as a fraction, and where they end.

    "two euros and fifty cents", "2 kroner 23 øre"; without their unit only two digits at the end of a sentence.
    """
    if words.minor is None:
        return None
    joint = words.minor_joint.match(text, position)
    if joint is None:
        return None
    at = joint.end()
    number = words.number_at(text, at)
    named = words.minor.search(text, at, at + 40) if number is not None and number.value >= 100 else None
    if named is not None and (number := words.number_at(text[at : named.start()], 0)) is not None:
        # "quinze cents" could be hundreds
        number = number.moved(number.start + at, number.end + at)
    if number is None or not 0 < number.value < 100 or number.value != int(number.value):
        return None
    unit = words.minor.match(text, number.end)
    if unit is not None:
        return number.value / 100, unit.end()
    # "15 dollars 50." is told from "15 dollars 50 times" by where it ends
    bare = number.end - number.start == 2 and text[number.start].isdigit() and _CLOSED.match(text, number.end)
    return (number.value / 100, number.end) if bare else None


def _sign(match: re.Match[str], offset: int) -> MoneySign:
    groups = match.groupdict()
    whose, after = groups["whose"], groups["after"]
    if whose or after:
        letters = (whose or after or "").strip().lower()
        currency = _DOLLARS.get(letters, letters.upper())
    elif groups["sign"]:
        currency = _SIGNS[groups["sign"]]
    else:
        currency = groups["code"] or "USD"
    scale = _LEADING[groups["lead"]] if groups["lead"] else 1.0
    return MoneySign(currency, match.start() + offset, match.end() + offset, scale)

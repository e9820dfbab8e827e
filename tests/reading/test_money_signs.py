from __future__ import annotations

import pytest

from lodeclaim.reading.money_signs import ends_in_code, minor_part, sign_after, sign_before
from lodeclaim.reading.number_words import load_number_words


@pytest.mark.parametrize(
    ("before", "currency", "scale"),
    [
        ("$", "USD", 1),
        ("US$ ", "USD", 1),
        ("u.s. $ ", "USD", 1),
        ("C $ ", "CAD", 1),
        ("aud$ ", "AUD", 1),
        ("$A", "AUD", 1),
        ("€", "EUR", 1),
        ("₸ ", "KZT", 1),
        ("RM", "MYR", 1),
        ("SEK ", "SEK", 1),
        ("MSEK ", "SEK", 1e6),
    ],
)
def test_signs_before_a_number(before: str, currency: str, scale: float) -> None:
    text = f"about {before}30"
    sign = sign_before(text, len(text) - 2)
    assert sign is not None
    assert (sign.currency, sign.scale, text[sign.start : sign.end]) == (currency, scale, before)


@pytest.mark.parametrize(
    ("after", "currency", "scale"),
    [
        (" €", "EUR", 1),
        ("$", "USD", 1),
        (" US$", "USD", 1),
        (" NOK", "NOK", 1),
        ("USD", "USD", 1),
        (" MEUR", "EUR", 1e6),
        (" TSEK", "SEK", 1e3),
        (" zł", "PLN", 1),
    ],
)
def test_signs_behind_a_number(after: str, currency: str, scale: float) -> None:
    sign = sign_after(f"30{after}, more", 2)
    assert sign is not None
    assert (sign.currency, sign.scale) == (currency, scale)


@pytest.mark.parametrize("text", ["30 EURO", "30 t", "30 Sekunden", "30 MUSDX", "30", "30 PLANTS"])
def test_words_are_no_signs(text: str) -> None:
    assert sign_after(text, 2) is None


@pytest.mark.parametrize("before", ["", "a ", "PLUS ", "HS", "XEUR", "word. "])
def test_what_stands_before_is_no_sign(before: str) -> None:
    assert sign_before(f"{before}30", len(before)) is None


def test_codes_open_a_number_where_names_do_not() -> None:
    text = "USD115, MEUR20, ISO9001, HS8101, XUSD5"
    behind = [at for at in range(1, len(text)) if text[at].isdigit() and text[at - 1].isalpha()]
    assert [text[at - 3 : at] for at in behind if ends_in_code(text, at)] == ["USD", "EUR"]


@pytest.mark.parametrize(
    ("code", "text", "part"),
    [
        ("en", "two dollars| and fifty cents", 0.5),
        ("en", "15 dollars| 25.", 0.25),
        ("en", "15 dollars| 25 times", None),
        ("en", "15 dollars| and 2 tonnes", None),
        ("nb", "to kroner| og 23 øre", 0.23),
        ("de", "drei Euro| und fünfundvierzig Cent", 0.45),
        ("es", "tres euros| con cuarenta céntimos", 0.4),
    ],
)
def test_hundredths_belong_to_the_amount(code: str, text: str, part: float | None) -> None:
    position = text.index("|")
    found = minor_part(text.replace("|", ""), position, load_number_words(code))
    assert (found[0] if found else None) == part

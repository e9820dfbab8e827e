"""Bytes become text with evidence, or an error that says what they look like."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodeclaim.core.errors import DocumentUnreadable
from lodeclaim.documents.encoding import declared_charset, decode
from lodeclaim.documents.kind import foreign_format, kind_of

SWEDISH = "Fyndigheten på upp emot 20 miljoner ton är avgörande för försörjningen av sällsynta jordartsmetaller. " * 3
POLISH = "Złoża wolframu są źródłem metalu, który ma być wydobywany już w przyszłym roku według spółki. " * 3
RUSSIAN = "Казахстан обладает крупнейшими запасами вольфрама и намерен увеличить добычу в ближайшие годы. " * 3


@pytest.mark.parametrize("text", ["Plain.\r\nTwo\rThree\n", "  å\n\n ", "\ufeffwith mark", "\u2028 WO₃ \x0c\x1b end"])
def test_utf8_is_decoded_to_the_letter(text: str) -> None:
    assert decode(text.encode(), where="x").text == text


def test_a_byte_order_mark_stays_and_is_noted() -> None:
    got = decode(codecs.BOM_UTF8 + b"Tungsten", where="x")
    assert got.text == "\ufeffTungsten"
    assert "byte order mark" in got.notes[0]


@pytest.mark.parametrize("name", ["utf-16", "utf-32"])
def test_marked_utf16_and_utf32(name: str) -> None:
    got = decode(SWEDISH.encode(name), where="x")
    assert (got.text, got.encoding) == (SWEDISH, name)


@pytest.mark.parametrize("name", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [SWEDISH, RUSSIAN])
def test_utf16_without_a_mark_is_recognised(name: str, text: str) -> None:
    got = decode(text.encode(name), where="x")
    assert (got.text, got.encoding) == (text, name)
    assert "no byte order mark" in got.notes[0]


def test_utf16_cut_in_the_middle_of_a_character() -> None:
    got = decode(SWEDISH.encode("utf-16")[:-1], where="x")
    assert got.text == SWEDISH[:-1] + "\ufffd"
    assert "1 place(s)" in got.notes[0]


def test_windows_1252_is_recognised() -> None:
    text = SWEDISH + "“Quoted” – 5 € for 3 m²"
    got = decode(text.encode("cp1252"), where="x")
    assert (got.text, got.encoding) == (text, "cp1252")
    assert "not UTF-8" in got.notes[0]


@pytest.mark.parametrize(("text", "name"), [(POLISH, "cp1250"), (RUSSIAN, "cp1251"), (RUSSIAN, "koi8_r")])
def test_other_legacy_encodings_are_recognised(text: str, name: str) -> None:
    assert decode(text.encode(name), where="x").text == text


def test_a_declared_charset_goes_before_guessing() -> None:
    got = decode(POLISH.encode("iso8859-2"), where="x", charset="ISO-8859-2")
    assert (got.text, got.encoding) == (POLISH, "iso8859-2")


def test_a_declared_charset_that_does_not_fit_does_no_harm() -> None:
    assert decode(SWEDISH.encode("cp1252"), where="x", charset="shift_jis").text.startswith("Fyndigheten p")
    assert decode(SWEDISH.encode("cp1252"), where="x", charset="no-such-charset").text == SWEDISH
    assert decode(SWEDISH.encode("cp1252"), where="x", charset="hex").text == SWEDISH


def test_damaged_utf8_keeps_every_character() -> None:
    data = SWEDISH.encode() + b"a \x93quoted\x94 word " + SWEDISH.encode()
    got = decode(data, where="x")
    assert got.text == SWEDISH + "a “quoted” word " + SWEDISH
    assert f"2 byte(s) read as Windows-1252, the first at byte {len(SWEDISH.encode()) + 2}" in got.notes[0]
    assert len(got.notes) == 1


def test_what_cannot_be_read_is_counted() -> None:
    head = SWEDISH.encode()
    got = decode(head + b"\x81 and \x8d", where="x")
    assert got.text.count("\ufffd") == 2
    assert f"2 byte(s) could not be read and became U+FFFD, the first at byte {len(head)}" in got.notes[1]


def test_utf8_cut_inside_a_character() -> None:
    got = decode(("å" * 50).encode()[:-1], where="x")
    assert got.text == "å" * 49 + "\ufffd"


@pytest.mark.parametrize("data", [b"", b" \r\n\t", "\ufeff \n".encode(), "\u200b".encode(), codecs.BOM_UTF16_LE])
def test_empty_files_are_refused(data: bytes) -> None:
    with pytest.raises(DocumentUnreadable, match="x: is empty"):
        decode(data, where="x")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "PNG picture"),
        (b"\x7fELF" + bytes(50), "program"),
        (b"PK\x03\x04" + bytes(26) + b"word/document.xml", "Word document"),
        (b"PK\x03\x04" + bytes(26) + b"xl/workbook.xml", "Excel workbook"),
        (b"PK\x03\x04" + bytes(26) + b"readme", "ZIP archive"),
        (b"{\\rtf1\\ansi", "rich-text"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"GIF89a\x01\x00\x01\x00", "GIF picture"),
        (bytes(range(256)) * 4, "NUL bytes"),
        (b"ab\x01\x02\x03\x04" * 9, "control characters"),
    ],
)
def test_binary_files_are_named(data: bytes, what: str) -> None:
    with pytest.raises(DocumentUnreadable, match=what) as caught:
        decode(data, where="x")
    assert caught.value.remedy


def test_a_stray_nul_in_a_long_text_is_only_noted() -> None:
    text = SWEDISH * 10 + "\x00" + SWEDISH
    got = decode(text.encode(), where="x")
    assert got.text == text
    assert got.notes == ("holds NUL characters (1)",)


@pytest.mark.parametrize("text", ["ID3 tags name a song.", "GIF89a is a format.", "PAR1 is a code.", "A %PDF-1.7 file"])
def test_a_sentence_about_a_format_is_text(text: str) -> None:
    assert decode(text.encode(), where="x").text == text
    assert kind_of(text.encode()) == "text/plain"


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"], exclude_characters="\ufffd"), min_size=1))
def test_any_proper_text_comes_back(text: str) -> None:
    data = text.encode()
    try:
        got = decode(data, where="x")
    except DocumentUnreadable as error:
        assert "is empty" in error.what or foreign_format(data)
        assert foreign_format(data) or not text.strip().strip("\ufeff\u200b").strip()
    else:
        assert got.text == data.decode()


@given(st.binary(max_size=300))
@settings(max_examples=300)
def test_any_bytes_give_text_or_a_document_error(data: bytes) -> None:
    try:
        got = decode(data, where="x")
    except DocumentUnreadable as error:
        assert error.where == "x"
        assert error.remedy
    else:
        assert got.text.encode()  # no lone surrogates


def test_declared_charsets_are_found() -> None:
    assert declared_charset(b'<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">') == "koi8-r"
    assert declared_charset(b'<?xml version="1.0" encoding="UTF-8"?><html>') == "utf-8"
    assert declared_charset(b"<meta charset=nonsense-9>") is None
    assert declared_charset(b"<p>none</p>") is None


@pytest.mark.parametrize(
    ("data", "name", "declared", "kind"),
    [
        (b"%PDF-1.7", "a.txt", None, "application/pdf"),
        (b"\n%PDF-1.7", "", None, "application/pdf"),
        (b"  <!DOCTYPE html><p>", "a.txt", None, "text/html"),
        (b"<!-- saved -->\n<html lang=de>", "a.txt", None, "text/html"),
        (b"<?xml version='1.0'?><html xmlns='x'>", "a", None, "text/html"),
        ("<!doctype html>".encode("utf-16"), "a.txt", None, "text/html"),
        (b"<p>Fragment", "a.HTML", None, "text/html"),
        (b"<p>Fragment", "a", "text/html", "text/html"),
        (b"Words", "a.html", "text/plain", "text/plain"),
        (b"Words <html>", "a.md", None, "text/plain"),
    ],
)
def test_kinds(data: bytes, name: str, declared: str | None, kind: str) -> None:
    assert kind_of(data, name=name, declared=declared) == kind

"""PDFs give their text, or say why there is none."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodeclaim.core.errors import DocumentUnreadable
from lodeclaim.documents import pdf
from lodeclaim.documents.load import load_document
from lodeclaim.documents.pdf import join_lines, read_pdf

TEXT = (
    "The country holds large reserves of tungsten, and a mine in the north will open within three years, said the "
    "firm on Monday. The deposit holds 0.8 million tonnes of ore with a grade of 0.2 percent, according to it."
)


def _pdf(*pages: str, password: str | None = None, owner: str = "owner", title: str | None = None) -> bytes:
    from fpdf import FPDF

    document = FPDF()
    document.set_font("helvetica", size=12)
    if title:
        document.set_title(title)
    for page in pages:
        document.add_page()
        if page:
            document.multi_cell(0, 6, page)
        else:
            document.rect(20, 20, 60, 60)
    if password is not None:
        document.set_encryption(owner_password=owner, user_password=password)
    return bytes(document.output())


def test_text_is_joined_to_paragraphs() -> None:
    got = read_pdf(_pdf(TEXT, "Second page of the report."), where="x")
    assert got.text == f"{TEXT}\n\nSecond page of the report."
    assert got.media_type == "application/pdf"
    assert "joined" in got.notes[0]


def test_a_pdf_as_document(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(_pdf(f"Astana, 27 June 2025 - {TEXT}", title="A new mine in the north"))
    document = load_document(str(path))
    assert (document.title, document.language, document.encoding) == ("A new mine in the north", "en", None)
    assert document.published == "2025-06-27"


def test_a_file_name_as_title_is_left_aside() -> None:
    assert read_pdf(_pdf(TEXT, title="Microsoft Word - final draft.docx"), where="x").title is None


def test_scans_are_told() -> None:
    with pytest.raises(DocumentUnreadable, match=r"x: is a PDF without a text layer \(2 pages\).*OCR"):
        read_pdf(_pdf("", ""), where="x")


def test_single_pages_without_text_are_noted() -> None:
    assert any(note.startswith("1 of 2 pages hold no text") for note in read_pdf(_pdf(TEXT, ""), where="x").notes)


def test_a_password_is_told() -> None:
    with pytest.raises(DocumentUnreadable, match="asks for a password"):
        read_pdf(_pdf(TEXT, password="secret"), where="x")


def test_a_pdf_that_is_only_barred_from_printing_is_read() -> None:
    assert read_pdf(_pdf(TEXT, password=""), where="x").text == TEXT


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6])
def test_truncated_pdfs_are_told(share: float) -> None:
    data = _pdf(TEXT)
    with pytest.raises(DocumentUnreadable, match="cut off or damaged"):
        read_pdf(data[: int(share * len(data))], where="x")


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_PAGES", 1)
    with pytest.raises(DocumentUnreadable, match="PDF of 2 pages; at most 1"):
        read_pdf(_pdf(TEXT, TEXT), where="x")
    monkeypatch.setattr(pdf, "MAX_PAGES", 9)
    monkeypatch.setattr(pdf, "_MAX_CHARACTERS", 100)
    with pytest.raises(DocumentUnreadable, match="more than 100 characters by page 1"):
        read_pdf(_pdf(TEXT), where="x")


def test_nothing_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    # A wrong offset of the cross-reference table makes pypdf rebuild it, with remarks.
    data = re.sub(rb"startxref\n\d+", b"startxref\n17", _pdf(TEXT))
    assert read_pdf(data, where="x").text == TEXT
    assert caplog.records == []


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_damaged_pdfs_never_break_the_reader(data: st.DataObject) -> None:
    whole = bytearray(_SAMPLE())
    for _ in range(data.draw(st.integers(1, 20))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        assert read_pdf(bytes(whole), where="x").text
    except DocumentUnreadable as error:
        assert error.remedy


_CACHE: list[bytes] = []


def _SAMPLE() -> bytes:
    if not _CACHE:
        _CACHE.append(_pdf(TEXT, TEXT))
    return _CACHE[0]


@pytest.mark.parametrize(
    ("page", "joined"),
    [
        ("Tungsten is mined in a great num-\nber of countries.", "Tungsten is mined in a great number of countries."),
        ("Das ist eine Wolfram-\nMine im Norden des Landes.", "Das ist eine Wolfram-Mine im Norden des Landes."),
        ("Im Norden liegt eine Kupfer-\nund Goldmine am Fluss.", "Im Norden liegt eine Kupfer- und Goldmine am Fluss."),
        ("A long-term plan is a long-\nterm plan for the mine.", "A long-term plan is a long-term plan for the mine."),
        ("Heading\nThe first line of the paragraph runs\nover to the next one.",
         "Heading\nThe first line of the paragraph runs over to the next one."),
        ("The first paragraph is on this long line.\n\nThe second paragraph is on this one.",
         "The first paragraph is on this long line.\n\nThe second paragraph is on this one."),
        ("These are the things that we still need:\n- tungsten from the mine\n- lithium from the mine",
         "These are the things that we still need:\n- tungsten from the mine\n- lithium from the mine"),
        ("Production in tonnes by country\n2021 2022 2023 2024 2025 2026\n1,200 1,300 1,400 1,500 1,600",
         "Production in tonnes by country\n2021 2022 2023 2024 2025 2026\n1,200 1,300 1,400 1,500 1,600"),
    ],
)  # fmt: skip
def test_joining_lines(page: str, joined: str) -> None:
    assert join_lines([page]) == joined


@given(st.lists(st.text(max_size=200), max_size=4))
def test_joining_keeps_every_letter_and_digit(pages: list[str]) -> None:
    def letters(text: str) -> str:
        return "".join(char for char in text if char.isalnum())

    assert letters(join_lines(pages)) == letters("".join(pages))


def test_the_sample_is_a_pdf() -> None:
    assert io.BytesIO(_SAMPLE()).read(5) == b"%PDF-"

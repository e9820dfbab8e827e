"""What does a PDF say?"""

from __future__ import annotations

import io
import logging
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from lodeclaim.core.errors import DocumentUnreadable
from lodeclaim.documents.model import Text

__all__ = ["MAX_PAGES", "join_lines", "read_pdf"]

#: Longer PDFs are yearbooks in one file or built to exhaust memory.
MAX_PAGES = 3000
_MAX_CHARACTERS = 100_000_000
#: A line at least this share of the page's usual width runs on in the next one.
_FULL = 0.75
_HYPHENATED = re.compile(r"[^\W\d_]{2,}(-|\u00ad|\u2010)$")
#: After these words a hyphen at a line end stands for a part left out: "Kupfer- und Goldmine".
_CONJUNCTIONS = frozenset({
    "and", "or", "und", "oder", "bzw", "sowie", "och", "eller", "og", "et", "ou", "y", "o", "e", "en", "of", "и", "или",
})  # fmt: skip
_LIST_ITEM = re.compile(r"\s*(?:[-–—•·▪◦*■●]|\(?\d{1,2}[.)]|[a-z]\))\s")
_NUMBER = re.compile(r"[\d.,%–—/()+~-]+")


def read_pdf(data: bytes, *, where: str) -> Text:
    """Return the text of a PDF: lines of a paragraph joined, pages parted by blank lines.

    Raises DocumentUnreadable for scans without a text layer, for PDFs that ask for a password, and for files
    that are cut off, broken or longer than 3,000 pages.
    """
    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    with _silenced():
        try:
            reader = PdfReader(io.BytesIO(data))
            if reader.is_encrypted and not _opened(reader):
                raise _locked(where)
            total = len(reader.pages)
            if total > MAX_PAGES:
                raise DocumentUnreadable(
                    f"is a PDF of {total} pages; at most {MAX_PAGES} are read",
                    where=where,
                    remedy="Split it into parts of fewer pages",
                )
            pages, broken = _pages(reader, total, where)
            metadata = _metadata(reader)
        except DependencyError:
            raise _locked(where) from None
        except DocumentUnreadable:
            raise
        except Exception as error:
            # Damage shows in as many ways as there are parts of a PDF.
            raise _damaged(where, error) from error
    if broken and broken == total:
        raise _damaged(where, None)
    if total == 0 or sum(char.isalnum() for page in pages for char in page[:10_000]) < 3:
        raise DocumentUnreadable(
            f"is a PDF without a text layer ({total} page{'s' if total != 1 else ''}), as scans are",
            where=where,
            remedy="Scanned pages need text recognition (OCR) first, for example: ocrmypdf IN.pdf OUT.pdf",
        )
    notes = ["lines of paragraphs are joined and words parted at line ends made whole"]
    empty = sum(not page.strip() for page in pages) - broken
    if empty:
        notes.append(f"{empty} of {total} pages hold no text; scanned pages need text recognition (OCR)")
    if broken:
        notes.append(f"{broken} of {total} pages are damaged and could not be read")
    if created := metadata.get("/CreationDate"):
        notes.append(f"the PDF file was made on {created}")
    text = join_lines(page for page in pages if page.strip())
    if "\ufffd" in text:
        notes.append(f"{text.count(chr(0xFFFD))} character(s) have no reading in the PDF's fonts and became U+FFFD")
    return Text(
        text=text, media_type="application/pdf", encoding=None, title=metadata.get("/Title"), notes=tuple(notes)
    )


@contextmanager
def _silenced() -> Iterator[None]:
    """Keep pypdf's remarks on the inner workings of a PDF from the user."""
    logger = logging.getLogger("pypdf")
    before = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(before)


def _opened(reader: Any) -> bool:
    """Tell whether an encrypted PDF opens without a password; many are only barred from printing."""
    return bool(reader.decrypt(""))


def _pages(reader: Any, total: int, where: str) -> tuple[list[str], int]:
    pages: list[str] = []
    broken = size = 0
    for number in range(total):
        try:
            text = _clean(reader.pages[number].extract_text() or "")
        except Exception:
            # A page breaks in as many ways as fonts and streams do; the others may be sound.
            text = ""
            broken += 1
        size += len(text)
        if size > _MAX_CHARACTERS:
            raise DocumentUnreadable(
                f"holds more than {_MAX_CHARACTERS:,} characters by page {number + 1}",
                where=where,
                remedy="Split it into parts of fewer pages",
            )
        pages.append(text)
    return pages, broken


def _clean(text: str) -> str:
    """Return the text with one kind of line end and without characters that stand for no glyph."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")
    text = re.sub("[\ud800-\udfff]", "\ufffd", text)
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", "", text)


def _metadata(reader: Any) -> dict[str, str]:
    """Return title and day of creation where the PDF states them in a usable way."""
    found: dict[str, str] = {}
    try:
        stated = reader.metadata or {}
        title = stated.get("/Title")
        created = re.match(r"D:(\d{4})(\d{2})(\d{2})", str(stated.get("/CreationDate", "")))
    except Exception:
        # Metadata is a help, not a need.
        return found
    if isinstance(title, str):
        clean = " ".join(_clean(title).split())
        # Word processors leave the name of the file there.
        if " " in clean and len(clean) <= 300 and not re.search(r"\.\w{2,5}$|^(?:Microsoft|untitled)", clean, re.I):
            found["/Title"] = clean
    if created:
        found["/CreationDate"] = "-".join(created.groups())
    return found


def join_lines(pages: Any) -> str:
    """Return the text of pages with lines joined to paragraphs, and a blank line between pages.

    A line runs on when it is about as wide as the page's text and the next is no list item and no row of
    numbers. A word parted by a hyphen is made whole when the next line goes on in small letters, unless its
    hyphenated form stands elsewhere in the text.

    >>> join_lines(["Tungsten is mined in a num-\\nber of countries and then\\nsmelted."])
    'Tungsten is mined in a number of countries and then smelted.'
    """
    pages = list(pages)
    hyphenated = {word.casefold() for page in pages for word in re.findall(r"[^\W\d_]+-[^\W\d_]+", page)}
    return "\n\n".join(_join_page(page, hyphenated) for page in pages)


def _join_page(page: str, hyphenated: set[str]) -> str:
    lines = [" ".join(line.split()) for line in page.splitlines()]
    widths = sorted(len(line) for line in lines if line)
    usual = widths[int(0.9 * (len(widths) - 1))] if widths else 0
    joined: list[str] = []
    runs_on = False
    for line in lines:
        if not line:
            runs_on = False
            if joined and joined[-1]:
                joined.append("")
            continue
        parted = bool(joined) and bool(_HYPHENATED.search(joined[-1])) and line[0].isalpha()
        if parted:
            joined[-1] = _hyphen_join(joined[-1], line, hyphenated)
        elif runs_on and joined and not _LIST_ITEM.match(line) and not _is_row(line):
            joined[-1] += " " + line
        else:
            joined.append(line)
        runs_on = len(line) >= _FULL * usual and len(line) > 20 and not _is_row(line)
    return "\n".join(joined).strip()


def _hyphen_join(left: str, right: str, hyphenated: set[str]) -> str:
    head, hyphen = left[:-1], left[-1]
    first = re.split(r"[^\w]", right, maxsplit=1)[0]
    if hyphen == "\u00ad":
        return head + right
    if first.casefold() in _CONJUNCTIONS:
        return f"{left} {right}"
    if first[:1].isupper():
        return left + right
    last = re.split(r"[^\w]", head)[-1]
    return left + right if f"{last}-{first}".casefold() in hyphenated else head + right


def _is_row(line: str) -> bool:
    """Tell whether most words of the line are numbers, as in a row of a table."""
    words = line.split()
    return len(words) >= 3 and 2 * sum(bool(_NUMBER.fullmatch(word)) for word in words) > len(words)


def _locked(where: str) -> DocumentUnreadable:
    return DocumentUnreadable(
        "is a PDF that is encrypted and asks for a password",
        where=where,
        remedy="Save a copy without protection (open it, then print or export to PDF) and read that",
    )


def _damaged(where: str, error: Exception | None) -> DocumentUnreadable:
    reason = f" ({error})" if error and str(error) else ""
    return DocumentUnreadable(
        f"is a PDF that is cut off or damaged{reason}",
        where=where,
        remedy="Download it again, or repair and re-save it",
    )

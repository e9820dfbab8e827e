"""What kind of bytes are these: text, HTML, PDF, or something that holds no text?"""

from __future__ import annotations

import re
from typing import Literal

__all__ = ["Kind", "foreign_format", "kind_of"]

Kind = Literal["text/plain", "text/html", "application/pdf"]

_HEAD = 4096
#: First bytes of formats that people pass by mistake.
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"\x7fELF", "a program (ELF)"),
    (b"\x1f\x8b\x08", "a gzip archive"),
    (b"BZh91AY", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"(\xb5/\xfd", "a Zstandard archive"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"PAR1", "a Parquet table"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document (.doc, .xls, .ppt)"),
    (b"{\\rtf", "a rich-text document (.rtf)"),
    (b"%!PS-Adobe", "a PostScript document"),
    (b"ID3", "a sound file (MP3)"),
    (b"OggS", "a sound or film file (Ogg)"),
)
_ZIP = b"PK\x03\x04"
#: Entry names early in a ZIP file that tell which document format it is.
_ZIPPED: tuple[tuple[bytes, str], ...] = (
    (b"word/", "a Word document (.docx)"),
    (b"xl/", "an Excel workbook (.xlsx)"),
    (b"ppt/", "a PowerPoint file (.pptx)"),
    (b"application/vnd.oasis.opendocument", "an OpenDocument file (.odt, .ods)"),
    (b"application/epub+zip", "an e-book (.epub)"),
    (b"[Content_Types].xml", "an Office document (.docx, .xlsx or .pptx)"),
)
#: Optional byte order mark, blanks, XML declaration and comments, then the start of an HTML page.
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,1500}?-->\s*){0,3}"
    rb"<(?:!doctype\s+html|html|head|body)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_PDF = re.compile(rb"(?:^|[\r\n\x00-\x08])%PDF-\d")
#: Formats that are themselves written in plain characters.
_WRITTEN = (b"{\\rtf", b"%!PS-Adobe")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x80-\xff]")
_HTML_NAMES = (".html", ".htm", ".xhtml")
_HTML_TYPES = ("text/html", "application/xhtml+xml")


def kind_of(data: bytes, *, name: str = "", declared: str | None = None) -> Kind:
    """Return the media type of ``data``: content decides first, then what was declared, then the name.

    ``name`` is a file name or URL, ``declared`` the media type a server named.
    """
    head = data[:_HEAD]
    # one look for the sign spares the search of most texts
    if b"%PDF-" in head[:1024] and _PDF.search(head[:1024]):
        return "application/pdf"
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.replace(b"\x00", b"")[2:]
    if _HTML.match(head) or declared in _HTML_TYPES:
        return "text/html"
    if declared is None and name.lower().endswith(_HTML_NAMES):
        return "text/html"
    return "text/plain"


def foreign_format(data: bytes) -> str | None:
    """Return what the bytes look like, such as ``a PNG picture``, where it is a known format without text.

    >>> foreign_format(b"GIF89a\\x01\\x00")
    'a GIF picture'
    >>> foreign_format(b"GIF89a is a format") is None
    True
    """
    for mark, what in _MAGIC:
        # A sentence may start with the letters of a mark; a file of the format goes on in bytes of its own.
        if data.startswith(mark) and (mark in _WRITTEN or _CONTROL.search(data[:512])):
            return what
    if data.startswith(_ZIP):
        head = data[:8192] + data[-8192:]
        return next((what for mark, what in _ZIPPED if mark in head), "a ZIP archive")
    if data[:4] == b"RIFF" and data[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        return "a picture, sound or film file (RIFF)"
    if data[4:8] == b"ftyp" and data[:2] == b"\x00\x00":
        return "a film or picture file (MP4, HEIC)"
    if data[:2] == b"MZ" and b"\x00" in data[:64]:
        return "a program (Windows)"
    return None

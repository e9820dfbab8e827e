"""Which characters do these bytes stand for, and how is it known?

A text is decoded to the letter: no line end is translated and nothing is stripped, for claims point into it.
A byte order mark of UTF-8 stays in the text as U+FEFF, so that offsets agree with ``bytes.decode("utf-8")``;
the marks of UTF-16 and UTF-32 are taken away, as their codecs do.
"""

from __future__ import annotations

import codecs
import re
import threading
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from lodeclaim.core.errors import DocumentUnreadable
from lodeclaim.documents.kind import foreign_format

__all__ = ["Decoded", "declared_charset", "decode"]

_SAMPLE = 65_536
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\v\f\r\x1b") + b"\x7f"
#: White space of any script, a mark and a NUL show nothing.
_VISIBLE = re.compile(r"[^\s\ufeff\u200b\x00]")
#: More than this share of control characters is no text.
_CONTROL_SHARE = 0.02
_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: Characters beside letters that Western European prose in Windows-1252 holds.
_WESTERN_MARKS = frozenset("€‚„…‘’“”•–—«»°§©®™½¼¾²³·×±µ´¨¡¿ª¹£¥ \xa0\xad")
_WESTERN_LETTERS = frozenset("àáâãäåæçèéêëìíîïñòóôõöøùúûüýßœšžÿÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝŒŠŽŸªº")
_LEGACY = (
    "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1257", "koi8_r", "koi8_u", "kz1048", "cp866",
    "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr", "iso8859_2", "iso8859_5", "iso8859_7",
)  # fmt: skip
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:-]{2,40})", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w:-]{2,40})", re.IGNORECASE)
_MENDING = threading.Lock()


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the name of its encoding, and remarks on what was doubtful."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def declared_charset(data: bytes) -> str | None:
    """Return the charset an HTML page names in its first 4,096 bytes, where Python knows it.

    >>> declared_charset(b'<html><head><meta charset="latin1">')
    'iso8859-1'
    """
    head = data[:4096]
    match = _XML_ENCODING.search(head) or _META_CHARSET.search(head)
    return _known(match.group(1).decode("ascii", "replace")) if match else None


def decode(data: bytes, *, where: str, charset: str | None = None) -> Decoded:
    """Return the text of ``data``; raises DocumentUnreadable where the bytes are no text.

    Tried in this order: byte order mark, UTF-8, UTF-16 without a mark, the declared ``charset``, UTF-8 with
    some damaged places, Windows-1252, other legacy encodings. ``where`` is the address for messages.
    """
    if not data or data.isspace():
        raise _empty(where)
    if what := foreign_format(data):
        raise _binary(where, f"looks like {what}")
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _checked(_with_mark(data, name), where)
    if b"\x00" in data:
        return _checked(_with_nul(data, where), where)
    sample = data[:_SAMPLE]
    if len(sample) - len(sample.translate(None, _CONTROLS)) > _CONTROL_SHARE * len(sample):
        raise _binary(where, "holds control characters as binary files do")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _checked(_legacy(data, error.start, _known(charset)), where)
    notes = ("starts with a byte order mark, kept as the first character",) if text[0] == "\ufeff" else ()
    return _checked(Decoded(text, "utf-8", notes), where)


def _known(charset: str | None) -> str | None:
    """Return Python's name of a charset; web pages that say Latin-1 or ASCII mean Windows-1252."""
    if not charset:
        return None
    try:
        info = codecs.lookup(charset.strip().strip("\"'"))
    except (LookupError, ValueError):
        return None
    return info.name if info._is_text_encoding else None


def _with_mark(data: bytes, name: str) -> Decoded:
    try:
        return Decoded(data.decode(name), name)
    except UnicodeDecodeError as error:
        text = data.decode(name, "replace")
        return Decoded(text, name, (_lost(text, error.start),))


def _with_nul(data: bytes, where: str) -> Decoded:
    """Text with NUL bytes: UTF-16 without a mark, UTF-8 with a few stray NULs, or a binary file."""
    sample = data[: _SAMPLE & ~1]
    for name in ("utf-16-le", "utf-16-be"):
        if _reads_as_prose(sample[: len(sample) & ~1].decode(name, "replace")):
            try:
                return Decoded(data.decode(name), name, (f"no byte order mark; read as {name.upper()}",))
            except UnicodeDecodeError as error:
                text = data.decode(name, "replace")
                return Decoded(text, name, (f"no byte order mark; read as {name.upper()}", _lost(text, error.start)))
    count = data.count(b"\x00")
    if count * 1000 <= len(data):
        try:
            return Decoded(data.decode("utf-8"), "utf-8", (f"holds NUL characters ({count})",))
        except UnicodeDecodeError:
            pass
    raise _binary(where, "holds NUL bytes as binary files do")


def _reads_as_prose(text: str) -> bool:
    good = sum(char in "\t\r\n" or (unicodedata.category(char)[0] in "LNPZS" and char != "\ufffd") for char in text)
    plain = sum(1 for char in text if char.isascii() and (char.isspace() or char.isprintable()))
    return len(text) > 0 and good >= 0.95 * len(text) and plain >= 0.05 * len(text)


def _legacy(data: bytes, first: int, charset: str | None) -> Decoded:
    """Decode bytes that are not all UTF-8; ``first`` is the offset of the first byte that is not."""
    if charset not in (None, "utf-8", "ascii", "iso8859-1"):
        try:
            return Decoded(data.decode(charset), charset, (f"read as {charset}, as declared",))
        except (UnicodeDecodeError, LookupError):
            pass
    near = data[max(0, first - _SAMPLE // 2) : first + _SAMPLE // 2]
    damaged = len(_mend(near)[1])
    many = len(near) - len(near.translate(None, bytes(range(128, 256))))
    if many - damaged >= 4 * damaged:
        text, faults = _mend(data)
        lost = [at for at, char in faults if char == "\ufffd"]
        notes = [f"not all UTF-8: {len(faults)} byte(s) read as Windows-1252, the first at byte {faults[0][0]}"]
        if lost:
            notes.append(f"{len(lost)} byte(s) could not be read and became U+FFFD, the first at byte {lost[0]}")
        return Decoded(text, "utf-8", tuple(notes))
    for name in _guesses(near):
        try:
            return Decoded(data.decode(name), name, (f"not UTF-8 (byte {first}); read as {name}",))
        except (UnicodeDecodeError, LookupError):
            continue
    text = data.decode("cp1252", "replace")
    return Decoded(text, "cp1252", (f"not UTF-8 (byte {first}); read as cp1252", _lost(text, first)))


def _mend(data: bytes) -> tuple[str, list[tuple[int, str]]]:
    """Decode UTF-8, reading bytes that break it as Windows-1252; also return (offset, character) of each."""
    faults: list[tuple[int, str]] = []

    def mend(error: UnicodeError) -> tuple[str, int]:
        assert isinstance(error, UnicodeDecodeError)
        if error.reason == "unexpected end of data":
            faults.append((error.start, "\ufffd"))
            return "\ufffd", error.end
        # One byte at a time: what follows may be sound.
        char = error.object[error.start : error.start + 1].decode("cp1252", "replace")
        faults.append((error.start, char))
        return char, error.start + 1

    with _MENDING:
        codecs.register_error("lodeclaim-mend", mend)
        return data.decode("utf-8", "lodeclaim-mend"), faults


def _guesses(sample: bytes) -> list[str]:
    """Return encodings to try, the likeliest first."""
    if _is_western(sample.decode("cp1252", "replace")):
        return ["cp1252"]
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=list(_LEGACY), steps=5, chunk_size=512).best()
    return [best.encoding, "cp1252"] if best else ["cp1252"]


def _is_western(text: str) -> bool:
    """Tell whether text decoded as Windows-1252 has its letters and marks where such prose has them."""
    strange = good = bad = 0
    letters = sum(map(str.isalpha, text))
    for at, char in enumerate(text):
        if char.isascii():
            continue
        if char in _WESTERN_LETTERS:
            good += 1
            strange += 1
        elif char in _WESTERN_MARKS:
            inside = text[at - 1 : at].isalpha() and text[at + 1 : at + 2].isalpha()
            if inside and char not in "’‘–—…´\xad·":
                bad += 1
            else:
                good += 1
        else:
            bad += 1
    return bad <= 0.03 * (good + bad) and strange <= 0.3 * letters


def _checked(decoded: Decoded, where: str) -> Decoded:
    head = decoded.text[:_SAMPLE]
    if not _VISIBLE.search(decoded.text):
        raise _empty(where)
    if head.replace("\n", "").isprintable() or " ".join(head.split()).isprintable():
        return decoded
    odd = sum(head.count(char) for char in set(head) if _is_odd(char))
    if odd > 0.1 * len(head):
        raise _binary(where, "holds bytes that form no words in any encoding tried")
    return decoded


@lru_cache(maxsize=4096)
def _is_odd(char: str) -> bool:
    """Tell whether a character is a sign of bytes that were no text."""
    if char in "\t\n\v\f\r\x1b":
        return False
    return char == "\ufffd" or unicodedata.category(char) in ("Cc", "Cn", "Co")


def _lost(text: str, first: int) -> str:
    return f"{text.count(chr(0xFFFD))} place(s) could not be read and became U+FFFD, the first at byte {first}"


def _empty(where: str) -> DocumentUnreadable:
    return DocumentUnreadable(
        "is empty: it holds no text", where=where, remedy="Check that it was saved or downloaded completely"
    )


def _binary(where: str, what: str) -> DocumentUnreadable:
    return DocumentUnreadable(
        f"is not a text, HTML or PDF document: it {what}",
        where=where,
        remedy="Export it as text, HTML or PDF with the program that made it",
    )

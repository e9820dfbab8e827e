"""Documents from files, folders, web addresses and standard input, one at a time."""

from __future__ import annotations

import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit
from urllib.request import url2pathname

from lodeclaim.core.errors import DocumentError, DocumentNotFound, DocumentUnreadable
from lodeclaim.core.ids import content_hash
from lodeclaim.documents.encoding import declared_charset, decode
from lodeclaim.documents.headline import publisher_in, title_in
from lodeclaim.documents.kind import kind_of
from lodeclaim.documents.language import detect_language
from lodeclaim.documents.model import Document, Failure, Text
from lodeclaim.documents.published import published_in

__all__ = ["MAX_BYTES", "SUFFIXES", "load_document", "load_documents"]

#: What a folder is searched for.
SUFFIXES = (".txt", ".md", ".html", ".htm", ".xhtml", ".pdf")
MAX_BYTES = 200_000_000
_CHUNK = 1 << 20


def load_documents(
    addresses: Iterable[str],
    *,
    stdin: BinaryIO | None = None,
    languages: Sequence[str] | None = None,
    progress: Callable[[int, int | None, str], None] | None = None,
) -> Iterator[Document | Failure]:
    """Yield a Document, or a Failure with its message, for every document that the addresses name.

    An address is a file, a folder (searched in depth for .txt, .md, .html, .htm, .xhtml and .pdf, sorted,
    hidden entries left out), an http or https address, or ``-`` for standard input (``stdin``). One bad
    document never ends the batch, and no more than one is held at a time. The same address given twice is
    read twice. ``languages`` are the codes among which an unclear language is decided. ``progress`` is
    called after each document with the number done, the number in all (None where ``addresses`` is a
    stream) and the address.
    """
    given = [addresses] if isinstance(addresses, str) else addresses
    found = _expand(given)
    total: int | None = None
    if isinstance(given, Sequence):
        places = list(found)
        found, total = iter(places), len(places)
    for done, place in enumerate(found, start=1):
        result: Document | Failure
        if isinstance(place, Failure):
            result = place
        else:
            try:
                result = load_document(place, stdin=stdin, languages=languages)
            except DocumentError as error:
                result = Failure(place, str(error))
        if progress is not None:
            progress(done, total, result.address)
        yield result
        del result


def load_document(address: str, *, stdin: BinaryIO | None = None, languages: Sequence[str] | None = None) -> Document:
    """Return the document at one address: a file, an http or https address, or ``-``.

    Raises DocumentNotFound, DocumentUnreadable or FetchError; whatever else goes wrong inside a parser is
    raised as DocumentUnreadable.
    """
    try:
        return _load(address, stdin, languages)
    except DocumentError:
        raise
    except MemoryError as error:
        raise DocumentUnreadable("needs more memory than there is", where=address, remedy="Split it") from error
    except Exception as error:
        raise DocumentUnreadable(
            f"could not be read ({type(error).__name__}: {error})",
            where=address,
            remedy="Export it as plain text; if it is sound, please report it as a fault of lodeclaim",
        ) from error


def _load(address: str, stdin: BinaryIO | None, languages: Sequence[str] | None) -> Document:
    where = "standard input" if address == "-" else address
    declared: str | None = None
    charset: str | None = None
    if address == "-":
        data = _limited(stdin if stdin is not None else sys.stdin.buffer, where)
    elif _is_web(address):
        from lodeclaim.documents.fetch import fetch

        answer = fetch(address)
        data, declared, charset = answer.data, answer.media_type, answer.charset
        declared = None if declared == "application/octet-stream" else declared
    else:
        data = _file_bytes(address)
    # A query or fragment does not belong to the name a file type is told from.
    name = urlsplit(address).path if _is_web(address) else address
    text = _text_of(data, where, name, declared, charset)
    language = detect_language(text.text, languages, stated=text.language)
    published, basis = published_in(text.text, stated=text.published, language=language)
    title = text.title or title_in(text.text)
    digest = content_hash(data)
    return Document(
        id=f"d{digest[:12]}",
        address=address,
        text=text.text,
        sha256=digest,
        media_type=text.media_type,
        encoding=text.encoding,
        language=language,
        title=title,
        publisher=text.publisher or publisher_in(text.text, title),
        published=published,
        published_basis=basis,
        notes=text.notes,
    )


def _text_of(data: bytes, where: str, name: str, declared: str | None, charset: str | None) -> Text:
    kind = kind_of(data, name=name, declared=declared)
    if kind == "application/pdf":
        from lodeclaim.documents.pdf import read_pdf

        return read_pdf(data, where=where)
    if kind == "text/html":
        from lodeclaim.documents.html import read_html

        return read_html(decode(data, where=where, charset=charset or declared_charset(data)), where=where)
    decoded = decode(data, where=where, charset=charset)
    return Text(text=decoded.text, media_type="text/plain", encoding=decoded.encoding, notes=decoded.notes)


def _is_web(address: str) -> bool:
    return address[:8].lower().startswith(("http://", "https://"))


def _path_of(address: str) -> Path:
    if not address:
        raise ValueError("the address is empty")
    if address[:7].lower() == "file://":
        return Path(url2pathname(urlsplit(address).path))
    return Path(address)


def _file_bytes(address: str) -> bytes:
    try:
        path = _path_of(address)
        if path.is_dir():
            raise DocumentUnreadable("is a folder", where=address, remedy="Load it with load_documents")
        with path.open("rb") as file:
            return _limited(file, address)
    except DocumentError:
        raise
    except (OSError, ValueError) as error:
        raise _unopened(address, error) from error


def _limited(file: BinaryIO, where: str) -> bytes:
    """Return all bytes of a stream, reading no further than the limit."""
    chunks: list[bytes] = []
    size = 0
    while chunk := file.read(_CHUNK):
        size += len(chunk)
        if size > MAX_BYTES:
            raise DocumentUnreadable(
                f"is larger than {MAX_BYTES // 1_000_000} MB", where=where, remedy="Split it into parts and read these"
            )
        chunks.append(chunk)
    return b"".join(chunks)


def _unopened(address: str, error: Exception) -> DocumentError:
    if isinstance(error, (FileNotFoundError, NotADirectoryError)):
        scheme = address.partition("://")[0] if "://" in address else ""
        remedy = f"Addresses of kind {scheme} are not read; download it first" if scheme else "Check the spelling"
        return DocumentNotFound("there is no such file or folder", where=address, remedy=remedy)
    if isinstance(error, PermissionError):
        return DocumentUnreadable("may not be read", where=address, remedy="Ask for permission to read it")
    reason = getattr(error, "strerror", None) or str(error)
    return DocumentUnreadable(f"cannot be opened ({reason})", where=address, remedy="Check the path and the disk")


def _expand(addresses: Iterable[str]) -> Iterator[str | Failure]:
    """Yield the documents that the addresses name; folders are searched."""
    for address in addresses:
        if address == "-" or _is_web(address):
            yield address
            continue
        try:
            folder = _path_of(address)
            is_folder = folder.is_dir()
        except (OSError, ValueError) as error:
            yield Failure(address, str(_unopened(address, error)))
            continue
        if not is_folder:
            yield address
            continue
        empty = True
        for found in _walk(folder, set()):
            empty = False
            yield found
        if empty:
            remedy = f"Looked for {', '.join(SUFFIXES)}; name other files one by one"
            yield Failure(address, str(DocumentNotFound("the folder holds no documents", where=address, remedy=remedy)))


def _walk(folder: Path, seen: set[tuple[int, int]]) -> Iterator[str | Failure]:
    """Yield the documents below a folder, sorted; a link back to a folder already seen is not followed."""
    try:
        status = folder.stat()
        if (status.st_dev, status.st_ino) in seen:
            return
        seen.add((status.st_dev, status.st_ino))
        paths = sorted(folder.iterdir())
    except OSError as error:
        yield Failure(str(folder), str(_unopened(str(folder), error)))
        return
    for path in paths:
        if path.name.startswith("."):
            continue
        try:
            mode = path.stat().st_mode
        except OSError as error:
            if path.suffix.lower() in SUFFIXES:
                yield Failure(str(path), str(_unopened(str(path), error)))
            continue
        if stat.S_ISDIR(mode):
            yield from _walk(path, seen)
        elif stat.S_ISREG(mode) and path.suffix.lower() in SUFFIXES:
            yield str(path)

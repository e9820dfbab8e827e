"""Documents come from files, folders, addresses and standard input; a bad one never ends the batch."""

from __future__ import annotations

import io
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import lodeclaim.documents.load as loading
from lodeclaim.core.errors import DocumentNotFound, DocumentUnreadable
from lodeclaim.core.ids import content_hash
from lodeclaim.documents.encoding import decode
from lodeclaim.documents.load import load_document, load_documents
from lodeclaim.documents.model import Document, Failure

ARTICLE = "Tungsten prices rise\n27 June 2025\nThe price of tungsten rose and the market is short of it, they said.\n"


def _write(path: Path, data: bytes | str = ARTICLE) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def test_a_file_becomes_a_document(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.txt")
    document = load_document(str(path))
    digest = content_hash(ARTICLE.encode())
    assert document == Document(
        id="d" + digest[:12], address=str(path), text=ARTICLE, sha256=digest, media_type="text/plain",
        encoding="utf-8", language="en", title="Tungsten prices rise", published="2025-06-27",
        published_basis="date line",
    )  # fmt: skip


def test_line_ends_and_blanks_are_kept(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbf  One\r\nTwo\rThree \n\n"
    assert load_document(str(_write(tmp_path / "a.txt", data))).text == data.decode()


def test_a_folder_is_searched_sorted_and_hidden_entries_are_left_out(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.MD", "a/page.html", ".hidden.txt", ".git/c.txt", "table.csv", "no_suffix"):
        _write(tmp_path / name)
    found = [item.address for item in load_documents([str(tmp_path)])]
    assert found == [str(tmp_path / name) for name in ("a/page.html", "a/z.MD", "b.txt")]


def test_one_bad_document_does_not_end_the_batch(tmp_path: Path) -> None:
    good, empty = _write(tmp_path / "good.txt"), _write(tmp_path / "empty.txt", b"")
    picture = _write(tmp_path / "p.txt", b"\x89PNG\r\n\x1a\n\x00")
    missing = tmp_path / "missing.txt"
    results = list(load_documents([str(path) for path in (empty, picture, missing, good)]))
    assert [type(result) for result in results] == [Failure, Failure, Failure, Document]
    messages = [result.message for result in results if isinstance(result, Failure)]
    assert messages[0].startswith(f"{empty}: is empty")
    assert "looks like a PNG picture" in messages[1]
    assert messages[2] == f"{missing}: there is no such file or folder. Check the spelling"


def test_the_same_file_twice_is_yielded_twice(tmp_path: Path) -> None:
    path = str(_write(tmp_path / "a.txt"))
    first, second = load_documents([path, path])
    assert first == second


def test_a_folder_without_documents_is_told(tmp_path: Path) -> None:
    _write(tmp_path / "table.csv")
    (result,) = load_documents([str(tmp_path)])
    assert isinstance(result, Failure)
    assert "holds no documents" in result.message
    assert ".pdf" in result.message


def test_link_loops_end(tmp_path: Path) -> None:
    _write(tmp_path / "a" / "x.txt")
    (tmp_path / "a" / "back").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    (tmp_path / "dangling.txt").symlink_to(tmp_path / "nowhere.txt")
    results = {Path(result.address).name: result for result in load_documents([str(tmp_path)])}
    assert isinstance(results.pop("x.txt"), Document)
    assert set(results) == {"self.txt", "dangling.txt"}
    assert all(isinstance(result, Failure) for result in results.values())


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_files_without_permission_are_told(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.txt")
    path.chmod(0)
    (result,) = load_documents([str(path)])
    assert isinstance(result, Failure)
    assert "may not be read" in result.message


def test_a_refused_permission_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, mode: str = "r") -> None:
        raise PermissionError(13, "Permission denied")

    path = _write(tmp_path / "a.txt")
    monkeypatch.setattr(Path, "open", refuse)
    (result,) = load_documents([str(path)])
    assert isinstance(result, Failure)
    assert "may not be read" in result.message


def test_standard_input() -> None:
    (document,) = load_documents(["-"], stdin=io.BytesIO(ARTICLE.encode()))
    assert isinstance(document, Document)
    assert (document.address, document.text) == ("-", ARTICLE)
    (failure,) = load_documents(["-"], stdin=io.BytesIO(b""))
    assert isinstance(failure, Failure)
    assert failure.message.startswith("standard input: is empty")


def test_a_file_address(tmp_path: Path) -> None:
    path = _write(tmp_path / "a b.txt")
    assert load_document(path.as_uri()).text == ARTICLE


@pytest.mark.parametrize("address", ["", "\x00", "x" * 5000, "ftp://example.org/a.txt", "C:\\no\\such"])
def test_odd_addresses_fail_clearly(address: str) -> None:
    (result,) = load_documents([address])
    assert isinstance(result, Failure)
    assert result.message


def test_load_document_raises(tmp_path: Path) -> None:
    with pytest.raises(DocumentNotFound):
        load_document(str(tmp_path / "missing"))
    with pytest.raises(DocumentUnreadable, match="is a folder"):
        load_document(str(tmp_path))


def test_too_large_a_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "MAX_BYTES", 3_000_000)
    path = _write(tmp_path / "a.txt", b"word " * 700_000)
    with pytest.raises(DocumentUnreadable, match="larger than 3 MB"):
        load_document(str(path))


def test_a_parser_that_breaks_gives_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("inside")

    monkeypatch.setattr("lodeclaim.documents.pdf.read_pdf", broken)
    good = _write(tmp_path / "z.txt")
    failure, document = load_documents([str(_write(tmp_path / "a.pdf", b"%PDF-1.7")), str(good)])
    assert isinstance(failure, Failure)
    assert "ZeroDivisionError: inside" in failure.message
    assert isinstance(document, Document)


def test_progress_and_streaming(tmp_path: Path) -> None:
    paths = [str(_write(tmp_path / f"{name}.txt")) for name in "abc"]
    calls: list[tuple[int, int | None, str]] = []

    def note(done: int, total: int | None, address: str) -> None:
        calls.append((done, total, address))

    documents = load_documents(paths, progress=note)
    assert calls == []
    next(documents)
    assert calls == [(1, 3, paths[0])]
    list(documents)
    assert calls[-1] == (3, 3, paths[2])

    def stream() -> Iterator[str]:
        yield paths[0]
        pytest.fail("the second address was asked for before the first document was used")

    calls.clear()
    next(load_documents(stream(), progress=note))
    assert calls == [(1, None, paths[0])]


def test_a_single_address_may_stand_alone(tmp_path: Path) -> None:
    (document,) = load_documents(str(_write(tmp_path / "a.txt")))
    assert isinstance(document, Document)


def test_fifty_megabytes_on_one_line_load_fast(tmp_path: Path) -> None:
    line = ("The price of tungsten på 1.2.2024 12 April x rose 12 30 45 and ,,,   " * 800_000)[:50_000_000]
    path = _write(tmp_path / "a.txt", line)
    begun = time.perf_counter()
    document = load_document(str(path))
    taken = time.perf_counter() - begun
    assert document.text == line
    assert document.language == "en"
    assert taken < 2, f"took {taken:.1f} s"


@pytest.mark.parametrize("unit", [" ", "1", "1.", "12 ", "a-", "\n", "<!--", "date ", "januar 1 ", "Published "])
def test_monotonous_texts_load_fast(tmp_path: Path, unit: str) -> None:
    path = _write(tmp_path / "a.txt", "A " + unit * (5_000_000 // len(unit)))
    begun = time.perf_counter()
    load_document(str(path), languages=["en"])
    taken = time.perf_counter() - begun
    # The language model may be loaded here for the first time.
    assert taken < 5, f"took {taken:.1f} s"


@given(data=st.one_of(st.binary(max_size=400), st.binary(max_size=60).map(lambda tail: b"<!doctype html><p>" + tail)))
@example(data=b"\xa0")
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_give_a_document_or_a_failure(tmp_path: Path, data: bytes) -> None:
    path = _write(tmp_path / "any.txt", data)
    (result,) = load_documents([str(path)], languages=["en", "de"])
    assert result.address == str(path)
    if isinstance(result, Failure):
        assert result.message.startswith(str(path))
    elif result.media_type == "text/plain":
        assert result.text == decode(data, where="").text
    if isinstance(result, Document):
        assert result.text.strip()


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"]), min_size=1, max_size=80)


@given(lines=st.lists(WORDS, min_size=1, max_size=8), end=st.sampled_from(["\n", "\r\n", "\r", " "]))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_proper_text_is_kept_to_the_letter(tmp_path: Path, lines: list[str], end: str) -> None:
    data = ("Word" + end + end.join(lines)).encode()
    document = load_document(str(_write(tmp_path / "any.txt", data)), languages=["en", "de"])
    assert document.text == data.decode()


def test_heavy_libraries_wait_until_they_are_needed() -> None:
    import subprocess

    program = (
        "import sys, io; from lodeclaim.documents.load import load_documents; "
        f"list(load_documents(['-'], stdin=io.BytesIO({ARTICLE.encode()!r}))); "
        "print(sorted({'trafilatura', 'pypdf', 'httpx', 'py3langid', 'lxml', 'charset_normalizer'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"

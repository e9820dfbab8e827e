"""Addresses are fetched within limits, and every kind of failure has its message."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

import lodeclaim.documents.fetch as fetching
from lodeclaim import __version__
from lodeclaim.core.errors import FetchError
from lodeclaim.documents.fetch import fetch
from lodeclaim.documents.load import load_documents
from lodeclaim.documents.model import Document, Failure

PAGE = (
    "<!doctype html><html><body><article><h1>New mine</h1><p>Fyndigheten är stor och det är inte klart när gruvan "
    "ska öppna för brytning, enligt bolaget som har sökt tillstånd.</p></article></body></html>"
)


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        path = self.path
        if path == "/good":
            self._send(200, PAGE.encode("latin-1"), {"Content-Type": "text/html; charset=ISO-8859-1"})
        elif path == "/text":
            self._send(200, "Plain <html> wolfram å".encode(), {"Content-Type": "text/plain; charset=utf-8"})
        elif path == "/agent":
            self._send(
                200, f"{self.headers['User-Agent']} {self.headers['Host']}".encode(), {"Content-Type": "text/plain"}
            )
        elif path.startswith("/hop/"):
            left = int(path.rpartition("/")[2])
            self._send(302, b"", {"Location": f"/hop/{left - 1}" if left else "/text"})
        elif path == "/loop":
            self._send(301, b"", {"Location": "/loop"})
        elif path == "/to-file":
            self._send(302, b"", {"Location": "file:///etc/hostname"})
        elif path == "/to-link-local":
            self._send(302, b"", {"Location": "http://169.254.169.254/latest"})
        elif path == "/picture":
            self._send(200, b"\x89PNG", {"Content-Type": "image/png"})
        elif path == "/unnamed":
            self._send(200, PAGE.encode(), {})
        elif path == "/large":
            self._send(200, b"x" * 5000, {"Content-Type": "text/plain"})
        elif path == "/endless":
            self.send_response(200)
            self.send_header("Content-Type", "text/plain")
            self.end_headers()
            self.wfile.write(b"y" * 5000)
        elif path == "/silent":
            time.sleep(0.6)
        elif path == "/drip":
            self.send_response(200)
            self.send_header("Content-Type", "text/plain")
            self.end_headers()
            for _ in range(10):
                self.wfile.write(b"z")
                self.wfile.flush()
                time.sleep(0.1)
        elif path == "/cut":
            self.send_response(200)
            self.send_header("Content-Type", "text/plain")
            self.send_header("Content-Length", "100")
            self.end_headers()
            self.wfile.write(b"short")
        else:
            self._send(int(path.strip("/")) if path.strip("/").isdigit() else 404, b"no", {"Content-Type": "text/html"})

    def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        pass  # clients that hang up are part of these tests


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with _Server(("127.0.0.1", 0), _Handler) as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{running.server_address[1]}"
        running.shutdown()
        thread.join()


@pytest.fixture
def allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LODECLAIM_ALLOW_PRIVATE", "1")


def test_a_page(server: str) -> None:
    got = fetch(f"{server}/good", allow_private=True)
    assert got.data.decode("latin-1") == PAGE
    assert (got.media_type, got.charset, got.final_url) == ("text/html", "iso-8859-1", f"{server}/good")


@pytest.mark.usefixtures("allowed")
def test_addresses_become_documents(server: str) -> None:
    page, text, unnamed, missing = load_documents([f"{server}/{name}" for name in ("good", "text", "unnamed", "404")])
    assert isinstance(page, Document)
    assert "Fyndigheten är stor" in page.text
    assert (page.media_type, page.language, page.address) == ("text/html", "sv", f"{server}/good")
    assert isinstance(text, Document)
    assert (text.text, text.media_type) == ("Plain <html> wolfram å", "text/plain")
    assert isinstance(unnamed, Document)
    assert unnamed.media_type == "text/html"
    assert isinstance(missing, Failure)
    assert "404" in missing.message


def test_the_server_is_told_who_asks(server: str) -> None:
    host = server.removeprefix("http://")
    assert fetch(f"{server}/agent", allow_private=True).data.decode() == f"lodeclaim/{__version__} {host}"


def test_a_name_is_kept_though_its_address_is_pinned(server: str) -> None:
    port = server.rpartition(":")[2]
    got = fetch(f"http://localhost:{port}/agent", allow_private=True)
    assert got.data.decode().endswith(f" localhost:{port}")


def test_redirects_are_followed_to_a_limit(server: str) -> None:
    assert fetch(f"{server}/hop/4", allow_private=True).final_url == f"{server}/text"
    for path in ("hop/5", "loop"):
        with pytest.raises(FetchError, match="redirects more than 5 times"):
            fetch(f"{server}/{path}", allow_private=True)


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("404", "has no such page"),
        ("403", "refuses access"),
        ("500", "fails at the server's side"),
        ("418", r"gives no page \(status 418\)"),
        ("picture", "answers with image/png"),
        ("to-file", "leads to an address of kind file"),
        ("cut", "broke off the connection"),
    ],
)
def test_failures_say_what_happened(server: str, path: str, message: str) -> None:
    with pytest.raises(FetchError, match=message) as caught:
        fetch(f"{server}/{path}", allow_private=True)
    assert caught.value.where == f"{server}/{path}"
    assert caught.value.remedy


@pytest.mark.parametrize("path", ["large", "endless"])
def test_size_is_limited(server: str, path: str) -> None:
    with pytest.raises(FetchError, match="larger than 1,000 bytes"):
        fetch(f"{server}/{path}", allow_private=True, max_bytes=1000)


def test_time_is_limited(server: str) -> None:
    with pytest.raises(FetchError, match=r"did not answer within 0\.2 seconds"):
        fetch(f"{server}/silent", allow_private=True, timeout=0.2)
    with pytest.raises(FetchError, match="too slowly"):
        fetch(f"{server}/drip", allow_private=True, deadline=0.25)


def test_a_closed_port_is_told() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    with pytest.raises(FetchError, match=f"no connection to 127.0.0.1 on port {port}"):
        fetch(f"http://127.0.0.1:{port}/", allow_private=True)


def test_a_name_that_does_not_resolve(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(socket, "getaddrinfo", fail)
    with pytest.raises(FetchError, match=r"the name news\.example does not resolve"):
        fetch("http://news.example/")


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "http://127.0.0.1.:80/",
        "http://localhost/",
        "http://2130706433/",
        "http://10.0.0.1/",
        "http://192.168.1.1/",
        "http://169.254.169.254/latest/meta-data",
        "http://0.0.0.0/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[fe80::1]/",
        "http://224.0.0.1/",
    ],
)
def test_private_addresses_are_refused(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LODECLAIM_ALLOW_PRIVATE", raising=False)
    with pytest.raises(FetchError, match=r"private network|does not resolve"):
        fetch(address)


def test_private_addresses_are_refused_behind_a_redirect(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    public = fetching._public
    monkeypatch.setattr(fetching, "_public", lambda address: address == "127.0.0.1" or public(address))
    with pytest.raises(FetchError, match=r"169\.254\.169\.254 lies in a private network"):
        fetch(f"{server}/to-link-local", allow_private=False)


def test_public_addresses_are_told_apart() -> None:
    assert fetching._public("93.184.215.14")
    assert fetching._public("2606:4700::1111")
    assert not fetching._public("100.64.0.1")
    assert not fetching._public("fd00::1%eth0")


@pytest.mark.parametrize("address", ["ftp://a.org/", "http://", "http://[::1", "http://a:99999/", "http://a b/"])
def test_what_is_no_web_address(address: str) -> None:
    with pytest.raises(FetchError):
        fetch(address)

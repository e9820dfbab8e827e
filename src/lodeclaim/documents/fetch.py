"""What does an address on the web answer? Documents come over the network here and nowhere else."""

from __future__ import annotations

import ipaddress
import os
import socket
import time
from dataclasses import dataclass
from importlib import metadata
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit
from urllib.request import getproxies, proxy_bypass

from lodeclaim.core.errors import FetchError

if TYPE_CHECKING:
    import httpx

__all__ = ["MAX_BYTES", "MAX_REDIRECTS", "Fetched", "fetch"]

MAX_BYTES = 200_000_000
MAX_REDIRECTS = 5
#: Media types beside text/* that may hold a document; an unnamed or general type is judged by its content.
_DOCUMENTS = frozenset(
    {"", "application/pdf", "application/x-pdf", "application/xhtml+xml", "application/xml", "application/octet-stream"}
)
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_STATUS: dict[int, tuple[str, str]] = {
    401: ("asks for a login", "Save the page from a browser and read the file"),
    403: ("refuses access to programs", "Save the page from a browser and read the file"),
    404: ("has no such page", "Check the address"),
    410: ("has taken the page away", "Look for an archived copy"),
    429: ("has been asked too often", "Wait and try again"),
    451: ("may not show the page for legal reasons", "Look for another source"),
}
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address answered: bytes, media type and charset as declared, and where redirects led."""

    data: bytes
    media_type: str | None
    charset: str | None
    final_url: str


def fetch(
    url: str, *, allow_private: bool | None = None, timeout: float = 20.0, deadline: float = 120.0,
    max_bytes: int = MAX_BYTES,
) -> Fetched:  # fmt: skip
    """Return the bytes at an http or https address.

    ``timeout`` bounds in seconds each wait for the server, ``deadline`` the whole answer. Follows at most
    five redirects. Addresses inside a private network, on this machine or link-local are refused at every
    hop unless ``allow_private`` (or the environment variable LODECLAIM_ALLOW_PRIVATE=1), so that a list of
    addresses from elsewhere cannot reach into the user's network; the connection goes to the very address
    that was checked. Behind a proxy the proxy looks up names, and only literal addresses can be checked.
    robots.txt is not consulted: one page is fetched because a person named it, as a browser would.
    Raises FetchError.
    """
    import httpx

    private = os.environ.get("LODECLAIM_ALLOW_PRIVATE") == "1" if allow_private is None else allow_private
    ends = time.monotonic() + deadline
    current = url
    try:
        for _ in range(MAX_REDIRECTS + 1):
            answer = _hop(current, url, private=private, timeout=timeout, ends=ends, limit=max_bytes)
            if isinstance(answer, Fetched):
                return answer
            current = urljoin(current, answer)
    except (httpx.InvalidURL, httpx.UnsupportedProtocol, UnicodeError) as error:
        raise FetchError(f"is no web address ({error})", where=url, remedy="Check the address") from error
    except httpx.TimeoutException as error:
        raise _slow(url, timeout) from error
    except httpx.HTTPError as error:
        raise FetchError(f"broke off the connection ({_reason(error)})", where=url, remedy="Try again later") from error
    raise FetchError(
        f"redirects more than {MAX_REDIRECTS} times, last to {current}",
        where=url,
        remedy="Open it in a browser and give the address it ends at",
    )


def _hop(url: str, origin: str, *, private: bool, timeout: float, ends: float, limit: int) -> Fetched | str:
    """Ask one address; return its answer, or the target of a redirect."""
    import httpx

    parts = _parts(url, origin)
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    proxied = parts.scheme in getproxies() and not proxy_bypass(host) and not _literal(host)
    addresses = [] if proxied else _resolve(host, port, origin)
    if proxied and host.rstrip(".").endswith(("localhost", ".local", ".internal")) and not private:
        raise _inside(origin, host)
    if not private and any(not _public(address) for address in addresses):
        raise _inside(origin, host)
    targets: list[str | None] = [*addresses[:4]] or [None]
    waits = httpx.Timeout(timeout, connect=min(timeout, 10.0))
    with httpx.Client(timeout=waits, trust_env=proxied, follow_redirects=False) as client:
        refusals: list[httpx.ConnectError] = []
        for address in targets:
            try:
                with client.stream(*_request(url, parts, address), **_pinned(parts, address)) as response:
                    return _answer(response, url, origin, ends, limit)
            except httpx.ConnectError as error:
                refusals.append(error)
    raise _refused(origin, host, port, refusals[-1]) from refusals[-1]


def _parts(url: str, origin: str) -> Any:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise FetchError(f"is no web address ({error})", where=origin, remedy="Check the address") from error
    if parts.scheme not in ("http", "https"):
        raise FetchError(
            f"leads to an address of kind {parts.scheme or 'none'}",
            where=origin,
            remedy="Give an http or https address",
        )
    if not parts.hostname:
        raise FetchError("names no host", where=origin, remedy="Check the address")
    return parts


def _request(url: str, parts: Any, address: str | None) -> tuple[str, str]:
    """Return method and address to ask: the checked IP in place of the host name."""
    if address is None:
        return "GET", url
    literal = f"[{address}]" if ":" in address else address
    port = f":{parts.port}" if parts.port else ""
    return "GET", parts._replace(netloc=f"{literal}{port}", fragment="").geturl()


def _pinned(parts: Any, address: str | None) -> dict[str, Any]:
    """Return headers and the name the certificate is checked against when the address is an IP."""
    headers = {
        "User-Agent": f"lodeclaim/{metadata.version('lodeclaim')}",
        "Accept": "text/html,application/xhtml+xml,application/pdf,text/plain;q=0.9,*/*;q=0.5",
    }
    if address is None:
        return {"headers": headers}
    host = parts.hostname.encode("idna").decode() if not parts.hostname.isascii() else parts.hostname
    literal = f"[{host}]" if ":" in host else host
    headers["Host"] = f"{literal}:{parts.port}" if parts.port else literal
    return {"headers": headers, "extensions": {"sni_hostname": host}}


def _answer(response: httpx.Response, url: str, origin: str, ends: float, limit: int) -> Fetched | str:
    status = response.status_code
    if status in _REDIRECTS and "location" in response.headers:
        return str(response.headers["location"])
    if status != 200:
        what, remedy = _STATUS.get(status) or (
            ("fails at the server's side", "Try again later")
            if status >= 500
            else ("gives no page", "Check the address")
        )
        raise FetchError(f"{what} (status {status})", where=origin, remedy=remedy)
    declared = response.headers.get("content-type", "")
    media_type = declared.split(";")[0].strip().lower()
    if not (media_type.startswith("text/") or media_type in _DOCUMENTS):
        raise FetchError(
            f"answers with {media_type}, which is no text, HTML or PDF",
            where=origin,
            remedy="Give the article's address",
        )
    length = response.headers.get("content-length", "")
    if length.isdigit() and int(length) > limit:
        raise _large(origin, limit)
    chunks: list[bytes] = []
    size = 0
    for chunk in response.iter_bytes():
        size += len(chunk)
        if size > limit:
            raise _large(origin, limit)
        if time.monotonic() > ends:
            raise FetchError("sends its answer too slowly", where=origin, remedy="Download it and read the file")
        chunks.append(chunk)
    return Fetched(b"".join(chunks), media_type or None, response.charset_encoding, url)


def _resolve(host: str, port: int, origin: str) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:
        raise FetchError(
            f"the name {host} does not resolve", where=origin, remedy="Check the address and the network connection"
        ) from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def _literal(host: str) -> bool:
    try:
        ipaddress.ip_address(host.split("%", maxsplit=1)[0])
    except ValueError:
        return False
    return True


def _public(address: str) -> bool:
    """Tell whether an IP address lies in the open internet, also where IPv6 wraps an IPv4 address."""
    ip = ipaddress.ip_address(address.split("%", maxsplit=1)[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return _public(str(inner))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _reason(error: Exception) -> str:
    return str(error) or type(error).__name__


def _inside(origin: str, host: str) -> FetchError:
    return FetchError(
        f"{host} lies in a private network or on this machine, which is not fetched from by default",
        where=origin,
        remedy="Set LODECLAIM_ALLOW_PRIVATE=1 if you trust the address",
    )


def _refused(origin: str, host: str, port: int, error: Exception) -> FetchError:
    return FetchError(
        f"no connection to {host} on port {port} ({_reason(error)})",
        where=origin,
        remedy="Check the address and the network connection",
    )


def _slow(origin: str, timeout: float) -> FetchError:
    return FetchError(
        f"did not answer within {timeout:g} seconds", where=origin, remedy="Try again, or download it and read the file"
    )


def _large(origin: str, limit: int) -> FetchError:
    return FetchError(
        f"is larger than {limit:,} bytes", where=origin, remedy="Download it, split it and read the parts"
    )

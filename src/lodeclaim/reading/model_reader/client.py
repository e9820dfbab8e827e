"""What does a language model answer? One question to an OpenAI-compatible address, within limits."""

from __future__ import annotations

import ipaddress
import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlsplit

import msgspec

from lodeclaim.reading.model_reader.model import ModelSettings, Usage

# httpx is imported here beside documents.fetch, and only inside the function that sends: this is the other of the
# two edges to the network. It speaks to the one address that the user names, follows no redirects (the key must
# not travel on), and needs no further package for a single POST.

__all__ = ["KEY_VARIABLE", "Answer", "ModelClient"]

KEY_VARIABLE = "LODECLAIM_MODEL_KEY"
_BUSY = frozenset({408, 429, 500, 502, 503, 504, 529})
#: Statuses by which services without JSON schemas refuse one.
_REFUSES_SCHEMA = frozenset({400, 404, 415, 422, 501})
_LONGEST_PAUSE = 30.0
_MAX_BYTES = 4_000_000


@dataclass(frozen=True, slots=True)
class Answer:
    """The JSON object a model answered with, or None and the reason; and what it took."""

    data: dict[str, Any] | None
    failure: str = ""
    usage: Usage = field(default_factory=Usage)
    status: int = 200


class ModelClient:
    """Asks one model; it raises nothing for what a service may do wrong."""

    def __init__(self, settings: ModelSettings, pause: Callable[[float], None] = time.sleep) -> None:
        self.settings = settings
        self.url = _completions(settings.address)
        self._pause = pause
        self._without_schema = False

    def ask(self, messages: Sequence[Mapping[str, str]], schema: Mapping[str, Any]) -> Answer:
        """Return the model's answer as a JSON object.

        A service that refuses the schema, or answers with something else than JSON, is asked once more for plain
        JSON. A busy or failing service (429, 5xx, no connection) is tried again with growing pauses; a slow one is not.
        """
        used = Usage()
        answer = Answer(None)
        for structured in (False,) if self._without_schema else (True, False):
            answer = self._persistently(self._question(messages, schema if structured else None))
            used += answer.usage
            if answer.data is not None:
                break
            if structured and answer.status in _REFUSES_SCHEMA:
                self._without_schema = True
            elif answer.status != 200:
                break
        return replace(answer, usage=used)

    def _question(self, messages: Sequence[Mapping[str, str]], schema: Mapping[str, Any] | None) -> dict[str, Any]:
        question: dict[str, Any] = {
            "model": self.settings.model,
            "messages": list(messages),
            "temperature": 0,
            "max_tokens": self.settings.max_tokens,
        }
        if schema is not None:
            question["response_format"] = {
                "type": "json_schema",
                "json_schema": {"name": "claims", "strict": True, "schema": schema},
            }
        return question

    def _persistently(self, question: Mapping[str, Any]) -> Answer:
        used = Usage()
        for attempt in range(1, self.settings.attempts + 1):
            answer, wait = self._send(question)
            used += answer.usage
            if wait is None or attempt == self.settings.attempts:
                break
            self._pause(min(max(wait, 0.5 * 2 ** (attempt - 1)), _LONGEST_PAUSE))
        return replace(answer, usage=used)

    def _send(self, question: Mapping[str, Any]) -> tuple[Answer, float | None]:
        """Send once; return the answer, and the least pause in seconds where trying again may help."""
        import httpx

        key = os.environ.get(KEY_VARIABLE, "").strip()
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if not (key.isascii() and key.isprintable()):
            said = f"the key in {KEY_VARIABLE} holds characters that no header takes; set it anew"
            return Answer(None, said, status=0), None
        if key:
            headers["Authorization"] = f"Bearer {key}"
        limit = self.settings.timeout
        ends = time.monotonic() + limit
        host = urlsplit(self.url).hostname or ""
        sent = Usage(requests=1)
        try:
            # a service on this machine is never behind a proxy
            with (
                httpx.Client(timeout=limit, trust_env=not _on_this_machine(host), follow_redirects=False) as client,
                client.stream("POST", self.url, content=msgspec.json.encode(question), headers=headers) as response,
            ):
                body = bytearray()
                for chunk in response.iter_bytes():
                    body += chunk
                    if len(body) > _MAX_BYTES:
                        return Answer(None, f"the answer is larger than {_MAX_BYTES:,} bytes", sent, 0), None
                    if time.monotonic() > ends:
                        return Answer(None, _slow(limit), sent, 0), None
                status, pause = response.status_code, response.headers.get("retry-after", "")
        except httpx.TimeoutException:
            return Answer(None, _slow(limit), sent, 0), None
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
            reason = _short(str(error) or type(error).__name__, key)
            return Answer(None, f"no connection ({reason}); check the address", sent, 0), 0.0
        if status != 200:
            failure = Answer(None, _refusal(status, bytes(body), key), sent, status)
            wait = float(pause) if pause.isdigit() else 0.0
            return failure, wait if status in _BUSY else None
        return self._understood(bytes(body), sent), None

    def _understood(self, body: bytes, sent: Usage) -> Answer:
        try:
            whole = msgspec.json.decode(body)
            choice = whole["choices"][0]
            content = choice["message"].get("content")
        except (
            msgspec.DecodeError,
            UnicodeDecodeError,
            KeyError,
            IndexError,
            TypeError,
            AttributeError,
            RecursionError,
        ):
            return Answer(None, "the answer is not that of a /chat/completions address; check the address", sent)
        counted = whole.get("usage")
        usage = replace(
            sent,
            prompt_tokens=_number(counted, "prompt_tokens"),
            answer_tokens=_number(counted, "completion_tokens"),
        )
        data = _json_object(content) if isinstance(content, str) else None
        if data is not None:
            return Answer(data, "", usage)
        if choice.get("finish_reason") == "length":
            cap = self.settings.max_tokens
            return Answer(None, f"the answer was cut off at {cap:,} tokens; allow more of them", usage)
        return Answer(None, "the answer is not JSON as it was asked for", usage)


def _completions(address: str) -> str:
    parts = urlsplit(address)
    path = parts.path.rstrip("/")
    if not path.endswith("/chat/completions"):
        path += "/chat/completions"
    return parts._replace(path=path, fragment="").geturl()


def _json_object(content: str) -> dict[str, Any] | None:
    """Return the object in an answer, also where a fence or a word of politeness stands around it."""
    first, last = content.find("{"), content.rfind("}")
    try:
        data = msgspec.json.decode(content[first : last + 1].encode()) if 0 <= first < last else None
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def _on_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _refusal(status: int, body: bytes, key: str) -> str:
    if status in (401, 403):
        return f"access refused (status {status}); put the service's key into {KEY_VARIABLE}"
    try:
        said = msgspec.json.decode(body)
        error = said.get("error", said.get("message", ""))
        words = str(error.get("message", "") if isinstance(error, dict) else error)
    except (msgspec.DecodeError, UnicodeDecodeError, AttributeError, RecursionError):
        words = ""
    more = f": {_short(words, key)}" if words else ""
    if status in _BUSY:
        return f"the service is busy or failing (status {status}{more}); try again later"
    return f"the service refuses the question (status {status}{more}); check the address and the model's name"


def _short(words: str, key: str) -> str:
    clean = " ".join(words.split())
    return (clean.replace(key, "…") if key else clean)[:200]


def _slow(limit: float) -> str:
    return f"no answer within {limit:g} seconds; allow more time or take a faster model"


def _number(counted: Any, name: str) -> int:
    value = counted.get(name) if isinstance(counted, dict) else None
    return value if isinstance(value, int) and value > 0 else 0

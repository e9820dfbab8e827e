"""A loopback service that speaks like a language model, and a text to read with it."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from lodeclaim.core.ids import content_hash
from lodeclaim.documents.model import Document

TEXT = """Tungsten mine in Portugal grows

China accounted for 83% of world tungsten production in 2024.
The Panasqueira mine in Portugal produced about 550 tonnes of tungsten in 2023.
In February 2025 China placed tungsten under export controls.
"""


@dataclass
class Reply:
    """One answer of the service: what it says, or how it fails."""

    content: Any = None
    status: int = 200
    wait: float = 0.0
    drip: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | None = None
    finish: str = "stop"


Script = Callable[[dict[str, Any], str], Reply]


class Service:
    """Answers by ``script(question, passage)`` and keeps what it was asked."""

    def __init__(self) -> None:
        self.script: Script = lambda question, passage: claims()
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.paths: list[str] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                outer.asked.append(question)
                outer.keys.append(self.headers.get("Authorization"))
                outer.paths.append(self.path)
                reply = outer.script(question, passage_of(question))
                time.sleep(reply.wait)
                body = reply.body if reply.body is not None else completion(reply.content, reply.finish)
                try:
                    self.send_response(reply.status)
                    for name, value in reply.headers.items():
                        self.send_header(name, value)
                    self.send_header("Content-Length", str(len(body) + reply.drip))
                    self.end_headers()
                    for _ in range(reply.drip):
                        self.wfile.write(b" ")
                        self.wfile.flush()
                        time.sleep(0.05)
                    self.wfile.write(body)
                except OSError:
                    self.close_connection = True

            def log_message(self, *arguments: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self.server.server_port}/v1"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True)
        self.thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


def completion(content: Any, finish: str = "stop") -> bytes:
    said = content if isinstance(content, str) else json.dumps(content)
    return json.dumps(
        {
            "choices": [{"index": 0, "message": {"role": "assistant", "content": said}, "finish_reason": finish}],
            "usage": {"prompt_tokens": 100, "completion_tokens": 10, "total_tokens": 110},
        }
    ).encode()


def claims(*drafts: dict[str, Any]) -> Reply:
    return Reply({"claims": list(drafts)})


def passage_of(question: dict[str, Any]) -> str:
    """The passage between the two fences of a question."""
    lines = question["messages"][-1]["content"].split("\n")
    fences = [number for number, line in enumerate(lines) if line.startswith("==== passage ")]
    return "\n".join(lines[fences[0] + 1 : fences[-1]])


def on(words: str, *drafts: dict[str, Any]) -> Script:
    """Answer with the drafts for the passage that holds the words, with nothing for others."""
    return lambda question, passage: claims(*drafts) if words in passage else claims()


def document(text: str = TEXT, language: str | None = "en") -> Document:
    digest = content_hash(text.encode())
    return Document(
        id=f"d{digest[:12]}",
        address="test.txt",
        text=text,
        sha256=digest,
        media_type="text/plain",
        encoding="utf-8",
        language=language,
        published="2025-11-20",
    )


SHARE = {
    "quote": "China accounted for 83% of world tungsten production",
    "predicate": "share",
    "value": 83,
    "unit": "%",
    "comparator": "=",
    "material": "tungsten",
    "place": "China",
    "when": "2024",
    "modality": "actual",
}


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    monkeypatch.delenv("LODECLAIM_MODEL_KEY", raising=False)
    running = Service()
    yield running
    running.close()

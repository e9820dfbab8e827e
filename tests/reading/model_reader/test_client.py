"""One question to a service: schema first, plain JSON second, patience with the busy, none with the slow."""

from __future__ import annotations

import socket
import time
from typing import Any

import pytest

from lodeclaim.core.errors import LodeclaimError
from lodeclaim.reading.model_reader.client import Answer, ModelClient
from lodeclaim.reading.model_reader.model import ModelSettings
from lodeclaim.reading.model_reader.prompt import build_messages, build_schema

from .conftest import Reply, Service, claims


def ask(service: Service, pauses: list[float] | None = None, **settings: Any) -> Answer:
    chosen = ModelSettings(**({"address": service.address, "model": "stub"} | settings))
    waited = pauses if pauses is not None else []
    return ModelClient(chosen, pause=waited.append).ask(build_messages("text", language="en"), build_schema())


def test_the_question_as_it_is_sent(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LODECLAIM_MODEL_KEY", "secret-key")
    answer = ask(service, max_tokens=77)
    assert answer.data == {"claims": []}
    assert (answer.usage.requests, answer.usage.prompt_tokens, answer.usage.answer_tokens) == (1, 100, 10)
    (question,) = service.asked
    assert question["model"] == "stub"
    assert question["temperature"] == 0
    assert question["max_tokens"] == 77
    assert question["response_format"]["type"] == "json_schema"
    assert question["response_format"]["json_schema"]["schema"] == build_schema()
    assert service.keys == ["Bearer secret-key"]
    assert service.paths == ["/v1/chat/completions"]


def test_without_a_key_none_is_sent(service: Service) -> None:
    ask(service)
    assert service.keys == [None]


@pytest.mark.parametrize("ending", ["/", "/chat/completions", "/chat/completions/"])
def test_the_address_may_be_written_in_several_ways(service: Service, ending: str) -> None:
    ask(service, address=service.address + ending)
    assert service.paths == ["/v1/chat/completions"]


def test_a_service_without_schemas_is_asked_for_plain_json_and_remembered(service: Service) -> None:
    service.script = lambda question, _: (
        Reply(status=400, body=b'{"error": {"message": "no response_format"}}')
        if "response_format" in question
        else claims()
    )
    client = ModelClient(ModelSettings(address=service.address, model="stub"), pause=lambda _: None)
    for _ in range(2):
        assert client.ask(build_messages("text", language="en"), build_schema()).data == {"claims": []}
    assert ["response_format" in question for question in service.asked] == [True, False, False]


def test_a_fence_and_kind_words_around_the_json_are_left_out(service: Service) -> None:
    service.script = lambda *_: Reply('Sure, here it is:\n```json\n{"claims": []}\n```\nAnything else?')
    assert ask(service).data == {"claims": []}
    assert len(service.asked) == 1


def test_truncated_json_is_asked_for_once_more(service: Service) -> None:
    service.script = lambda *_: Reply('{"claims": [{"quote": "China acc', finish="length")
    answer = ask(service, max_tokens=50)
    assert answer.data is None
    assert "cut off at 50 tokens" in answer.failure
    assert len(service.asked) == 2


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_service_is_tried_again_with_growing_pauses(service: Service, status: int) -> None:
    replies = [Reply(status=status, body=b"busy"), Reply(status=status, body=b"busy"), claims()]
    service.script = lambda *_: replies.pop(0)
    pauses: list[float] = []
    answer = ask(service, pauses)
    assert answer.data == {"claims": []}
    assert answer.usage.requests == 3
    assert pauses == [0.5, 1.0]


def test_the_service_may_name_the_pause_within_limits(service: Service) -> None:
    replies = [
        Reply(status=429, body=b"", headers={"Retry-After": "7"}),
        Reply(status=429, body=b"", headers={"Retry-After": "86400"}),
        claims(),
    ]
    service.script = lambda *_: replies.pop(0)
    pauses: list[float] = []
    assert ask(service, pauses).data is not None
    assert pauses == [7.0, 30.0]


def test_a_service_that_stays_busy_is_given_up(service: Service) -> None:
    service.script = lambda *_: Reply(status=503, body=b'{"error": "overloaded"}')
    answer = ask(service)
    assert answer.data is None
    assert "status 503: overloaded" in answer.failure
    assert len(service.asked) == 3


def test_a_refused_key_is_said_without_showing_it(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LODECLAIM_MODEL_KEY", "secret-key")
    service.script = lambda *_: Reply(status=401, body=b'{"error": {"message": "bad key secret-key"}}')
    answer = ask(service)
    assert "LODECLAIM_MODEL_KEY" in answer.failure
    assert "secret-key" not in answer.failure
    assert len(service.asked) == 1
    service.script = lambda *_: Reply(status=418, body=b'{"error": {"message": "not with secret-key"}}')
    assert "secret-key" not in ask(service).failure


@pytest.mark.parametrize("reply", [Reply(wait=1.0, content={}), Reply(drip=40, content={})])
def test_a_slow_answer_is_not_waited_for(service: Service, reply: Reply) -> None:
    service.script = lambda *_: reply
    begun = time.monotonic()
    answer = ask(service, timeout=0.3)
    assert time.monotonic() - begun < 0.9
    assert answer.data is None
    assert "no answer within 0.3 seconds" in answer.failure
    assert len(service.asked) == 1


def test_redirects_are_not_followed(service: Service) -> None:
    service.script = lambda *_: Reply(status=307, body=b"", headers={"Location": f"{service.address}/elsewhere"})
    assert "status 307" in ask(service).failure
    assert len(service.asked) == 1


@pytest.mark.parametrize(
    "body",
    [b"<html>not a model</html>", b"{}", b'{"choices": []}', b'{"choices": [{"message": null}]}', b"[1]", b"\xff"],
)
def test_an_address_that_is_no_model(service: Service, body: bytes) -> None:
    service.script = lambda *_: Reply(body=body)
    answer = ask(service)
    assert answer.data is None
    assert "check the address" in answer.failure


def test_nobody_listens() -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{held.getsockname()[1]}/v1"
    settings = ModelSettings(address=address, model="stub", attempts=2)
    answer = ModelClient(settings, pause=lambda _: None).ask(build_messages("text", language="en"), build_schema())
    assert answer.data is None
    assert "no connection" in answer.failure


@pytest.mark.parametrize(
    "settings",
    [
        {"address": "localhost:8080"},
        {"address": "ftp://models.example/v1"},
        {"address": "http:///v1"},
        {"address": "http://host:notaport/v1"},
        {"address": "https://user:word@models.example/v1"},
        {"model": " "},
        {"timeout": 0},
        {"timeout": float("nan")},
        {"budget": 0},
    ],
)
def test_settings_that_cannot_be(settings: dict[str, Any]) -> None:
    with pytest.raises(LodeclaimError) as caught:
        ModelSettings(**({"address": "http://localhost:1/v1", "model": "stub"} | settings))
    assert caught.value.remedy
    assert "word@" not in str(caught.value)


@pytest.mark.parametrize("key", ["schlüssel", "two\nlines"])
def test_a_key_that_no_header_takes_is_said_without_showing_it(
    service: Service, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    monkeypatch.setenv("LODECLAIM_MODEL_KEY", key)
    answer = ask(service)
    assert "LODECLAIM_MODEL_KEY" in answer.failure
    assert key not in answer.failure
    assert not service.asked

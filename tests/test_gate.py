"""The layer before all routes, asked as a server asks it."""

from __future__ import annotations

import asyncio
import base64
import json
from typing import Any

import pytest
from apart import run_apart

from chat import gate
from chat.gate import BUSY, Gate, Rules, known_hosts

ANYBODY = Rules()
LOGIN = {"authorization": "Basic " + base64.b64encode(b"ann:secret").decode()}


def answer_with(status: int) -> Any:
    async def app(_scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": status, "headers": [(b"content-type", b"text/plain"), (b"content-length", b"5")]})
        await send({"type": "http.response.body", "body": b"hello"})

    return app


def pass_through(headers: dict[str, str] | None = None, *, rules: Rules = ANYBODY, method: str = "GET", path: str = "/", status: int = 200) -> tuple[int, dict[str, str], str]:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    raw = [(name.encode(), value.encode()) for name, value in ({"host": "127.0.0.1:7860"} | (headers or {})).items()]
    run_apart(Gate(answer_with(status), rules)({"type": "http", "method": method, "path": path, "headers": raw}, None, send))
    start, body = sent
    return start["status"], {name.decode(): value.decode() for name, value in start["headers"]}, body["body"].decode()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "PATIENCE", 0.0)


def test_every_response_carries_the_headers() -> None:
    refused = pass_through({"sec-fetch-site": "cross-site"}, method="POST")
    for status, headers, _ in (pass_through(), refused):
        assert status in (200, 403)
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["x-frame-options"] == "DENY"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "connect-src 'self'" in headers["content-security-policy"]
        assert not [name for name in headers if name.startswith("access-control")]


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(("headers", "status"), [({}, 401), ({"authorization": "Basic eDp5"}, 401), (LOGIN, 200)])
def test_a_login_is_asked_for(headers: dict[str, str], status: int) -> None:
    for path in ("/", "/gradio_api/call/ask", "/mcp", "/assets/x.js", "/brief/config"):
        found, given, said = pass_through(headers, rules=Rules({"ann": "secret"}), path=path)
        assert found == status
        assert ("www-authenticate" in given) == (status == 401)
        assert status == 200 or ("登录" in said and "Log in" in said and said.count("\n") == 1)


def test_a_wrong_password_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr(asyncio, "sleep", sleep)
    rules = Rules({"ann": "secret"})
    assert [pass_through(headers, rules=rules)[0] for headers in ({}, LOGIN, {"authorization": "Basic eDp5"})] == [401, 200, 401]
    assert waited == [gate.PATIENCE]


@pytest.mark.parametrize(
    ("method", "headers", "status"),
    [
        ("POST", {"sec-fetch-site": "same-origin", "origin": "https://news.example"}, 200),  # a proxy wrote another Host
        ("GET", {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}, 200),
        ("GET", {"sec-fetch-site": "none"}, 200),
        ("POST", {"origin": "http://127.0.0.1:7860"}, 200),
        ("POST", {"origin": "https://news.example", "x-forwarded-host": "news.example"}, 200),
        ("POST", {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}, 403),
        ("GET", {"sec-fetch-site": "cross-site", "sec-fetch-mode": "cors"}, 403),
        ("GET", {"sec-fetch-site": "same-site", "sec-fetch-mode": "no-cors"}, 403),
        ("POST", {"origin": "http://evil.example"}, 403),
        ("GET", {"origin": "null"}, 403),
        ("OPTIONS", {"origin": "http://evil.example", "access-control-request-method": "POST"}, 403),
    ],
)
def test_no_other_website_may_call(method: str, headers: dict[str, str], status: int) -> None:
    assert pass_through(headers, method=method)[0] == status


@pytest.mark.parametrize(
    ("host", "root", "asked", "status"),
    [
        ("127.0.0.1", "", "localhost:7860", 200),
        ("127.0.0.1", "", "[::1]:7860", 200),
        ("127.0.0.1", "", "evil.example:7860", 421),
        ("127.0.0.1", "", "", 421),
        ("localhost", "https://news.example/briefing", "news.example", 200),
        ("127.0.0.1", "/briefing", "news.example", 421),
        ("0.0.0.0", "", "desk.lan:7860", 200),
    ],
)
def test_a_server_of_this_computer_answers_to_its_own_names(host: str, root: str, asked: str, status: int) -> None:
    found, _, said = pass_through({"host": asked}, rules=Rules(hosts=known_hosts(host, root)))
    assert found == status
    assert status == 200 or "--root-path" in said


@pytest.mark.parametrize(
    "path",
    ["/gradio_api/file=/tmp/gradio/aa/a.txt", "/briefing/gradio_api/file=x", "/gradio_api/file/x", "/gradio_api/proxy=https://x.hf.space/a", "/gradio_api/stream/a/b/1/playlist.m3u8",
     "/gradio_api/process_recording", "/gradio_api/vibe-code", "/gradio_api/undo-vibe-edit", "/gradio_api/deep_link"],
)  # fmt: skip
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_what_the_page_does_not_need_is_closed(path: str, method: str) -> None:
    assert pass_through(path=path, method=method)[0] == 404


@pytest.mark.usefixtures("impatient")
def test_only_the_servers_own_question_whether_it_is_up_needs_no_login() -> None:
    rules = Rules({"ann": "secret"}, root="/brief")
    assert [pass_through(rules=rules, path=path)[0] for path in (gate.STARTED, "/brief" + gate.STARTED)] == [200, 200]
    for before in ("/gradio_api/proxy=https://x.hf.space", "/assets", "/gradio_api/file=/tmp", "/other"):
        assert pass_through(rules=rules, path=before + gate.STARTED)[0] == 401


def test_a_full_queue_asks_to_come_back() -> None:
    status, headers, said = pass_through(status=503)
    assert (status, json.loads(said), headers["retry-after"]) == (503, {"detail": BUSY}, "5")
    assert int(headers["content-length"]) == len(said.encode())

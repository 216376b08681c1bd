"""The server behind a login, with its MCP tools: asked by a real MCP client, by curl's means, and by who has no login."""

from __future__ import annotations

import base64
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from apart import run_apart
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client
from test_app import ROOT, SALES, SOLD, Server, free_port, start, stop

from chat.mcp_server import PATH

LOGIN = {"Authorization": "Basic " + base64.b64encode(b"ann:secret").decode()}


@pytest.fixture(scope="module")
def guarded(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    logins = tmp_path_factory.mktemp("auth") / "logins"
    logins.write_text("ann:secret\n", encoding="utf-8")
    running = start(cache, "app.py", "--port", str(free_port()), "--mcp", "--auth-file", str(logins), "--root-path", "/briefing", "--max-upload", "1KB")
    yield running
    stop(running.process)


def converse(server: Server, talk: Callable[[ClientSession, Any], Awaitable[None]]) -> None:
    async def go() -> None:
        async with (
            httpx.AsyncClient(headers=LOGIN, timeout=300) as client,  # the first question waits for the models
            streamable_http_client(server.address.rstrip("/") + PATH, http_client=client) as (read, write, _),
            ClientSession(read, write) as session,
        ):
            await talk(session, await session.initialize())

    run_apart(go())


def test_a_model_finds_three_tools_described_for_it(guarded: Server) -> None:
    async def talk(session: ClientSession, began: Any) -> None:
        tools = {tool.name: tool for tool in (await session.list_tools()).tools}
        assert list(tools) == ["ask", "search", "documents"]
        assert "refusal" in began.instructions
        assert "verbatim" in began.instructions
        assert tools["ask"].inputSchema["required"] == ["question"]
        assert tools["ask"].inputSchema["properties"]["question"]["description"]
        assert {"answer", "refused", "citations"} <= tools["ask"].outputSchema["properties"].keys()
        assert all(tool.annotations.readOnlyHint for tool in tools.values())
        assert began.capabilities.resources is None
        assert began.capabilities.prompts is None

    converse(guarded, talk)


def test_a_model_asks_searches_and_lists(guarded: Server) -> None:
    async def talk(session: ClientSession, _: Any) -> None:
        answer = await session.call_tool("ask", {"question": SALES})
        assert (answer.isError, answer.structuredContent["answer"]) == (False, SOLD)
        assert f'"answer": "{SOLD}"' in answer.content[0].text
        refusal = await session.call_tool("ask", {"question": "2023年奥运会中国拿了多少金牌？"})
        assert (refusal.isError, refusal.structuredContent["refused"], refusal.structuredContent["citations"]) == (False, True, [])
        found = await session.call_tool("search", {"question": "汽车销量", "k": 2})
        assert [passage["document"] for passage in found.structuredContent["passages"]] == ["miit-2023"] * 2
        listed = await session.call_tool("documents", {})
        assert listed.structuredContent["documents"][0]["notice"]

    converse(guarded, talk)


@pytest.mark.parametrize(
    ("tool", "given", "said"), [("ask", {"question": " "}, "empty"), ("ask", {}, "required"), ("search", {"question": "x", "k": 0}, "minimum of 1"), ("delete", {}, "there are ask, search, documents")]
)
def test_a_model_is_told_what_is_wrong(guarded: Server, tool: str, given: dict[str, Any], said: str) -> None:
    async def talk(session: ClientSession, _: Any) -> None:
        answer = await session.call_tool(tool, given)
        assert answer.isError
        assert said in answer.content[0].text
        assert "\n" not in answer.content[0].text

    converse(guarded, talk)


@pytest.mark.parametrize(
    "path",
    ["", "config", "gradio_api/info", "gradio_api/openapi.json", "gradio_api/call/ask", "gradio_api/call/v2/search", "gradio_api/run/documents", "gradio_api/queue/join", "gradio_api/queue/data",
     "gradio_api/upload", "gradio_api/file=/etc/passwd", "gradio_api/heartbeat/x", "gradio_api/mcp/", "mcp", "theme.css", "assets/x.js", "login", "briefing/config"],
)  # fmt: skip
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_without_a_login_nothing_is_to_be_had(guarded: Server, method: str, path: str) -> None:
    request = urllib.request.Request(guarded.address + path, b"{}" if method == "POST" else None, {"Content-Type": "application/json"}, method=method)
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=10)
    with refused.value as reply:
        assert (reply.code, "Log in" in reply.read().decode()) == (401, True)


def test_with_one_the_page_stands_under_its_root_path(guarded: Server) -> None:
    with httpx.Client(headers=LOGIN, timeout=300) as client:
        assert client.get(guarded.address).status_code == 200
        config = client.get(guarded.address + "config").json()
        assert config["root"].endswith("/briefing")
        assert "每份至多 1 KB" in str(config["components"])  # the page says the limit that holds
        large = client.post(guarded.address + "gradio_api/upload", files={"files": ("a.txt", b"x" * 2000)})
        small = client.post(guarded.address + "gradio_api/upload", files={"files": ("a.txt", b"x" * 500)})
        assert (large.status_code, small.status_code) == (413, 200)
        event = client.post(guarded.address + "gradio_api/call/ask", json={"data": [SALES, []]}).json()["event_id"]
        assert "event: complete" in client.get(f"{guarded.address}gradio_api/call/ask/{event}").text


@pytest.mark.parametrize(("options", "said"), [(["--auth-file", "nowhere"], "nowhere: can't be read"), (["--mcp"], "--mcp needs the package mcp; install it: python -m pip install 'mcp")])
def test_what_cannot_begin_is_one_line_and_exit_status_1(options: list[str], said: str, tmp_path: Path) -> None:
    (tmp_path / "without.py").write_text("import importlib.util, runpy, sys\nfind = importlib.util.find_spec\nimportlib.util.find_spec = lambda name: None if name == 'mcp' else find(name)\nrunpy.run_path('app.py', run_name='__main__')\n")
    done = subprocess.run([sys.executable, str(tmp_path / "without.py"), "--port", str(free_port()), *options], cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"briefing-qa: {said}")
    assert done.stderr.count("\n") == 1

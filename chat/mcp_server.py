"""The verbs as tools for a model: an MCP server (streamable HTTP) beside the page, by the protocol's own SDK.

Gradio can make one too, of its endpoints; that one hands a model Python's repr in place of JSON and says nothing of what
the tools return, and its extra holds back pydantic.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any, Final

from chat.verbs import Verb, Verbs
from documents.errors import BriefingError

PATH: Final = "/mcp"
AT_ONCE: Final = 4  # calls answered side by side; the others wait
INSTRUCTIONS: Final = (
    "Questions to a collection of press briefings. Answers are cut from the documents and cited to the character; nothing is made up. "
    "Quotes are verbatim: pass them on unchanged, each with its speaker, or not at all. A refusal is a result: pass it on as one, and fill "
    "the gap neither from the nearest passages nor from what you know. Where a document carries a notice, pass that on with its quotes."
)


def check_sdk() -> None:
    """Raise where the SDK is missing, with the command that installs it."""
    if find_spec("mcp") is None:
        raise BriefingError("--mcp needs the package mcp; install it: python -m pip install 'mcp>=1.25,<2'")


@dataclass(frozen=True, slots=True)
class Tools:
    """An MCP server as an ASGI application; it keeps no session, so it needs nothing but to be running."""

    sessions: Any  # the SDK's session manager

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await self.sessions.handle_request(scope, receive, send)

    @asynccontextmanager
    async def running(self, _: Any) -> AsyncIterator[None]:
        async with self.sessions.run():
            yield


def make_tools(verbs: Verbs) -> Tools:
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

    return Tools(StreamableHTTPSessionManager(app=_make_server(verbs), json_response=True, stateless=True))


def _make_server(verbs: Verbs) -> Any:
    from mcp import types
    from mcp.server.lowlevel import Server

    listed = {verb.name: verb for verb in verbs.listed()}
    server: Any = Server("briefing-qa", instructions=INSTRUCTIONS)
    turns = asyncio.Semaphore(AT_ONCE)

    async def list_tools() -> list[types.Tool]:
        return [_describe(verb) for verb in listed.values()]

    async def call_tool(name: str, arguments: dict[str, Any]) -> Any:
        """The record as JSON; what is raised becomes an error for the model to read."""
        if name not in listed:
            raise BriefingError(f"there is no tool {name!r}; there are {', '.join(listed)}")
        async with turns:
            record = await asyncio.to_thread(listed[name].run, **arguments)
        return [types.TextContent(type="text", text=json.dumps(record, ensure_ascii=False))], record

    server.list_tools()(list_tools)
    server.call_tool()(call_tool)
    return server


def _describe(verb: Verb) -> Any:
    from gradio_client.utils import python_type_to_json_schema
    from mcp import types

    needed = [name for name, schema in verb.parameters.items() if "default" not in schema]
    return types.Tool(
        name=verb.name, title=verb.title, description=verb.description,
        inputSchema={"type": "object", "properties": verb.parameters, "required": needed, "additionalProperties": False},
        outputSchema=python_type_to_json_schema(verb.returns),
        annotations=types.ToolAnnotations(readOnlyHint=True, openWorldHint=False),
    )  # fmt: skip

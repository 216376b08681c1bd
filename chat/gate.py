"""What every request passes on its way to the page, and every response on its way out: one ASGI layer before all routes.

Gradio's own login leaves some routes open, and its cross-origin rules let any website ask a server that isn't local.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

from chat.logins import is_known

LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
STARTED: Final = "/gradio_api/startup-events"  # gradio asks its own server once whether it is up; it tells true or false
# Gradio would serve what others have uploaded to whoever knows its path, fetch from other hosts, and run what it calls vibes: the page needs none of it.
CLOSED: Final = re.compile(r"/(?:file[=/]|proxy=|stream/|process_recording|(?:undo-)?vibe-|deep_link|custom_component/)")
PATIENCE: Final = 1.0  # seconds that a wrong password waits for its refusal

LOGIN: Final = "请用浏览器弹出的对话框登录，或随请求附上用户名和密码（HTTP Basic）。 / Log in: send a user name and password (HTTP Basic)."
FOREIGN: Final = "其他网站不得调用本服务。 / Other websites may not call this server."
UNKNOWN_HOST: Final = "本服务不认识这个地址；请用 --root-path 写明对外的完整地址后重新启动。 / Not known under this address: start with --root-path https://…, the public address."
NOWHERE: Final = "这里没有这个地址。 / There is nothing here."
BUSY: Final = "现在提问的人较多，请稍等片刻再试；问题没有丢失。 / Many questions are waiting just now; please try again in a moment."

# Gradio's page needs inline scripts and styles and compiles the page's own functions; nothing may come from, or go to, elsewhere.
POLICY: Final = "; ".join((
    "default-src 'self'", "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:", "style-src 'self' 'unsafe-inline'", "img-src 'self' data: blob:",
    "font-src 'self' data:", "media-src 'self' blob:", "worker-src 'self' blob:", "connect-src 'self'", "object-src 'none'", "base-uri 'self'",
    "form-action 'self'", "frame-ancestors 'none'",
))  # fmt: skip
HEADERS: Final = (
    (b"x-content-type-options", b"nosniff"), (b"referrer-policy", b"same-origin"), (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"), (b"cross-origin-resource-policy", b"same-origin"), (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
    (b"content-security-policy", POLICY.encode()),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rules:
    logins: Mapping[str, str] = field(default_factory=dict)  # passwords by name; empty: no login is asked for
    hosts: frozenset[str] = frozenset()  # the names it answers to; empty: any
    root: str = ""  # the path under which a proxy offers the page


def known_hosts(host: str, root_path: str) -> frozenset[str]:
    """A server of this computer alone answers to its own names and its public one, lest a website call itself localhost."""
    public = urlsplit(root_path).hostname
    return LOOPBACK | ({public} if public else set()) if host in LOOPBACK else frozenset()


@dataclass(frozen=True, slots=True)
class Gate:
    """The layer itself."""

    app: Any
    rules: Rules

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":  # gradio has no websockets; "lifespan" is the server's own
            await (self.app(scope, receive, send) if scope["type"] == "lifespan" else send({"type": "websocket.close"}))
            return
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        status, said = self._judge(scope, headers)
        if status == 401 and "authorization" in headers:
            await asyncio.sleep(PATIENCE)
        if status:
            await _refuse(send, status, said)
        else:
            await self.app(scope, receive, _Outgoing(send))

    def _judge(self, scope: Any, headers: Mapping[str, str]) -> tuple[int, str]:
        """Status and text of a refusal; 0 where the request may pass."""
        if self.rules.hosts and urlsplit(f"//{headers.get('host', '')}").hostname not in self.rules.hosts:
            return 421, UNKNOWN_HOST
        if _is_foreign(scope["method"], headers):
            return 403, FOREIGN
        if self.rules.logins and scope["path"] not in (STARTED, self.rules.root + STARTED) and not is_known(headers.get("authorization", ""), self.rules.logins):
            return 401, LOGIN
        if CLOSED.search(scope["path"]):
            return 404, NOWHERE
        return 0, ""


def _is_foreign(method: str, headers: Mapping[str, str]) -> bool:
    """Whether another website's page sends this. A link to this one is none of it; programs say nothing of the kind."""
    site = headers.get("sec-fetch-site")
    if site:
        return site not in ("same-origin", "none") and not (method == "GET" and headers.get("sec-fetch-mode") == "navigate")
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc not in (headers.get("host"), headers.get("x-forwarded-host"))


async def _refuse(send: Any, status: int, said: str, *more: tuple[bytes, bytes], as_json: bool = False) -> None:
    import json

    body = (json.dumps({"detail": said}, ensure_ascii=False) if as_json else said + "\n").encode()
    kind = b"application/json" if as_json else b"text/plain; charset=utf-8"
    ask = ((b"www-authenticate", b'Basic realm="briefing-qa", charset="UTF-8"'),) if status == 401 else ()
    length = (b"content-length", str(len(body)).encode())
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-type", kind), length, *HEADERS, *ask, *more]})
    await send({"type": "http.response.body", "body": body})


class _Outgoing:
    """Adds the headers to a response, and says in the reader's words that the queue is full."""

    def __init__(self, send: Any) -> None:
        self.send, self.replaced = send, False

    async def __call__(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            if message["status"] == 503:
                self.replaced = True
                await _refuse(self.send, 503, BUSY, (b"retry-after", b"5"), as_json=True)
                return
            message = message | {"headers": [*message["headers"], *HEADERS]}
        if not self.replaced:
            await self.send(message)

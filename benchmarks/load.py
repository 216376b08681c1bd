"""Many visitors at once, each over a document of their own: `python benchmarks/load.py --visitors 50 --minutes 10`.

A real server; each visitor speaks to it as the page in a browser does (gradio's queue), pastes a text with a figure that no
other text has, and asks for it again and again. Told are errors, answers with another visitor's figure, seconds an answer
takes, what happens where more ask than may wait, and how the server's memory grew over the second half.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import httpx
import psutil
from gradio_client.utils import apply_diff

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from chat.gate import BUSY  # noqa: E402

PAUSE = 5.0  # seconds between an answer and the next question, on average: a reader reads


@dataclass
class Tally:
    """What all visitors saw."""

    seconds: list[float] = field(default_factory=list)
    opened: list[float] = field(default_factory=list)  # seconds from pasting to being ready
    refused: int = 0  # politely: the queue is full
    errors: list[str] = field(default_factory=list)
    mixed: list[str] = field(default_factory=list)


@dataclass
class Page:
    """The page as a browser holds it: its components' values, and its session."""

    client: httpx.AsyncClient
    config: dict[str, Any]
    session: str
    values: dict[int, Any]

    def event(self, method: str) -> dict[str, Any]:
        """The first event that calls this method of the page; "pieces" is the question box's."""
        found: dict[str, Any] = next(row for row in self.config["dependencies"] if row["api_name"] == method)
        return found

    async def send(self, method: str, *typed: Any) -> list[Any]:
        """Raise an event with what was typed into its first inputs, and wait for its outputs. Overload raises httpx.HTTPStatusError."""
        row = self.event(method)
        data = [*typed, *(self.values.get(id) for id in row["inputs"][len(typed) :])]
        joined = await self.client.post("gradio_api/queue/join", json={"data": data, "fn_index": row["id"], "session_hash": self.session, "event_data": None, "trigger_id": None})
        joined.raise_for_status()
        number, outputs = joined.json()["event_id"], None  # after the first outputs of an event come their differences, and in the end the last ones whole
        async with self.client.stream("GET", "gradio_api/queue/data", params={"session_hash": self.session}) as stream:
            async for line in stream.aiter_lines():
                told = json.loads(line[6:]) if line.startswith("data: ") else {}
                if told.get("event_id") != number or told["msg"] not in ("process_generating", "process_completed"):
                    continue
                if not told["success"]:
                    raise RuntimeError(str(told["output"]))
                given = told["output"]["data"]
                growing = told["msg"] == "process_generating" and outputs is not None
                outputs = [apply_diff(one, change) for one, change in zip(outputs, given, strict=True)] if growing else given
                self._show(row["outputs"], outputs)
                if told["msg"] == "process_completed":
                    break
        return outputs or []

    def _show(self, ids: list[int], outputs: list[Any]) -> None:
        for id, value in zip(ids, outputs, strict=False):
            if not isinstance(value, dict) or value.get("__type__") != "update":
                self.values[id] = value
            elif "value" in value:
                self.values[id] = value["value"]


async def open_page(client: httpx.AsyncClient) -> Page:
    config = (await client.get("config")).json()
    values = {row["id"]: row["props"].get("value") for row in config["components"] if row["type"] != "state"}
    return Page(client, config, f"{random.getrandbits(52):011x}", values)


async def visit(address: str, number: int, until: float, tally: Tally) -> None:
    """Bring a document, then ask it until time is up."""
    figure = f"{1000 + number}.{number % 10}亿元"
    text = f"# 第{number}区通气会\n\n王明（局长）：2023年，第{number}区道路投资为{figure}，公园41个。\n"
    await asyncio.sleep(random.uniform(0, min(30.0, 0.3 * number)))
    async with httpx.AsyncClient(base_url=address, timeout=300) as client:
        try:
            page = await open_page(client)
            began = time.monotonic()
            await page.send("paste", f"第{number}区", text, "zh")
            await page.send("add")
            tally.opened.append(time.monotonic() - began)
        except (httpx.HTTPError, RuntimeError, ValueError) as error:
            tally.errors.append(f"visitor {number} could not begin: {error!r:.200}")
            return
        while time.monotonic() < until:
            await ask(page, number, figure, tally)
            await asyncio.sleep(random.uniform(0, 2 * PAUSE))


async def ask(page: Page, number: int, figure: str, tally: Tally) -> None:
    began = time.monotonic()
    try:
        outputs = await page.send("pieces", "2023年道路投资是多少？")
    except httpx.HTTPStatusError as error:
        if error.response.status_code == 503 and BUSY in error.response.text:
            tally.refused += 1
        else:
            tally.errors.append(f"{error.response.status_code} {error.response.text[:100]}")
        return
    except (httpx.HTTPError, RuntimeError, ValueError) as error:
        tally.errors.append(repr(error)[:200])
        return
    tally.seconds.append(time.monotonic() - began)
    said = set(re.findall(r"\d{4}\.\d亿元", json.dumps(outputs, ensure_ascii=False)))
    if said != {figure}:
        tally.mixed.append(f"visitor {number} has {figure} and was told {sorted(said)}")


async def flood(address: str, questions: int) -> dict[str, int]:
    """More questions at once than may wait, as a program would ask them: how many are answered, refused politely, neither."""

    async def one(client: httpx.AsyncClient) -> str:
        try:
            return await end(client)
        except httpx.HTTPError as error:
            return type(error).__name__

    async def end(client: httpx.AsyncClient) -> str:
        begun = await client.post("gradio_api/call/ask", json={"data": ["2023年汽车销量是多少？", []]})
        if begun.status_code == 503 and BUSY in begun.text and begun.headers.get("retry-after"):
            return "refused politely"
        if begun.status_code != 200:
            return f"status {begun.status_code}"
        done = await client.get(f"gradio_api/call/ask/{begun.json()['event_id']}")
        return "answered" if "event: complete" in done.text else "failed"

    async with httpx.AsyncClient(base_url=address, timeout=600, limits=httpx.Limits(max_connections=None)) as client:
        ends = await asyncio.gather(*(one(client) for _ in range(questions)))
    return {end: ends.count(end) for end in sorted(set(ends))}


async def watch(process: int, until: float) -> list[tuple[float, float]]:
    """Seconds and megabytes, the server's alone, once a second."""
    server, began, seen = psutil.Process(process), time.monotonic(), []
    while time.monotonic() < until:
        seen.append((time.monotonic() - began, server.memory_info().rss / 2**20))
        await asyncio.sleep(1)
    return seen


async def load(address: str, process: int, visitors: int, seconds: float, questions: int) -> tuple[Tally, list[tuple[float, float]], dict[str, int]]:
    tally, until = Tally(), time.monotonic() + seconds
    watching = asyncio.create_task(watch(process, until))
    await asyncio.gather(*(visit(address, number, until, tally) for number in range(visitors)))
    return tally, await watching, await flood(address, questions)


def tell(tally: Tally, memory: list[tuple[float, float]], flooded: dict[str, int]) -> bool:
    """Print what was seen; whether all of it is as it should be."""
    half, end = memory[len(memory) // 2 :], memory[-1][0]
    first = median([mb for at, mb in half if at < half[0][0] + end / 20])
    last = median([mb for at, mb in half if at > end - end / 20])
    growth = last / first - 1
    p95 = quantiles(tally.seconds, n=20)[-1] if len(tally.seconds) > 1 else float("nan")
    print(f"answers        {len(tally.seconds)}, median {median(tally.seconds or [0]):.2f} s, p95 {p95:.2f} s; document ready after {median(tally.opened or [0]):.2f} s (median)")
    print(f"refused        {tally.refused} politely, the queue being full")
    print(f"errors         {len(tally.errors)}" + "".join(f"\n  {error}" for error in tally.errors[:10]))
    print(f"mixed sessions {len(tally.mixed)}" + "".join(f"\n  {one}" for one in tally.mixed[:10]))
    print(f"memory         {first:.0f} MB at half time, {last:.0f} MB at the end: {growth:+.1%} over the second half; most {max(mb for _, mb in memory):.0f} MB")
    print(f"overload       {flooded}")
    return not tally.errors and not tally.mixed and growth < 0.05 and set(flooded) <= {"answered", "refused politely"} and bool(tally.seconds)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--visitors", type=int, default=50)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--flood", type=int, default=200, help="questions at once at the end (default: %(default)s)")
    parser.add_argument("--port", type=int, default=7979)
    given = parser.parse_args()
    with tempfile.TemporaryFile("w+") as errors:
        page = subprocess.Popen([sys.executable, str(ROOT / "app.py"), "--port", str(given.port), "--no-feedback"], cwd=ROOT, stdout=subprocess.PIPE, stderr=errors, encoding="utf-8")
        try:
            assert page.stdout is not None
            printed = re.search(r"http://[^\s/]+/", page.stdout.readline())
            if printed is None:
                errors.seek(0)
                raise SystemExit(f"the page did not start: {errors.read()[-500:]}")
            good = tell(*asyncio.run(load(printed[0], page.pid, given.visitors, given.minutes * 60, given.flood)))
            crashed = page.poll() is not None
        finally:
            page.terminate()
            page.wait()
        errors.seek(0)
        traces = errors.read().count("Traceback")
    print(f"server         {'crashed' if crashed else 'up to the end'}, {traces} tracebacks on its console")
    return 0 if good and not crashed and not traces else 1


if __name__ == "__main__":
    sys.exit(main())

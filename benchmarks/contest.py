"""One contestant in a process of its own: `python benchmarks/contest.py NAME PHASE WORK`. Linux alone tells its memory.

benchmarks/peers.py starts it, ours with this environment's Python and the peers with theirs, and reads what it writes:
WORK/NAME.PHASE.json. WORK holds texts.json (documents, the passages cut from them, questions) and settings.json (the
peers' encoder).
"""

from __future__ import annotations

import json
import os
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from contestants import CONTESTANTS

ROOT = Path(__file__).resolve().parent.parent


def clock(act: Callable[..., object], *given: object) -> tuple[float, float]:
    """Seconds by the wall and by the processor (all threads) that a call takes."""
    wall, busy = time.perf_counter(), time.process_time()
    act(*given)
    return time.perf_counter() - wall, time.process_time() - busy


def build(one: Any, texts: dict[str, Any], encoder: str, folder: Path) -> dict[str, Any]:
    one.start()
    one.open_encoder(encoder)
    build_s, build_cpu = clock(one.build, texts)
    save_s, _ = clock(one.save, folder)
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    return {"build_s": build_s, "build_cpu": build_cpu, "save_s": save_s, "bytes": size, "build_mb": peak()}


def ask(one: Any, texts: dict[str, Any], encoder: str, folder: Path) -> dict[str, Any]:
    import_s, _ = clock(one.start)
    encoder_s, _ = clock(one.open_encoder, encoder)
    load_s, _ = clock(one.load, folder)
    one.ask(texts["questions"][0])  # the first opens what is opened late
    found: list[list[str]] = []
    taken = [clock(lambda q=question: found.append(one.ask(q)))[0] for question in texts["questions"]]
    result = {"import_s": import_s, "encoder_s": encoder_s, "load_s": load_s, "ask_s": taken, "found": found, "ask_mb": peak()}
    if hasattr(one, "open_reader"):
        answer = one.open_reader()
        answer(texts["questions"][0])
        result |= {"answer_s": [clock(answer, question)[0] for question in texts["questions"]], "answer_mb": peak()}
    return result


def installed(one: Any) -> dict[str, Any]:
    """Bytes of all that one is installed with, as the installer recorded it, and how many packages."""
    from importlib.metadata import PackageNotFoundError, distribution

    from packaging.requirements import Requirement

    seen: set[str] = set()
    waiting, total = list(one.needs), 0
    while waiting:
        name = waiting.pop().lower().replace("_", "-")
        try:
            found = distribution(name)
        except PackageNotFoundError:
            continue  # needed on another system alone
        if name not in seen:
            seen.add(name)
            total += sum(path.stat().st_size for path in (Path(str(file.locate())) for file in found.files or ()) if path.is_file())
            needs = map(Requirement, found.requires or ())
            waiting += [need.name for need in needs if need.marker is None or need.marker.evaluate({"extra": ""})]
    if "briefing-qa" in one.needs:  # installed in place: its files stand here
        rooms = [ROOT / room for room in ("documents", "index", "qa", "chat")]
        total += sum(path.stat().st_size for room in rooms for path in room.rglob("*") if path.is_file() and path.suffix != ".pyc")
    return {"install_bytes": total, "packages": len(seen)}


def peak() -> float:
    """The most resident memory that this process ever held, in megabytes."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())  # the system's ru_maxrss counts the parent in
    return int(found[1]) / 1024 if found else 0.0


def prepare(source: str, target: Path) -> dict[str, Any]:
    """The peers' encoder with weights in 32-bit floats, as a hub has it: a folder may keep 16, slow on a processor."""
    import torch
    from sentence_transformers import SentenceTransformer

    SentenceTransformer(source, device="cpu", model_kwargs={"dtype": torch.float32}).save(str(target))
    return {}


def main() -> None:
    name, phase, work = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    sys.path.insert(0, str(ROOT))  # ours, and its class that sentence-transformers loads the embedded encoder by
    settings = json.loads((work / "settings.json").read_text(encoding="utf-8"))
    if phase == "prepare":
        result = prepare(settings["source"], Path(settings["encoder"]))
    elif phase == "start":
        CONTESTANTS[name]().start()
        return
    elif phase == "installed":
        result = installed(CONTESTANTS[name]())
    else:
        texts = json.loads((work / "texts.json").read_text(encoding="utf-8"))
        result = {"build": build, "ask": ask}[phase](CONTESTANTS[name](), texts, settings["encoder"], work / name)
    (work / f"{name}.{phase}.json").write_text(json.dumps(result), encoding="utf-8")


if __name__ == "__main__":
    os.environ |= {"HF_HUB_OFFLINE": os.environ.get("HF_HUB_OFFLINE", "1"), "HAYSTACK_TELEMETRY_ENABLED": "False"}
    main()

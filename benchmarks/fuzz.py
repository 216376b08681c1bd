"""A hundred thousand inputs for everything that takes input from outside: `python benchmarks/fuzz.py [TARGET …]`.

Coverage-guided by atheris (pip install atheris), each target in a process of its own, from whole inputs onwards. A target
fails on any exception that isn't the program's own, on an input that takes 5 s, and on 1.5 GB of memory; the input that
did it is kept. The same targets run in the tests, a few inputs each.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

SLOWEST = 5  # seconds
MOST = 1500  # megabytes
LARGEST = 4096  # bytes of an input; large ones are tests/test_bad_input.py's
SHARES = {  # of the inputs; what runs fast and takes most kinds of input has more
    "text": 12, "html": 6, "pdf": 8, "docx": 8, "docx-part": 8, "name": 4, "structure": 18, "question": 8, "answer": 4, "lines": 10, "message": 10, "login": 4,
}  # fmt: skip


def fuzz_one(name: str, options: list[str]) -> None:
    """In this process, which libFuzzer ends."""
    import atheris

    with atheris.instrument_imports(include=["documents", "qa", "chat", "index"]):
        from bad_input import TARGETS

        from documents.errors import BriefingError

    target, _ = TARGETS[name]

    def run(data: bytes) -> None:
        with suppress(BriefingError):
            target(data)

    atheris.Setup([sys.argv[0], *options], run)
    atheris.Fuzz()


def fuzz_apart(name: str, runs: int, folder: Path) -> tuple[bool, str]:
    """Whether a target held, and its row of the table."""
    from bad_input import TARGETS

    seeds = folder / name
    seeds.mkdir()
    for number, seed in enumerate(TARGETS[name][1]()):
        (seeds / str(number)).write_bytes(seed)
    words = folder / "words"
    if not words.exists():
        words.write_text(write_words(), encoding="utf-8")
    options = [f"-runs={runs}", f"-timeout={SLOWEST}", f"-rss_limit_mb={MOST}", f"-max_len={LARGEST}", f"-dict={words}", "-print_final_stats=1", f"-artifact_prefix=failed-{name}-", str(seeds)]
    began = time.monotonic()
    done = subprocess.run([sys.executable, __file__, "--inside", name, *options], capture_output=True, text=True, errors="replace", check=False)
    said = done.stdout + done.stderr
    stats = {key: found[1] if (found := re.search(rf"stat::{key}:\s+(\d+)", said)) else "?" for key in ("number_of_executed_units", "slowest_unit_time_sec", "peak_rss_mb")}
    fault = "" if done.returncode == 0 else next((line for line in said.splitlines() if re.search(r"(Error|Exception|ERROR)\b", line)), said[-200:])
    row = [name, stats["number_of_executed_units"], stats["slowest_unit_time_sec"], stats["peak_rss_mb"], f"{time.monotonic() - began:.0f}", fault or "none"]
    return done.returncode == 0, f"| {' | '.join(row)} |"


def write_words() -> str:
    """What texts are made of, as libFuzzer takes it."""
    from scraps import _OPENERS, _SCRAPS

    words = {word.encode("utf-8", "surrogatepass") for word in (*_OPENERS, *_SCRAPS) if 0 < len(word) < 20}
    return "".join('"' + "".join(f"\\x{byte:02X}" for byte in word) + '"\n' for word in sorted(words))


def main() -> int:
    if sys.argv[1:2] == ["--inside"]:
        fuzz_one(sys.argv[2], sys.argv[3:])
        return 0
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("targets", nargs="*", default=[], metavar="TARGET", help=", ".join(SHARES))
    parser.add_argument("--inputs", type=int, default=100_000, help="in all (default: %(default)s)")
    arguments = parser.parse_args()
    held = True
    print("| target | inputs | slowest, whole s | peak MB | took s | fault |\n|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for name in arguments.targets or SHARES:
            good, row = fuzz_apart(name, arguments.inputs * SHARES[name] // sum(SHARES.values()), Path(folder))
            held = held and good
            print(row, flush=True)
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())

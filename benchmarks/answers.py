"""How many questions of a set are answered rightly: `python benchmarks/answers.py [QUESTIONS.jsonl] [--documents PATH …]`.

A line holds id, question, answers (accepted short answers), answerable, kind, and optionally history and items.
An answer is right if it contains an accepted one, or every item of a list, after folding; a refusal is right where the
line says that the text doesn't answer. Every citation is checked against its document as well.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import time
from collections import Counter
from pathlib import Path
from typing import Any

from documents.fold import fold
from qa.assistant import open_assistant
from qa.types import Answer

QUESTIONS = Path(__file__).parent / "questions" / "briefing.jsonl"


def main() -> None:
    """Print the misses, then one line a kind and the sums."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("questions", nargs="?", type=Path, default=QUESTIONS)
    parser.add_argument("--documents", nargs="+")
    arguments = parser.parse_args()
    assistant = open_assistant(arguments.documents)
    texts = {document.id: document.text for document in assistant.documents}
    counts: Counter[tuple[str, str]] = Counter()
    took = []
    for line in arguments.questions.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        started = time.perf_counter()
        answer = assistant.ask(row["question"], row.get("history", ()))
        took.append((time.perf_counter() - started) * 1000)
        for citation in answer.citations:
            assert citation.quote == texts[citation.document_id][citation.start : citation.end], row["id"]
        outcome = judge(row, answer)
        counts[row["kind"], outcome] += 1
        counts["all", outcome] += 1
        if outcome not in ("right", "refused rightly"):
            print(f"{row['id']} {outcome}: {row['question']}\n    wanted {row['answers'][:2]}, got {answer.short[:80]!r} {answer.refusal}")
    outcomes = ("right", "wrong", "refused rightly", "refused wrongly")
    print(f"\n{'kind':12}" + "".join(f"{outcome:>17}" for outcome in outcomes))
    for kind in dict.fromkeys(kind for kind, _ in counts):
        print(f"{kind:12}" + "".join(f"{counts[kind, outcome]:17}" for outcome in outcomes))
    print(f"quotes equal their slices in all of them; a question took {statistics.median(took):.0f} ms at the median")


def judge(row: dict[str, Any], answer: Answer) -> str:
    """right, wrong, refused rightly or refused wrongly."""
    if answer.refused:
        return "refused wrongly" if row["answerable"] else "refused rightly"
    short = plain(answer.short)
    contained = any(plain(accepted) in short for accepted in row["answers"])
    listed = bool(row.get("items")) and all(plain(item) in short for item in row["items"])
    return "right" if row["answerable"] and (contained or listed) else "wrong"


def plain(text: str) -> str:
    """Folded, without white space and punctuation."""
    return re.sub(r"[\s，。、；：“”《》（）(),.;:\"']", "", fold(text))


if __name__ == "__main__":
    main()

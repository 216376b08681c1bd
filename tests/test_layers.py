"""The rooms and who may know whom, read off the source: documents → index → qa → chat → app, and never back.

Each rule is a generator of complaints about one file. A second test gives each rule a file that breaks it.
"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("documents", "index", "qa", "chat")  # each may know those before it
PAGE = ("app",)  # knows them all
SOURCES = tuple(sorted([*ROOT.glob("*.py"), *(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))]))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

LONGEST_FILE = 220
LONGEST_FUNCTION = 40
VAGUE = {"utils", "util", "base", "common", "helpers", "helper", "misc", "core", "config", "manager", "factory", "service"}
HEAVY = {"torch", "sentence_transformers", "transformers", "gradio", "starlette", "mcp", "pymilvus"}  # seconds and hundreds of megabytes each
LOADED_BY_OTHERS = "index/st_module.py"  # sentence-transformers imports it, by its name in a model's modules.json
ONLY_IN = {
    "faiss": {"index/dense.py"},
    "gradio": {"app.py", *(f"chat/{path.name}" for path in (ROOT / "chat").glob("*.py"))},
    "onnxruntime": {"index/onnx_session.py"},
    "tokenizers": {"index/onnx_session.py", "index/words.py"},
    "torch": {"index/st_encoder.py", "qa/hf_model.py", LOADED_BY_OTHERS},
    "sentence_transformers": {"index/st_encoder.py", LOADED_BY_OTHERS},
    "pypdf": {"documents/parsers.py"},
    "docx": {"documents/parsers.py", "chat/export_docx.py"},
    "trafilatura": {"documents/web.py"},
    "opencc": {"documents/fold.py"},
    "nltk": {"qa/scores.py"},
    "ir_measures": {"qa/ranking.py"},
    "scipy": {"qa/compare.py"},
    "jinja2": {"qa/report.py"},
    "mcp": {"chat/mcp_server.py"},
    "pymilvus": {"index/milvus.py"},
    "transformers": {"qa/hf_model.py"},
    **{name: set() for name in ("pickle", "shelve", "marshal", "dill", "joblib")},
}
DISTRIBUTIONS = {
    "docx": "python-docx",
    "faiss": "faiss-cpu",
    "ir_measures": "ir-measures",
    "sentence_transformers": "sentence-transformers",
    **dict.fromkeys(("gradio_client", "starlette"), "gradio"),  # they come with it
    **dict.fromkeys(("torch", "safetensors", "transformers"), "sentence-transformers"),  # they come with it
}

Rule = Callable[[str, str], Iterator[str]]  # name of a file below the root, and its text, to complaints


def imports(node: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and dotted name of everything imported below a node (a.b for `from a import b`); relative ones begin with a dot."""
    for found in ast.walk(node):
        if isinstance(found, ast.Import):
            yield from ((found.lineno, alias.name) for alias in found.names)
        elif isinstance(found, ast.ImportFrom):
            module = "." * found.level + (found.module or "")
            yield from ((found.lineno, f"{module}.{alias.name}") for alias in found.names)


def imported_at_once(body: list[ast.stmt]) -> Iterator[tuple[int, str]]:
    """What importing a module imports: everything but what stands in functions or under TYPE_CHECKING."""
    for statement in body:
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
            continue
        if isinstance(statement, ast.If) and "TYPE_CHECKING" in ast.unparse(statement.test):
            yield from imported_at_once(statement.orelse)
        elif inner := [child for child in ast.iter_child_nodes(statement) if isinstance(child, ast.stmt)]:
            yield from imported_at_once(inner)
        else:
            yield from imports(statement)


def keep_direction(name: str, text: str) -> Iterator[str]:
    room = name.partition("/")[0] if "/" in name else "page"
    known = {*ROOMS[: ROOMS.index(room) + 1]} if room in ROOMS else {*ROOMS, *PAGE}
    for line, module in imports(ast.parse(text)):
        if module.startswith("."):
            yield f"{name}:{line}: import by the whole name, not {module}"
        if module in ROOMS:
            yield f"{name}:{line}: write from {module} import …: a parameter may be called {module}"
        top = module.partition(".")[0]
        if top in {*ROOMS, *PAGE, "tests", "benchmarks", "scripts"} - known:
            yield f"{name}:{line}: {room} knows nothing of {module}"


def keep_libraries_in_place(name: str, text: str) -> Iterator[str]:
    for line, module in imports(ast.parse(text)):
        allowed = ONLY_IN.get(module.partition(".")[0])
        if allowed is not None and name not in allowed:
            yield f"{name}:{line}: {module} belongs in {sorted(allowed) or 'no file'}"


def import_late_what_is_slow(name: str, text: str) -> Iterator[str]:
    module_of_others = LOADED_BY_OTHERS.removesuffix(".py").replace("/", ".")
    for line, module in imports(ast.parse(text)):
        if module.startswith(module_of_others):
            yield f"{name}:{line}: {module} imports torch; sentence-transformers alone loads it"
    for line, module in imported_at_once(ast.parse(text).body):
        if module.partition(".")[0] in HEAVY and name != LOADED_BY_OTHERS:
            yield f"{name}:{line}: import {module} inside the function that needs it"


def declare_dependencies(name: str, text: str) -> Iterator[str]:
    needs = [*PROJECT["project"]["dependencies"], *(need for extra in ("mcp", "milvus") for need in PROJECT["project"]["optional-dependencies"][extra])]
    declared = {re.split(r"[<>=\[]", need)[0] for need in needs}
    for line, module in imports(ast.parse(text)):
        top = module.partition(".")[0]
        if top not in {*sys.stdlib_module_names, *ROOMS, *PAGE, ""} and DISTRIBUTIONS.get(top, top) not in declared:
            yield f"{name}:{line}: {module} is no dependency in pyproject.toml"


def catch_by_name(name: str, text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ExceptHandler):
            caught = ast.unparse(node.type) if node.type else "BaseException"
            if re.search(r"\b(Base)?Exception\b", caught):
                yield f"{name}:{node.lineno}: catches {caught}"


def stay_small(name: str, text: str) -> Iterator[str]:
    if (lines := len(text.splitlines())) > LONGEST_FILE:
        yield f"{name}: {lines} lines"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > LONGEST_FUNCTION:
                yield f"{name}:{node.lineno}: {node.name} has {length} lines"


def have_a_name(name: str, _: str) -> Iterator[str]:
    if VAGUE & {part.removesuffix(".py") for part in name.split("/")}:
        yield f"{name}: the name says nothing of what is in it"


RULES: tuple[Rule, ...] = (
    keep_direction,
    keep_libraries_in_place,
    import_late_what_is_slow,
    declare_dependencies,
    catch_by_name,
    stay_small,
    have_a_name,
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_source_keeps_the_rule(rule: Rule) -> None:
    names = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in SOURCES}
    assert {"app.py", "documents/read.py", "index/dense.py", "qa/__main__.py"} <= set(names)
    assert [complaint for name, text in names.items() for complaint in rule(name, text)] == []


@pytest.mark.parametrize(
    ("rule", "name", "text"),
    [
        (keep_direction, "documents/x.py", "from index.search import search"),
        (keep_direction, "index/x.py", "def f():\n    from qa.types import Answer"),
        (keep_direction, "qa/x.py", "import app"),
        (keep_direction, "qa/x.py", "from chat.desk import Desk"),
        (keep_direction, "app.py", "from tests.fake_embedder import FakeEmbedder"),
        (keep_direction, "index/x.py", "from .types import Hit"),
        (keep_direction, "index/x.py", "from . import types"),
        (keep_direction, "qa/x.py", "import index"),
        (keep_libraries_in_place, "index/search.py", "import faiss"),
        (keep_libraries_in_place, "qa/x.py", "def f():\n    import gradio as gr"),
        (keep_libraries_in_place, "index/x.py", "import pickle"),
        (import_late_what_is_slow, "index/st_encoder.py", "import torch"),
        (import_late_what_is_slow, "app.py", "try:\n    import gradio\nexcept ImportError:\n    pass"),
        (import_late_what_is_slow, "app.py", "class A:\n    from gradio import Blocks"),
        (import_late_what_is_slow, "index/x.py", "def f():\n    from index.st_module import OnnxModule"),
        (import_late_what_is_slow, "index/x.py", "from index import st_module"),
        (declare_dependencies, "qa/x.py", "import requests"),
        (catch_by_name, "qa/x.py", "try:\n    f()\nexcept:\n    pass"),
        (catch_by_name, "qa/x.py", "try:\n    f()\nexcept (OSError, Exception) as e:\n    pass"),
        (stay_small, "qa/x.py", "\n" * 221),
        (stay_small, "qa/x.py", "def f():\n" + "    a = 1\n" * 60),
        (have_a_name, "qa/utils.py", ""),
        (have_a_name, "qa/common/x.py", ""),
    ],
)
def test_the_rule_sees_what_breaks_it(rule: Rule, name: str, text: str) -> None:
    assert list(rule(name, text))


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (keep_direction, "from index import search"),
        (import_late_what_is_slow, "if TYPE_CHECKING:\n    import gradio as gr"),
        (import_late_what_is_slow, "def f():\n    import gradio as gr"),
        (catch_by_name, "try:\n    f()\nexcept (OSError, JSONDecodeError):\n    pass"),
    ],
)
def test_the_rule_lets_pass_what_is_right(rule: Rule, text: str) -> None:
    assert not list(rule("app.py", text))


def test_every_module_is_named_in_pyproject() -> None:
    setuptools, mypy = PROJECT["tool"]["setuptools"], PROJECT["tool"]["mypy"]
    folders = {".".join(path.parent.relative_to(ROOT).parts) for path in SOURCES if path.parent != ROOT}
    assert set(setuptools["packages"]) == folders
    assert set(setuptools["py-modules"]) == set(PAGE)
    assert {*mypy["packages"], *mypy["modules"]} == {*ROOMS, *PAGE, "training"}

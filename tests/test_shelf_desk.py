"""Adding documents, step by step as the page shows it: read, embedded, asked; refused; cancelled."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from apart import run_apart
from fake_embedder import FakeEmbedder
from test_page import seen
from test_shelf import ASKED, PARKS, POOL, ROADS, HeldEmbedder, ask, made, opened, share  # noqa: F401 (a fixture)

from chat.conversation import Exchange
from chat.intake import Brought
from chat.opening import Opening
from chat.shelf import Shelf, add
from chat.shelf_desk import ShelfDesk

FILE = Brought("道路.txt", ROADS.text.encode("gb18030"))
PLACES = ("brought", "progress", "cancel", "shelf", "key", "conversation")  # of what add yields, in order


async def run(shared: Opening, brought: Sequence[Brought], shelf: Shelf, let_go: HeldEmbedder | None = None, *, leave: bool = False) -> list[dict[str, Any]]:
    """All that adding yields; once it embeds, the embedder is let go, or the visitor leaves."""
    told: list[dict[str, Any]] = []
    adding = ShelfDesk(shared).add(brought, shelf, ASKED, "zh")
    async for piece in adding:
        told.append(dict(zip(PLACES, piece, strict=False)))
        if isinstance(told[-1]["shelf"], Shelf) and let_go:
            if leave:
                await adding.aclose()  # type: ignore[attr-defined]
            let_go.go.set()
    return told


def test_a_file_is_read_split_embedded_and_asked(made: list[Shelf]) -> None:  # noqa: F811
    embedder = HeldEmbedder()
    embedder.go.set()
    shared = share(POOL, embedder=embedder)
    embedder.go.clear()
    told = run_apart(run(shared, [FILE, Brought("x.zip", b"PK\x03\x04")], Shelf(), embedder))
    shelf = next(step["shelf"] for step in told if isinstance(step["shelf"], Shelf))
    made.append(shelf)
    assert all(step["brought"] == () for step in told)
    assert [seen(step["progress"]).startswith("道路.txt 读取……") for step in told][:2] == [True, False]
    assert seen(told[-1]["progress"]).startswith("道路.txt 读取（编码 GB18030，")
    assert "→ 分段（1 段） → 向量化 → 完成" in seen(told[-1]["progress"])
    assert seen(told[-1]["progress"]).endswith("完成：现在问的是《道路》。")
    assert shelf.before == (Shelf(), ASKED)
    assert opened(shelf, made).documents == shelf.own


def test_where_everything_is_refused_nothing_changes() -> None:
    told = run_apart(run(share(POOL), [Brought("x.zip", b"PK\x03\x04"), Brought("a.txt", b"")], Shelf()))
    assert not any(isinstance(step["shelf"], Shelf) for step in told)
    assert seen(told[-1]["progress"]).endswith("仍问原来的文件。")


def test_adding_that_is_cancelled_leaves_the_earlier_documents_and_conversation(made: list[Shelf]) -> None:  # noqa: F811
    embedder = HeldEmbedder()
    embedder.go.set()
    shared = share(POOL, embedder=embedder)
    embedder.go.clear()
    told = run_apart(run(shared, [FILE], Shelf(), embedder, leave=True))
    begun = told[-1]["shelf"]
    made.append(begun)
    assert begun.opening.given_up.is_set()
    _, _, shelf, key, conversation, *_ = ShelfDesk(shared).cancel(begun, (), "zh")
    assert (shelf, key, conversation) == (Shelf(), "", ASKED)


def test_the_default_collection_is_always_a_way_out(made: list[Shelf]) -> None:  # noqa: F811
    shared = share(POOL, embedder=FakeEmbedder())
    own = add(Shelf(), [ROADS], shared, ())
    opened(own, made)
    lost = (Exchange("道路投资是多少？", ask(shared, own, "道路投资是多少？")),)
    for before in (own, Shelf()):  # the latter as where the server has lost it
        _, _, shelf, key, *_ = ShelfDesk(shared).leave(before, lost, "zh")
        assert (shelf.opening, key) == (None, "")
        assert shelf.own == before.own


def test_a_conversation_over_documents_that_are_lost_does_not_come_back(made: list[Shelf]) -> None:  # noqa: F811
    shared = share(POOL, embedder=FakeEmbedder())
    own = add(Shelf(), [ROADS], shared, ())
    opened(own, made)
    lost = (Exchange("道路投资是多少？", ask(shared, own, "道路投资是多少？")),)
    after = add(Shelf(), [PARKS], shared, lost)
    opened(after, made)
    assert ShelfDesk(shared).take_back(after, (), "zh")[4] == ()


def test_a_pasted_text_without_a_title_is_called_one() -> None:
    desk = ShelfDesk(share(POOL))
    assert desk.paste(" ", "甲", "zh") == ((Brought("粘贴的文字", "甲"),), "", "")
    assert desk.paste("题", " ", "zh") == ((Brought("题", " "),), "题", " ")


def test_what_the_browser_sends_as_uploads_is_not_trusted() -> None:
    desk = ShelfDesk(share(POOL))
    for uploads in (None, "x", {"path": "/etc/passwd"}, [1, "x"]):
        assert desk.receive(uploads, "zh")[0] == ()
    assert [one.fault for one in desk.receive([{"path": "/etc/passwd"}], "zh")[0]] == ["vanished"]

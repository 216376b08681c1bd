"""A visitor's documents: which are asked, by whom, and what becomes of them."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import gradio as gr
import numpy as np
import pytest
from fake_embedder import FakeEmbedder
from numpy.typing import NDArray

from chat.conversation import Exchange
from chat.desk import Desk
from chat.fulltext import render_text
from chat.opening import Opening
from chat.shelf import MOST_LISTED, WHOLE, Shelf, add, choose, close, give_up, remove, take_back
from chat.shelf_desk import seat
from chat.shelf_side import arrange
from documents.read import document_from_text
from documents.types import Document
from qa.assistant import Assistant, assistant_over
from qa.reader import load_reader

ASKED = (Exchange("水利投资是多少？"),)
POOL = document_from_text("水务", "# 水务\n\n李明（局长）：水利投资是52亿元。甲。\n")
ROADS = document_from_text("道路", "# 道路\n\n王芳（处长）：道路投资是31亿元。乙。\n")
PARKS = document_from_text("公园", "# 公园\n\n赵青（主任）：公园投资是7亿元。丙。\n")


@dataclass
class HeldEmbedder(FakeEmbedder):
    """Embeds once it is let go."""

    go: threading.Event = field(default_factory=threading.Event)

    def embed_passages(self, texts: list[str], *, progress: Callable[[int, int], None] | None = None) -> NDArray[np.float32]:
        self.go.wait(10)
        return super().embed_passages(texts, progress=progress)


@pytest.fixture
def made() -> Iterator[list[Shelf]]:
    """What a test made; its threads end with it."""
    shelves: list[Shelf] = []
    yield shelves
    for shelf in shelves:
        give_up(shelf)
        if shelf.opening:
            shelf.opening.settled.wait(20)


def share(*documents: Document, embedder: FakeEmbedder | None = None) -> Opening:
    opening = Opening()
    opening.future.set_result(assistant_over(documents, embedder or FakeEmbedder(), load_reader("alignment")))
    return opening


def opened(shelf: Shelf, made: list[Shelf]) -> Assistant:
    made.append(shelf)
    assert shelf.opening
    return shelf.opening.future.result(20)


def test_what_is_brought_is_asked_alone_and_more_is_asked_with_it(made: list[Shelf]) -> None:
    shared = share(POOL)
    one = add(Shelf(), [ROADS], shared, ())
    assert opened(one, made).documents == (ROADS,)
    both = add(one, [PARKS], shared, ())
    assert opened(both, made).documents == (ROADS, PARKS)


def test_own_documents_the_shared_ones_or_both_can_be_asked_and_nothing_is_embedded_twice(made: list[Shelf]) -> None:
    embedder = FakeEmbedder()
    shared = share(POOL, embedder=embedder)
    own = add(Shelf(), [ROADS], shared, ())
    opened(own, made)
    both = choose(own, ["水务", "道路"], shared, ())
    assert opened(both, made).documents == (POOL, ROADS)
    again = choose(both, ["道路"], shared, ())
    assert opened(again, made).documents == (ROADS,)
    alone = choose(both, ["水务"], shared, ())
    assert (alone.opening, alone.key, alone.own) == (None, "", (ROADS,))
    assert len(embedder.embedded) == len(set(embedder.embedded))


def test_of_many_shared_documents_all_are_chosen_together(made: list[Shelf]) -> None:
    many = [replace(POOL, id=f"水务{n}") for n in range(MOST_LISTED + 1)]
    shared = share(*many)
    own = add(Shelf(), [ROADS], shared, ())
    both = choose(own, [WHOLE, "道路"], shared, ())
    assert opened(both, made).documents == (*many, ROADS)
    choices = arrange(shared, None, both, "zh")[2]
    assert [value for _, value in choices.choices] == [WHOLE, "道路"]
    assert choices.value == [WHOLE, "道路"]
    assert choose(both, [WHOLE], shared, ()).opening is None


def ask_of_a_visitors_own(secret: str, shared: Opening, leave: Callable[[Shelf], Any]) -> None:
    own = document_from_text("私", f"# 私\n\n钱明（处长）：{secret}投资是31亿元。一是修路。二是架桥。\n")
    shelf = add(Shelf(), [own], shared, ())
    assert shelf.opening
    shelf.opening.future.result(20).ask(f"{secret}投资是多少？")
    render_text(own, {}, None)
    shelf.opening.settled.wait(20)
    leave(shelf)


@pytest.mark.parametrize("leave", [close, lambda shelf: remove(shelf, "私", share(POOL), ())])
def test_nothing_of_a_visitors_documents_stays_once_they_are_gone(leave: Callable[[Shelf], Any]) -> None:
    shared = share(POOL)
    ask_of_a_visitors_own("机密", shared, leave)
    gc.collect()
    assert [held for held in gc.get_objects() if type(held) is Document and held.id == "私"] == []
    assert shared.assistant
    assert shared.assistant.ask("水利投资是多少？").short == "52亿元"


def test_choosing_nothing_or_the_same_changes_nothing(made: list[Shelf]) -> None:
    shared = share(POOL)
    own = add(Shelf(), [ROADS], shared, ())
    opened(own, made)
    assert choose(own, [], shared, ()) is own
    assert choose(own, ["道路"], shared, ()) is own
    assert choose(own, ["不存在"], shared, ()).asked == ()  # what nobody has is nothing: the shared ones are left
    assert choose(Shelf(), ["水务"], shared, ()) == Shelf()


def test_a_change_can_be_taken_back_with_its_conversation(made: list[Shelf]) -> None:
    shared = share(POOL)
    changed = add(Shelf(), [ROADS], shared, ASKED)
    opened(changed, made)
    assert take_back(changed, ()) == (Shelf(), ASKED)
    further = add(changed, [PARKS], shared, ())
    opened(further, made)
    back, _ = take_back(further, ())
    assert (back.asked, back.opening, back.before) == (("道路",), changed.opening, None)


def test_what_is_removed_is_gone(made: list[Shelf]) -> None:
    shared = share(POOL)
    both = add(add(Shelf(), [ROADS], shared, ()), [PARKS], shared, ASKED)
    opened(both, made)
    left = remove(both, "公园", shared, ())
    assert opened(left, made).documents == (ROADS,)
    assert "公园" not in repr(left)
    assert remove(left, "道路", shared, ()).opening is None
    aside = choose(both, ["水务"], shared, ASKED)
    without = remove(aside, "公园", shared, ())
    assert (without.own, without.key, without.before) == ((ROADS,), aside.key, None)


def test_work_that_is_given_up_ends_and_what_was_asked_before_comes_back(made: list[Shelf]) -> None:
    embedder = HeldEmbedder()
    embedder.go.set()
    shared = share(POOL, embedder=embedder)
    embedder.go.clear()
    begun = add(Shelf(), [ROADS], shared, ASKED)
    made.append(begun)
    assert take_back(begun, ()) == (Shelf(), ASKED)
    embedder.go.set()
    assert begun.opening
    assert "given up" in str(begun.opening.future.exception(20))
    assert begun.opening.examples == {}


def test_a_question_asked_while_documents_are_embedded_waits_for_them(made: list[Shelf]) -> None:
    embedder = HeldEmbedder()
    embedder.go.set()
    shared = share(POOL, embedder=embedder)
    embedder.go.clear()
    begun = add(Shelf(), [ROADS], shared, ())
    made.append(begun)
    replies = seat(Desk(shared).reply)("道路投资是多少？", (), "zh", begun, begun.key)
    growing = [next(replies)[0][-1].growing for _ in range(2)]
    embedder.go.set()
    *_, last = replies
    assert growing[-1].startswith("模型还在载入")
    assert last[0][-1].answer.short == "31亿元"


def ask(shared: Opening, shelf: Shelf, question: str) -> Any:
    *_, last = seat(Desk(shared).reply)(question, (), "zh", shelf, shelf.key)
    return last[0][-1].answer


def test_two_visitors_documents_never_mix(made: list[Shelf]) -> None:
    shared = share(POOL)
    one, other = add(Shelf(), [ROADS], shared, ()), add(Shelf(), [PARKS], shared, ())
    opened(one, made)
    opened(other, made)
    assert ask(shared, one, "道路投资是多少？").short == "31亿元"
    assert ask(shared, other, "公园投资是多少？").short == "7亿元"
    assert ask(shared, Shelf(), "水利投资是多少？").short == "52亿元"
    for shelf, question in ((one, "公园投资是多少？"), (other, "道路投资是多少？"), (Shelf(), "道路投资是多少？"), (one, "水利投资是多少？")):
        answer = ask(shared, shelf, question)
        found = {citation.document_id for citation in (*answer.citations, *answer.nearest)}
        assert found <= set(shelf.asked or ("水务",))


def test_where_the_server_lost_a_visitors_documents_no_other_answers_for_them(made: list[Shelf]) -> None:
    shared = share(POOL)
    one = add(Shelf(), [ROADS], shared, ())
    made.append(one)
    with pytest.raises(gr.Error, match="不在服务器上"):
        next(seat(Desk(shared).reply)("水利投资是多少？", (), "zh", Shelf(), one.key))
    with pytest.raises(gr.Error, match="no longer on the server"):
        seat(Desk(shared).greet)((), "en", Shelf(), one.key)

"""The source panel: three tabs, and what each one does. The second and third are made only while they are looked at."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from chat.cards import render_panel
from chat.conversation import Conversation, Span, number_spans
from chat.fulltext import render_text
from chat.labels import WORDS
from chat.opening import Opening
from chat.page import render_skip
from chat.searched import render_search
from chat.side_script import GO_TO_PLACE, TELL_PLACE
from documents.types import Document
from qa.types import Language

if TYPE_CHECKING:
    import gradio as gr

TABS = ("cited", "text", "search")
At = Callable[[Callable[..., Any], Sequence[Any]], tuple[Callable[..., Any], Sequence[Any]]]


@dataclass(frozen=True, slots=True)
class Side:
    """The panel's components, as gradio made them."""

    tabs: Any
    each: tuple[Any, ...]  # the tabs, in the order of TABS
    close: Any
    panel: Any
    picker: Any
    find: Any
    text: Any
    search: Any
    view: Any  # which tab is looked at
    place: Any  # the slice last looked for in the full text


def lay_out_side() -> Side:
    import gradio as gr

    words = WORDS["zh"]
    close = gr.Button(words["close_panel"], elem_id="close-panel", size="sm")
    with gr.Tabs(selected="cited", elem_id="side") as tabs:
        with gr.Tab(words["tab_cited"], id="cited", elem_id="tab-cited", render_children=True) as cited:
            panel = gr.HTML(render_panel((), {}, "zh"), elem_id="panel", js_on_load=TELL_PLACE)
        with gr.Tab(words["tab_text"], id="text", elem_id="tab-text", render_children=True) as full:
            picker = gr.Dropdown([], label=words["which"], elem_id="text-document", visible=False)
            find = gr.HTML(render_find("zh"), elem_id="find", js_on_load=None)
            text = gr.HTML(f'<p class="empty">{words["text_loading"]}</p>', elem_id="text", js_on_load=None)
        with gr.Tab(words["tab_search"], id="search", elem_id="tab-search", render_children=True) as searched:
            search = gr.HTML(render_search((), {}, "zh"), elem_id="searched", js_on_load=TELL_PLACE)
    return Side(tabs, (cited, full, searched), close, panel, picker, find, text, search, gr.State("cited"), gr.State(None))


def render_find(language: Language) -> str:
    """The box to find in the full text; the browser alone works on it."""
    words = WORDS[language]
    return (
        f'<div role="search" class="find" data-none="{words["find_none"]}"><input type="search" aria-label="{words["find"]}" placeholder="{words["find"]}">'
        f'<output aria-live="polite"></output>'
        f'<button type="button" class="find-last" aria-label="{words["find_last"]}" title="{words["find_last"]}" disabled>↑</button>'
        f'<button type="button" class="find-next" aria-label="{words["find_next"]}" title="{words["find_next"]}" disabled>↓</button></div>'
    )


@dataclass(frozen=True, slots=True)
class SideDesk:
    """What the panel does on each event."""

    opening: Opening

    def refresh(self, view: str, chosen: str | None, place: Span | None, conversation: Conversation, language: Language) -> tuple[Any, ...]:
        """The tab that is looked at, made anew: picker, full text, search."""
        import gradio as gr

        assistant = self.opening.assistant
        library = {document.id: document for document in assistant.documents} if assistant else {}
        if view == "search":
            return gr.skip(), gr.skip(), render_search(conversation, library, language)
        if view != "text":
            return gr.skip(), gr.skip(), gr.skip()
        id = self._choose(chosen, conversation, library)
        if not id:
            return gr.Dropdown(visible=False), f'<p class="empty">{WORDS[language]["text_empty"]}</p>', gr.skip()
        choices = [(document.title, id) for id, document in library.items()]
        picker = gr.Dropdown(choices, value=id, label=WORDS[language]["which"], visible=len(library) > 1)
        return picker, render_text(library[id], number_spans(conversation), place), gr.skip()

    def look(self, view: str, chosen: str | None, place: Span | None, conversation: Conversation, language: Language) -> tuple[Any, ...]:
        """A tab was chosen by hand."""
        return view, *self.refresh(view, chosen, place, conversation, language)

    def go(self, sought: dict[str, Any], conversation: Conversation, language: Language) -> tuple[Any, ...]:
        """Show a slice where it stands: tabs, view, place, and what `refresh` gives."""
        import gradio as gr

        place = (str(sought["document"]), int(sought["start"]), int(sought["end"]))
        return gr.Tabs(selected="text"), "text", place, *self.refresh("text", place[0], place, conversation, language)

    def translate(self, language: Language) -> tuple[Any, ...]:
        """The panel's own words, and those that lead to it: tabs, close button, find box, skip links, the phone's button."""
        import gradio as gr

        words = WORDS[language]
        return *(gr.Tab(words[f"tab_{name}"]) for name in TABS), words["close_panel"], render_find(language), render_skip(language), words["open_panel"]

    def _choose(self, chosen: str | None, conversation: Conversation, library: Mapping[str, Document]) -> str:
        """The document chosen, else the one that the last answer cites, else the first; "" where there is none."""
        cited = [c.document_id for exchange in reversed(conversation) if exchange.answer for c in exchange.answer.citations]
        return next((id for id in (chosen, *cited, *library) if id in library), "") or ""


def connect_side(side: Side, desk: SideDesk, conversation: Any, language: Any, at: At = lambda method, inputs: (method, inputs)) -> None:
    """Tie the panel to its desk. Whatever changes the first tab makes the one that is looked at anew.

    `at` gives a desk's method and its inputs as the page calls it for one visitor.
    """
    import gradio as gr

    quiet: Any = {"api_visibility": "private", "show_progress": "hidden"}
    looked, shown = [side.picker, side.place, conversation, language], [side.picker, side.text, side.search]
    look, look_inputs = at(desk.look, looked)
    go_to, go_inputs = at(desk.go, [conversation, language])
    refresh = at(desk.refresh, [side.view, *looked])

    def go(event: gr.EventData, *state: Any) -> Any:
        return go_to(event._data, *state)

    go.__annotations__["event"] = gr.EventData  # gradio looks for the type itself, and here annotations are strings
    for name, tab in zip(TABS, side.each, strict=True):
        tab.select(partial(look, name), look_inputs, [side.view, *shown], **quiet)
    for cards in (side.panel, side.search):
        went = cards.click(go, go_inputs, [side.tabs, side.view, side.place, *shown], **quiet)
        went.success(None, None, None, js=GO_TO_PLACE, **quiet)
    side.panel.change(*refresh, shown, **quiet)
    side.picker.input(*refresh, shown, **quiet)

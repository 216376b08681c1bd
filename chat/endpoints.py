"""The verbs as named endpoints of gradio's HTTP interface, told apart in /gradio_api/info."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from chat.verbs import Verbs
from documents.errors import BriefingError

if TYPE_CHECKING:
    import gradio as gr


def publish(demo: gr.Blocks, verbs: Verbs) -> None:
    """Nothing else on the page is an endpoint that anyone outside it should call."""
    import gradio as gr
    from gradio_client.utils import python_type_to_json_schema

    for verb in verbs.listed():
        gr.api(_tell_faults(verb.run), api_name=verb.name, api_description=verb.description, concurrency_limit=4, concurrency_id="answers")
        published = list(demo.fns.values())[-1]
        for block, schema in zip(published.inputs, verb.parameters.values(), strict=True):
            _describe(block, schema)
        published.outputs[0]._api_info = python_type_to_json_schema(verb.returns)


def _tell_faults(run: Callable[..., Any]) -> Callable[..., Any]:
    """The same, with what the caller can put right as an error that gradio passes on in one line."""
    import gradio as gr

    @wraps(run)
    def told(*arguments: Any) -> Any:
        try:
            return run(*arguments)
        except BriefingError as error:
            raise gr.Error(str(error), print_exception=False) from None

    return told


def _describe(block: Any, schema: dict[str, Any]) -> None:
    """Give a parameter its whole schema and its example: gr.api reads the bare type off the type hint, and of a nested one nothing."""
    (example,) = schema["examples"]
    block._api_info = schema
    block.example_payload = block.example_value = lambda: example

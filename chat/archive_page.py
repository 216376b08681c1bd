"""The archive's HTML: its button, the list of kept conversations, the form for what is wrong with an answer. Pure functions."""

from __future__ import annotations

import html
import json

from chat.archive_labels import KEEPING
from chat.feedback import LONGEST, REASONS
from qa.types import Language

FORMS = (("md", "Markdown"), ("docx", "Word"), ("json", "JSON"))


def render_archive(language: Language) -> str:
    """All of it but the conversations, which the browser alone knows and lists."""
    words = KEEPING[language]
    told = html.escape(json.dumps(words, ensure_ascii=False))
    return (
        f'<button type="button" class="open-archive" aria-haspopup="dialog">{words["archive"]}</button>'
        f'<div class="words" data-words="{told}" hidden></div>{_list(words)}{_reasons(words)}'
        '<p class="said" role="status" aria-live="polite"></p>'
    )


def _list(words: dict[str, str]) -> str:
    forms = "".join(f'<button type="button" class="export" data-form="{form}">{name}</button>' for form, name in FORMS)
    return (
        f'<dialog class="kept" aria-label="{words["archive_title"]}"><div class="sheet">'
        f'<header><h2>{words["archive_title"]}</h2><button type="button" class="shut" aria-label="{words["close"]}">✕</button></header>'
        f'<p class="private">{words["private"]}</p>'
        f'<div class="forms" role="group" aria-label="{words["export"]}"><span>{words["export"]}</span>{forms}</div>'
        f'<p class="refused" role="status" aria-live="polite"></p>'
        f'<input type="search" class="search" aria-label="{words["search"]}" placeholder="{words["search"]}">'
        '<ul class="conversations"></ul><p class="none"></p>'
        f'<footer><button type="button" class="wipe">{words["delete_all"]}</button></footer></div></dialog>'
    )


def _reasons(words: dict[str, str]) -> str:
    choices = "".join(f'<label><input type="radio" name="reason" value="{reason}" required> {words[reason]}</label>' for reason in REASONS)
    return (
        f'<dialog class="reasons" aria-label="{words["vote_title"]}"><form method="dialog">'
        f'<fieldset><legend>{words["vote_title"]}</legend>{choices}</fieldset>'
        f'<label>{words["expected"]}<input type="text" name="expected" maxlength="{LONGEST}" autocomplete="off"></label>'
        f'<label>{words["note"]}<textarea name="note" rows="2" maxlength="{LONGEST}"></textarea></label>'
        f'<p class="private">{words["vote_private"]}</p>'
        f'<footer><button type="button" class="shut">{words["cancel"]}</button><button type="submit" class="send">{words["send_vote"]}</button></footer>'
        "</form></dialog>"
    )

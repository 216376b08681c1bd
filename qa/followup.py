"""Follow-ups: 那销量呢？ made complete from the questions before it. The complete form is shown to whoever asked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa import followup_chinese, followup_english

_WHO_SAID = re.compile(
    r"(?:[那这该](?:话|(?:个|一)?(?:数字|数据|说法)|个|些)?|以上|上面)*(?:是|都?是)?由?谁(?:所)?(?:说|讲|介绍|提|透露|表示|宣布|公布|回答|通报)(?:到|出来|过)?[的了]?(?:呢|啊)?[?？。]*"
    r"|(?:and )?who (?:said|stated|told|announced|reported|gave|mentioned) (?:that|this|it|so)(?: figure| number)?\??|according to whom\??|who says(?: so)?\??",
    re.IGNORECASE,
)


def complete(text: str, history: Sequence[str]) -> str:
    """The question in a form that needs no history; the text itself where nothing is missing.

    `history` holds the earlier questions, oldest first, as they were typed. Each is completed by the one before it.
    """
    standalone = ""
    for earlier in history:
        if not _WHO_SAID.fullmatch(earlier.strip()):  # 谁说的？ asks about the topic and doesn't become it
            standalone = _lean(earlier.strip(), standalone) if standalone else earlier.strip()
    return _lean(text.strip(), standalone) if standalone else text.strip()


def _lean(text: str, previous: str) -> str:
    """One question completed from the complete one before it, in that one's language."""
    chinese = re.search(r"[\u3400-\u9fff]", previous)
    if _WHO_SAID.fullmatch(text):
        return followup_chinese.who_said(previous) if chinese else followup_english.who_said(previous)
    return followup_chinese.lean(text, previous) if chinese else followup_english.lean(text, previous)

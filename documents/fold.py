"""One spelling for matching: width, case, and traditional characters folded, one character for one.

Folding never changes the length, so an offset in the folded text is the same offset in the text itself.
Nothing folded is ever shown or quoted.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Any

# PDF writes some characters as radicals that look the same; Unicode gives most of these no decomposition.
_RADICALS = dict(zip("⺠⺟⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳⺁⺌⺎⺮⻎", "民母虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟厂小兀竹辶", strict=True))


class _Folding(dict[int, int]):
    """Character → folded character, worked out the first time each character is met."""

    def __missing__(self, code: int) -> int:
        char = "\ufffd" if 0xD800 <= code <= 0xDFFF else chr(code)  # half a character, which no library takes
        char = _RADICALS.get(char, char)
        wide = unicodedata.normalize("NFKC", char)
        char = wide if len(wide) == 1 else char  # ㎡ or ½ would grow: they stay as they are
        if "\u3400" <= char <= "\u9fff" or "\U00020000" <= char <= "\U0003ffff":
            simple = str(_converter().convert(_converter().convert(char)))  # 薴 → 苧 → 苎
            char = simple if len(simple) == 1 else char
        low = char.lower()
        self[code] = ord(low) if len(low) == 1 else ord(char)
        return self[code]


@cache
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("t2s")


_FOLDING = _Folding()


def fold(text: str) -> str:
    """The text in one spelling for comparing: same length, same offsets."""
    return text.translate(_FOLDING)

"""Nothing that was worked out from a visitor's documents outlives the visit."""

from __future__ import annotations

import sys
from functools import _lru_cache_wrapper
from typing import Final

ROOMS: Final = ("documents", "index", "qa", "chat")


def forget() -> None:
    """Empty every bounded cache of the program: they hold texts and what was found in them, of all visitors alike.

    Unbounded ones hold models and dictionaries, and stay. What is still asked is worked out again, in milliseconds.
    """
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in ROOMS:
            for held in list(vars(module).values()):
                if isinstance(held, _lru_cache_wrapper) and held.cache_parameters()["maxsize"]:
                    held.cache_clear()

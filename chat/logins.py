"""Who may use the page's server: names and passwords from a file or the environment, asked for by HTTP Basic.

Never from the command line, where every user of the machine can read them.
"""

from __future__ import annotations

import base64
import hmac
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from documents.errors import BriefingError

VARIABLE: Final = "BRIEFING_QA_AUTH"


def read_logins(file: Path | None) -> dict[str, str]:
    """Passwords by name, from the file if one is named, else from the environment; empty where neither says anything."""
    if file is None:
        return parse_logins(os.environ[VARIABLE], f"${VARIABLE}") if VARIABLE in os.environ else {}
    try:
        return parse_logins(file.read_text(encoding="utf-8-sig"), str(file))
    except UnicodeDecodeError as error:
        raise BriefingError(f"{file}: byte {error.start} is no UTF-8; save the file as UTF-8") from None
    except OSError as error:
        raise BriefingError(f"{file}: can't be read ({error.strerror}); give --auth-file a file of USER:PASSWORD lines") from None


def parse_logins(text: str, where: str) -> dict[str, str]:
    """USER:PASSWORD lines; empty ones and those that begin with # are passed over. No message tells a password."""
    logins: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        user, colon, password = line.strip().partition(":")
        if not colon or not user or not password:
            raise BriefingError(f"{where}: line {number} is not USER:PASSWORD; write one login a line")
        if user in logins:
            raise BriefingError(f"{where}: line {number} names {user!r} again; keep one of them")
        logins[user] = password
    if not logins:
        raise BriefingError(f"{where}: holds no login; write USER:PASSWORD, one a line")
    return logins


def is_known(header: str, logins: Mapping[str, str]) -> bool:
    """Whether an Authorization header carries one of the logins."""
    kind, _, encoded = header.partition(" ")
    try:
        user, colon, password = base64.b64decode(encoded, validate=True).decode("utf-8").partition(":")
    except ValueError:  # no Base64, or no UTF-8 in it
        return False
    expected = logins.get(user, "")
    same = hmac.compare_digest(password.encode(), expected.encode())
    return same and bool(colon and expected) and kind.lower() == "basic"

"""Runs a program that ends at once, with status 99, when it reaches for another host.

    python tests/no_network.py -m qa ask …        python tests/no_network.py app.py …

An audit hook sees every connection and every name that is looked up, whoever asks for it. Nothing is patched.
With $LOADED the names of the modules that were loaded in the end are written to that file, one a line.
"""

from __future__ import annotations

import atexit
import ipaddress
import os
import runpy
import sys
from pathlib import Path
from typing import Any


def is_here(host: object) -> bool:
    """Whether this is the machine itself, or no host at all."""
    name = host.decode() if isinstance(host, bytes) else host
    if name in (None, "", "localhost"):
        return True
    try:
        address = ipaddress.ip_address(str(name).partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def refuse_other_hosts(event: str, arguments: tuple[Any, ...]) -> None:
    host: object = None
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None  # a path is a socket of this machine
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        host = arguments[0]
    if not is_here(host):
        os.write(2, f"no_network: {event} {host!r}\n".encode())
        os._exit(99)


def note_modules(target: Path) -> None:
    target.write_text("\n".join(sorted(sys.modules)), encoding="utf-8")


if __name__ == "__main__":
    sys.addaudithook(refuse_other_hosts)
    if "LOADED" in os.environ:
        atexit.register(note_modules, Path(os.environ["LOADED"]))
    sys.argv = sys.argv[1:]
    if sys.argv[0] == "-m":
        sys.argv = sys.argv[1:]
        runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
    else:
        runpy.run_path(sys.argv[0], run_name="__main__")

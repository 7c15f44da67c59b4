"""What of a request the service may know."""

from __future__ import annotations

import re
from collections.abc import Iterable

from chatservice.guard.limits import Scope

Headers = list[tuple[bytes, bytes]]

# Only these reach the service; every other header, addresses and devices first of all, ends here.
KEPT = frozenset(
    {
        b"accept",
        b"accept-encoding",
        b"connection",
        b"content-length",
        b"content-type",
        b"cookie",
        b"host",
        b"if-modified-since",
        b"if-none-match",
        b"if-range",
        b"origin",
        b"range",
        b"sec-fetch-dest",
        b"sec-fetch-mode",
        b"sec-fetch-site",
        b"sec-websocket-extensions",
        b"sec-websocket-key",
        b"sec-websocket-protocol",
        b"sec-websocket-version",
        b"transfer-encoding",
        b"upgrade",
        b"x-csrftoken",
        b"x-forwarded-proto",
    }
)
ONCE = frozenset({b"content-length", b"content-type", b"host", b"origin", b"x-forwarded-proto"})
DROPPED_KEYS = ("client", "tls", "caller")
LANGUAGES = (b"fi", b"sv", b"en")
NAME = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
# C0 but tab, DEL and C1: some parsers take \x0b, \x0c, \x1c-\x1e or \x85 for the end of a line.
FORBIDDEN = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f-\x9f]")


class Malformed(Exception):
    """The request carries headers that no honest client sends; answered with 400."""


def cleaned(scope: Scope, *, trusted_header: bytes) -> tuple[Scope, str]:
    """The scope without anything that tells who or with what, and the caller's address.

    The address is the last value of the trusted header, else the peer's; empty for a
    peer without one. It must go no further than the bucket. Raises Malformed.
    """
    _check(scope["headers"], trusted_header=trusted_header)
    address = _peer(scope)
    kept: Headers = []
    for name, value in scope["headers"]:
        lowered = bytes(name).lower()
        if lowered == trusted_header:
            address = value.rpartition(b",")[2].strip().decode("latin-1")
        if lowered == b"accept-language":
            kept.append((lowered, _languages(value)))
        elif lowered in KEPT:
            kept.append((lowered, bytes(value)))
    rest = {key: value for key, value in scope.items() if key not in DROPPED_KEYS}
    return {**rest, "headers": kept}, address


def header(headers: Iterable[tuple[bytes, bytes]], name: bytes) -> bytes:
    """A header's value in a cleaned scope; empty when it is missing."""
    return next((value for key, value in headers if key == name), b"")


def _peer(scope: Scope) -> str:
    client = scope.get("client")
    # uvicorn gives a Unix socket's peer an empty host; test clients give names.
    return str(client[0]) if client and client[0] and _looks_like_address(str(client[0])) else ""


def _looks_like_address(text: str) -> bool:
    return text[0].isdigit() or ":" in text


def _check(headers: Iterable[tuple[bytes, bytes]], *, trusted_header: bytes) -> None:
    watched = KEPT | {trusted_header}
    once = ONCE | {trusted_header}
    seen = set()
    for name, value in headers:
        lowered = bytes(name).lower()
        if not NAME.fullmatch(lowered) or FORBIDDEN.search(value):
            raise Malformed
        # Web frameworks read "_" and "-" as one; a twin would speak in the real header's name.
        if b"_" in lowered and lowered.replace(b"_", b"-") in watched:
            raise Malformed
        if lowered in once and lowered in seen:
            raise Malformed
        seen.add(lowered)


def _languages(value: bytes) -> bytes:
    """The bare tags of the languages served, in the sender's order; regions and weights tell too much."""
    tags = (part.partition(b";")[0].partition(b"-")[0].strip().lower() for part in value.split(b","))
    return b", ".join(dict.fromkeys(tag for tag in tags if tag in LANGUAGES))

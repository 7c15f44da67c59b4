"""Links to profiles, invites, files and own pages, plain or written around ("discord dot gg slash abc")."""

import re
from collections.abc import Iterator

from chatservice.moderation.personal import data
from chatservice.moderation.personal.codes import Hit, with_ending
from chatservice.moderation.personal.plain import Plain


def _any(key: str) -> str:
    return data.alternation(data.words("contacts", key))


HINTS = (".", "/", "piste", "dot", "punkt", "gg", "www", "http")
TLD = _any("domains")
SCHEME = re.compile(
    r"(?<![a-z])(?:h[tx]{2}ps?|h t t p s?)\s?(?::|\[:\]|\(:\)|;)\s?/{1,2}\s?"
    r"|(?<![\w.])www(?:\s?\.\s?|\s(?:piste|dot|punkt)\s)"
)
# "www sivu piste blogspot piste com", the dot behind www left out.
LOOSE = re.compile(
    rf"(?<![\w.])www\s(?:[a-z0-9åäö\-]{{2,30}}(?:\.|\s(?:piste|dot|punkt)\s|\s\.\s)){{1,4}}(?:{TLD})(?![a-z0-9åäö])"
)
BODY = re.compile(r"[^\s<>\"“”]{1,2000}")
SPOKEN_END = re.compile(rf"(?:\s(?:piste|dot|punkt)\s|\s\.\s?|\s?[\[(]\.[\])]\s?)(?:{TLD})(?![a-z0-9])")
HOST = re.compile(rf"(?<![\w@.\-])(?:[a-z0-9_\-åäö]{{1,40}}\.){{1,4}}(?:{TLD})(?![a-z0-9åäö_\-])")
SPOKEN = re.compile(
    r"(?<![\w@.])[a-z0-9\-]{2,30}(?:\s(?:piste|dot|punkt)\s|\s?[(\[{](?:piste|dot|punkt|\.)[)\]}]\s?|\s\.\s)"
    rf"(?:{TLD})(?![a-z0-9åäö])"
)
# A full stop inside a word, and one that stands apart or in brackets.
WITHIN = re.compile(r"\.[a-z]")
APART = re.compile(r"[\s(\[{]\.")
PATH = re.compile(rf"\s?/\s?[^\s<>\"“”]{{1,2000}}|(?:\s(?:{_any('slashes')})\s[^\s<>\"“”]{{1,200}}){{1,5}}")
INVITE = re.compile(
    r"(?<![\w.])(?:discord|dc|diskord)\s?\.?\s?(?:piste |dot |punkt )?gg\s?[/ ]\s?(?:invite/)?[a-z0-9]{3,20}(?![^\W_])"
    r"|(?<![\w.])(?:t\.me|wa\.me|snapchat\.com/add)/\S{2,60}"
)
PERSONAL = data.words("contacts", "personal")
OWN_PAGE = re.compile(rf"\b(?:{_any('owners')})\s(?:oma\w*\s|own\s|egen\s)?(?:{_any('pages')})[^.\n]{{0,20}}\Z")
SITES = frozenset(data.words("services", "sites"))
# Public pages where people have profiles and files of their own: public without a path only.
SHARED = frozenset(["youtube.com", "google.com", "drive.google.com", "docs.google.com", "netflix.com", "spotify.com"])
FOLDS = str.maketrans("äöå", "aoa")
TRAILING = ".,;:!?)]}'’*"


def find(plain: Plain) -> Iterator[Hit]:
    """Yield links to profiles, invites, files and pages of one's own; pages of public services are left."""
    low = plain.low
    if not any(hint in low for hint in HINTS):
        return
    if "/" in low or "www" in low:
        yield from _schemes(low)
    yield from _hosts(low)
    if "piste" in low or "dot" in low or "punkt" in low or APART.search(low):
        yield from _spoken(low)
    for match in LOOSE.finditer(low) if "www " in low else ():
        if not _public(re.sub(r"\s(?:piste|dot|punkt|\.)\s", ".", match[0].removeprefix("www "))):
            yield *match.span(), "url"
    for match in INVITE.finditer(low) if "gg" in low or "/" in low else ():
        yield match.start(), with_ending(low, _trimmed(low, match.end())), "url"


def _schemes(low: str) -> Iterator[Hit]:
    last = 0
    for match in SCHEME.finditer(low):
        if match.start() < last:
            continue
        last = end = _link_end(low, match.end())
        if end > match.end() and not _public(low[match.end() : end]):
            yield match.start(), with_ending(low, end), "url"


def _hosts(low: str) -> Iterator[Hit]:
    for match in HOST.finditer(low) if WITHIN.search(low) else ():
        path = PATH.match(low, match.end())
        own = match[0].endswith(PERSONAL) or _own(low, match.start())
        if (path or own) and not _public(match[0] + (path[0] if path else "")):
            yield match.start(), with_ending(low, _trimmed(low, path.end() if path else match.end())), "url"


def _spoken(low: str) -> Iterator[Hit]:
    for match in SPOKEN.finditer(low):
        path = PATH.match(low, match.end())
        name = re.sub(r"\W+(?:piste|dot|punkt)?\W*", ".", match[0])
        if not _public(name) and (path or name.endswith(".gg") or _own(low, match.start())):
            yield match.start(), with_ending(low, _trimmed(low, path.end() if path else match.end())), "url"


def _own(low: str, start: int) -> bool:
    """Tell whether somebody calls a page their own right before it."""
    return bool(OWN_PAGE.search(low[max(0, start - 60) : start]))


def _link_end(low: str, place: int) -> int:
    body = BODY.match(low, place)
    if not body:
        return place
    end = body.end()
    if tail := SPOKEN_END.match(low, end):
        path = PATH.match(low, tail.end())
        end = path.end() if path else tail.end()
    return _trimmed(low, end)


def _trimmed(low: str, end: int) -> int:
    while end and low[end - 1] in TRAILING:
        end -= 1
    return end


def _public(address: str) -> bool:
    """Tell whether an address is a public service's page: the host itself or a host above it is on the list."""
    host = (
        re.split(r"[/:?#]", address.replace("[.]", "."), maxsplit=1)[0]
        .removeprefix("www.")
        .strip(". ")
        .translate(FOLDS)
    )
    if host in SHARED:
        return "/" not in address.rstrip("/")
    labels = host.split(".")
    shared = host.startswith(("docs.", "drive.", "forms."))
    return not shared and any(".".join(labels[place:]) in SITES for place in range(len(labels) - 1))

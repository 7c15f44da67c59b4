"""What an old phone on a slow line loads before Mia can start (frontend.md §7): bytes and requests are gates."""

import gzip
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import rcssmin
import rjsmin
from django.test import AsyncClient

from tests.widget.site import STATIC

pytestmark = pytest.mark.pure
FIRST_LOAD, WHOLE_TALK, REQUESTS = 16_000, 28_000, 14
STATIC_IMPORT = re.compile(r'^import [^(]*?"(\.[^"]+)";$', re.MULTILINE)
LAZY_IMPORT = re.compile(r'import\("(\.[^"]+)"\)')


def file_of(address: str) -> Path:
    room, _, name = urlsplit(address).path.removeprefix("/static/").partition("/")
    return STATIC[room] / name


def beside(file: Path, address: str) -> Path:
    """The file that an import names, as the addresses lie in the browser."""
    room, name = address.split("/")[-2:] if address.startswith("../") else (file.parent.name, address[2:])
    return STATIC[room] / name


def graph(start: Path) -> set[Path]:
    found, waiting = set[Path](), [start]
    while waiting:
        file = waiting.pop()
        if file not in found:
            found.add(file)
            waiting += [beside(file, address) for address in STATIC_IMPORT.findall(file.read_text())]
    return found


def packed(file: Path) -> int:
    minify = rcssmin.cssmin if file.suffix == ".css" else rjsmin.jsmin
    return len(gzip.compress(str(minify(file.read_text())).encode(), 9))


async def first_load(pages: AsyncClient, address: str) -> tuple[bytes, set[Path], set[Path]]:
    """The page, its modules and its style sheets."""
    answer = await pages.get(address)
    text = answer.content.decode()
    modules = {file_of(each) for each in re.findall(r'(?:modulepreload" href|module" src)="([^"]+)"', text)}
    return answer.content, modules, {file_of(each) for each in re.findall(r'stylesheet" href="([^"]+)"', text)}


@pytest.mark.parametrize("address", ["/school/fi", "/school/fi/youth", "/school/sv/youth", "/school/en/parent"])
async def test_the_first_load_is_light(pages: AsyncClient, address: str) -> None:
    page, modules, sheets = await first_load(pages, address)
    loader = len(gzip.compress((await pages.get("/load.js")).content, 9))
    weight = len(gzip.compress(page, 9)) + loader + sum(packed(file) for file in modules | sheets)
    assert weight <= FIRST_LOAD
    assert 2 + len(modules) + len(sheets) <= REQUESTS


@pytest.mark.parametrize("address", ["/school/fi", "/school/fi/youth"])
async def test_every_module_of_the_first_load_is_asked_for_at_once(pages: AsyncClient, address: str) -> None:
    _, modules, _ = await first_load(pages, address)
    assert set().union(*(graph(file) for file in modules)) == modules


async def test_a_whole_talk_stays_under_the_limit(pages: AsyncClient) -> None:
    page, modules, sheets = await first_load(pages, "/school/fi/youth")
    lazy = {
        each for file in modules for name in LAZY_IMPORT.findall(file.read_text()) for each in graph(beside(file, name))
    }
    assert lazy
    assert len(gzip.compress(page, 9)) + sum(packed(file) for file in modules | sheets | lazy) <= WHOLE_TALK

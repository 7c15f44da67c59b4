"""The desk speaks Finnish, Swedish and English, each whole; a choice stays with the account."""

import ast
import re
from pathlib import Path
from string import Formatter

import polib
import pytest
from django.test import Client
from django.utils import translation

import console
from chatservice.accounts.models import Worker
from console.strings import workspace_strings
from tests.console.conftest import Browser, sign_in

ROOM = Path(console.__file__).parent
TRANSLATE = re.compile(r"""\{% translate (?:"(?P<a>[^"]*)"|'(?P<b>[^']*)') context (?:"worker"|'worker')""")
BLOCK = re.compile(r"""\{% blocktranslate context "worker"[^%]*%\}(.*?)\{% endblocktranslate %\}""", re.DOTALL)
HOLE = re.compile(r"\{\{ (\w+) \}\}")
SPOKEN = {"fi": "Kirjaudu työpöydälle", "sv": "Logga in på arbetsbordet", "en": "Sign in to the desk"}


def used() -> set[str]:
    """Every text of the room's code and templates."""
    found = {
        call.args[1].value
        for file in ROOM.glob("**/*.py")
        for call in ast.walk(ast.parse(file.read_text()))
        if isinstance(call, ast.Call) and getattr(call.func, "id", "").startswith("pgettext")
    }
    for page in ROOM.glob("templates/**/*.html"):
        text = page.read_text()
        matches = list(TRANSLATE.finditer(text))
        assert len(matches) == text.count("{% translate"), f"{page.name}: every text needs the context worker"
        blocks = BLOCK.findall(text)
        assert len(blocks) == text.count("{% blocktranslate"), f"{page.name}: every text needs the context worker"
        found |= {match["a"] or match["b"] for match in matches} | {HOLE.sub(r"%(\1)s", block) for block in blocks}
    return found


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_catalogue_is_whole_and_holds_nothing_dead(language: str) -> None:
    catalogue = polib.pofile(str(ROOM / "locale" / language / "LC_MESSAGES" / "django.po"))
    assert {entry.msgid for entry in catalogue} == used()
    for entry in catalogue:
        assert entry.msgctxt == "worker"
        assert entry.msgstr
        assert not entry.fuzzy
        assert holes(entry.msgstr) == holes(entry.msgid)


def holes(text: str) -> list[str]:
    return sorted([*(name for _, name, _, _ in Formatter().parse(text) if name), *re.findall(r"%\((\w+)\)s", text)])


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_scripts_get_every_word_they_ask_for(language: str) -> None:
    scripts = "".join(file.read_text() for file in ROOM.glob("static/**/*.js"))
    asked = set(re.findall(r"""\bt\("(\w+)\"""", scripts))
    with translation.override(language):
        words = workspace_strings()
    known = set(words) | {key.removesuffix("_other") for key in words}
    assert asked - known == set()
    assert all(words.values())


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_browser_chooses_before_sign_in(eve: Client, language: str) -> None:
    answer = eve.get("/sign-in", HTTP_ACCEPT_LANGUAGE=f"{language},de;q=0.5")
    assert SPOKEN[language] in answer.content.decode()
    assert f'<html lang="{language}">' in answer.content.decode()
    assert answer["Content-Language"] == language


def test_finnish_where_nothing_fits(eve: Client) -> None:
    assert SPOKEN["fi"] in eve.get("/sign-in", HTTP_ACCEPT_LANGUAGE="de").content.decode()


def test_a_choice_before_sign_in_becomes_the_accounts(aino: Worker, browser: Browser) -> None:
    client = browser()
    assert client.post("/language", {"language": "sv", "next": "/sign-in"})["Location"] == "/sign-in"
    assert SPOKEN["sv"] in client.get("/sign-in").content.decode()
    sign_in(client, aino)
    assert "Ta nästa" in client.get("/").content.decode()
    other = browser()
    sign_in(other, aino)
    assert "Ta nästa" in other.get("/").content.decode()


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:1", ""])
def test_the_way_back_stays_on_the_desk(eve: Client, elsewhere: str) -> None:
    assert eve.post("/language", {"language": "sv", "next": elsewhere})["Location"] == "/"


def test_an_unknown_language_changes_nothing(desk: Client, aino: Worker) -> None:
    desk.post("/language", {"language": "xx", "next": "/"})
    aino.refresh_from_db()
    assert aino.language == "fi"

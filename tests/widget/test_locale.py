"""Every text of the face exists in every language, once, with the same holes to fill."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest

pytestmark = pytest.mark.pure
FACE = Path(__file__).resolve().parents[2] / "widget"
LANGUAGES = ("fi", "sv", "en")
AUDIENCES = {"visitor", "child", "youth", "parent"}
TRANSLATE = re.compile(r'{%\s*translate\s+"([^"]*)"\s+context\s+"(\w+)"\s*%}')
ANY_TRANSLATE = re.compile(r"{%\s*(?:translate|trans|blocktranslate|blocktrans)\b")
Message = tuple[str, str]


def in_templates() -> Iterator[Message]:
    for file in FACE.rglob("*.html"):
        yield from ((context, text) for text, context in TRANSLATE.findall(file.read_text()))


def in_code() -> Iterator[Message]:
    for file in FACE.rglob("*.py"):
        for call in ast.walk(ast.parse(file.read_text())):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") in {"pgettext", "npgettext"}:
                context, text = (ast.literal_eval(argument) for argument in call.args[:2])
                yield context, text


USED = {*in_templates(), *in_code()}


def catalogue(language: str) -> dict[Message, list[str]]:
    file = polib.pofile(str(FACE / "locale" / language / "LC_MESSAGES" / "django.po"), check_for_duplicates=True)
    return {
        (entry.msgctxt or "", entry.msgid): list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
        for entry in file
        if not entry.obsolete and "fuzzy" not in entry.flags
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_missing(language: str) -> None:
    translated = {message for message, texts in catalogue(language).items() if all(texts)}
    assert USED - translated == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_left_over(language: str) -> None:
    assert set(catalogue(language)) - USED == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_fill_the_same_holes(language: str) -> None:
    hole = re.compile(r"\{\w+\}|%\(\w+\)d|112|116 111")
    for (_, text), translations in catalogue(language).items():
        for each in translations:
            # the phone for the young has a number of its own in Swedish
            found = [
                name.replace("0800 96 116", "116 111") for name in hole.findall(each.replace("0800 96 116", "116 111"))
            ]
            assert sorted(found) == sorted(hole.findall(text)), each


def test_every_text_names_its_audience() -> None:
    assert {context for context, _ in USED} == AUDIENCES
    for file in FACE.rglob("*.html"):
        text = file.read_text()
        assert len(ANY_TRANSLATE.findall(text)) == len(TRANSLATE.findall(text)), file.name
    for file in FACE.rglob("*.py"):
        assert not re.search(r"\b(gettext|gettext_lazy|ngettext|_)\(\"", file.read_text()), file.name


def test_every_word_that_a_script_asks_for_is_sent() -> None:
    tables = "".join(file.read_text() for file in FACE.glob("*words.py"))
    known = set(re.findall(r'^\s+"(\w+)": ', tables, re.MULTILINE))
    scripts = [*FACE.rglob("static/**/*.js"), *(FACE.parent / "chatservice" / "static" / "chat").glob("*.js")]
    theirs = {"answers", "start"}  # examples in docstrings
    asked = {key for file in scripts for key in re.findall(r'\bt\("(\w+)"', file.read_text())}
    plural = {key.removesuffix("_other") for key in known if key.endswith("_other")}
    assert asked - known - plural - theirs == set()


def test_small_children_get_short_sentences() -> None:
    """Twelve words at most in what Mia reads before and while she waits (frontend.md targets; Finnish)."""
    for (context, _), texts in catalogue("fi").items():
        most = {"youth": 12, "child": 6}.get(context, 100)
        for sentence in (part for text in texts for part in re.split(r"[.!?:]\s*", text)):
            assert len(sentence.split()) <= most, sentence

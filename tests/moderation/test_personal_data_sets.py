"""The labelled messages with personal data are well-formed, many enough, and their spans point at what they name."""

import json
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

PERSONAL = Path(__file__).parent / "data" / "personal"
FIELDS = {"id", "lang", "text", "spans", "optional"}
KINDS = {"hetu", "phone", "email", "address", "iban", "card", "handle", "url", "name", "school_class"}
LEAST = {
    "dev-fi": 520,
    "dev-sv": 160,
    "dev-en": 160,
    "check-fi": 70,
    "check-sv": 25,
    "check-en": 25,
}


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (PERSONAL / f"{name}.jsonl").read_text("utf-8").splitlines()]


def bare(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def marked(row: dict[str, Any]) -> list[dict[str, Any]]:
    """Return all spans of a message, those that may be left too, in the order of the text."""
    return sorted([*row["spans"], *row["optional"]], key=lambda span: int(span["start"]))


@pytest.mark.parametrize("name", LEAST)
def test_each_line_is_a_labelled_message(name: str) -> None:
    for row in rows(name):
        assert set(row) == FIELDS, row
        assert row["lang"] == name.split("-")[1], row
        assert row["id"].startswith(f"personal-{name}-"), row
        assert row["text"].strip() == row["text"] != "", row


@pytest.mark.parametrize("name", LEAST)
def test_each_span_lies_inside_its_message(name: str) -> None:
    for row in rows(name):
        for span in marked(row):
            assert set(span) == {"start", "end", "kind"}, row
            assert span["kind"] in KINDS, row
            assert 0 <= span["start"] < span["end"] <= len(row["text"]), row
            written = row["text"][span["start"] : span["end"]]
            assert written == written.strip(), row


@pytest.mark.parametrize("name", LEAST)
def test_no_span_overlaps_another(name: str) -> None:
    for row in rows(name):
        assert all(first["end"] <= second["start"] for first, second in pairwise(marked(row))), row


@pytest.mark.parametrize(("name", "least"), LEAST.items())
def test_each_file_holds_enough_messages(name: str, least: int) -> None:
    found = rows(name)
    clean = sum(not row["spans"] for row in found)
    assert len(found) >= least
    assert 0.2 <= clean / len(found) <= 0.4


@pytest.mark.parametrize(
    "names", [*([name] for name in LEAST if "dev" in name), [name for name in LEAST if "check" in name]]
)
def test_each_dev_file_holds_all_kinds_and_the_check_files_together(names: list[str]) -> None:
    assert {span["kind"] for name in names for row in rows(name) for span in row["spans"]} == KINDS


def test_ids_are_unique_in_all_files() -> None:
    ids = Counter(row["id"] for name in LEAST for row in rows(name))
    assert [key for key, count in ids.items() if count > 1] == []


def test_no_message_stands_twice() -> None:
    texts = Counter(bare(row["text"]) for name in LEAST for row in rows(name))
    assert [text for text, count in texts.items() if count > 1] == []

"""The labelled risk messages are well-formed, invented, many and varied enough to measure the rules by."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

RISK = Path(__file__).parent / "data" / "risk"
FIELDS = {"id", "lang", "text", "level", "categories", "note"}
LEVELS = {"none", "concern", "high", "immediate"}
CATEGORIES = {"suicide", "self_harm", "violence", "sexual", "eating", "substance", "acute", "threat"}
LEAST = {
    "dev-fi": 1440,
    "dev-sv": 640,
    "dev-en": 620,
    "weigh-fi": 1690,
    "weigh-sv": 1080,
    "weigh-en": 1690,
    "check-fi": 230,
    "check-sv": 230,
    "check-en": 230,
}
PERSONAL = re.compile(r"\d[\d -]{5,}\d|@|https?:|www\.|\b[A-Z]{2}\d{2} ?\d{4}")


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (RISK / f"{name}.jsonl").read_text("utf-8").splitlines()]


def bare(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


@pytest.mark.parametrize("name", LEAST)
def test_each_line_is_a_labelled_message(name: str) -> None:
    for row in rows(name):
        assert set(row) == FIELDS, row
        assert row["lang"] == name.split("-")[1], row
        assert row["level"] in LEVELS, row
        assert len(set(row["categories"])) == len(row["categories"]), row
        assert set(row["categories"]) <= CATEGORIES, row
        assert bool(row["categories"]) == (row["level"] != "none"), row
        assert row["text"].strip() == row["text"], row
        assert row["note"], row
        assert 1 <= len(row["text"].split()) <= 70, row


@pytest.mark.parametrize(("name", "least"), LEAST.items())
def test_each_file_holds_enough_of_each_level(name: str, least: int) -> None:
    found = rows(name)
    levels = Counter(row["level"] for row in found)
    assert len(found) >= least
    assert levels["none"] >= 0.36 * len(found)
    assert levels["concern"] >= 0.17 * len(found)
    assert levels["high"] >= 0.22 * len(found)
    assert levels["immediate"] >= 0.12 * len(found)


@pytest.mark.parametrize("name", LEAST)
def test_each_file_holds_all_categories(name: str) -> None:
    assert {category for row in rows(name) for category in row["categories"]} == CATEGORIES


def test_ids_are_unique_in_all_files() -> None:
    ids = Counter(row["id"] for name in LEAST for row in rows(name))
    assert [key for key, count in ids.items() if count > 1] == []


def test_no_message_stands_twice() -> None:
    texts = Counter(bare(row["text"]) for name in LEAST for row in rows(name))
    assert [text for text, count in texts.items() if count > 1] == []


@pytest.mark.parametrize("name", LEAST)
def test_no_message_holds_a_way_to_reach_anybody(name: str) -> None:
    assert [row["id"] for row in rows(name) if PERSONAL.search(row["text"])] == []

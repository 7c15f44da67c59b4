"""The labelled messages of abuse and of distress are well-formed, many enough, and distress is never labelled abuse."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

ABUSE = Path(__file__).parent / "data" / "abuse"
FIELDS = {"id", "lang", "text", "label", "distress"}
LABELS = {"ok", "abuse", "harassment", "spam"}
LEAST = {
    "dev-fi": 350,
    "dev-sv": 130,
    "dev-en": 130,
    "check-fi": 95,
    "check-sv": 45,
    "check-en": 45,
}


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (ABUSE / f"{name}.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("name", LEAST)
def test_each_line_is_a_labelled_message(name: str) -> None:
    for row in rows(name):
        assert set(row) == FIELDS, row
        assert row["lang"] == name.split("-")[1], row
        assert row["id"].startswith(f"abuse-{name}-"), row
        assert row["text"].strip() == row["text"] != "", row
        assert row["label"] in LABELS, row
        assert isinstance(row["distress"], bool), row


@pytest.mark.parametrize("name", LEAST)
def test_only_harmless_messages_are_in_distress(name: str) -> None:
    assert [row["id"] for row in rows(name) if row["distress"] and row["label"] != "ok"] == []


@pytest.mark.parametrize(("name", "least"), LEAST.items())
def test_each_file_holds_enough_of_each_label(name: str, least: int) -> None:
    found = rows(name)
    labels = Counter(row["label"] for row in found)
    assert len(found) >= least
    assert labels["ok"] >= 0.45 * len(found)
    assert labels["abuse"] >= 0.15 * len(found)
    assert labels["harassment"] >= 0.1 * len(found)
    assert labels["spam"] >= 0.1 * len(found)
    assert sum(row["distress"] for row in found) >= 0.5 * labels["ok"]


def test_ids_are_unique_in_all_files() -> None:
    ids = Counter(row["id"] for name in LEAST for row in rows(name))
    assert [key for key, count in ids.items() if count > 1] == []


def test_no_message_stands_twice() -> None:
    texts = Counter(row["text"].casefold() for name in LEAST for row in rows(name))
    assert [text for text, count in texts.items() if count > 1] == []

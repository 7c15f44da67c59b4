"""The read-only interface of frozen tables, told as OpenAPI 3.1 in the reader's language; the page shows the same."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.utils.translation import pgettext

LANGUAGES: Final = ("fi", "sv", "en")
JSON_STAT: Final = "https://json-stat.org/full/"
HASH: Final = r"^[0-9a-f]{64}$"
ROOT: Final = "/statistics/api"

Told = dict[str, Any]


def document() -> Told:
    """Return the description for programs."""
    return {
        "openapi": "3.1.0",
        "info": {"title": pgettext("worker", "Frozen statistics"), "version": "1", "description": about()},
        "servers": [{"url": settings.DESK_ORIGIN}],
        "security": [{"session": []}],
        "paths": {
            f"{ROOT}/reports": {"get": _reports()},
            f"{ROOT}/reports/{{hash}}": {"get": _report()},
            f"{ROOT}/reports/{{hash}}/tables/{{table}}": {"get": _table()},
        },
        "components": {
            "securitySchemes": {
                "session": {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME},
            },
            "schemas": {"Reports": REPORTS, "JsonStat": {**JSON_STAT_SHAPE, "externalDocs": {"url": JSON_STAT}}},
        },
    }


def about() -> str:
    """Who may read what."""
    return pgettext(
        "worker",
        "Frozen reports and their protected tables as JSON, for programs of those who may read the reports. Nothing "
        "can be written. It is read in the session of somebody signed in to the desk; to others nothing here exists.",
    )


def _reports() -> Told:
    return {
        "operationId": "reports",
        "summary": pgettext("worker", "Frozen reports, the newest first"),
        "parameters": [
            _asked("year", "query", pgettext("worker", "Only of this school year, such as 2025-2026"), schema=_text()),
        ],
        "responses": {"200": _answer("Reports", pgettext("worker", "Reports by their identity and period"))},
    }


def _report() -> Told:
    return {
        "operationId": "report",
        "summary": pgettext("worker", "All tables of a report"),
        "parameters": [_hash(), _language()],
        "responses": _tables_or_not(),
    }


def _table() -> Told:
    name = pgettext("worker", "The table's name; the whole report tells it in extension.table")
    return {
        "operationId": "table",
        "summary": pgettext("worker", "One table of a report"),
        "parameters": [_hash(), _asked("table", "path", name, schema=_text()), _language()],
        "responses": _tables_or_not(),
    }


def _tables_or_not() -> Told:
    return {
        "200": _answer("JsonStat", pgettext("worker", "JSON-stat 2.0: a figure is a value, a mark is a status")),
        "404": {"description": pgettext("worker", "There is no such report or table, or no right to read it")},
        "409": {"description": pgettext("worker", "What is stored is not what was frozen: nothing of it is shown")},
    }


def _answer(name: str, words: str) -> Told:
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}
    return {"description": words, "content": content}


def _hash() -> Told:
    return _asked(
        "hash", "path", pgettext("worker", "The report's identity"), schema={"type": "string", "pattern": HASH}
    )


def _language() -> Told:
    words = pgettext("worker", "Language of the words; Finnish when none is asked for")
    schema = {"type": "string", "enum": [*LANGUAGES], "default": LANGUAGES[0]}
    return _asked("language", "query", words, schema=schema)


def _asked(name: str, where: str, words: str, *, schema: Told) -> Told:
    return {"name": name, "in": where, "required": where == "path", "description": words, "schema": schema}


def _text() -> Told:
    return {"type": "string"}


DAY: Final[Told] = {"type": "string", "format": "date"}
ONE: Final[Told] = {
    "hash": {"type": "string", "pattern": HASH},
    "school_year": {"type": "string", "pattern": r"^\d{4}-\d{4}$"},
    "plan": {"type": "string"},
    "first": DAY,
    "last": DAY,
    "frozen": DAY,
    "corrects": {"type": ["string", "null"]},
    "corrected_by": {"type": ["string", "null"]},
}
REPORTS: Final[Told] = {
    "type": "object",
    "required": ["reports"],
    "additionalProperties": False,
    "properties": {
        "reports": {
            "type": "array",
            "items": {"type": "object", "required": [*ONE], "additionalProperties": False, "properties": ONE},
        }
    },
}
JSON_STAT_SHAPE: Final[Told] = {
    "type": "object",
    "required": ["version", "class", "label", "updated"],
    "properties": {"version": {"const": "2.0"}, "class": {"enum": ["collection", "dataset"]}},
}

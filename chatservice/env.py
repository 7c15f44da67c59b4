"""Typed readers of the environment. A wrong value stops the start with one line that says what was expected."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit

import psycopg
from psycopg.conninfo import conninfo_to_dict

TRUE, FALSE = frozenset({"1", "true", "yes", "on"}), frozenset({"0", "false", "no", "off"})


class WrongValue(SystemExit):
    """A variable is missing or unusable; being a SystemExit it ends the start with its one line and no traceback."""


def stop(*, name: str, expected: str, example: str) -> NoReturn:
    """Raise WrongValue. The value itself is never repeated: it may be a secret."""
    state = "is not usable" if name in os.environ else "is not set"
    raise WrongValue(f"{name} {state}: expected {expected}, for example {name}={example}")


def text(name: str, *, default: str) -> str:
    """Return the variable without surrounding blanks; an empty one counts as not set."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool) -> bool:
    """Read true/false, yes/no, on/off, 1/0."""
    value = text(name, default=str(default)).lower()
    if value not in TRUE | FALSE:
        stop(name=name, expected="true or false", example="false")
    return value in TRUE


def number(name: str, *, default: int, least: int, most: int) -> int:
    """Read a whole number between `least` and `most`, both included."""
    value = text(name, default=str(default))
    if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
        stop(name=name, expected=f"a whole number from {least} to {most}", example=str(default))
    return int(value)


def choice(name: str, *, default: str, choices: Sequence[str]) -> str:
    """Read one of the given words."""
    value = text(name, default=default)
    if value not in choices:
        stop(name=name, expected=" or ".join(choices), example=default)
    return value


def secret(name: str, *, default: str = "") -> str:
    """Read a secret from NAME or from the file that NAME_FILE names; required where there is no default."""
    file = text(f"{name}_FILE", default="")
    if file:
        return file_content(f"{name}_FILE", file=Path(file))
    value = text(name, default=default)
    if not value:
        stop(
            name=name,
            expected="a long random text (or its file's path in " + name + "_FILE)",
            example="<64 characters>",
        )
    return value


def file_content(name: str, *, file: Path) -> str:
    """Return a secret file's text without surrounding blanks."""
    try:
        content = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        content = ""
    if not content:
        stop(name=name, expected="the path of a readable file that holds the secret", example="/run/secrets/secret_key")
    return content


def folder(name: str, *, default: str) -> Path:
    """Read the absolute path of a folder; whether it exists is the checks' business."""
    value = text(name, default=default)
    if not Path(value).is_absolute():
        stop(name=name, expected="the absolute path of a folder", example="/var/lib/kuulolla/keys")
    return Path(value)


def origin(name: str, *, default: str) -> str:
    """Read a web origin: scheme, exact host name and port, no path and no wildcard."""
    value = text(name, default=default).lower()
    try:
        parts = urlsplit(value)
        wrong = (
            parts.scheme not in {"http", "https"} or not parts.hostname or "*" in value or parts.username is not None
        )
        wrong = wrong or f"{parts.scheme}://{parts.netloc}" != value or (parts.port or 1) < 1
    except ValueError:
        wrong = True
    if wrong:
        stop(name=name, expected="an exact origin without path or wildcard", example="https://chat.example.fi")
    return value


def address(name: str, *, default: str) -> str:
    """Read an https (or http) address of a page."""
    value = text(name, default=default)
    if urlsplit(value).scheme not in {"http", "https"}:
        stop(name=name, expected="a web address", example=default)
    return value


def database(name: str, *, default: str = "") -> Mapping[str, str]:
    """Read a PostgreSQL address (from NAME or the file NAME_FILE names) as libpq's parameters."""
    value = secret(name, default=default)
    expected, example = "a PostgreSQL address", "postgresql://kuulolla_web:<password>@db/kuulolla"
    if not value.startswith(("postgresql://", "postgres://")):
        stop(name=name, expected=expected, example=example)
    try:
        parameters = {key: str(part) for key, part in conninfo_to_dict(value).items() if part is not None}
    except psycopg.ProgrammingError:
        parameters = {}
    if not parameters.get("dbname"):
        stop(name=name, expected=expected, example=example)
    return parameters


def redis(name: str, *, default: str = "") -> str:
    """Read the address of Redis or Valkey (from NAME or the file NAME_FILE names)."""
    value = secret(name, default=default)
    if not value.startswith(("redis://", "rediss://", "unix://")):
        stop(name=name, expected="a Redis or Valkey address", example="redis://:<password>@valkey:6379/0")
    return value

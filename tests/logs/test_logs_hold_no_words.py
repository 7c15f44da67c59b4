"""M1, M2, A2: whatever a library wants to say, a log holds our own lines, and of errors the class and the place."""

import io
import logging
import logging.config
from collections.abc import Iterator

import pytest

from chatservice import logs

WORDS = "Äiti lyö minua"
ADDRESS = "203.0.113.77"
PATH = "/demo/fi/youth?code=1234567890123456"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What the configured logging writes, from the root down."""
    stream = io.StringIO()
    configuration = logs.configuration(level="INFO")
    configuration["handlers"]["stderr"]["stream"] = stream
    before = logging.getLogger().handlers[:]
    logging.config.dictConfig(configuration)
    yield stream
    logging.getLogger().handlers[:] = before


def raised() -> ValueError:
    """An error whose message holds what Mia wrote, with a place."""
    try:
        raise ValueError(WORDS)
    except ValueError as error:
        return error


def test_our_own_line_is_written(written: io.StringIO) -> None:
    logging.getLogger("chatservice.guard").info("a socket opened, %d now", 3)
    assert "INFO chatservice.guard a socket opened, 3 now" in written.getvalue()


def test_an_error_is_its_class_and_place(written: io.StringIO) -> None:
    log = logging.getLogger("chatservice.delivery")
    log.error("the frame was refused: %s", raised())
    try:
        raise raised()
    except ValueError:
        log.exception("the frame was refused")
    assert WORDS not in written.getvalue()
    assert written.getvalue().count("builtins.ValueError") == 2
    assert "logs/test_logs_hold_no_words.py:" in written.getvalue()


def test_a_cause_and_its_message_stay_out(written: io.StringIO) -> None:
    try:
        try:
            raise raised()
        except ValueError as cause:
            raise RuntimeError(WORDS) from cause
    except RuntimeError:
        logging.getLogger("widget.consumers").exception("closed")
    assert WORDS not in written.getvalue()
    assert "RuntimeError" in written.getvalue()


@pytest.mark.parametrize(
    ("name", "message", "arguments"),
    [
        ("daphne.server", "Application instance %r for connection %s took too long", ("x", f"{ADDRESS}:1 {PATH}")),
        ("django.request", "Internal Server Error: %s", (PATH,)),
        ("django.server", '"GET %s" 200', (PATH,)),
        ("django.security.DisallowedHost", "Invalid HTTP_HOST header: %s", (ADDRESS,)),
        ("asyncio", "Task exception was never retrieved %s", (WORDS,)),
        ("psycopg.pool", "error connecting in %s", (f"host={ADDRESS}",)),
        ("autobahn", "frame %s", (WORDS,)),
        ("py.warnings", "%s", (WORDS,)),
    ],
)
def test_a_foreign_line_keeps_nothing_of_its_content(
    written: io.StringIO, name: str, message: str, arguments: tuple[object, ...]
) -> None:
    logging.getLogger(name).error(message, *arguments, exc_info=raised(), stack_info=True)
    [line] = written.getvalue().splitlines()
    for secret in (WORDS, ADDRESS, PATH, "took too long", "Internal Server Error"):
        assert secret not in line
    assert "builtins.ValueError" in line


def test_a_foreign_line_without_an_error_is_only_counted(written: io.StringIO) -> None:
    logging.getLogger("websockets.server").warning("peer %s", ADDRESS)
    [line] = written.getvalue().splitlines()
    assert line.endswith(logs.FOREIGN)


def test_everyday_refusals_are_not_logged_at_all(written: io.StringIO) -> None:
    logging.getLogger("django.request").warning("Not Found: %s", PATH)
    logging.getLogger("django.security.csrf").warning("Forbidden: %s", PATH)
    logging.getLogger("daphne.http_protocol").info("%s", ADDRESS)
    assert written.getvalue() == ""

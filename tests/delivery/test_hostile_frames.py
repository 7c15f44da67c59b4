"""Whatever text a stranger sends, the answer is a nack or a close code of ours; never a failure, never a traceback."""

import asyncio
import json
import logging
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chatservice.accounts.models import Worker
from chatservice.delivery import process
from chatservice.delivery.frames import CLIENT_TYPES, Malformed, Unknown, read_visitor, read_worker
from chatservice.places.models import Host
from chatservice.store.pool import close_pool
from tests import wire
from tests.wire import Aino, Mia

PROMISED = {4000, 4001, 4008, 4009, 4013}
FIELDS = ("v", "host", "channel", "language", "age_band", "attempt", "token", "ticket", "cursors", "cid", "mid", "body",
          "epoch", "seen", "seq", "on", "n", "how", "ref", "later")  # fmt: skip

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from([0, 1, -1, 2**31 - 1, 2**31, 2**63, 2**64, -(2**63) - 1, 10**400]),
    st.floats(allow_nan=True, allow_infinity=True),
    st.text(max_size=40),
    st.sampled_from(
        ["", "\x00", "\ud800", "\udfff\ud800", "youth", "fi", "A13_15", "end", "quick", "x" * 64, "ä" * 30]
    ),
    st.uuids().map(str),
)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
)
kinds = st.sampled_from(sorted(CLIENT_TYPES["visitor"] | CLIENT_TYPES["worker"] | {"welcome", "events", "", "\x00"}))
objects = st.builds(
    lambda kind, rest: {"type": kind, **rest}, kinds | values, st.dictionaries(st.sampled_from(FIELDS), values)
)
STRANGE = (
    *("", "null", "1e999", "NaN", '{"type":NaN}', "{}", "[]", "\ufeff{}", '{"type":"\\u0000"}', '"\\ud800"'),
    *("[" * 5000, '{"a":' * 3000, '{"type":["ping"]}', '{"type":{"type":"ping"}}', '{"type":"ping"}garbage'),
    *('{"type":"ping","type":"send"}', '{"type":"ping","n":1,"n":1e400}', '{"type":"ping","n":99999999999999999999}'),
    '{"type":"ping","n":' + "9" * 4000 + "}",
    '{"type":"typing","cid":"00000000-0000-0000-0000-000000000000","on":"true"}',
    '{"type":"hello","v":1,"token":"\\ud800' + "a" * 30 + '"}',
)
raw = st.text(max_size=200) | st.sampled_from(STRANGE)
frames = raw | objects.map(json.dumps)


@pytest.mark.pure
@pytest.mark.parametrize("read", [read_visitor, read_worker])
@settings(max_examples=300, derandomize=True, deadline=None)
@given(text=frames)
def test_reading_gives_a_frame_or_one_of_two_refusals(read: Callable[[str], object], text: str) -> None:
    with suppress(Unknown, Malformed):
        read(text)


def with_the_right_ids(text: str, cid: str) -> str:
    """Let some frames get further: the zero conversation stands for the sender's own."""
    return text.replace(str(UUID(int=0)), cid)


def run_hostile(texts: list[str], line: Callable[[], Any], caplog: pytest.LogCaptureFixture) -> None:
    """Open a line, send the texts, and hold the answers against what is promised."""

    async def whole() -> None:
        try:
            peer = await line()
            for text in texts:
                await peer.say(with_the_right_ids(text, getattr(peer, "cid", "")))
            await asyncio.wait_for(_settle(peer), 60)
            assert peer.code is None or peer.code in PROMISED | {4010}, peer.code
            assert "Traceback" not in str(peer.heard)
            assert all(len(str(frame.get("code", ""))) < 20 for frame in peer.heard if frame["type"] == "nack")
        finally:
            await wire.cut_all()
            await process.stop_current()
            await close_pool()

    caplog.clear()
    with caplog.at_level(logging.WARNING):
        asyncio.run(whole())
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == []


async def _settle(peer: wire.Line) -> None:
    """Wait until everything sent is answered: the peer is closed, or answers a last ping or nack."""
    await peer.say({"type": "ping", "n": 77})
    await peer.say("no frame at all")
    try:
        while True:
            frame = await peer.next()
            if frame == {"type": "pong", "n": 77} or frame.get("code") == "malformed":
                return
    except EOFError:
        return


HOSTILE = settings(
    max_examples=40, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@HOSTILE
@given(texts=st.lists(frames, min_size=1, max_size=5))
def test_before_the_first_frame_a_stranger_breaks_nothing(
    host: Host, caplog: pytest.LogCaptureFixture, texts: list[str]
) -> None:
    run_hostile(texts, lambda: Mia(host).open(), caplog)


@HOSTILE
@given(texts=st.lists(frames, min_size=1, max_size=5))
def test_a_visitor_who_is_in_breaks_nothing(host: Host, caplog: pytest.LogCaptureFixture, texts: list[str]) -> None:
    run_hostile(texts, lambda: Mia(host).enter(), caplog)


@HOSTILE
@given(texts=st.lists(frames, min_size=1, max_size=5))
def test_a_desk_breaks_nothing(aino: Worker, caplog: pytest.LogCaptureFixture, texts: list[str]) -> None:
    run_hostile(texts, lambda: Aino(aino).sign_in(), caplog)


@pytest.mark.parametrize(
    "changed",
    [
        {"host": "\x00"}, {"host": "no-such-host"}, {"host": "' OR 1=1"}, {"host": "\ud800"}, {"age_band": "\x00"},
        {"channel": "parent", "age_band": "A13_15"}, {"v": 2}, {"v": True}, {"language": "de"}, {"attempt": "1"},
    ],
)  # fmt: skip
async def test_a_strange_entrance_is_a_refusal_like_any_other(host: Host, changed: dict[str, object]) -> None:
    line = Mia(host)
    await line.open()
    first = {"type": "enter", "v": 1, "host": host.key, "channel": "youth", "language": "fi", "age_band": "A13_15"}
    await line.say(json.dumps({**first, **changed}))
    frame = await line.next()
    assert frame["type"] in {"bye", "nack"}
    assert frame["code"] in {4001, "malformed"}


async def test_a_token_of_another_and_none_are_refused_alike(host: Host) -> None:
    seen = []
    for token in ("x" * 43, "\ud800" * 43, str(uuid4()), "\x00" * 43):
        line = Mia(host)
        await line.open()
        await line.say(json.dumps({"type": "hello", "v": 1, "token": token}))
        seen.append((await line.closed(), line.heard)) if token.isascii() else await line.next()
    assert len({str(each) for each in seen}) == 1
    assert seen[0][0] == 4001

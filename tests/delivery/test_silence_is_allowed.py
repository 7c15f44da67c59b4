"""Whoever waits and has been sent no line owes no acknowledgement; whoever was sent one and never answers does."""

import pytest

from chatservice.delivery import owed, process
from chatservice.places.models import Host
from tests.wire import Mia


@pytest.fixture(autouse=True)
def _patience_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(owed, "LATE_S", 0.0)


async def test_a_silent_visitor_keeps_the_line(host: Host) -> None:
    """Mia waits without a word: her first page was empty, and her line stays."""
    mia = await Mia(host).enter()
    await mia.expect("events", last=0)
    await process.current().registry.watch()
    await mia.say({"type": "ping", "n": 5})
    assert (await mia.expect("pong"))["n"] == 5
    await mia.cut()


async def test_an_unacknowledged_line_ends_the_socket(host: Host) -> None:
    """Mia wrote and never acknowledged her own line: 4013, and her cursors bring her back."""
    mia = await Mia(host).enter()
    await mia.write("hei")
    await mia.expect("events", last=1)
    await process.current().registry.watch()
    assert await mia.closed() == 4013

"""The caller's bucket: the same all day, another tomorrow, nobody's address (threats A6, A7)."""

from __future__ import annotations

from typing import Any

import pytest

from chatservice.guard import Guard
from chatservice.guard.caller import DaySalt, bucket
from tests.guard.peer import HOST, Peer

pytestmark = pytest.mark.pure

SALT = b"s" * 32


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


async def bucket_of(guard: Guard, seen: list[str], **scope: Any) -> str:
    peer = Peer(guard, **scope)
    await peer.until("websocket.close")
    await peer.ended()
    return seen[-1]


def guard_that_tells(**options: Any) -> tuple[Guard, list[str]]:
    seen: list[str] = []

    async def application(scope: Any, _receive: Any, _send: Any) -> None:
        seen.append(scope["caller"])

    return Guard(application, **options), seen


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8:0:1200::1", "2001:db8:0:12ff::2", True),
        ("2001:db8:0:1200::1", "2001:db8:0:1300::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("", "", True),
    ],
)
def test_an_ipv4_address_and_an_ipv6_household_are_one_caller(one: str, other: str, same: bool) -> None:
    assert (bucket(one, salt=SALT) == bucket(other, salt=SALT)) is same


def test_what_is_no_address_has_no_bucket() -> None:
    with pytest.raises(ValueError, match="address"):
        bucket("Mia's phone", salt=SALT)


def test_yesterdays_bucket_cannot_be_made_again() -> None:
    clock = Clock()
    salts = DaySalt(clock=clock)
    monday = salts.current()
    clock.now += 24 * 3600 - 1
    assert salts.current() == monday
    clock.now += 1
    tuesday = salts.current()
    assert tuesday != monday
    assert monday not in vars(salts).values()
    assert bucket("192.0.2.1", salt=monday) != bucket("192.0.2.1", salt=tuesday)


def test_two_processes_have_two_salts() -> None:
    assert DaySalt().current() != DaySalt().current()


async def test_without_a_trusted_header_forwarded_ones_change_nothing() -> None:
    guard, seen = guard_that_tells()
    plain = await bucket_of(guard, seen)
    for name in (b"x-forwarded-for", b"forwarded", b"x-real-ip", b"x-client-ip"):
        assert await bucket_of(guard, seen, headers=[HOST, (name, b"203.0.113.9")]) == plain


async def test_of_a_trusted_header_only_the_proxys_own_last_value_counts() -> None:
    guard, seen = guard_that_tells(trusted_header="x-forwarded-for")
    honest = await bucket_of(guard, seen, headers=[HOST, (b"x-forwarded-for", b"203.0.113.9")], client=None)
    spoofed = await bucket_of(guard, seen, headers=[HOST, (b"x-forwarded-for", b"10.1.2.3, 203.0.113.9")], client=None)
    other = await bucket_of(guard, seen, headers=[HOST, (b"x-forwarded-for", b"10.1.2.3")], client=None)
    assert honest == spoofed != other


@pytest.mark.parametrize("client", [None, ("", 0), ("testclient", 1)])
async def test_a_unix_sockets_peer_has_a_bucket_too(client: object) -> None:
    guard, seen = guard_that_tells()
    assert len(await bucket_of(guard, seen, client=client)) == 32

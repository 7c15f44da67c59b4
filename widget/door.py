"""The door in words, before anything is typed: how long it takes, or when it opens, and who else is there."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from django.db import Error

from chatservice.content import contacts
from chatservice.content.contacts import ContactView
from chatservice.hours.evaluate import ZONE
from chatservice.hours.selectors import alines
from chatservice.hours.words import when
from chatservice.places.selectors import HostView
from chatservice.queues.door import Door, DoorState, look
from chatservice.queues.estimate import Outlook
from chatservice.store.errors import StoreAway
from widget import door_words

Audience = Literal["youth", "parent"]
# It is open, and may let in again in a while: the next opening is said last (the browser has the same rule).
AGAIN_SOON = frozenset({DoorState.FULL, DoorState.PAUSE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """Another place to turn to; `href` is empty where the target is neither a number nor an address."""

    view: ContactView
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """The door as the page tells it. `state` is empty while the door cannot be seen: then nothing is claimed."""

    state: str = ""
    lets_in: bool = True
    heading: str = ""
    lines: Sequence[str] = ()
    week: Sequence[str] = ()
    services: Sequence[Service] = field(default=())


async def notice(*, host: HostView, channel: str, language: str) -> Notice:
    """Look at the door and put it into words of the active language. With the database away it says nothing."""
    audience: Audience = "parent" if channel == "parent" else "youth"
    try:
        door = await look(area=host.area_id, channel=channel, language=language)
        today = door.now.astimezone(ZONE).date()
        week = await alines(host.area_id, channel, language, first=today)
        services = await services_now(host=host, audience=audience, language=language, now=door.now)
    except (StoreAway, Error):
        return Notice()
    return Notice(
        state=door.state,
        lets_in=door.lets_in,
        heading="" if door.lets_in else door_words.door(audience=audience)[f"{door.state}_h"],
        lines=lines(door=door, audience=audience, language=language),
        week=week,
        services=services,
    )


def lines(*, door: Door, audience: Audience, language: str) -> list[str]:
    """Return what is said, one sentence group a line. Pure apart from the active language."""
    said = door_words.door(audience=audience)
    if door.state is DoorState.OPEN:
        return [said["open"], *_wait(door.outlook, said)]
    if door.resumes is not None:
        return [said["pause_until"].format(when=when(door.resumes, door.now, language))]
    key = "opens" if door.state is DoorState.CLOSED else "opens_next"
    opens = door.next_opening and said[key].format(when=when(door.next_opening, door.now, language))
    reason = door.reason and said["reason"].format(reason=door.reason)
    told = (said[door.state], opens) if door.state in AGAIN_SOON else (opens, said[door.state])
    return [each for each in (*told, reason) if each]


def _wait(outlook: Outlook | None, said: door_words.Words) -> list[str]:
    if outlook is None:
        return []
    if outlook.may_not_reach:
        return [said["may_not_reach"]]
    return [said["wait"].format(range=range_words(low=outlook.range.low, high=outlook.range.high))]


def range_words(*, low: int, high: int | None) -> str:
    """Return a range of minutes as people say it; the browser has the same rule (`room.js`)."""
    said = door_words.waits()
    if high is None:
        return said["wait_over"].format(low=low)
    if low == 0:
        return said["wait_now"] if high <= door_words.SOON_MINUTES else said["wait_most"].format(high=high)
    return said["wait_range"].format(low=low, high=high)


async def services_now(*, host: HostView, audience: Audience, language: str, now: datetime) -> list[Service]:
    """Return where else to turn, those open now first."""
    found = await contacts.aopen_now(area_id=host.area_id, language=language, audience=audience, now=now)
    return [Service(view=each, href=_href(each)) for each in found]


def _href(contact: ContactView) -> str:
    target = contact.number_or_url
    if contact.kind == "phone":
        return f"tel:{''.join(sign for sign in target if sign.isdigit() or sign == '+')}"
    return target if target.startswith("https://") else ""

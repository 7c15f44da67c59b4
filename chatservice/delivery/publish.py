"""From announcements of the core to nudges. Registered in `apps.py`."""

import asyncio

from chatservice.conversations.events import Announcement, Desks, Moved, Presence, Stored
from chatservice.conversations.payload import Stream
from chatservice.conversations.rows import EventRow
from chatservice.delivery import channels, process
from chatservice.delivery.hub import Hub


def hear(announcement: Announcement) -> None:
    """Pass an announcement to this process's hub; a command without an event loop has nobody to tell."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return
    tell(process.current().hub, announcement)


def tell(hub: Hub, announcement: Announcement) -> None:
    """Publish an announcement on every channel it concerns."""
    match announcement:
        case Stored(items):
            for item in items:
                hub.publish(_channel(item.row), Stored((item,)))
        case Moved():
            hub.publish(channels.of_conversation(announcement.conversation), announcement)
            hub.publish(channels.of_area(announcement.area), announcement)
            for worker in announcement.workers:
                hub.publish(channels.of_worker(worker), announcement)
        case Presence():
            hub.publish(channels.of_conversation(announcement.conversation), announcement)
        case Desks(workers):
            for worker in workers:
                hub.publish(channels.of_worker(worker), announcement)


def _channel(row: EventRow) -> str:
    """Only lines of the talk itself may go where visitors listen; whatever else there will be, does not."""
    if row.stream == Stream.TALK:
        return channels.of_conversation(row.conversation)
    return channels.of_notes(row.conversation)

"""From announcements of the core to nudges. Registered in `apps.py`."""

import asyncio

from chatservice.conversations.events import Announcement, Moved, Presence, Stored
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
                hub.publish(channels.of_conversation(item.row.conversation), Stored((item,)))
        case Moved():
            hub.publish(channels.of_conversation(announcement.conversation), announcement)
            hub.publish(channels.of_area(announcement.area), announcement)
            for worker in announcement.workers:
                hub.publish(channels.of_worker(worker), announcement)
        case Presence():
            hub.publish(channels.of_conversation(announcement.conversation), announcement)

"""What can go wrong with a wrap-up.

Refused (conversations)
    UnknownTopic   no such code in this channel's taxonomy
"""

from chatservice.conversations.errors import Refused


class UnknownTopic(Refused):
    """The code is not one of `content/data/taxonomy.json` for this channel: take one of `/topics`."""

    code = "unknown_topic"

"""What can go wrong with a wrap-up. Nothing of a refused one is stored, and what was stored before stays.

Refused (conversations)
    UnknownTopic   no such code in this channel's taxonomy, or one that is retired
    SideTopics     more than two, one twice, or the main one again
    UnknownCode    no such code in its dimension, or kinds of a risk without a judgement of concern
    UnknownPlace   no municipality of this area, or another than the entrance tells
"""

from chatservice.conversations.errors import Refused


class UnknownTopic(Refused):
    """The code is not one of `content/data/taxonomy.json` for this channel: take one of `/codes`."""

    code = "unknown_topic"


class SideTopics(Refused):
    """At most two side topics, each another than the main one and than the other."""

    code = "side_topics"


class UnknownCode(Refused):
    """The code is not one of its dimension in `content/data/taxonomy.json`: take one of `/codes`."""

    code = "unknown_code"


class UnknownPlace(Refused):
    """The municipality is none of this area, or not the one that the entrance tells."""

    code = "unknown_place"

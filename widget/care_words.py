"""The words of care: help at once, staying nameless, and what is asked of somebody who hurts the one who answers."""

from typing import Literal

from django.utils.translation import pgettext

Audience = Literal["youth", "parent"]
Words = dict[str, str]


def care_words(*, audience: Audience) -> Words:
    """Return the texts; nothing in them tells that anything was judged."""
    return {**_help(), **_nameless(), **{"youth": _youth, "parent": _parent}[audience]()}


def _help() -> Words:
    return {
        "help": pgettext("visitor", "Help right now"),
        "help_danger": pgettext("visitor", "If you are in danger now, call 112"),
        "help_lines_now": pgettext("visitor", "These answer right now"),
        "help_lines": pgettext("visitor", "These help too"),
    }


def _nameless() -> Words:
    return {
        "looks_phone": pgettext("visitor", "This looks like a phone number."),
        "looks_hetu": pgettext("visitor", "This looks like a personal identity code."),
        "looks_email": pgettext("visitor", "This looks like an e-mail address."),
        "looks_address": pgettext("visitor", "This looks like a home address."),
        "looks_handle": pgettext("visitor", "This looks like your user name."),
        "nameless": pgettext("visitor", "You can stay nameless. Send it only if you want to."),
    }


def _youth() -> Words:
    return {
        "nameless_small": pgettext(
            "child", "This may tell who you are. You do not have to tell it. You can send it if you want to."
        ),
        "line_warned": pgettext(
            "youth",
            "The one who answers asks you not to write hurting words to them. "
            "You may be angry, and you can tell everything.",
        ),
        "line_paused": pgettext(
            "youth",
            "Your writing rests now. You can go on at about {time}. The conversation has not ended. "
            "If you are in danger, write it anyway, or call 112. "
            "If you think this is wrong, you can say so when the rest is over. "
            "You can also tell it to the area that keeps this chat. The first page tells its name.",
        ),
        "refused_paused": pgettext(
            "youth", "Not sent: your writing rests. Try again a little later. If you are in danger, call 112."
        ),
    }


def _parent() -> Words:
    return {
        "line_warned": pgettext(
            "parent",
            "The professional asks you not to write insults to them. You may be angry, and you can go on writing.",
        ),
        "line_paused": pgettext(
            "parent",
            "The professional has paused your writing. You can go on at about {time}. The conversation has not ended. "
            "If somebody is in danger, write it anyway, or call 112. "
            "If you think this is wrong, you can say so to the professional when the pause ends, "
            "or to the area that keeps this chat. Its name is on the first page.",
        ),
        "refused_paused": pgettext(
            "parent",
            "Not sent: your writing is paused. Try again when the pause is over. If you are in danger, call 112.",
        ),
    }

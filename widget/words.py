"""The words that the browser modules show, one table per audience, filled with the promises of the settings."""

from collections.abc import Callable
from typing import Literal

from django.conf import settings
from django.utils.translation import npgettext, pgettext

from widget.care_words import care_words
from widget.door_words import door, shut_words, waits
from widget.room_words import room_words

Audience = Literal["youth", "parent"]
Words = dict[str, str]

LANGUAGE_NAMES = {"fi": "Suomeksi", "sv": "På svenska", "en": "In English"}


def for_scripts(*, audience: Audience) -> Words:
    """The table of the visit page in the active language. Texts in braces are filled in by the browser."""
    own = {"youth": _youth, "parent": _parent}[audience]
    parts: tuple[Callable[[], Words], ...] = (_talk, _composer, _link, _states, _endings, _page, own, waits, room_words)
    late = {"may_not_reach": door(audience=audience)["may_not_reach"]}
    said = {key: text for part in parts for key, text in part().items()}
    return said | shut_words(audience=audience) | care_words(audience=audience) | late


def for_door() -> Words:
    """The few words that the scripts of the choice page say."""
    return _page()


def deleted() -> str:
    """When the text of a closed conversation is deleted, from the retention setting (hours, 0 = at once)."""
    hours: int = settings.RETENTION_HOURS
    if hours == 0:
        return pgettext("visitor", "The messages are deleted as soon as the conversation ends.")
    return npgettext(
        "visitor",
        "The messages are deleted %(hours)d hour after the conversation ends.",
        "The messages are deleted %(hours)d hours after the conversation ends.",
        hours,
    ) % {"hours": hours}


def _talk() -> Words:
    return {
        "log": pgettext("visitor", "Conversation"),
        "you": pgettext("visitor", "You"),
        "sent": pgettext("visitor", "Sent"),
        "waiting": pgettext("visitor", "Waiting to be sent"),
        "sending": pgettext("visitor", "Sending…"),
        "late": pgettext("visitor", "Not sent: the connection was cut for too long."),
        "refused": pgettext("visitor", "Not sent."),
        "refused_too_long": pgettext("visitor", "Not sent: the message is too long."),
        "refused_closed": pgettext("visitor", "Not sent: the conversation has ended."),
        "retry": pgettext("visitor", "Send again"),
        "edit": pgettext("visitor", "Edit"),
        "damaged": pgettext("visitor", "This message cannot be shown."),
        "new_messages_one": pgettext("visitor", "{count} new message"),
        "new_messages_other": pgettext("visitor", "{count} new messages"),
        "curator": pgettext("visitor", "curator"),
        "psychologist": pgettext("visitor", "psychologist"),
        "nurse": pgettext("visitor", "nurse"),
        "helper": pgettext("visitor", "The one who answers"),
    }


def _composer() -> Words:
    return {
        "message": pgettext("visitor", "Your message"),
        "send": pgettext("visitor", "Send"),
        "left_one": pgettext("visitor", "{count} character left"),
        "left_other": pgettext("visitor", "{count} characters left"),
        "too_long_one": pgettext("visitor", "The message is {count} character too long. Send it in parts."),
        "too_long_other": pgettext("visitor", "The message is {count} characters too long. Send it in parts."),
        "typing": pgettext("visitor", "{name} is typing…"),
    }


def _link() -> Words:
    return {
        "connecting_h": pgettext("visitor", "Connecting…"),
        "connecting": pgettext("visitor", "This takes a moment."),
        "lost": pgettext("visitor", "The connection was cut. We keep trying. What you wrote is still here."),
        "back": pgettext("visitor", "The connection is back."),
        "away": pgettext("visitor", "The connection of {name} was cut. Please wait a moment. Your messages are safe."),
        "other_tab": pgettext("visitor", "This chat is open in another window too. You can use either one."),
    }


def _states() -> Words:
    return {
        "queued_h": pgettext("visitor", "You are in the queue"),
        "next": pgettext("visitor", "You are next."),
        "place": pgettext("visitor", "Your place in the queue: {place}"),
        "called_h": pgettext("visitor", "Are you there?"),
        "called": pgettext(
            "visitor",
            "It is your turn. Press the button and the conversation begins. You have about a minute. "
            "If you do not make it, your place stays.",
        ),
        "talking_h": pgettext("visitor", "{name}, {profession}"),
        "human": pgettext("visitor", "a human being, not a bot"),
        "open_h": pgettext("visitor", "The conversation is open"),
        "parked_h": pgettext("visitor", "The conversation was paused"),
        "parked": pgettext(
            "visitor", "You were away for a while. Good that you came back. We are getting someone for you."
        ),
        "joined": pgettext("visitor", "{name}, {profession}, joined the conversation."),
        "transferred": pgettext(
            "visitor", "{name}, {profession}, now goes on with you. The one who answered before asked for it."
        ),
        "stepped_out": pgettext("visitor", "{name} left the conversation."),
        "requeued_line": pgettext("visitor", "The conversation was interrupted. We are getting a new person for you."),
        "closed_line": pgettext("visitor", "The conversation has ended."),
        "line_returned_by_code": pgettext("visitor", "Somebody came back to this conversation by its code."),
        **_hold(),
    }


def _hold() -> Words:
    minutes: int = settings.HOLD_MINUTES
    stays = npgettext(
        "visitor",
        "Keep this page open. If the connection is cut, your place is kept for %(minutes)d minute.",
        "Keep this page open. If the connection is cut, your place is kept for %(minutes)d minutes.",
        minutes,
    )
    return {
        "stays": stays % {"minutes": minutes},
    }


def _endings() -> Words:
    return {
        "end": pgettext("visitor", "End"),
        "end_queue": pgettext("visitor", "Leave the queue"),
        "end_sure": pgettext("visitor", "Do you want to end this?"),
        "end_yes": pgettext("visitor", "Yes, end"),
        "end_no": pgettext("visitor", "No, go on"),
        "ended_h": pgettext("visitor", "The conversation has ended"),
        "deleted": deleted(),
        "new": pgettext("visitor", "Start a new conversation"),
        "leave": pgettext("visitor", "Leave this page"),
        "gone_h": pgettext("visitor", "This conversation is over"),
        "gone": pgettext("visitor", "It has ended or it has been deleted. You are warmly welcome to start a new one."),
        "unavailable_h": pgettext("visitor", "The chat is not open now"),
        "broken_h": pgettext("visitor", "Something went wrong on our side"),
        "broken": pgettext("visitor", "It was not because of you. Load the page again."),
        "reload": pgettext("visitor", "Load again"),
    }


def _page() -> Words:
    return {
        "choose_age": pgettext("visitor", "Choose your age first."),
        "code_length": pgettext("visitor", "The code has 16 numbers. Check it once more."),
        "no_such_code": pgettext("visitor", "This code does not work. Check the numbers. It may also have ended."),
        "codes_wait": pgettext("visitor", "Codes cannot be tried just now. Wait a moment and try again."),
        "others": pgettext("visitor", "Other services that help now"),
        "shift_one": pgettext("visitor", "Press Shift {count} more time to leave."),
        "shift_other": pgettext("visitor", "Press Shift {count} more times to leave."),
    }


def _youth() -> Words:
    return {
        "queued": pgettext(
            "youth",
            "A person answers you as soon as someone is free. "
            "You can write your first message already. It is read when your turn comes.",
        ),
        "requeued_h": pgettext("youth", "We are finding you someone to talk to"),
        "requeued": pgettext(
            "youth",
            "The conversation was cut on our side. It was not because of you. "
            "You are now at the front of the queue, and your messages are safe.",
        ),
        "lost_long": pgettext(
            "youth",
            "The connection is still cut. We keep trying. If you cannot wait, call 116 111. In danger, call 112.",
        ),
        "ended_by_visitor": pgettext("youth", "Thank you for writing. You can write to us another time too."),
        "ended_by_professional": pgettext(
            "youth", "The one who answered ended the conversation. Thank you for writing. You can write to us again."
        ),
        "hold_ended": pgettext(
            "youth", "You were away for long, so the conversation was closed. You can start a new one."
        ),
        "unanswered": pgettext(
            "youth", "We did not reach you in time. It is not because of you. We are sorry. You may try again."
        ),
        "hours_ended": pgettext(
            "youth", "The shift ended, and we did not reach you. It is not because of you. We are sorry."
        ),
        "unavailable": pgettext(
            "youth", "We cannot answer you right now. If you want to talk today, call 116 111. In danger, call 112."
        ),
    }


def _parent() -> Words:
    return {
        "queued": pgettext(
            "parent",
            "A professional answers you as soon as someone is free. "
            "You can write your first message already. It is read when your turn comes.",
        ),
        "requeued_h": pgettext("parent", "We are getting another professional for you"),
        "requeued": pgettext(
            "parent",
            "The conversation was cut on our side. You are now at the front of the queue, and your messages are safe.",
        ),
        "lost_long": pgettext("parent", "The connection is still cut. We keep trying. In an emergency, call 112."),
        "ended_by_visitor": pgettext("parent", "Thank you for writing. You can write to us again."),
        "ended_by_professional": pgettext(
            "parent", "The professional ended the conversation. Thank you for writing. You can write to us again."
        ),
        "hold_ended": pgettext(
            "parent", "You were away for long, so the conversation was closed. You can start a new one."
        ),
        "unanswered": pgettext("parent", "We did not reach you in time. We are sorry. You may try again."),
        "hours_ended": pgettext("parent", "The shift ended, and we did not reach you. We are sorry."),
        "unavailable": pgettext(
            "parent", "We cannot answer you right now. Please try again later. In an emergency, call 112."
        ),
    }

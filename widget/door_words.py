"""The words at the door: whether somebody is there, about how long it takes, and when it opens."""

from typing import Final, Literal

from django.utils.translation import pgettext

Audience = Literal["youth", "parent"]
Words = dict[str, str]
# A range that ends here is "at once".
SOON_MINUTES: Final = 2


def waits() -> Words:
    """Return how a range of minutes is said, never as a countdown; the browser fills the same texts."""
    return {
        "wait_now": pgettext("visitor", "very soon"),
        "wait_most": pgettext("visitor", "about {high} min at most"),
        "wait_range": pgettext("visitor", "about {low}–{high} min"),
        "wait_over": pgettext("visitor", "more than {low} min"),
    }


def shut_words(*, audience: Audience) -> Words:
    """Return what is said to who is not let in, by the state of the door; the browser says it too (`shut`)."""
    return {
        **_headings(),
        **{"youth": _youth, "parent": _parent}[audience](),
        "opens": pgettext("visitor", "We open {when}."),
        "opens_next": pgettext("visitor", "We open next {when}."),
        "reason": pgettext("visitor", "Why: {reason}"),
        "check": pgettext("visitor", "Check again"),
    }


def door(*, audience: Audience) -> Words:
    """Return everything the server says at the door."""
    return {**shut_words(audience=audience), **{"youth": _open_youth, "parent": _open_parent}[audience]()}


def _headings() -> Words:
    return {
        "full_h": pgettext("visitor", "The queue is full now"),
        "ending_h": pgettext("visitor", "We take no new ones in this shift any more"),
        "closed_h": pgettext("visitor", "The chat is closed now"),
        "nobody_h": pgettext("visitor", "Nobody is on duty right now"),
        "pause_h": pgettext("visitor", "There is a break now"),
    }


def _youth() -> Words:
    return {
        "full": pgettext(
            "youth", "So many are waiting that we could not answer you. It is not because of you. Try again in a while."
        ),
        "ending": pgettext("youth", "This shift ends soon. There is no time for new talks any more."),
        "closed": pgettext("youth", "You do not need to be left alone. Others are there for you now."),
        "nobody": pgettext("youth", "The chat should be open, but nobody can answer you. Try again in a while."),
        "pause": pgettext("youth", "Those who answer have a break. We do not know how long. Try again in a while."),
    }


def _parent() -> Words:
    return {
        "full": pgettext("parent", "So many are waiting that we could not answer you in time. Please try again later."),
        "ending": pgettext("parent", "The shift ends soon, and there is no time for new conversations any more."),
        "closed": pgettext("parent", "If you need somebody to talk to now, these services help you."),
        "nobody": pgettext("parent", "The chat should be open, but nobody can answer. Please try again later."),
        "pause": pgettext(
            "parent", "The professionals have a break, and its end is not known. Please try again later."
        ),
    }


def _open_youth() -> Words:
    return {
        "open": pgettext("youth", "The chat is open now."),
        "wait": pgettext("youth", "Your wait: {range}."),
        "may_not_reach": pgettext("youth", "Very many are waiting. We may not reach you today. You may still wait."),
        "pause_until": pgettext(
            "youth", "Those who answer have a break. They come back {when}. You may stay and wait."
        ),
    }


def _open_parent() -> Words:
    return {
        "open": pgettext("parent", "The chat is open now."),
        "wait": pgettext("parent", "Your wait: {range}."),
        "may_not_reach": pgettext(
            "parent", "Very many are waiting, and we may not reach you today. You may still wait."
        ),
        "pause_until": pgettext("parent", "The professionals have a break and come back {when}. You may wait."),
    }

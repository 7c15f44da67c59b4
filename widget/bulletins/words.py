"""What everybody is told of a bulletin that was taken down."""

from __future__ import annotations

from django.utils.translation import pgettext


def withdrawn_name(number: int) -> str:
    """Its name, when its own title is not shown any more."""
    return pgettext("visitor", "Bulletin {number} has been withdrawn").format(number=number)


def withdrawn_on(day: str) -> str:
    """When."""
    return pgettext("visitor", "Withdrawn on {day}.").format(day=day)


def reason_name(reason: str) -> str:
    """Why."""
    return {
        "mistake": pgettext("visitor", "There was a mistake in it."),
        "words": pgettext("visitor", "Its words were not such as we publish."),
        "early": pgettext("visitor", "It was published too early."),
    }.get(reason, "")

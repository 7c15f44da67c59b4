"""What everybody is told of a bulletin that was taken down."""

from __future__ import annotations

from django.utils.translation import pgettext


def withdrawn_name(number: int) -> str:
    """Its name, when its own title is not shown any more."""
    return pgettext("visitor", "Bulletin {number} has been withdrawn").format(number=number)


def withdrawn_on(day: str) -> str:
    """When."""
    return pgettext("visitor", "Withdrawn on {day}.").format(day=day)


def corrected_on(day: str) -> str:
    """Since when another report explains the figures anew."""
    text = pgettext(
        "visitor", "The report of these figures was corrected on {day}, and the figures here are the old ones."
    )
    return text.format(day=day)


def see_name(number: int | None) -> str:
    """Where the corrected figures are told; empty where no bulletin tells them."""
    return pgettext("visitor", "See bulletin {number}").format(number=number) if number else ""


def reason_name(reason: str) -> str:
    """Why."""
    return {
        "mistake": pgettext("visitor", "There was a mistake in it."),
        "words": pgettext("visitor", "Its words were not such as we publish."),
        "early": pgettext("visitor", "It was published too early."),
    }.get(reason, "")

"""Names of what moderation says, in the reader's language."""

from __future__ import annotations

from django.utils.translation import pgettext

from chatservice.moderation.risk.engine import CALM
from chatservice.moderation.verdict import CATEGORIES, LEVELS
from chatservice.screening.models import EVERY_TALK, NO_CATEGORY


def level_name(level: str) -> str:
    """How high the program marked it; "not raised" is no verdict that all is well."""
    return {
        "none": pgettext("worker", "not raised"),
        "concern": pgettext("worker", "a concern"),
        "high": pgettext("worker", "high risk"),
        "immediate": pgettext("worker", "immediate danger"),
    }[level]


def judged_name(level: str) -> str:
    """How a professional judged it."""
    return pgettext("worker", "no danger") if level == "none" else level_name(level)


def level_choices() -> list[tuple[str, str]]:
    """Levels that a term may have."""
    return [(str(level.rank), level_name(level)) for level in LEVELS[1:]]


def category_name(category: str) -> str:
    """What the danger is about."""
    return {
        EVERY_TALK: pgettext("worker", "All talks"),
        NO_CATEGORY: pgettext("worker", "No category"),
        "suicide": pgettext("worker", "suicide"),
        "self_harm": pgettext("worker", "self-harm"),
        "violence": pgettext("worker", "violence"),
        "sexual": pgettext("worker", "sexual violence"),
        "eating": pgettext("worker", "eating"),
        "substance": pgettext("worker", "substances"),
        "acute": pgettext("worker", "acute distress or accident"),
        "threat": pgettext("worker", "threat to others"),
    }[category]


def category_choices() -> list[tuple[str, str]]:
    """Categories for a choice."""
    return [(category, category_name(category)) for category in CATEGORIES]


def label_name(label: str) -> str:
    """Whether a text is aimed against the service."""
    return {
        "ok": pgettext("worker", "nothing against the service"),
        "abuse": pgettext("worker", "attack on staff"),
        "harassment": pgettext("worker", "sexual harassment"),
        "spam": pgettext("worker", "advertisement or flooding"),
    }[label]


def part_name(part: str) -> str:
    """A chapter of the rules: a category, or a label."""
    return category_name(part) if part in CATEGORIES else label_name(part)


def kind_name(kind: str) -> str:
    """A kind of personal data."""
    return {
        "hetu": pgettext("worker", "identity code"),
        "phone": pgettext("worker", "telephone number"),
        "email": pgettext("worker", "e-mail address"),
        "address": pgettext("worker", "street address"),
        "iban": pgettext("worker", "bank account"),
        "card": pgettext("worker", "payment card"),
        "handle": pgettext("worker", "user name"),
        "url": pgettext("worker", "web address"),
        "name": pgettext("worker", "name"),
        "school_class": pgettext("worker", "school and class"),
        "digits": pgettext("worker", "digits"),
    }.get(kind, kind)


def blocker_name(blocker: str) -> str:
    """What held a rule back."""
    return {
        "negation": pgettext("worker", "a denial"),
        "laughter": pgettext("worker", "laughter"),
        "past": pgettext("worker", "what is over"),
        "past of somebody else": pgettext("worker", "somebody else's past"),
        "game": pgettext("worker", "a game"),
        "study": pgettext("worker", "homework or news"),
        "story": pgettext("worker", "a story or song"),
        CALM: pgettext("worker", "signs of calm"),
    }.get(blocker, blocker)


def within_name(within: str) -> str:
    """How near to each other a rule's words must stand."""
    return {
        "clause": pgettext("worker", "in one clause"),
        "sentence": pgettext("worker", "in one sentence"),
        "message": pgettext("worker", "in one message"),
    }.get(within, within)


def term_refusal(code: str, example: str) -> str:
    """What of a term was refused and what would do."""
    return {
        "no_word": pgettext("worker", "Write a phrase with a word of at least three letters in it."),
        "level": pgettext("worker", "Choose a level."),
        "category": pgettext("worker", "Choose a category."),
        "no_example": pgettext("worker", "Write at least one sentence in which the term must be found."),
        "too_many": pgettext("worker", "Write at most ten sentences."),
        "too_long": pgettext("worker", "A sentence has at most 300 characters."),
        "not_found": pgettext("worker", "The term is not found in “{example}”."),
        "too_low": pgettext("worker", "“{example}” does not reach the term's level."),
        "found": pgettext("worker", "The term is found in “{example}”, where it must not be."),
        "full": pgettext("worker", "The area has 200 terms, which is the most. Put one out of use first."),
    }.get(code, pgettext("worker", "This cannot be saved.")).format(example=example)

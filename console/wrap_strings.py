"""The desk's words about the codes that are given when a talk has ended."""

from __future__ import annotations

from django.utils.translation import pgettext


def wrap_strings() -> dict[str, str]:
    """Every text of this kind by its key."""
    return {**_form(), **_picking(), **_risk(), **_about(), **_ended(), **_refusals()}


def _form() -> dict[str, str]:
    return {
        "wrap_title": pgettext("worker", "What was it about?"),
        "wrap_more": pgettext(
            "worker", "Codes only, for statistics. They can be changed until six hours after the end."
        ),
        "wrap_topic": pgettext("worker", "Main topic"),
        "wrap_topic_needed": pgettext("worker", "Choose the main topic, or press “Later”."),
        "wrap_sides": pgettext("worker", "Side topics, two at most"),
        "wrap_outcomes": pgettext("worker", "Outcome and referral"),
        "wrap_no_codes": pgettext(
            "worker", "The names of the codes could not be fetched. Choose “Later” and try again."
        ),
        "wrap_save": pgettext("worker", "Save"),
        "wrap_later": pgettext("worker", "Later"),
        "wrap_now": pgettext("worker", "Tell what it was about"),
        "wrap_change": pgettext("worker", "Change"),
        "wrap_saved": pgettext("worker", "Saved."),
    }


def _picking() -> dict[str, str]:
    return {
        "wrap_search": pgettext("worker", "Search by name"),
        "wrap_picked": pgettext("worker", "Chosen: {label}"),
        "wrap_remove": pgettext("worker", "Remove: {name}"),
        "wrap_removed": pgettext("worker", "Removed: {name}"),
        "wrap_taken": pgettext("worker", "Chosen: {name}"),
        "wrap_full": pgettext("worker", "No more than {count}: remove one first."),
        "wrap_nothing_found": pgettext("worker", "No code has a name like that."),
        "wrap_chosen": pgettext("worker", "the visitor’s own choice"),
        "wrap_common": pgettext("worker", "common here"),
    }


def _risk() -> dict[str, str]:
    return {
        "wrap_risk": pgettext("worker", "Your own judgement of the danger"),
        "wrap_risk_none": pgettext("worker", "I saw no sign of danger"),
        "wrap_risk_concern": pgettext("worker", "A concern"),
        "wrap_risk_high": pgettext("worker", "High risk"),
        "wrap_risk_immediate": pgettext("worker", "Immediate danger"),
        "wrap_kinds": pgettext("worker", "What kind of danger"),
    }


def _about() -> dict[str, str]:
    return {
        "wrap_role": pgettext("worker", "Who wrote"),
        "wrap_age": pgettext("worker", "Age of the child or young person"),
        "wrap_stage": pgettext("worker", "Stage of study"),
        "wrap_language": pgettext("worker", "Language of the talk"),
        "wrap_municipality": pgettext("worker", "Municipality of the school"),
        "wrap_municipality_more": pgettext("worker", "Only if it came up. Never ask for the statistics’ sake."),
        "wrap_unknown": pgettext("worker", "Not known"),
        "wrap_placed": pgettext("worker", "As told by the page they came from"),
    }


def _ended() -> dict[str, str]:
    return {
        "ended_at": pgettext("worker", "Ended at {time}"),
        "wrap_told": pgettext("worker", "topic given"),
        "wrap_not_told": pgettext("worker", "no topic yet"),
    }


def _refusals() -> dict[str, str]:
    return {
        "wrap_failed": pgettext("worker", "Not saved. What you chose is here still: try again."),
        "wrap_gone": pgettext("worker", "Not saved: the six hours are over and the talk is counted."),
        "wrap_unknown_topic": pgettext("worker", "Not saved: a topic is not in use in this chat. Choose another."),
        "wrap_side_topics": pgettext(
            "worker", "Not saved: two side topics at most, each another than the main topic. Remove one."
        ),
        "wrap_unknown_code": pgettext("worker", "Not saved: one of the codes is not in use. Load the page again."),
        "wrap_unknown_place": pgettext(
            "worker", "Not saved: the municipality is not one of your area. Choose another."
        ),
    }

"""The desk's words about what moderation saw in a line."""

from __future__ import annotations

from typing import Final

from django.utils.translation import pgettext

# Written to the visitor, so in the language of the talk and not in that of whoever sits at the desk.
PLACE_QUESTIONS: Final = {
    "place_youth_fi": "Kerrotko, missä olet juuri nyt? Osoite tai paikka riittää. Kysyn, jotta apu löytää luoksesi.",
    "place_youth_sv": "Kan du berätta var du är just nu? En adress eller en plats räcker. "
    "Jag frågar för att hjälpen ska hitta till dig.",
    "place_youth_en": "Can you tell me where you are right now? An address or a place is enough. "
    "I ask so that help can find you.",
    "place_parent_fi": "Kertoisitko, missä olette juuri nyt? Osoite tai paikka riittää. "
    "Kysyn, jotta apu löytää luoksenne.",
    "place_parent_sv": "Kan du berätta var ni är just nu? En adress eller en plats räcker. "
    "Jag frågar för att hjälpen ska hitta till er.",
    "place_parent_en": "Can you tell me where you and your family are right now? An address or a place is enough. "
    "I ask so that help can find you.",
}


def care_strings() -> dict[str, str]:
    """Every text of this kind by its key."""
    return {**_lines(), **_risk(), **_cautions(), **PLACE_QUESTIONS}


def _lines() -> dict[str, str]:
    return {
        "reveal": pgettext("worker", "Show as written"),
        "hide_again": pgettext("worker", "Hide again"),
        "hidden_part": pgettext("worker", "personal data, hidden"),
        "fold": pgettext("worker", "Message that may be hurtful – show"),
        "fold_spam": pgettext("worker", "Message that may be spam – show"),
        "label_abuse": pgettext("worker", "The rules take this for an attack on staff. They may be wrong."),
        "label_harassment": pgettext("worker", "The rules take this for sexual harassment. They may be wrong."),
        "label_spam": pgettext("worker", "The rules take this for an advertisement or flooding. They may be wrong."),
        "more_acts": pgettext("worker", "More"),
        "ask_place": pgettext("worker", "Ask where they are"),
        "asks_place": pgettext("worker", "The next answer with personal data will be shown as written."),
        "line_notice_warned": pgettext("worker", "The visitor was warned"),
        "line_notice_paused": pgettext(
            "worker", "The visitor's writing rests for 15 min. Words of danger come through."
        ),
        "care_failed": pgettext("worker", "That did not succeed in the conversation. Try again."),
        "care_not_active": pgettext("worker", "That can be done only while they are in the conversation."),
    }


def _risk() -> dict[str, str]:
    return {
        "risk_of": pgettext("worker", "Signs of danger in {name}"),
        "risk_note": pgettext("worker", "This sets the place in the queue. It is no verdict: read for yourself."),
        "risk_words": pgettext("worker", "The rules stopped at: {words}"),
        "risk_no_words": pgettext("worker", "The rules stopped at several lines together."),
        "quoted": pgettext("worker", "“{words}”"),
        "risk_why": pgettext("worker", "Which rules?"),
        "risk_held_back": pgettext("worker", "{rule} held back by {blocker}"),
        "risk_lower": pgettext("worker", "I judge it lower"),
        "lower_high": pgettext("worker", "High risk"),
        "lower_concern": pgettext("worker", "A concern"),
        "lower_none": pgettext("worker", "No raised level"),
        "kind_suicide": pgettext("worker", "suicide"),
        "kind_self_harm": pgettext("worker", "self-harm"),
        "kind_violence": pgettext("worker", "violence"),
        "kind_sexual": pgettext("worker", "sexual violence"),
        "kind_eating": pgettext("worker", "eating"),
        "kind_substance": pgettext("worker", "substances"),
        "kind_acute": pgettext("worker", "acute distress or accident"),
        "kind_threat": pgettext("worker", "threat to others"),
    }


def _cautions() -> dict[str, str]:
    return {
        "warn": pgettext("worker", "Warn"),
        "pause_writing": pgettext("worker", "Pause writing for 15 min"),
        "ask_warn": pgettext("worker", "Warn the visitor of {name}?"),
        "ask_warn_more": pgettext("worker", "A calm warning of the service appears in the conversation for both."),
        "ask_pause_writing": pgettext("worker", "Pause the writing in {name}?"),
        "ask_pause_writing_more": pgettext(
            "worker",
            "The visitor cannot write for 15 min and is told how to object. Words of danger come through all the same.",
        ),
        "ask_pause_writing_yes": pgettext("worker", "Pause"),
    }

"""The words of the waiting room: what a waiting visitor may tell, change, take along or do meanwhile."""

from django.utils.translation import pgettext

Words = dict[str, str]


def room_words() -> Words:
    """Return every text of `room.js`, and of the panel while somebody waits."""
    return {key: text for part in (_place, _questions, _code, _voucher, _meanwhile) for key, text in part().items()}


def _place() -> Words:
    return {
        "wait_about": pgettext("visitor", "Our guess: {range}"),
        "remembered": pgettext("visitor", "We have not forgotten you. The queue moves slowly just now."),
        "holds_now": pgettext(
            "visitor",
            "You may leave and come back in this same tab. If you leave now, your place is kept until {time}.",
        ),
        "skipped": pgettext("visitor", "You were not there when your turn came. It does not matter: your place stays."),
        "why_many": pgettext(
            "visitor", "Many are coming in from the same place right now. Keep this page open: you get in by itself."
        ),
        "why_urgent": pgettext("visitor", "Somebody who needs help sooner came before you."),
        "why_early": pgettext("visitor", "Somebody who had to leave last time came before you."),
        "why_returned": pgettext("visitor", "Somebody who was before you is waiting again."),
        "here": pgettext("visitor", "I am here"),
        "here_heard": pgettext("visitor", "One moment…"),
        "room": pgettext("visitor", "While you wait"),
        "skip": pgettext("visitor", "You may skip this."),
    }


def _questions() -> Words:
    return {
        "rate": pgettext("visitor", "Can you wait?"),
        "rate_can_wait": pgettext("visitor", "I can wait"),
        "rate_today": pgettext("visitor", "I need to talk today"),
        "rate_thanks": pgettext("visitor", "Thank you. We made a note of it."),
        "wish_change": pgettext("visitor", "Who I would like to write to"),
        "wish_h": pgettext("visitor", "Who would you like to write to?"),
        "wish_anyone": pgettext("visitor", "Anyone"),
        "wish_curator": pgettext("visitor", "A curator"),
        "wish_psychologist": pgettext("visitor", "A psychologist"),
        "wish_nurse": pgettext("visitor", "A nurse"),
        "wish_thanks": pgettext("visitor", "Changed. Your place stays the same."),
    }


def _code() -> Words:
    return {
        "code_offer": pgettext("visitor", "A code to come back with"),
        "code_why": pgettext(
            "visitor", "If this page closes, you can come back with a code. You do not have to take it."
        ),
        "code_show": pgettext("visitor", "Show the code"),
        "code_h": pgettext("visitor", "Your return code"),
        "code_once": pgettext(
            "visitor", "Write it down. It is shown only this once. Whoever has the code can come to this conversation."
        ),
        "code_written": pgettext("visitor", "I have written it down"),
        "code_away": pgettext("visitor", "Take the code away"),
        "mark_0": pgettext("visitor", "sun"),
        "mark_1": pgettext("visitor", "star"),
        "mark_2": pgettext("visitor", "heart"),
        "mark_3": pgettext("visitor", "umbrella"),
    }


def _voucher() -> Words:
    return {
        "closing_h": pgettext("visitor", "The shift ends now"),
        "closing": pgettext(
            "visitor",
            "We may not reach you any more. You can take an early place for the next time, "
            "turn to another service, or leave. You may also stay: somebody may still have time.",
        ),
        "voucher_ask": pgettext("visitor", "Give me an early place"),
        "voucher_none": pgettext("visitor", "There are no early places left. The other services are listed below."),
        "voucher_h": pgettext("visitor", "Your early place"),
        "voucher_when": pgettext("visitor", "Come {when} and give this code. You come to the queue early."),
        "voucher_next": pgettext("visitor", "Come when we open next and give this code. You come to the queue early."),
        "voucher_fair": pgettext("visitor", "It is an early place and not a promise. Write the code down."),
    }


def _meanwhile() -> Words:
    return {
        "things": pgettext("visitor", "Small things to do while you wait"),
        "breathe": pgettext("visitor", "Breathe calmly: four seconds in, five seconds out."),
        "thing_water": pgettext("visitor", "Drink a glass of water."),
        "thing_look": pgettext("visitor", "Look around and find five blue things."),
        "thing_write": pgettext("visitor", "Write what you want to say first. You can send it already."),
        "shake": pgettext("visitor", "Shake the phone when it is my turn"),
    }

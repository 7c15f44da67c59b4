"""The desk's words about the shift: duty, the order of who waits, who sits beside, handing over, the alarm."""

from __future__ import annotations

from django.utils.translation import pgettext


def shift_strings() -> dict[str, str]:
    """Texts of the shift by their key."""
    return {**_duty(), **_order(), **_aside(), **_handing_over(), **_alarm()}


def _duty() -> dict[str, str]:
    return {
        "duty_most": pgettext("worker", "At most at once"),
        "duty_start": pgettext("worker", "Start the shift"),
        "duty_pause": pgettext("worker", "Take a pause"),
        "duty_resume": pgettext("worker", "Go on"),
        "duty_pair_absent": pgettext("worker", "My pair is absent"),
        "duty_end": pgettext("worker", "End the shift"),
        "duty_off": pgettext("worker", "You are not on duty."),
        "duty_on": pgettext("worker", "You are on duty"),
        "duty_finishing": pgettext("worker", "On duty, taking no new ones,"),
        "duty_from_to": pgettext("worker", "from {since} to {until}"),
        "duty_from": pgettext("worker", "since {since}"),
        "duty_alone": pgettext("worker", "alone"),
        "duty_paused": pgettext("worker", "You are on a pause."),
        "duty_paused_until": pgettext("worker", "You are on a pause until {time}."),
        "duty_stop_at": pgettext("worker", "Take no new ones after {time}."),
        "duty_stop_soon": pgettext("worker", "Soon it is time to stop: take no new ones after {time}."),
        "duty_stop_now": pgettext("worker", "Take no new ones any more: a talk would not end in time."),
        "duty_pause_offer": pgettext("worker", "That was a heavy conversation. Would a pause do you good?"),
        "duty_pause_yes": pgettext("worker", "Pause for {minutes} min"),
        "duty_pause_no": pgettext("worker", "Not now"),
        "duty_pause_open": pgettext("worker", "Until I go on"),
        "minutes": pgettext("worker", "{minutes} min"),
        "duty_now_on": pgettext("worker", "You are on duty."),
        "duty_now_off": pgettext("worker", "Your shift has ended."),
        "duty_now_paused": pgettext("worker", "Your pause began."),
        "duty_now_finishing": pgettext("worker", "You take no new ones any more."),
        "take_off": pgettext("worker", "Taking the next one starts your shift."),
        "take_paused": pgettext("worker", "You are on a pause. Go on with the shift to take the next one."),
        "take_finishing": pgettext("worker", "Your shift is ending. You take no new ones."),
        "off_duty": pgettext("worker", "You are not on duty. Start the shift first."),
        "on_pause": pgettext("worker", "You are on a pause. Go on with the shift first."),
        "finishing": pgettext("worker", "Your shift is ending, so no new ones are given."),
        "wrong_step": pgettext("worker", "That cannot be done now: your shift has changed meanwhile."),
        "ask_pause": pgettext("worker", "Take a pause?"),
        "ask_pause_more": pgettext("worker", "You get no new ones. Your open conversations stay with you."),
        "ask_pair_absent": pgettext("worker", "Is your pair absent?"),
        "ask_pair_absent_more": pgettext(
            "worker", "Closing time and the door are reckoned again for one. Their shift is free for others."
        ),
        "ask_duty_end": pgettext("worker", "End your shift?"),
        "ask_duty_end_more": pgettext("worker", "You have no open conversations."),
        "ask_duty_end_open_one": pgettext(
            "worker",
            "{count} open conversation goes back to the head of the queue, and the visitor is told. Drafts are lost.",
        ),
        "ask_duty_end_open_other": pgettext(
            "worker",
            "{count} open conversations go back to the head of the queue, and the visitors are told. Drafts are lost.",
        ),
    }


def _order() -> dict[str, str]:
    return {
        "wish_curator": pgettext("worker", "wishes for a curator"),
        "wish_psychologist": pgettext("worker", "wishes for a psychologist"),
        "wish_nurse": pgettext("worker", "wishes for a nurse"),
        "reason_risk_immediate": pgettext("worker", "immediate danger"),
        "reason_risk_high": pgettext("worker", "high risk"),
        "reason_risk_concern": pgettext("worker", "a concern"),
        "reason_needs_today": pgettext("worker", "needs to talk today"),
        "reason_returned": pgettext("worker", "came back to the queue"),
        "reason_turned_away": pgettext("worker", "was left without last time"),
        "why": pgettext("worker", "Why this place?"),
        "why_last": pgettext("worker", "Nobody stands behind."),
        "why_before": pgettext("worker", "Before number {ticket}."),
        "why_longer": pgettext("worker", "Came {time} earlier."),
        "why_shorter": pgettext("worker", "Came {time} later."),
        "why_reasons": pgettext("worker", "Head start: {reasons}."),
        "why_next_reasons": pgettext("worker", "Head start of number {ticket}: {reasons}."),
        "group_youth": pgettext("worker", "Young people"),
        "group_parent": pgettext("worker", "Parents"),
        "first_shown": pgettext("worker", "first {count} shown"),
        "why_same": pgettext("worker", "Came in the same minute."),
    }


def _aside() -> dict[str, str]:
    return {
        "hand_over": pgettext("worker", "Hand over"),
        "ask_colleague": pgettext("worker", "Ask to my side"),
        "step_out": pgettext("worker", "Leave the side"),
        "bring_in": pgettext("worker", "Bring into the talk"),
        "sits_beside": pgettext("worker", "{who} sits beside. The visitor does not see it."),
        "sits_visible": pgettext("worker", "{who} is in the conversation."),
        "you_sit_beside": pgettext(
            "worker", "You sit beside. The visitor does not see you; write notes to your colleague."
        ),
        "you_are_in": pgettext("worker", "You were brought in. The visitor sees what you write."),
        "notes": pgettext("worker", "Notes of professionals"),
        "notes_hidden": pgettext("worker", "The visitor never sees these."),
        "notes_of": pgettext("worker", "Notes beside {name}"),
        "note_label": pgettext("worker", "A note to professionals only"),
        "note_add": pgettext("worker", "Add a note"),
        "note_for_next": pgettext("worker", "A note for the next one (may be left empty)"),
        "ask_beside": pgettext("worker", "Ask a colleague to your side?"),
        "ask_beside_more": pgettext(
            "worker",
            "They see the conversation and write notes to you. The visitor sees nothing of it until you bring them in.",
        ),
        "ask_beside_yes": pgettext("worker", "Ask"),
        "colleague_free_one": pgettext("worker", "room for {count}"),
        "colleague_free_other": pgettext("worker", "room for {count}"),
        "colleague_is_full": pgettext("worker", "no room now"),
        "colleague_is_paused": pgettext("worker", "on a pause"),
        "colleague_is_finishing": pgettext("worker", "shift is ending"),
        "colleague_is_away": pgettext("worker", "away from the desk"),
        "colleague_failed": pgettext("worker", "Your colleague could not be asked. Try again."),
        "colleague_full": pgettext("worker", "Your colleague has as many conversations as they may have."),
        "colleague_off_duty": pgettext("worker", "Your colleague is not on duty."),
        "colleague_on_pause": pgettext("worker", "Your colleague is on a pause."),
        "colleague_finishing": pgettext("worker", "Your colleague's shift is ending."),
        "colleague_offered": pgettext("worker", "Another colleague has been asked and has not answered yet."),
        "offer_came": pgettext("worker", "A colleague asks you."),
        "offer_take_over": pgettext("worker", "{who} offers you conversation {ticket}."),
        "offer_beside": pgettext("worker", "{who} asks you to sit beside conversation {ticket}."),
        "offer_mine_take_over": pgettext("worker", "You offered conversation {ticket}: {who}."),
        "offer_mine_beside": pgettext("worker", "You asked to your side in conversation {ticket}: {who}."),
        "offer_accept": pgettext("worker", "Accept"),
        "offer_refuse": pgettext("worker", "I cannot now"),
        "offer_withdraw": pgettext("worker", "Take back"),
        "line_notice_offer_refused": pgettext("worker", "{name} ({profession}) could not take it now"),
        "line_notice_offer_expired": pgettext("worker", "{name} ({profession}) did not answer in time"),
        "line_notice_beside": pgettext("worker", "{name} ({profession}) sat down beside"),
        "line_notice_stepped_out": pgettext("worker", "{name} ({profession}) left the side"),
        "given_back_stepped_out": pgettext("worker", "You left the side of {name}."),
        "ask_paste_note": pgettext("worker", "Paste a note of professionals to the visitor?"),
        "ask_paste_note_more": pgettext("worker", "The text comes from the notes, which the visitor does not see."),
    }


def _handing_over() -> dict[str, str]:
    return {
        "ask_hand_over": pgettext("worker", "Hand {name} over?"),
        "ask_hand_over_more": pgettext("worker", "The visitor is told that somebody else comes, and who."),
        "ask_hand_over_draft": pgettext(
            "worker", "The visitor is told that somebody else comes, and who. Your draft is lost."
        ),
        "ask_hand_over_yes": pgettext("worker", "Hand over"),
        "to_colleague": pgettext("worker", "To a colleague"),
        "to_colleague_more": pgettext("worker", "It stays yours until they accept."),
        "to_queue": pgettext("worker", "To another queue"),
        "to_queue_more": pgettext("worker", "It goes to the head of that queue at once."),
        "queue_everybody": pgettext("worker", "Queue of everybody"),
        "queue_curator": pgettext("worker", "Queue of curators"),
        "queue_psychologist": pgettext("worker", "Queue of psychologists"),
        "queue_nurse": pgettext("worker", "Queue of nurses"),
        "queue_served_one": pgettext("worker", "{count} serves it now"),
        "queue_served_other": pgettext("worker", "{count} serve it now"),
        "queue_unserved": pgettext("worker", "nobody else serves it now"),
        "colleague_no_queue": pgettext("worker", "That queue is not in use any more. The conversation stays yours."),
        "colleague_not_given": pgettext("worker", "The conversation could not be given away. Try again."),
    }


def _alarm() -> dict[str, str]:
    return {
        "alarm_not_taken": pgettext(
            "worker", "Number {ticket} needs somebody urgently, and nobody has taken them yet."
        ),
        "alarm_away": pgettext("worker", "Number {ticket} needs somebody urgently, and their connection was lost."),
        "alarm_since": pgettext("worker", "waiting since {time}"),
        "alarm_take": pgettext("worker", "Take the next one"),
        "alarm_seen": pgettext("worker", "I have seen this"),
    }

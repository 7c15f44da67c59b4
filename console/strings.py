"""The words that the desk's scripts show: one block of JSON, written here so that each is a gettext literal."""

from __future__ import annotations

from django.utils.translation import pgettext

from chatservice.accounts.models import Profession
from console.care_strings import care_strings
from console.shift_strings import shift_strings
from console.wrap_strings import wrap_strings


def profession_name(profession: Profession) -> str:
    """A profession in the present language."""
    return {
        Profession.CURATOR: pgettext("worker", "curator"),
        Profession.PSYCHOLOGIST: pgettext("worker", "psychologist"),
        Profession.NURSE: pgettext("worker", "nurse"),
    }[profession]


def workspace_strings() -> dict[str, str]:
    """Every text of the workspace's scripts by its key; `_one` and `_other` are plural forms."""
    return {
        **_log(),
        **_people(),
        **_piles(),
        **_talk(),
        **_composer(),
        **_questions(),
        **_link(),
        **shift_strings(),
        **care_strings(),
        **wrap_strings(),
    }


def _log() -> dict[str, str]:
    return {
        "you": pgettext("worker", "You"),
        "damaged": pgettext("worker", "This message cannot be shown. It was damaged in storage."),
        "sent": pgettext("worker", "sent"),
        "waiting": pgettext("worker", "waiting for the line"),
        "sending": pgettext("worker", "sending"),
        "late": pgettext("worker", "not sent"),
        "refused": pgettext("worker", "not sent"),
        "refused_too_long": pgettext("worker", "not sent: too long"),
        "refused_closed": pgettext("worker", "not sent: the conversation has ended"),
        "refused_gone": pgettext("worker", "not sent: the conversation is no longer yours"),
        "refused_stale": pgettext("worker", "not sent: the conversation is no longer yours"),
        "retry": pgettext("worker", "Send again"),
        "edit": pgettext("worker", "Edit"),
        "new_messages_one": pgettext("worker", "{count} new message below"),
        "new_messages_other": pgettext("worker", "{count} new messages below"),
    }


def _people() -> dict[str, str]:
    return {
        "visitor_youth": pgettext("worker", "Young person"),
        "visitor_parent": pgettext("worker", "Parent"),
        "curator": pgettext("worker", "curator"),
        "psychologist": pgettext("worker", "psychologist"),
        "nurse": pgettext("worker", "nurse"),
        "language_fi": pgettext("worker", "Finnish"),
        "language_sv": pgettext("worker", "Swedish"),
        "language_en": pgettext("worker", "English"),
        "age_A07_09": pgettext("worker", "7–9 years"),
        "age_A10_12": pgettext("worker", "10–12 years"),
        "age_A13_15": pgettext("worker", "13–15 years"),
        "age_A16_17": pgettext("worker", "16–17 years"),
        "age_A18_20": pgettext("worker", "18–20 years"),
        "age_A21_25": pgettext("worker", "21–25 years"),
        "here": pgettext("worker", "Connected"),
        "away": pgettext("worker", "Connection lost"),
        "left_quickly": pgettext("worker", "Left quickly"),
    }


def _piles() -> dict[str, str]:
    return {
        "ticket": pgettext("worker", "Number {ticket}"),
        "nobody_waits": pgettext("worker", "Nobody is waiting."),
        "none_mine": pgettext("worker", "You have no open conversations."),
        "nothing_waiting": pgettext("worker", "Nobody was waiting any more."),
        "full": pgettext("worker", "You have as many conversations as you may have. End one first."),
        "take_failed": pgettext("worker", "That did not succeed. Try again."),
        "not_picked": pgettext("worker", "They were taken meanwhile, or must not be taken out of order."),
        "pick": pgettext("worker", "Take this one"),
        "ask_pick": pgettext("worker", "Take number {ticket} out of order?"),
        "ask_pick_more_one": pgettext("worker", "{count} person who came before waits longer because of it."),
        "ask_pick_more_other": pgettext("worker", "{count} people who came before wait longer because of it."),
        "ask_pick_first": pgettext("worker", "They are the next in their queue. Others may wait in other queues."),
        "ask_pick_yes": pgettext("worker", "Take"),
        "taken": pgettext("worker", "{name} was opened."),
        "unread": pgettext("worker", "unread"),
        "waited": pgettext("worker", "waiting for your answer for {time}"),
        "draft": pgettext("worker", "draft"),
        "ended": pgettext("worker", "Ended"),
        "called": pgettext("worker", "Called"),
        "parked": pgettext("worker", "Set aside"),
        "title": pgettext("worker", "Desk"),
    }


def _talk() -> dict[str, str]:
    return {
        "name": pgettext("worker", "Conversation {ticket}"),
        "log_of": pgettext("worker", "Messages of {name}"),
        "give_back": pgettext("worker", "Give back to the queue"),
        "end": pgettext("worker", "End the conversation"),
        "dismiss": pgettext("worker", "Close this view"),
        "typing": pgettext("worker", "is writing…"),
        "line_entered": pgettext("worker", "Came to the queue"),
        "line_joined": pgettext("worker", "{name} ({profession}) joined"),
        "line_left_away": pgettext("worker", "The connection was lost"),
        "line_left_quick": pgettext("worker", "Left the page quickly. They can come back."),
        "line_requeued": pgettext("worker", "Was given back to the queue"),
        "line_parked": pgettext("worker", "The conversation was set aside until they come back"),
        "line_transferred": pgettext("worker", "The conversation moved to another professional"),
        "line_closed": pgettext("worker", "The conversation ended"),
        "line_closed_ended_by_visitor": pgettext("worker", "The visitor ended the conversation"),
        "line_closed_ended_by_professional": pgettext("worker", "The professional ended the conversation"),
        "line_closed_hold_ended": pgettext("worker", "The conversation ended: its time was up"),
        "notice_called": pgettext("worker", "Called to the conversation. You can write as soon as they are here."),
        "notice_parked": pgettext("worker", "They have been away long. On return they go first in the queue."),
        "notice_closed": pgettext("worker", "The conversation has ended. You can read it until you close this view."),
        "notice_gone": pgettext("worker", "This conversation is no longer yours. Its messages were removed from here."),
        "notice_left_quickly": pgettext("worker", "They left the page quickly. They may be in a hurry or in danger."),
        "given_back": pgettext("worker", "{name} was given back to the queue."),
        "has_ended": pgettext("worker", "{name} has ended."),
        "line_requeued_lost": pgettext(
            "worker", "The professional's connection was lost; back to the head of the queue"
        ),
        "line_requeued_unanswered": pgettext("worker", "Nobody answered in two minutes; back to the head of the queue"),
        "line_requeued_returned": pgettext("worker", "Came back; at the head of the queue"),
        "line_requeued_away": pgettext("worker", "Was away; back to the queue"),
        "line_notice_returned": pgettext("worker", "Came back"),
        "line_notice_returned_by_code": pgettext("worker", "Came back with the return code"),
        "line_left": pgettext("worker", "{name} ({profession}) left"),
        "line_left_stepped_out": pgettext("worker", "{name} ({profession}) left"),
        "line_transferred_handed_over": pgettext("worker", "{name} ({profession}) took the conversation over"),
        "line_closed_hours_ended": pgettext("worker", "The conversation ended: the service closed"),
        "given_back_unanswered": pgettext(
            "worker", "{name} went back to the queue: no answer was sent in two minutes."
        ),
        "given_back_handed_over": pgettext("worker", "{name} was taken over by your colleague."),
        "given_back_lost": pgettext("worker", "{name} went back to the queue: your connection was lost."),
        "notice_gone_unanswered": pgettext(
            "worker", "No answer was sent in two minutes, so this conversation went back to the head of the queue."
        ),
        "notice_gone_handed_over": pgettext(
            "worker", "Your colleague took this conversation over. Its messages were removed from here."
        ),
        "notice_gone_lost": pgettext(
            "worker", "Your connection was lost, so this conversation went back to the head of the queue."
        ),
    }


def _composer() -> dict[str, str]:
    return {
        "write_to": pgettext("worker", "Write to {name}"),
        "send": pgettext("worker", "Send"),
        "send_hint": pgettext("worker", "Enter sends, Shift+Enter makes a new line"),
        "left": pgettext("worker", "{count} characters left"),
        "too_long": pgettext("worker", "{count} characters too many"),
        "locked": pgettext("worker", "The line is down. Your draft is kept until the line is back."),
        "newer": pgettext("worker", "A new message came. Read it, then send if your answer still fits."),
        "send_anyway": pgettext("worker", "Send anyway"),
    }


def _questions() -> dict[str, str]:
    return {
        "cancel": pgettext("worker", "Cancel"),
        "ask_end": pgettext("worker", "End {name}?"),
        "ask_end_more": pgettext("worker", "The other side sees that it ended. It cannot be opened again."),
        "ask_end_yes": pgettext("worker", "End"),
        "ask_give_back": pgettext("worker", "Give {name} back to the queue?"),
        "ask_give_back_more": pgettext("worker", "They go to the head of the queue. Your draft is lost."),
        "ask_give_back_yes": pgettext("worker", "Give back"),
        "ask_paste": pgettext("worker", "Paste text from {other}?"),
        "ask_paste_more": pgettext("worker", "The text comes from {other}. You are writing to {name}."),
        "ask_paste_yes": pgettext("worker", "Paste"),
    }


def _link() -> dict[str, str]:
    return {
        "link_connecting": pgettext("worker", "Connecting…"),
        "link_open": pgettext("worker", "Line open"),
        "link_lost": pgettext("worker", "Line down, trying again"),
        "link_stopped": pgettext("worker", "Signed out"),
        "link_closed": pgettext("worker", "Line closed"),
        "stopped": pgettext("worker", "Your session has ended. Sign in again to go on."),
        "stopped_go": pgettext("worker", "Sign in"),
        "stopped_protocol_go": pgettext("worker", "Back to the desk"),
        "stopped_protocol": pgettext("worker", "The line was closed because of a fault. Open the page again."),
    }

"""What somebody who waits asks for: how urgent it is, whom they would like, a return code, an early place."""

from datetime import UTC, datetime

from chatservice.conversations import codes
from chatservice.conversations.access import Talk
from chatservice.delivery import frames
from chatservice.delivery.views import minute_text
from chatservice.hours.words import when
from chatservice.queues import standing, vouchers
from chatservice.queues.order import Rating

Wanted = frames.Rate | frames.Wish | frames.AskCode | frames.AskVoucher
Answer = frames.CodeShown | frames.VoucherShown


async def change(mine: Talk, frame: Wanted) -> Answer | None:
    """Do what is asked and return the frame that answers it, if one does. Raises what the services raise."""
    conversation, participant = mine.conversation, mine.participant
    match frame:
        case frames.Rate():
            await standing.rate(conversation=conversation, participant=participant, rating=Rating(frame.rating))
        case frames.Wish():
            await standing.change_wish(conversation=conversation, participant=participant, wish=frame.wish)
        case frames.AskCode():
            return await _code(mine, on=frame.on)
        case frames.AskVoucher():
            return await _voucher(mine)
    return None


async def _voucher(mine: Talk) -> frames.VoucherShown:
    voucher = await vouchers.give(conversation=mine.conversation, participant=mine.participant)
    return frames.VoucherShown(
        cid=mine.conversation,
        digits=voucher.digits,
        opens=minute_text(voucher.opening),
        opens_in_words=when(voucher.opening, datetime.now(UTC), mine.language),
    )


async def _code(mine: Talk, *, on: bool) -> frames.CodeShown:
    digits = ""
    if on:
        digits = await codes.give(conversation=mine.conversation, participant=mine.participant)
    else:
        await codes.revoke(conversation=mine.conversation, participant=mine.participant)
    return frames.CodeShown(cid=mine.conversation, digits=digits)

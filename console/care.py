"""What a professional does about a marked line, over one desk's socket: read it whole, weigh it, answer an attack."""

from typing import get_args

from chatservice.conversations.risk import Risk
from chatservice.delivery import frames
from chatservice.delivery.frames import Revealed
from chatservice.screening import cautions
from chatservice.screening.reveal import reveal
from chatservice.screening.weighing import lower

Care = frames.Reveal | frames.Lower | frames.Caution
ACTS = get_args(Care)


async def act(*, worker: int, frame: Care) -> Revealed | None:
    """Do what the frame asks; return what the desk is told about it. Raises Refused, WrongStep, StoreAway."""
    match frame:
        case frames.Reveal():
            text = await reveal(conversation=frame.cid, worker=worker, epoch=frame.epoch, seq=frame.seq)
            return Revealed(cid=frame.cid, seq=frame.seq, text=text)
        case frames.Lower():
            risk = Risk[frame.risk.upper()]
            await lower(conversation=frame.cid, worker=worker, epoch=frame.epoch, risk=risk)
        case frames.Caution(step="warn"):
            await cautions.warn(conversation=frame.cid, worker=worker, epoch=frame.epoch)
        case frames.Caution():
            await cautions.pause(conversation=frame.cid, worker=worker, epoch=frame.epoch)
    return None

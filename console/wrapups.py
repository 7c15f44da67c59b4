"""The wrap-ups of one desk: what may still be written, told whole on change. Decode, call, encode."""

from typing import Any

from chatservice.conversations.risk import Risk
from chatservice.delivery import frames
from chatservice.delivery.socket import FrameSocket
from chatservice.delivery.views import minute_text
from chatservice.wrapup.codes import Codes
from chatservice.wrapup.save import Open, open_of, save


async def wrap_up(*, worker: int, frame: frames.WrapUp) -> frames.WrappedUp:
    """Store a talk's codes. Raises Refused, StoreAway."""
    codes = Codes(
        topic=frame.topic,
        judged=Risk[frame.risk.upper()],
        sides=frame.sides,
        outcomes=frame.outcomes,
        risk_kinds=frame.risk_kinds,
        role=frame.role,
        age=frame.age,
        stage=frame.stage,
        language=frame.language,
        municipality=frame.municipality,
    )
    await save(conversation=frame.cid, worker=worker, codes=codes)
    return frames.WrappedUp(cid=frame.cid, topic=frame.topic, risk=frame.risk, ref=frame.ref)


class WrapUps:
    """What this desk was told of its open wrap-ups: after `welcome` once in any case, then on change."""

    def __init__(self, socket: FrameSocket[Any]) -> None:
        self._socket = socket
        self._told: list[Open] | None = None

    async def look(self, worker: int) -> None:
        """Tell them when they have changed. Raises StoreAway."""
        found = await open_of(worker=worker)
        if found != self._told:
            self._told = found
            self._socket.say(frames.WrapUps(items=[_item(one) for one in found]))


def _item(one: Open) -> frames.WrapUpItem:
    return frames.WrapUpItem(
        cid=one.conversation,
        channel=one.channel,
        language=one.language,
        closed=minute_text(one.closed),
        topic=one.topic,
        risk="" if one.judged is None else Risk(one.judged).name.lower(),
        sides=one.sides,
        outcomes=one.outcomes,
        risk_kinds=one.risk_kinds,
        role=one.role,
        age=one.age,
        stage=one.stage,
        municipality=one.municipality,
        placed=one.placed,
        school=one.school,
        chosen=one.chosen,
        marked=one.machine > 0,
    )

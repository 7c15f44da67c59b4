"""From stored events and talks to frames."""

from datetime import UTC, datetime
from uuid import UUID

from chatservice.conversations.payload import Kind, Side
from chatservice.conversations.rows import Clear, moment_of
from chatservice.conversations.selectors import Held
from chatservice.delivery.frames import Beside, Events, Item, OfferItem, Person, Talk, encode
from chatservice.delivery.marks import marked
from chatservice.moderation.verdict import LEVELS
from chatservice.queues.offers import OfferView

PAGE_BYTES = 24 * 1024
KINDS = {kind.value: kind.name.lower() for kind in Kind}
SIDES = {side.value: side.name.lower() for side in Side}


def minute_text(moment: datetime) -> str:
    """An aware datetime as the minute of the wire: 2026-11-21T21:42Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")


def second_text(moment: datetime) -> str:
    """An aware datetime as the second of the wire: 2026-11-21T21:42:07Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def item(clear: Clear, *, professional: bool = False) -> Item:
    """One line of the log as it is sent: marked and masked to professionals, to the visitor as they wrote it."""
    row, payload = clear.row, clear.payload
    kind, side, at = KINDS.get(row.kind, "notice"), SIDES[row.side], minute_text(moment_of(row.minute))
    if payload is None:
        return Item(seq=row.seq, kind=kind, side=side, at=at, mid=row.mid, damaged=True)
    who = Person(name=payload.who.name, profession=payload.who.profession) if payload.who else None
    text, shown = marked(payload.text, payload.mark) if professional and payload.mark else (payload.text, None)
    return Item(
        seq=row.seq, kind=kind, side=side, at=at, mid=row.mid, text=text, who=who, code=payload.code, mark=shown
    )


def pages(*, conversation: UUID, items: list[Clear], last: int, professional: bool = False) -> list[tuple[int, str]]:
    """Frames of at most 24 KiB that carry `items`, each with the last seq in it; one empty frame for no items."""
    made: list[tuple[int, str]] = []
    page: list[Item] = []
    size = 0
    for clear in items:
        line = item(clear, professional=professional)
        weight = 200 + 6 * len(line.text)
        if page and size + weight > PAGE_BYTES:
            made.append((page[-1].seq, encode(Events(cid=conversation, items=page, last=last))))
            page, size = [], 0
        page.append(line)
        size += weight
    if page or not made:
        seq = page[-1].seq if page else 0
        made.append((seq, encode(Events(cid=conversation, items=page, last=last))))
    return made


def talk(held: Held) -> Talk:
    """A held talk as the desk shows it."""
    return Talk(
        cid=held.conversation,
        ticket=held.ticket,
        epoch=held.epoch,
        state=held.state,
        channel=held.channel,
        language=held.language,
        age_band=held.age_band,
        since=minute_text(held.entered),
        link="here" if held.visitor_present else "away",
        queue=held.queue,
        part="owner" if held.role == "professional" else "brought_in" if held.writes else "beside",
        beside=[
            Beside(worker=one.worker, name=one.name, profession=one.profession, visible=one.writes)
            for one in held.beside
        ],
        risk=LEVELS[held.risk].value,
    )


def offer(found: OfferView) -> OfferItem:
    """An offer as one of its two desks shows it; its conversation is named to the owner only."""
    return OfferItem(
        id=found.id,
        kind=found.kind,
        mine=found.mine,
        worker=found.other,
        who=Person(name=found.name, profession=found.profession),
        ticket=found.ticket,
        channel=found.channel,
        language=found.language,
        age_band=found.age_band,
        until=second_text(found.until),
        note=found.note,
        cid=found.conversation if found.mine else None,
    )

"""Marked lines on the wire: masked to the desk, as written to the visitor, opened by one tap, weighed and lowered."""

from uuid import UUID, uuid4

from asgiref.sync import sync_to_async

from chatservice.accounts.models import Worker
from chatservice.audit.models import Entry
from chatservice.conversations.models import Conversation
from chatservice.delivery.process import current
from chatservice.places.models import Area, Host
from tests.wire import Aino, Frame, Mia, talk

PHONE = "soita mulle 0401234567 tänään"
WISH = "en haluu enää elää"
NOW = "oon ottanu kaikki äidin unilääkkeet äsken ja nyt pyörryttää"


async def line(desk: Aino, cid: str, seq: int) -> Frame:
    """Wait for one line on the desk."""
    while True:
        for frame in desk.heard:
            for item in frame.get("items", []) if frame["type"] == "events" and frame["cid"] == cid else []:
                if item["seq"] == seq:
                    return dict(item)
        await desk.next()


async def acts(area: Area, action: str) -> int:
    """How often an act was recorded in this area."""
    return await sync_to_async(Entry.objects.filter(area=area.pk, action=action).count)()


async def risk_of(cid: str) -> int:
    """The talk's stored risk."""
    return int((await Conversation.objects.aget(pk=cid)).risk)


async def test_personal_data_is_masked_to_the_desk_alone(host: Host, aino: Worker, area: Area) -> None:
    mia, desk = Mia(host), Aino(aino)
    async with talk(mia, desk):
        seq = (await mia.write(PHONE))["seq"]
        shown = await line(desk, mia.cid, seq)
        assert "0401234567" not in str([frame for frame in desk.heard if frame["type"] == "events"])
        assert shown["mark"]["masked"] is True
        assert shown["text"] == "soita mulle [puhelinnumero] tänään"
        held = desk.talks[mia.cid]
        assert await acts(area, "line_revealed") == 0
        await desk.say({"type": "reveal", "cid": mia.cid, "epoch": held["epoch"], "seq": seq})
        assert (await desk.expect("revealed", seq=seq))["text"] == PHONE
        assert await acts(area, "line_revealed") == 1
        await mia.cut()
        again = await Mia(host).hello(token=mia.token)
        own = [item for item in (await again.expect("events"))["items"] if item["seq"] == seq]
        assert (own[0]["text"], "mark" in own[0]) == (PHONE, False)


async def test_nobody_else_opens_a_line(host: Host, aino: Worker, petri: Worker, area: Area) -> None:
    mia, desk, other = Mia(host), Aino(aino), await Aino(petri).sign_in()
    async with talk(mia, desk):
        seq = (await mia.write(PHONE))["seq"]
        held = desk.talks[mia.cid]
        await other.say({"type": "reveal", "cid": mia.cid, "epoch": held["epoch"], "seq": seq})
        assert (await other.expect("nack"))["code"] == "gone"
        await desk.say({"type": "reveal", "cid": mia.cid, "epoch": held["epoch"] + 1, "seq": seq})
        assert (await desk.expect("nack"))["code"] == "stale"
        await desk.say({"type": "reveal", "cid": mia.cid, "epoch": held["epoch"], "seq": seq + 9})
        assert (await desk.expect("nack"))["code"] == "gone"
        assert not [frame for frame in other.heard if frame["type"] == "revealed"]
    await other.cut()


async def test_the_answer_to_where_are_you_is_shown_as_written(host: Host, aino: Worker) -> None:
    mia, desk = Mia(host), Aino(aino)
    async with talk(mia, desk):
        held = desk.talks[mia.cid]
        frame = {"type": "send", "cid": mia.cid, "mid": str(uuid4()), "epoch": held["epoch"], "seen": 0}
        await desk.say({**frame, "body": "Missä olet nyt?", "asks_place": True})
        seq = (await desk.expect("ack", mid=frame["mid"]))["seq"]
        await mia.expect("events", last=seq)
        seq = (await mia.write(PHONE))["seq"]
        shown = await line(desk, mia.cid, seq)
        assert shown["text"] == PHONE
        seq = (await mia.write(PHONE))["seq"]
        assert (await line(desk, mia.cid, seq))["text"] != PHONE


async def asks_place(mia: Mia, desk: Aino) -> None:
    """Aino asks where Mia is and says one thing more."""
    frame = {"type": "send", "cid": mia.cid, "mid": str(uuid4()), "epoch": desk.talks[mia.cid]["epoch"], "seen": 0}
    await desk.say({**frame, "body": "Missä olet nyt?", "asks_place": True})
    await desk.expect("ack", mid=frame["mid"])
    last = (await desk.write(desk.talks[mia.cid], "Kerro rauhassa."))["seq"]
    while (await mia.expect("events"))["last"] < last:
        pass


async def test_what_is_said_after_the_question_does_not_take_it_back(host: Host, aino: Worker) -> None:
    mia, desk = Mia(host), Aino(aino)
    async with talk(mia, desk):
        await asks_place(mia, desk)
        await mia.write("oota")
        seq = (await mia.write(PHONE))["seq"]
        assert (await line(desk, mia.cid, seq))["text"] == PHONE


async def test_the_question_is_known_to_a_process_that_did_not_hear_it(host: Host, aino: Worker) -> None:
    mia, desk = Mia(host), Aino(aino)
    async with talk(mia, desk) as held:
        await asks_place(mia, desk)
        await mia.cut()
        current().watches.forget(conversation=UUID(held["cid"]))
        again = await Mia(host).hello(token=mia.token)
        seq = (await again.write(PHONE))["seq"]
        assert (await line(desk, mia.cid, seq))["text"] == PHONE
        await again.cut()


async def test_an_answered_question_is_not_asked_anew(host: Host, aino: Worker) -> None:
    mia, desk = Mia(host), Aino(aino)
    async with talk(mia, desk) as held:
        await asks_place(mia, desk)
        await mia.write(PHONE)
        await mia.cut()
        current().watches.forget(conversation=UUID(held["cid"]))
        again = await Mia(host).hello(token=mia.token)
        seq = (await again.write(PHONE))["seq"]
        assert (await line(desk, mia.cid, seq))["text"] != PHONE
        await again.cut()


async def test_help_is_shown_in_every_tab(host: Host) -> None:
    mia = await Mia(host).enter()
    other = await Mia(host).hello(token=mia.token)
    await mia.write(NOW)
    await mia.expect("help", cid=mia.cid)
    await other.expect("help", cid=mia.cid)
    await mia.cut()
    await other.cut()


async def test_danger_raises_the_talk_and_shows_help(host: Host, aino: Worker, area: Area) -> None:
    mia, desk = Mia(host), Aino(aino)
    async with talk(mia, desk):
        seq = (await mia.write(WISH))["seq"]
        mark = (await line(desk, mia.cid, seq))["mark"]
        assert (mark["level"], mark["categories"]) == ("high", ["suicide"])
        assert mark["reasons"][0]["rule"]
        assert await risk_of(mia.cid) == 2
        assert not [frame for frame in await mia.quiet() if frame["type"] == "help"]
        await mia.write(NOW)
        await mia.expect("help", cid=mia.cid)
        assert await risk_of(mia.cid) == 3
        held = desk.talks[mia.cid]
        await desk.say({"type": "lower", "cid": mia.cid, "epoch": held["epoch"], "risk": "concern"})
        while (await desk.expect("talk"))["talk"].get("risk") != "concern":
            pass
        assert await risk_of(mia.cid) == 1
        assert await acts(area, "risk_lowered") == 1
        await desk.say({"type": "lower", "cid": mia.cid, "epoch": held["epoch"], "risk": "high"})
        await desk.quiet()
        assert await risk_of(mia.cid) == 1, "a professional's word does not raise"


async def test_the_welcome_says_help_after_a_reload(host: Host) -> None:
    mia = await Mia(host).enter()
    await mia.write(NOW)
    await mia.cut()
    again = Mia(host)
    await again.hello(token=mia.token)
    assert next(frame for frame in again.heard if frame["type"] == "welcome").get("help") is True
    await again.cut()


async def test_who_waits_with_words_of_danger_is_first_with_its_reason(host: Host, aino: Worker) -> None:
    jonas, mia, desk = await Mia(host).enter(), await Mia(host).enter(), await Aino(aino).sign_in()
    while [one["ticket"] for one in (await desk.expect("waiting"))["items"]].__len__() < 2:
        pass
    await mia.write(WISH)
    while True:
        items = (await desk.expect("waiting"))["items"]
        if len(items) == 2 and items[0].get("reasons"):
            break
    assert items[0]["reasons"] == ["risk_high"]
    held = await desk.claim()
    assert held["cid"] == mia.cid
    assert held["risk"] == "high"
    for line_ in (jonas, mia, desk):
        await line_.cut()


async def test_a_pause_holds_back_insults_and_not_danger(host: Host, aino: Worker, area: Area) -> None:
    mia, desk = Mia(host), Aino(aino)
    async with talk(mia, desk):
        held = desk.talks[mia.cid]
        for step in ("warn", "pause"):
            await desk.say({"type": "caution", "cid": mia.cid, "epoch": held["epoch"], "step": step})
            while True:
                items = (await mia.expect("events"))["items"]
                if items and items[-1]["kind"] == "notice":
                    break
            assert items[-1]["code"] == {"warn": "warned", "pause": "paused"}[step]
        assert (await acts(area, "visitor_warned"), await acts(area, "visitor_paused")) == (1, 1)
        mid = str(uuid4())
        await mia.say({"type": "send", "cid": mia.cid, "mid": mid, "body": "no niin"})
        assert (await mia.expect("nack", mid=mid))["code"] == "paused"
        await mia.write(WISH)


async def test_who_does_not_hold_the_talk_cannot_caution_or_lower(host: Host, aino: Worker, petri: Worker) -> None:
    mia, desk, other = Mia(host), Aino(aino), await Aino(petri).sign_in()
    async with talk(mia, desk):
        epoch = desk.talks[mia.cid]["epoch"]
        for frame in ({"type": "caution", "step": "pause"}, {"type": "lower", "risk": "none"}):
            await other.say({**frame, "cid": mia.cid, "epoch": epoch})
            assert (await other.expect("nack"))["code"] == "gone"
        await mia.write("hei")
    await other.cut()


async def test_what_was_lowered_while_the_line_was_lost_stays_lowered(host: Host, aino: Worker) -> None:
    mia, desk = Mia(host), Aino(aino)
    async with talk(mia, desk):
        await mia.write(WISH)
        while (await desk.expect("talk"))["talk"].get("risk") != "high":
            pass
        await mia.cut()
        held = desk.talks[mia.cid]
        await desk.say({"type": "lower", "cid": mia.cid, "epoch": held["epoch"], "risk": "none"})
        while (await desk.expect("talk"))["talk"].get("risk", "none") != "none":
            pass
        again = await Mia(host).hello(token=mia.token)
        seq = (await again.write("mua pelottaa mennä kotiin"))["seq"]
        assert (await line(desk, mia.cid, seq))["mark"]["level"] == "concern"
        assert await risk_of(mia.cid) == 1, "only what this line tells"
        await again.cut()


async def test_danger_in_every_line_from_two_tabs_has_an_end(host: Host) -> None:
    mia = await Mia(host).enter()
    tab = await Mia(host).hello(token=mia.token)
    for page in (mia, tab):
        for _ in range(20):
            await page.say({"type": "send", "cid": mia.cid, "mid": str(uuid4()), "body": NOW})
    answers = [await answered(page) for page in (mia, tab)]
    stored = sum(codes.count("ack") for codes in answers)
    assert 16 <= stored <= 30, "twice the burst of a quiet visitor, and what the time allows"
    assert {code for codes in answers for code in codes} == {"ack", "limited"}
    for page in (mia, tab):
        await page.cut()


async def answered(page: Mia) -> list[str]:
    """What became of this tab's twenty lines."""
    codes: list[str] = []
    while len(codes) < 20:
        frame = await page.next()
        if frame["type"] in {"ack", "nack"}:
            codes.append(frame.get("code", "ack"))
    return codes

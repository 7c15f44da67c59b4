"""After a whole visit nothing that tells who or what is anywhere: output, database, its log and files, Redis (P12)."""

import asyncio
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Self
from uuid import uuid4

import psycopg
import pytest
import redis
from django.db import connection
from psycopg import sql as composed

from chatservice.accounts.models import Worker
from chatservice.bulletins import drafts
from chatservice.bulletins.publishing import publish
from chatservice.embedded import Engines
from chatservice.places.models import Area, Host
from chatservice.statistics import classes, life, nightly
from chatservice.statistics.models import Counter
from chatservice.wrapup.counting import count_due
from tests.faults.harness import Aino, Mia
from tests.people import sql
from tests.service import Service
from tests.statistics import office
from tests.wire import Frame

TALKS = "SELECT id FROM conversations_conversation WHERE area_id = %(area)s"
ENTRANCES = "SELECT key FROM places_host WHERE area_id = %(area)s"
TABLES = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"


class Listening:
    """Everything that goes through Redis: each command of each client."""

    def __init__(self, url: str) -> None:
        self._link = redis.Redis.from_url(url)
        self.heard: list[str] = []
        self._end = uuid4().hex
        self._thread = threading.Thread(target=self._listen)
        self._ready = threading.Event()

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait(60)
        return self

    def __exit__(self, *_: object) -> None:
        self._link.set(self._end, "", ex=1)
        self._thread.join(60)
        self._link.close()

    def _listen(self) -> None:
        with self._link.monitor() as monitor:
            self._ready.set()
            for command in monitor.listen():
                self.heard.append(command["command"])
                if self._end in command["command"]:
                    return


def forms(marker: str) -> list[bytes]:
    """How a marker could stand somewhere: plain, or as hexadecimal text."""
    return [marker.encode(), marker.encode().hex().encode()]


def assert_nowhere(content: bytes, markers: dict[str, str], *, place: str) -> None:
    """Fail by the marker's name, never by its value."""
    found = [name for name, marker in markers.items() for form in forms(marker) if form in content]
    assert found == [], f"{found} in {place}"


async def visit(running: Service, host: Host, aino: Worker, markers: dict[str, str]) -> None:
    """A talk with an address, a device and words of its own; also a malformed and a refused frame."""
    mia = Mia(host, running)
    opened = mia.open
    mia.open = lambda: opened(  # type: ignore[method-assign]
        additional_headers={"X-Real-IP": markers["address"], "Referer": f"http://{markers['referer']}.example/"},
        user_agent_header=markers["device"],
    )
    await mia.enter()
    markers["token"] = mia.token
    desk = await Aino(aino, running).sign_in()
    markers["session"] = desk.session
    await mia.write(markers["visitor's words"])
    held = await desk.claim()
    await mia.expect("queue", state="called")
    await mia.say({"type": "here", "cid": mia.cid})
    await mia.expect("queue", state="active")
    await desk.write(held, markers["professional's words"])
    await marked(mia, desk, held, markers)
    await mia.say({"type": "typing", "cid": mia.cid, "on": True})
    await mia.say('{"type":"send","body":"' + markers["malformed words"] + '"')
    await mia.say({"type": "send", "cid": mia.cid, "mid": 7, "body": markers["malformed words"]})
    await mia.say({"type": "leave", "cid": mia.cid, "how": "end"})
    await mia.expect("queue", state="closed")
    await desk.expect("gone")
    await desk.say({"type": "wrap_up", "cid": mia.cid, "topic": "Y.PEER.LONE", "risk": "high", "ref": "w"})
    await desk.expect("wrapped_up", cid=mia.cid)
    await mia.cut()
    await desk.cut()


async def marked(mia: Mia, desk: Aino, held: Frame, markers: dict[str, str]) -> None:
    """Lines that moderation marks, and everything a professional may do about them."""
    seq = (await mia.write(f"soita {markers['number']} {markers['masked words']}"))["seq"]
    act = {"cid": mia.cid, "epoch": held["epoch"]}
    await desk.say({"type": "reveal", **act, "seq": seq})
    assert markers["number"] in (await desk.expect("revealed"))["text"]
    await mia.write(f"en haluu enää elää, oon ottanu kaikki lääkkeet nyt {markers['words of danger']}")
    await mia.expect("help")
    await desk.say({"type": "lower", **act, "risk": "none"})
    for step, told in (("warn", "warned"), ("pause", "paused")):
        await desk.say({"type": "caution", **act, "step": step})
        while told not in [item.get("code") for item in (await mia.expect("events"))["items"]]:
            pass
    await mia.say({"type": "send", "cid": mia.cid, "mid": str(uuid4()), "body": markers["refused words"]})
    await mia.expect("nack", code="paused")


async def told_in_figures(area: Area, monkeypatch: pytest.MonkeyPatch) -> None:
    """The talk is counted, its school year drafted, frozen and told in a bulletin."""
    await sql("UPDATE wrapup_wrapup SET closed = closed - interval '6 hours' WHERE area_id = %(area)s", area=area.pk)
    await count_due()
    await nightly.apply()
    await asyncio.to_thread(published, area, monkeypatch)


def published(area: Area, monkeypatch: pytest.MonkeyPatch) -> None:
    """As Sari and Tiina do it when the year is over."""
    try:
        office.use(office.Gate(), monkeypatch)
        assert Counter.objects.filter(area=area, name="municipality_topics").exists(), "the talk was counted"
        sari, year = office.sari(area), classes.school_year(life.today())
        with life.pretending(classes.ends(year) + timedelta(days=1)):
            report = office.frozen(sari, office.tiina(area), plan="year", year=year)
        draft = drafts.begin(actor=sari, report=report.pk)
        publish(actor=sari, draft=draft.pk, version=draft.version)
    finally:
        connection.close()


def database_dump(engines: Engines, *, starting: tuple[str, ...] = ("",)) -> bytes:
    """Every column of every table as text, each row after the table's name."""
    with psycopg.connect(engines.owner_url) as link:
        names = [row[0] for row in link.execute(TABLES).fetchall() if row[0].startswith(starting)]
        rows = [
            f"{name} {row[0]}"
            for name in names
            for row in link.execute(composed.SQL("SELECT t::text FROM {} t").format(composed.Identifier(name)))
        ]
    return "\n".join(rows).encode()


def assert_no_talk_in_figures(engines: Engines, markers: dict[str, str], *, area: int) -> None:
    """What is kept of figures names no talk, no entrance and nobody who talked. (Those of other tests still wait.)"""
    with psycopg.connect(engines.owner_url) as link:
        talks = [str(row[0]) for row in link.execute(TALKS, {"area": area}).fetchall()]
        keys = [row[0] for row in link.execute(ENTRANCES, {"area": area}).fetchall()]
    assert markers["token"] not in talks
    assert talks
    kept = database_dump(engines, starting=("statistics_", "bulletins_"))
    for table in ("statistics_counter", "statistics_snapshot", "bulletins_published"):
        assert f"{table} (".encode() in kept, table
    named = {f"talk {each}": each for each in talks} | {f"entrance {each}": each for each in keys}
    assert_nowhere(kept, {**markers, **named}, place="what is kept of figures")


async def test_a_visit_leaves_no_trace(
    service: Callable[..., Service], host: Host, aino: Worker, engines: Engines, monkeypatch: pytest.MonkeyPatch
) -> None:
    running = service(LOG_LEVEL="DEBUG", TRUSTED_ADDRESS_HEADER="x-real-ip")
    key = uuid4().hex
    markers = {name: f"{name.split()[0].strip(chr(39))}{key}" for name in
               ("visitor's words", "professional's words", "malformed words", "device", "referer",
                "masked words", "words of danger", "refused words")}  # fmt: skip
    markers |= {"address": "203.0.113.77", "number": "0405557391"}
    with Listening(engines.redis_url) as listening:
        await visit(running, host, aino, markers)
        await asyncio.to_thread(running.stop)
        await told_in_figures(host.area, monkeypatch)
    session = markers.pop("session")
    assert any("publish" in command.lower() for command in listening.heard), "the probe heard nothing"
    heard = "\n".join(listening.heard).encode()
    assert_nowhere(heard, {**markers, "session": session}, place="Redis's commands")
    with redis.Redis.from_url(engines.redis_url) as link:
        kept = b"".join((link.dump(name) or b"") + name for name in link.scan_iter())
    assert_nowhere(kept, {**markers, "session": session}, place="Redis's keys")
    assert_nowhere(running.log.read_bytes(), {**markers, "session": session}, place="the service's output")
    await asyncio.to_thread(assert_no_talk_in_figures, engines, markers, area=host.area_id)
    dump = database_dump(engines)
    assert host.key.encode() in dump, "the probe read nothing"
    assert_nowhere(dump, markers, place="a column")
    files = {file: _content(file) for file in sorted(engines._directory.rglob("*")) if file.is_file()}
    assert any(host.key.encode() in content for content in files.values()), "the probe read no data file"
    assert any("pg_wal" in file.parts and host.key.encode() in content for file, content in files.items())
    for file, content in files.items():
        assert_nowhere(content, markers, place=file.name)


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except FileNotFoundError:  # a file of the engine that went meanwhile
        return b""

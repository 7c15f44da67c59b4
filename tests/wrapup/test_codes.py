"""What a professional says of a talk: codes of its channel, its area and the file, all of them or none."""

from collections.abc import Iterator
from typing import Any

import pytest

from chatservice.accounts.models import Worker
from chatservice.audit.models import Entry
from chatservice.content import codes as content
from chatservice.content import taxonomy
from chatservice.conversations import talk
from chatservice.conversations.errors import Refused
from chatservice.conversations.risk import Risk
from chatservice.places.models import Area, Host, Municipality, School
from chatservice.wrapup.codes import Codes, main_first
from chatservice.wrapup.errors import SideTopics, UnknownCode, UnknownPlace, UnknownTopic
from chatservice.wrapup.models import WrapUp
from chatservice.wrapup.save import open_of, save
from tests.people import Visitor, in_talk, sql

WHOLE: dict[str, Any] = {
    "topic": "Y.SCH.ABS.ANX",
    "judged": Risk.HIGH,
    "sides": ["Y.MIND.ANX", "Y.PEER"],
    "outcomes": ["O_CUR", "O_HEARD"],
    "risk_kinds": ["K_SH"],
    "role": "R_FRIEND",
    "age": "A10_12",
    "stage": "S_1_6",
    "language": "so",
    "municipality": "091",
}


async def ended(host: Host, worker: Worker) -> Visitor:
    """Mia's talk with this worker is over."""
    mia, claimed = await in_talk(host, worker)
    await talk.close(conversation=mia.cid, worker=worker.pk, epoch=claimed.epoch)
    return mia


async def say(mia: Visitor, worker: Worker, **codes: Any) -> None:
    """The worker says what Mia's talk was about."""
    await save(conversation=mia.cid, worker=worker.pk, codes=Codes(**codes))


async def stored(mia: Visitor) -> dict[str, Any]:
    """What stands in the row of what can be said."""
    found: dict[str, Any] = await WrapUp.objects.values(*WHOLE).aget(conversation=mia.cid)
    return found


@pytest.fixture
def helsinki(area: Area) -> Municipality:
    """A municipality of the area."""
    return Municipality.objects.create(area=area, code="091", name_fi="Helsinki", name_sv="Helsingfors")


@pytest.fixture
def retired(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Y.MIND.LOW and O_INFO are not given any more."""
    file = taxonomy.file()
    mind = {
        **file["topics"]["youth"][0],
        "children": [{**file["topics"]["youth"][0]["children"][0], "retired": "2026"}],
    }
    dimensions = [
        {**one, "values": [{**v, **({"retired": "2026"} if v["code"] == "O_INFO" else {})} for v in one["values"]]}
        for one in file["dimensions"]
    ]
    changed = {**file, "topics": {**file["topics"], "youth": [mind]}, "dimensions": dimensions}
    _forget()
    monkeypatch.setattr(taxonomy, "file", lambda: changed)
    monkeypatch.setattr(content, "file", lambda: changed)
    yield
    _forget()


def _forget() -> None:
    taxonomy.topics.cache_clear()
    content.codes.cache_clear()


async def test_everything_is_stored_and_may_be_changed(host: Host, aino: Worker, helsinki: Municipality) -> None:
    mia = await ended(host, aino)
    await say(mia, aino, **WHOLE)
    assert await stored(mia) == WHOLE
    await say(mia, aino, topic="N.JOKE", judged=Risk.NONE)
    single = {name: WHOLE[name] for name in ("role", "age", "stage", "language", "municipality")}
    empty = {"sides": [], "outcomes": [], "risk_kinds": []}
    assert await stored(mia) == {"topic": "N.JOKE", "judged": Risk.NONE, **empty, **single}
    told = [entry async for entry in Entry.objects.filter(action="wrapped_up", object=str(mia.cid))]
    assert [entry.actor for entry in told] == [aino.pk, aino.pk]
    assert not [entry for entry in told if "Y.SCH" in str(vars(entry))], "the audit tells who and which talk, no code"


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"topic": "Y.SCH.NOTHING"}, UnknownTopic),
        ({"topic": "P.SCH.ABS"}, UnknownTopic),
        ({"sides": ["P.COPE"]}, UnknownTopic),
        ({"sides": ["Y.SCH", "Y.PEER", "Y.MIND"]}, SideTopics),
        ({"sides": ["Y.SCH.ABS.ANX"]}, SideTopics),
        ({"sides": ["Y.PEER", "Y.PEER"]}, SideTopics),
        ({"outcomes": ["O_WON"]}, UnknownCode),
        ({"outcomes": ["O_CUR", "O_CUR"]}, UnknownCode),
        ({"outcomes": ["O_UNANS"]}, UnknownCode),
        ({"risk_kinds": ["K_SH"], "judged": Risk.NONE}, UnknownCode),
        ({"risk_kinds": ["O_CUR"]}, UnknownCode),
        ({"role": "mia"}, UnknownCode),
        ({"age": "S_1_6"}, UnknownCode),
        ({"stage": "7B"}, UnknownCode),
        ({"language": "xx"}, UnknownCode),
        ({"municipality": "853"}, UnknownPlace),
        ({"municipality": "Helsinki"}, UnknownPlace),
    ],
)
async def test_what_is_refused_changes_nothing(
    host: Host, aino: Worker, helsinki: Municipality, changed: dict[str, Any], refusal: type[Refused]
) -> None:
    mia = await ended(host, aino)
    await say(mia, aino, **WHOLE)
    with pytest.raises(refusal):
        await say(mia, aino, **{**WHOLE, **changed})
    assert await stored(mia) == WHOLE


async def test_a_retired_code_is_not_given_any_more(host: Host, aino: Worker, retired: None) -> None:
    mia = await ended(host, aino)
    for wrong, refusal in (({"topic": "Y.MIND.LOW"}, UnknownTopic), ({"outcomes": ["O_INFO"]}, UnknownCode)):
        with pytest.raises(refusal):
            await say(mia, aino, **{"topic": "Y.MIND", "judged": Risk.NONE, **wrong})
    await say(mia, aino, topic="Y.MIND", judged=Risk.NONE)


async def test_the_entrance_tells_the_place_and_nobody_another(
    host: Host, aino: Worker, area: Area, helsinki: Municipality
) -> None:
    school = await School.objects.acreate(area=area, municipality=helsinki, name="Rantakoulu")
    await Municipality.objects.acreate(area=area, code="853", name_fi="Turku", name_sv="Åbo")
    await Host.objects.filter(pk=host.pk).aupdate(school=school)
    mia = await ended(host, aino)
    [waiting] = await open_of(worker=aino.pk)
    assert (waiting.municipality, waiting.placed, waiting.school) == ("091", True, "Rantakoulu")
    for other in ("853", "unknown"):
        with pytest.raises(UnknownPlace):
            await say(mia, aino, topic="Y.MIND", judged=Risk.NONE, municipality=other)
    await say(mia, aino, topic="Y.MIND", judged=Risk.NONE)
    assert (await stored(mia))["municipality"] == "091"


async def test_another_areas_municipality_is_none(host: Host, aino: Worker) -> None:
    elsewhere = await Area.objects.acreate(slug=f"else-{host.key}", name_fi="x", name_sv="x", name_en="x")
    await Municipality.objects.acreate(area=elsewhere, code="853", name_fi="Turku", name_sv="Åbo")
    mia = await ended(host, aino)
    assert (await stored(mia))["municipality"] == "unknown"
    with pytest.raises(UnknownPlace):
        await say(mia, aino, topic="Y.MIND", judged=Risk.NONE, municipality="853")


async def test_the_topic_that_its_visitor_chose_is_kept_if_it_is_one(host: Host, aino: Worker) -> None:
    for given, kept in (("Y.PEER", "Y.PEER"), ("P.COPE", ""), ("olen Mia", "")):
        mia, claimed = await in_talk(host, aino)
        await sql("UPDATE conversations_conversation SET topic = %(topic)s WHERE id = %(id)s", topic=given, id=mia.cid)
        await talk.close(conversation=mia.cid, worker=aino.pk, epoch=claimed.epoch)
        assert (await WrapUp.objects.aget(conversation=mia.cid)).chosen == kept


@pytest.mark.parametrize(
    ("given", "first"),
    [
        (["O_HEARD", "O_CUR"], "O_CUR"),
        (["O_CPN", "O_HEARD", "O_BOOK"], "O_CPN"),
        (["O_HEARD", "O_OPEN"], "O_OPEN"),
        (["O_DECL", "O_NUR"], "O_NUR"),
        (["O_TRUST", "O_HEARD"], "O_TRUST"),
    ],
)
def test_the_outcome_that_binds_most_stands_first(given: list[str], first: str) -> None:
    assert main_first(given)[0] == first
    assert sorted(main_first(given)) == sorted(given)
    assert main_first([]) == []

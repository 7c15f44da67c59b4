"""Times as people say them in three languages."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from chatservice.hours.evaluate import Break
from chatservice.hours.words import until, week_lines, when

pytestmark = pytest.mark.pure
ZONE = ZoneInfo("Europe/Helsinki")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("now", "moment", "fi", "sv", "en"),
    [
        ("2026-11-27 12:00", "2026-11-27 16:00", "tänään klo 16", "i dag kl. 16", "today at 16:00"),
        ("2026-11-27 12:00", "2026-11-27 16:30", "tänään klo 16.30", "i dag kl. 16.30", "today at 16:30"),
        ("2026-11-27 23:59", "2026-11-28 00:05", "huomenna klo 0.05", "i morgon kl. 0.05", "tomorrow at 00:05"),
        ("2026-11-27 12:00", "2026-11-28 14:00", "huomenna klo 14", "i morgon kl. 14", "tomorrow at 14:00"),
        ("2026-11-27 12:00", "2026-11-30 16:00", "maanantaina klo 16", "på måndag kl. 16", "on Monday at 16:00"),
        (
            "2026-11-27 12:00",
            "2026-12-02 09:05",
            "keskiviikkona klo 9.05",
            "på onsdag kl. 9.05",
            "on Wednesday at 09:05",
        ),
        ("2026-11-27 12:00", "2026-12-03 16:00", "torstaina klo 16", "på torsdag kl. 16", "on Thursday at 16:00"),
        ("2026-11-27 12:00", "2026-12-04 16:00", "pe 4.12. klo 16", "fre 4.12 kl. 16", "Fri 4 December at 16:00"),
        ("2026-11-30 12:00", "2026-12-07 14:00", "ma 7.12. klo 14", "mån 7.12 kl. 14", "Mon 7 December at 14:00"),
        ("2026-12-30 12:00", "2026-12-31 14:00", "huomenna klo 14", "i morgon kl. 14", "tomorrow at 14:00"),
        ("2026-12-31 12:00", "2027-01-01 00:00", "huomenna klo 0", "i morgon kl. 0", "tomorrow at 00:00"),
        (
            "2026-12-20 12:00",
            "2027-01-07 14:00",
            "to 7.1.2027 klo 14",
            "tors 7.1.2027 kl. 14",
            "Thu 7 January 2027 at 14:00",
        ),
        ("2026-10-24 23:00", "2026-10-25 05:00", "huomenna klo 5", "i morgon kl. 5", "tomorrow at 05:00"),
    ],
)
def test_a_moment_is_told_from_now(now: str, moment: str, fi: str, sv: str, en: str) -> None:
    assert [when(at(moment), at(now), language) for language in ("fi", "sv", "en")] == [fi, sv, en]


@pytest.mark.parametrize(
    ("moment", "fi", "sv", "en"),
    [
        ("2026-11-27 16:00", "tänään klo 16 asti", "till kl. 16 i dag", "until 16:00 today"),
        ("2026-11-28 00:00", "tänään klo 24 asti", "till kl. 24 i dag", "until midnight today"),
        ("2026-11-28 02:00", "huomenna klo 2 asti", "till kl. 2 i morgon", "until 02:00 tomorrow"),
    ],
)
def test_a_closing_is_told_from_now(moment: str, fi: str, sv: str, en: str) -> None:
    now = at("2026-11-27 12:00")
    assert [until(at(moment), now, language) for language in ("fi", "sv", "en")] == [fi, sv, en]


@pytest.mark.parametrize(
    ("expression", "fi", "sv", "en"),
    [
        (
            "Mo,Th 14:00-16:00; PH off",
            ["ma ja to klo 14–16", "ei pyhäpäivinä"],
            ["mån och tors kl. 14–16", "inte på helgdagar"],
            ["Mon and Thu 14:00–16:00", "not on public holidays"],
        ),
        (
            "Mo-We 09:00-15:00; Th-Fr 14:00-20:00; PH,SH off",
            ["ma–ke klo 9–15", "to ja pe klo 14–20", "ei pyhäpäivinä", "ei koulun lomilla"],
            ["mån–ons kl. 9–15", "tors och fre kl. 14–20", "inte på helgdagar", "inte under skolloven"],
            ["Mon–Wed 09:00–15:00", "Thu and Fri 14:00–20:00", "not on public holidays", "not in school holidays"],
        ),
        ("Mo-Su 17:00-20:00", ["joka päivä klo 17–20"], ["varje dag kl. 17–20"], ["every day 17:00–20:00"]),
        ("24/7", ["aina auki"], ["alltid öppet"], ["always open"]),
        ("off", ["ei auki"], ["inte öppet"], ["not open"]),
        ("Tu 20:00-02:00", ["ti klo 20–2"], ["tis kl. 20–2"], ["Tue 20:00–02:00"]),
        ("Tu 18:30-24:00", ["ti klo 18.30–24"], ["tis kl. 18.30–24"], ["Tue 18:30–00:00"]),
        (
            "Mo,We-Fr 09:00-12:00,13:00-15:00",
            ["ma ja ke–pe klo 9–12 ja 13–15"],
            ["mån och ons–fre kl. 9–12 och 13–15"],
            ["Mon and Wed–Fri 09:00–12:00 and 13:00–15:00"],
        ),
        ("week 48 Tu 20:00-02:00", ["ti klo 20–2"], ["tis kl. 20–2"], ["Tue 20:00–02:00"]),
    ],
)
def test_a_week_is_told_in_lines(expression: str, fi: list[str], sv: list[str], en: list[str]) -> None:
    lines = [week_lines(expression=expression, first=date(2026, 11, 23), language=each) for each in ("fi", "sv", "en")]
    assert lines == [fi, sv, en]


def test_an_unusual_week_is_told_as_it_will_be() -> None:
    rules = 'Mo-Fr 14:00-16:00; SH Mo 10:00-12:00 "päivystys"'
    shorter = [Break(date(2026, 11, 23), date(2026, 11, 23))]
    told = week_lines(expression=rules, first=date(2026, 11, 23), language="fi", breaks=shorter)
    assert told == ["ma klo 10–12", "ti–pe klo 14–16"]

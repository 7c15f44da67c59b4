"""Opening hours as services write them: public holidays, school holidays, exceptions, nights, the clock's change."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from chatservice.hours.errors import NotHours
from chatservice.hours.evaluate import (
    Break,
    ExceptionView,
    Reason,
    closed_days,
    next_opening,
    state,
    windows,
)
from chatservice.hours.problems import problems
from chatservice.hours.public_holidays import of_year

pytestmark = pytest.mark.pure
ZONE = ZoneInfo("Europe/Helsinki")
AUTUMN = Break(date(2026, 10, 19), date(2026, 10, 23), "syysloma")
ILL = Reason("Sairastapaus", "Sjukdomsfall", "Illness")


def wall(expression: str, first: date, days: int, **more: object) -> list[str]:
    """Windows as a Finnish reader sees them, UTC offset included."""
    found = windows(expression=expression, first=first, days=days, **more)  # type: ignore[arg-type]  # the cases' own
    return [f"{each.opens.astimezone(ZONE):%d.%m. %H:%M%z}-{each.closes.astimezone(ZONE):%H:%M%z}" for each in found]


@pytest.mark.parametrize(
    ("expression", "first", "days", "expected"),
    [
        (
            "Mo,Th 14:00-16:00; PH off",
            date(2026, 11, 23),
            7,
            ["23.11. 14:00+0200-16:00+0200", "26.11. 14:00+0200-16:00+0200"],
        ),
        ("Mo-Fr 10:00-16:00, Tu-Th 16:00-18:00", date(2026, 11, 24), 1, ["24.11. 10:00+0200-18:00+0200"]),
        ("Mo-Fr 10:00-16:00; Tu-Th 16:00-18:00", date(2026, 11, 24), 1, ["24.11. 16:00+0200-18:00+0200"]),
        ("Tu 20:00-02:00", date(2026, 11, 24), 2, ["24.11. 20:00+0200-02:00+0200"]),
        ("Tu 20:00-02:00", date(2026, 11, 25), 1, ["24.11. 20:00+0200-02:00+0200"]),
        (
            "Mo-Th 16:00-18:00; Dec 20-Jan 06 off",
            date(2026, 12, 17),
            25,
            ["17.12. 16:00+0200-18:00+0200", "07.01. 16:00+0200-18:00+0200"],
        ),
        ("Mo-Th 09:00-15:00; PH,PH -1 day 15:00-21:00", date(2026, 12, 23), 1, ["23.12. 15:00+0200-21:00+0200"]),
        (
            "week 01-53/2 Tu 16:00-18:00",
            date(2026, 12, 29),
            8,
            ["29.12. 16:00+0200-18:00+0200", "05.01. 16:00+0200-18:00+0200"],
        ),
        ("Sa 22:00-06:00", date(2026, 10, 24), 1, ["24.10. 22:00+0300-06:00+0200"]),
        ("Su 03:00-04:00", date(2026, 10, 25), 1, ["25.10. 03:00+0300-04:00+0200"]),
        ("Su 03:30-05:00", date(2026, 10, 25), 1, ["25.10. 03:30+0300-05:00+0200"]),
        ("Su 01:00-03:30", date(2027, 10, 31), 1, ["31.10. 01:00+0300-03:30+0200"]),
        ("Su 02:00-05:00", date(2027, 3, 28), 1, ["28.03. 02:00+0200-05:00+0300"]),
        ("Su 03:15-03:45", date(2027, 3, 28), 1, []),
        ("Su 03:30-05:00", date(2026, 3, 29), 1, ["29.03. 04:00+0300-05:00+0300"]),
        ("Su 01:00-03:30", date(2028, 3, 26), 1, ["26.03. 01:00+0200-04:00+0300"]),
        ("off", date(2026, 11, 24), 400, []),
    ],
)
def test_windows_are_what_the_service_wrote(expression: str, first: date, days: int, expected: list[str]) -> None:
    assert wall(expression, first, days) == expected


def test_the_night_of_the_change_is_as_long_as_it_is() -> None:
    (autumn,) = windows(expression="Sa 22:00-06:00", first=date(2026, 10, 24), days=1)
    (spring,) = windows(expression="Sa 22:00-06:00", first=date(2027, 3, 27), days=1)
    assert (autumn.closes - autumn.opens, spring.closes - spring.opens) == (timedelta(hours=9), timedelta(hours=7))


def test_school_holidays_close_only_whom_they_are_named_for() -> None:
    at = {"first": date(2026, 10, 16), "days": 11, "breaks": [AUTUMN]}
    assert len(windows(expression="Mo-Fr 14:00-16:00; SH off", **at)) == 2  # type: ignore[arg-type]
    assert len(windows(expression="Mo-Fr 14:00-16:00", **at)) == 7  # type: ignore[arg-type]
    shorter = wall("Mo-Fr 14:00-16:00; SH Mo-We 10:00-12:00", date(2026, 10, 19), 5, breaks=[AUTUMN])
    assert shorter[:3] == [f"{day}.10. 10:00+0300-12:00+0300" for day in (19, 20, 21)]
    both = "Mo-Fr 14:00-16:00; PH,SH off"
    assert wall(both, date(2026, 12, 24), 2, breaks=[]) == []
    assert wall(both, date(2026, 10, 19), 5, breaks=[AUTUMN]) == []
    assert wall("SH 10:00-12:00", date(2026, 10, 16), 3, breaks=[]) == []


@pytest.mark.parametrize("wrong", ["Mo-Fr 14:00-16:00; Jan SH off", "SH -1 day off", "24/7 || SH off", "SH,PH Mo off"])
def test_a_school_holiday_in_an_unknown_place_is_refused_not_ignored(wrong: str) -> None:
    with pytest.raises(NotHours, match="school_holiday_form"):
        windows(expression=wrong, first=date(2026, 11, 24), days=1, breaks=[AUTUMN])
    assert [each.code for each in problems(wrong)] == ["school_holiday_form"]


def test_an_exception_beats_the_rules_and_says_why() -> None:
    closed = ExceptionView(date(2026, 11, 24), date(2026, 11, 25), reason=ILL)
    late = ExceptionView(date(2026, 11, 26), date(2026, 11, 26), time(18), time(1), Reason("Teemailta"))
    more = {"first": date(2026, 11, 23), "days": 5}
    rules = "Mo-Fr 14:00-16:00"
    found = windows(expression=rules, exceptions=[closed, late], language="fi", **more)  # type: ignore[arg-type]
    assert [(each.opens.astimezone(ZONE).day, each.reason) for each in found] == [(23, ""), (26, "Teemailta"), (27, "")]
    assert found[1].closes.astimezone(ZONE).day == 27
    why = closed_days(expression=rules, exceptions=[closed, late], language="sv", **more)  # type: ignore[arg-type]
    assert why == {
        date(2026, 11, 24): "Sjukdomsfall",
        date(2026, 11, 25): "Sjukdomsfall",
        date(2026, 11, 26): "Teemailta",
    }
    on_tuesday = state(found, datetime(2026, 11, 24, 12, tzinfo=UTC), closed=why)
    assert (on_tuesday.open, on_tuesday.reason) == (False, "Sjukdomsfall")
    assert on_tuesday.next_opening == datetime(2026, 11, 26, 16, tzinfo=UTC)


def test_a_night_belongs_to_the_day_it_began_on() -> None:
    tuesday, wednesday = date(2026, 11, 24), date(2026, 11, 25)
    night = ["24.11. 20:00+0200-02:00+0200"]
    at = {"first": tuesday, "days": 3}
    assert wall("Tu 20:00-02:00", exceptions=[ExceptionView(wednesday, wednesday)], **at) == night  # type: ignore[arg-type]
    assert wall("Tu 20:00-02:00", exceptions=[ExceptionView(tuesday, tuesday)], **at) == []  # type: ignore[arg-type]
    assert wall("Tu 20:00-02:00; We 10:00-10:30", tuesday, 1) == night
    assert wall('Tu 20:00-26:00 "yövuoro"', tuesday, 1) == night
    assert wall("Tu 20:00-02:00; 2026 Nov 24 off", tuesday, 2) == []
    assert wall("Tu 20:00-02:00; 2026 Nov 24 20:00-02:00 off", tuesday, 2) == []
    assert wall("Mo-Su 20:00-02:00; PH off", date(2026, 12, 24), 4) == [
        "23.12. 20:00+0200-02:00+0200",
        "27.12. 20:00+0200-02:00+0200",
    ]


def test_a_night_keeps_its_comment() -> None:
    (found,) = windows(expression='Tu 20:00-02:00 "yövuoro"', first=date(2026, 11, 24), days=1)
    assert found.reason == "yövuoro"


def test_days_tell_the_holiday_the_break_or_the_comment() -> None:
    rules = 'Mo-Fr 14:00-16:00; SH off; Dec 20-Dec 31 off "joulutauko"; PH off'
    why = closed_days(expression=rules, breaks=[AUTUMN], first=date(2026, 10, 1), days=100, language="sv")
    assert why[date(2026, 10, 20)] == "syysloma", "a break's label comes in the language it was given in"
    assert why[date(2026, 12, 6)] == "Självständighetsdagen"
    assert why[date(2026, 12, 21)] == "joulutauko"
    assert date(2026, 12, 8) not in why
    silent = closed_days(expression="Mo-Fr 14:00-16:00", first=date(2026, 12, 1), days=10)
    assert silent == {}, "who is open on holidays names none"


def test_the_state_goes_past_a_commented_break_to_the_next_opening() -> None:
    rules = 'Mo-Fr 14:00-16:00; 2026 Oct 19-2026 Oct 23 off "syysloma"'
    found = windows(expression=rules, first=date(2026, 10, 16), days=14)
    now = datetime(2026, 10, 16, 14, tzinfo=UTC)
    assert next_opening(found, now) == datetime(2026, 10, 26, 12, tzinfo=UTC)
    assert next_opening(found, datetime(2026, 10, 16, 12, tzinfo=UTC)) is None


def test_always_open_has_no_end() -> None:
    found = windows(expression="24/7", first=date(2026, 11, 24), days=14)
    now = state(found, datetime(2026, 11, 30, tzinfo=UTC))
    assert (now.open, now.until, now.next_opening) == (True, None, None)


def test_a_moment_belongs_to_its_opening_and_not_to_its_closing() -> None:
    found = windows(expression="Mo 14:00-16:00", first=date(2026, 11, 23), days=1)
    assert [state(found, datetime(2026, 11, 23, hour, tzinfo=UTC)).open for hour in (11, 12, 13, 14)] == [
        False,
        True,
        True,
        False,
    ]


@pytest.mark.parametrize("year", range(2026, 2031))
def test_both_calendars_of_public_holidays_agree(year: int) -> None:
    found = windows(
        expression="PH 10:00-11:00", first=date(year, 1, 1), days=(date(year + 1, 1, 1) - date(year, 1, 1)).days
    )
    assert {each.opens.astimezone(ZONE).date() for each in found} == set(of_year(year, "fi"))


def test_holidays_have_names_in_three_languages() -> None:
    day = date(2026, 12, 6)
    assert [of_year(2026, each)[day] for each in ("fi", "sv", "en")] == [
        "Itsenäisyyspäivä",
        "Självständighetsdagen",
        "Independence Day",
    ]


@pytest.mark.parametrize(
    ("expression", "codes", "blocks"),
    [
        ("Mo-Th 14:00-16:00; PH off", [], False),
        ('Mo-Th 16:00-18:00; Jun 01-Aug 10 off "kesätauko"; Dec 20-Jan 06 off', [], False),
        ("", ["empty"], True),
        ("ma 14-16", ["unparsable"], True),
        ('Mo 14:00-16:00 "auki', ["unparsable"], True),
        ("Mo 14:00-16:00" + " " * 1000, ["too_long"], True),
        ("sunrise-sunset", ["sun"], True),
        ("PH Mo 10:00-12:00", ["holiday_with_weekday"], True),
        ("week 01-53/2 Tu 16:00-18:00", ["week_parity"], False),
        ("Mo 14:00+", ["open_end"], False),
        ("Mo 14:00-16:00 unknown", ["unknown"], False),
        ("Mo-Fr 10:00-16:00; Tu-Th 16:00-18:00", ["replaces"], False),
        ("Mo 20:00-02:00; Tu 10:00-12:00", [], False),
        ("Mo-Fr 14:00-16:00; SH off", ["no_calendar"], False),
    ],
)
def test_problems_are_named_with_a_fix(expression: str, codes: list[str], blocks: bool) -> None:
    found = problems(expression, breaks=[])
    assert [each.code for each in found] == codes
    for each in found:
        assert each.blocks == blocks
        assert all(each.text(language=language) and each.fix(language=language) for language in ("fi", "sv", "en"))


def test_the_fix_of_a_semicolon_is_the_same_with_a_comma() -> None:
    (found,) = problems("Mo-Fr 10:00-16:00; Tu-Th 16:00-18:00; PH off")
    assert found.params["fix"] == "Mo-Fr 10:00-16:00, Tu-Th 16:00-18:00; PH off"
    assert problems(found.params["fix"]) == []

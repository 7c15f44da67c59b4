"""The list of contacts: what ships is whole, and a broken file is refused with its line."""

from datetime import date, timedelta

import pytest

from chatservice.content.contact_file import FILE, LONGEST_RECHECK, common, load
from chatservice.content.errors import BrokenContacts

pytestmark = pytest.mark.pure
GOOD = """
[[contact]]
key = "line"
kind = "phone"
target = "116 111"
name = { fi = "Linja", sv = "Linje", en = "Line" }
hours = "Mo-Fr 14:00-20:00"
status = "sure"
source = "example.fi"
checked_on = 2026-11-21
recheck_days = 30
"""


def test_what_ships_begins_with_112_and_is_checked() -> None:
    found = common()
    assert (found[0].key, found[0].target, found[0].recheck_days) == ("emergency", "112", 0)
    for each in found:
        assert each.source
        assert each.checked_on <= date(2027, 1, 1)
        assert each.recheck_days <= LONGEST_RECHECK
    for audience in ("youth", "parent"):
        for language in ("fi", "sv", "en"):
            seen = [each for each in found if each.sure and audience in each.audience and language in each.languages]
            assert len(seen) > 4


def test_hours_grow_stale_and_those_that_never_change_do_not() -> None:
    (line,) = load(GOOD)
    assert line.hours_fresh(today=line.checked_on + timedelta(days=30))
    assert not line.hours_fresh(today=line.checked_on + timedelta(days=31))
    assert common()[0].hours_fresh(today=date(2099, 1, 1))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('key = "line"', 'key = "The line"', "a key"),
        ('kind = "phone"', 'kind = "fax"', "a kind"),
        ('"116 111"', '"javascript:alert(1)"', "a target"),
        ('"116 111"', '"http://example.fi/"', "a target"),
        ('"116 111"', '"https://example.fi/"', "an address of kind web"),
        ('sv = "Linje", ', "", "a name in fi, sv and en"),
        ('"Linje"', '""', "a name in fi, sv and en"),
        ('"Mo-Fr 14:00-20:00"', '"ma-pe 14-20"', "hours in the OSM syntax"),
        ('"sure"', '"perhaps"', "a status"),
        ('"example.fi"', '""', "a source"),
        ("2026-11-21", '"21.11.2026"', "checked_on as a date"),
        ("2026-11-21", "2026-11-21T10:00:00", "checked_on as a date"),
        ("recheck_days = 30", "recheck_days = 91", "recheck_days of 0 to 90"),
        ("recheck_days = 30", "recheck_days = true", "recheck_days of 0 to 90"),
        ("recheck_days = 30", "recheck_days = 0", "recheck_days 0 only where hours are 24/7"),
        ("recheck_days = 30", 'recheck_days = 30\nlanguages = ["de"]', "languages"),
        ("recheck_days = 30", "recheck_days = 30\naudience = []", "an audience"),
        ("recheck_days = 30", 'recheck_days = 30\nopening = "24/7"', "no other fields"),
    ],
)
def test_a_wrong_contact_is_refused_with_its_line(old: str, new: str, expected: str) -> None:
    assert old in GOOD
    with pytest.raises(BrokenContacts, match=expected) as told:
        load(GOOD + GOOD.replace(old, new).replace('key = "line"', 'key = "other"'))
    assert told.value.line == GOOD.count("\n") + 2


def test_a_broken_file_is_refused_with_its_line() -> None:
    with pytest.raises(BrokenContacts, match="TOML") as told:
        load(GOOD.replace('kind = "phone"', "kind = phone"))
    assert told.value.line == 4
    with pytest.raises(BrokenContacts, match="one \\[\\[contact"):
        load("")
    with pytest.raises(BrokenContacts, match="no other contact"):
        load(GOOD + GOOD)


def test_the_file_holds_no_number_twice() -> None:
    targets = [each.target for each in load(FILE.read_text(encoding="utf-8"))]
    assert len(targets) == len(set(targets))

"""Rules that were kept are the rules that were read; whatever does not hold any more is read again."""

import os
import subprocess
import sys
from array import array
from pathlib import Path

import pytest

from chatservice.moderation import kept, views
from chatservice.moderation.abuse import loader as abuse
from chatservice.moderation.keep import keep
from chatservice.moderation.lasting import lasting
from chatservice.moderation.risk import engine, loader

MADE = {"words": ["kuolla", "dö"], "table": array("q", [3, -1, 2**62])}


class Asked(Exception):
    """Nothing was kept that holds."""


def asked() -> dict[str, object]:
    raise Asked


@pytest.fixture
def room(tmp_path: Path) -> Path:
    (tmp_path / "fi").mkdir()
    (tmp_path / "fi" / "a.toml").write_text("one")
    (tmp_path / "loader.py").write_text("two")
    keep("risk", MADE, room=tmp_path)
    return tmp_path


def test_what_was_kept_comes_back(room: Path) -> None:
    assert kept.holds("risk", room=room)
    assert kept.kept("risk", make=asked, room=room) == MADE


def test_what_was_never_kept_is_made(tmp_path: Path) -> None:
    assert not kept.holds("risk", room=tmp_path)
    assert kept.kept("risk", make=lambda: MADE, room=tmp_path) is MADE


@pytest.mark.parametrize("changed", ["fi/a.toml", "loader.py", "sv.toml"])
def test_a_changed_or_new_file_makes_it_stale(room: Path, changed: str) -> None:
    (room / changed).write_text("owt")
    assert not kept.holds("risk", room=room)
    with pytest.raises(Asked):
        kept.kept("risk", make=asked, room=room)


def test_a_file_that_went_makes_it_stale(room: Path) -> None:
    (room / "fi" / "a.toml").unlink()
    assert not kept.holds("risk", room=room)


@pytest.mark.parametrize("left", [0, 20, 64, -1])
def test_a_torn_file_is_not_read(room: Path, left: int) -> None:
    place = kept.place_of("risk", room)
    place.write_bytes(place.read_bytes()[:left])
    with pytest.raises(Asked):
        kept.kept("risk", make=asked, room=room)


def test_a_file_of_noughts_is_not_read(room: Path) -> None:
    place = kept.place_of("risk", room)
    place.write_bytes(place.read_bytes()[:64] + bytes(place.stat().st_size - 64))
    assert not kept.holds("risk", room=room)


def test_keeping_leaves_nothing_else_behind(room: Path) -> None:
    keep("risk", MADE, room=room)
    assert sorted(path.name for path in room.iterdir()) == ["fi", "loader.py", "risk.rules"]


def test_kept_rules_judge_as_those_that_were_read(tmp_path: Path) -> None:
    read = loader.load()
    keep("risk", read, room=tmp_path)
    again = kept.kept("risk", make=loader.load, room=tmp_path)
    assert again is not read
    for frame in read.frames[::7]:
        for text in (*frame.match, *frame.miss):
            found = [engine.judge(views.of(text), language="fi", rules=rules) for rules in (read, again)]
            assert found[0] == found[1], text


def test_kept_rules_of_abuse_are_those_that_were_read(tmp_path: Path) -> None:
    read = abuse.load()
    keep("abuse", read, room=tmp_path)
    again = kept.kept("abuse", make=abuse.load, room=tmp_path)
    assert again is not read
    assert (again.frames, again.curses) == (read.frames, read.curses)
    for example in read.examples:
        words = example.text.lower().split()
        assert again.matcher.hits(words) == read.matcher.hits(words)


@pytest.mark.parametrize("seed", ["1", "2"])
def test_hashes_are_the_same_in_every_process(seed: str) -> None:
    """Else what was kept would be found by nobody."""
    text = "minua lyödään"
    code = f"from chatservice.moderation.lasting import lasting; assert lasting({text!r}) == {lasting(text)}"
    subprocess.run([sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, check=True)

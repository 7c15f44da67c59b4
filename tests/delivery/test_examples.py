"""The documented examples are frames, and every frame has an example."""

import json
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest

from chatservice.delivery import frames

BASE = Path(__file__).parents[2]
EXAMPLES: list[dict[str, Any]] = json.loads((BASE / "docs" / "protocol" / "examples.json").read_text())
READERS = {"visitor": frames.read_visitor, "worker": frames.read_worker}

pytestmark = pytest.mark.pure


def of(way: str) -> list[Any]:
    """The examples of one way."""
    return [pytest.param(one["frame"], id=one["what"]) for one in EXAMPLES if one["way"] == way]


@pytest.mark.parametrize("frame", of("visitor"))
def test_a_visitors_example_is_read(frame: dict[str, Any]) -> None:
    """Each is understood as it stands."""
    read = frames.read_visitor(json.dumps(frame))
    assert read.__struct_config__.tag == frame["type"]


@pytest.mark.parametrize("frame", of("worker"))
def test_a_workers_example_is_read(frame: dict[str, Any]) -> None:
    """Each is understood as it stands."""
    read = frames.read_worker(json.dumps(frame))
    assert read.__struct_config__.tag == frame["type"]


@pytest.mark.parametrize("frame", [*of("to_visitor"), *of("to_worker")])
def test_an_example_of_ours_is_what_we_send(frame: dict[str, Any]) -> None:
    """Read as its type and written again it is the same."""
    kinds = [one for one in get_args(frames.ServerFrame) if one.__struct_config__.tag == frame["type"]]
    if frame["type"] == "welcome":
        kinds = [frames.WorkerWelcome if "worker" in frame else frames.VisitorWelcome]
    (kind,) = kinds
    again = frames.encode(msgspec.convert(frame, kind))
    assert json.loads(again) == frame


def test_every_frame_has_an_example() -> None:
    """A frame that nobody documented cannot be sent."""
    shown = {(one["way"], one["frame"]["type"]) for one in EXAMPLES}
    for way, union in (("visitor", frames.VisitorFrame), ("worker", frames.WorkerFrame)):
        assert {(way, kind.__struct_config__.tag) for kind in get_args(union)} <= shown
    ours = {name for way, name in shown if way.startswith("to_")}
    assert {kind.__struct_config__.tag for kind in get_args(frames.ServerFrame)} == ours


def test_every_frame_is_explained() -> None:
    """`docs/protocol.md` has a row for each type."""
    text = (BASE / "docs" / "protocol.md").read_text()
    for one in EXAMPLES:
        assert f"`{one['frame']['type']}`" in text


@pytest.mark.parametrize("kind", ["visitor", "worker"])
def test_other_texts_are_refused_without_being_repeated(kind: str) -> None:
    """An error about a frame never holds what was in it."""
    for text in ("", "[]", "null", '"sana"', '{"type":"send","body":"salaisuus"}', "{" * 5000, '{"type":5}'):
        with pytest.raises((frames.Malformed, frames.Unknown)) as caught:
            READERS[kind](text)
        assert "salaisuus" not in str(caught.value)
    with pytest.raises(frames.Unknown):
        READERS[kind]('{"type":"salaisuus"}')

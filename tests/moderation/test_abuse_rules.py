"""Abuse is decided by its target: rules find their examples, distress is never labelled, broken files are refused."""

import json
import shutil
from pathlib import Path

import pytest

from chatservice.moderation import views
from chatservice.moderation.abuse import engine, judge, loader
from chatservice.moderation.abuse.model import Example, Frame
from chatservice.moderation.risk.model import RuleError
from chatservice.moderation.verdict import Label, Level

ABUSE = Path(__file__).parent / "data" / "abuse"
LANGUAGES = ("fi", "sv", "en")
FRAMES = {frame.id: frame for frame in engine.DEFAULT.frames}


def label(text: str, language: str = "fi", level: Level = Level.NONE) -> Label:
    return judge(views.of(text), language=language, level=level)[0]


def rules_of(text: str) -> set[str]:
    found = (judge(views.of(text), language=language)[1] for language in LANGUAGES)
    return {reason.rule for reasons in found for reason in reasons}


@pytest.mark.parametrize("frame", FRAMES.values(), ids=list(FRAMES))
def test_a_rule_finds_its_examples_and_leaves_the_others(frame: Frame) -> None:
    assert [text for text in frame.examples_match if frame.id not in rules_of(text)] == []
    assert [text for text in frame.examples_not if frame.id in rules_of(text)] == []


@pytest.mark.parametrize("example", engine.DEFAULT.examples, ids=lambda example: example.text)
def test_an_example_gets_its_label(example: Example) -> None:
    assert label(example.text, example.where[:2]) is example.label


@pytest.mark.parametrize("name", ["dev-fi", "dev-sv", "dev-en"])
def test_distress_of_the_development_sets_is_never_labelled(name: str) -> None:
    rows = [json.loads(line) for line in (ABUSE / f"{name}.jsonl").read_text("utf-8").splitlines()]
    assert [row["id"] for row in rows if row["distress"] and label(row["text"], row["lang"]) is not Label.OK] == []


@pytest.mark.parametrize(
    "text",
    [
        "Я не хочу больше жить, помогите мне пожалуйста",
        "Мені дуже страшно вдома, тато знову п'є",
        "أنا خائف جدا ولا أعرف ماذا أفعل",
        "Waan baqayaa, aabbahay wuu i garaacaa mar walba",
        "",
        "\ud800\x00",
        "😭😭😭😭😭😭😭😭😭😭😭😭😭😭",
    ],
)
def test_other_scripts_languages_and_broken_text_are_no_abuse(text: str) -> None:
    assert {label(text, language) for language in LANGUAGES} == {Label.OK}


def test_a_message_of_danger_keeps_its_label_only_when_it_threatens_staff() -> None:
    assert label("te ootte surkeita", level=Level.NONE) is Label.ABUSE
    assert label("te ootte surkeita", level=Level.HIGH) is Label.OK
    assert label("mä tapan sut", level=Level.HIGH) is Label.ABUSE


def test_a_reason_names_the_place_in_the_text_as_written() -> None:
    text = "no s\u00e4 oot t\u00e4ys idi*tti"
    _, reasons = judge(views.of(text), language="fi")
    places = {text[start:end] for reason in reasons for start, end in reason.spans}
    assert "idi*tti" in places


def test_a_quoted_insult_is_not_the_writers() -> None:
    assert label('joku oli raapustanut oveen "sä oot idiootti"') is Label.OK


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(loader.DATA, tmp_path / "data"))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('label = "abuse"', 'label = "rude"', "abuse.you_are"),
        ('id = "abuse.you_insult"', 'id = "abuse.you_are"', "used twice"),
        ("near = 6", "nearest = 6", "nearest"),
        ("[file]", "[file", "frames.toml"),
    ],
)
def test_a_broken_rule_file_is_refused_by_name(folder: Path, old: str, new: str, said: str) -> None:
    frames = folder / "frames.toml"
    frames.write_text(frames.read_text("utf-8").replace(old, new, 1), "utf-8")
    with pytest.raises(RuleError, match=said) as error:
        loader.load(folder)
    assert "frames.toml" in str(error.value)


def test_words_of_an_unknown_concept_are_refused(folder: Path) -> None:
    words = folder / "sv.toml"
    words.write_text(words.read_text("utf-8").replace("[words]", '[words]\nNOBODY = ["x"]', 1), "utf-8")
    with pytest.raises(RuleError, match=r"sv.toml:\d+: rule NOBODY"):
        loader.load(folder)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("läraren är en jävla idiot som aldrig lyssnar", "sv"),
        ("min styvfar är ett jävla svin, han tar på mig", "sv"),
        ("tjejerna i klassen skriver dö hora till mig", "sv"),
        ("fan va bra du är", "sv"),
        ("kuinka vanha sä oot? tuntuis helpommalta jos oisit nuori", "fi"),
        ("se setä kysy minkä väriset alkkarit mul on", "fi"),
        ("ootteko te ihmisiä vai joku paska botti, mä tartten apuu", "fi"),
        ("shit sorry wrong chat", "en"),
    ],
)
def test_who_speaks_of_others_or_in_need_is_no_troll(text: str, language: str) -> None:
    assert label(text, language) is Label.OK

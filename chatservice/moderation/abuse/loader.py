"""Reads the rule files of abuse; a broken one is refused with its name, its line where it is known, and the rule.

`frames.toml` holds the frames, in no language; `fi.toml`, `sv.toml`, `en.toml` the words (concept -> patterns, written
as in `matching`), `[compounds]` (each head with each tail makes one word), `[language]` and `[[example]]`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from chatservice.moderation.abuse.model import BUILT_IN, Example, Frame, Rules, Strength
from chatservice.moderation.matching import Entry, Matcher, normal
from chatservice.moderation.repairs import Starred, deletions
from chatservice.moderation.risk.model import Origin
from chatservice.moderation.risk.sources import FILE_KEYS, LANGUAGES, Source, is_texts, read
from chatservice.moderation.unswept import unswept
from chatservice.moderation.verdict import Label

DATA = Path(__file__).parent / "data"
FRAME_KEYS = frozenset(
    {"id", "label", "all", "strength", "ordered", "near", "within", "barrier", "none", "of", "count", "words", "whole"}
    | {"unless_next"}
    | {"examples_match", "examples_not"}
    | set(FILE_KEYS)
)
FILE_PARTS = frozenset({"file", "words", "frame", "example", "language", "compounds"})
# Words that people disguise: found with a star for a letter, or with one slip of the finger.
DISGUISED = ("INSULT", "MILD", "CURSE", "SLUR", "BODY", "BODYPIC", "NUDE", "SEXUAL")
SHORTEST_SLIP, SHORTEST_STAR, NEAR = 7, 4, 4
# What the phrases of the rules fill to three fifths.
ROOM = 1 << 14
# Shorter words keep their dots: "dö" is not "do".
SHORTEST_FOLDED = 5


@dataclass(slots=True)
class Draft:
    """What has been gathered from the files so far."""

    bits: dict[str, int] = field(default_factory=dict)
    matcher: Matcher = field(default_factory=lambda: Matcher(room=ROOM))
    frames: dict[str, Frame] = field(default_factory=dict)
    examples: list[Example] = field(default_factory=list)
    markers: dict[str, frozenset[str]] = field(default_factory=dict)
    disguised: set[str] = field(default_factory=set)
    calm: set[str] = field(default_factory=set)
    curses: set[str] = field(default_factory=set)
    loose: set[str] = field(default_factory=set)


@unswept()
def load(folder: Path = DATA) -> Rules:
    """Return the rules of a folder.

    :raises RuleError: a file is broken, names an unknown concept, or repeats a rule's id.
    """
    draft = Draft(bits={name: place for place, name in enumerate(BUILT_IN)})
    frames = read(folder / "frames.toml", folder)
    _check(frames)
    for row in frames.data.get("frame", []):
        frame = _frame(frames, draft, row)
        if frame.id in draft.frames:
            raise frames.error("this id is used twice", rule=frame.id)
        draft.frames[frame.id] = frame
    for language in LANGUAGES:
        _take(read(folder / f"{language}.toml", folder), language, draft)
    draft.matcher.close()
    return Rules(
        bits=draft.bits,
        frames=tuple(draft.frames.values()),
        matcher=draft.matcher,
        markers=draft.markers,
        slips=_slips(draft.disguised),
        starred=Starred(word for word in draft.disguised if len(word) >= SHORTEST_STAR),
        calm=frozenset(draft.calm),
        loose=frozenset(draft.loose),
        curses=tuple(sorted(draft.curses, key=len, reverse=True)),
        examples=tuple(draft.examples),
    )


def _check(source: Source) -> None:
    if unknown := set(source.data) - FILE_PARTS:
        raise source.error(f"expected only {', '.join(sorted(FILE_PARTS))}", rule=min(unknown))
    header = source.data.get("file", {})
    if missing := [key for key in FILE_KEYS if not isinstance(header.get(key), str)]:
        raise source.error(f"[file] needs {', '.join(missing)} as text")


def _take(source: Source, language: str, draft: Draft) -> None:
    _check(source)
    for concept, patterns in source.data.get("words", {}).items():
        _take_words(source, draft, language=language, name=concept, patterns=patterns)
    compounds = source.data.get("compounds", {})
    made = [head + tail for head in compounds.get("heads", []) for tail in compounds.get("tails", [])]
    if made:
        _take_words(source, draft, language=language, name="COMPOUND", patterns=made)
    speech = source.data.get("language", {})
    draft.markers[language] = frozenset(speech.get("markers", []))
    draft.matcher.learn(word for key in ("never", "markers", "calm") for word in speech.get(key, []))
    draft.loose.update(speech.get("loose", []))
    draft.calm.update(speech.get("calm", []))
    draft.examples += [_example(source, row) for row in source.data.get("example", [])]


def _take_words(source: Source, draft: Draft, *, language: str, name: str, patterns: Any) -> None:
    if name not in draft.bits:
        raise source.error("no frame uses this concept", rule=name)
    if not is_texts(patterns):
        raise source.error("expected a list of patterns", rule=name)
    try:
        draft.matcher.add_all(map(dotted, patterns), Entry(draft.bits[name], language))
    except ValueError as error:
        raise source.error(str(error), rule=name) from error
    for pattern in patterns:
        if name == "CURSEGEN" and pattern.isalpha() and len(pattern) > SHORTEST_STAR:
            draft.curses.add(pattern)
        if name in DISGUISED and pattern.strip("=~").isalpha():
            draft.disguised.add(normal(pattern.lstrip("=~")))


def dotted(pattern: str) -> str:
    """Return a pattern, a short word of other letters than a to z marked to keep their dots."""
    short = len(pattern) < SHORTEST_FOLDED and not pattern.isascii() and pattern.isalpha()
    return f"={pattern}" if short else pattern


def _frame(source: Source, draft: Draft, row: Mapping[str, Any]) -> Frame:
    name = str(row.get("id", ""))
    if not name:
        raise source.error("a frame has no id")
    if unknown := set(row) - FRAME_KEYS:
        raise source.error(f"unknown key {min(unknown)}", rule=name)
    if row.get("label") not in set(Label) - {Label.OK} or row.get("strength", "plain") not in set(Strength):
        raise source.error("expected label abuse, harassment or spam and strength plain, clear or threat", rule=name)
    parts = row.get("all")
    if not isinstance(parts, list) or not parts or row.get("within", "sentence") not in {"sentence", "message"}:
        raise source.error("expected `all` (a list) and `within` sentence or message", rule=name)
    header = {**source.data["file"], **{key: row[key] for key in FILE_KEYS if key in row}}
    return Frame(
        id=name,
        label=Label(row["label"]),
        elements=tuple(_mask(draft, part.split("|")) for part in parts),
        strength=Strength(row.get("strength", "plain")),
        ordered=bool(row.get("ordered", False)),
        near=int(row.get("near", NEAR)),
        sentence=row.get("within", "sentence") == "sentence",
        barrier=_mask(draft, row.get("barrier", ())),
        without=_mask(draft, row.get("none", ())),
        of=_mask(draft, row.get("of", ())),
        count=int(row.get("count", 0)),
        words=int(row.get("words", 0)),
        whole=_mask(draft, row.get("whole", ())),
        unless_next=_mask(draft, row.get("unless_next", ())),
        examples_match=tuple(row.get("examples_match", ())),
        examples_not=tuple(row.get("examples_not", ())),
        origin=Origin(**{key: str(header[key]) for key in FILE_KEYS}),
    )


def _mask(draft: Draft, names: Iterable[str]) -> int:
    mask = 0
    for name in names:
        mask |= 1 << draft.bits.setdefault(name, len(draft.bits))
    return mask


def _example(source: Source, row: Mapping[str, Any]) -> Example:
    text, label = row.get("text"), row.get("label")
    if not isinstance(text, str) or label not in set(Label):
        raise source.error("an example needs a text and a label", rule=str(text or ""))
    return Example(text, Label(label), source.name)


def _slips(words: set[str]) -> dict[str, str]:
    """Return each long disguised word by all its forms with one letter left out."""
    return {form: word for word in sorted(words) if len(word) >= SHORTEST_SLIP for form in (word, *deletions(word))}

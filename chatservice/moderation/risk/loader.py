"""Reads the rule files. A broken one is refused with its name, its line where it is known, and the rule.

`concepts.toml` names the concepts; each other file holds any of: `[file]` (owner, source, date, note), `[words]`
(concept -> patterns), `[[frame]]`, `[[example]]`. A file's folder is its language; files in `frames/` have none.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from chatservice.moderation.matching import Entry, Matcher
from chatservice.moderation.repairs import Repairer
from chatservice.moderation.risk.forms import Lemmas, forms
from chatservice.moderation.risk.forms import rows as rows_of
from chatservice.moderation.risk.forms.slots import Row
from chatservice.moderation.risk.forms.speech import spoken
from chatservice.moderation.risk.model import (
    BITS,
    Concept,
    Element,
    Example,
    Frame,
    Kind,
    Origin,
    Rules,
    bits_of,
    mask_of,
)
from chatservice.moderation.risk.points import TABLES, signs_of
from chatservice.moderation.risk.signs import Signs
from chatservice.moderation.risk.sources import FILE_KEYS, Source, is_texts, read
from chatservice.moderation.unswept import unswept
from chatservice.moderation.verdict import CATEGORIES, Level

WITHIN = ("clause", "sentence", "message")
NEAR = {"clause": 8, "sentence": 14, "message": 400}
LASTING = frozenset({"violence", "sexual", "threat"})
# Where a denial is worth a look; elsewhere "nobody hits me" says just that.
DOUBTED = frozenset({"suicide", "self_harm"})
# "I'll kill him haha": what is said of others, and what is done to a person, is no joke.
HYPERBOLE = ("threat", "high")
FRAME_KEYS = frozenset(
    {"id", "level", "category", "all", "none", "within", "near", "state", "laughs", "lapses", "denies", "overlaps"}
    | {"match", "miss", *FILE_KEYS}
)
LEMMAS = "lemmas.toml"
# What the phrases of the rules fill to two fifths.
ROOM = 1 << 18
DATA = Path(__file__).parent / "data"


@dataclass(slots=True)
class Draft:
    """What has been gathered from the files so far."""

    concepts: dict[str, Concept] = field(default_factory=dict)
    matcher: Matcher = field(default_factory=lambda: Matcher(room=ROOM))
    frames: dict[str, Frame] = field(default_factory=dict)
    examples: list[Example] = field(default_factory=list)
    markers: dict[str, set[str]] = field(default_factory=dict)
    risky: set[str] = field(default_factory=set)
    never: set[str] = field(default_factory=set)
    lemmas: dict[str, Lemmas] = field(default_factory=dict)
    signs: Signs = field(default_factory=Signs)


@unswept()
def load(folder: Path = DATA) -> Rules:
    """Return the rules of a folder.

    :raises RuleError: a file is broken, names an unknown concept, or repeats a rule's id.
    """
    draft = Draft()
    draft.concepts = concepts_of(read(folder / "concepts.toml", folder))
    lemmas = [read(path, folder) for path in sorted(folder.glob(f"*/{LEMMAS}"))]
    draft.lemmas = {source.language: lemmas_of(source) for source in lemmas}
    # One file at a time: all of them together, as text and as data, would be held until the last is taken.
    for path in sorted(folder.glob("*/*.toml")):
        if path.name != LEMMAS:
            take(read(path, folder), draft)
    draft.matcher.spare(draft.never)
    draft.matcher.close()
    return Rules(
        concepts=draft.concepts,
        frames=tuple(draft.frames.values()),
        matcher=draft.matcher,
        repairer=Repairer(known=draft.matcher.table, risky=draft.risky, never=frozenset(draft.never)),
        markers={language: frozenset(words) for language, words in draft.markers.items()},
        examples=tuple(draft.examples),
        signs=draft.signs,
    )


def concepts_of(source: Source) -> dict[str, Concept]:
    """Return the concepts that `concepts.toml` declares, kind by kind."""
    found: dict[str, Concept] = {}
    for kind, names in source.data.items():
        if kind not in set(Kind):
            raise source.error(f"expected a kind of {', '.join(Kind)}", rule=kind)
        for name in names:
            if name in found or not name.isupper():
                raise source.error("expected a name in capitals that is used once", rule=name)
            found[name] = Concept(name, BITS[len(found)], Kind(kind))
    return found


def lemmas_of(source: Source) -> Lemmas:
    """Return the tables of a `lemmas.toml`: each name a text, or a list of texts."""
    for table in source.data.values():
        if not isinstance(table, dict):
            raise source.error("expected only tables")
        for name, row in table.items():
            if not isinstance(row, str) and not is_texts(row):
                raise source.error("expected a text or a list of texts", rule=name)
    return source.data


def take(source: Source, draft: Draft) -> None:
    """Add one file's words, frames and examples to the draft."""
    unknown = set(source.data) - {"file", "words", "frame", "example", "language", *TABLES}
    if unknown:
        raise source.error(
            f"expected only file, words, frame, example, language, {', '.join(TABLES)}", rule=min(unknown)
        )
    header = source.data.get("file", {})
    missing = [key for key in FILE_KEYS if not isinstance(header.get(key), str)]
    if missing:
        raise source.error(f"[file] needs {', '.join(missing)} as text")
    for concept, patterns in source.data.get("words", {}).items():
        take_words(source, draft, name=concept, patterns=patterns)
    for row in source.data.get("frame", []):
        frame = frame_of(source, draft, row)
        if frame.id in draft.frames:
            raise source.error("this id is used twice", rule=frame.id)
        draft.frames[frame.id] = frame
    draft.examples += [example_of(source, row) for row in source.data.get("example", [])]
    speech = source.data.get("language", {})
    draft.markers.setdefault(source.language, set()).update(speech.get("markers", []))
    draft.matcher.learn(word for key in ("markers", "common") for word in speech.get(key, []))
    draft.never.update(speech.get("never", []))
    if not source.data.keys().isdisjoint(TABLES):
        if draft.signs.points:
            raise source.error("expected points in one file only")
        draft.signs = signs_of(source, draft.concepts)


def take_words(source: Source, draft: Draft, *, name: str, patterns: Any) -> None:
    """Add a concept's patterns; `@name` stands for all its forms."""
    concept = draft.concepts.get(name)
    if concept is None:
        raise source.error("this concept is not in concepts.toml", rule=name)
    if not is_texts(patterns):
        raise source.error("expected a list of patterns", rule=name)
    made = list(expanded(source, draft, name=name, patterns=patterns))
    written = [pattern for row in made for pattern in row.alone]
    halves = [row for row in made if row.heads]
    entry = Entry(concept.bit, source.language)
    try:
        read_otherwise, rows = spoken(source.language, written, halves)
        draft.matcher.add_all((*written, *read_otherwise), entry)
        for row in (*halves, *rows):
            draft.matcher.add_halves(row.heads, row.tails, entry)
    except ValueError as error:
        raise source.error(str(error), rule=name) from error
    if concept.kind is Kind.ACT:
        draft.risky.update(filter(str.isalpha, written))


def expanded(source: Source, draft: Draft, *, name: str, patterns: list[str]) -> Iterator[Row]:
    """Yield the patterns, each `@name` replaced by its forms, which keep the marks `=` and `~` before it."""
    lemmas = draft.lemmas.get(source.language, {})
    plain: list[str] = []
    for pattern in patterns:
        marks, found, lemma = pattern.partition("@")
        if not found or marks.strip("=~"):
            plain.append(pattern)
            continue
        try:
            if marks:
                plain += [marks + form for form in forms(lemma, language=source.language, lemmas=lemmas)]
            else:
                yield from rows_of(lemma, language=source.language, lemmas=lemmas)
        except (LookupError, ValueError) as error:
            raise source.error(f"{pattern} cannot be made from {LEMMAS}: {error}", rule=name) from error
    yield Row([], [], plain)


def frame_of(source: Source, draft: Draft, row: Mapping[str, Any]) -> Frame:
    """Return a checked frame."""
    name = str(row.get("id", ""))
    if not name:
        raise source.error("a frame has no id")
    if unknown := row.keys() - FRAME_KEYS:
        raise source.error(f"unknown key {min(unknown)}", rule=name)
    if row.get("level") not in {"concern", "high", "immediate"} or row.get("category") not in CATEGORIES:
        raise source.error("expected level concern, high or immediate and a known category", rule=name)
    within = row.get("within", "clause")
    parts = row.get("all")
    if within not in WITHIN or not isinstance(parts, list) or not parts:
        raise source.error(f"expected `all` (a list) and `within` one of {', '.join(WITHIN)}", rule=name)
    # A veto far away in a long message is none: it must stand in a sentence of the finding.
    around = [part.lstrip("@") for part in row.get("none", []) if part.startswith("@") or within == "message"]
    lost = [part for part in row.get("none", []) if part not in around and part[1:] not in around]
    elements = tuple(element_of(source, draft, rule=name, part=part) for part in parts)
    without = sum_of(source, draft, rule=name, names=lost)
    without_around = sum_of(source, draft, rule=name, names=around)
    return Frame(
        id=name,
        level=Level(row["level"]),
        category=row["category"],
        elements=elements,
        without=without,
        without_around=without_around,
        within=within,
        near=int(row.get("near", NEAR[within])),
        state=bool(row.get("state", False)),
        laughs=bool(row.get("laughs", row.get("state", False) or (row["category"], row["level"]) == HYPERBOLE)),
        lapses=bool(row.get("lapses", row["category"] not in LASTING)),
        denies=bool(row.get("denies", row["category"] not in DOUBTED)),
        overlaps=bool(row.get("overlaps", False)),
        match=tuple(row.get("match", ())),
        miss=tuple(row.get("miss", ())),
        origin=origin_of(source, row),
        asked=tuple({*bits_of(without | without_around), *(bit for element in elements for bit in element.bits)}),
    )


def origin_of(source: Source, row: Mapping[str, Any]) -> Origin:
    """Return who answers for a rule: its file's origin, one object for all of them, unless the rule says otherwise."""
    if row.keys().isdisjoint(FILE_KEYS) and source.origin:
        return source.origin
    header = {**source.data["file"], **{key: row[key] for key in FILE_KEYS if key in row}}
    origin = Origin(**{key: str(header[key]) for key in FILE_KEYS})
    if row.keys().isdisjoint(FILE_KEYS):
        source.origin = origin
    return origin


def element_of(source: Source, draft: Draft, *, rule: str, part: str) -> Element:
    """Return one element: `A`, `A|B`, `-A` (denied), `~A` (said or denied)."""
    mode = part[0] if part[:1] in {"-", "~"} else "+"
    bits = bits_named(source, draft, rule=rule, names=part.lstrip("-~").split("|"))
    return Element(mode, tuple(sorted(bits)))


def sum_of(source: Source, draft: Draft, *, rule: str, names: list[str]) -> int:
    """Return the mask of concepts by name."""
    return mask_of(bits_named(source, draft, rule=rule, names=names))


def bits_named(source: Source, draft: Draft, *, rule: str, names: list[str]) -> set[int]:
    """Return concepts by name."""
    try:
        return {draft.concepts[name].bit for name in names}
    except KeyError as error:
        raise source.error(f"unknown concept {error}", rule=rule) from error


def example_of(source: Source, row: Mapping[str, Any]) -> Example:
    """Return a checked example."""
    text, level = row.get("text"), row.get("level")
    if not isinstance(text, str) or level not in set(Level):
        raise source.error("an example needs a text and a level", rule=str(text or ""))
    return Example(text, Level(level), source.name)

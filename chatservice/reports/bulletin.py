"""The bulletin: three figures with two sentences each, in Finnish and Swedish, from a snapshot.

Figures and words are kept apart: people may edit the sentences, the figures are always the snapshot's. A figure in an
edited sentence stands as a place (`{figure}`), so that nobody can type another number beside the published one. Of a
report that tells months alone (August and September) it is the last month that a bulletin tells of.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from chatservice.disclosure.typed_figures import typed
from chatservice.reports import figures, labels
from chatservice.reports.errors import BadBulletin
from chatservice.reports.snapshot import Snapshot, open_snapshot
from chatservice.reports.view import View, view_of
from chatservice.reports.words import entry, known, say

LANGUAGES: Final = ("fi", "sv")
# A bulletin may be written in these too.
OPTIONAL: Final = ("en",)
THREE: Final = 3
SENTENCES: Final = 2
LONGEST_SENTENCE: Final = 240
LONGEST_TITLE: Final = 120
# What a sentence may leave open for a figure.
PLACES: Final = frozenset({"figure", "total", "share", "name"})
MARKUP: Final = re.compile(r"[<>]")
PLACE: Final = re.compile(r"\{([a-z]+)\}")
# The figures that a bulletin can be made of, in the order in which they are proposed.
CHOICES: Final = ("contacts", "answered", "top_topic", "tests", "doors", "feedback", "parents", "library")
Texts = Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Item:
    """One figure: its name, the published texts that its sentences may show, and the sentences by language."""

    name: str
    values: Mapping[str, Mapping[str, str]]
    sentences: Texts

    def told(self, language: str) -> tuple[str, str]:
        """Return the two sentences with their figures filled in."""
        first, second = self.sentences[language]
        return first.format(**self.values[language]), second.format(**self.values[language])


@dataclass(frozen=True, slots=True)
class Bulletin:
    """A bulletin as plain text: a title, three items, the note on protected figures, the snapshot's identity."""

    title: Mapping[str, str]
    items: tuple[Item, Item, Item]
    note: Mapping[str, str]
    period: Mapping[str, str]
    identity: str


def propose(
    stored: Mapping[str, Any], *, names: tuple[str, ...] = (), languages: tuple[str, ...] = LANGUAGES
) -> Bulletin:
    """Return a bulletin with the room's own sentences; `names` picks three of CHOICES, else the first that tell most.

    Raises NotASnapshot, Altered, BadBulletin.
    """
    snapshot = open_snapshot(stored)
    views = {language: view_of(snapshot, language=language) for language in languages}
    chosen = names or _chosen(snapshot)
    if len(chosen) != THREE or len(set(chosen)) != THREE or not set(chosen) <= set(CHOICES):
        raise BadBulletin(f"expected three different figures of {', '.join(CHOICES)}")
    first, second, third = (_item(name, views) for name in chosen)
    return Bulletin(
        title={language: _title(views[language]) for language in languages},
        items=(first, second, third),
        note={language: _note(language) for language in languages},
        period={language: _period(views[language]) for language in languages},
        identity=snapshot.hash,
    )


def told_by(stored: Mapping[str, Any]) -> tuple[str, ...]:
    """Return which figures a report has; under three it makes no bulletin. Raises NotASnapshot, Altered."""
    return tuple(_had(open_snapshot(stored)))


def edited(
    stored: Mapping[str, Any], *, names: tuple[str, ...], titles: Mapping[str, str], sentences: Mapping[str, Texts]
) -> Bulletin:
    """Return a bulletin with people's own words: `titles` by language, `sentences` by figure and language.

    Finnish and Swedish it must have, English where `titles` has it. Raises BadBulletin for a missing
    language, a sentence too long or empty, an unknown place, a number typed by hand.
    """
    languages = (*LANGUAGES, *(each for each in OPTIONAL if each in titles))
    base = propose(stored, names=names, languages=languages)
    for language in languages:
        check(titles.get(language, ""), longest=LONGEST_TITLE, allowed=frozenset())
        for item in base.items:
            own = sentences.get(item.name, {}).get(language, ())
            if len(own) != SENTENCES:
                raise BadBulletin(f"expected two sentences in {language} for {item.name}")
            for sentence in own:
                check(sentence, longest=LONGEST_SENTENCE, allowed=frozenset(item.values[language]))
    first, second, third = (Item(item.name, item.values, sentences[item.name]) for item in base.items)
    return Bulletin(dict(titles), (first, second, third), base.note, base.period, base.identity)


def check(text: str, *, longest: int, allowed: frozenset[str]) -> None:
    """Refuse words that cannot be published as they are; raises BadBulletin, whose `code` says why."""
    if not text.strip() or len(text) > longest:
        raise BadBulletin(f"expected words of at most {longest} characters", code="length")
    if MARKUP.search(text):
        raise BadBulletin("expected plain words without < or >", code="markup")
    # A name alone stands between braces: no format, conversion or attribute, which a place would let through.
    if "{" in PLACE.sub("", text) or "}" in PLACE.sub("", text):
        raise BadBulletin("expected braces around the name of a figure only", code="braces")
    if not set(PLACE.findall(text)) <= allowed:
        names = ", ".join(f"{{{name}}}" for name in sorted(allowed))
        raise BadBulletin(f"expected no other places than {names}", code="places")
    if typed(PLACE.sub(" ", text)):
        raise BadBulletin("expected {figure} in place of a number: figures come from the snapshot", code="digits")


def plain(bulletin: Bulletin, language: str) -> str:
    """Return the bulletin as plain text, as it goes into a feed or a mail."""
    parts = [bulletin.title[known(language)], bulletin.period[language]]
    parts += [" ".join(item.told(language)) for item in bulletin.items]
    return "\n\n".join([*parts, bulletin.note[language]])


def _chosen(snapshot: Snapshot) -> tuple[str, ...]:
    """Propose what is told by a number; small towns have few such, and then marks follow."""
    view = view_of(snapshot, language="fi")
    had = _had(snapshot)
    if len(had) < THREE:
        raise BadBulletin("expected a report with three figures that a bulletin can tell", code="absent")
    return tuple(sorted(had, key=lambda name: figures.number(_main(name, view)) is None)[:THREE])


def _had(snapshot: Snapshot) -> list[str]:
    view = view_of(snapshot, language="fi")
    return [name for name in CHOICES if _main(name, view) is not None]


def _when(view: View) -> dict[str, str]:
    """Return where a bulletin's figures stand: the whole period, or the last month of a report without a whole."""
    months = view.months()
    return {"period": months[-1]} if months and view.text("contacts") is None else {}


def _main(name: str, view: View) -> str | None:
    when = _when(view)
    return {
        "contacts": view.text("contacts", **when),
        "answered": view.text("contacts", answered="yes", **when),
        "top_topic": view.text("contacts", topic=_top(view), **when) if _top(view) else None,
        "tests": view.text("tests", **when),
        "doors": view.text("unmet", **when),
        "feedback": view.text("contacts", feedback="better", **when),
        "parents": view.text("contacts", channel="parent", **when),
        "library": view.text("library", **when),
    }[name]


def _top(view: View) -> str:
    """Return the most common topic group, empty where none has a number; the first of the taxonomy among equals."""
    counted = [(figures.number(view.text("contacts", topic=code)) or 0, code) for code in view.topic_groups(start="Y.")]
    best = max((count for count, _ in counted), default=0)
    return next((code for count, code in counted if count == best and best), "")


def _item(name: str, views: Mapping[str, View]) -> Item:
    if any(_main(name, view) is None for view in views.values()):
        raise BadBulletin(f"expected figures that the report has, not {name}", code="absent")
    values = {language: _values(name, view) for language, view in views.items()}
    wording = "share" if all("share" in each for each in values.values()) else "plain"
    keys = (f"bulletin.{name}_{wording}", f"bulletin.{name}_next")
    return Item(name, values, {language: _two(keys, language) for language in views})


def _two(keys: tuple[str, str], language: str) -> tuple[str, str]:
    first, second = (entry(key)[language] for key in keys)
    return first, second


def _values(name: str, view: View) -> dict[str, str]:
    when = _when(view)
    main, total, base_of_talks = _main(name, view), view.text("contacts", **when), view.base(**when)
    found = {"figure": labels.mark(main, view.language)}
    base = {"answered": total, "top_topic": base_of_talks, "parents": total, "feedback": base_of_talks}.get(name)
    share = figures.share(main, base)
    if share is not None:
        found |= {"share": labels.percent(share, view.language), "total": labels.mark(base, view.language)}
    if name == "top_topic" and _top(view):
        found["name"] = view.label("topic", _top(view))
    return found


def _title(view: View) -> str:
    if when := _when(view):
        return view.say("bulletin.title_month", month=view.label("period", when["period"]))
    key = f"bulletin.title_{view.snapshot.plan}" if view.snapshot.plan in {"autumn", "year"} else "bulletin.title"
    return view.say(key, year=labels.years(view.snapshot.school_year))


def _note(language: str) -> str:
    return f"{say('note.protected', language)} {say('note.contact', language)}"


def _period(view: View) -> str:
    if when := _when(view):
        return f"{labels.area(view.snapshot, view.language)}, {view.label('period', when['period'])}"
    days = view.snapshot.data["period"]
    first, last = (labels.day(days[end], view.language) for end in ("first", "last"))
    return f"{labels.area(view.snapshot, view.language)}, {view.say('period.range', first=first, last=last)}"

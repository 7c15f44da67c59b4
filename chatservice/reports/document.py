"""A report as a reader meets it: sections of words, charts and tables. Pages, PDF and slides are all made of this."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chatservice.reports import figures, labels
from chatservice.reports.definitions import Definition, of_sections
from chatservice.reports.errors import NothingToShow
from chatservice.reports.hours import in_words
from chatservice.reports.tables import Grid
from chatservice.reports.view import View


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawn chart and what it shows in words; `title` tells it from others of its section."""

    title: str
    svg: str
    alt: str


@dataclass(frozen=True, slots=True)
class Section:
    """`says` is what the figures tell, `limit` what they do not tell."""

    key: str
    heading: str
    says: tuple[str, ...]
    limit: str
    grids: tuple[Grid, ...] = ()
    charts: tuple[Chart, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report in one language. `small_print` stands on every page, `notes` once; `quiet` names what has only
    small figures."""

    title: str
    area: str
    period: str
    language: str
    sections: tuple[Section, ...]
    questions: tuple[str, ...]
    quiet: str
    small_print: tuple[str, ...]
    notes: tuple[str, ...]
    marks: tuple[tuple[str, str], ...]
    definitions: tuple[Definition, ...]
    frozen: str
    identity: str


def document(
    view: View, *, title: str, sections: Iterable[Section], questions: Iterable[str], quiet: Sequence[str] = ()
) -> Document:
    """Return a report around its sections: period, hours and unanswered, protection, identity.

    Raises NothingToShow.
    """
    data, shown = view.snapshot.data, tuple(sections)
    if not shown and not quiet:
        raise NothingToShow("expected a snapshot that has figures for this rendering")
    return Document(
        title=title,
        area=view.label("area", view.place) if view.place else labels.area(view.snapshot, view.language),
        period=period(view),
        language=view.language,
        sections=shown,
        questions=tuple(questions),
        quiet=view.say("table.quiet", names="; ".join(quiet)) if quiet else "",
        small_print=small_print(view),
        notes=notes(view),
        marks=marks(view),
        definitions=of_sections((each.key for each in shown), view.language, absent=view.snapshot.not_in_use),
        frozen=str(data["frozen"]),
        identity=view.snapshot.hash[:12],
    )


def period(view: View) -> str:
    """Return the days that the report covers."""
    days = view.snapshot.data["period"]
    first, last = (labels.day(days[end], view.language) for end in ("first", "last"))
    return view.say("period.range", first=first, last=last)


def small_print(view: View) -> tuple[str, ...]:
    """Return what stands on every page: period, hours and unanswered, protection, identity."""
    return (
        f"{period(view)}. {opening(view)} {unanswered(view)}".strip(),
        view.say("note.short"),
        view.say("document.snapshot", id=view.snapshot.hash[:12]),
    )


def opening(view: View) -> str:
    """Return when the chat was open."""
    hours = in_words(view.snapshot.data.get("opening_hours"), view.language)
    return view.say("document.opening", hours=hours) if hours else view.say("document.opening_unknown")


def unanswered(view: View) -> str:
    """Return how many were not answered, with their share where one may be told."""
    missed, total = view.text("contacts", answered="no"), view.text("contacts")
    if missed is None:
        months = [month for month in view.months() if view.text("contacts", answered="no", period=month)]
        shown = (
            f"{view.label('period', each)} {view.shown('contacts', answered='no', period=each)}" for each in months
        )
        return view.say("document.unanswered_plain", number="; ".join(shown)) if months else ""
    number = labels.mark(missed, view.language)
    if figures.share(missed, total) is None:
        return view.say("document.unanswered_plain", number=number)
    return view.say("document.unanswered", number=number, share=view.share(missed, total))


def notes(view: View) -> tuple[str, ...]:
    """Return what a reader must know of the figures, the report's own notes last."""
    data: Mapping[str, Any] = view.snapshot.data
    found = [view.say(f"note.{name}") for name in ("protected", "sensitive", "shares", "contact")]
    if view.snapshot.not_in_use:
        found.append(not_in_use(view))
    if view.earlier:
        found.append(compared_with(view))
    if data.get("corrects"):
        found.append(view.say("document.corrects", id=str(data["corrects"])[:12]))
    own = str((data.get("notes") or {}).get(view.language) or "").strip()
    roles = ", ".join(view.say(f"role.{role}") if _is_role(role) else str(role) for role in data.get("signed") or ())
    frozen = view.say("document.frozen", day=labels.day(str(data["frozen"]), view.language))
    signed = f" {view.say('document.signed', roles=roles)}." if roles else ""
    return (*found, *((own,) if own else ()), f"{frozen}.{signed}")


def compared_with(view: View) -> str:
    """Return which older snapshots the report's earlier years come from."""
    older = (f"{labels.years(each.school_year)} {each.hash[:12]}" for each in view.earlier)
    return view.say("document.earlier", ids=", ".join(older))


def not_in_use(view: View) -> str:
    """Return what the service does not have yet, so that nobody takes it for small figures."""
    names = (view.say(f"metric_name.{name}") for name in view.snapshot.not_in_use)
    return view.say("document.not_in_use", names="; ".join(names))


def marks(view: View) -> tuple[tuple[str, str], ...]:
    """Return the marks of the tables with their meanings."""
    names = (("alle_5", "alle 5"), ("alle_10", "alle 10"), ("..", ".."))
    told = tuple((labels.mark(text, view.language), view.say(f"mark_meaning.{name}")) for name, text in names)
    unused = ((view.say("mark.not_in_use"), view.say("mark_meaning.not_in_use")),) if view.snapshot.not_in_use else ()
    return (*told, ("–", view.say("mark_meaning.-")), *unused)


def _is_role(name: object) -> bool:
    return name in {"coordinator", "statistician"}

"""Sections on how much the chat was used and by whom it could not be answered: figures, months, doors, waits, tests."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from chatservice.reports import labels, svg
from chatservice.reports.document import Chart, Section, compared_with, opening
from chatservice.reports.figures import median_class, number
from chatservice.reports.tables import Grid, breakdown, compared, plain, told
from chatservice.reports.view import View

Texts = Sequence[str | None]
# What every contact has; the rest is told of answered ones only.
LEAST_NUMBERS: Final = 2
LEAST_MONTHS: Final = 3
OF_ALL: Final = frozenset({"answered", "wait", "age", "channel"})


def section(
    view: View, key: str, *, limit: str, lead: str = "", grids: Iterable[Grid] = (), charts: Iterable[Chart] = ()
) -> Section:
    """Return a section with its texts; `lead` is a sentence with figures."""
    says = tuple(filter(None, (view.say(f"says.{key}"), lead)))
    return Section(key, view.say(f"heading.{key}"), says, view.say(f"limit.{limit}"), tuple(grids), tuple(charts))


def words_of(
    view: View, key: str, *, caption: str, series: Sequence[tuple[str, Iterable[tuple[str, str | None]]]]
) -> svg.Words:
    """Return what a chart is called and what it shows, figure by figure, for those who do not see it."""
    shown = [
        f"{name}: {'; '.join(f'{label} {labels.mark(text, view.language)}' for label, text in pairs)}."
        for name, pairs in series
    ]
    return svg.Words(
        key, caption, view.say("table.chart_of", heading=caption, figures=" ".join(shown)), view.language, view.width
    )


def bar_chart(view: View, key: str, *, names: Sequence[str], series: Sequence[tuple[str, Texts]]) -> tuple[Chart, ...]:
    """Return bars, or nothing where most of them would be small."""
    if not worth_drawing([texts for _, texts in series]):
        return ()
    pairs = [(name, zip(names, texts, strict=True)) for name, texts in series]
    words = words_of(view, key, caption=view.say(f"heading.{key}"), series=pairs)
    return (Chart(words.title, svg.bars(words, labels=names, series=series), words.told),)


def worth_drawing(series: Iterable[Texts]) -> bool:
    """Tell whether a chart would show more than marks: two numbers at least, and no fewer than half of its texts."""
    texts = [text for each in series for text in each]
    numbers = [text for text in texts if number(text) is not None]
    return len(numbers) >= LEAST_NUMBERS and 2 * len(numbers) >= len(texts)


def key_figures(view: View) -> Section:
    """T1: contacts, talks, answered share, waiting class, referrals; beside an earlier year where there is one."""
    before = view.before()
    now, then = figures_of(view), figures_of(before) if before else {}
    heads = [view.say("table.figure"), labels.years(view.snapshot.school_year)]
    if before:
        heads.append(labels.years(before.snapshot.school_year))
    every = [(view.say(f"row.{name}"), now[name], *((then[name],) if before else ())) for name in now]
    rows = [row for row in every if set(row[1:]) != {"–"}]
    grid = plain(caption=view.say("heading.key_figures"), heads=tuple(heads), rows=rows)
    return section(view, "key_figures", limit="contact", lead=lead_total(view), grids=(grid,))


def figures_of(view: View) -> dict[str, str]:
    """Return the key figures by name, as they are shown."""
    total, answered = view.text("contacts"), view.text("contacts", answered="yes")
    middle = median_class(_classes(view, "wait"), total=total)
    return {
        "contacts": view.shown("contacts"),
        "answered": view.shown("contacts", answered="yes"),
        "answered_share": view.share(answered, total),
        "wait": view.label("wait", middle) if middle else "–",
        "school": view.shown("contacts", outcome="school"),
        "services": view.shown("contacts", outcome="services"),
        "parents": view.shown("contacts", channel="parent"),
        "doors": view.shown("unmet"),
        "tests": view.shown("tests"),
    }


def lead_total(view: View) -> str:
    """Return the sentence on contacts and answers, with the share where one may be told."""
    total, answered = view.text("contacts"), view.text("contacts", answered="yes")
    values = {"total": labels.mark(total, view.language), "answered": labels.mark(answered, view.language)}
    share = view.share(answered, total)
    return view.say("lead.total_plain", **values) if share == "–" else view.say("lead.total", **values, share=share)


def months(view: View) -> Section:
    """C1: contacts by month, this year and the year before where that tells any month."""
    every = view.months()
    here = [view.text("contacts", period=month) for month in every]
    series = [(labels.years(view.snapshot.school_year), here)]
    before = view.before()
    then = [before.text("contacts", period=_year_before(month)) for month in every] if before else []
    if before and any(number(text) is not None for text in then):
        series.append((labels.years(before.snapshot.school_year), then))
    rows = [
        (view.say(f"month.{month[5:]}"), [texts[place] for _, texts in series]) for place, month in enumerate(every)
    ]
    heads = (view.say("dimension.month"), *(name for name, _ in series))
    grid = told(view, caption=view.say("heading.months"), heads=heads, rows=rows, keep=True)
    short = [labels.month(month, view.language) for month in every]
    pairs = [(name, zip(short, texts, strict=True)) for name, texts in series]
    words = words_of(view, "months", caption=view.say("heading.months"), series=pairs)
    drawn = len(every) >= LEAST_MONTHS and worth_drawing(texts for _, texts in series)
    charts = (Chart(words.title, svg.months(words, labels=short, series=series), words.told),) if drawn else ()
    return section(view, "months", limit="months", lead=opening(view), grids=(grid,), charts=charts)


def goals(view: View) -> Section:
    """T2: what people write."""
    heads = (view.say("document.goal"), view.say("document.result"))
    empty = plain(caption=view.say("document.written"), heads=heads, rows=(("", ""),) * 3)
    return section(view, "goals", limit="goals", grids=(empty,))


def doors(view: View) -> Section:
    """C2: opening hours beside those who were not let in; by month where no term has ended yet."""
    kinds = view.codes("unmet", "kind")
    if not kinds and view.months("unmet"):
        return _doors_by_month(view)
    grid = breakdown(view, "unmet", "kind", codes=kinds, caption=view.say("heading.doors"), total=view.text("unmet"))
    reasons = [code for code in view.codes("contacts", "answered") if code not in {"yes", "no"}]
    missed = breakdown(
        view, "contacts", "answered", codes=reasons, caption=view.say("answered.no"), total=view.text("contacts")
    )
    names = [view.label("kind", code) for code in kinds] + [view.label("answered", code) for code in reasons]
    texts = [view.text("unmet", kind=code) for code in kinds]
    texts += [view.text("contacts", answered=code) for code in reasons]
    charts = bar_chart(view, "doors", names=names, series=((view.say("table.count"), texts),))
    lead = f"{opening(view)} {view.say('lead.doors', number=view.shown('unmet'))}"
    return section(view, "doors", limit="attempt", lead=lead, grids=(grid, missed), charts=charts)


def _doors_by_month(view: View) -> Section:
    every = view.months("unmet")
    kinds = [code for code in view.snapshot.codes("unmet", "kind") if view.text("unmet", kind=code, period=every[0])]
    rows = [
        (view.label("kind", kind), [view.text("unmet", kind=kind, period=month) for month in every]) for kind in kinds
    ]
    missed = [view.text("contacts", answered="no", period=month) for month in every]
    rows.append((view.say("answered.no"), missed))
    heads = (view.say("dimension.kind"), *(view.label("period", month) for month in every))
    grid = told(view, caption=view.say("heading.doors"), heads=heads, rows=rows, keep=True)
    return section(view, "doors", limit="attempt", lead=opening(view), grids=(grid,))


def answered(view: View) -> Section:
    """T12: answered and interrupted."""
    every = view.codes("contacts", "answered")
    reasons = [code for code in every if code not in {"yes", "no"}]
    codes = [*(code for code in ("yes", *(() if reasons else ("no",))) if code in every), *reasons]
    return one_dimension(view, "answered", "answered", codes=codes, limit="contact", lead=lead_total(view))


def waits(view: View) -> Section:
    """C4: waiting classes with the middle one named."""
    total = view.text("contacts")
    middle = median_class(_classes(view, "wait"), total=total)
    lead = view.say("lead.median_wait", name=view.label("wait", middle)) if middle else ""
    return one_dimension(view, "waits", "wait", codes=view.codes("contacts", "wait"), limit="wait", lead=lead)


def lengths(view: View) -> Section:
    """T13: length classes of answered talks."""
    codes = [code for code, _ in _classes(view, "length")]
    middle = median_class(_classes(view, "length"), total=view.base())
    lead = view.say("lead.median_length", name=view.label("length", middle)) if middle else ""
    return one_dimension(view, "lengths", "length", codes=codes, limit="contact", lead=lead)


def tests(view: View) -> Section:
    """Worry tests by feedback band; the class of the two last ones only where they are not told apart."""
    every, total = view.codes("tests", "band"), view.text("tests")
    codes = [code for code in every if code != "B3S" or "BS" not in every]
    caption = view.say("heading.tests")
    grid = breakdown(view, "tests", "band", codes=codes, caption=caption, total=total)
    names, texts = [view.label("band", code) for code in codes], [view.text("tests", band=code) for code in codes]
    charts = bar_chart(view, "tests", names=names, series=((view.say("table.count"), texts),))
    lead = view.say("lead.tests", number=labels.mark(total, view.language))
    return section(view, "tests", limit="test", lead=lead, grids=(grid,), charts=charts)


def library(view: View) -> Section:
    """Library views by theme."""
    codes, total = view.codes("library", "theme"), view.text("library")
    grid = breakdown(view, "library", "theme", codes=codes, caption=view.say("heading.library"), total=total)
    lead = view.say("lead.library", number=labels.mark(total, view.language))
    return section(view, "library", limit="library", lead=lead, grids=(grid,))


def trend(view: View) -> Section:
    """C7: contacts of each school year, each from its own frozen report."""
    every = [view]
    while (older := every[-1].before()) is not None:
        every.append(older)
    texts = [each.text("contacts", period="") for each in reversed(every)]
    names = [labels.years(each.snapshot.school_year) for each in reversed(every)]
    rows = [(name, (text,)) for name, text in zip(names, texts, strict=True)]
    heads = (view.say("dimension.period"), view.say("row.contacts"))
    grid = told(view, caption=view.say("heading.trend"), heads=heads, rows=rows, keep=True)
    if view.earlier:
        grid = replace(grid, note=" ".join(filter(None, (grid.note, compared_with(view)))))
    charts = bar_chart(view, "trend", names=names, series=((view.say("row.contacts"), texts),))
    return section(view, "trend", limit="trend", grids=(grid,), charts=charts)


def terms(view: View) -> Section:
    """C6: autumn and spring by topic group; a change from 10 on only."""
    groups = view.topic_groups(start="Y.")
    pairs = [[view.text("contacts", topic=code, period=term) for code in groups] for term in ("autumn", "spring")]
    names = [view.label("topic", code) for code in groups]
    columns = (view.say("period.autumn"), view.say("period.spring"))
    rows = list(zip(names, *pairs, strict=True))
    autumn, spring = (view.text("contacts", period=term) for term in ("autumn", "spring"))
    rows.insert(0, (view.say("row.contacts"), autumn, spring))
    grid = compared(
        view, caption=view.say("heading.terms"), head=view.say("dimension.topic"), columns=columns, rows=rows
    )
    charts = bar_chart(view, "terms", names=names, series=tuple(zip(columns, pairs, strict=True)))
    return section(view, "terms", limit="topic", grids=(grid,), charts=charts)


def one_dimension(view: View, key: str, dimension: str, *, codes: Sequence[str], limit: str, lead: str = "") -> Section:
    """Return a section on one dimension of the contacts: bars, and a table with shares."""
    total = view.text("contacts") if dimension in OF_ALL else view.base()
    caption = view.say(f"heading.{key}")
    grid = breakdown(view, "contacts", dimension, codes=codes, caption=caption, total=total)
    names = [view.label(dimension, code) for code in codes]
    texts = [view.text("contacts", **{dimension: code}) for code in codes]
    charts = bar_chart(view, key, names=names, series=((view.say("table.count"), texts),))
    return section(view, key, limit=limit, lead=lead, grids=(grid,), charts=charts)


def _classes(view: View, dimension: str) -> list[tuple[str, str | None]]:
    codes = [code for code in view.codes("contacts", dimension) if code != "unknown"]
    return [(code, view.text("contacts", **{dimension: code})) for code in codes]


def _year_before(month: str) -> str:
    return f"{int(month[:4]) - 1}{month[4:]}"

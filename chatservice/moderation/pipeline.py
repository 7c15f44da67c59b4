"""`screen` looks at one text: risk, abuse and personal data. Pure, deterministic, safe for threads; it never raises.

A part that fails leaves the text delivered with level `concern` and the reason `unchecked`, its digits masked.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from chatservice.moderation import abuse, matching, personal, views
from chatservice.moderation.kept import kept
from chatservice.moderation.risk import engine, loader
from chatservice.moderation.risk.model import RuleError, Rules
from chatservice.moderation.verdict import CATEGORIES, Level, Reason, Span, Verdict
from chatservice.moderation.words import Words, words_of

UNCHECKED = "unchecked"
DIGITS = re.compile(r"\d(?:[\d\s().\-/+]{0,3}\d){2,}")


@dataclass(frozen=True, slots=True)
class Term:
    """A phrase that an area added: it raises a text that holds it, unless an idiom covers it."""

    id: str
    phrase: str
    level: Level
    category: str
    examples_match: tuple[str, ...] = ()
    examples_not: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ruleset:
    """The rules of the house with an area's own terms on top."""

    risk: Rules
    terms: tuple[Term, ...] = ()
    matcher: matching.Matcher | None = None

    def with_terms(self, terms: Iterable[Term]) -> "Ruleset":
        """Return these rules with an area's terms instead of any it had.

        :raises RuleError: a term has no word in it, or an unknown category.
        """
        chosen = tuple(terms)
        matcher = matching.Matcher()
        for place, term in enumerate(chosen):
            if not matching.normal(term.phrase).strip("*") or term.category not in CATEGORIES:
                raise RuleError(f"term {term.id}: expected a phrase with a word in it and a known category")
            matcher.add(term.phrase, matching.Entry(place, ""))
        matcher.close()
        return replace(self, terms=chosen, matcher=matcher)


@cache
def default() -> Ruleset:
    """Return the rules of the house, made when first asked for; raises RuleError for a broken file."""
    return Ruleset(kept("risk", make=loader.load))


def screen(text: str, *, language: str = "fi", rules: Ruleset | None = None) -> Verdict:
    """Return the verdict on a text; `language` is the conversation's and only breaks ties."""
    try:
        return _screened(text, language=language, rules=rules or default())
    except Exception:  # noqa: BLE001 - a message is never lost to a fault of a rule: it is shown as unchecked
        return unchecked(text, language=language)


def _screened(text: str, *, language: str, rules: Ruleset) -> Verdict:
    seen = views.of(text)
    words = words_of(seen.joined)
    level, categories, reasons = engine.judge(seen, language=language, rules=rules.risk, words=words)
    if rules.matcher is not None:
        level, categories, reasons = _with_terms(words, rules, found=(level, categories, reasons))
    if seen.cut:
        level, reasons = Level.highest(level, Level.CONCERN), (*reasons, Reason(UNCHECKED))
    label, why = abuse.judge(seen, language=language, level=level, words=words)
    spans = personal.find(text, language=language)
    return Verdict(
        level=level,
        categories=categories,
        spans=spans,
        masked=personal.mask(text, spans, language=language),
        label=label,
        reasons=(*reasons, *why),
        unchecked=seen.cut,
    )


Found = tuple[Level, tuple[str, ...], tuple[Reason, ...]]


def _with_terms(words: Words, rules: Ruleset, *, found: Found) -> Found:
    if rules.matcher is None:
        return found
    level, categories, reasons = found
    for place, first, last, _ in rules.matcher.hits(words.words):
        term = rules.terms[place]
        level = Level.highest(level, term.level)
        categories = tuple(name for name in CATEGORIES if name in {*categories, term.category})
        reasons = (*reasons, Reason(f"area:{term.id}", (words.place(first, last),)))
    return level, categories, reasons


def unchecked(text: str, *, language: str = "") -> Verdict:
    """Return the verdict on a text that could not be looked at."""
    spans = digits(text)
    return Verdict(
        level=Level.CONCERN,
        spans=spans,
        masked=personal.mask(text, spans, language=language),
        reasons=(Reason(UNCHECKED),),
        unchecked=True,
    )


def digits(text: str) -> tuple[Span, ...]:
    """Return every longer run of digits: what is masked where nothing better is known."""
    return tuple(Span(match.start(), match.end(), "digits") for match in DIGITS.finditer(text))

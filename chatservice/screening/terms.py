"""What coordinators add to the rules in their own area: phrases with a level, tried before they hold, audited.

A version is never changed: whatever is done to a term, also undoing it, is a new version. Raises NotCoordinator,
ValidationError (by field, with a code of REASONS), StaleEdit, NoTerm.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from chatservice.accounts.access import require_coordinator
from chatservice.accounts.models import Worker
from chatservice.audit.actions import Action
from chatservice.audit.append import append_now
from chatservice.moderation.matching import normal
from chatservice.moderation.pipeline import Ruleset, Term, default, screen
from chatservice.moderation.verdict import CATEGORIES, LEVELS
from chatservice.places.errors import StaleEdit
from chatservice.places.models import LANGUAGES, Area
from chatservice.screening.errors import NoTerm
from chatservice.screening.models import EXAMPLE_CHARACTERS, AreaTerm

MOST_TERMS: Final = 200
MOST_EXAMPLES: Final = 10
FEWEST_LETTERS: Final = 3
REASONS: Final[Mapping[str, str]] = {
    "no_word": "expected a phrase with a word of at least three letters in it",
    "level": "expected concern, high or immediate",
    "category": "expected a known category",
    "no_example": "expected at least one sentence that the term must find",
    "too_many": "expected fewer examples",
    "too_long": "expected shorter examples",
    "not_found": "expected the term to be found in this sentence",
    "too_low": "expected this sentence to reach the term's level",
    "found": "expected the term not to be found in this sentence",
    "full": "expected fewer terms in an area",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TermDraft:
    """A term as a page sends it; `level` is 1 (concern) to 3 (immediate)."""

    key: str
    phrase: str
    level: int
    category: str
    examples_match: tuple[str, ...]
    examples_not: tuple[str, ...] = ()
    active: bool = True

    @property
    def term(self) -> Term:
        """The same as the pipeline reads it."""
        return Term(self.key, self.phrase, LEVELS[self.level], self.category, self.examples_match, self.examples_not)


def of_area(*, actor: Worker) -> list[AreaTerm]:
    """Return the newest version of each term of the coordinator's area, by key; those taken out of use too."""
    require_coordinator(actor)
    return list(newest(actor.area_id))


def history(*, actor: Worker, key: str) -> list[AreaTerm]:
    """Return every version of a term, the newest first."""
    require_coordinator(actor)
    found = list(AreaTerm.objects.filter(area=actor.area_id, key=key).select_related("by").order_by("-version"))
    if not found:
        raise NoTerm
    return found


def save(*, actor: Worker, draft: TermDraft, version: int) -> AreaTerm:
    """Store a term's next version; `version` is the one the page showed, 0 for a new term."""
    with transaction.atomic():
        return _store(_locked(actor, draft.key, version), draft, actor)


def take_back(*, actor: Worker, key: str, to: int, version: int) -> AreaTerm:
    """Make the content of version `to` the newest again."""
    with transaction.atomic():
        latest = _locked(actor, key, version)
        old = AreaTerm.objects.filter(area=actor.area_id, key=key, version=to).first()
        if old is None:
            raise NoTerm
        return _store(latest, draft_of(old), actor)


def put_out_of_use(*, actor: Worker, key: str, version: int) -> AreaTerm:
    """Let a term hold no more; its versions stay."""
    with transaction.atomic():
        latest = _locked(actor, key, version)
        old = AreaTerm.objects.filter(area=actor.area_id, key=key, version=latest).first()
        if old is None:
            raise NoTerm
        return _store(latest, draft_of(old, active=False), actor)


def with_draft(*, area: int, draft: TermDraft) -> list[Term]:
    """Return the area's terms as they would be with the draft, tried. Raises ValidationError by field."""
    for name, code in _faults(draft):
        raise _refusal(code, field=name)
    others = [each for each in terms_of(newest(area)) if each.id != draft.key]
    if len(others) >= MOST_TERMS:
        raise _refusal("full", field="phrase")
    found = [*others, draft.term]
    problems = _tried(draft, default().with_terms(found))
    if problems:
        raise ValidationError(problems)
    return found


def newest(area: int) -> Iterable[AreaTerm]:
    """Return the newest version of each term of an area."""
    return AreaTerm.objects.filter(area=area).order_by("key", "-version").distinct("key").select_related("by")


def terms_of(rows: Iterable[AreaTerm]) -> list[Term]:
    """Return those that hold, as the pipeline reads them."""
    return [draft_of(row).term for row in rows if row.active]


def draft_of(row: AreaTerm, *, active: bool | None = None) -> TermDraft:
    """Return what a stored version says."""
    return TermDraft(
        key=row.key,
        phrase=row.phrase,
        level=row.level,
        category=row.category,
        examples_match=tuple(row.examples_match),
        examples_not=tuple(row.examples_not),
        active=row.active if active is None else active,
    )


def _locked(actor: Worker, key: str, version: int) -> int:
    """Two coordinators who press at once come one after the other; the second meets the first one's version."""
    require_coordinator(actor)
    Area.objects.select_for_update(no_key=True).get(pk=actor.area_id)
    rows = AreaTerm.objects.filter(area=actor.area_id, key=key).order_by("-version")
    latest = rows.values_list("version", flat=True).first() or 0
    if latest != version:
        raise StaleEdit
    return latest


def _store(latest: int, draft: TermDraft, actor: Worker) -> AreaTerm:
    if draft.active:
        with_draft(area=actor.area_id, draft=draft)
    row = AreaTerm(
        area_id=actor.area_id,
        key=draft.key,
        version=latest + 1,
        phrase=draft.phrase,
        level=draft.level,
        category=draft.category,
        examples_match=list(draft.examples_match),
        examples_not=list(draft.examples_not),
        active=draft.active,
        by=actor,
        at=timezone.now().replace(second=0, microsecond=0),
    )
    row.full_clean()
    row.save(force_insert=True)
    append_now(area=actor.area_id, actor=actor.pk, action=Action.TERMS_CHANGED, object=f"term {row.pk}")
    return row


def _faults(draft: TermDraft) -> Iterator[tuple[str, str]]:
    """Yield field and code of what cannot be tried at all."""
    letters = [word for word in normal(draft.phrase.lstrip("=~")).strip("*").split() if len(word) >= FEWEST_LETTERS]
    if not any(any(sign.isalpha() for sign in word) for word in letters):
        yield "phrase", "no_word"
    if not 1 <= draft.level < len(LEVELS):
        yield "level", "level"
    if draft.category not in CATEGORIES:
        yield "category", "category"
    if not draft.examples_match:
        yield "examples_match", "no_example"
    for name in ("examples_match", "examples_not"):
        examples = getattr(draft, name)
        if len(examples) > MOST_EXAMPLES:
            yield name, "too_many"
        if any(len(each) > EXAMPLE_CHARACTERS for each in examples):
            yield name, "too_long"


def _tried(draft: TermDraft, rules: Ruleset) -> dict[str, list[ValidationError]]:
    """Try each example with the rules as they would be, in every language a talk may have."""
    found: dict[str, list[ValidationError]] = {}
    for example in draft.examples_match:
        if not _hit(draft, example, rules):
            found.setdefault("examples_match", []).append(_error("not_found", example))
        elif any(screen(example, language=one, rules=rules).level.rank < draft.level for one in LANGUAGES):
            found.setdefault("examples_match", []).append(_error("too_low", example))
    for example in draft.examples_not:
        if _hit(draft, example, rules):
            found.setdefault("examples_not", []).append(_error("found", example))
    return found


def _hit(draft: TermDraft, example: str, rules: Ruleset) -> bool:
    name = f"area:{draft.key}"
    verdict = screen(example, rules=rules)
    return any(reason.rule == name and reason.blocker is None for reason in verdict.reasons)


def _error(code: str, example: str = "") -> ValidationError:
    return ValidationError(REASONS[code], code=code, params={"example": example})


def _refusal(code: str, *, field: str) -> ValidationError:
    return ValidationError({field: _error(code)})

"""What a rule's `@name` stands for is written out when the rules are read; what cannot be made is refused by name."""

from pathlib import Path

import pytest

from chatservice.moderation.matching import Entry, Matcher
from chatservice.moderation.risk import loader
from chatservice.moderation.risk.forms import forms
from chatservice.moderation.risk.model import RuleError

HEAD = '[file]\nowner = "lead psychologist"\nsource = "made up"\ndate = "2026-11-22"\nnote = "first"\n'
FINNISH = {"verbs": {"lyödä": "lyödä lyön lyö löin löi lyönyt lyödään lyötiin mäiskii", "kuolla": "kuolla kuolen"}}
SWEDISH = {"sets": {"slå": "slå slår slog_på"}, "phrases": {"slår mig": ["@slå -|ofta mig|mej", "spöar mig"]}}
ENGLISH = {"slots": {"who": "me|my mum|-"}, "irregular": {"hit": "hit"}, "shared": {"words": ["hits"]}}


def test_a_finnish_verb_has_persons_tenses_and_its_extra_forms() -> None:
    made = forms("lyödä", language="fi", lemmas=FINNISH)
    assert {"lyön", "lyödään", "löit", "lyöneet", "löisin", "lyömään", "mäiskii"} <= set(made)


def test_a_swedish_phrase_is_every_row_of_its_slots() -> None:
    made = forms("slår mig", language="sv", lemmas=SWEDISH)
    assert {"slår mig", "slog på ofta mej", "spöar mig"} <= set(made)
    assert len(made) == 13
    assert forms("slå", language="sv", lemmas=SWEDISH) == ["slå", "slår", "slog på"]


def test_an_english_phrase_conjugates_and_fills_its_slots() -> None:
    made = forms("hit+ {who}", language="en", lemmas=ENGLISH)
    assert {"hit me", "hitting my mum", "hits me"} <= set(made)
    # Alone they are short, or words of another language too.
    assert {"~hit", "~hits", "hitting"} <= set(made)


@pytest.mark.parametrize(
    ("language", "lemmas", "name", "told"),
    [
        ("fi", '[verbs]\nkuolla = "kuolla kuolen"\n', "kuolla", r"rule DIE: @kuolla .*expected 8 forms of kuolla"),
        ("fi", '[verbs]\nkuolla = "kuolla kuolen"\n', "elää", r"rule DIE: @elää cannot be made .*'elää'"),
        ("sv", '[sets]\n[phrases]\n"dö nu" = ["@dö nu"]\n', "dö nu", r"rule DIE: @dö nu cannot be made .*'dö'"),
        ("en", "[slots]\n[irregular]\n[shared]\nwords = []\n", "die+ {now}", r"rule DIE: .*'now'"),
        ("fi", "[verbs]\nkuolla = 8\n", "kuolla", r"fi/lemmas\.toml:2: rule kuolla: expected a text"),
        ("fi", "verbs = 8\n", "kuolla", r"fi/lemmas\.toml: expected only tables"),
        ("frames", "", "kuolla", r"only the words of a language may name forms"),
    ],
)
def test_forms_that_cannot_be_made_are_refused(
    tmp_path: Path, language: str, lemmas: str, name: str, told: str
) -> None:
    (tmp_path / language).mkdir()
    (tmp_path / "concepts.toml").write_text('act = ["DIE"]\n')
    (tmp_path / language / "lemmas.toml").write_text(lemmas)
    (tmp_path / language / "suicide.toml").write_text(f'{HEAD}[words]\nDIE = ["@{name}"]\n')
    with pytest.raises(RuleError, match=told):
        loader.load(tmp_path)


def found(text: str, *patterns: str) -> list[tuple[int, int]]:
    matcher = Matcher()
    matcher.add_all(patterns, Entry(0, "fi"))
    matcher.close()
    return [hit[1:3] for hit in matcher.hits(text.split())]


@pytest.mark.parametrize(
    ("patterns", "text", "places"),
    [
        (("en jaksa", "en jaksa enää elää"), "en jaksa enää", [(0, 1)]),
        (("en jaksa", "en jaksa enää elää"), "mä en jaksa enää elää", [(1, 2), (1, 4)]),
        (("jaksa", "en jaksa"), "en jaksa", [(0, 1), (1, 1)]),
        (("en jaks*",), "en jaksanut", [(0, 1)]),
        (("*pilleri",), "unipilleri pillerit", [(0, 0)]),
        (("*murha*",), "itsemurhasta", [(0, 0)]),
        (("pää kipee",), "paa kipee", [(0, 1)]),
        (("=dö",), "do dö", [(1, 1)]),
        (("en en en",), "en en en en", [(0, 2), (1, 3)]),
    ],
)
def test_phrases_and_wildcards_are_found_at_whole_words(
    patterns: tuple[str, ...], text: str, places: list[tuple[int, int]]
) -> None:
    assert found(text, *patterns) == places


def test_the_words_of_a_phrase_are_known_but_mean_nothing_alone() -> None:
    matcher = Matcher()
    matcher.add("ei kiinnosta mikään", Entry(0, "fi"))
    matcher.learn(["koulu"])
    matcher.close()
    assert {"ei", "kiinnosta", "mikään", "koulu"} <= set(matcher.table)
    assert matcher.hits(["kiinnosta", "koulu"]) == []

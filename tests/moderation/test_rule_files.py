"""A broken rule file is refused, by the name of the file, the line where it is known, and the rule."""

import tomllib
from pathlib import Path

import pytest

from chatservice.moderation.pipeline import Term, default, screen
from chatservice.moderation.risk import loader, rows, sources
from chatservice.moderation.risk.model import RuleError
from chatservice.moderation.verdict import Level

HEAD = '[file]\nowner = "lead psychologist"\nsource = "made up"\ndate = "2026-11-22"\nnote = "first"\n'
CONCEPTS = 'act = ["DIE"]\nthing = ["ME"]\n'
ROOM = loader.DATA.parents[1]
FRAME = '[[frame]]\nid = "x.rule"\nlevel = "high"\ncategory = "suicide"\nall = ["DIE"]\n'


def folder(tmp_path: Path, text: str, *, concepts: str = CONCEPTS) -> Path:
    (tmp_path / "fi").mkdir()
    (tmp_path / "concepts.toml").write_text(concepts)
    (tmp_path / "fi" / "suicide.toml").write_text(text)
    return tmp_path


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[file\n", r"fi/suicide\.toml: .*line 1"),
        ("", r"fi/suicide\.toml: \[file\] needs owner"),
        (HEAD + '[words]\nDYE = ["kuolla"]\n', r"fi/suicide\.toml:7: rule DYE: .*concepts\.toml"),
        (HEAD + '[words]\nDIE = "kuolla"\n', r"rule DIE: expected a list of patterns"),
        (HEAD + '[words]\nDIE = ["*"]\n', r"rule DIE: the pattern .* holds no word"),
        (HEAD + '[words]\nDIE = ["@kuolla"]\n', r"rule DIE: @kuolla cannot be made from lemmas"),
        (HEAD + FRAME.replace("high", "huge"), r"fi/suicide\.toml:7: rule x\.rule: expected level"),
        (HEAD + FRAME.replace('["DIE"]', '["DYE"]'), r"rule x\.rule: unknown concept 'DYE'"),
        (HEAD + FRAME + 'withn = "clause"\n', r"rule x\.rule: unknown key withn"),
        (HEAD + FRAME + 'within = "page"\n', r"rule x\.rule: expected `all`"),
        (HEAD + FRAME + FRAME, r"rule x\.rule: this id is used twice"),
        (HEAD + "[wrods]\n", r"rule wrods: expected only"),
        (HEAD + '[[example]]\ntext = "moi"\nlevel = "low"\n', r"an example needs a text and a level"),
    ],
)
def test_a_broken_file_is_refused(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(RuleError, match=told):
        loader.load(folder(tmp_path, text))


def test_a_concept_of_an_unknown_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match=r"concepts\.toml:1: rule verb: expected a kind"):
        loader.load(folder(tmp_path, HEAD, concepts='verb = ["DIE"]\n'))


def test_a_whole_file_is_read(tmp_path: Path) -> None:
    rules = loader.load(folder(tmp_path, HEAD + '[words]\nDIE = ["kuol*"]\n' + FRAME))
    assert [frame.id for frame in rules.frames] == ["x.rule"]


@pytest.mark.parametrize(
    "text",
    [
        '[words]\nDIE = ["kuolla", "en \\"jaksa\\" \\u00e4"]\nME = [\n  "minä",\n  "mä",\n]\n',
        '[words]\nDIE = [\n  "kuolla",  # said plainly\n]\nME = ["mä"] # me\nUS = [\'me\']\n',
        '[words]\nDIE = 0\nME = ["mä"]\n',
        '[other]\nDIE = ["kuolla"]\n[words]\nME = ["mä"]\n',
        'words = 0\nDIE = ["kuolla"]\n',
        'note = """\nDIE = ["kuolla"]\n"""\n',
        '[words]\n"ta livet" = ["a]b", "c,",]\n[[frame]]\nnear = 4\nstate = true\n[[frame]]\nid = "x"',
        '[[frame]]\nid = "x"\n[frame.more]\nid = "y"\n',
        "near = +4\nfar = 1_000\nday = 2026-11-22\n",
    ],
)
def test_lists_of_words_are_read_as_toml_reads_them(text: str) -> None:
    assert sources.parsed(text) == tomllib.loads(text)


@pytest.mark.parametrize(
    "text",
    [
        "A = 1\nA = 2\n",
        "[a]\n[a]\n",
        "[a]\n[[a]]\n",
        "a = []\n[[a]]\n",
        "A = [,]\n",
        'A = "\t\x7f"\n',
        "A = 01\n",
        "[a] b\n",
    ],
)
def test_what_is_no_toml_is_refused(text: str) -> None:
    with pytest.raises(tomllib.TOMLDecodeError):
        sources.parsed(text)


def test_every_rule_file_is_read_as_toml_reads_it_and_most_at_once() -> None:
    texts = [path.read_text("utf-8") for part in ("risk", "abuse") for path in (ROOM / part / "data").rglob("*.toml")]
    assert [text for text in texts if sources.parsed(text) != tomllib.loads(text)] == []
    assert sum(rows.read(text) is not None for text in texts) > 0.9 * len(texts)


def test_a_fault_behind_a_list_of_words_keeps_its_line(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match=r"fi/suicide\.toml: .*line 10"):
        loader.load(folder(tmp_path, HEAD + '[words]\nDIE = [\n  "kuolla",\n]\nME = [mä]\n'))


def test_an_area_adds_its_own_terms() -> None:
    term = Term("bridge", "mustasilta*", Level.HIGH, "suicide")
    rules = default().with_terms([term])
    assert screen("nähdään mustasillalla").level is Level.NONE
    verdict = screen(
        "nähdään mustasillalla", rules=default().with_terms([Term("b", "mustasil*", Level.HIGH, "suicide")])
    )
    assert verdict.level is Level.HIGH
    assert verdict.reasons[-1].rule == "area:b"
    assert screen("nähdään mustasilta", rules=rules).categories == ("suicide",)


@pytest.mark.parametrize(("phrase", "category"), [("*", "suicide"), ("", "suicide"), ("silta", "weather")])
def test_a_term_without_a_word_or_category_is_refused(phrase: str, category: str) -> None:
    with pytest.raises(RuleError, match="expected a phrase with a word"):
        default().with_terms([Term("t", phrase, Level.HIGH, category)])

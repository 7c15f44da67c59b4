"""What must stand nowhere: HTML from strings, code from strings, close codes that a server refuses, machines' names."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.architecture.sources import ROOT, files, name_of, product, tree

# E11: text goes into a page as text.
IN_SCRIPTS = (
    r"innerHTML|outerHTML|insertAdjacentHTML|createContextualFragment|document\.write|\beval\(|new Function|srcdoc"
)
IN_PYTHON = r"mark_safe|SafeString|\beval\(|\bexec\(|csrf_exempt"
# Rules that were read once lie beside the code, and are trusted as it is.
BESIDE_THE_CODE = ("chatservice/moderation/kept.py:", "chatservice/moderation/keep.py:")
IN_TEMPLATES = r"\|\s*safe\b|autoescape off|\son\w+=|javascript:|<style|\sstyle="
STORAGE = r"localStorage|indexedDB|serviceWorker|document\.cookie"
# M4: other codes become 1011 inside Daphne.
ALLOWED_CLOSE = {1000, *range(3000, 5000)}


def found(pattern: str, *suffixes: str) -> list[str]:
    """Return the places in the product where a pattern stands in code, comments left out."""
    wrong = re.compile(pattern)
    return [
        f"{name_of(path)}:{number}: {line.strip()}"
        for path in product(*suffixes)
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if wrong.search(line) and not line.lstrip().startswith(("#", "//", "*", "/*"))
    ]


def test_only_rules_beside_the_code_are_read_as_they_lie() -> None:
    places = found("pickle", ".py")
    assert places
    assert [place for place in places if not place.startswith(BESIDE_THE_CODE)] == []


@pytest.mark.parametrize(
    ("pattern", "suffixes"),
    [
        (IN_SCRIPTS, (".js", ".html")),
        (STORAGE, (".js", ".html")),
        (IN_PYTHON, (".py",)),
        (IN_TEMPLATES, (".html",)),
        (r"^\s*print\(|sys\.settrace|breakpoint\(", (".py",)),
        (r"console\.(log|debug|info|warn|error)\(|\bdebugger\b", (".js",)),
    ],
)
def test_nothing_of_the_kind_is_in_the_product(pattern: str, suffixes: tuple[str, ...]) -> None:
    assert found(pattern, *suffixes) == []


def close_codes() -> Iterator[tuple[str, int]]:
    """Yield each number that is used as a close code: CLOSE_… constants, close(…) calls, `code=` and {"code": …}."""
    for path in product(".py"):
        for node in ast.walk(tree(path)):
            for value in code_values(node):
                if isinstance(value, ast.Constant) and isinstance(value.value, int):
                    yield f"{name_of(path)}:{value.lineno}", value.value


def code_values(node: ast.AST) -> list[ast.expr | None]:
    """Return the expressions of one syntax node that stand where a close code stands."""
    match node:
        case ast.Assign(targets=[ast.Name(id=name)], value=value) if name.startswith("CLOSE_"):
            return [value]
        case ast.Call(func=ast.Attribute(attr="close"), args=arguments, keywords=keywords):
            return [*arguments, *(each.value for each in keywords if each.arg == "code")]
        case ast.Dict(keys=keys, values=values):
            pairs = zip(keys, values, strict=True)
            return [value for key, value in pairs if isinstance(key, ast.Constant) and key.value == "code"]
    return []


def test_every_close_code_is_one_that_reaches_the_browser() -> None:
    codes = list(close_codes())
    assert codes, "no close code was found: the test looks in the wrong place"
    assert [place for place, code in codes if code not in ALLOWED_CLOSE] == []


def test_scripts_close_with_allowed_codes_only() -> None:
    wrong = [
        f"{name_of(path)}: {code}"
        for path in product(".js")
        for code in re.findall(r"\.close\((\d+)", path.read_text())
        if int(code) not in ALLOWED_CLOSE
    ]
    assert not wrong


def test_no_file_names_a_developers_machine() -> None:
    machine = re.compile(r"(?<![\w./])/(?:root|work|home/\w+)/")
    wrong = [
        name_of(path)
        for path in files()
        if path.suffix not in {".png", ".ico", ".webp"} and machine.search(path.read_text(errors="replace"))
    ]
    assert wrong == []


def test_the_top_of_the_repository_is_the_house() -> None:
    folders = {path.relative_to(ROOT).parts[0] for path in files() if len(path.relative_to(ROOT).parts) > 1}
    assert folders <= {".ci", "chatservice", "console", "docs", "moderation", "tests", "widget"}

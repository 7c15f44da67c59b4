"""Small is normal: the yardsticks of the house for files, functions and parameters."""

import ast
from collections.abc import Iterator

from tests.architecture.sources import files, name_of, product, tree

LONGEST_FILE, LONGEST_FUNCTION, MOST_PARAMETERS = 400, 60, 6

Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions() -> Iterator[tuple[str, Function]]:
    """Yield every function of the product with its place."""
    for path in product(".py"):
        for node in ast.walk(tree(path)):
            if isinstance(node, Function):
                yield f"{name_of(path)}:{node.lineno} {node.name}", node


def parameters(function: Function) -> int:
    """Count a function's parameters without self and cls."""
    found = function.args
    every = [*found.posonlyargs, *found.args, *found.kwonlyargs, *filter(None, (found.vararg, found.kwarg))]
    return len([each for each in every if each.arg not in {"self", "cls"}])


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    long = [
        name_of(path) for path in product(".py", ".js", ".html") if len(path.read_text().splitlines()) > LONGEST_FILE
    ]
    tests = [path for path in files() if path.suffix == ".py" and name_of(path).startswith("tests/")]
    long += [name_of(path) for path in tests if len(path.read_text().splitlines()) > LONGEST_FILE]
    assert not long


def test_no_function_is_longer_than_a_screen() -> None:
    long = [place for place, node in functions() if (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION]
    assert not long


def test_no_function_takes_more_than_six_parameters() -> None:
    wide = [place for place, node in functions() if parameters(node) > MOST_PARAMETERS]
    assert not wide


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        name_of(path) for path in product(".py") if path.read_text().strip() and not ast.get_docstring(tree(path))
    ]
    assert not silent

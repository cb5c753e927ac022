"""The size caps of the house: small files, small classes, small functions."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sources import ROOT, nodes, sources

GENERATED = ROOT / "asn_desk" / "database" / "migrations" / "versions"
FILE_CAP, CLASS_CAP, FUNCTION_CAP = 500, 250, 60
TYPICAL_CAP, TYPICAL_SHARE = 30, 0.9


def written_by_hand() -> list[Path]:
    return [path for path in sources() if not path.is_relative_to(GENERATED)]


def definitions(*kinds: type[ast.AST]) -> Iterator[tuple[str, int]]:
    """Yield (place, lines) of every function or class outside the generated migrations."""
    for path in written_by_hand():
        for node in nodes(path):
            if isinstance(node, kinds):
                assert isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))
                yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", (node.end_lineno or 0) - node.lineno + 1


FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def test_no_file_is_longer_than_500_lines() -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in written_by_hand()
    }
    assert {name: lines for name, lines in lengths.items() if lines > FILE_CAP} == {}


@pytest.mark.parametrize(
    ("kinds", "cap"), [(FUNCTIONS, FUNCTION_CAP), ((ast.ClassDef,), CLASS_CAP)], ids=["functions", "classes"]
)
def test_no_definition_is_longer_than_its_cap(kinds: tuple[type[ast.AST], ...], cap: int) -> None:
    assert {place: lines for place, lines in definitions(*kinds) if lines > cap} == {}


def test_nine_in_ten_functions_are_shorter_than_30_lines() -> None:
    lengths = [lines for _place, lines in definitions(*FUNCTIONS)]
    assert sum(lines < TYPICAL_CAP for lines in lengths) >= TYPICAL_SHARE * len(lengths)

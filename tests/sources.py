"""Our own source files, each read and parsed once for all tests that look at them."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_FOLDERS = ("asn_desk", "ui", "bench", "packaging")


@cache
def sources() -> tuple[Path, ...]:
    """Return every module that is ours and no test."""
    found = [path for folder in _FOLDERS for path in (ROOT / folder).rglob("*.py")]
    return (*sorted(found), ROOT / "dev.py")


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """Return everything that stands in a module."""
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))

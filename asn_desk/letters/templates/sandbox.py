"""Where a template's tags run: no way into the program, and bounds on rounds, text and output, so that none runs for ever.

Templates are files that anybody may send; the bounds are far above what a letter needs. Importing this loads Jinja.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Sized
from itertools import islice
from numbers import Number
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateRuntimeError, nodes
from jinja2.filters import FILTERS
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment
from jinja2.utils import pass_context
from jinja2.visitor import NodeTransformer

from asn_desk.letters.templates import filters

MAX_TEXT, MAX_ITEMS, MAX_RANGE, MAX_DIGITS = 200_000, 20_000, 1_000, 10
"""Characters of one value, items of one list, numbers in a range, and digits behind the point."""
MAX_ROUNDS, MAX_OUTPUT = 20_000, 48 * 1024 * 1024
"""Rounds of all loops of a part together, and characters of the finished part."""
_CHUNK = 10_000
_BUDGET, _COUNTED, _JOINED = "_putaran", "_dihitung", "_disambung"


class TooMuch(TemplateRuntimeError):
    """A template asks for more than any letter needs; the message is a sentence."""

    def __init__(self) -> None:
        super().__init__(
            "menghasilkan terlalu banyak isi untuk sebuah surat. Periksa perulangan dan hitungan di dalamnya."
        )


class Missing(StrictUndefined):
    """A field that the data do not have; its message is its bare name."""

    @property
    def _undefined_message(self) -> str:
        return str(self._undefined_name)


class LetterEnvironment(SandboxedEnvironment):
    """Jinja's sandbox with our filters and the bounds of this module."""

    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def __init__(self) -> None:
        super().__init__(undefined=Missing, autoescape=True, finalize=filters.written)
        self.filters = {**_borrowed(), **filters.OURS, _COUNTED: _counted, _JOINED: _joined}
        self.globals = {"range": _range}

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Calculate with numbers; of texts and lists only `+`, up to their bounds."""
        numeric = isinstance(left, Number) and isinstance(right, Number)
        if operator == "**" or (operator != "+" and not numeric):
            raise TooMuch
        if isinstance(left, Sized) and isinstance(right, Sized):
            _check(len(left) + len(right), MAX_TEXT if isinstance(left, str) else MAX_ITEMS)
        return super().call_binop(context, operator, left, right)

    @property
    def filter_names(self) -> list[str]:
        """Return the filters a clerk may write."""
        return [name for name in self.filters if not name.startswith("_")]


class _Bounds(NodeTransformer):
    """Puts the counting of rounds around every loop, and joins texts with `~` through a bound."""

    def visit_For(self, node: nodes.For) -> nodes.For:  # noqa: N802 - Jinja's visitor finds it by this name
        self.generic_visit(node)
        node.iter = nodes.Filter(node.iter, _COUNTED, [], [], None, None, lineno=node.lineno)
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Filter:  # noqa: N802 - as above
        self.generic_visit(node)
        parts = nodes.List(node.nodes, lineno=node.lineno)
        return nodes.Filter(parts, _JOINED, [], [], None, None, lineno=node.lineno)


@functools.lru_cache(maxsize=1)
def environment() -> LetterEnvironment:
    """Return the one environment of all templates."""
    return LetterEnvironment()


def bounded(tree: nodes.Template) -> nodes.Template:
    """Return a template's tree with the bounds built in."""
    changed: nodes.Template = _Bounds().visit(tree)
    changed.set_environment(environment())
    return changed


def render(template: Template, context: dict[str, Any]) -> str:
    """Return the filled text. Raises TooMuch beyond the bounds, and what Jinja raises."""
    pieces: list[str] = []
    size = 0
    stream = template.generate({**context, _BUDGET: [MAX_ROUNDS]})
    while chunk := list(islice(stream, _CHUNK)):
        size += sum(map(len, chunk))
        _check(size, MAX_OUTPUT)
        pieces += chunk
    return "".join(pieces)


def _check(size: int, most: int) -> None:
    if size > most:
        raise TooMuch


def _range(*bounds: int) -> range:
    found = range(*bounds)
    _check(len(found[: MAX_RANGE + 1]), MAX_RANGE)
    return found


@pass_context
def _counted(context: Context, items: Any) -> Any:
    """Return the items of a loop after taking its rounds from the budget; what is no list becomes one."""
    budget: list[int] = context[_BUDGET]
    whole = items if isinstance(items, Sized) else list(islice(items, MAX_ROUNDS + 1))
    budget[0] -= len(whole)
    _check(-budget[0], 0)
    return whole


def _joined(parts: Iterable[Any]) -> str:
    text = "".join(map(str, parts))
    _check(len(text), MAX_TEXT)
    return text


def _replace(value: Any, old: str, new: str, count: int | None = None) -> str:
    text = str(value)
    _check(len(text) + text.count(old) * len(new), MAX_TEXT)
    return text.replace(old, new, -1 if count is None else count)


def _batch(value: Iterable[Any], size: int, fill: Any = None) -> Iterator[list[Any]]:
    _check(int(size), MAX_RANGE)
    items = iter(value)
    while row := list(islice(items, int(size))):
        yield row + ([fill] * (int(size) - len(row)) if fill is not None else [])


def _round(value: float, digits: int = 0) -> float:
    _check(abs(int(digits)), MAX_DIGITS)
    return round(value, digits)


def _bounded_filter(function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    def checked(*values: Any, **named: Any) -> Any:
        result = function(*values, **named)
        if isinstance(result, str):
            _check(len(result), MAX_TEXT)
        return result

    return checked


def _borrowed() -> dict[str, Callable[..., Any]]:
    ours: dict[str, Callable[..., Any]] = {"replace": _replace, "batch": _batch, "round": _round}
    return {name: ours.get(name) or _bounded_filter(FILTERS[name]) for name in filters.BORROWED}

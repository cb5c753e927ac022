"""What the tags of a template ask for: fields, filters, and things no template may have. Importing this loads Jinja."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from jinja2 import TemplateSyntaxError, nodes

from asn_desk.letters.templates.sandbox import MAX_RANGE, environment
from asn_desk.letters.templates.tags import STRUCTURAL

MAX_DEPTH = 100
"""Levels of a tree: what nests deeper would pass the bounds of Python's own compiler."""
_CALLS = ("loop.cycle", "loop.changed")
_OPTIONAL = ("default", "d")
_UNKNOWN_FILTER = re.compile(r"No (filter|test) named '(\w+)'")


def tree_of(source: str) -> nodes.Template:
    """Return the tree of Jinja source. Raises TemplateSyntaxError, also for what is nested too deeply to be read."""
    try:
        tree = environment().parse(source)
    except RecursionError as error:
        raise TemplateSyntaxError("nested too deeply", 1) from error
    level: list[nodes.Node] = [tree]
    for _depth in range(MAX_DEPTH):
        level = [inner for node in level for inner in node.iter_child_nodes()]
        if not level:
            return tree
    raise TemplateSyntaxError("nested too deeply", level[0].lineno)


def tag_tree(source: str) -> nodes.Template | None:
    """Return the tree of one tag as written, completed where it stands for half a block; None for `else` and ends.

    Raises TemplateSyntaxError.
    """
    structural = STRUCTURAL.match(source)
    if structural:
        source = source[:2] + source[structural.end(1) :]
    word = (source[2:-2].strip("-+ ").split() or [""])[0]
    if not source.startswith("{%"):
        return tree_of(source)
    if word == "for":
        return tree_of(f"{source}{{% endfor %}}")
    if word == "if":
        return tree_of(f"{source}{{% endif %}}")
    if word == "elif":
        return tree_of(f"{{% if 1 %}}{source}{{% endif %}}")
    if word == "set":
        return tree_of(source if "=" in source else f"{source}{{% endset %}}")
    return None


def syntax_sentence(source: str, message: str) -> tuple[str, str]:
    """Return code and sentence for a tag that Jinja refuses."""
    unknown = _UNKNOWN_FILTER.match(message)
    if unknown:
        return "unknown_filter", filter_sentence(source, unknown.group(2))
    return "broken_tag", f"Tanda {source} tidak dapat dibaca. Periksa ejaan, kurung dan tanda kutip di dalamnya."


def filter_sentence(source: str, name: str) -> str:
    """Return the sentence for a filter nobody knows, with the nearest one."""
    near = get_close_matches(name, environment().filter_names, 1)
    hint = f" Mungkin maksudnya {near[0]}." if near else ""
    return f"Pengubah “{name}” pada {source} tidak dikenal.{hint}"


def unknown_filters(tree: nodes.Template) -> list[str]:
    """Return the names of filters and tests that do not exist, each once."""
    env = environment()
    known = {nodes.Filter: env.filters, nodes.Test: env.tests}
    found = tree.find_all((nodes.Filter, nodes.Test))
    return list(dict.fromkeys(node.name for node in found if node.name not in known[type(node)]))


def forbidden(tree: nodes.Template) -> Iterator[tuple[int, str]]:
    """Yield line and end of sentence for everything a template may not ask for."""
    for node in tree.find_all((nodes.Getattr, nodes.Getitem, nodes.Call, nodes.Pow)):
        reason = _reason(node)
        if reason:
            yield node.lineno, reason


def _reason(node: nodes.Node) -> str:
    if isinstance(node, nodes.Pow):
        return "memakai pangkat (**), yang tidak boleh dalam surat."
    if isinstance(node, nodes.Call):
        return _call_reason(node)
    name = node.attr if isinstance(node, nodes.Getattr) else _constant(getattr(node, "arg", None))
    if isinstance(name, str) and name.startswith("_"):
        return f"meminta bagian dalam program ({name}), yang tidak boleh dalam surat."
    return ""


def _call_reason(node: nodes.Call) -> str:
    called = dotted(node.node)
    if called == "range":
        values = [_constant(argument) for argument in node.args]
        if any(isinstance(value, int | float) and abs(value) > MAX_RANGE for value in values):
            return f"mengulang lebih dari {MAX_RANGE} kali, terlalu banyak untuk sebuah surat."
        return ""
    if called in _CALLS:
        return ""
    return f"memanggil {called or 'perintah'}(), yang tidak boleh dalam surat. Pakai pengubah, misalnya |tanggal."


def _constant(node: nodes.Node | None) -> object:
    if isinstance(node, nodes.Neg):
        value = _constant(node.node)
        return -value if isinstance(value, int | float) else None
    return node.value if isinstance(node, nodes.Const) else None


def fields_of(tree: nodes.Template) -> list[str]:
    """Return the dotted names a tree reads, in order and each once; those with a default or a test for being there left out."""
    inner = {id(node.node) for node in tree.find_all(nodes.Getattr)}
    spared = {id(node.node) for node in tree.find_all(nodes.Filter) if node.name in _OPTIONAL}
    spared |= {id(node.node) for node in tree.find_all(nodes.Test) if node.name in ("defined", "undefined")}
    read = (
        node
        for node in tree.find_all((nodes.Getattr, nodes.Name))
        if id(node) not in inner | spared and not (isinstance(node, nodes.Name) and node.ctx != "load")
    )
    return list(dict.fromkeys(name for name in map(dotted, read) if name))


def stored(tree: nodes.Template) -> set[str]:
    """Return the names a tree gives values to: loop variables and `set`."""
    return {node.name for node in tree.find_all(nodes.Name) if node.ctx == "store"}


def dotted(node: nodes.Node | None) -> str | None:
    """Return `a.b` for a name or an attribute of one; None for anything else."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        above = dotted(node.node)
        return f"{above}.{node.attr}" if above else None
    return None

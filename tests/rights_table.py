"""Which role may call what: found in the code itself, decided in data/rights.toml, told in docs/hak-akses.md.

`python -m tests.rights_table` writes the page anew.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from asn_desk.accounts.terms import (
    ACT_RIGHTS,
    ACT_WORDS,
    ACTION_WORDS,
    RIGHTS,
    ROLE_NOTES,
    ROLE_WORDS,
    Act,
    Action,
    Role,
)
from asn_desk.desk import Desk

ROOT = Path(__file__).resolve().parents[1]
TABLE = Path(__file__).parent / "data" / "rights.toml"
PAGE = ROOT / "docs" / "hak-akses.md"
FEATURES = {
    "accounts": "Akun dan jejak perubahan",
    "office": "Kantor",
    "regulations": "Aturan dan kalender",
    "employees": "Pegawai",
    "letters": "Surat",
    "circulars": "Edaran dan pindaian",
    "candidacy": "Pencalonan",
    "database": "Basis data",
}
DESK, CLI = "desk", "cli"
SIGNED_IN = "SIGNED_IN"
_UNITS = ("Session", "Desk", "Office", "Units")  # what a function that works on the office's data is given first
_DESK_NAME = re.compile(r"(^|[._])desk(_info)?(\(\))?$")


@dataclass(frozen=True)
class Line:
    """One line of the table. `needs`: every set must be met by one right; None: no right is asked.

    `masked`: the right without which names are left out. `kind`: "needs", "open" (everybody, with the reason) or "inner" (called by
    functions that ask themselves, with the reason; never by the window or the command line).
    """

    name: str
    kind: str
    needs: tuple[frozenset[Action], ...] | None = None
    signed_in: bool = False
    masked: Action | None = None
    why: str = ""

    def allows(self, rights: frozenset[str]) -> bool:
        """Return whether who has these rights gets an answer."""
        return (bool(rights) or not self.signed_in) and all(rights & way for way in self.needs or ())

    def words(self) -> str:
        """Return in Indonesian what is needed."""
        if self.signed_in:
            return "sudah masuk"
        if not self.needs:
            return "tanpa hak khusus"
        return " dan ".join(_either(way) for way in self.needs)


def _either(way: frozenset[Action]) -> str:
    return " atau ".join(ACTION_WORDS[action] for action in Action if action in way)


@cache
def table() -> Mapping[str, Line]:
    """Return every line by the function's name, `employees.queries.counts`; of the Desk `desk.backup`, of a verb `cli.users list`."""
    sections = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return {line.name: line for section, lines in sections.items() for line in _lines(section, lines)}


def _lines(section: str, lines: Mapping[str, Any]) -> Iterator[Line]:
    for key, value in lines.items():
        if key == "inner":
            for name in value["functions"]:
                yield Line(f"{section}.{name}", "inner", why=value["why"])
        else:
            yield _line(f"{section}.{key}", {"needs": value} if isinstance(value, str) else value)


def _line(name: str, value: Mapping[str, str]) -> Line:
    why = value.get("open", value.get("why", ""))
    masked = Action[value["masked"]] if "masked" in value else None
    if "open" in value:
        return Line(name, "open", why=why, masked=masked)
    needs = value.get("needs", "")
    if needs == SIGNED_IN:
        return Line(name, "needs", signed_in=True, why=why, masked=masked)
    ways = [frozenset(Action[word.strip()] for word in way.split("|")) for way in needs.split("&")] if needs else None
    return Line(name, "needs", tuple(ways) if ways else None, masked=masked, why=why)


@cache
def discovered() -> Mapping[str, Callable[..., Any]]:
    """Return every public function that is given a unit of work or a desk first, by name; also methods and classes made with one."""
    found: dict[str, Callable[..., Any]] = {}
    for module in _modules():
        place = module.__name__.removeprefix("asn_desk.")
        for name, value in vars(module).items():
            if name.startswith("_") or getattr(value, "__module__", "") != module.__name__:
                continue
            if inspect.isfunction(value) and _works_on_data(value, 0):
                found[f"{place}.{name}"] = value
            elif inspect.isclass(value):
                found |= {
                    f"{place}.{name}.{key}": method for key, method in _methods(value) if _works_on_data(method, 1)
                }
    return found | {f"{DESK}.{key}": method for key, method in _methods(Desk) if key != "__init__"}


def _modules() -> Iterator[Any]:
    for feature in FEATURES:
        package = importlib.import_module(f"asn_desk.{feature}")
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not found.ispkg and ".migrations." not in found.name:
                yield importlib.import_module(found.name)


def _methods(owner: type) -> list[tuple[str, Callable[..., Any]]]:
    members = inspect.getmembers(owner, inspect.isfunction)
    return [(key, method) for key, method in members if key == "__init__" or not key.startswith("_")]


def _works_on_data(function: Callable[..., Any], place: int) -> bool:
    parameters = list(inspect.signature(function).parameters.values())[place:]
    if not parameters:
        return False
    first = parameters[0]
    return first.name in ("session", "desk") or str(first.annotation).split(".")[-1] in _UNITS


@cache
def entries() -> Mapping[str, frozenset[str]]:
    """Return what the window and the command line name in their code, with the files that do."""
    found: dict[str, set[str]] = {}
    for file in (*(ROOT / "ui").rglob("*.py"), *(ROOT / "asn_desk" / "cli").rglob("*.py")):
        for name in _named(ast.parse(file.read_text(encoding="utf-8"))):
            found.setdefault(name, set()).add(file.relative_to(ROOT).as_posix())
    return {name: frozenset(files) for name, files in found.items()}


def _named(tree: ast.Module) -> Iterator[str]:
    imported: dict[str, set[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("asn_desk"):
            for alias in node.names:
                imported.setdefault(alias.asname or alias.name, set()).add(f"{node.module}.{alias.name}")
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield from (true_name(full) for full in imported.get(node.id, ()))
        elif isinstance(node, ast.Attribute):
            value = ast.unparse(node.value)
            yield from (true_name(f"{full}.{node.attr}") for full in imported.get(value, ()))
            if _DESK_NAME.search(value):
                yield f"{DESK}.{node.attr}"


@cache
def true_name(full: str) -> str:
    """Return where a function was written, whichever module hands it on: `asn_desk.circulars.service.close` is of publishing."""
    module, _, name = full.rpartition(".")
    try:
        value = getattr(importlib.import_module(module), name, None)
    except ImportError:
        return full
    return f"{value.__module__}.{value.__qualname__}".removeprefix("asn_desk.") if inspect.isfunction(value) else full


def page() -> str:
    """Return the page for administrators."""
    return "\n".join([*_roles(), *_verbs(), *_functions()]) + "\n"


def _roles() -> Iterator[str]:
    yield "# Hak akses"
    yield ""
    yield "Halaman ini dibuat dari tabel yang diperiksa pada setiap pengujian program: setiap fungsi yang membaca atau mengubah"
    yield "data kantor dipanggil dengan hak setiap peran, dan yang tidak berhak harus ditolak sebelum apa pun dikerjakan."
    yield "Kantor yang tidak memakai akun tidak membatasi apa pun; setiap perubahan tetap tercatat dengan nama."
    yield ""
    yield "## Peran"
    yield ""
    yield from (f"- **{ROLE_WORDS[role]}**: {ROLE_NOTES[role]}" for role in Role)
    yield ""
    yield "Administrator dapat menambahkan hak satu per satu kepada seorang pengguna di Pengaturan, Pengguna."
    yield ""
    yield "## Hak tiap peran"
    yield ""
    yield from _head("Hak")
    for action in Action:
        yield _row(ACTION_WORDS[action], [action in RIGHTS[role] for role in Role])
    yield ""
    yield "## Tindakan dua orang"
    yield ""
    yield "Tindakan ini dilakukan seorang yang berhak, sesudah orang kedua dengan hak yang sama menyetujuinya di Pengaturan, Pengguna,"
    yield "Persetujuan. Bila hanya satu orang yang berhak, tindakan itu berjalan dan tercatat sebagai dilakukan satu orang."
    yield ""
    yield from (f"- {ACT_WORDS[act]}: hak {ACTION_WORDS[ACT_RIGHTS[act]]}" for act in Act)
    yield ""


def _head(*titles: str) -> Iterator[str]:
    columns = (*titles, *(ROLE_WORDS[role] for role in Role))
    yield f"| {' | '.join(columns)} |"
    yield f"|{' --- |' * len(titles)}{' :-: |' * len(Role)}"


def _row(*cells: Any) -> str:
    *texts, marks = cells
    return f"| {' | '.join([*texts, *('ya' if mark else '–' for mark in marks)])} |"


def _verbs() -> Iterator[str]:
    yield "## Perintah pada baris perintah"
    yield ""
    yield "Kantor yang memakai akun menambahkan `--as NAMA`. Yang tidak berhak mendapat kalimat penolakan dan kode keluar 1."
    yield ""
    yield from _lines_of(CLI, "Perintah")


def _functions() -> Iterator[str]:
    yield "## Fungsi program"
    yield ""
    yield "Yang ditandai *disamarkan* menjawab tanpa nama kepada yang tidak memegang hak itu. Pengguna yang belum masuk hanya"
    yield "memperoleh yang tidak memerlukan hak dan tidak disamarkan: nama kantor, daftar nama untuk masuk, dan peraturan."
    yield ""
    for section, title in {DESK: "Data kantor secara keseluruhan", **FEATURES}.items():
        yield f"### {title}"
        yield ""
        yield from _lines_of(section, "Fungsi")


def _lines_of(section: str, title: str) -> Iterator[str]:
    shown = [line for line in table().values() if line.name.startswith(f"{section}.") and line.kind != "inner"]
    yield from _head(title, "Hak yang diperlukan")
    for line in sorted(shown, key=lambda line: line.name):
        hidden = f"; disamarkan tanpa hak {ACTION_WORDS[line.masked]}" if line.masked else ""
        name = line.name.removeprefix(f"{section}.")
        yield _row(f"`{name}`", line.words() + hidden, [line.allows(frozenset(RIGHTS[role])) for role in Role])
    yield ""


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")

"""The house's standing rules: who may import whom, what may not lie about, what the lock and the notices must hold."""

from __future__ import annotations

import ast
import importlib.util
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import grimp
import pytest

from tests.sources import ROOT, nodes, sources

LINT = "from importlinter.cli import lint_imports_command as run; run()"
SCHEME = ":" + "//"
REGISTRIES = re.compile(
    "|".join(("py" + r"pi\.", "python" + "hosted", "npm" + r"js", "/sim" + "ple/", "anaconda" + r"\.org"))
)


def lint(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", LINT, "--no-logo", "--no-cache", *arguments]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


def found_in_sources(pattern: str) -> list[str]:
    """Return the places where a pattern stands in our code."""
    wanted = re.compile(pattern)
    return [
        f"{path.relative_to(ROOT)}:{number} {line.strip()}"
        for path in sources()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if wanted.search(line)
    ]


# --- who may import whom ---


def test_every_import_contract_holds() -> None:
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


RECURSIVE = "asn_desk.letters.pdf.placing."
"""Here data are recursive: a block may be a table, its cells hold blocks; a slab draws on a sheet, a sheet keeps slabs."""


def test_modules_import_each_other_in_no_circle() -> None:
    graph = grimp.build_graph("asn_desk", "ui", cache_dir=None)
    left = {name: graph.find_modules_directly_imported_by(name) for name in graph.modules}
    while done := {name for name, needs in left.items() if not needs & left.keys()}:
        left = {name: needs for name, needs in left.items() if name not in done}
    while unused := left.keys() - {name for needs in left.values() for name in needs}:
        left = {name: needs for name, needs in left.items() if name not in unused}
    assert {name for name in left if not name.startswith(RECURSIVE)} == set()


@pytest.fixture(scope="module")
def copy_of_the_tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our packages and the contracts, in a place where a test may break them."""
    root = tmp_path_factory.mktemp("tree")
    for folder in ("asn_desk", "ui"):
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__", "*.svg"))
    shutil.copy(ROOT / "pyproject.toml", root)
    return root


@pytest.fixture
def planted(copy_of_the_tree: Path) -> Iterator[Path]:
    """The copy, without what the test planted in it afterwards."""
    before = set(copy_of_the_tree.rglob("*"))
    yield copy_of_the_tree
    for path in sorted(set(copy_of_the_tree.rglob("*")) - before, reverse=True):
        if path.is_file():
            path.unlink()
        else:
            path.rmdir()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("contract", "module", "forbidden"),
    [
        ("core-layers", "asn_desk/database/planted.py", "import asn_desk.desk"),
        ("core-layers", "asn_desk/circulars/planted.py", "import asn_desk.candidacy"),
        ("core-layers", "asn_desk/strays/__init__.py", ""),
        ("core-without-window", "asn_desk/letters/planted.py", "import PySide6.QtCore"),
        ("core-without-window", "asn_desk/office/planted.py", "import ui.shared"),
        ("window-without-engines", "ui/home/planted.py", "import sqlalchemy"),
        ("window-without-engines", "ui/letters/planted.py", "import reportlab"),
        ("window-layers", "ui/home/planted.py", "import ui.employees"),
        ("window-layers", "ui/shared/planted.py", "import ui.main_window"),
        ("window-layers", "ui/strays/__init__.py", ""),
        ("features-by-their-front", "ui/home/planted.py", "import asn_desk.employees.model"),
        ("features-by-their-front", "ui/home/planted.py", "import asn_desk.database.work"),
    ],
)
def test_a_forbidden_import_breaks_its_contract(planted: Path, contract: str, module: str, forbidden: str) -> None:
    (planted / module).parent.mkdir(exist_ok=True)
    (planted / module).write_text(f'"""Planted by a test."""\n\n{forbidden}\n', encoding="utf-8")
    done = lint(planted, "--contract", contract)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "1 broken" in done.stdout
    assert Path(module).stem in done.stdout or "strays" in done.stdout


# --- what may not lie about in the code ---


@pytest.mark.parametrize(
    "pattern",
    [r"\b(TODO|FIXME|XXX|HACK)\b", "raise NotImplementedError", "/work" + "/", "processEvents", r"\btime\.sleep\("],
    ids=["left for later", "not implemented", "this machine's folders", "nested event loop", "sleep"],
)
def test_the_code_is_free_of(pattern: str) -> None:
    assert found_in_sources(pattern) == []


def test_no_error_is_swallowed_without_a_word() -> None:
    swallowed = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sources()
        for node in nodes(path)
        if isinstance(node, ast.ExceptHandler) and len(node.body) == 1 and isinstance(node.body[0], ast.Pass)
    ]
    assert swallowed == []


def test_importing_a_package_runs_no_code() -> None:
    packages = [path for folder in ("asn_desk", "ui") for path in (ROOT / folder).rglob("__init__.py")]
    wordy = [
        str(path.relative_to(ROOT))
        for path in packages
        if len(ast.parse(path.read_text(encoding="utf-8")).body) > 1 and path != ROOT / "asn_desk" / "__init__.py"
    ]
    assert wordy == []


# --- the lock and the notices ---


def test_nothing_we_ship_names_a_package_registry() -> None:
    texts = [
        path for pattern in ("*.md", "*.toml", "*.txt", "*.in", "*.lock", "*.spec", "*.nsi") for path in ours(pattern)
    ]
    named = [str(path.relative_to(ROOT)) for path in texts if REGISTRIES.search(path.read_text(encoding="utf-8"))]
    assert named == []
    assert found_in_sources(REGISTRIES.pattern) == []


def ours(pattern: str) -> Iterator[Path]:
    """Yield the project's files of a kind; the licence texts are others' words."""
    for folder in (ROOT, *(ROOT / name for name in ("docs", "packaging", ".ci"))):
        yield from folder.glob(pattern)


def test_the_lock_pins_every_package_by_hash_and_names_no_address() -> None:
    text = (ROOT / "packaging" / "requirements.lock").read_text(encoding="utf-8")
    assert SCHEME not in text
    blocks = re.split(r"\n(?=[a-z])", text.strip())
    assert all(re.match(r"[a-z0-9.-]+==\S+", block) and "--hash=sha256:" in block for block in blocks)


def test_the_lock_keeps_off_the_qt_release_that_kills_python_3_11() -> None:
    text = (ROOT / "packaging" / "requirements.lock").read_text(encoding="utf-8")
    pinned = re.search(r"^pyside6-essentials==(\d+)\.(\d+)", text, re.MULTILINE)
    assert pinned is not None
    assert (6, 8) <= (int(pinned[1]), int(pinned[2])) < (6, 12)


@pytest.fixture(scope="module")
def licences() -> ModuleType:
    """packaging/licences.py, which is no package's module (its folder has the name of a library)."""
    spec = importlib.util.spec_from_file_location("licences", ROOT / "packaging" / "licences.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["licences"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def test_every_shipped_package_has_its_licence_text(licences: ModuleType) -> None:
    assert [one.name for one in licences.shipped() if not one.texts] == []
    assert [file for file, _folder in licences.collected() if not Path(file).is_file()] == []


def test_every_shipped_package_stands_in_the_notices(licences: ModuleType) -> None:
    notices = (ROOT / "docs" / "notices.md").read_text(encoding="utf-8").lower()
    assert [one.name for one in licences.shipped() if f"| {one.name}" not in notices] == []


def test_every_bundled_font_stands_in_the_notices() -> None:
    notices = (ROOT / "docs" / "notices.md").read_text(encoding="utf-8")
    families = {path.stem.partition("-")[0] for path in (ROOT / "resources" / "fonts").glob("*.ttf")}
    assert {family for family in families if family not in notices} == set()

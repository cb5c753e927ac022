"""Which packages travel inside the built program, and where their licence texts are: for build.spec and for the tests.

.venv/bin/python packaging/licences.py      lists them
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "packaging" / "requirements.in"
TEXTS = ROOT / "packaging" / "licences"
WORDS = ("licen", "copying", "notice", "authors")
# These packages publish no licence text of their own, or (last) only one of several: ours stands in for it.
TEXTS_OF = {
    "pyside6-essentials": ("LGPL-3.0.txt", "GPL-3.0.txt"),
    "shiboken6": ("LGPL-3.0.txt", "GPL-3.0.txt"),
    "docxtpl": ("LGPL-2.1.txt",),
    "psycopg": ("GPL-3.0.txt",),
    "psycopg-binary": ("GPL-3.0.txt",),
}


@dataclass(frozen=True)
class Shipped:
    """One package of the built program: its name, version, licence as it states it, and its licence texts."""

    name: str
    version: str
    licence: str
    texts: tuple[tuple[Path, str], ...]


def shipped() -> list[Shipped]:
    """Return every package that requirements.in asks for, directly or through another, on this system."""
    waiting = list(_lines_of(REQUIREMENTS))
    found: dict[str, Distribution] = {}
    while waiting:
        requirement = Requirement(waiting.pop())
        name = canonicalize_name(requirement.name)
        if not _meant(requirement) or name in found:
            continue
        found[name] = _installed(name)
        waiting.extend(_required_by(found[name], requirement.extras))
    return [_describe(name, found[name]) for name in sorted(found)]


def _lines_of(file: Path) -> Iterator[str]:
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith(("#", "-")):
            yield line


def _meant(requirement: Requirement) -> bool:
    return requirement.marker is None or requirement.marker.evaluate({"extra": ""})


def _installed(name: str) -> Distribution:
    try:
        return distribution(name)
    except PackageNotFoundError as error:
        raise SystemExit(f"{name} is required but not installed; call `python3 dev.py test` once.") from error


def _required_by(package: Distribution, extras: set[str]) -> Iterator[str]:
    for line in package.requires or []:
        marker = Requirement(line).marker
        if marker is None or any(marker.evaluate({"extra": extra}) for extra in ("", *extras)):
            yield line.split(";")[0]


def _describe(name: str, package: Distribution) -> Shipped:
    about = package.metadata
    classifiers = [
        value.rpartition("::")[2].strip() for value in about.get_all("Classifier") or [] if value.startswith("License")
    ]
    written = [about[field].partition("\n")[0] for field in ("License-Expression", "License") if field in about]
    stated = written[0] if written else ", ".join(classifiers)
    return Shipped(name, package.version, stated, (*_own_texts(package), *_our_texts(name)))


def _own_texts(package: Distribution) -> Iterator[tuple[Path, str]]:
    """Yield (file, path below the package's own licence folder) of the texts that the package itself brings."""
    for file in package.files or []:
        inside_info = file.parts[0].endswith(".dist-info")
        if inside_info and any(word in part.lower() for part in file.parts[1:] for word in WORDS):
            inner = file.parts[2:] if file.parts[1] == "licenses" else file.parts[1:]
            yield Path(str(file.locate())), "/".join(inner)


def _our_texts(name: str) -> Iterator[tuple[Path, str]]:
    for text in TEXTS_OF.get(name, ()):
        yield TEXTS / text, text


def collected() -> list[tuple[str, str]]:
    """Return what build.spec ships: (file, folder in the built program) of every licence text."""
    own = [
        (str(file), f"licenses/{one.name}/{inner}".rpartition("/")[0]) for one in shipped() for file, inner in one.texts
    ]
    return [*own, (str(TEXTS / "Python.txt"), "licenses/python"), (str(TEXTS / "OpenSSL.txt"), "licenses/openssl")]


if __name__ == "__main__":
    for one in shipped():
        print(f"{one.name} {one.version}: {one.licence} ({len(one.texts)} texts)")

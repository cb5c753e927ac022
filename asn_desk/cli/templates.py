"""Verbs for letter templates: check one, fill one with data from a file. They need no data folder."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from asn_desk import saving
from asn_desk.cli.output import DONE, REFUSED, Answer
from asn_desk.errors import DeskError

MAX_DATA = 16 * 1024 * 1024
_WORDS = {"error": "galat", "warning": "peringatan", "info": "catatan"}


def check(arguments: argparse.Namespace) -> Answer:
    """Say everything that is wrong with a template; with `--marked` also in a copy with Word comments. Errors give code 1."""
    from asn_desk.letters.checker.checking import check as check_template
    from asn_desk.letters.checker.marking import marked

    data = bytes_of(arguments.docx)
    report = check_template(data, arguments.kind or _kind_of_name(arguments.docx))
    complaints: tuple[str, ...] = ()
    if arguments.marked is not None:
        try:
            saving.write(arguments.marked, marked(data, report.findings))
        except DeskError as error:
            complaints = (f"Salinan bertanda tidak dibuat. {error.sentence}",)
    findings = [
        {
            "severity": finding.severity.value, "code": finding.code, "paragraph": finding.paragraph, "page": finding.page,
            "text": finding.text, "sentence": finding.sentence,
        }
        for finding in report.findings
    ]  # fmt: skip
    lines = [f"{_WORDS[finding.severity.value]}: {finding.full}" for finding in report.findings]
    verdict = "Templat ini dapat dipakai." if report.ok else f"{len(report.errors)} galat harus diperbaiki."
    return Answer(
        {"ok": report.ok, "findings": findings},
        (*lines, verdict),
        exit_code=DONE if report.ok else REFUSED,
        complaints=complaints,
    )


def fill(arguments: argparse.Namespace) -> Answer:
    """Fill a template with the fields of a JSON file, nested or with dotted names; write DOCX and, if asked, PDF."""
    from asn_desk.letters.checker.checking import check as check_template
    from asn_desk.letters.templates.template import compile_template
    from asn_desk.letters.templates.template import fill as fill_template

    template = bytes_of(arguments.template)
    data = _data_of(arguments.values)
    # whether a field is there is for the data to say, not for the list of our own letters
    wrong = [finding for finding in check_template(template).errors if finding.code != "unknown_field"]
    if wrong:
        raise DeskError(
            "template_errors", f"Templat {arguments.template.name} harus diperbaiki dahulu. {wrong[0].full}"
        )
    docx = fill_template(compile_template(template, arguments.template.name), data)
    made = _pdf(docx, arguments.pdf)
    saving.write(arguments.docx, docx)
    answer: dict[str, Any] = {"docx": arguments.docx, "pdf": arguments.pdf, "pages": None, "notes": ()}
    if made is not None:
        saving.write(arguments.pdf, made.data)
        answer |= {"pages": made.pages, "notes": made.notes}
    written = [str(path) for path in (arguments.docx, arguments.pdf) if path is not None]
    return Answer(answer, tuple(written), complaints=tuple(answer["notes"]))


def bytes_of(path: Path) -> bytes:
    """Return a file's bytes. Raises DeskError("file_not_found" | "file_unreadable")."""
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise DeskError("file_not_found", f"Berkas {path} tidak ditemukan. Periksa namanya.") from error
    except OSError as error:
        raise DeskError("file_unreadable", f"Berkas {path} tidak dapat dibaca ({error.strerror}).") from error


def _kind_of_name(path: Path) -> str | None:
    """Return the kind whose shipped template has this name: a clerk checks a copy of it."""
    from asn_desk.letters.contents.kinds import KINDS

    return path.stem if path.stem in KINDS else None


def _pdf(docx: bytes, target: Path | None) -> Any:
    from asn_desk.letters.pdf.writer import PdfMeta, docx_to_pdf

    return docx_to_pdf(docx, PdfMeta(target.stem, "ASN Desk")) if target is not None else None


def _data_of(path: Path) -> dict[str, Any]:
    content = bytes_of(path)
    if len(content) > MAX_DATA:
        raise DeskError("data_too_large", f"Berkas data {path.name} terlalu besar untuk satu surat.")
    try:
        found = json.loads(content.decode("utf-8-sig"))
        nested = _nested(found) if isinstance(found, dict) else None
    except (ValueError, RecursionError) as error:
        raise DeskError(
            "data_damaged", f"Berkas data {path.name} bukan JSON yang benar. Periksa kurung dan tanda kutipnya."
        ) from error
    if nested is None:
        raise DeskError(
            "data_damaged", f'Berkas data {path.name} harus berisi isian surat: {{"pegawai": {{"nama": …}}}}.'
        )
    return nested


def _nested(data: Mapping[str, Any]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key, value in data.items():
        *groups, name = key.split(".")
        holder = result
        for group in groups:
            inner = holder.setdefault(group, {})
            if not isinstance(inner, dict):
                raise DeskError("data_damaged", f"Isian “{key}” bertentangan dengan isian “{group}” dalam berkas data.")
            holder = inner
        new = _nested(value) if isinstance(value, Mapping) else value
        old = holder.get(name)
        holder[name] = {**old, **new} if isinstance(old, dict) and isinstance(new, dict) else new
    return result

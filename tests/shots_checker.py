"""Pictures of broken templates: what the checker says in the window, and the marked copy as LibreOffice shows it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from asn_desk.letters.checker.checking import check
from asn_desk.letters.checker.marking import marked
from asn_desk.letters.contents.kinds import RESIGNATION
from asn_desk.letters.templates.template_store import differences
from tests.letters.word_files import CHART, add_paragraph_xml, word_file
from ui.main_window import MainWindow
from ui.settings.template_dialogs import FindingsDialog, TakenBack

MARGIN_NOTES = 'pdf:writer_pdf_Export:{"ExportNotesInMargin":{"type":"boolean","value":"true"}}'


def broken_template() -> bytes:
    """Return a template with the four usual accidents: a misspelt field, a half-bold tag, a lost loop end, a chart."""

    def build(document: Any) -> None:
        document.add_paragraph("Yang bertanda tangan di bawah ini:")
        document.add_paragraph("Nama: {{ pegawai.nmaa }}")
        half_bold = document.add_paragraph("Jabatan: {{ pegawai.")
        half_bold.add_run("jabtan").bold = True
        half_bold.add_run(" }}")
        document.add_paragraph("Dasar:")
        document.add_paragraph("{%p for dasar in dasar_hukum %}")
        document.add_paragraph("{{ dasar }};")
        add_paragraph_xml(document, f"<w:r><w:t>Rekap tanda terima</w:t></w:r>{CHART}")

    return word_file("SURAT PERNYATAAN", build=build)


def findings_dialog(window: MainWindow) -> FindingsDialog:
    """Return the dialog that shows what is wrong with the broken template."""
    data = broken_template()
    page = window.current_page()
    assert page is not None
    taken = TakenBack(data, "surat pernyataan (diubah).docx", check(data, RESIGNATION), differences(data, data))
    return FindingsDialog(page.context, taken, page)


def marked_copy(out: Path) -> Iterator[Path]:
    """Write the marked copy and, where LibreOffice and poppler are installed, a picture of it with its comments."""
    data = broken_template()
    copy = out / "templat-bertanda.docx"
    copy.write_bytes(marked(data, check(data, RESIGNATION).findings))
    yield copy
    office, painter = shutil.which("soffice"), shutil.which("pdftoppm")
    if office is None or painter is None:
        return
    profile = f"-env:UserInstallation={(out / '.lo').absolute().as_uri()}"
    command = [office, profile, "--headless", "--convert-to", MARGIN_NOTES, "--outdir", str(out), str(copy)]
    subprocess.run(command, check=True, capture_output=True)
    shutil.rmtree(out / ".lo", ignore_errors=True)
    picture = out / "templat-bertanda"
    subprocess.run(
        [painter, "-r", "80", "-png", "-singlefile", str(copy.with_suffix(".pdf")), str(picture)], check=True
    )
    yield picture.with_suffix(".png")

"""The PDF view and printing: real pages, read off the UI thread, scrolled by keyboard."""

from __future__ import annotations

import io

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPageLayout
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from ui.shared.documents.open_files import open_file, open_folder, open_in_word
from ui.shared.documents.pdf_pages import PdfPages
from ui.shared.documents.pdf_view import UNREADABLE, PdfView
from ui.shared.documents.printing import PrintJob, paper_of

A4 = (595.28, 841.89)
F4 = (609.45, 935.43)


def make_pdf(pages: int = 3, size: tuple[float, float] = A4) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=size)
    for _ in range(pages):
        canvas.rect(72, 72, 100, 100, fill=1)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


@pytest.fixture
def view(inline_bridge, qtbot):
    made = PdfView(inline_bridge)
    qtbot.addWidget(made)
    made.resize(500, 600)
    made.show()
    yield made
    made.clear()


def test_the_pages_are_shown(view, qtbot):
    with qtbot.waitSignal(view.loaded) as signal:
        view.show_bytes(make_pdf())
    assert signal.args == [3]
    assert view.page_count == 3
    assert view.verticalScrollBar().maximum() > 600


def test_the_real_page_is_painted(view):
    view.show_bytes(make_pdf(1))
    picture = view.grab().toImage()
    colours = {picture.pixelColor(x, y).name() for x in range(20, 480, 5) for y in range(20, 580, 5)}
    assert {"#ffffff", "#000000"} <= colours


def test_what_is_no_pdf_is_said_in_words(view, qtbot):
    with qtbot.waitSignal(view.failed) as signal:
        view.show_bytes(b"bukan pdf")
    assert signal.args == [UNREADABLE]
    assert view.page_count == 0


def test_a_missing_file_is_said_in_words(view, qtbot, tmp_path):
    with qtbot.waitSignal(view.failed):
        view.show_file(tmp_path / "tidak-ada.pdf")


def test_keys_scroll_and_zoom(view, qtbot):
    view.show_bytes(make_pdf())
    bar = view.verticalScrollBar()
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert bar.value() == bar.maximum()
    assert view.current_page() == 2
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert bar.value() == 0
    before = bar.maximum()
    qtbot.keyClick(view, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert bar.maximum() > before
    qtbot.keyClick(view, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert bar.maximum() == before


def test_a_view_that_is_cleared_shows_nothing(view):
    view.show_bytes(make_pdf())
    view.clear()
    assert (view.page_count, view.verticalScrollBar().maximum()) == (0, 0)


def test_a_closed_pdf_is_not_read(qapp):
    pages = PdfPages(make_pdf(1))
    pages.close()
    pages.close()
    with pytest.raises(ValueError, match="closed"):
        pages.render(0, 1.0)


@pytest.mark.parametrize(
    ("size", "orientation"),
    [
        (A4, QPageLayout.Orientation.Portrait),
        (F4, QPageLayout.Orientation.Portrait),
        (A4[::-1], QPageLayout.Orientation.Landscape),
    ],
)
def test_the_paper_is_that_of_the_letter(qapp, size, orientation):
    pages = PdfPages(make_pdf(1, size))
    layout = paper_of(pages)
    pages.close()
    full = layout.fullRect(QPageLayout.Unit.Point)
    assert (full.width(), full.height()) == pytest.approx(size, abs=3)
    assert layout.orientation() == orientation


def test_printing_puts_every_page_on_paper(inline_bridge, qtbot, tmp_path):
    parent = QWidget()
    qtbot.addWidget(parent)
    target = tmp_path / "hasil.pdf"
    pages = PdfPages(make_pdf(2))
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(target))
    printer.setFullPage(True)
    printer.setPageLayout(paper_of(pages))
    PrintJob(parent, inline_bridge, pages, printer).start()
    printed = PdfPages(target.read_bytes())
    assert len(printed.sizes) == 2
    printed.close()


def test_files_that_are_gone_cannot_be_opened(tmp_path):
    assert not open_file(tmp_path / "x.docx")
    assert not open_in_word(tmp_path / "x.docx")
    assert not open_folder(tmp_path / "none" / "x.docx")

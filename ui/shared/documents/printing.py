"""Prints the real pages of a PDF through the system's normal print dialog."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMarginsF, QObject, QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from ui.shared.bridge import Bridge
from ui.shared.dialogs import show_warning
from ui.shared.documents.pdf_pages import POINTS_PER_INCH, PageImage, PdfPages

PRINT_DPI = 300


def print_pdf(
    parent: QWidget, bridge: Bridge, pdf: bytes, title: str, printed: Callable[[], None] | None = None
) -> None:
    """Ask for a printer and print; pages are rendered one at a time on a worker thread. `printed` hears the end."""
    bridge.task(parent, lambda _progress: PdfPages(pdf), lambda pages: _ask(parent, bridge, pages, title, printed))


def paper_of(pages: PdfPages) -> QPageLayout:
    """Return the paper of the first page (A4, F4 and others alike), without margins: the PDF has its own."""
    width, height = pages.sizes[0]
    size = QPageSize(
        QSizeF(min(width, height), max(width, height)), QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch
    )
    turned = QPageLayout.Orientation.Landscape if width > height else QPageLayout.Orientation.Portrait
    return QPageLayout(size, turned, QMarginsF(0, 0, 0, 0))


def _ask(parent: QWidget, bridge: Bridge, pages: PdfPages, title: str, printed: Callable[[], None] | None) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setFullPage(True)
    printer.setPageLayout(paper_of(pages))
    dialog = QPrintDialog(printer, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
    dialog.setMinMax(1, len(pages.sizes))
    dialog.accepted.connect(lambda: PrintJob(parent, bridge, pages, printer, printed).start())
    dialog.rejected.connect(pages.close)
    QDialog.open(dialog)


class PrintJob(QObject):
    """One print job: renders a page, draws it, and goes on to the next until all are on paper."""

    def __init__(
        self,
        parent: QWidget,
        bridge: Bridge,
        pages: PdfPages,
        printer: QPrinter,
        printed: Callable[[], None] | None = None,
    ) -> None:
        super().__init__(parent)
        self._printed = printed
        self._bridge = bridge
        self._pages = pages
        self._printer = printer
        self._painter = QPainter()
        first = max(printer.fromPage(), 1)
        last = printer.toPage() or len(pages.sizes)
        self._numbers = list(range(first - 1, min(last, len(pages.sizes))))
        self._begun = False

    def start(self) -> None:
        """Begin; when the printer cannot be opened the clerk is told."""
        if self._painter.begin(self._printer):
            self._next()
            return
        self._pages.close()
        parent = self.parent()
        text = "Pencetak tidak dapat dibuka. Periksa apakah pencetak menyala dan terhubung, lalu cetak lagi."
        show_warning(parent if isinstance(parent, QWidget) else None, "Belum tercetak", text)
        self.deleteLater()

    def _next(self) -> None:
        if not self._numbers:
            self._painter.end()
            self._pages.close()
            if self._printed is not None:
                self._printed()
            self.deleteLater()
            return
        number = self._numbers.pop(0)
        pages, scale = self._pages, min(self._printer.resolution(), PRINT_DPI) / POINTS_PER_INCH
        self._bridge.task(self, lambda _progress: pages.render(number, scale), self._draw)

    def _draw(self, page: PageImage) -> None:
        if self._begun:
            self._printer.newPage()
        self._begun = True
        image = QImage(page.pixels, page.width, page.height, page.stride, QImage.Format.Format_RGB32)
        sheet = self._printer.pageLayout().fullRectPixels(self._printer.resolution())
        share = min(sheet.width() / page.width, sheet.height() / page.height)
        self._painter.drawImage(QRectF(0, 0, page.width * share, page.height * share), image)
        self._next()

"""Shows the real pages of a PDF, rendered off the UI thread as they come into view."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget
from typing_extensions import override

from ui.shared.bridge import Bridge
from ui.shared.documents.pdf_pages import POINTS_PER_INCH, PageImage, PdfPages
from ui.shared.theme.tokens import tokens

_GAP = 12
_KEPT = 12
_STEP = 1.2
_SMALLEST, _LARGEST = 0.25, 4.0
_SCREEN_DPI = 96.0
UNREADABLE = "Berkas PDF ini tidak dapat dibaca."


class PdfView(QAbstractScrollArea):
    """Pages one below the other. Page Up/Down, arrows, Home/End scroll; Ctrl with plus, minus, 0 or the wheel zooms."""

    loaded = Signal(int)
    failed = Signal(str)

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._pages: PdfPages | None = None
        self._images: OrderedDict[tuple[int, float], QImage] = OrderedDict()
        self._asked: set[tuple[int, float]] = set()
        self._edition = 0
        self._zoom = 0.0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Pratinjau surat")
        self.verticalScrollBar().setSingleStep(40)
        self.destroyed.connect(lambda: self._release())  # noqa: PLW0108 - looked up when it happens

    @property
    def page_count(self) -> int:
        """Return the number of pages shown."""
        return len(self._pages.sizes) if self._pages is not None else 0

    def current_page(self) -> int:
        """Return the number (from 0) of the page in the middle of the view."""
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        rects = self._rects()
        return next(
            (number for number, rect in enumerate(rects) if rect.bottom() + _GAP >= middle), max(len(rects) - 1, 0)
        )

    def show_bytes(self, data: bytes) -> None:
        """Show a PDF; it is opened on a worker thread, then `loaded(pages)` or `failed(sentence)` is told."""
        self._edition += 1
        edition = self._edition
        self._bridge.task(self, lambda _progress: _open(data), lambda pages: self._take(edition, pages))

    def show_file(self, path: Path) -> None:
        """Show a PDF file; it is read on a worker thread."""
        self._edition += 1
        edition = self._edition
        self._bridge.task(self, lambda _progress: _open(path), lambda pages: self._take(edition, pages))

    def clear(self) -> None:
        """Show nothing."""
        self._edition += 1
        self._release()
        self._lay_out()

    def zoom_in(self) -> None:
        """Show the pages larger."""
        self._set_zoom(self._scale() * _STEP)

    def zoom_out(self) -> None:
        """Show the pages smaller."""
        self._set_zoom(self._scale() / _STEP)

    def fit_width(self) -> None:
        """Make a page as wide as the view, and keep it so."""
        self._set_zoom(0.0)

    def _set_zoom(self, zoom: float) -> None:
        self._zoom = zoom and min(max(zoom, _SMALLEST), _LARGEST)
        self._images.clear()
        self._asked.clear()
        self._lay_out()

    def _take(self, edition: int, pages: PdfPages | None) -> None:
        if edition != self._edition:
            if pages is not None:
                pages.close()
            return
        self._release()
        self._pages = pages
        self.verticalScrollBar().setValue(0)
        self._lay_out()
        if pages is None:
            self.failed.emit(UNREADABLE)
        else:
            self.loaded.emit(len(pages.sizes))

    def _release(self) -> None:
        if self._pages is not None:
            self._pages.close()
        self._pages = None
        self._images.clear()
        self._asked.clear()

    def _scale(self) -> float:
        """Return pixels per point."""
        if self._zoom or self._pages is None:
            return self._zoom or 1.0
        widest = max(width for width, _height in self._pages.sizes)
        fitting = (self.viewport().width() - 2 * _GAP) / max(widest, 1.0)
        return min(max(fitting, _SMALLEST), 1.6 * _SCREEN_DPI / POINTS_PER_INCH)

    def _rects(self) -> list[QRect]:
        """Return where each page lies on the endless sheet."""
        if self._pages is None:
            return []
        scale, top, rects = self._scale(), _GAP, []
        room = self.viewport().width()
        for width, height in self._pages.sizes:
            size = QSize(round(width * scale), round(height * scale))
            rects.append(QRect(max((room - size.width()) // 2, _GAP), top, size.width(), size.height()))
            top += size.height() + _GAP
        return rects

    def _lay_out(self) -> None:
        rects = self._rects()
        bottom = rects[-1].bottom() + _GAP if rects else 0
        widest = max((rect.width() for rect in rects), default=0) + 2 * _GAP
        self.verticalScrollBar().setRange(0, max(0, bottom - self.viewport().height()))
        self.verticalScrollBar().setPageStep(self.viewport().height())
        self.horizontalScrollBar().setRange(0, max(0, widest - self.viewport().width()))
        self.horizontalScrollBar().setPageStep(self.viewport().width())
        self.viewport().update()

    def _image(self, number: int) -> QImage | None:
        key = (number, round(self._scale() * self.devicePixelRatioF(), 4))
        if key not in self._images and key not in self._asked and self._pages is not None:
            self._asked.add(key)
            pages, edition = self._pages, self._edition
            self._bridge.task(
                self, lambda _progress: _render(pages, key), lambda image: self._keep(edition, key, image)
            )
        return self._images.get(key)

    def _keep(self, edition: int, key: tuple[int, float], page: PageImage | None) -> None:
        self._asked.discard(key)
        if edition != self._edition or page is None:
            return
        image = QImage(page.pixels, page.width, page.height, page.stride, QImage.Format.Format_RGB32).copy()
        self._images[key] = image
        while len(self._images) > _KEPT:
            self._images.popitem(last=False)
        self.viewport().update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        table = tokens()
        painter.fillRect(self.viewport().rect(), QColor(table.ground))
        painter.translate(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())
        seen = self.viewport().rect().translated(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        for number, rect in enumerate(self._rects()):
            if rect.intersects(seen):
                painter.fillRect(rect.adjusted(-1, -1, 1, 1), QColor(table.line))
                painter.fillRect(rect, QColor("#ffffff"))
                image = self._image(number)
                if image is not None:
                    painter.drawImage(rect, image)
        painter.end()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    @override
    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_in() if event.angleDelta().y() > 0 else self.zoom_out()
        else:
            super().wheelEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar, page = self.verticalScrollBar(), self.viewport().height() - 40
        moves = {
            Qt.Key.Key_PageDown: page,
            Qt.Key.Key_Space: page,
            Qt.Key.Key_PageUp: -page,
            Qt.Key.Key_Home: -bar.maximum(),
            Qt.Key.Key_End: bar.maximum(),
            Qt.Key.Key_Down: 40,
            Qt.Key.Key_Up: -40,
        }
        zooms = {
            Qt.Key.Key_Plus: self.zoom_in,
            Qt.Key.Key_Equal: self.zoom_in,
            Qt.Key.Key_Minus: self.zoom_out,
            Qt.Key.Key_0: self.fit_width,
        }
        key = Qt.Key(event.key())
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and key in zooms:
            zooms[key]()
        elif key in moves:
            bar.setValue(bar.value() + moves[key])
        else:
            super().keyPressEvent(event)


def _open(source: bytes | Path) -> PdfPages | None:
    try:
        return PdfPages(source.read_bytes() if isinstance(source, Path) else source)
    except (ValueError, OSError):
        return None


def _render(pages: PdfPages, key: tuple[int, float]) -> PageImage | None:
    number, scale = key
    try:
        return pages.render(number, scale)
    except ValueError:
        return None

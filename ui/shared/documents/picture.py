"""A scanned page on screen: fitted to the width, or one marked part of it, large."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ui.shared.dialogs import BaseDialog
from ui.shared.panels import ScrollBody
from ui.shared.theme.tokens import tokens
from ui.shared.widgets import label

Quad = Sequence[tuple[float, float]]
_HEIGHT_SHARE = 0.86
_ROOM = 0.6
"""How much of a part's own size is shown around it."""
_LEAST = 60


class PictureView(QWidget):
    """Paints a picture as wide as it is itself, or (`whole`) as large as fits into its place.

    `focus_on` shows only the surroundings of a quad and frames it.
    """

    def __init__(self, name: str, parent: QWidget | None = None, *, whole: bool = False) -> None:
        super().__init__(parent)
        self._whole = whole
        self._image = QImage()
        self._quad: Quad | None = None
        self.setAccessibleName(name)
        self.setMinimumHeight(_LEAST)
        down = QSizePolicy.Policy.Expanding if whole else QSizePolicy.Policy.Fixed
        self.setSizePolicy(QSizePolicy.Policy.Expanding, down)

    @property
    def empty(self) -> bool:
        """Return whether nothing is shown."""
        return self._image.isNull()

    def show_picture(self, png: bytes) -> None:
        """Show a picture given as PNG."""
        self._image = QImage.fromData(png)
        self._quad = None
        self._fit()

    def focus_on(self, quad: Quad | None) -> None:
        """Show the surroundings of this part (corners as shares of the picture), None for all of it."""
        self._quad = quad
        self._fit()

    def clear(self) -> None:
        """Show nothing."""
        self._image = QImage()
        self._quad = None
        self._fit()

    def part(self) -> QRectF:
        """Return what is shown, in pixels of the picture."""
        whole = QRectF(self._image.rect())
        if self._quad is None:
            return whole
        box = QPolygonF(self._corners()).boundingRect()
        wide, high = box.width() * _ROOM, box.height() * _ROOM
        return box.adjusted(-wide, -high, wide / 4, high).intersected(whole)

    def _corners(self) -> list[QPointF]:
        return [QPointF(x * self._image.width(), y * self._image.height()) for x, y in self._quad or ()]

    def _fit(self) -> None:
        self.update()
        if self._whole:
            return
        part = self.part()
        height = round(self.width() * part.height() / part.width()) if part.width() else _LEAST
        self.setFixedHeight(max(_LEAST, height))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._fit()

    @override
    def sizeHint(self) -> QSize:
        return QSize(480, 240 if self._whole else self.height())

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._image.isNull():
            return
        part, painter = self.part(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale = min(self.width() / part.width(), self.height() / part.height())
        painter.drawImage(QRectF(0, 0, part.width() * scale, part.height() * scale), self._image, part)
        if self._quad is not None:
            painter.setPen(QPen(QColor(tokens().near), 3, Qt.PenStyle.SolidLine))
            painter.drawPolygon(QPolygonF([(corner - part.topLeft()) * scale for corner in self._corners()]))
        painter.end()


class PictureDialog(BaseDialog):
    """One picture to look at."""

    def __init__(self, title: str, png: bytes, parent: QWidget | None) -> None:
        super().__init__(title, parent, 760)
        self.outer.addWidget(label(title, role="name"))
        self.picture = PictureView(title)
        area = ScrollBody()
        area.layout_of_content.addWidget(self.picture)
        area.layout_of_content.addStretch(1)
        self.outer.addWidget(area, 1)
        self.picture.show_picture(png)
        self.add_button("&Tutup", "primary", self.reject).setDefault(True)
        self.finish_layout()
        self.resize(self.width(), round(self.screen().availableGeometry().height() * _HEIGHT_SHARE))

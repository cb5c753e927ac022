"""One family of stroke icons, drawn as SVG in `resources/icons` and coloured by the theme when they are painted."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from typing_extensions import override

from asn_desk.paths import resource
from ui.shared.theme.tokens import tokens

PLAIN_TOKEN = "ink2"  # noqa: S105 - the name of a colour
OFF_TOKEN = "ink3"  # noqa: S105 - the name of a colour


class ThemeIcon(QIconEngine):
    """Paints an icon in the colour its token has at that moment, so that a change of theme needs no new icons."""

    def __init__(self, name: str, token: str) -> None:
        super().__init__()
        self._name = name
        self._token = token

    @override
    def clone(self) -> QIconEngine:
        return ThemeIcon(self._name, self._token)

    @override
    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        painter.drawPixmap(rect, self._pixmap(rect.size(), mode, painter.device().devicePixelRatioF()))

    @override
    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self._pixmap(size, mode, 1.0)

    @override
    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        """Return the pixmap for a screen with `scale` device pixels per pixel; `size` is in device pixels."""
        return self._pixmap(QSize(round(size.width() / scale), round(size.height() / scale)), mode, scale)

    def _pixmap(self, size: QSize, mode: QIcon.Mode, ratio: float) -> QPixmap:
        token = OFF_TOKEN if mode == QIcon.Mode.Disabled else self._token
        return icon_pixmap(self._name, getattr(tokens(), token), size.width(), size.height(), ratio)


@lru_cache(maxsize=256)
def icon(name: str, token: str = PLAIN_TOKEN) -> QIcon:
    """Return the icon `resources/icons/<name>.svg` in a token's colour. Raises FileNotFoundError for an unknown name."""
    _drawing(name)
    return QIcon(ThemeIcon(name, token))


@lru_cache(maxsize=512)
def icon_pixmap(name: str, colour: str, width: int, height: int, ratio: float = 1.0) -> QPixmap:
    """Return the icon rendered sharply for a size in logical pixels and a device pixel ratio."""
    pixmap = QPixmap(QSize(max(1, round(width * ratio)), max(1, round(height * ratio))))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    side = min(pixmap.width(), pixmap.height())
    corner = QPoint((pixmap.width() - side) // 2, (pixmap.height() - side) // 2)
    _renderer(name, colour).render(painter, QRectF(corner.x(), corner.y(), side, side))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


@lru_cache(maxsize=128)
def _drawing(name: str) -> str:
    return resource("icons", f"{name}.svg").read_text(encoding="utf-8")


def _renderer(name: str, colour: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_drawing(name).replace("currentColor", colour).encode()))

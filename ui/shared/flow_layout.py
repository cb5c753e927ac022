"""A row that goes on in the next line when the width is used up; what is marked as trailing, the last ones, stands at the right."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget
from typing_extensions import override


class FlowLayout(QLayout):
    """Lays widgets out from left to right, line after line."""

    def __init__(self, parent: QWidget | None = None, spacing: int = 8) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._trailing: set[int] = set()
        self.setSpacing(spacing)

    def add_trailing(self, widget: QWidget) -> None:
        """Add a widget that stands at the right end of its line."""
        self._trailing.add(len(self._items))
        self.addWidget(widget)

    @override
    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    @override
    def count(self) -> int:
        return len(self._items)

    @override
    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    @override
    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    @override
    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), move=False)

    @override
    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    @override
    def sizeHint(self) -> QSize:
        margins = self.contentsMargins()
        sizes = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(size.width() for size in sizes) + self.spacing() * max(len(sizes) - 1, 0)
        height = max((size.height() for size in sizes), default=0)
        return QSize(width + margins.left() + margins.right(), height + margins.top() + margins.bottom())

    @override
    def minimumSize(self) -> QSize:
        margins = self.contentsMargins()
        sizes = [item.minimumSize() for item in self._items if not item.isEmpty()]
        width = max((size.width() for size in sizes), default=0)
        height = max((size.height() for size in sizes), default=0)
        return QSize(width + margins.left() + margins.right(), height + margins.top() + margins.bottom())

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        margins = self.contentsMargins()
        space = rect.marginsRemoved(margins)
        y = space.top()
        for line in self._lines(space.width()):
            height = max(size.height() for _place, _x, size in line)
            room = max(space.width() - line[-1][1] - line[-1][2].width(), 0)
            for place, x, size in line if move else ():
                left = space.left() + x + (room if place in self._trailing else 0)
                at = QPoint(left, y + (height - size.height()) // 2)
                self._items[place].setGeometry(QRect(at, size))
            y += height + self.spacing()
        return max(y - self.spacing(), space.top()) - rect.top() + margins.bottom()

    def _lines(self, width: int) -> list[list[tuple[int, int, QSize]]]:
        """Return the lines: of each item its place, how far from the left it begins, and its size."""
        lines: list[list[tuple[int, int, QSize]]] = []
        x = 0
        for place, item in enumerate(self._items):
            if item.isEmpty():
                continue
            size = item.sizeHint()
            size.setWidth(max(min(size.width(), width), item.minimumSize().width()))  # a field gives way
            if not lines or (x > 0 and x + size.width() > width):
                lines.append([])
                x = 0
            lines[-1].append((place, x, size))
            x += size.width() + self.spacing()
        return lines

"""The two swim lanes of a file: what the organiser does and what the office does, with today as a dashed line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget
from typing_extensions import override

from asn_desk.candidacy.lanes import LanePoint
from asn_desk.regulations.terms import Lane
from asn_desk.wording import long_date
from ui.candidacy.lane_layout import LabelPlace, place_labels, time_axis
from ui.candidacy.words import distance, near_day, plain_day
from ui.shared.theme.fonts import text_font
from ui.shared.theme.icons import icon_pixmap
from ui.shared.theme.tokens import tokens

TITLES = {Lane.KPU: "KPU", Lane.STAFF: "Kepegawaian"}
_RADIUS = 5.5
_CAPTION = 18
_LABEL = 30
_NEAR_LINE = 10
_BETWEEN = 10
_TODAY = 18
_SIGN = 10
_NARROWEST = 300


@dataclass(frozen=True)
class Spot:
    """A point with its place: the dot's middle and the label's box."""

    lane: Lane
    point: LanePoint
    middle: QPointF
    label: QRectF


class PointButton(QAbstractButton):
    """The part of the lanes that can be clicked and focused for one point; the lanes paint it."""

    stepped = Signal(object, int, int)

    def __init__(self, parent: LaneView, lane: Lane, place: int) -> None:
        super().__init__(parent)
        self.lane, self.place = lane, place
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}
        if event.key() in steps:
            self.stepped.emit(self, *steps[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.hasFocus():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens().accent), 1.2))
        painter.drawRoundedRect(QRectF(self.mask().boundingRect()).adjusted(0.6, 0.6, -0.6, -0.6), 4, 4)
        painter.end()


class LaneView(QWidget):
    """Paints the lanes; each point can be reached by keyboard and tells `point_chosen(lane, LanePoint)`."""

    point_chosen = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lanes: dict[Lane, tuple[LanePoint, ...]] = {}
        self._states: Mapping[Lane, str] = {}
        self._today = date.min
        self._spots: list[Spot] = []
        self._lines: dict[Lane, float] = {}
        self._tops: dict[Lane, float] = {}
        self._now = 0.0
        self.buttons: list[PointButton] = []
        self._strong, self._plain = text_font(11, QFont.Weight.Medium), text_font(10.5)
        self._caption = text_font(11, QFont.Weight.DemiBold)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(_NARROWEST)

    @property
    def spots(self) -> list[Spot]:
        """Return where every point and label stands."""
        return self._spots

    def show_lanes(self, lanes: Mapping[Lane, Sequence[LanePoint]], states: Mapping[Lane, str], today: date) -> None:
        """Show other lanes; `states` says beside each lane's name how it stands."""
        self._lanes = {lane: tuple(points) for lane, points in lanes.items() if points}
        self._states = states
        self._today = today
        self.setAccessibleName(f"Tahapan KPU dan kepegawaian; hari ini {long_date(today)}")
        for old in self.buttons:
            old.hide()
            old.deleteLater()
        self.buttons = [
            self._button(lane, place) for lane, points in self._lanes.items() for place in range(len(points))
        ]
        if self.buttons:
            self.buttons[0].setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._arrange()

    def _button(self, lane: Lane, place: int) -> PointButton:
        point = self._lanes[lane][place]
        made = PointButton(self, lane, place)
        made.setAccessibleName(f"{TITLES[lane]}: {point.title}, {spoken_state(point, self._today)}")
        made.setToolTip(f"{point.title}: {spoken_state(point, self._today)}\nKlik untuk penjelasan")
        made.clicked.connect(lambda _checked=False: self.point_chosen.emit(lane, point))
        made.stepped.connect(self._step)
        made.show()
        return made

    def _step(self, button: PointButton, across: int, down: int) -> None:
        lanes = list(self._lanes)
        lane = lanes[(lanes.index(button.lane) + down) % len(lanes)]
        spots = sorted((spot for spot in self._spots if spot.lane is lane), key=lambda spot: spot.middle.x())
        own = next(spot for spot, one in zip(self._spots, self.buttons, strict=True) if one is button)
        if down:
            chosen = min(spots, key=lambda spot: abs(spot.middle.x() - own.middle.x()))
        else:
            chosen = spots[max(0, min(spots.index(own) + across, len(spots) - 1))]
        self._focus(self.buttons[self._spots.index(chosen)])

    def _focus(self, chosen: PointButton) -> None:
        for one in self.buttons:
            one.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        chosen.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        chosen.setFocus(Qt.FocusReason.TabFocusReason)

    def _arrange(self) -> None:
        """Work out all places for the present width, and take the height they need."""
        width = float(max(self.width(), _NARROWEST))
        axis = time_axis(list(self._lanes.values()), self._today, width)
        self._now, self._spots, top = axis.today, [], 0.0
        for (lane, points), xs in zip(self._lanes.items(), axis.points, strict=True):
            sizes = [self._label_width(point) for point in points]
            places = place_labels(xs, sizes, width)
            above = max((place.depth + 1 for place in places if place.above), default=0)
            below = max((place.depth + 1 for place in places if not place.above), default=1)
            line = top + _CAPTION + above * _LABEL + _NEAR_LINE
            self._tops[lane], self._lines[lane] = top, line
            for point, x, size, place in zip(points, xs, sizes, places, strict=True):
                self._spots.append(Spot(lane, point, QPointF(x, line), _label_box(place, size, line)))
            top = line + _NEAR_LINE + below * _LABEL + _BETWEEN
        self.setFixedHeight(round(top - _BETWEEN + _TODAY + 4))
        self._put_buttons()
        self.update()

    def _label_width(self, point: LanePoint) -> float:
        below, late = self._second_line(point)
        title = QFontMetricsF(self._strong).horizontalAdvance(point.title)
        second = QFontMetricsF(self._plain).horizontalAdvance(below) + (_SIGN + 3 if late else 0)
        return max(title, second) + 2

    def _second_line(self, point: LanePoint) -> tuple[str, bool]:
        if point.late and point.day is not None:
            return distance(point.day, self._today), True
        return (near_day(point.day, self._today) if point.day is not None else "menunggu"), False

    def _put_buttons(self) -> None:
        for button, spot in zip(self.buttons, self._spots, strict=True):
            dot = QRectF(spot.middle.x() - 10, spot.middle.y() - 10, 20, 20)
            whole = dot.united(spot.label).toAlignedRect().adjusted(-2, -2, 2, 2)
            button.setGeometry(whole)
            parts = [spot.label.toAlignedRect().adjusted(-2, 0, 2, 0), dot.toAlignedRect()]
            mask = QRegion(QRect())
            for part in parts:
                mask = mask.united(QRegion(part.translated(-whole.topLeft())))
            button.setMask(mask)

    @override
    def sizeHint(self) -> QSize:
        return QSize(480, self.height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._arrange()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for lane in self._lanes:
            self._paint_line(painter, lane)
        self._paint_today(painter)
        for lane in self._lanes:
            self._paint_caption(painter, lane)
        for spot in self._spots:
            self._paint_spot(painter, spot)
        painter.end()

    def _paint_caption(self, painter: QPainter, lane: Lane) -> None:
        """Write the lane's name and how it stands; the line of today gives way to the words."""
        table, title, state = tokens(), TITLES[lane], self._states.get(lane, "")
        after = QFontMetricsF(self._caption).horizontalAdvance(title) + 8
        width = after + QFontMetricsF(self._plain).horizontalAdvance(state)
        painter.fillRect(QRectF(0, self._tops[lane], width + 4, _CAPTION - 2), QColor(table.panel))
        painter.setFont(self._caption)
        painter.setPen(QColor(table.ink))
        painter.drawText(QPointF(0, self._tops[lane] + 12), title)
        painter.setFont(self._plain)
        painter.setPen(QColor(table.ink2))
        painter.drawText(QPointF(after, self._tops[lane] + 12), state)

    def _paint_line(self, painter: QPainter, lane: Lane) -> None:
        table, y = tokens(), self._lines[lane]
        painter.setPen(QPen(QColor(table.line), 2))
        painter.drawLine(QPointF(0, y), QPointF(self.width(), y))
        done = [spot.middle.x() for spot in self._spots if spot.lane is lane and spot.point.done]
        if done:
            painter.setPen(QPen(QColor(table.accent), 2))
            painter.drawLine(QPointF(0, y), QPointF(max(done), y))

    def _paint_today(self, painter: QPainter) -> None:
        table = tokens()
        bottom = self.height() - _TODAY
        first = min(self._tops.values(), default=0.0) + _CAPTION - 2
        painter.setPen(QPen(QColor(table.near), 1.2, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(self._now, first), QPointF(self._now, bottom))
        words = f"hari ini, {plain_day(self._today, self._today)}"
        painter.setFont(self._plain)
        width = QFontMetricsF(self._plain).horizontalAdvance(words)
        left = min(max(self._now - width / 2, 0.0), self.width() - width)
        painter.drawText(QRectF(left, bottom, width + 2, _TODAY), Qt.AlignmentFlag.AlignVCenter, words)

    def _paint_spot(self, painter: QPainter, spot: Spot) -> None:
        table, box = tokens(), spot.label
        ground = QColor(table.panel)
        self._paint_leader(painter, spot)
        painter.fillRect(box.adjusted(-1, 1, 1, -1), ground)
        self._paint_dot(painter, spot)
        upper = QRectF(box.left(), box.top() + 1, box.width(), 14)
        lower = QRectF(box.left(), box.top() + 15, box.width(), 14)
        painter.setFont(self._strong)
        painter.setPen(QColor(table.ink))
        painter.drawText(upper, Qt.AlignmentFlag.AlignCenter, spot.point.title)
        words, late = self._second_line(spot.point)
        painter.setFont(self._plain)
        painter.setPen(QColor(table.late if late else table.ink2))
        if late:
            width = QFontMetricsF(self._plain).horizontalAdvance(words) + _SIGN + 3
            left = box.center().x() - width / 2
            ratio = self.devicePixelRatioF()
            sign = icon_pixmap("triangle", table.late, _SIGN, _SIGN, ratio)
            painter.drawPixmap(QRectF(left, lower.center().y() - _SIGN / 2, _SIGN, _SIGN), sign, QRectF(sign.rect()))
            lower = QRectF(left + _SIGN + 3, lower.top(), width, lower.height())
            painter.drawText(lower, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        else:
            painter.drawText(lower, Qt.AlignmentFlag.AlignCenter, words)

    def _paint_leader(self, painter: QPainter, spot: Spot) -> None:
        """Join a label that stands further off to its dot."""
        box, y = spot.label, spot.middle.y()
        far = box.top() - y > _NEAR_LINE + _LABEL / 2 or y - box.bottom() > _NEAR_LINE + _LABEL / 2
        if far:
            painter.setPen(QPen(QColor(tokens().field_line), 1))
            painter.drawLine(spot.middle, QPointF(spot.middle.x(), box.top() if box.top() > y else box.bottom()))

    def _paint_dot(self, painter: QPainter, spot: Spot) -> None:
        table = tokens()
        ink = table.accent if spot.point.done else table.late if spot.point.late else table.ink3
        filled = spot.point.done or spot.point.late
        painter.setPen(QPen(QColor(ink), 1.6))
        painter.setBrush(QColor(ink if filled else table.panel))
        painter.drawEllipse(spot.middle, _RADIUS, _RADIUS)
        painter.setBrush(Qt.BrushStyle.NoBrush)


def _label_box(place: LabelPlace, width: float, line: float) -> QRectF:
    away = _NEAR_LINE + place.depth * _LABEL
    top = line - away - _LABEL if place.above else line + away
    return QRectF(place.left, top, width, _LABEL)


def spoken_state(point: LanePoint, today: date) -> str:
    """Return how a point stands, in words: for screen readers and hints."""
    if point.day is None:
        return "menunggu, tanggal belum diketahui"
    if point.done:
        return f"sudah, {long_date(point.day)}"
    if point.late:
        return f"{distance(point.day, today)}, tenggat {long_date(point.day)}"
    return f"belum, {long_date(point.day)}"

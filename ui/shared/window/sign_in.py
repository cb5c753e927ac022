"""The page that asks who is there: at the start, behind the locked screen, and for a first password of one's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from asn_desk.errors import DeskError
from ui.shared.basics import button, icon_label, label
from ui.shared.bridge import Bridge
from ui.shared.forms import FormWidget
from ui.shared.panels import Banner, Panel
from ui.shared.window.new_password import different, password_fields
from ui.shared.window.recover_card import RecoverCard

_WIDTH = 400
SHEET = "Lupa kata sandi? Gunakan lembar pemulihan"
CAPS_LOCK = "Caps Lock sedang menyala."
WELCOME = "Pilih nama Anda dan ketik kata sandi."
ENCRYPTED = "Data kantor ini terenkripsi. Ketik nama dan kata sandi Anda untuk membukanya."
LOCKED = "Pekerjaan {name} tetap terbuka di balik layar ini. Masuk kembali untuk melanjutkan."
OTHER = "Jika orang lain masuk, isian {name} yang belum disimpan akan ditutup."
FIRST_OWN = "Kata sandi sementara hanya untuk sekali masuk. Pilih kata sandi Anda sendiri; tidak ada orang lain yang perlu tahu."


class PasswordLine(QLineEdit):
    """A password field that notices Caps Lock by what arrives: capitals without Shift, small letters with it."""

    caps_seen = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        if text.isalpha():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps_seen.emit(text.isupper() != shift)
        super().keyPressEvent(event)


class SignInPage(QWidget):
    """Asks for name and password until the desk accepts them; `passed` carries the viewer."""

    passed = Signal(object)

    def __init__(self, bridge: Bridge, names: tuple[str, ...], office: str = "", locked_by: str = "") -> None:
        super().__init__()
        self._bridge = bridge
        self._locked_by = locked_by
        self.setObjectName("pageBody")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._outer = QGridLayout(self)
        self.card = Panel(padding=28)
        self.card.setFixedWidth(_WIDTH)
        self._outer.addWidget(self.card, 0, 0, Qt.AlignmentFlag.AlignCenter)
        self._build(names, office)
        self._connect()

    def _build(self, names: tuple[str, ...], office: str) -> None:
        body = self.card.body
        body.setSpacing(8)
        body.addWidget(icon_label("lock" if self._locked_by else "person", 28, "accent"))
        body.addWidget(label("Layar terkunci" if self._locked_by else "Masuk ke ASN Desk", role="title", wrap=False))
        if office:
            body.addWidget(label(office, role="secondary"))
        welcome = WELCOME if names else ENCRYPTED
        body.addWidget(label(LOCKED.format(name=self._locked_by) if self._locked_by else welcome, role="secondary"))
        body.addSpacing(6)
        self.banner = Banner("", "late")
        self.banner.hide()
        body.addWidget(self.banner)
        self._add_fields(body, names)
        self.enter_button = button("&Masuk", "primary", on_click=self._try)
        self.enter_button.setDefault(True)
        body.addSpacing(6)
        body.addWidget(self.enter_button)
        self.warning = Banner("", "late")
        self.warning.hide()
        body.addWidget(self.warning)
        self.sheet_link = button(SHEET, "link", on_click=self._use_sheet)
        self.sheet_link.setVisible(self._encrypted())
        body.addWidget(self.sheet_link, 0, Qt.AlignmentFlag.AlignHCenter)
        self.setFocusProxy(self.password)

    def warn(self, text: str) -> None:
        """Say below what somebody has to do soon, for instance about backups; nothing for an empty text."""
        self.warning.set_text(text)
        self.warning.setVisible(bool(text))

    def _encrypted(self) -> bool:
        desk = self._bridge.desk
        return desk is not None and (desk.locked or desk.encrypted)

    def _add_fields(self, body: QVBoxLayout, names: tuple[str, ...]) -> None:
        self.names = QComboBox()
        self.names.addItems(list(names))
        self.names.setEditable(not names)  # encrypted data tell no names before they are unlocked
        self.names.setMinimumSize(QSize(0, 32))
        self.names.setCurrentIndex(max(self.names.findText(self._locked_by), 0))
        self.password = PasswordLine()
        for text, widget in (("&Nama", self.names), ("&Kata sandi", self.password)):
            caption = label(text, role="strong", wrap=False)
            caption.setBuddy(widget)
            widget.setAccessibleName(text.replace("&", ""))
            body.addWidget(caption)
            body.addWidget(widget)
        self.caps = label(CAPS_LOCK, role="error")
        self.caps.hide()
        self.other = label(OTHER.format(name=self._locked_by), role="secondary")
        self.other.hide()
        body.addWidget(self.caps)
        body.addWidget(self.other)

    def _connect(self) -> None:
        self.password.returnPressed.connect(self._try)
        self.password.caps_seen.connect(self.caps.setVisible)
        self.names.currentTextChanged.connect(self._on_name)

    def remember(self, name: str) -> None:
        """Start with this name, the one that worked here last."""
        if not self._locked_by and self.names.findText(name) >= 0:
            self.names.setCurrentIndex(self.names.findText(name))

    def _on_name(self, name: str) -> None:
        self.password.clear()
        self.other.setVisible(bool(self._locked_by) and name != self._locked_by)

    def _try(self) -> None:
        if not self.enter_button.isEnabled():
            return
        name, password, desk = self.names.currentText(), self.password.text(), self._bridge.desk
        self._set_busy(busy=True)
        self._bridge.task(
            self,
            lambda _progress: desk.sign_in(name, password),
            lambda viewer: self._on_viewer(viewer, password),
            self._refuse,
        )

    def _on_viewer(self, viewer: Any, password: str) -> None:
        self._set_busy(busy=False)
        self.password.clear()
        self.banner.hide()
        if viewer.must_change:
            self._ask_for_own(password)
        else:
            self.passed.emit(viewer)

    def _refuse(self, error: DeskError) -> None:
        self._set_busy(busy=False)
        self.banner.set_text(error.sentence)
        self.banner.show()
        self.password.selectAll()
        self.password.setFocus()

    def _set_busy(self, *, busy: bool) -> None:
        self.enter_button.setEnabled(not busy)
        self.enter_button.setText("Memeriksa…" if busy else "&Masuk")

    def _use_sheet(self) -> None:
        """Offer the way in with the recovery sheet instead of a password."""
        self.card.hide()
        self.sheet = RecoverCard(self._bridge, self.passed.emit, self._back)
        self.sheet.setFixedWidth(_WIDTH)
        self._outer.addWidget(self.sheet, 0, 0, Qt.AlignmentFlag.AlignCenter)
        self.setFocusProxy(self.sheet)
        self.sheet.form.focus_first()

    def _back(self) -> None:
        self.sheet.hide()
        self.sheet.deleteLater()
        self.card.show()
        self.setFocusProxy(self.password)
        self.password.setFocus()

    def _ask_for_own(self, temporary: str) -> None:
        """Ask for a password of one's own in place of the temporary one."""
        self.card.hide()
        self.own = OwnPassword(self._bridge, temporary, self.passed.emit)
        self.own.setFixedWidth(_WIDTH)
        self._outer.addWidget(self.own, 0, 0, Qt.AlignmentFlag.AlignCenter)
        self.setFocusProxy(self.own)
        self.own.form.focus_first()


class OwnPassword(Panel):
    """The card on which a user replaces a temporary password."""

    def __init__(self, bridge: Bridge, temporary: str, done: Callable[[Any], None]) -> None:
        super().__init__(padding=28)
        self._bridge, self._temporary, self._done = bridge, temporary, done
        self.form = FormWidget(password_fields())
        self.banner = Banner("", "late")
        self.banner.hide()
        self.save_button = button("&Simpan dan masuk", "primary", on_click=self._save)
        self.body.addWidget(label("Pilih kata sandi Anda", role="title", wrap=False))
        self.body.addWidget(label(FIRST_OWN, role="secondary"))
        self.body.addWidget(self.banner)
        self.body.addWidget(self.form)
        self.body.addWidget(self.save_button)

    def _save(self) -> None:
        values = self.form.values()
        if problems := self.form.missing() or different(values):
            self.form.set_errors(problems)
            return
        desk, old, new = self._bridge.desk, self._temporary, values["new"]
        self.save_button.setEnabled(False)
        self._bridge.task(self, lambda _progress: desk.change_password(old, new), self._done, self._refuse)

    def _refuse(self, error: DeskError) -> None:
        self.save_button.setEnabled(True)
        loose = self.form.set_errors(error.fields)
        self.banner.set_text(" ".join(loose) if error.fields else error.sentence)
        self.banner.setVisible(bool(loose) or not error.fields)

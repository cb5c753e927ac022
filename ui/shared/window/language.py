"""Qt's own texts (buttons, file dialog, context menus) in Indonesian, and Indonesian dates and numbers."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

from asn_desk.paths import resource


def install_language(app: QCoreApplication) -> bool:
    """Make Qt speak Indonesian. False when the translation file is missing; Qt then stays English."""
    QLocale.setDefault(QLocale(QLocale.Language.Indonesian, QLocale.Country.Indonesia))
    translator = QTranslator(app)
    if not translator.load(str(resource("qtbase_id.qm"))):
        return False
    return app.installTranslator(translator)

"""PySide6 6.12.0 drops a reference to None on every void call and kills Python 3.11 after some 6,300; never ship it."""

from PySide6.QtWidgets import QLabel


def test_twenty_thousand_void_calls_survive(qtbot):
    label = QLabel()
    qtbot.addWidget(label)
    for _ in range(20_000):
        label.setText("x")
    assert label.text() == "x"

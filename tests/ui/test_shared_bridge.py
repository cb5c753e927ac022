"""The bridge: results on the main thread, dead owners, refusals and bugs kept apart, cancel, waiting for the desk."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject

from asn_desk.errors import DeskError
from tests.ui.fakes import FakeDesk
from ui.shared.bridge import Bridge
from ui.shared.progress import Cancelled, Progress, ProgressState


@pytest.fixture
def bridge(fake_desk):
    made = Bridge(fake_desk)
    yield made
    made.close()


@pytest.fixture
def owner(qapp):
    made = QObject()
    yield made
    made.deleteLater()


def test_a_read_runs_elsewhere_and_answers_on_the_main_thread(bridge, owner, qtbot):
    seen = []
    bridge.read(
        owner,
        lambda _session: threading.current_thread(),
        lambda worker: seen.append((worker, threading.current_thread())),
    )
    qtbot.waitUntil(lambda: bool(seen))
    worker, answered_on = seen[0]
    assert worker is not threading.main_thread()
    assert answered_on is threading.main_thread()


def test_a_write_tells_its_topics_after_its_own_callback(bridge, owner, qtbot):
    heard = []
    bridge.changed.connect(lambda topics: heard.append(topics))
    bridge.write(owner, lambda session: session.touched.add("employees"), lambda outcome: heard.append(outcome.value))
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert heard == [None, frozenset({"employees"})]


def test_writes_run_one_after_another_in_order(bridge, owner, qtbot):
    order = []
    for number in range(20):
        bridge.write(owner, lambda _session, number=number: order.append(number))
    done = []
    bridge.write(owner, lambda _session: None, lambda _outcome: done.append(1))
    qtbot.waitUntil(lambda: bool(done))
    assert order == list(range(20))


def test_the_result_of_a_deleted_owner_is_dropped_but_the_change_is_told(bridge, qtbot):
    gate, answers, heard = threading.Event(), [], []
    owner = QObject()
    bridge.changed.connect(heard.append)
    bridge.write(owner, lambda _session: gate.wait(5), answers.append)
    owner.deleteLater()
    QCoreApplication.sendPostedEvents(owner, QEvent.Type.DeferredDelete)
    gate.set()
    qtbot.waitUntil(lambda: bool(heard))
    assert answers == []


def test_a_refusal_goes_to_its_own_handler(inline_bridge, owner):
    caught = []
    inline_bridge.read(owner, _refuse, lambda _value: None, caught.append)
    assert [error.code for error in caught] == ["nip"]


def test_a_refusal_without_handler_is_told_to_the_window(inline_bridge, owner, qtbot):
    with qtbot.waitSignal(inline_bridge.refused) as signal:
        inline_bridge.read(owner, _refuse, lambda _value: None)
    assert signal.args[0].sentence == "NIP tidak lengkap."


def test_a_bug_takes_the_crash_path_even_with_a_handler(inline_bridge, owner, qtbot):
    handled = []
    with qtbot.waitSignal(inline_bridge.crashed) as signal:
        inline_bridge.read(owner, lambda _session: 1 // 0, lambda _value: None, handled.append)
    assert isinstance(signal.args[0], ZeroDivisionError)
    assert handled == []


def test_calls_wait_for_the_desk(owner, qtbot):
    bridge, seen = Bridge(inline=True), []
    bridge.read(owner, lambda _session: 7, seen.append)
    assert seen == []
    bridge.attach(FakeDesk())
    assert seen == [7]
    bridge.close()


def test_a_task_needs_no_desk(owner):
    bridge, seen = Bridge(inline=True), []
    task = bridge.task(owner, lambda _progress: 3, seen.append)
    assert (seen, task.finished) == ([3], True)
    bridge.close()


def test_cancelling_a_task_tells_only_that(bridge, owner, qtbot):
    started, told = threading.Event(), []

    def work(progress: Progress) -> None:
        started.set()
        while True:
            progress.check()

    task = bridge.task(owner, work, lambda _value: told.append("done"), cancelled=lambda: told.append("cancelled"))
    assert started.wait(5)
    task.cancel()
    qtbot.waitUntil(lambda: bool(told))
    assert told == ["cancelled"]


def test_reports_of_a_long_write_reach_the_main_thread(bridge, owner, qtbot):
    states, done = [], []

    def work(_session, progress: Progress) -> int:
        for step in range(1, 1001):
            progress(step, 1000)
        return 1

    bridge.write_task(owner, work, done.append, progress=states.append)
    qtbot.waitUntil(lambda: bool(done))
    assert states[-1] == ProgressState(1000, 1000, "", 0.0)
    assert len(states) < 100


def test_closing_finishes_the_writes_that_were_begun(owner):
    desk = FakeDesk()
    bridge, stored = Bridge(desk), []
    for number in range(10):
        bridge.write(owner, lambda _session, number=number: stored.append(number))
    bridge.close()
    assert stored == list(range(10))


def test_progress_is_throttled_and_guesses_the_time_left():
    now, states = [0.0], []
    progress = Progress(states.append, clock=lambda: now[0])
    for step in range(1, 101):
        now[0] = step / 100
        progress(step, 100)
    assert 18 <= len(states) <= 22
    assert states[9].seconds_left == pytest.approx(1 - states[9].done / 100)


def test_a_report_after_a_cancel_stops_the_work():
    progress = Progress(lambda _state: None)
    progress.cancel()
    with pytest.raises(Cancelled):
        progress(1, 2)


def _refuse(_session: object) -> None:
    raise DeskError("nip", "NIP tidak lengkap.")

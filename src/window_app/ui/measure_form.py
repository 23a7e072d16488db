"""The largest form: opening it, typing in it; alone and with a thousand workers on its list."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from statistics import median

from PySide6.QtCore import QEvent, QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from window_app import settings
from window_app.domain.ids import new_id
from window_app.domain.visits import VisitDraft
from window_app.i18n import Catalogue
from window_app.services.desk import Desk
from window_app.services.practice import dated, samples
from window_app.tasks import TaskRunner
from window_app.ui.main import dressed_application
from window_app.ui.qt_tasks import QtTasks
from window_app.ui.theme import Theme
from window_app.ui.views.visit.aid_list import section_aids
from window_app.ui.views.visit.presenter import VisitPresenter
from window_app.ui.views.visit.visit_page import VisitPage
from window_app.ui.views.visit.visit_steps import Step
from window_app.ui.workplace import Workplace

SIZE = (1282, 700)
ROUNDS = 7
WORKERS = 1000
LIST = "workers"
PHONE = "0"
KEYS = 120


def form_times(desk: Desk) -> dict[str, float]:
    """Return milliseconds: opening, keystroke, and how long the interface is held with a thousand workers."""
    application = dressed_application(settings.Settings())
    tasks = QtTasks(TaskRunner())
    place = Workplace(desk, tasks, Catalogue("zh_CN"), Theme())
    bench = _Bench(application, place)
    try:
        desk.interview.prepare()
        desk.parties.codes.warm()
        draft = largest(desk)
        many = with_workers(draft)
        opened = [bench.chosen(draft) for _ in range(ROUNDS + 1)][1:]
        taken_up = [bench.opened(draft) for _ in range(ROUNDS)]
        crowded = [bench.opened(many) for _ in range(ROUNDS)]
        keys, held = bench.typed(many)
    finally:
        tasks.close()
    return {
        "open_ms": median(one.whole for one in opened),
        "open_cpu_ms": median(one.processor for one in opened),
        "open_held_ms": max(one.held for one in opened),
        "draft_open_ms": median(one.whole for one in taken_up),
        "many_open_ms": median(one.whole for one in crowded),
        "many_held_ms": max(one.held for one in crowded),
        "key_ms": sorted(keys)[round(0.95 * len(keys)) - 1],
        "key_worst_ms": max(keys),
        "shown_held_ms": held,
        "fields": float(opened[-1].fields),
    }


def largest(desk: Desk) -> VisitDraft:
    """Return a visit at the form with the most fields, as the samples of a practice hall have it."""
    drafts = [desk.intake.from_json(dated(one.intake, desk.clock.today())) for one in samples()]
    return replace(max(drafts, key=lambda draft: _fields(desk, draft)), visit_id=new_id(desk.clock.now()))


def with_workers(draft: VisitDraft) -> VisitDraft:
    """Return the visit with a thousand workers on its list."""
    workers = [{"name": f"工友{at}", "owed": "8500", "phone": "13900000000"} for at in range(WORKERS)]
    facts = {**draft.facts, "visitor": LIST}
    return replace(draft, facts=facts, answers={**draft.answers, LIST: workers})


def _fields(desk: Desk, draft: VisitDraft) -> int:
    filling = desk.intake.filling(draft, draft.matters[0].key)
    return 0 if filling is None else sum(len(section.fields) for section in filling.matter.sections)


class Opened:
    """One opening.

    Attributes:
        whole: how long it took; `processor` of that, with all threads.
        held: how long the interface was held at most.
        fields: how many are on show.
    """

    def __init__(self, whole: float, held: float, fields: int, processor: float = 0.0) -> None:
        self.whole = whole
        self.held = held
        self.fields = fields
        self.processor = processor


class _Bench:
    """A page on show, and a stopwatch on every turn of the event loop."""

    def __init__(self, application: QApplication, place: Workplace) -> None:
        self._application = application
        self._place = place
        self.longest = 0.0

    def chosen(self, draft: VisitDraft) -> Opened:
        """Choose the route of a visit and wait until the fields of its form are painted, the first with the focus.

        What stands beside and below them follows turn by turn; the longest turn of all is noted.
        """
        matter = draft.matters[0]
        with self._page(draft.with_matter(replace(matter, route=None)), Step.WHAT) as (page, _):
            self.longest = 0.0
            begun, worked = time.perf_counter(), time.process_time()
            page.choose_route(matter.route or "")
            while not any(box.has_focus() for box in page.boxes()):
                self._application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            self._turn(QEventLoop.ProcessEventsFlag.AllEvents)
            whole = (time.perf_counter() - begun) * 1000
            processor = (time.process_time() - worked) * 1000
            fields = len(page.boxes())
            self._rest()
            return Opened(whole, self.longest, fields, processor)

    def opened(self, draft: VisitDraft) -> Opened:
        """Take a visit up at its form and wait until it is painted."""
        with self._page(draft) as (page, whole):
            return Opened(whole, self.longest, len(page.boxes()))

    def typed(self, draft: VisitDraft) -> tuple[list[float], float]:
        """Type into a field of the form; return each key's milliseconds and the longest hold of what came back."""
        with self._page(draft) as (page, _):
            box = next(one for one in page.boxes() if one.kind == "address")
            box.editor.target().setFocus()
            keys = [_timed(lambda: self._key(box.editor.target())) for _ in range(KEYS)]
            self.longest = 0.0
            page.flush()
            self._rest()
            return keys, self.longest

    def _key(self, target: object) -> None:
        QTest.keyClick(target, Qt.Key.Key_8)  # type: ignore[call-overload] # a widget
        self._application.processEvents()

    @contextmanager
    def _page(self, draft: VisitDraft, step: Step = Step.FORM) -> Iterator[tuple[VisitPage, float]]:
        place = self._place
        place.tasks.runner.submit(lambda: place.desk.reception.save(draft)).result()
        self._application.processEvents()
        self.longest = 0.0
        begun = time.perf_counter()
        presenter = VisitPresenter(place.desk, place.texts)
        page = VisitPage(place, presenter, section_aids())
        page.resize(*SIZE)
        page.show()
        page.resume(draft.visit_id)
        self._rest()
        whole = (time.perf_counter() - begun) * 1000
        if page.steps.current is not step:
            raise ValueError(page.steps.current)
        yield page, whole
        page.close()
        page.deleteLater()
        self._rest()
        self._application.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def _rest(self) -> None:
        """Turn the event loop until nothing is under way, and note the longest turn."""
        self._turn(QEventLoop.ProcessEventsFlag.AllEvents)
        while self._place.tasks.running:
            begun = time.thread_time()
            self._application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            self.longest = max(self.longest, (time.thread_time() - begun) * 1000)
        for _ in range(3):
            self._turn(QEventLoop.ProcessEventsFlag.AllEvents)

    def _turn(self, flag: QEventLoop.ProcessEventsFlag) -> None:
        begun = time.thread_time()
        self._application.processEvents(flag)
        self.longest = max(self.longest, (time.thread_time() - begun) * 1000)


def _timed(work: Callable[[], None]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000

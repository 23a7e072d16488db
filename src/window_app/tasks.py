"""The one door to threads.

One worker owns the database, so that statements never meet; a small pool does what may run beside it
(rendering, printing, devices). What goes on for as long as the program does (the line to the centre)
has a loop of its own. Nothing here touches the interface: `ui.qt_tasks` brings results there.
"""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from window_app import log

Result = TypeVar("Result")

_LOGGER = log.logger("tasks")


def _note_failure(future: "Future[Result]") -> None:
    """Leave a trace of a failure even where nobody asks for the result."""
    if not future.cancelled() and future.exception() is not None:
        _LOGGER.error("task.failed", exc_info=future.exception())


class TaskRunner:
    """Runs work away from the caller's thread; a context manager that closes itself."""

    def __init__(self, free_workers: int = 3) -> None:
        """Prepare the workers; threads start with the first work."""
        self._database = ThreadPoolExecutor(max_workers=1, thread_name_prefix="database")
        self._free = ThreadPoolExecutor(max_workers=free_workers, thread_name_prefix="free")

    def __enter__(self) -> "TaskRunner":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def submit(self, work: Callable[[], Result]) -> "Future[Result]":
        """Queue work for the thread that owns the database; done in the order of submission.

        Work must not wait for other work that it submits here: there is only one worker.

        Raises:
            RuntimeError: after `close`.
        """
        return self._start(self._database, work)

    def submit_free(self, work: Callable[[], Result]) -> "Future[Result]":
        """Start work that does not touch the database.

        Raises:
            RuntimeError: after `close`.
        """
        return self._start(self._free, work)

    def close(self) -> None:
        """Finish all that was submitted and end the threads; may be called again."""
        self._free.shutdown(wait=True)
        self._database.shutdown(wait=True)

    @staticmethod
    def _start(pool: ThreadPoolExecutor, work: Callable[[], Result]) -> "Future[Result]":
        future = pool.submit(work)
        future.add_done_callback(_note_failure)
        return future


class Loop:
    """A named, long-lived piece of work on a thread of its own; who starts it has a way to tell it to end."""

    def __init__(self, name: str, work: Callable[[], object]) -> None:
        """Start at once. A failure is logged and ends the loop alone."""
        self._work = work
        # The process may end while a call to the system hangs; whoever owns the loop joins it before that.
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def join(self, seconds: float) -> bool:
        """Wait for the end and tell whether it came; from within the loop itself there is nothing to wait for."""
        if threading.current_thread() is not self._thread:
            self._thread.join(seconds)
        return not self._thread.is_alive()

    def is_current(self) -> bool:
        """Tell whether the caller runs on this loop."""
        return threading.current_thread() is self._thread

    def _run(self) -> None:
        try:
            self._work()
        except Exception:
            _LOGGER.exception("task.failed")

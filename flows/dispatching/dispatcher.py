"""From the outbox to the starter, for as long as there is something due."""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from flows.dispatching.errors import StarterDownError, WorkPutOffError
from flows.dispatching.port import Start, Starter
from flows.dispatching.table import LANES, LOOKED_AT_AGAIN, TICKED_BY_ITS_WORK, together
from flows.errors import in_one_line
from review.outbox import Notice, NoticeKind, Outbox
from subtitles.errors import PolycueError

EVERY_S = 0.5
"""How often the outbox is looked at: a click starts its work within a second."""

LEASE = timedelta(minutes=1)
"""For how long a notice is one dispatcher's: what a killed one had in hand waits so long."""

LOOK_AGAIN = timedelta(minutes=10)
"""When an accepted run is looked after for the first time; each time later twice as long after."""

_LONGEST_LOOK_AGAIN = timedelta(hours=12)
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 5.0, 3_600.0
_LONGEST_OUTAGE_PAUSE_S = 30.0
_GRACE_S = 2.0
_log = logging.getLogger(__name__)

Plan = Callable[[Sequence[Notice]], Start | None]
"""What notices that belong together start (`flows.dispatching.table.start_of`)."""


@dataclass(slots=True, kw_only=True)
class Tally:
    """What came of it.

    Attributes:
        started: Pieces of work.
        failed: Notices whose work could not be started; they stay.
        is_down: Whether the starter did not answer at all.
        problem: The last one, in one line.
    """

    started: int = 0
    failed: int = 0
    is_down: bool = False
    problem: str = ""

    def add(self, other: "Tally") -> None:
        """Both together."""
        self.started += other.started
        self.failed += other.failed
        self.is_down |= other.is_down
        self.problem = other.problem or self.problem


class Dispatcher:
    """Starts what people's work is to start; several at once do each other's work no harm."""

    def __init__(self, outbox: Outbox, starter: Starter, plan: Plan) -> None:
        self._outbox, self._starter, self._plan = outbox, starter, plan
        self._stop = threading.Event()

    def once(self) -> Tally:
        """Everything that is due now; what fails waits for another time.

        Raises:
            ReviewDatabaseError: the outbox does not answer.
        """
        tally = Tally()
        for kind in (kind for lane in LANES for kind in lane):
            tally.add(self.dispatch(kind))
        return tally

    def run(self) -> None:
        """Until `stop` is called from another thread, or the caller is interrupted.

        What a lane has in hand is taken up again by the next dispatcher.
        """
        threads = [
            threading.Thread(target=self._go_on, args=(lane,), name=f"dispatch-{lane[0]}")
            for lane in LANES
        ]
        for thread in threads:
            thread.daemon = True
            thread.start()
        try:
            self._stop.wait()
        finally:
            self._stop.set()
            for thread in threads:
                thread.join(timeout=_GRACE_S)

    def stop(self) -> None:
        """End `run`."""
        self._stop.set()

    def dispatch(self, kind: NoticeKind) -> Tally:
        """What is due of one kind, until nothing is, or the starter is down.

        Raises:
            ReviewDatabaseError: the outbox does not answer.
        """
        tally = Tally()
        while not tally.is_down and (due := self._outbox.due(kind)):
            for group in together(due):
                if self._stop.is_set() or tally.is_down:
                    return tally
                # Taken even if an older one of the group is in other hands: that work may have
                # begun before this one was written.
                if self._outbox.take(group[-1].notice_id, for_=LEASE):
                    tally.add(self._act(group))
            # Those that others have in hand are not due, and those that failed wait.
        return tally

    def _act(self, group: tuple[Notice, ...]) -> Tally:
        newest = group[-1]
        try:
            start = self._plan(group)
            is_done = start is None or self._starter.start(
                start.deployment, start.parameters, start.idempotency_key
            )
        except StarterDownError as error:
            self._outbox.failed(newest.notice_id)
            return Tally(failed=1, is_down=True, problem=str(error))
        except WorkPutOffError as error:
            return Tally(failed=1, problem=str(error))
        except Exception as error:  # noqa: BLE001 - whatever it is, other notices go on
            return self._failed(newest, error)
        self._tick_off(group, has_work=start is not None, is_done=is_done)
        return Tally(started=int(start is not None))

    def _tick_off(self, group: tuple[Notice, ...], *, has_work: bool, is_done: bool) -> None:
        kind = group[-1].kind
        is_open = has_work and (
            kind in TICKED_BY_ITS_WORK or (kind in LOOKED_AT_AGAIN and not is_done)
        )
        for notice in group:
            if is_open:
                pause = min(LOOK_AGAIN * 2 ** min(notice.starts, 16), _LONGEST_LOOK_AGAIN)
                self._outbox.started(notice.notice_id, again_in=pause)
            else:
                self._outbox.delivered(notice.notice_id)

    def _failed(self, notice: Notice, error: Exception) -> Tally:
        pause_s = min(_FIRST_PAUSE_S * 2 ** min(notice.attempts, 16), _LONGEST_PAUSE_S)
        self._outbox.failed(notice.notice_id, again_in=timedelta(seconds=pause_s))
        unexpected = None if isinstance(error, PolycueError) else error
        problem = in_one_line(error)
        told = "notice %d (%s), failure %d, again in %d s: %s"
        failure = (notice.notice_id, notice.kind.value, notice.attempts + 1, pause_s, problem)
        _log.warning(told, *failure, exc_info=unexpected)
        return Tally(failed=1, problem=problem)

    def _go_on(self, lane: tuple[NoticeKind, ...]) -> None:
        outages = 0
        while not self._stop.is_set():
            tally = Tally()
            try:
                for kind in lane:
                    tally.add(self.dispatch(kind))
            except PolycueError as error:  # the database is away: it may come back
                tally = Tally(is_down=True, problem=str(error))
            outages = outages + 1 if tally.is_down else 0
            if outages == 1:
                _log.warning("work waits: %s", tally.problem)
            self._stop.wait(min(EVERY_S * 2 ** min(outages, 10), _LONGEST_OUTAGE_PAUSE_S))

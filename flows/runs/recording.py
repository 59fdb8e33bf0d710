"""A run tells the log how it goes, from its beginning to its end, whatever ends it."""

import logging
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from flows.errors import in_one_line
from flows.observing.context import at_work
from flows.observing.cpu import CpuMeter
from flows.observing.otel_tracing import tracer_of_environment
from flows.observing.prices import NO_PRICES, Prices
from flows.observing.tracing import current_tracer, span
from flows.runs.port import RunLog
from flows.runs.processes import this_process
from flows.runs.records import LanguageRun, RunKind, RunRecord, RunState, StageCost
from subtitles.errors import BusyError, PartialError, StorageError

logger = logging.getLogger(__name__)

SIGN_OF_LIFE_S = 30.0
"""How often a run that does nothing else tells that it is alive."""

_PAUSE_S = 5.0
"""Between two records of a run, so that many short stages do not write more than they work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRun:
    """What is known of a run before it begins; see `RunRecord`.

    Attributes:
        prices: What its machine costs an hour.
    """

    kind: RunKind
    title: str
    source: str = ""
    request: str = ""
    flow_run_id: str = ""
    device: str = "cpu"
    prices: Prices = NO_PRICES


class RunRecorder:
    """Tells the log of one run; safe for several threads.

    The log's first refusal fails the run before it has begun. Later ones are warnings: what a run
    makes is worth more than what is told of it.
    """

    def __init__(
        self,
        log: RunLog,
        record: RunRecord,
        prices: Prices = NO_PRICES,
        *,
        now_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self.log, self.prices = log, prices
        self._record, self._now_s = record, now_s
        self._told_s = now_s()
        self.meter = CpuMeter()
        self._keys: set[tuple[str, str]] = set()
        self._ends_as: RunState | None = None
        self._lock = threading.Lock()

    @property
    def record(self) -> RunRecord:
        """What is known now."""
        return self._record

    def found(self, *, media_id: str, programme_ms: int) -> None:
        """Which medium it is, and how long."""
        with self._lock:
            self._record = replace(self._record, media_id=media_id, programme_ms=programme_ms)
            self._tell()

    def language(self, one: LanguageRun) -> None:
        """One language is done, or failed."""
        with self._lock:
            # Publishing tells of the same language for several titles, each with its task.
            same = {"", one.task_id}
            others = (
                was
                for was in self._record.languages
                if was.language != one.language or was.task_id not in same
            )
            self._record = replace(self._record, languages=(*others, one))
            self._tell_now_and_then()

    def stage_ended(self, cost: StageCost) -> None:
        """A result was made or found; what was told of it already is not counted twice."""
        with self._lock:
            if (cost.stage, cost.key) in self._keys:
                return
            self._keys.add((cost.stage, cost.key))
            self._record = replace(self._record, costs=(*self._record.costs, cost))
            self._tell_now_and_then()

    def ends_as(self, state: RunState, error: str = "") -> None:
        """How the run will have ended, when no error ends it."""
        with self._lock:
            self._ends_as = state
            self._record = replace(self._record, error=_line(error))

    def sign_of_life(self) -> None:
        """Tell that the process is there."""
        with self._lock:
            self._tell()

    def end(self, error: BaseException | None, cpu_ms: int) -> None:
        """The run is over; partial when some language failed and nobody said how it ends."""
        with self._lock:
            state, why = _end_of(error)
            if error is None:
                has_failed = bool(self._record.failed)
                state = self._ends_as or (RunState.PARTIAL if has_failed else RunState.COMPLETED)
                why = self._record.error
            now = datetime.now(UTC)
            self._record = replace(
                self._record, state=state, error=why, ended_at=now, cpu_ms=cpu_ms
            )
            self._tell()
        # Whoever started the run is told by its outcome: in the log it is news, not an alarm.
        logger.info("ended %s after %d ms%s", state, self._record.wall_ms, why and f": {why}")

    def _tell_now_and_then(self) -> None:
        if self._now_s() - self._told_s >= _PAUSE_S:
            self._tell()

    def _tell(self) -> None:
        self._told_s = self._now_s()
        self._record = replace(self._record, seen_at=datetime.now(UTC))
        try:
            self.log.update(self._record)
        except StorageError as error:
            logger.warning("the run log cannot be written: %s", error)


current_run: ContextVar[RunRecorder | None] = ContextVar("current_run", default=None)
"""The run that this context works for, if any."""


@contextmanager
def recorded(log: RunLog, new: NewRun, *, needs_log: bool = True) -> Iterator[RunRecorder]:
    """A run from its beginning to its end; whatever ends the block is told and goes on its way.

    A run inside another one (a title of a batch) names it as its parent.

    Args:
        log: Where it is told.
        new: What is known of it.
        needs_log: False for work that has to be done though the log cannot be written, such as
            that which makes room on a full disk.

    Raises:
        StorageError: the log cannot be written; nothing has begun then.
    """
    parent = current_run.get()
    record = _first_record(new, parent.record.run_id if parent else "")
    try:
        log.begin(record)
    except StorageError as refusal:
        if needs_log:
            raise
        logger.warning("the run log cannot be written: %s", refusal)
    recorder = RunRecorder(log, record, new.prices)
    token = current_run.set(recorder)
    began_s = time.process_time()
    error: BaseException | None = None
    try:
        with _told_of(record), _signs_of_life(recorder):
            yield recorder
    except BaseException as raised:
        error = raised
        raise
    finally:
        current_run.reset(token)
        with at_work(run_id=record.run_id, title=record.title):
            recorder.end(error, round((time.process_time() - began_s) * 1000))


@contextmanager
def _told_of(record: RunRecord) -> Iterator[None]:
    """Logs and spans of the block name the run."""
    token = current_tracer.set(current_tracer.get() or tracer_of_environment())
    try:
        with (
            at_work(run_id=record.run_id, title=record.title),
            span(f"run {record.kind}", run_id=record.run_id, title=record.title),
        ):
            logger.info("%s began: %s", record.kind, record.title)
            yield
    finally:
        current_tracer.reset(token)


@contextmanager
def _signs_of_life(recorder: RunRecorder) -> Iterator[None]:
    is_over = threading.Event()

    def tell() -> None:
        while not is_over.wait(SIGN_OF_LIFE_S):
            recorder.sign_of_life()

    context = copy_context()
    thread = threading.Thread(target=lambda: context.run(tell), name="signs-of-life", daemon=True)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()


def _first_record(new: NewRun, parent_id: str) -> RunRecord:
    now = datetime.now(UTC)
    return RunRecord(
        run_id=f"{now:%Y%m%dT%H%M%S%f}Z-{secrets.token_hex(4)}",
        kind=new.kind,
        title=storable(new.title),
        source=storable(new.source),
        request=storable(new.request),
        flow_run_id=new.flow_run_id,
        device=new.device,
        parent_id=parent_id,
        started_at=now,
        seen_at=now,
        process=this_process(),
    )


def _end_of(error: BaseException | None) -> tuple[RunState, str]:
    if error is None:
        return RunState.COMPLETED, ""
    if isinstance(error, BusyError):  # it never began: what holds the title has a record of its own
        return RunState.STOPPED, _line(str(error))
    if isinstance(error, Exception):
        state = RunState.PARTIAL if isinstance(error, PartialError) else RunState.FAILED
        return state, _line(in_one_line(error))
    return RunState.STOPPED, "it was told to stop; run it again to go on where it was"


def _line(text: str) -> str:
    """The first line, of a bearable length."""
    return storable(text.splitlines()[0][:500] if text else "")


def storable(text: str) -> str:
    """Without what no JSON can hold: a file's name may be no text at all."""
    return text.encode("utf-8", "replace").decode("utf-8")

"""What is kept of a run."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from flows.runs.processes import ProcessMark
from subtitles.language import LanguageTag


class RunKind(StrEnum):
    """What was run."""

    TITLE = "title"
    """A film to subtitles: a `LocalizeRequest`."""
    TRANSCRIPT = "transcript"
    """A film to what is said in it: a `LocalizeRequest` without targets."""
    FILE = "file"
    """A subtitle file into other languages: a `TranslateRequest`."""
    BATCH = "batch"
    PUBLISH = "publish"
    REDO = "redo"
    MAINTAIN = "maintain"


LOCALIZING = frozenset({RunKind.TITLE, RunKind.FILE})
"""The kinds whose request says how drafts are made, so that they can be made again."""


class RunState(StrEnum):
    """How a run goes, or went."""

    RUNNING = "running"
    COMPLETED = "completed"
    PARTIAL = "partial"
    """Some languages or titles failed, the others are complete."""
    FAILED = "failed"
    STOPPED = "stopped"
    """Somebody told it to stop (Ctrl-C, SIGTERM, cancelled)."""
    CRASHED = "crashed"
    """Its process is gone, and nobody said why: killed, or the machine went down."""


NOT_WELL = frozenset({RunState.PARTIAL, RunState.FAILED, RunState.STOPPED, RunState.CRASHED})
"""The ends after which somebody should look, or run it again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageRun:
    """One language of a run.

    Attributes:
        language: Of the cues.
        cached: Whether the cues were there already.
        error: Why it failed; empty when it did not.
        task_id: Its review task; empty when there is none.
        folder: Where its files are; empty when there are none.
    """

    language: LanguageTag
    cached: bool = False
    error: str = ""
    task_id: str = ""
    folder: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StageCost:
    """What one result of a stage took.

    Attributes:
        stage: Such as ``chunk``.
        key: The beginning of the result's key: the same result has the same.
        language: That it is in, empty where that says nothing.
        chunk: Which part of the title, the first being 1; 0 for all of it.
        cached: Whether it was stored already; looking took the times below.
        wall_ms: Time that went by, without that of other stages computed on the way.
        cpu_ms: Processor time of this process meanwhile, all threads, without its children; what
            goes by while several stages are at work is divided evenly between them.
        size_bytes: Of the stored result.
    """

    stage: str
    key: str
    language: str = ""
    chunk: int = 0
    cached: bool = False
    wall_ms: int = 0
    cpu_ms: int = 0
    size_bytes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRecord:
    """One run.

    Attributes:
        run_id: Sorts by time; unique.
        kind: What was run.
        title: As files and people name it; of a batch or of other work, what names it.
        source: Absolute path of the film or file; empty where there is none.
        media_id: SHA-256 of the media; empty until it is known, and where there is none.
        request: What was asked for, as the JSON of its pydantic model.
        state: How it goes.
        error: Why it failed, in one line; empty when it did not.
        started_at: When it began, UTC.
        ended_at: When it ended; None while it has not, and when nobody saw it.
        seen_at: When its process last gave a sign of life.
        process: Who runs it.
        flow_run_id: Prefect's; empty without Prefect.
        parent_id: The run that this one is a part of, such as a batch; empty when there is none.
        programme_ms: Length of the film; 0 until it is known, and where there is none.
        device: Where models run, ``cpu`` or ``cuda``.
        languages: Those done or failed so far.
        costs: Results of stages used or made so far.
        cpu_ms: Processor time of its process from beginning to end; 0 until it has ended.
    """

    run_id: str
    kind: RunKind
    title: str
    source: str = ""
    media_id: str = ""
    request: str = ""
    state: RunState = RunState.RUNNING
    error: str = ""
    started_at: datetime
    ended_at: datetime | None = None
    seen_at: datetime
    process: ProcessMark
    flow_run_id: str = ""
    parent_id: str = ""
    programme_ms: int = 0
    device: str = "cpu"
    languages: tuple[LanguageRun, ...] = ()
    costs: tuple[StageCost, ...] = ()
    cpu_ms: int = 0

    @property
    def failed(self) -> tuple[LanguageRun, ...]:
        """Languages that could not be made."""
        return tuple(one for one in self.languages if one.error)

    @property
    def wall_ms(self) -> int:
        """From its beginning to its end, or to its last sign of life."""
        return round(((self.ended_at or self.seen_at) - self.started_at).total_seconds() * 1000)


def crashed(record: RunRecord) -> RunRecord:
    """The same run, whose process is gone."""
    error = f"its process is gone ({record.process}); run it again to go on where it was"
    return replace(record, state=RunState.CRASHED, error=error)


def is_of(record: RunRecord, kinds: Collection[RunKind]) -> bool:
    """Whether the run is of one of these kinds; none given means any."""
    return not kinds or record.kind in kinds

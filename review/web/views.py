"""What the pages show of tasks and cues: values in words, nothing left for templates to decide."""

from dataclasses import dataclass
from datetime import datetime

from review.tasks import CueState, Event, EventKind, ReviewCue, ReviewTask, Role, TaskState, User
from review.web.wording import FindingText, describe_all
from subtitles.counting import chars_per_second, line_width
from subtitles.language import LanguageTag, language_name
from subtitles.style.profile import StyleProfile

STATE_NAMES = {
    TaskState.PENDING: "Waiting",
    TaskState.IN_REVIEW: "In review",
    TaskState.CHANGES_REQUESTED: "Changes requested",
    TaskState.APPROVED: "Approved",
}
CUE_STATE_NAMES = {
    CueState.MACHINE: "Machine text",
    CueState.EDITED: "Edited",
    CueState.CONFIRMED: "Confirmed",
}
ROLE_NAMES = {
    Role.VIEWER: "Viewer",
    Role.LINGUIST: "Linguist",
    Role.LEAD: "Lead",
    Role.ADMIN: "Administrator",
}
EVENT_NAMES = {
    EventKind.DRAFT_PARKED: "put the draft into the queue",
    EventKind.DRAFT_REPLACED: "replaced the draft by a newer one",
    EventKind.DRAFT_SUPERSEDED: "made a newer draft, which was not taken",
    EventKind.TASK_CLAIMED: "claimed the task",
    EventKind.TASK_RELEASED: "gave the task back",
    EventKind.CUE_EDITED: "edited",
    EventKind.CUE_CONFIRMED: "confirmed",
    EventKind.CUE_UNCONFIRMED: "took the tick away",
    EventKind.TASK_APPROVED: "approved the task",
    EventKind.TASK_CHANGES_REQUESTED: "requested changes",
    EventKind.TASK_REOPENED: "reopened the task",
}
# What stands before the detail of an event; for the others it says nothing to a reviewer.
_DETAIL_NAMES = {
    EventKind.CUE_EDITED: "before",
    EventKind.TASK_CHANGES_REQUESTED: "reason",
    EventKind.TASK_REOPENED: "reason",
    EventKind.TASK_APPROVED: "SHA-256",
    EventKind.TASK_CLAIMED: "after the lease ran out of",
}

_EVEN_PERCENT = 50
_MINUTE_S, _HOUR_S, _DAY_S = 60, 3600, 86400
_MINUTE_MS, _HOUR_MS = 60_000, 3_600_000


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskView:
    """One task as a queue row and a page head show it."""

    task_id: str
    title: str
    language: LanguageTag
    language_name: str
    source_language: LanguageTag
    source_name: str
    state: TaskState
    state_name: str
    cue_count: int
    confirmed_count: int
    percent: int
    error_count: int
    warning_count: int
    holder: str
    is_mine: bool
    epoch: int | None
    held_until: datetime | None
    age: str
    created_at: datetime
    reason: str
    made_by: str

    @property
    def is_approved(self) -> bool:
        """Whether the text is frozen."""
        return self.state is TaskState.APPROVED

    @property
    def is_free(self) -> bool:
        """Whether it can be claimed right now."""
        return not self.is_approved and (not self.holder or self.is_mine)


@dataclass(frozen=True, slots=True, kw_only=True)
class CueView:
    """One cue as a row of the grid shows it."""

    cue_id: str
    number: int
    start_ms: int
    end_ms: int
    start: str
    end: str
    duration: str
    text: str
    source_text: str
    machine_text: str
    confidence_percent: int
    state: CueState
    state_name: str
    version: int
    speed: str
    is_too_fast: bool
    widths: tuple["WidthView", ...]
    findings: tuple[FindingText, ...]
    quality_percent: int | None

    @property
    def is_doubtful(self) -> bool:
        """Whether more texts like this one are changed than stay as they are."""
        return self.quality_percent is not None and self.quality_percent < _EVEN_PERCENT

    @property
    def is_confirmed(self) -> bool:
        """Whether a person ticked it off."""
        return self.state is CueState.CONFIRMED


@dataclass(frozen=True, slots=True)
class WidthView:
    """How wide one row of a cue is, in characters."""

    width: str
    is_too_wide: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EventView:
    """One line of the history."""

    at: datetime
    actor: str
    what: str
    detail_name: str
    detail: str
    cue_number: int | None
    cue_id: str | None


def task_view(task: ReviewTask, user: User, now: datetime) -> TaskView:
    """A task as ``user`` sees it at ``now``."""
    lease = task.lease
    is_mine = lease is not None and lease.user_id == user.user_id
    return TaskView(
        task_id=task.task_id,
        title=task.title,
        language=task.language,
        language_name=language_name(task.language),
        source_language=task.source_language,
        source_name=language_name(task.source_language),
        state=task.state,
        state_name=STATE_NAMES[task.state],
        cue_count=task.cue_count,
        confirmed_count=task.confirmed_count,
        percent=100 * task.confirmed_count // task.cue_count if task.cue_count else 0,
        error_count=task.error_count,
        warning_count=task.warning_count,
        holder=lease.user_name if lease else "",
        is_mine=is_mine,
        epoch=lease.epoch if lease and is_mine else None,
        held_until=lease.until if lease else None,
        age=age_text(task.created_at, now),
        created_at=task.created_at,
        reason=task.reason,
        made_by=task.made_by,
    )


def cue_view(cue: ReviewCue, profile: StyleProfile) -> CueView:
    """A cue as the grid shows it: numbered from 1, counted against its language's profile."""
    lines = cue.text.split("\n")
    speed = chars_per_second(lines, cue.span.duration_ms, profile.counting)
    widths = [line_width(line, profile.counting) for line in lines]
    return CueView(
        cue_id=cue.cue_id,
        number=cue.ordinal + 1,
        start_ms=cue.span.start_ms,
        end_ms=cue.span.end_ms,
        start=clock_text(cue.span.start_ms),
        end=clock_text(cue.span.end_ms),
        duration=f"{cue.span.duration_ms / 1000:.2f} s",
        text=cue.text,
        source_text=cue.source_text,
        machine_text=cue.machine_text,
        confidence_percent=round(100 * cue.confidence),
        state=cue.state,
        state_name=CUE_STATE_NAMES[cue.state],
        version=cue.version,
        speed=f"{speed:.1f}",
        is_too_fast=speed > profile.max_chars_per_second,
        widths=tuple(
            WidthView(f"{width:.1f}".removesuffix(".0"), width > profile.max_chars_per_line)
            for width in widths
        ),
        findings=describe_all(cue, profile),
        quality_percent=None if cue.quality is None else round(100 * cue.quality),
    )


def event_view(event: Event, numbers: dict[str, int]) -> EventView:
    """An event in words; ``numbers`` maps cue ids to what the grid calls them."""
    return EventView(
        at=event.at,
        actor=event.actor,
        what=EVENT_NAMES[event.kind],
        detail_name=_DETAIL_NAMES.get(event.kind, ""),
        detail=event.detail if event.kind in _DETAIL_NAMES else "",
        cue_number=numbers.get(event.cue_id) if event.cue_id else None,
        cue_id=event.cue_id,
    )


def clock_text(time_ms: int) -> str:
    """Position in the title: ``1:02.120`` or ``1:01:02.120``."""
    hours, rest_ms = divmod(time_ms, _HOUR_MS)
    minutes, rest_ms = divmod(rest_ms, _MINUTE_MS)
    seconds = f"{rest_ms // 1000:02d}.{rest_ms % 1000:03d}"
    return f"{hours}:{minutes:02d}:{seconds}" if hours else f"{minutes}:{seconds}"


def age_text(since: datetime, now: datetime) -> str:
    """How long ago, in the largest unit that fits."""
    seconds = max(0, int((now - since).total_seconds()))
    for unit_s, unit in ((_DAY_S, "d"), (_HOUR_S, "h"), (_MINUTE_S, "min")):
        if seconds >= unit_s:
            return f"{seconds // unit_s} {unit}"
    return "just now"

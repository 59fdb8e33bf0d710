"""What the pages show of tasks and cues: values in words, nothing left for templates to decide."""

from dataclasses import dataclass
from datetime import datetime

from review.tasks import CueState, ReviewCue, ReviewTask, Role, TaskState, User
from review.web.decision_views import is_free, waits_for
from review.web.wording import FindingText, describe_all
from subtitles.counting import chars_per_second, line_width
from subtitles.language import LanguageTag, language_name
from subtitles.style.profile import StyleProfile

STATE_NAMES = {
    TaskState.DRAFT: "Waits for the transcript",
    TaskState.PENDING: "Waiting",
    TaskState.IN_REVIEW: "In review",
    TaskState.QC_PENDING: "To be checked",
    TaskState.IN_QC: "Being checked",
    TaskState.CHANGES_REQUESTED: "Changes requested",
    TaskState.APPROVED: "Approved",
    TaskState.PUBLISHED: "Published",
    TaskState.CANCELLED: "Cancelled",
}
CUE_STATE_NAMES = {
    CueState.MACHINE: "Machine text",
    CueState.EDITED: "Edited",
    CueState.CONFIRMED: "Confirmed",
}
ROLE_NAMES = {
    Role.GUEST: "Guest",
    Role.VIEWER: "Viewer",
    Role.LINGUIST: "Linguist",
    Role.LEAD: "Lead",
    Role.ADMIN: "Administrator",
}

_EVEN_PERCENT = 50
_MINUTE_S, _HOUR_S, _DAY_S = 60, 3600, 86400
_MINUTE_MS, _HOUR_MS = 60_000, 3_600_000


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskView:
    """One task as a queue row and a page head show it.

    Attributes:
        is_approved: Whether the text is frozen.
        is_free: Whether an editor in this person's place could claim it right now.
        waits_for: Why this person cannot; empty when it does not wait for anything.
    """

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
    is_approved: bool
    is_free: bool
    waits_for: str
    comment_count: int


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
    is_stale: bool
    earlier_source: str
    offered_text: str

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
        is_approved=task.is_decided,
        is_free=is_free(task, user),
        waits_for=waits_for(task, user, now),
        comment_count=task.comment_count,
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
        is_stale=cue.is_stale,
        earlier_source=cue.earlier_source,
        offered_text=cue.offered_text,
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

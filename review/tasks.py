"""What the review queue is made of: tasks, cues under review, people, decisions."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from subtitles.findings import Finding
from subtitles.language import LanguageTag
from subtitles.span import Span
from subtitles.style.profile import Audience, Kind


class TaskState(StrEnum):
    """Where a review task stands (`review.workflow.TRANSITIONS` says how it moves)."""

    PENDING = "pending"
    IN_REVIEW = "in_review"
    CHANGES_REQUESTED = "changes_requested"
    APPROVED = "approved"


class CueState(StrEnum):
    """Where one cue stands: as the machine left it, touched by a person, or ticked off."""

    MACHINE = "machine"
    EDITED = "edited"
    CONFIRMED = "confirmed"


class EventKind(StrEnum):
    """What the log tells, and what `Event.detail` then holds.

    - of a draft parked, replaced or superseded (not taken, since people had begun): its draft id;
    - of a claim: whose lease had run out before, else nothing;
    - of an edit: the text *before* it (the text it led to is the next edit's, or the cue's own);
    - of an approval: the SHA-256 of the snapshot;
    - of a request for changes and of a reopening: the reason.
    """

    DRAFT_PARKED = "draft.parked"
    DRAFT_REPLACED = "draft.replaced"
    DRAFT_SUPERSEDED = "draft.superseded"
    TASK_CLAIMED = "task.claimed"
    TASK_RELEASED = "task.released"
    CUE_EDITED = "cue.edited"
    CUE_CONFIRMED = "cue.confirmed"
    CUE_UNCONFIRMED = "cue.unconfirmed"
    TASK_APPROVED = "task.approved"
    TASK_CHANGES_REQUESTED = "task.changes_requested"
    TASK_REOPENED = "task.reopened"


class Role(StrEnum):
    """What a person may do: look; edit and approve; also reopen; also manage people."""

    VIEWER = "viewer"
    LINGUIST = "linguist"
    LEAD = "lead"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """A person who may log in to the reviewer form."""

    user_id: str
    name: str
    role: Role
    is_active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """Who holds a task, and until when.

    ``epoch`` grows with every claim; a write that carries an older one is refused, so that a
    holder whose lease was taken over can never overwrite the new holder's work.
    """

    user_id: str
    user_name: str
    epoch: int
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewTask:
    """One title in one language under review.

    Attributes:
        task_id: Derived from media id, language and the id of the first draft; it stays for good.
        state: As people see it: a task whose lease has run out is pending again.
        cue_count: How many cues it has.
        confirmed_count: How many of them are ticked off.
        error_count: Open findings that block approval.
        warning_count: Open findings that want a look.
        lease: None while nobody holds it (an expired lease is none).
        snapshot_sha256: Of the text approved last; None until approved, kept when reopened.
        reason: Given with the last request for changes, else empty.
        audience: Names the style profile, as in `Draft`.
        kind: Names the style profile, as in `Draft`.
        client: Names the style profile, as in `Draft`.
    """

    task_id: str
    media_id: str
    title: str
    media_path: str
    frame_rate: str | None
    source_language: LanguageTag
    language: LanguageTag
    draft_id: str
    made_by: str
    state: TaskState
    cue_count: int
    confirmed_count: int
    error_count: int
    warning_count: int
    lease: Lease | None
    snapshot_sha256: str | None
    reason: str
    created_at: datetime
    updated_at: datetime
    audience: Audience = "adult"
    kind: Kind = "subtitle"
    client: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewCue:
    """One cue under review.

    Attributes:
        version: Grows with every change of the text; an edit names the version it was based on.
            A tick leaves it alone, so that typing and ticking never conflict with each other.
        machine_text: What the machine drafted, kept for ever.
        quality: Chance, as the machine estimates it, that its text stays as it is, 0…1; None when
            nothing tells.
    """

    cue_id: str
    ordinal: int
    span: Span
    text: str
    source_text: str
    machine_text: str
    confidence: float
    state: CueState
    version: int
    findings: tuple[Finding, ...] = ()
    quality: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One line of the append-only log: who did what, when.

    Attributes:
        cue_id: None when it concerns the whole task.
        actor: The person's name as it was then; ``pipeline`` for the machine.
        detail: As `EventKind` says; hostile text, for it quotes cues and reasons.
    """

    event_id: int
    task_id: str
    cue_id: str | None
    actor: str
    kind: EventKind
    detail: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """Approved text, frozen: releases are made from this, never from live rows.

    Attributes:
        sha256: Of ``srt``'s bytes (UTF-8).
        srt: The whole file.
        vtt: The same cues as WebVTT.
    """

    sha256: str
    task_id: str
    language: LanguageTag
    srt: str
    vtt: str
    approved_by: str
    approved_at: datetime

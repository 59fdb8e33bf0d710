"""What the review queue is made of: tasks, cues under review, people, decisions."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from subtitles.findings import Finding
from subtitles.language import LanguageTag
from subtitles.span import Span


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


class Role(StrEnum):
    """What a person may do: look, edit and approve, or everything."""

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
class DraftCue:
    """A machine cue on its way into the queue, with the source text it renders.

    Attributes:
        cue_id: As in the cue track.
        span: In-time and out-time.
        text: Rows joined by line breaks.
        source_text: The source cue's rows joined by line breaks; the text itself on a source track.
        confidence: Lowest probability of what the cue was made from, 0…1.
    """

    cue_id: str
    span: Span
    text: str
    source_text: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A whole machine draft of one title in one language, ready to be parked.

    Attributes:
        media_id: SHA-256 of the media file's bytes.
        title: For people, such as the file's stem.
        media_path: Where this machine can play the media from.
        frame_rate: As ``24000/1001``; None without video.
        source_language: Of the speech.
        language: Of the cues.
        draft_id: Content hash of the cues: a new machine draft has a new one.
        made_by: Printed engine signature.
        cues: In order.
        findings: What the checks found on this draft.
    """

    media_id: str
    title: str
    media_path: str
    frame_rate: str | None
    source_language: LanguageTag
    language: LanguageTag
    draft_id: str
    made_by: str
    cues: tuple[DraftCue, ...]
    findings: tuple[Finding, ...] = ()


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
        task_id: Derived from media id, language and draft id.
        cue_count: How many cues it has.
        confirmed_count: How many of them are ticked off.
        error_count: Open findings that block approval.
        warning_count: Open findings that want a look.
        lease: None while nobody holds it (an expired lease is none).
        snapshot_sha256: Of the approved text; None until approved.
        reason: Given with the last request for changes, else empty.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewCue:
    """One cue under review.

    Attributes:
        version: Grows with every write; an edit names the version it was based on.
        machine_text: What the machine drafted, kept for ever.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One line of the append-only log: who did what, when."""

    event_id: int
    task_id: str
    cue_id: str | None
    actor: str
    kind: str
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

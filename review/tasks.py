"""What the review queue is made of: tasks, cues under review, people, decisions."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

from subtitles.findings import Finding
from subtitles.language import LanguageTag
from subtitles.span import Span
from subtitles.style.profile import Audience, Kind


class TaskState(StrEnum):
    """Where a review task stands (`review.workflow.TRANSITIONS` says how it moves)."""

    DRAFT = "draft"
    PENDING = "pending"
    IN_REVIEW = "in_review"
    QC_PENDING = "qc_pending"
    IN_QC = "in_qc"
    CHANGES_REQUESTED = "changes_requested"
    APPROVED = "approved"
    PUBLISHED = "published"
    CANCELLED = "cancelled"


CLOSED = frozenset({TaskState.APPROVED, TaskState.PUBLISHED, TaskState.CANCELLED})
"""The states in which nobody has to do anything; all others are open."""


class Priority(IntEnum):
    """What comes first in the queue, whatever it is due."""

    LOW = -1
    NORMAL = 0
    HIGH = 1
    URGENT = 2


class CueState(StrEnum):
    """Where one cue stands: as the machine left it, touched by a person, or ticked off."""

    MACHINE = "machine"
    EDITED = "edited"
    CONFIRMED = "confirmed"


class Role(StrEnum):
    """What a person may do, from the role that may do least.

    Only what memberships open; look at everything; edit and approve; also reopen and waive; also
    manage people.
    """

    GUEST = "guest"
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
class Reservation:
    """Who has a task first, though nobody holds it: who made its text, or whom a lead assigned.

    Attributes:
        until: When anybody may take it; None as long as it is assigned.
    """

    user_id: str
    user_name: str
    until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewTask:
    """One title in one language under review.

    Attributes:
        task_id: Derived from media id, language and the id of the first draft; it stays for good.
        state: As people see it: a task whose lease has run out is pending again.
        cue_count: How many cues it has.
        confirmed_count: How many of them are ticked off.
        error_count: Open findings that block approval, without those that were waived.
        warning_count: Open findings that want a look, without those that were waived.
        comment_count: Comments nobody has resolved.
        lease: None while nobody holds it (an expired lease is none).
        snapshot_sha256: Of the text approved last; None until approved, kept when reopened.
        published_sha256: Of the text published last; None until published.
        reason: Given with the last request for changes, or with a cancellation, else empty.
        project_id: The project it belongs to.
        two_stages: Whether a second person approves, as its project wants it now.
        submitted_by: The id of who submitted the text last, in a project of two stages.
        kept_for: Who has it first, while it waits to be reviewed; None for nobody.
        audience: Names the style profile, as in `Draft`.
        kind: Names the style profile, as in `Draft`.
        client: Names the style profile, as in `Draft`.
        assigned_to: The id of whom a lead gave it to; None for nobody.
        due_at: When it has to be approved; None where nobody said.
        risk: Share of cues that are probably not right as they stand, 0…1.
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
    published_sha256: str | None = None
    project_id: str = ""
    two_stages: bool = False
    submitted_by: str | None = None
    kept_for: Reservation | None = None
    comment_count: int = 0
    assigned_to: str | None = None
    due_at: datetime | None = None
    priority: Priority = Priority.NORMAL
    risk: float = 0.0

    @property
    def is_transcript(self) -> bool:
        """Whether it is the text in the language spoken, which the translations start from."""
        return self.language == self.source_language

    @property
    def is_decided(self) -> bool:
        """Whether its text is frozen."""
        return self.state in {TaskState.APPROVED, TaskState.PUBLISHED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """Somebody's decision that a finding may stay.

    It ends when its finding goes; a finding that comes back as it was keeps it.
    """

    finding: Finding
    by: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewCue:
    """One cue under review.

    Attributes:
        version: Grows with every change of the text; an edit names the version it was based on.
            A tick leaves it alone, so that typing and ticking never conflict with each other.
        machine_text: What the machine drafted, kept for ever.
        findings: All that were found, waived or not.
        waivers: Of those findings that somebody decided may stay.
        quality: Chance, as the machine estimates it, that its text stays as it is, 0…1; None when
            nothing tells.
        machine_span: When the machine showed it; None for a cue that no machine drafted.
        first_source: Place, from nought, of the first source cue it renders; None for none.
        last_source: Place of the last one; None with ``first_source``.
        is_stale: Whether its source has changed since a person last looked at it.
        earlier_source: Its source text as it was then; empty for a cue that is not stale.
        offered_text: What a newer machine draft says, where a person's text was kept; else empty.
        made_by: Printed signature of what drafted ``machine_text``; empty where nothing did.
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
    waivers: tuple[Waiver, ...] = ()
    machine_span: Span | None = None
    first_source: int | None = None
    last_source: int | None = None
    is_stale: bool = False
    earlier_source: str = ""
    offered_text: str = ""
    made_by: str = ""


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

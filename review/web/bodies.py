"""What browsers send and get: pydantic models, checked at this edge and nowhere else."""

from dataclasses import asdict
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from review.tasks import CueState, Lease, ReviewCue
from review.web.event_views import EventView
from review.web.views import CUE_STATE_NAMES
from review.web.wording import describe_all
from subtitles.findings import Severity
from subtitles.style.profile import StyleProfile

# Far above what the store accepts, so that the store's own, clearer refusal is what people read.
MAX_TEXT_CHARS = 10_000

# Numbers that a column of four bytes holds: with any other a database would be at a loss.
MAX_NUMBER = 2**31 - 1
Number = Annotated[int, Field(ge=0, le=MAX_NUMBER)]


class Form(BaseModel):
    """A plain HTML form."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class ReasonForm(Form):
    """A decision that needs a reason."""

    reason: str = Field(max_length=MAX_TEXT_CHARS)


class CueForm(Form):
    """One cue without scripts: its text, and which button was pressed.

    The button of an offer sends that text, which then counts instead of what was typed.
    """

    text: str = Field(max_length=MAX_TEXT_CHARS)
    version: Number
    epoch: Number
    action: Literal["save", "confirm", "reopen", "revert"] = "save"
    offer: str = Field(default="", max_length=MAX_TEXT_CHARS)


class StrictBody(BaseModel):
    """A JSON body: unknown fields are refused, so that a typo cannot pass for a default."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class LoginBody(StrictBody):
    """Logging in from within a page."""

    name: str = Field(max_length=200)
    password: str = Field(max_length=1000)


class EpochBody(StrictBody):
    """Which lease the page believes to hold."""

    epoch: Number


class HeartbeatBody(EpochBody):
    """A sign of life: how long somebody was at work since the last one."""

    active_ms: Number = 0


class EditBody(EpochBody):
    """A new text; If-Match names the version it is based on."""

    text: str = Field(max_length=MAX_TEXT_CHARS)


class ConfirmBody(EpochBody):
    """Ticking a cue off, or taking the tick away."""

    confirmed: bool


class UserAnswer(BaseModel):
    """Who is logged in."""

    user_id: str
    name: str


class LeaseAnswer(BaseModel):
    """Who holds a task until when (ISO 8601, UTC)."""

    user_id: str
    user_name: str
    epoch: Number
    until: str


class FindingAnswer(BaseModel):
    """One finding in words."""

    rule: str
    severity: Severity
    label: str
    detail: str
    advice: str
    source: str
    fix: str
    waived_by: str
    waiver: str


class CueAnswer(BaseModel):
    """One cue as it is stored now.

    ``first_source`` and ``last_source`` are places, from nought, in what the task renders; None for
    a cue that renders nothing.
    """

    cue_id: str
    version: int
    ordinal: int
    start_ms: int
    end_ms: int
    text: str
    source_text: str
    first_source: int | None
    last_source: int | None
    machine_text: str
    offered_text: str
    is_stale: bool
    earlier_source: str
    confidence_percent: int
    quality_percent: int | None
    state: CueState
    state_name: str
    findings: tuple[FindingAnswer, ...]


class OfferAnswer(BaseModel):
    """A text that may be put into a cue."""

    text: str
    label: str
    sentence: str
    origin: str
    source_text: str


class EventAnswer(BaseModel):
    """One line of the history."""

    at: str
    actor: str
    what: str
    detail_name: str
    detail: str


def lease_answer(lease: Lease) -> LeaseAnswer:
    """A lease as the page reads it."""
    return LeaseAnswer(
        user_id=lease.user_id,
        user_name=lease.user_name,
        epoch=lease.epoch,
        until=lease.until.isoformat(),
    )


def cue_answer(cue: ReviewCue, profile: StyleProfile) -> CueAnswer:
    """A cue as the page reads it."""
    return CueAnswer(
        cue_id=cue.cue_id,
        version=cue.version,
        ordinal=cue.ordinal,
        start_ms=cue.span.start_ms,
        end_ms=cue.span.end_ms,
        text=cue.text,
        source_text=cue.source_text,
        first_source=cue.first_source,
        last_source=cue.last_source,
        machine_text=cue.machine_text,
        offered_text=cue.offered_text,
        is_stale=cue.is_stale,
        earlier_source=cue.earlier_source,
        confidence_percent=round(100 * cue.confidence),
        quality_percent=None if cue.quality is None else round(100 * cue.quality),
        state=cue.state,
        state_name=CUE_STATE_NAMES[cue.state],
        findings=tuple(FindingAnswer(**asdict(one)) for one in describe_all(cue, profile)),
    )


def event_answer(event: EventView) -> EventAnswer:
    """A line of the history as the page reads it."""
    return EventAnswer(
        at=event.at.isoformat(),
        actor=event.actor,
        what=event.what,
        detail_name=event.detail_name,
        detail=event.detail,
    )

"""What browsers send and get: pydantic models, checked at this edge and nowhere else."""

from dataclasses import asdict
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from review.tasks import CueState, Lease, ReviewCue
from review.web.views import CUE_STATE_NAMES, EventView
from review.web.wording import describe_all
from subtitles.findings import Severity
from subtitles.style.profile import StyleProfile

# Far above what the store accepts, so that the store's own, clearer refusal is what people read.
MAX_TEXT_CHARS = 10_000


class _Form(BaseModel):
    """A plain HTML form."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class ReasonForm(_Form):
    """A decision that needs a reason."""

    reason: str = Field(max_length=MAX_TEXT_CHARS)


class ChangesForm(ReasonForm):
    """Sending a task back."""

    epoch: int


class CueForm(_Form):
    """One cue without scripts: its text, and which button was pressed.

    The button of an offer sends that text, which then counts instead of what was typed.
    """

    text: str = Field(max_length=MAX_TEXT_CHARS)
    version: int
    epoch: int
    action: Literal["save", "confirm", "reopen", "revert"] = "save"
    offer: str = Field(default="", max_length=MAX_TEXT_CHARS)


class _Body(BaseModel):
    """A JSON body: unknown fields are refused, so that a typo cannot pass for a default."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class LoginBody(_Body):
    """Logging in from within a page."""

    name: str = Field(max_length=200)
    password: str = Field(max_length=1000)


class EpochBody(_Body):
    """Which lease the page believes to hold."""

    epoch: int


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
    epoch: int
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


class CueAnswer(BaseModel):
    """One cue as it is stored now."""

    cue_id: str
    version: int
    text: str
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
        text=cue.text,
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

"""The JSON interface of the task page: versioned, guarded like every other route."""

import re
from dataclasses import asdict, dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query, Request
from starlette.responses import Response

from review.errors import UnknownTaskError
from review.measuring import profile_of
from review.store import ReviewStore
from review.tasks import ReviewCue, ReviewTask
from review.web.access import CurrentUser
from review.web.bodies import (
    ConfirmBody,
    CueAnswer,
    EditBody,
    EventAnswer,
    HeartbeatBody,
    LeaseAnswer,
    LoginBody,
    OfferAnswer,
    UserAnswer,
    cue_answer,
    event_answer,
    lease_answer,
)
from review.web.cookies import set_session
from review.web.event_views import event_view
from review.web.offer_views import offer_views
from review.web.problems import VersionRequiredError, WrongCredentialsError
from review.web.services import Parts, client_address
from review.web.step_views import concerns

router = APIRouter(prefix="/api/v1")


@dataclass(frozen=True, slots=True)
class Editor:
    """Who writes, and where to."""

    store: ReviewStore
    user_id: str


def editor(parts: Parts, user: CurrentUser) -> Editor:
    """The person behind a request that writes."""
    return Editor(parts.store, user.user_id)


Writer = Annotated[Editor, Depends(editor)]

_ETAG = re.compile(r'(?:W/)?"(\d{1,9})"')


@router.post("/session")
def api_log_in(request: Request, response: Response, parts: Parts, body: LoginBody) -> UserAnswer:
    """Log in again from within a page whose session has ended."""
    user = parts.identify(body.name, body.password, client_address(request))
    if user is None:
        raise WrongCredentialsError
    token = parts.people.open_session(user.user_id, lifetime=parts.settings.session_lifetime)
    set_session(response, token, request, parts.settings)
    return UserAnswer(user_id=user.user_id, name=user.name)


@router.get("/tasks/{task_id}/cues")
def api_cues(parts: Parts, task_id: str) -> tuple[CueAnswer, ...]:
    """Every cue as it is stored now, in order."""
    profile = profile_of(parts.store.task(task_id))
    return tuple(cue_answer(cue, profile) for cue in parts.store.cues(task_id))


@router.get("/tasks/{task_id}/cues/{cue_id}")
def api_cue(response: Response, parts: Parts, task_id: str, cue_id: str) -> CueAnswer:
    """One cue; its ETag is what an edit must name."""
    for cue in parts.store.cues(task_id, [cue_id]):
        return _with_etag(response, cue, parts.store.task(task_id))
    raise UnknownTaskError("cue", cue_id)


@router.get("/tasks/{task_id}/cues/{cue_id}/offers")
def api_offers(parts: Parts, task_id: str, cue_id: str) -> tuple[OfferAnswer, ...]:
    """Other texts for one cue: from memory, and the machine's other renderings; best first."""
    offers = offer_views(parts.store, parts.store.task(task_id), cue_id)
    return tuple(OfferAnswer(**asdict(offer)) for offer in offers)


@router.patch("/tasks/{task_id}/cues/{cue_id}")
def api_edit_cue(
    response: Response,
    writer: Writer,
    task_id: str,
    cue_id: str,
    body: EditBody,
    if_match: Annotated[str, Header()] = "",
) -> CueAnswer:
    """Store a text based on the version in If-Match.

    412 with the current text when the cue has moved on, 428 without If-Match, 409 when the
    sender does not hold the task.
    """
    cue = writer.store.edit_cue(
        task_id,
        cue_id,
        user_id=writer.user_id,
        epoch=body.epoch,
        version=_version(if_match),
        text=body.text,
    )
    return _with_etag(response, cue, writer.store.task(task_id))


@router.put("/tasks/{task_id}/cues/{cue_id}/confirmation")
def api_confirm_cue(
    response: Response, writer: Writer, task_id: str, cue_id: str, body: ConfirmBody
) -> CueAnswer:
    """Tick a cue off, or take the tick away."""
    cue = writer.store.confirm_cue(
        task_id,
        cue_id,
        user_id=writer.user_id,
        epoch=body.epoch,
        confirmed=body.confirmed,
    )
    return _with_etag(response, cue, writer.store.task(task_id))


@router.post("/tasks/{task_id}/claim")
def api_claim(parts: Parts, user: CurrentUser, task_id: str) -> LeaseAnswer:
    """Take the task (again)."""
    return lease_answer(parts.store.claim(task_id, user.user_id))


@router.post("/tasks/{task_id}/heartbeat")
def api_heartbeat(
    parts: Parts, user: CurrentUser, task_id: str, body: HeartbeatBody
) -> LeaseAnswer:
    """Keep the task: the page is open and somebody looks at it.

    ``active_ms``: how long they were at work since the last time, which only they will see.
    """
    lease = parts.store.heartbeat(task_id, user.user_id, body.epoch)
    parts.backend.ledger.record(task_id, user.user_id, body.active_ms)
    return lease_answer(lease)


@router.get("/tasks/{task_id}/events")
def api_events(
    parts: Parts, task_id: str, cue_id: Annotated[str, Query(max_length=100)] = ""
) -> tuple[EventAnswer, ...]:
    """The history of a task, or of one of its cues; latest first."""
    events = [
        event for event in parts.store.events(task_id) if not cue_id or concerns(event, cue_id)
    ]
    return tuple(event_answer(event_view(event, {}, cue_id=cue_id)) for event in events[::-1])


def _with_etag(response: Response, cue: ReviewCue, task: ReviewTask) -> CueAnswer:
    response.headers["ETag"] = f'"{cue.version}"'
    return cue_answer(cue, profile_of(task))


def _version(if_match: str) -> int:
    """The version of an If-Match header; VersionRequiredError without a usable one."""
    found = _ETAG.fullmatch(if_match.strip())
    if found is None:
        raise VersionRequiredError
    return int(found[1])

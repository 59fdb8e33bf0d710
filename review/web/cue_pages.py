"""One cue on a page of its own: how to edit where no scripts run."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import Response

from review.errors import UnknownTaskError
from review.measuring import profile_of
from review.tasks import CueState, ReviewCue, User
from review.web.access import CurrentUser
from review.web.bodies import CueForm
from review.web.decision_views import decision_view
from review.web.offer_views import offer_views
from review.web.rendering import page, see
from review.web.services import Parts, Services
from review.web.task_pages import cue_path, task_path
from review.web.views import cue_view, task_view

router = APIRouter(prefix="/tasks/{task_id}/cues/{cue_id}")


@router.get("")
def cue_page(
    request: Request, parts: Parts, user: CurrentUser, task_id: str, cue_id: str
) -> Response:
    """A form for one cue; the page of the task for whoever does not hold it."""
    task = parts.store.task(task_id)
    cue = _find_cue(parts, task_id, cue_id)
    view = task_view(task, user, parts.clock())
    if view.epoch is None:
        return see(task_path(task_id))
    profile = profile_of(task)
    context = {
        "task": view,
        "cue": cue_view(cue, profile),
        "profile": profile,
        "offers": offer_views(parts.store, task, cue_id),
        "may_override": decision_view(task, user, parts.clock()).may_override,
    }
    return page(request, "cue_page.html", context)


@router.post("")
def edit_cue(
    request: Request,
    parts: Parts,
    user: CurrentUser,
    task_id: str,
    cue_id: str,
    form: Annotated[CueForm, Form()],
) -> Response:
    """Do what the pressed button says, and go on to the next cue after a tick."""
    request.state.back = here = cue_path(task_id, cue_id)
    request.state.typed_text = form.text
    _apply(parts, user, task_id, _find_cue(parts, task_id, cue_id), form)
    if form.action != "confirm":
        return see(here, "saved")
    following = _next_unconfirmed(parts, task_id, cue_id)
    return see(cue_path(task_id, following) if following else task_path(task_id), "saved")


def _next_unconfirmed(parts: Services, task_id: str, cue_id: str) -> str | None:
    """The cue to go on with: the next without a tick, going round once."""
    cues = parts.store.cues(task_id)
    place = next(index for index, cue in enumerate(cues) if cue.cue_id == cue_id)
    in_turn = (*cues[place + 1 :], *cues[:place])
    return next((cue.cue_id for cue in in_turn if cue.state is not CueState.CONFIRMED), None)


def _apply(parts: Services, user: User, task_id: str, cue: ReviewCue, form: CueForm) -> None:
    """Do what the pressed button says; the text is saved first, whichever it was."""
    text = cue.machine_text if form.action == "revert" else _from_form(form.offer or form.text)
    if text != cue.text:
        cue = parts.store.edit_cue(
            task_id,
            cue.cue_id,
            user_id=user.user_id,
            epoch=form.epoch,
            version=form.version,
            text=text,
        )
    confirmed = {"confirm": True, "reopen": False}.get(form.action)
    if confirmed is not None and confirmed != (cue.state is CueState.CONFIRMED):
        parts.store.confirm_cue(
            task_id, cue.cue_id, user_id=user.user_id, epoch=form.epoch, confirmed=confirmed
        )


def _find_cue(parts: Services, task_id: str, cue_id: str) -> ReviewCue:
    for cue in parts.store.cues(task_id, [cue_id]):
        return cue
    raise UnknownTaskError("cue", cue_id)


def _from_form(text: str) -> str:
    """A form field's text with the line ends it had before the browser encoded them as CR LF."""
    return text.replace("\r\n", "\n")

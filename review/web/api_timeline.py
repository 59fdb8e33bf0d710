"""What a film sounds and cuts like, for the workbench's timeline."""

from fastapi import APIRouter
from pydantic import BaseModel
from starlette.responses import Response

from review.errors import UnknownTaskError
from review.web.services import Parts

router = APIRouter(prefix="/api/v1")


class TimelineAnswer(BaseModel):
    """A film along its own clock; ``peaks``: base64 of bytes, lowest and highest in turn."""

    duration_ms: int
    peaks_hz: int
    peaks: str
    shot_changes_ms: tuple[int, ...]
    speech: tuple[tuple[int, int], ...]


@router.get("/tasks/{task_id}/timeline")
def api_timeline(response: Response, parts: Parts, task_id: str) -> TimelineAnswer:
    """Waveform, shot changes and speech of the film; 404 where nothing is known of it."""
    task = parts.store.task(task_id)
    found = parts.backend.timelines.timeline(task.media_id)
    if found is None:
        raise UnknownTaskError("timeline", task_id)
    # The same for as long as the film is: media ids are digests of it.
    response.headers["Cache-Control"] = "private, max-age=600"
    return TimelineAnswer(
        duration_ms=found.duration_ms,
        peaks_hz=found.peaks_hz,
        peaks=found.peaks,
        shot_changes_ms=found.shot_changes_ms,
        speech=tuple((span.start_ms, span.end_ms) for span in found.speech),
    )

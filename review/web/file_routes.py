"""Files out of the queue: the media to listen to, and the subtitles to take along."""

import re
from typing import Literal
from urllib.parse import quote

from fastapi import APIRouter
from starlette.responses import FileResponse, PlainTextResponse, Response

from review.tasks import ReviewTask
from review.web.media import require_playable
from review.web.services import Parts

router = APIRouter()

# What Windows, macOS or Linux refuse in a file name, and what would make one read as another:
# control characters and bidirectional formatting.
_NOT_IN_NAMES = re.compile(
    '[\\\\/:*?"<>|\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]'
)
# The longest name most file systems take is 255 bytes; four a character leaves room for the ending.
_MAX_STEM_CHARS = 50
_SUBTITLE_TYPES = {"srt": "application/x-subrip", "vtt": "text/vtt"}


@router.get("/health")
def health() -> PlainTextResponse:
    """For load balancers and start scripts: the process answers."""
    return PlainTextResponse("ok\n")


@router.api_route("/media/{task_id}", methods=["GET", "HEAD"])
def media(parts: Parts, task_id: str) -> FileResponse:
    """The media of a task, with byte ranges; its path comes from the store alone.

    Raises:
        NoMediaError: when the file is of no known kind or not on this machine.
    """
    path, kind = require_playable(parts.store.task(task_id).media_path)
    return FileResponse(path, media_type=kind, headers={"Cache-Control": "private, max-age=3600"})


@router.get("/tasks/{task_id}/export.{extension}")
def export(parts: Parts, task_id: str, extension: Literal["srt", "vtt"]) -> Response:
    """The approved text, or the text as it stands, whose file name then says draft."""
    task = parts.store.task(task_id)
    text = parts.store.text_of(task_id, extension, approved_only=task.is_decided)
    return Response(
        text.encode(),
        media_type=f"{_SUBTITLE_TYPES[extension]}; charset=utf-8",
        headers={"Content-Disposition": attachment(file_name(task, extension))},
    )


def file_name(task: ReviewTask, extension: str) -> str:
    """Such as ``Title.pt-BR.srt``, or ``Title.pt-BR.draft.srt`` while it is not approved."""
    mark = "" if task.is_decided else "draft."
    return release_file_name(task, f"{mark}{extension}")


def release_file_name(task: ReviewTask, ending: str) -> str:
    """Such as ``Title.pt-BR.bilingual.srt``."""
    stem = _NOT_IN_NAMES.sub("_", task.title)[:_MAX_STEM_CHARS].strip(" .") or "subtitles"
    return f"{stem}.{task.language}.{ending}"


def attachment(name: str) -> str:
    """Content-Disposition with the true name, and an ASCII one for old programs (RFC 6266)."""
    plain = name.encode("ascii", "replace").decode().replace("?", "_").replace("%", "_")
    true_name = quote(name.encode(errors="replace"), safe="")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{true_name}"

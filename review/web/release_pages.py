"""Releases: files of what was approved last, with their digests, and where the text came from."""

from dataclasses import dataclass
from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.responses import Response

from review.release.document import Made
from review.release.files import FILES, lost_in
from review.release.manifest import Manifest
from review.release.port import Release
from review.web.access import CurrentUser
from review.web.file_routes import attachment, release_file_name
from review.web.rendering import page
from review.web.services import Parts
from review.web.views import task_view

router = APIRouter()

_TYPES = {
    "srt": "application/x-subrip",
    "vtt": "text/vtt",
    "ttml": "application/ttml+xml",
    "json": "application/json",
}
_NAMES = {
    "srt": "SubRip",
    "vtt": "WebVTT",
    "ttml": "TTML (IMSC text)",
    "bilingual.srt": "Both languages, SubRip",
    "bilingual.vtt": "Both languages, WebVTT",
}
_MADE_NAMES = {
    Made.MACHINE: "as software wrote them",
    Made.MEMORY: "from earlier approved work",
    Made.COPY: "copied from the source",
    Made.EDITED: "drafted by software, changed by a person",
    Made.HUMAN: "written by a person",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FileView:
    """A file of a release as the page lists it.

    Attributes:
        lost: What it cannot carry of the text.
        why_missing: Why there is no such file; empty when there is.
    """

    name: str
    label: str
    path: str
    sha256: str
    kilobytes: str
    lost: tuple[str, ...] = ()
    why_missing: str = ""


@router.get("/tasks/{task_id}/release")
def release_page(request: Request, parts: Parts, user: CurrentUser, task_id: str) -> Response:
    """What was approved last: files, digests, who answers for it, how it was made."""
    request.state.back = f"/tasks/{quote(task_id, safe='')}"
    task = parts.store.task(task_id)
    release = parts.backend.releases.release(task_id)
    counts = release.manifest.made_counts
    context = {
        "task": task_view(task, user, parts.clock()),
        "here": f"/tasks/{quote(task_id, safe='')}",
        "is_current": task.is_decided,
        "manifest": release.manifest,
        "files": _file_views(release, task_id),
        "made": [(name, counts[made]) for made, name in _MADE_NAMES.items() if counts[made]],
    }
    return page(request, "release.html", context)


@router.get("/tasks/{task_id}/release/{name}")
def release_file(parts: Parts, task_id: str, name: str) -> Response:
    """One file of what was approved last."""
    task = parts.store.task(task_id)
    text = parts.backend.releases.file(task_id, name)
    kind = _TYPES[name.rpartition(".")[2]]
    return Response(
        text.encode(),
        media_type=f"{kind}; charset=utf-8",
        headers={"Content-Disposition": attachment(release_file_name(task, name))},
    )


@router.get("/api/v1/tasks/{task_id}/release")
def api_release_manifest(parts: Parts, task_id: str) -> Manifest:
    """The manifest of what was approved last, with the digest of every file."""
    return parts.backend.releases.release(task_id).manifest


def _file_views(release: Release, task_id: str) -> list[FileView]:
    missing = {one.name: one.why for one in release.missing}
    there = {one.name: one for one in release.manifest.files}
    views = []
    for name in FILES:
        if name in there:
            file = there[name]
            views.append(
                FileView(
                    name=name,
                    label=_NAMES[name],
                    path=f"/tasks/{quote(task_id, safe='')}/release/{name}",
                    sha256=file.sha256,
                    kilobytes=f"{file.size_bytes / 1000:.1f}",
                    lost=lost_in(name, release.document),
                )
            )
        elif name in missing:
            views.append(
                FileView(
                    name=name,
                    label=_NAMES[name],
                    path="",
                    sha256="",
                    kilobytes="",
                    why_missing=missing[name],
                )
            )
    return views

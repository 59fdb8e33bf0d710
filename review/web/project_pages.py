"""Projects: titles that belong together, and how they are reviewed."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import Response

from review.web.access import CurrentReach, CurrentUser
from review.web.access_bodies import project_id_of, project_segment
from review.web.access_forms import ProjectForm, ProjectSettingsForm
from review.web.problems import status_of
from review.web.rendering import page, see
from review.web.services import Parts, Services
from subtitles.errors import ReviewError

router = APIRouter(prefix="/projects")


@router.get("")
def projects_page(request: Request, parts: Parts, reach: CurrentReach) -> Response:
    """The projects one sees."""
    return _projects(request, parts, reach, problem=None)


@router.post("")
def add_project(
    request: Request,
    parts: Parts,
    user: CurrentUser,
    reach: CurrentReach,
    form: Annotated[ProjectForm, Form()],
) -> Response:
    """A new project."""
    try:
        parts.backend.projects.add(
            form.name,
            two_stages=form.two_stages,
            source_first=form.source_first,
            by=user.user_id,
        )
    except ReviewError as problem:
        return _projects(request, parts, reach, problem=problem)
    return see("/projects", "saved")


@router.post("/{project_id}/settings")
def change_project(
    parts: Parts,
    user: CurrentUser,
    project_id: str,
    form: Annotated[ProjectSettingsForm, Form()],
) -> Response:
    """Review its titles otherwise from now on."""
    parts.backend.projects.change(
        project_id_of(project_id),
        two_stages=form.two_stages,
        source_first=form.source_first,
        by=user.user_id,
    )
    return see("/projects", "saved")


def _projects(
    request: Request, parts: Services, reach: CurrentReach, *, problem: ReviewError | None
) -> Response:
    context = {
        "projects": [
            (project, project_segment(project.project_id))
            for project in parts.backend.projects.projects()
            if reach.sees_project(project.project_id)
        ],
        "problem": str(problem) if problem else None,
    }
    status = status_of(problem) if problem else 200
    return page(request, "projects.html", context, status_code=status)

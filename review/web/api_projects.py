"""The JSON interface of projects."""

from fastapi import APIRouter
from starlette.responses import Response

from review.web.access import CurrentReach, CurrentUser
from review.web.access_bodies import (
    PlaceBody,
    ProjectAnswer,
    ProjectBody,
    ProjectSettingsBody,
    project_answer,
    project_id_of,
)
from review.web.services import Parts

router = APIRouter(prefix="/api/v1", tags=["projects"])


@router.get("/projects")
def api_projects(parts: Parts, reach: CurrentReach) -> tuple[ProjectAnswer, ...]:
    """The projects one sees, by name."""
    return tuple(
        project_answer(project)
        for project in parts.backend.projects.projects()
        if reach.sees_project(project.project_id)
    )


@router.post("/projects", status_code=201)
def api_add_project(parts: Parts, user: CurrentUser, body: ProjectBody) -> ProjectAnswer:
    """A new project."""
    added = parts.backend.projects.add(
        body.name, two_stages=body.two_stages, source_first=body.source_first, by=user.user_id
    )
    return project_answer(added)


@router.put("/projects/{project_id}")
def api_change_project(
    parts: Parts, user: CurrentUser, project_id: str, body: ProjectSettingsBody
) -> ProjectAnswer:
    """Review the titles of a project otherwise from now on; ``none`` names those without one."""
    changed = parts.backend.projects.change(
        project_id_of(project_id),
        two_stages=body.two_stages,
        source_first=body.source_first,
        by=user.user_id,
    )
    return project_answer(changed)


@router.put("/tasks/{task_id}/project", status_code=204, response_class=Response)
def api_place_task(parts: Parts, user: CurrentUser, task_id: str, body: PlaceBody) -> None:
    """Put a task into another project."""
    parts.backend.projects.move(task_id, body.project_id, by=user.user_id)

"""One person's account, for administrators: role, memberships, password."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import Response

from review.access.roles import MEMBER_ROLES, Membership
from review.errors import UnknownTaskError
from review.tasks import Role
from review.web.access import CurrentUser
from review.web.access_forms import EVERY_PROJECT, MembershipForm
from review.web.api_people import user_named
from review.web.problems import status_of
from review.web.rendering import page, see
from review.web.services import Parts, Services
from review.web.views import ROLE_NAMES
from subtitles.errors import PolycueError
from subtitles.language import language_name, parse_language

router = APIRouter(prefix="/people/{user_id}")

_NAMELESS = "Titles in no project"


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipView:
    """A membership in words."""

    membership_id: int
    role: str
    project: str
    language: str


@router.get("")
def person_page(request: Request, parts: Parts, user_id: str) -> Response:
    """What this person may do where, and forms to change it."""
    return _person(request, parts, user_id, problem=None)


@router.post("/role")
def set_role(
    request: Request,
    parts: Parts,
    user: CurrentUser,
    user_id: str,
    role: Annotated[Role, Form()],
) -> Response:
    """Another role everywhere."""
    try:
        parts.people.set_role(user_named(parts, user_id).name, role, by=user.user_id)
    except PolycueError as problem:
        return _person(request, parts, user_id, problem=problem)
    return see(f"/people/{user_id}", "saved")


@router.post("/memberships")
def grant(
    request: Request,
    parts: Parts,
    user: CurrentUser,
    user_id: str,
    form: Annotated[MembershipForm, Form()],
) -> Response:
    """Let this person do more in a project, a language, or both."""
    try:
        parts.backend.members.grant(
            user_id,
            form.role,
            project_id=form.project_id,
            language=parse_language(form.language) if form.language.strip() else None,
            by=user.user_id,
        )
    except PolycueError as problem:
        return _person(request, parts, user_id, problem=problem)
    return see(f"/people/{user_id}", "saved")


@router.post("/memberships/withdraw")
def withdraw(
    parts: Parts, user: CurrentUser, user_id: str, membership_id: Annotated[int, Form()]
) -> Response:
    """Take one of this person's memberships back."""
    held = {one.membership_id for one in parts.backend.members.memberships()
            if one.user_id == user_id}  # fmt: skip
    if membership_id not in held:
        raise UnknownTaskError("membership", str(membership_id))
    parts.backend.members.withdraw(membership_id, by=user.user_id)
    return see(f"/people/{user_id}", "saved")


def membership_view(membership: Membership, projects: Mapping[str, str]) -> MembershipView:
    """A membership in words; ``projects`` has the names of projects by id."""
    project_id, language = membership.project_id, membership.language
    return MembershipView(
        membership_id=membership.membership_id,
        role=ROLE_NAMES[membership.role],
        project="Every project" if project_id is None else projects[project_id] or _NAMELESS,
        language="every language" if language is None else language_name(language),
    )


def project_names(parts: Services) -> dict[str, str]:
    """The names of all projects by id."""
    return {one.project_id: one.name for one in parts.backend.projects.projects()}


def _person(
    request: Request, parts: Services, user_id: str, *, problem: PolycueError | None
) -> Response:
    accounts = {account.user.user_id: account for account in parts.people.accounts()}
    if user_id not in accounts:
        raise UnknownTaskError("user", user_id)
    projects = project_names(parts)
    context = {
        "person": accounts[user_id].user,
        "account": accounts[user_id],
        "memberships": [
            membership_view(one, projects)
            for one in parts.backend.members.memberships()
            if one.user_id == user_id
        ],
        "role_names": ROLE_NAMES,
        "member_roles": {role: ROLE_NAMES[role] for role in MEMBER_ROLES},
        "projects": {project_id: name or _NAMELESS for project_id, name in projects.items()},
        "every_project": EVERY_PROJECT,
        "problem": str(problem) if problem else None,
    }
    return page(request, "person.html", context, status_code=status_of(problem) if problem else 200)

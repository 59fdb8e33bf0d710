"""The JSON interface of accounts and memberships, for administrators."""

from fastapi import APIRouter
from starlette.responses import Response

from review.access.identity import Invitation, clean_email
from review.errors import UnknownTaskError
from review.tasks import User
from review.web.access import CurrentUser
from review.web.access_bodies import (
    AccessEventAnswer,
    ActiveBody,
    InvitationBody,
    MembershipAnswer,
    MembershipBody,
    PasswordBody,
    PersonAnswer,
    PersonBody,
    RoleBody,
    access_event_answer,
    membership_answer,
    person_answer,
)
from review.web.services import Parts, Services
from subtitles.language import parse_language

router = APIRouter(prefix="/api/v1", tags=["people"])


@router.get("/people")
def api_people(parts: Parts) -> tuple[PersonAnswer, ...]:
    """Everybody with an account, by name."""
    return tuple(person_answer(account) for account in parts.people.accounts())


@router.post("/people", status_code=201)
def api_add_person(parts: Parts, user: CurrentUser, body: PersonBody) -> PersonAnswer:
    """A new account with a password."""
    added = parts.people.add_user(body.name, body.password, body.role, by=user.user_id)
    return _person(parts, added.user_id)


@router.post("/invitations", status_code=201)
def api_invite(parts: Parts, user: CurrentUser, body: InvitationBody) -> PersonAnswer:
    """A new account for somebody who logs in through the identity provider."""
    invitation = Invitation(
        name=body.name,
        role=body.role,
        email=None if body.email is None else clean_email(body.email),
        subject=body.subject,
    )
    return _person(parts, parts.people.invite(invitation, by=user.user_id).user_id)


@router.put("/people/{user_id}/role")
def api_set_role(parts: Parts, user: CurrentUser, user_id: str, body: RoleBody) -> PersonAnswer:
    """Another role everywhere."""
    name = user_named(parts, user_id).name
    parts.people.set_role(name, body.role, by=user.user_id)
    return _person(parts, user_id)


@router.put("/people/{user_id}/active")
def api_set_active(parts: Parts, user: CurrentUser, user_id: str, body: ActiveBody) -> PersonAnswer:
    """Close an account, which ends its sessions and tokens, or open it again."""
    name = user_named(parts, user_id).name
    parts.people.set_active(name, active=body.is_active, by=user.user_id)
    return _person(parts, user_id)


@router.put("/people/{user_id}/password", status_code=204, response_class=Response)
def api_reset_password(parts: Parts, user: CurrentUser, user_id: str, body: PasswordBody) -> None:
    """A new password for somebody who lost theirs; their sessions end."""
    name = user_named(parts, user_id).name
    parts.people.set_password(name, body.password, by=user.user_id)


@router.get("/memberships")
def api_memberships(parts: Parts) -> tuple[MembershipAnswer, ...]:
    """What people may do beyond their role everywhere."""
    return tuple(membership_answer(one) for one in parts.backend.members.memberships())


@router.post("/memberships", status_code=201)
def api_grant(parts: Parts, user: CurrentUser, body: MembershipBody) -> MembershipAnswer:
    """Let somebody do more in a project, a language, or both."""
    granted = parts.backend.members.grant(
        body.user_id,
        body.role,
        project_id=body.project_id,
        language=None if body.language is None else parse_language(body.language),
        by=user.user_id,
    )
    return membership_answer(granted)


@router.delete("/memberships/{membership_id}", status_code=204, response_class=Response)
def api_withdraw(parts: Parts, user: CurrentUser, membership_id: int) -> None:
    """Take a membership back."""
    parts.backend.members.withdraw(membership_id, by=user.user_id)


@router.get("/access-log")
def api_access_log(parts: Parts) -> tuple[AccessEventAnswer, ...]:
    """What was changed about people and projects, latest first."""
    return tuple(access_event_answer(one) for one in parts.backend.access_log.access_events())


def user_named(parts: Services, user_id: str) -> User:
    """A person by id; UnknownTaskError."""
    for user in parts.people.users():
        if user.user_id == user_id:
            return user
    raise UnknownTaskError("user", user_id)


def _person(parts: Services, user_id: str) -> PersonAnswer:
    accounts = {account.user.user_id: account for account in parts.people.accounts()}
    return person_answer(accounts[user_id])

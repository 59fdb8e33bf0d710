"""What the interface says of people, projects, memberships, tokens and their log."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from review.access.log import AccessEvent
from review.access.projects import Project
from review.access.roles import MEMBER_ROLES, Membership
from review.access.tokens import MAX_TOKEN_LIFETIME, ApiToken, Scope
from review.people import Account
from review.tasks import Role
from review.web.bodies import StrictBody
from subtitles.language import LanguageTag

Name = Annotated[str, Field(max_length=200)]
Password = Annotated[str, Field(max_length=1000)]
ProjectId = Annotated[str, Field(max_length=100)]

NO_PROJECT = "none"
"""How an address names the project without a name, whose id is empty; no other id reads so."""


def project_id_of(segment: str) -> str:
    """The project that a segment of an address names."""
    return "" if segment == NO_PROJECT else segment


def project_segment(project_id: str) -> str:
    """How an address names a project."""
    return project_id or NO_PROJECT


class PersonBody(StrictBody):
    """Somebody new with a password."""

    name: Name
    password: Password
    role: Role


class InvitationBody(StrictBody):
    """Somebody new who comes through the identity provider; one of address and subject."""

    name: Name
    role: Role
    email: str | None = Field(default=None, max_length=500)
    subject: str | None = Field(default=None, max_length=500)


class RoleBody(StrictBody):
    """Another role everywhere."""

    role: Role


class ActiveBody(StrictBody):
    """Closing something, or opening it again."""

    is_active: bool


class PasswordBody(StrictBody):
    """A new password for somebody."""

    password: Password


class OwnPasswordBody(PasswordBody):
    """A new password for oneself."""

    current: Password


class MembershipBody(StrictBody):
    """What somebody may do where; null stands for everywhere, or for every language."""

    user_id: str = Field(max_length=100)
    role: Role = Field(description=f"One of {', '.join(MEMBER_ROLES)}.")
    project_id: ProjectId | None = Field(default=None, description="Empty: titles without project.")
    language: str | None = Field(default=None, max_length=100)


class ProjectSettingsBody(StrictBody):
    """How the titles of a project are reviewed."""

    two_stages: bool = Field(default=False, description="A second person checks and approves.")
    source_first: bool = Field(
        default=False, description="Translations wait until the transcript is approved."
    )


class ProjectBody(ProjectSettingsBody):
    """A new project."""

    name: Name


class PlaceBody(StrictBody):
    """Into which project a task goes; empty takes it out of any."""

    project_id: ProjectId


class TokenBody(StrictBody):
    """A new token."""

    name: Name
    scopes: frozenset[Scope] = Field(min_length=1)
    days: int = Field(ge=1, le=MAX_TOKEN_LIFETIME.days)


class PersonAnswer(BaseModel):
    """A person with an account; guests see only what memberships open to them."""

    user_id: str
    name: str
    role: Role
    is_active: bool
    email: str | None
    has_password: bool
    has_provider: bool


class MembershipAnswer(BaseModel):
    """What somebody may do where."""

    membership_id: int
    user_id: str
    role: Role
    project_id: str | None
    language: LanguageTag | None


class OwnAnswer(BaseModel):
    """Who is asking, and what they may do."""

    user_id: str
    name: str
    role: Role
    memberships: tuple[MembershipAnswer, ...]


class ProjectAnswer(BaseModel):
    """Titles that belong together; the one of the empty id has those that are in none."""

    project_id: str
    name: str
    two_stages: bool
    source_first: bool
    task_count: int
    created_at: datetime


class TokenAnswer(BaseModel):
    """A token; its secret is shown once, when it is made."""

    token_id: str
    name: str
    prefix: str
    scopes: tuple[Scope, ...]
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None
    revoked_at: datetime | None


class NewTokenAnswer(TokenAnswer):
    """A token that was just made."""

    secret: str


class AccessEventAnswer(BaseModel):
    """One line of the log of people and projects."""

    at: datetime
    actor: str
    kind: str
    subject: str
    detail: str


def person_answer(account: Account) -> PersonAnswer:
    """An account as programs read it; the provider's subject stays here."""
    return PersonAnswer(
        user_id=account.user.user_id,
        name=account.user.name,
        role=account.user.role,
        is_active=account.user.is_active,
        email=account.email,
        has_password=account.has_password,
        has_provider=account.subject is not None,
    )


def membership_answer(membership: Membership) -> MembershipAnswer:
    """A membership as programs read it."""
    return MembershipAnswer.model_validate(membership, from_attributes=True)


def project_answer(project: Project) -> ProjectAnswer:
    """A project as programs read it."""
    return ProjectAnswer.model_validate(project, from_attributes=True)


def token_answer(token: ApiToken) -> TokenAnswer:
    """A token as its owner sees it."""
    return TokenAnswer(
        token_id=token.token_id,
        name=token.name,
        prefix=token.prefix,
        scopes=tuple(sorted(token.scopes)),
        created_at=token.created_at,
        expires_at=token.expires_at,
        used_at=token.used_at,
        revoked_at=token.revoked_at,
    )


def access_event_answer(event: AccessEvent) -> AccessEventAnswer:
    """A line of the log as programs read it."""
    return AccessEventAnswer.model_validate(event, from_attributes=True)

"""What the plain forms of people, projects and tokens send."""

from pydantic import BaseModel, ConfigDict, Field

from review.access.tokens import Scope
from review.tasks import Role

EVERY_PROJECT = "*"
"""What the form of memberships sends for every project; no project has that id."""


class _Form(BaseModel):
    """A plain HTML form; what it has more than is asked for is left alone."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class MembershipForm(_Form):
    """Letting somebody do more."""

    role: Role
    project: str = Field(default=EVERY_PROJECT, max_length=100)
    language: str = Field(default="", max_length=100)

    @property
    def project_id(self) -> str | None:
        """As in a membership: None for every project."""
        return None if self.project == EVERY_PROJECT else self.project


class ProjectSettingsForm(_Form):
    """How titles are reviewed; a box without a tick is not sent at all."""

    two_stages: bool = False
    source_first: bool = False


class ProjectForm(ProjectSettingsForm):
    """A new project."""

    name: str = Field(max_length=200)


class TokenForm(_Form):
    """A new token."""

    name: str = Field(max_length=200)
    days: int = Field(ge=1, le=10_000)
    scopes: frozenset[Scope] = frozenset()

"""What a person may do on one task: their role everywhere, and their memberships."""

from dataclasses import dataclass

from review.errors import InvalidEditError
from review.tasks import ReviewTask, Role, User
from subtitles.language import LanguageTag

_RANKS = {role: rank for rank, role in enumerate(Role)}

MEMBER_ROLES = (Role.VIEWER, Role.LINGUIST, Role.LEAD)
"""What a membership can give: a guest is nobody's member, an administrator is one everywhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """What a person may do in one project, one language, or both.

    Attributes:
        membership_id: Unique.
        project_id: None stands for every project; empty for the titles that are in none.
        language: None stands for every language. A tag covers those that begin with it (RFC 4647,
            basic filtering): ``pt`` covers ``pt-BR``, and ``pt-BR`` does not cover ``pt``.
        role: One of `MEMBER_ROLES`.
    """

    membership_id: int
    user_id: str
    project_id: str | None
    language: LanguageTag | None
    role: Role

    def covers(self, project_id: str, language: LanguageTag) -> bool:
        """Whether it speaks of this project and language."""
        return self.project_id in {None, project_id} and (
            self.language is None
            or language == self.language
            or language.startswith(f"{self.language}-")
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What one person may do, and where."""

    user: User
    memberships: tuple[Membership, ...] = ()

    def role_in(self, project_id: str, language: LanguageTag) -> Role:
        """The highest of the role everywhere and of the memberships that cover it."""
        covering = (one.role for one in self.memberships if one.covers(project_id, language))
        return highest(self.user.role, *covering)

    def role_for(self, task: ReviewTask) -> Role:
        """The role on one task."""
        return self.role_in(task.project_id, task.language)

    def sees(self, task: ReviewTask) -> bool:
        """Whether the task is there at all for this person."""
        return self.role_for(task) is not Role.GUEST

    def role_in_project(self, project_id: str) -> Role:
        """The highest role in a project, in whichever language."""
        there = (one.role for one in self.memberships if one.project_id in {None, project_id})
        return highest(self.user.role, *there)

    def sees_project(self, project_id: str) -> bool:
        """Whether anything in the project is there for this person."""
        return self.role_in_project(project_id) is not Role.GUEST

    @property
    def highest_role(self) -> Role:
        """What the person is somewhere: for pages that are about no task in particular."""
        return highest(self.user.role, *(one.role for one in self.memberships))


def highest(first: Role, *others: Role) -> Role:
    """The role among these that may do most."""
    return max((first, *others), key=_RANKS.__getitem__)


def reaches(role: Role, needed: Role) -> bool:
    """Whether a role may do what ``needed`` may."""
    return _RANKS[role] >= _RANKS[needed]


def roles_from(needed: Role) -> frozenset[Role]:
    """All roles that may do what ``needed`` may."""
    return frozenset(role for role in Role if reaches(role, needed))


def require_member_role(role: Role) -> None:
    """InvalidEditError for a role that no membership can give."""
    if role not in MEMBER_ROLES:
        names = ", ".join(MEMBER_ROLES[:-1])
        raise InvalidEditError(
            f"a membership makes somebody {names} or {MEMBER_ROLES[-1]}: "
            "other roles are given on the account itself"
        )

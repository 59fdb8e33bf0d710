"""The port of memberships: who may do what in which project and language."""

from typing import Protocol

from review.access.roles import Membership, Reach
from review.tasks import Role, User
from subtitles.language import LanguageTag


class Memberships(Protocol):
    """What people may do beyond their role everywhere."""

    def reach(self, user: User) -> Reach:
        """What a person may do, and where."""
        ...

    def role_on(self, user: User, task_id: str) -> Role:
        """The role of a person on one task.

        UnknownTaskError when there is no such task, and for a guest when it is not opened to them:
        both look the same from outside.
        """
        ...

    def memberships(self) -> tuple[Membership, ...]:
        """Everybody's, in the order in which they were given."""
        ...

    def grant(
        self,
        user_id: str,
        role: Role,
        *,
        project_id: str | None,
        language: LanguageTag | None,
        by: str,
    ) -> Membership:
        """Let a person do more in a project, a language, or both; twice is once.

        UnknownTaskError without such a person or project; InvalidEditError for a role that
        memberships do not give. Another role for the same project and language replaces the first.
        """
        ...

    def withdraw(self, membership_id: int, *, by: str) -> None:
        """Take a membership back; UnknownTaskError. What the person holds stays until its end."""
        ...

"""What a person may do on which tasks, as the database knows it."""

from sqlalchemy import ColumnElement, and_, false, or_, select, true
from sqlalchemy.orm import Session

from review.access.roles import Membership, Reach, reaches
from review.errors import UnknownTaskError
from review.sql.schema import TaskRow
from review.sql.schema_people import MembershipRow
from review.tasks import Role, User
from subtitles.language import LanguageTag


def find_reach(session: Session, user: User) -> Reach:
    """What a person may do, and where; a lead's role already says all of it."""
    if reaches(user.role, Role.LEAD):
        return Reach(user=user)
    own = select(MembershipRow).where(MembershipRow.user_id == user.user_id)
    return Reach(user=user, memberships=tuple(membership_of(row) for row in session.scalars(own)))


def role_at(
    session: Session, user: User, task_id: str, project_id: str, language: LanguageTag
) -> Role:
    """The role on a task of this project and language.

    Raises:
        UnknownTaskError: for a guest to whom it is not opened.
    """
    role = find_reach(session, user).role_in(project_id, language)
    if role is Role.GUEST:
        raise UnknownTaskError("task", task_id)
    return role


def within(reach: Reach, needed: Role) -> ColumnElement[bool]:
    """The tasks on which a person is at least ``needed``, as a condition on `TaskRow`."""
    if reaches(reach.user.role, needed):
        return true()
    enough = [one for one in reach.memberships if reaches(one.role, needed)]
    return or_(false(), *(_covered(one) for one in enough))


def _covered(membership: Membership) -> ColumnElement[bool]:
    """`Membership.covers` as a condition; no tag holds a character that LIKE reads as another."""
    parts: list[ColumnElement[bool]] = []
    if membership.project_id is not None:
        parts.append(TaskRow.project_id == membership.project_id)
    if membership.language is not None:
        exactly = TaskRow.language == membership.language
        parts.append(or_(exactly, TaskRow.language.like(f"{membership.language}-%")))
    return and_(true(), *parts)


def membership_of(row: MembershipRow) -> Membership:
    """A row as the port's value."""
    return Membership(
        membership_id=row.membership_id,
        user_id=row.user_id,
        project_id=row.project_id,
        language=None if row.language is None else LanguageTag(row.language),
        role=row.role,
    )

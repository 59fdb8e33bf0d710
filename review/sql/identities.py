"""People who come through an identity provider, in SQLite or PostgreSQL."""

import hashlib
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from review.access.identity import Identity
from review.access.log import AccessEventKind
from review.errors import InvalidEditError
from review.sql.access_log import record
from review.sql.accounts import find_user, new_user
from review.sql.schema_people import UserRow
from review.tasks import Role
from review.texts import MAX_NAME_CHARS, clean_name

_NUMBER_CHARS = 8
"""Room that is left at the end of a long name for a number."""


def recognised(
    session: Session, identity: Identity, newcomers: Role | None, now: datetime
) -> UserRow | None:
    """See `review.people.People.recognise`; somebody whose account is closed is nobody."""
    row = _by_subject(session, identity) or _invited(session, identity, now)
    if row is None and newcomers is not None:
        row = _newcomer(session, identity, newcomers, now)
    return row if row is not None and row.is_active else None


def _by_subject(session: Session, identity: Identity) -> UserRow | None:
    known = select(UserRow).where(UserRow.oidc_subject == identity.subject)
    return session.scalars(known).one_or_none()


def _invited(session: Session, identity: Identity, now: datetime) -> UserRow | None:
    """Whoever was expected under this address and has not come yet."""
    if not identity.email:
        return None
    expected = select(UserRow).where(
        UserRow.email == identity.email, UserRow.oidc_subject.is_(None)
    )
    row = session.scalars(expected.with_for_update()).one_or_none()
    if row is not None:
        row.oidc_subject = identity.subject
        linked = AccessEventKind.USER_LINKED
        record(session, linked, row.name, identity.email, by=row.user_id, now=now)
    return row


def _newcomer(session: Session, identity: Identity, role: Role, now: datetime) -> UserRow:
    row = new_user(_free_name(session, identity), role, now)
    row.oidc_subject = identity.subject
    session.add(row)
    session.flush()
    linked = AccessEventKind.USER_LINKED
    record(session, linked, row.name, f"{role}, new", by=row.user_id, now=now)
    return row


def _free_name(session: Session, identity: Identity) -> str:
    """What they are called, with a number if somebody else is called so already."""
    name = _name_of(identity)[: MAX_NAME_CHARS - _NUMBER_CHARS].rstrip()
    number, free = 1, name
    while find_user(session, free) is not None:
        number += 1
        free = f"{name} ({number})"
    return free


def _name_of(identity: Identity) -> str:
    """The provider's name for them, or their address, or a name made of the subject."""
    for wanted in (identity.name, identity.email.partition("@")[0]):
        try:
            return clean_name(wanted)
        except InvalidEditError:
            continue  # blank, or hostile
    return f"Person {hashlib.sha256(identity.subject.encode()).hexdigest()[:8]}"

"""Accounts in SQLite or PostgreSQL."""

from datetime import datetime

from sqlalchemy import Engine, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from review.access.identity import Invitation
from review.access.log import AccessEventKind
from review.errors import InvalidEditError, NotAllowedError, UnknownTaskError
from review.passwords import PasswordHasher, password_bytes, require_strong
from review.people import Account
from review.sql.access_log import record
from review.sql.database import reading, writing
from review.sql.schema_people import SessionRow, UserRow
from review.store import Clock
from review.tasks import Role, User
from review.texts import clean_name, name_key
from subtitles.cues import derive_cue_id

NO_PASSWORD = ""
"""In the place of a hash: of somebody whom the identity provider vouches for."""


class SqlAccounts:
    """The part of `review.people.People` that makes and changes accounts."""

    def __init__(self, engine: Engine, clock: Clock, hasher: PasswordHasher) -> None:
        self._engine, self._clock, self._hasher = engine, clock, hasher

    def add_user(self, name: str, password: str, role: Role, *, by: str | None = None) -> User:
        """See the port."""
        require_strong(password)
        row = new_user(name, role, self._clock())
        row.password_hash = self._hasher.hash(password_bytes(password))
        return self._added(row, AccessEventKind.USER_ADDED, role, by)

    def invite(self, invitation: Invitation, *, by: str | None = None) -> User:
        """See the port."""
        row = new_user(invitation.name, invitation.role, self._clock())
        row.email, row.oidc_subject = invitation.email, invitation.subject
        detail = f"{invitation.role}, {invitation.email or invitation.subject}"
        return self._added(row, AccessEventKind.USER_INVITED, detail, by)

    def set_password(self, name: str, password: str, *, by: str | None = None) -> None:
        """See the port."""
        require_strong(password)
        hashed = self._hasher.hash(password_bytes(password))
        with writing(self._engine) as session:
            row, now = require_named(session, name), self._clock()
            row.password_hash = hashed
            _revoke_all(session, row.user_id, now)
            record(session, AccessEventKind.PASSWORD_SET, row.name, by=by, now=now)

    def set_active(self, name: str, *, active: bool, by: str | None = None) -> User:
        """See the port."""
        with writing(self._engine) as session:
            row, now = require_named(session, name), self._clock()
            if row.is_active != active:
                if not active:
                    _require_another_admin(session, row)
                    _revoke_all(session, row.user_id, now)
                row.is_active = active
                kind = AccessEventKind.USER_OPENED if active else AccessEventKind.USER_CLOSED
                record(session, kind, row.name, by=by, now=now)
            return user_of(row)

    def set_role(self, name: str, role: Role, *, by: str | None = None) -> User:
        """See the port."""
        with writing(self._engine) as session:
            row = require_named(session, name)
            if row.role is not role:
                _require_another_admin(session, row)
                row.role = role
                now = self._clock()
                record(session, AccessEventKind.ROLE_SET, row.name, role, by=by, now=now)
            return user_of(row)

    def users(self) -> tuple[User, ...]:
        """See the port."""
        with reading(self._engine) as session:
            rows = session.scalars(select(UserRow).order_by(UserRow.name_key))
            return tuple(user_of(row) for row in rows)

    def accounts(self) -> tuple[Account, ...]:
        """See the port."""
        with reading(self._engine) as session:
            rows = session.scalars(select(UserRow).order_by(UserRow.name_key))
            return tuple(_account_of(row) for row in rows)

    def _added(self, row: UserRow, kind: AccessEventKind, detail: str, by: str | None) -> User:
        try:
            with writing(self._engine) as session:
                session.add(row)
                session.flush()
                record(session, kind, row.name, detail, by=by, now=row.created_at)
        except IntegrityError as error:
            raise _taken(self._engine, row) from error
        return user_of(row)


def new_user(name: str, role: Role, now: datetime) -> UserRow:
    """The row of somebody new, who has no password yet; InvalidEditError for what is no name."""
    shown = clean_name(name)
    key = name_key(shown)
    return UserRow(
        user_id=derive_cue_id("user", key),
        name=shown,
        name_key=key,
        password_hash=NO_PASSWORD,
        role=role,
        is_active=True,
        created_at=now,
    )


def find_user(session: Session, name: str) -> UserRow | None:
    """Whoever has that name, however it is spelt."""
    try:
        key = name_key(clean_name(name))
    except InvalidEditError:
        return None  # no account can have that name
    return session.scalars(select(UserRow).where(UserRow.name_key == key)).one_or_none()


def require_named(session: Session, name: str) -> UserRow:
    """Whoever has that name, locked; UnknownTaskError."""
    row = find_user(session, name)
    if row is None:
        raise UnknownTaskError("user", name)
    session.refresh(row, with_for_update=True)
    return row


def user_of(row: UserRow) -> User:
    """A person as the port speaks of them."""
    return User(user_id=row.user_id, name=row.name, role=row.role, is_active=row.is_active)


def _account_of(row: UserRow) -> Account:
    return Account(
        user=user_of(row),
        email=row.email,
        subject=row.oidc_subject,
        has_password=row.password_hash != NO_PASSWORD,
    )


def _taken(engine: Engine, row: UserRow) -> InvalidEditError:
    """Why somebody cannot be added."""
    with reading(engine) as session:
        name_taken = session.get(UserRow, row.user_id) is not None
    if name_taken:
        return InvalidEditError(f"the name {row.name!r} is taken: choose another")
    return InvalidEditError("somebody else has that address or subject: look for the account")


def _require_another_admin(session: Session, row: UserRow) -> None:
    """NotAllowedError when nobody would be left who manages people."""
    if row.role is not Role.ADMIN:
        return
    open_admins = select(UserRow.user_id).where(UserRow.role == Role.ADMIN, UserRow.is_active)
    # All of them locked: two administrators who demote each other at once must not both succeed.
    locked = session.scalars(open_admins.order_by(UserRow.user_id).with_for_update()).all()
    if set(locked) == {row.user_id}:
        raise NotAllowedError("this is the only administrator: make somebody else one first")


def _revoke_all(session: Session, user_id: str, now: datetime) -> None:
    session.execute(
        update(SessionRow)
        .where(SessionRow.user_id == user_id, SessionRow.revoked_at.is_(None))
        .values(revoked_at=now)
    )

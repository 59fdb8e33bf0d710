"""Accounts and sessions in SQLite or PostgreSQL."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import Engine, delete, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from review.database import reading, writing
from review.errors import InvalidEditError, UnknownTaskError
from review.passwords import MAX_PASSWORD_CHARS, PasswordHasher, password_bytes, require_strong
from review.schema import SessionRow, UserRow
from review.store import Clock
from review.tasks import Role, User
from review.texts import clean_name, is_storable, name_key
from subtitles.cues import derive_cue_id

SESSION_CAP = timedelta(days=30)
"""However busy a session is, after this long one logs in again."""

SEEN_EVERY = timedelta(minutes=1)
"""A session is extended at most this often, so that reading a page is no write."""

_TOKEN_BYTES = 32


class SqlPeople:
    """Implements `review.people.People`.

    A session ends when it was not used for its lifetime, at the latest `SESSION_CAP` after login.
    """

    def __init__(self, engine: Engine, clock: Clock, hasher: PasswordHasher) -> None:
        self._engine, self._clock, self._hasher = engine, clock, hasher

    def add_user(self, name: str, password: str, role: Role) -> User:
        """See the port."""
        shown = clean_name(name)
        require_strong(password)
        row = UserRow(
            user_id=derive_cue_id("user", name_key(shown)),
            name=shown,
            name_key=name_key(shown),
            password_hash=self._hasher.hash(password_bytes(password)),
            role=role,
            is_active=True,
            created_at=self._clock(),
        )
        try:
            with writing(self._engine) as session:
                session.add(row)
        except IntegrityError as error:
            raise InvalidEditError(f"the name {shown!r} is taken: choose another") from error
        return _user_of(row)

    def set_password(self, name: str, password: str) -> None:
        """See the port."""
        require_strong(password)
        hashed = self._hasher.hash(password_bytes(password))
        with writing(self._engine) as session:
            row = _require(session, name)
            row.password_hash = hashed
            _revoke_all(session, row.user_id, self._clock())

    def set_active(self, name: str, *, active: bool) -> User:
        """See the port."""
        with writing(self._engine) as session:
            row = _require(session, name)
            row.is_active = active
            if not active:
                _revoke_all(session, row.user_id, self._clock())
            return _user_of(row)

    def users(self) -> tuple[User, ...]:
        """See the port."""
        with reading(self._engine) as session:
            rows = session.scalars(select(UserRow).order_by(UserRow.name_key))
            return tuple(_user_of(row) for row in rows)

    def authenticate(self, name: str, password: str) -> User | None:
        """See the port. The hash is computed outside any transaction."""
        with reading(self._engine) as session:
            row = _find(session, name)
        secret = password_bytes(password[:MAX_PASSWORD_CHARS])
        if row is None:
            self._hasher.hash(secret)  # as costly as checking it against a hash
            return None
        fits, renewed = self._hasher.verify_and_update(secret, row.password_hash)
        if not fits or not row.is_active or len(password) > MAX_PASSWORD_CHARS:
            return None
        if renewed is not None:  # the cost was raised since the password was set
            self._replace_hash(row, renewed)
        return _user_of(row)

    def open_session(self, user_id: str, *, lifetime: timedelta) -> str:
        """See the port. Sessions of this person that have ended are forgotten."""
        token, now = secrets.token_urlsafe(_TOKEN_BYTES), self._clock()
        with writing(self._engine) as session:
            if not is_storable(user_id) or session.get(UserRow, user_id) is None:
                raise UnknownTaskError("user", user_id)
            ended = or_(SessionRow.expires_at <= now, SessionRow.revoked_at.is_not(None))
            session.execute(delete(SessionRow).where(SessionRow.user_id == user_id, ended))
            session.add(
                SessionRow(
                    token_sha256=_sha256(token),
                    user_id=user_id,
                    opened_at=now,
                    seen_at=now,
                    expires_at=now + min(lifetime, SESSION_CAP),
                    lifetime_s=round(lifetime.total_seconds()),
                )
            )
        return token

    def session_user(self, token: str) -> User | None:
        """See the port."""
        now = self._clock()
        valid = (
            select(SessionRow, UserRow)
            .join(UserRow, UserRow.user_id == SessionRow.user_id)
            .where(
                SessionRow.token_sha256 == _sha256(token),
                SessionRow.revoked_at.is_(None),
                SessionRow.expires_at > now,
                UserRow.is_active,
            )
        )
        with reading(self._engine) as session:
            found = session.execute(valid).one_or_none()
        if found is None:
            return None
        login, user = found
        if now - login.seen_at >= SEEN_EVERY:
            self._extend(login, now)
        return _user_of(user)

    def close_session(self, token: str) -> None:
        """See the port."""
        with writing(self._engine) as session:
            session.execute(
                update(SessionRow)
                .where(SessionRow.token_sha256 == _sha256(token), SessionRow.revoked_at.is_(None))
                .values(revoked_at=self._clock())
            )

    def _extend(self, login: SessionRow, now: datetime) -> None:
        until = min(now + timedelta(seconds=login.lifetime_s), login.opened_at + SESSION_CAP)
        with writing(self._engine) as session:
            session.execute(
                update(SessionRow)
                .where(SessionRow.token_sha256 == login.token_sha256)
                .values(seen_at=now, expires_at=until)
            )

    def _replace_hash(self, row: UserRow, renewed: str) -> None:
        with writing(self._engine) as session:
            # Only where the password was not changed meanwhile.
            session.execute(
                update(UserRow)
                .where(UserRow.user_id == row.user_id, UserRow.password_hash == row.password_hash)
                .values(password_hash=renewed)
            )


def _find(session: Session, name: str) -> UserRow | None:
    try:
        key = name_key(clean_name(name))
    except InvalidEditError:
        return None  # no account can have that name
    return session.scalars(select(UserRow).where(UserRow.name_key == key)).one_or_none()


def _require(session: Session, name: str) -> UserRow:
    row = _find(session, name)
    if row is None:
        raise UnknownTaskError("user", name)
    return row


def _revoke_all(session: Session, user_id: str, now: datetime) -> None:
    session.execute(
        update(SessionRow)
        .where(SessionRow.user_id == user_id, SessionRow.revoked_at.is_(None))
        .values(revoked_at=now)
    )


def _user_of(row: UserRow) -> User:
    return User(user_id=row.user_id, name=row.name, role=row.role, is_active=row.is_active)


def _sha256(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()

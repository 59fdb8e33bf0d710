"""Logins and sessions in SQLite or PostgreSQL."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update

from review.access.identity import Identity
from review.errors import UnknownTaskError
from review.passwords import MAX_PASSWORD_CHARS, password_bytes
from review.sql.accounts import SqlAccounts, find_user, user_of
from review.sql.database import reading, writing
from review.sql.identities import recognised
from review.sql.schema_people import SessionRow, UserRow
from review.tasks import Role, User
from review.texts import is_storable

SESSION_CAP = timedelta(days=30)
"""However busy a session is, after this long one logs in again."""

SEEN_EVERY = timedelta(minutes=1)
"""A session is extended at most this often, so that reading a page is no write."""

_TOKEN_BYTES = 32


class SqlPeople(SqlAccounts):
    """Implements `review.people.People`.

    A session ends when it was not used for its lifetime, at the latest `SESSION_CAP` after login.
    """

    def authenticate(self, name: str, password: str) -> User | None:
        """See the port. The hash is computed outside any transaction."""
        with reading(self._engine) as session:
            row = find_user(session, name)
        secret = password_bytes(password[:MAX_PASSWORD_CHARS])
        if row is None or not row.password_hash:
            self._hasher.hash(secret)  # as costly as checking it against a hash
            return None
        fits, renewed = self._hasher.verify_and_update(secret, row.password_hash)
        if not fits or not row.is_active or len(password) > MAX_PASSWORD_CHARS:
            return None
        if renewed is not None:  # the cost was raised since the password was set
            self._replace_hash(row, renewed)
        return user_of(row)

    def recognise(self, identity: Identity, *, newcomers: Role | None) -> User | None:
        """See the port."""
        with writing(self._engine) as session:
            row = recognised(session, identity, newcomers, self._clock())
            return None if row is None else user_of(row)

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
        return user_of(user)

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


def _sha256(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()

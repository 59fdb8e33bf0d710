"""A fake of the people port: it keeps everything in memory and passes the port's contract."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from review.errors import InvalidEditError, UnknownTaskError
from review.passwords import MAX_PASSWORD_CHARS, password_bytes, require_strong
from review.tasks import Role, User
from review.texts import clean_name, name_key
from subtitles.cues import derive_cue_id

SESSION_CAP = timedelta(days=30)


@dataclass(slots=True)
class _Session:
    user_id: str
    opened_at: datetime
    expires_at: datetime
    lifetime: timedelta


class InMemoryPeople:
    """Accounts for the length of a test. Passwords are kept as they are: never use it elsewhere."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._users: dict[str, User] = {}
        self._passwords: dict[str, bytes] = {}
        self._sessions: dict[str, _Session] = {}

    def add_user(self, name: str, password: str, role: Role) -> User:
        shown = clean_name(name)
        require_strong(password)
        key = name_key(shown)
        if key in self._users:
            raise InvalidEditError(f"the name {shown!r} is taken: choose another")
        user = User(user_id=derive_cue_id("user", key), name=shown, role=role)
        self._users[key], self._passwords[key] = user, password_bytes(password)
        return user

    def set_password(self, name: str, password: str) -> None:
        require_strong(password)
        key = self._key(name)
        self._passwords[key] = password_bytes(password)
        self._end_sessions(self._users[key].user_id)

    def set_active(self, name: str, *, active: bool) -> User:
        key = self._key(name)
        self._users[key] = user = replace(self._users[key], is_active=active)
        if not active:
            self._end_sessions(user.user_id)
        return user

    def users(self) -> tuple[User, ...]:
        return tuple(user for _, user in sorted(self._users.items()))

    def authenticate(self, name: str, password: str) -> User | None:
        user = self._users.get(name_key(name))
        fits = user is not None and self._passwords[name_key(name)] == password_bytes(password)
        return user if fits and user.is_active and len(password) <= MAX_PASSWORD_CHARS else None

    def open_session(self, user_id: str, *, lifetime: timedelta) -> str:
        if user_id not in {user.user_id for user in self._users.values()}:
            raise UnknownTaskError("user", user_id)
        token, now = secrets.token_urlsafe(32), self._clock()
        self._sessions[token] = _Session(user_id, now, now + min(lifetime, SESSION_CAP), lifetime)
        return token

    def session_user(self, token: str) -> User | None:
        session, now = self._sessions.get(token), self._clock()
        if session is None or session.expires_at <= now:
            return None
        session.expires_at = min(now + session.lifetime, session.opened_at + SESSION_CAP)
        user = next(user for user in self._users.values() if user.user_id == session.user_id)
        return user if user.is_active else None

    def close_session(self, token: str) -> None:
        self._sessions.pop(token, None)

    def _key(self, name: str) -> str:
        if name_key(name) not in self._users:
            raise UnknownTaskError("user", name)
        return name_key(name)

    def _end_sessions(self, user_id: str) -> None:
        self._sessions = {
            token: one for token, one in self._sessions.items() if one.user_id != user_id
        }

"""The port of people and sessions: who may log in, and who is logged in."""

from datetime import timedelta
from typing import Protocol

from review.tasks import Role, User


class People(Protocol):
    """Accounts and server-side sessions; passwords and tokens are stored as hashes only."""

    def add_user(self, name: str, password: str, role: Role) -> User:
        """A new account; InvalidEditError for a taken name or a password under 10 characters."""
        ...

    def set_password(self, name: str, password: str) -> None:
        """Change a password and end every session of that person; UnknownTaskError."""
        ...

    def set_active(self, name: str, *, active: bool) -> User:
        """Close an account (and end its sessions) or open it again; UnknownTaskError."""
        ...

    def users(self) -> tuple[User, ...]:
        """Everybody, by name."""
        ...

    def authenticate(self, name: str, password: str) -> User | None:
        """The person, or None; an unknown name costs as much time as a wrong password."""
        ...

    def open_session(self, user_id: str, *, lifetime: timedelta) -> str:
        """A fresh random token; only its SHA-256 is stored. UnknownTaskError for no such person.

        The session ends when it is not used for ``lifetime``, and some day however busy it is.
        """
        ...

    def session_user(self, token: str) -> User | None:
        """Who is logged in with this token; None once it ended, expired or was revoked."""
        ...

    def close_session(self, token: str) -> None:
        """Log out; twice is once."""
        ...

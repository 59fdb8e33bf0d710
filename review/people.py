"""The port of people and sessions: who may log in, and who is logged in."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from review.access.identity import Identity, Invitation
from review.tasks import Role, User


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A person, and how they prove who they are.

    Attributes:
        email: By which the identity provider is to know them, or knew them; None for none.
        subject: Of the identity provider; None before they first came through it.
        has_password: Whether they can log in without the provider.
    """

    user: User
    email: str | None
    subject: str | None
    has_password: bool


class People(Protocol):
    """Accounts and server-side sessions; passwords and tokens are stored as hashes only.

    Every change of an account is written into the log (`review.access.log`); ``by`` is the id of
    who made it, None for whoever is at the command line.
    """

    def add_user(self, name: str, password: str, role: Role, *, by: str | None = None) -> User:
        """A new account; InvalidEditError for a taken name or a password under 10 characters."""
        ...

    def invite(self, invitation: Invitation, *, by: str | None = None) -> User:
        """An account for somebody who comes through the identity provider.

        InvalidEditError when the name, the address or the subject is somebody's already.
        """
        ...

    def set_password(self, name: str, password: str, *, by: str | None = None) -> None:
        """Change a password and end every session of that person; UnknownTaskError."""
        ...

    def set_active(self, name: str, *, active: bool, by: str | None = None) -> User:
        """Close an account (and end its sessions) or open it again; UnknownTaskError.

        NotAllowedError for the last administrator whose account is open.
        """
        ...

    def set_role(self, name: str, role: Role, *, by: str | None = None) -> User:
        """Give a person another role, from their next request on; UnknownTaskError.

        NotAllowedError for the last administrator whose account is open.
        """
        ...

    def users(self) -> tuple[User, ...]:
        """Everybody, by name."""
        ...

    def accounts(self) -> tuple[Account, ...]:
        """Everybody, by name, with how they prove who they are."""
        ...

    def recognise(self, identity: Identity, *, newcomers: Role | None) -> User | None:
        """Who somebody is whom the identity provider vouches for; None for nobody here.

        By their subject; else by the verified address of an invitation, which is then theirs for
        good. Somebody unknown gets an account of the role ``newcomers``, or none (None).
        """
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

"""The port of API tokens: keys with which programs act for a person, within limits."""

import hashlib
import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from review.errors import InvalidEditError
from review.tasks import User

MAX_TOKEN_LIFETIME = timedelta(days=366)
"""A key nobody has to renew is a key nobody remembers."""

_SECRET_BYTES = 32
_PREFIX_CHARS = 8
_TOKEN = re.compile(r"pcue_([0-9a-f]{8})_[A-Za-z0-9_-]{43}", re.ASCII)


class Scope(StrEnum):
    """What a token may be used for; its owner must be allowed to do it as well."""

    TASKS_READ = "tasks:read"
    TASKS_WRITE = "tasks:write"
    EXPORT_READ = "export:read"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiToken:
    """A token as it is shown afterwards: the secret is nowhere.

    Attributes:
        prefix: Of the secret, so that people can tell their tokens apart.
        expires_at: From then on it is worth nothing.
        used_at: To the minute; None while nobody has used it.
        revoked_at: None while it is in force.
    """

    token_id: str
    owner_id: str
    name: str
    prefix: str
    scopes: frozenset[Scope]
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None
    revoked_at: datetime | None

    def is_valid(self, now: datetime) -> bool:
        """Whether it opens anything."""
        return self.revoked_at is None and now < self.expires_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearer:
    """Who is behind a token, and what for it may be used."""

    user: User
    scopes: frozenset[Scope]


class Tokens(Protocol):
    """Where tokens live; of secrets only the SHA-256 is stored."""

    def issue(
        self, owner_id: str, name: str, scopes: Collection[Scope], *, lifetime: timedelta
    ) -> tuple[ApiToken, str]:
        """A new token and its secret, which is never shown again.

        Raises:
            UnknownTaskError: no such person.
            InvalidEditError: without a name or a scope, or for longer than `MAX_TOKEN_LIFETIME`.
        """
        ...

    def bearer(self, secret: str) -> Bearer | None:
        """Who may act with this secret; None once it expired, was revoked or the owner left."""
        ...

    def tokens(self, owner_id: str) -> tuple[ApiToken, ...]:
        """A person's tokens, newest first, revoked ones too."""
        ...

    def revoke(self, token_id: str, *, owner_id: str) -> None:
        """Make a token of this person worthless; twice is once. UnknownTaskError."""
        ...


def new_secret() -> tuple[str, str]:
    """A secret and its prefix. ``pcue_`` lets scanners find one that was published by mistake."""
    prefix = secrets.token_hex(_PREFIX_CHARS // 2)
    return f"pcue_{prefix}_{secrets.token_urlsafe(_SECRET_BYTES)}", prefix


def is_secret(text: str) -> bool:
    """Whether it could be one of our secrets; nothing else is looked up."""
    return _TOKEN.fullmatch(text) is not None


def secret_sha256(secret: str) -> str:
    """What is stored. No slow hash: 256 random bits cannot be guessed, however fast one tries."""
    return hashlib.sha256(secret.encode()).hexdigest()


def require_scopes(scopes: Collection[Scope], lifetime: timedelta) -> frozenset[Scope]:
    """The scopes; InvalidEditError for none, or for a lifetime that cannot be."""
    if not scopes:
        raise InvalidEditError("a token needs a scope: choose what it is for")
    if not timedelta() < lifetime <= MAX_TOKEN_LIFETIME:
        raise InvalidEditError(f"a token lasts from 1 to {MAX_TOKEN_LIFETIME.days} days")
    return frozenset(scopes)

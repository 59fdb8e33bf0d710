"""Tables of who may do what, and how they prove who they are."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from review.sql.schema_base import SERIAL, Base
from review.tasks import Role


class UserRow(Base):
    """A person; ``name_key`` is the name as compared (`review.texts.name_key`)."""

    __tablename__ = "users"

    user_id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str]
    role: Mapped[Role]
    is_active: Mapped[bool]
    created_at: Mapped[datetime]
    # Of the identity provider that vouches for the person; they may then have no password.
    oidc_subject: Mapped[str | None] = mapped_column(default=None, unique=True)
    # By which the identity provider is to know them when they first come through it.
    email: Mapped[str | None] = mapped_column(default=None, unique=True)


class SessionRow(Base):
    """A login; the token itself is never stored."""

    __tablename__ = "sessions"

    token_sha256: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.user_id"), index=True)
    opened_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    lifetime_s: Mapped[int]
    revoked_at: Mapped[datetime | None] = mapped_column(default=None)


class MembershipRow(Base):
    """What a person may do in one project, one language, or both; None stands for every one."""

    __tablename__ = "memberships"

    membership_id: Mapped[int] = mapped_column(SERIAL, primary_key=True, init=False)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.user_id"), index=True)
    project_id: Mapped[str | None] = mapped_column(ForeignKey("projects.project_id"))
    language: Mapped[str | None]
    role: Mapped[Role]


class ApiTokenRow(Base):
    """A key for programs; the secret is never stored, people tell keys apart by ``prefix``."""

    __tablename__ = "api_tokens"

    token_id: Mapped[str] = mapped_column(primary_key=True)
    owner_id: Mapped[str] = mapped_column(ForeignKey("users.user_id"), index=True)
    name: Mapped[str]
    prefix: Mapped[str]
    secret_sha256: Mapped[str] = mapped_column(unique=True)
    scopes: Mapped[list[str]] = mapped_column(JSON)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None] = mapped_column(default=None)
    used_at: Mapped[datetime | None] = mapped_column(default=None)
    revoked_at: Mapped[datetime | None] = mapped_column(default=None)


class AccessEventRow(Base):
    """Who changed what about people and projects; triggers refuse to change or delete it."""

    __tablename__ = "access_events"

    event_id: Mapped[int] = mapped_column(SERIAL, primary_key=True, init=False)
    actor_id: Mapped[str | None] = mapped_column(ForeignKey("users.user_id"))
    actor: Mapped[str]  # the name as it was then
    kind: Mapped[str]
    subject: Mapped[str]  # whom or what it was done to, by name
    detail: Mapped[str]
    at: Mapped[datetime]

"""What the log of people and projects tells, and the port to read it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class AccessEventKind(StrEnum):
    """What was done; `AccessEvent.detail` says how, where there is something to say."""

    USER_ADDED = "user.added"
    USER_INVITED = "user.invited"
    USER_LINKED = "user.linked"
    USER_CLOSED = "user.closed"
    USER_OPENED = "user.opened"
    ROLE_SET = "user.role_set"
    PASSWORD_SET = "user.password_set"  # noqa: S105 (the name of an event)
    MEMBER_GRANTED = "member.granted"
    MEMBER_WITHDRAWN = "member.withdrawn"
    PROJECT_ADDED = "project.added"
    PROJECT_CHANGED = "project.changed"
    TOKEN_ISSUED = "token.issued"  # noqa: S105 (the name of an event)
    TOKEN_REVOKED = "token.revoked"  # noqa: S105 (the name of an event)
    HOOK_ADDED = "hook.added"
    HOOK_SWITCHED = "hook.switched"
    GLOSSARY_STORED = "glossary.stored"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessEvent:
    """One line of the append-only log of people and projects.

    Attributes:
        actor: The person's name as it was then; `COMMAND_LINE` for whoever had the machine.
        subject: Whom or what it was done to, by name; hostile text.
        detail: Such as the role given; never a password or a secret.
    """

    event_id: int
    actor: str
    kind: AccessEventKind
    subject: str
    detail: str
    at: datetime


COMMAND_LINE = "command line"
"""Who acted when nobody was logged in."""


class AccessLog(Protocol):
    """What was changed about people and projects; written with each change, in one transaction."""

    def access_events(self, *, limit: int = 200) -> tuple[AccessEvent, ...]:
        """The latest, newest first."""
        ...

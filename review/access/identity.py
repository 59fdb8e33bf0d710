"""People whom an identity provider vouches for, and how they are expected."""

import re
from dataclasses import dataclass

from review.errors import InvalidEditError
from review.tasks import Role
from review.texts import require_storable

MAX_SUBJECT_CHARS = 255
"""As OpenID Connect Core 1.0 limits the claim ``sub``."""

MAX_EMAIL_CHARS = 254
"""The longest address that SMTP carries (RFC 5321, 4.5.3.1.3, less the angle brackets)."""

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What a provider says of somebody who logged in there.

    Attributes:
        subject: Who it is, for ever; unique at this provider.
        email: Only when the provider has verified that it is theirs; else empty.
        name: For people; hostile text.
    """

    subject: str
    email: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """An account for somebody who will come through the provider, and so needs no password.

    Attributes:
        email: By which the provider will know them, lower case; None when ``subject`` is given.
        subject: Their subject there, when it is known already.

    Raises:
        InvalidEditError: with neither address nor subject, or with one that cannot be.
    """

    name: str
    role: Role
    email: str | None = None
    subject: str | None = None

    def __post_init__(self) -> None:
        if self.email is None and self.subject is None:
            raise InvalidEditError("an invitation needs an e-mail address or a subject")
        if self.email is not None and self.email != clean_email(self.email):
            raise InvalidEditError("write the e-mail address in lower case, as in ana@example.org")
        if self.subject is not None:
            require_subject(self.subject)


def clean_email(text: str) -> str:
    """An address as it is compared: stripped, in lower case; InvalidEditError for what is none."""
    cleaned = text.strip().lower()
    require_storable("the address", cleaned)
    if len(cleaned) > MAX_EMAIL_CHARS or not _EMAIL.fullmatch(cleaned):
        raise InvalidEditError("that is no e-mail address: write it as ana@example.org")
    return cleaned


def require_subject(text: str) -> None:
    """InvalidEditError for what no provider can call anybody."""
    if not 0 < len(text) <= MAX_SUBJECT_CHARS or not (text.isascii() and text.isprintable()):
        raise InvalidEditError(f"a subject has 1 to {MAX_SUBJECT_CHARS} printable ASCII characters")

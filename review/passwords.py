"""How passwords are hashed: argon2id, with the cost as a parameter."""

import unicodedata
from typing import Protocol

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from review.errors import InvalidEditError

MIN_PASSWORD_CHARS = 10
"""Shortest password accepted."""

MAX_PASSWORD_CHARS = 1000
"""Longest password accepted: long enough for any passphrase, too short to keep a server busy."""


class PasswordHasher(Protocol):
    """Makes and checks hashes; `argon2id` is the real one."""

    def hash(self, password: bytes) -> str:
        """A salted hash that names its own parameters."""
        ...

    def verify_and_update(self, password: bytes, hash: str) -> tuple[bool, str | None]:  # noqa: A002 - pwdlib's name
        """Whether they fit, and a new hash when the old one was made with other parameters."""
        ...


def argon2id(
    *, memory_kib: int = 64 * 1024, iterations: int = 3, parallelism: int = 4
) -> PasswordHash:
    """The hasher of the house: 64 MiB, 3 passes, 4 lanes (RFC 9106, second recommended option).

    About 0.5 s a hash on a small machine; tests ask for less.
    """
    return PasswordHash(
        (Argon2Hasher(time_cost=iterations, memory_cost=memory_kib, parallelism=parallelism),)
    )


def password_bytes(password: str) -> bytes:
    """What is hashed: NFC, so that the same password typed on two systems is the same."""
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")


def require_strong(password: str) -> None:
    """InvalidEditError unless the length is acceptable; nothing else makes a password better."""
    if len(password) < MIN_PASSWORD_CHARS:
        raise InvalidEditError(f"a password has {MIN_PASSWORD_CHARS} characters or more")
    if len(password) > MAX_PASSWORD_CHARS:
        raise InvalidEditError(f"a password has {MAX_PASSWORD_CHARS} characters at most")

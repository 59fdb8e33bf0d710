"""Are the bytes the recorded ones?"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from flows.models.errors import DamagedModelError


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What is known of a file before it is read; None where nothing is."""

    sha256: str | None
    size_bytes: int | None


def sha256_of(path: Path) -> str:
    """Hex digest of a file, read in blocks."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def content_revision(digests: Mapping[str, str]) -> str:
    """One digest for a whole model: of the lines ``name sha256``, sorted by name.

    The same files give the same revision wherever they came from, so that a model fetched from the
    hub and the same model joined from wheels make interchangeable results.
    """
    lines = "".join(f"{name} {digests[name]}\n" for name in sorted(digests))
    return hashlib.sha256(lines.encode()).hexdigest()


def verified_digests(
    name: str, paths: Mapping[str, Path], recorded: Mapping[str, Recorded], repair: str
) -> dict[str, str]:
    """Digest of every file, each checked against what is recorded for it.

    A file whose recorded digest is None is only measured and hashed.

    Args:
        name: The model, for the error.
        paths: Where each file lies.
        recorded: What each file must be.
        repair: The command that repairs a damaged file, for the error.

    Raises:
        DamagedModelError: a file is missing, has another size or other bytes.
    """
    found = {}
    for file, wanted in recorded.items():
        path = paths[file]
        if not path.is_file():
            raise DamagedModelError(name, str(path), wanted.sha256 or "a file", "nothing", repair)
        size = path.stat().st_size
        if wanted.size_bytes is not None and size != wanted.size_bytes:
            raise DamagedModelError(
                name, str(path), f"{wanted.size_bytes} bytes", f"{size} bytes", repair
            )
        digest = sha256_of(path)
        if wanted.sha256 is not None and digest != wanted.sha256:
            raise DamagedModelError(name, str(path), wanted.sha256, digest, repair)
        found[file] = digest
    return found

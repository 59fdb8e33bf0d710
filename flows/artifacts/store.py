"""The port of the artifact store, and the one that keeps artifacts in a folder."""

import hashlib
import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from flows.files import write_atomically

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArtifactRef:
    """A small reference to a stored result: all that travels between tasks.

    Attributes:
        stage: Such as ``transcript``.
        key: Hash of what the result was made from.
        digest: SHA-256 (hex) of the stored bytes.
        size_bytes: Their length.
    """

    stage: str
    key: str
    digest: str
    size_bytes: int


class ArtifactStore(Protocol):
    """Bytes under the key of what made them."""

    def find(self, stage: str, key: str) -> ArtifactRef | None:
        """The reference, or None when there is no intact artifact of that key."""
        ...

    def read(self, ref: ArtifactRef) -> bytes:
        """The verified bytes; KeyError when they are gone or damaged."""
        ...

    def write(self, stage: str, key: str, data: bytes) -> ArtifactRef:
        """Store atomically; a second write of the same key replaces the first."""
        ...


def artifact_key(stage: str, made_from: Mapping[str, object]) -> str:
    """Hash of a stage's name and everything that can change its result.

    ``made_from`` holds plain JSON values only: ids and digests of inputs, printed engine
    signatures, rule versions.
    """
    text = json.dumps([stage, made_from], sort_keys=True, ensure_ascii=False, allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


class FolderArtifactStore:
    """Artifacts in a folder: ``objects/`` holds bytes, ``stages/NAME/KEY`` points at them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find(self, stage: str, key: str) -> ArtifactRef | None:
        """See `ArtifactStore.find`."""
        try:
            fields = json.loads(self._pointer(stage, key).read_bytes())
            ref = ArtifactRef(
                stage=stage, key=key, digest=fields["digest"], size_bytes=fields["size_bytes"]
            )
            self.read(ref)
        except FileNotFoundError:
            return None
        except (ValueError, KeyError, TypeError):
            # A damaged artifact costs a computation, never a wrong result.
            logger.warning("artifact %s/%s is damaged; it will be computed again", stage, key[:12])
            return None
        return ref

    def read(self, ref: ArtifactRef) -> bytes:
        """See `ArtifactStore.read`."""
        try:
            data = self._object(ref.digest).read_bytes()
        except FileNotFoundError as error:
            raise KeyError(ref.digest) from error
        if hashlib.sha256(data).hexdigest() != ref.digest:
            raise KeyError(ref.digest)
        return data

    def write(self, stage: str, key: str, data: bytes) -> ArtifactRef:
        """See `ArtifactStore.write`.

        Raises:
            CannotWriteError: full disk or missing permission; nothing half-written stays.
        """
        digest = hashlib.sha256(data).hexdigest()
        pointer = json.dumps({"digest": digest, "size_bytes": len(data)}).encode()
        # Bytes first: a crash between the two leaves an unreferenced object, never a reference to
        # nothing.
        write_atomically(self._object(digest), data)
        write_atomically(self._pointer(stage, key), pointer)
        return ArtifactRef(stage=stage, key=key, digest=digest, size_bytes=len(data))

    def _object(self, digest: str) -> Path:
        return self._folder / "objects" / digest[:2] / digest

    def _pointer(self, stage: str, key: str) -> Path:
        return self._folder / "stages" / stage / f"{key}.json"

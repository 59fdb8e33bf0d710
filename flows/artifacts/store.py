"""The port of the artifact store, and what keeps artifacts wherever bytes can be kept."""

import hashlib
import json
import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from flows.artifacts.blobs import Blobs, FolderBlobs

logger = logging.getLogger(__name__)

OBJECTS = "objects"
"""Where the bytes are: ``objects/AB/DIGEST``, AB being the first two characters of the digest."""

STAGES = "stages"
"""Where pointers to them are: ``stages/STAGE/KEY.json``."""

_DIGEST = re.compile(r"[0-9a-f]{64}")


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
    """Bytes under the key of what made them.

    Every method raises a StorageError when the place they are kept in cannot be used.
    """

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


def object_name(digest: str) -> str:
    """The blob that holds the bytes of this digest."""
    return f"{OBJECTS}/{digest[:2]}/{digest}"


def pointed_at(stage: str, key: str, pointer: bytes) -> ArtifactRef:
    """The reference that a pointer holds; ValueError for a damaged one."""
    try:
        fields = json.loads(pointer)
        digest, size_bytes = fields["digest"], fields["size_bytes"]
    except (KeyError, TypeError) as error:
        raise ValueError("not a pointer") from error
    if not isinstance(digest, str) or not _DIGEST.fullmatch(digest) or type(size_bytes) is not int:
        raise ValueError("not a pointer")
    return ArtifactRef(stage=stage, key=key, digest=digest, size_bytes=size_bytes)


class BlobArtifactStore:
    """Artifacts as blobs: bytes under their digest, and pointers at them under stage and key."""

    def __init__(self, blobs: Blobs) -> None:
        self._blobs = blobs

    def find(self, stage: str, key: str) -> ArtifactRef | None:
        """See `ArtifactStore.find`."""
        try:
            pointer = self._blobs.read(_pointer_name(stage, key))
        except KeyError:
            return None
        try:
            ref = pointed_at(stage, key, pointer)
            self.read(ref)
        except (ValueError, KeyError):
            # A damaged artifact costs a computation, never a wrong result.
            logger.warning("artifact %s/%s is damaged; it will be computed again", stage, key[:12])
            return None
        return ref

    def read(self, ref: ArtifactRef) -> bytes:
        """See `ArtifactStore.read`."""
        data = self._blobs.read(object_name(ref.digest))
        if hashlib.sha256(data).hexdigest() != ref.digest:
            raise KeyError(ref.digest)
        return data

    def write(self, stage: str, key: str, data: bytes) -> ArtifactRef:
        """See `ArtifactStore.write`."""
        digest = hashlib.sha256(data).hexdigest()
        pointer = json.dumps({"digest": digest, "size_bytes": len(data)}).encode()
        # Bytes first: a crash between the two leaves an unreferenced object, never a reference to
        # nothing.
        self._blobs.write(object_name(digest), data)
        self._blobs.write(_pointer_name(stage, key), pointer)
        return ArtifactRef(stage=stage, key=key, digest=digest, size_bytes=len(data))


class FolderArtifactStore(BlobArtifactStore):
    """Artifacts in a folder of this machine."""

    def __init__(self, folder: Path) -> None:
        super().__init__(FolderBlobs(folder))


def _pointer_name(stage: str, key: str) -> str:
    return f"{STAGES}/{stage}/{key}.json"

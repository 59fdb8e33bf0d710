"""The delivery manifest: which files belong together, and what they were made from."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from flows.delivering.journal import is_inside

ENDING = "delivery.json"
"""Of the manifest's own name."""

_MAX_BYTES = 1_000_000


class DeliveryKind(StrEnum):
    """What files are: as the machine drafted them, or as people approved them."""

    DRAFT = "draft"
    RELEASE = "release"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveredFile:
    """One file: its path below the folder of the delivery, with ``/``; its SHA-256; its size."""

    path: str
    sha256: str
    size_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeFrom:
    """What the files were made from.

    Attributes:
        artifact: Digest of the stored cues; empty for a release.
        task_id: The review task; empty for a draft.
        snapshot_sha256: Of the approved text; empty for a draft.
        version: Which approval of the task it is, from 1; 0 for a draft.
        approved_at: None for a draft.
    """

    artifact: str = ""
    task_id: str = ""
    snapshot_sha256: str = ""
    version: int = 0
    approved_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Replaced:
    """An earlier release whose place was taken, and whose files are gone.

    Attributes:
        made_at: When that one was written.
        paths: Of its files.
    """

    made_from: MadeFrom
    made_at: datetime
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryManifest:
    """Everything about a set of files, in the order in which it is written.

    Attributes:
        title: Of the film or episode.
        tools: Versions of the software that wrote the files.
        made_at: When they were written.
        files: All of the set, but for the manifest itself.
        path: Of the manifest, below the folder of the delivery.
        version: Of this layout.
    """

    kind: DeliveryKind
    title: str
    language: str
    made_from: MadeFrom
    tools: Mapping[str, str]
    made_at: datetime
    files: tuple[DeliveredFile, ...]
    path: str
    replaces: Replaced | None = None
    version: int = 1


_MANIFESTS = TypeAdapter(DeliveryManifest)


def delivered_file(path: str, data: bytes) -> DeliveredFile:
    """A file as the manifest lists it."""
    return DeliveredFile(path=path, sha256=hashlib.sha256(data).hexdigest(), size_bytes=len(data))


def manifest_bytes(manifest: DeliveryManifest) -> bytes:
    """The manifest as it is written."""
    return _MANIFESTS.dump_json(manifest, indent=1) + b"\n"


def manifest_at(path: Path) -> DeliveryManifest | None:
    """The manifest that stands there; None where there is none that could be read as such.

    Whoever can write there could have changed it: paths that leave the folder make it no manifest.
    """
    try:
        if path.stat().st_size > _MAX_BYTES:
            return None
        manifest = _MANIFESTS.validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return None
    paths = (manifest.path, *(one.path for one in manifest.files))
    return manifest if all(map(is_inside, paths)) else None


def settled(manifest: DeliveryManifest, there: DeliveryManifest | None) -> DeliveryManifest:
    """The manifest that stands there, if it says the same of the same files; else the new one.

    When the files were made, and by which software, is told of the files that are there: making the
    same again changes nothing.
    """
    if there is None:
        return manifest
    same = replace(manifest, tools=there.tools, made_at=there.made_at, replaces=there.replaces)
    return there if same == there else manifest

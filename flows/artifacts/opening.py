"""Where this process keeps results, as the settings say."""

from pathlib import Path

from flows.artifacts.blobs import Blobs, FolderBlobs
from flows.artifacts.caching import CachedBlobs
from flows.artifacts.store import ArtifactStore, BlobArtifactStore
from flows.settings import Settings

ARTIFACTS = "artifacts"
"""The room of the results of stages."""


def store_for(settings: Settings) -> ArtifactStore:
    """The results of stages: in the workspace, or in POLYCUE_STORE_URL with copies nearby.

    Opens nothing yet.
    """
    blobs = blobs_for(settings, ARTIFACTS)
    if is_shared(settings) and settings.store_cache_mb:
        near = FolderBlobs(settings.workspace / "artifact-cache")
        blobs = CachedBlobs(blobs, near, max_bytes=settings.store_cache_mb * 1_000_000)
    return BlobArtifactStore(blobs)


def blobs_for(settings: Settings, room: str) -> Blobs:
    """Named bytes below a room: a folder of the workspace, or of POLYCUE_STORE_URL.

    Opens nothing yet.
    """
    folder = folder_of(settings, room)
    if folder is not None:
        return FolderBlobs(folder)
    from flows.artifacts.fsspec_blobs import FsspecBlobs  # noqa: PLC0415 - only where it is needed

    return FsspecBlobs(f"{settings.store_url.rstrip('/')}/{room}")


def folder_of(settings: Settings, room: str) -> Path | None:
    """The folder that holds a room; None for one in a store that is no folder."""
    if not settings.store_url:
        return settings.workspace / room
    if is_shared(settings):
        return None
    return Path(settings.store_url.removeprefix("file://")) / room


def is_shared(settings: Settings) -> bool:
    """Whether results are kept behind a network, and not in a folder."""
    return bool(settings.store_url) and not settings.store_url.startswith("file://")

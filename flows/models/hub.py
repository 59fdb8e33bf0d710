"""Fetching from the model hub: the only module that knows huggingface_hub.

``HF_ENDPOINT``, ``HF_TOKEN`` and the other variables of huggingface_hub keep their meaning.
"""

import errno
import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flows.errors import write_failure
from flows.models.errors import DamagedModelError, ModelNotHereError

_DISK_ERRORS = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR}
)
_ADVICE = (
    "check the network and POLYCUE_OFFLINE, or bring the files here on a disk and name their folder"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HubFile:
    """What the hub itself says of a file at a commit.

    Attributes:
        size_bytes: None when it does not say.
        sha256: Of a large file; None for those that lie in git itself.
        blob_id: Git's own digest of a small file; None for large ones.
    """

    size_bytes: int | None
    sha256: str | None
    blob_id: str | None


def hub_files(name: str, repository: str, commit: str) -> dict[str, HubFile]:
    """Every file of the repository at the commit, by name.

    Raises:
        ModelNotHereError: no such repository or commit, no permission, or no network.
    """
    # Imported here: it takes long, and most runs never fetch anything.
    from huggingface_hub import HfApi  # noqa: PLC0415

    api = HfApi(endpoint=_endpoint())
    try:
        tree = list(api.list_repo_tree(repository, revision=commit))
    except Exception as error:
        raise _refusal(name, repository, commit, error) from error
    # Folders have no size.
    return {item.path: _fact(item) for item in tree if hasattr(item, "size")}


def fetch_files(
    name: str, repository: str, commit: str, files: tuple[str, ...], folder: Path
) -> None:
    """Put the named files at the commit into ``folder``; a broken download is taken up again.

    Raises:
        ModelNotHereError: the hub cannot be reached or refuses.
        CannotWriteError: the disk is full or the folder cannot be written.
    """
    from huggingface_hub import snapshot_download  # noqa: PLC0415 -- see above

    try:
        snapshot_download(
            repository,
            revision=commit,
            local_dir=folder,
            allow_patterns=[*files, "LICENSE*"],
            endpoint=_endpoint(),
        )
    except Exception as error:
        if isinstance(error, OSError) and error.errno in _DISK_ERRORS:
            raise write_failure(folder, error) from error
        raise _refusal(name, repository, commit, error) from error


def require_as_published(name: str, path: Path, published: HubFile, repair: str) -> None:
    """Compare a fetched file with what the hub says of it.

    Raises:
        DamagedModelError: another size or other bytes.
    """
    size = path.stat().st_size
    if published.size_bytes is not None and size != published.size_bytes:
        raise DamagedModelError(
            name, str(path), f"{published.size_bytes} bytes", f"{size} bytes", repair
        )
    if published.sha256 is not None:
        expected = published.sha256
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    elif published.blob_id is not None:
        expected = published.blob_id
        # Git names a blob by the SHA-1 of this header and the content.
        content = path.read_bytes()
        found = hashlib.sha1(b"blob %d\0" % size + content, usedforsecurity=False).hexdigest()
    else:
        return
    if found != expected:
        raise DamagedModelError(name, str(path), expected, found, repair)


def _endpoint() -> str | None:
    # huggingface_hub reads the variable when it is imported, which may be too early.
    return os.environ.get("HF_ENDPOINT") or None


def _fact(file: Any) -> HubFile:  # noqa: ANN401 -- RepoFile, which cannot be named before importing
    if file.lfs is not None:
        return HubFile(size_bytes=file.size, sha256=file.lfs.sha256, blob_id=None)
    return HubFile(size_bytes=file.size, sha256=None, blob_id=file.blob_id)


def _refusal(name: str, repository: str, commit: str, error: Exception) -> ModelNotHereError:
    from huggingface_hub.errors import (  # noqa: PLC0415 -- see above
        GatedRepoError,
        RepositoryNotFoundError,
        RevisionNotFoundError,
    )

    where = f"{repository}@{commit[:12]}"
    if isinstance(error, GatedRepoError):
        why, advice = f"{where} asks for consent first", "accept its terms, then set HF_TOKEN"
    elif isinstance(error, RepositoryNotFoundError):
        why, advice = f"the hub has no {repository}", "pin another model, or name a folder"
    elif isinstance(error, RevisionNotFoundError):
        why, advice = f"the hub has no {where}", f"pin another: polycue models pin {name} COMMIT"
    else:
        first_line = (str(error) or type(error).__name__).strip().split("\n")[0]
        why, advice = f"{where} could not be fetched: {first_line[:160]}", _ADVICE
    return ModelNotHereError(name, why, advice)

"""Named bytes behind any fsspec URL: a bucket that several machines share."""

import time
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any, TypeVar

from fsspec import AbstractFileSystem
from fsspec.core import url_to_fs

from flows.artifacts.blobs import Blob, parts_of
from flows.artifacts.errors import StoreError, StoreUnreachableError
from flows.artifacts.troubles import shown, trouble_with

T = TypeVar("T")

PAUSES_S = (0.5, 1.0, 2.0, 4.0)
"""Between tries of what may pass: a machine of the store that restarts is back within seconds."""

_BUCKETS = frozenset({"s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "oss", "memory"})
"""Protocols that put an object there whole or not at all; others write aside and rename."""

_S3_OPTIONS: dict[str, Any] = {
    # One request for each read, without asking for the size before.
    "max_concurrency": 1,
    # What may pass is tried again here, for all protocols alike.
    "config_kwargs": {"retries": {"total_max_attempts": 1}},
}
_TIMES = ("LastModified", "mtime", "last_modified", "updated", "created")


class FsspecBlobs:
    """Implements `Blobs` behind a URL such as ``s3://bucket/folder``.

    Credentials, endpoint and region come from where the file system's own library looks for them
    (``AWS_…`` and ``FSSPEC_S3_…`` for S3), never from us. Nothing is opened before the first use.
    Removing by age looks first and removes then: what is written again in the moment between the
    two is gone, and computed again when it is next wanted.
    """

    def __init__(self, url: str, *, sleep: Callable[[float], None] = time.sleep) -> None:
        self._url, self._sleep = url, sleep
        self._opened: tuple[AbstractFileSystem, str] | None = None
        self._is_known = False

    def read(self, name: str) -> bytes:
        """See `Blobs.read`."""
        parts_of(name)
        try:
            data: bytes = self._tried(lambda fs, root: fs.cat_file(f"{root}/{name}"))
        except FileNotFoundError as error:
            self._require_bucket()
            raise KeyError(name) from error
        return data

    def write(self, name: str, data: bytes) -> None:
        """See `Blobs.write`."""
        parts = parts_of(name)

        def put(fs: AbstractFileSystem, root: str) -> None:
            if _protocols(fs) & _BUCKETS:
                fs.pipe_file(f"{root}/{name}", data)
                return
            folder = "/".join((root, *parts[:-1]))
            part = f"{folder}/.{parts[-1]}.{uuid.uuid4().hex}.part"
            fs.makedirs(folder, exist_ok=True)
            fs.pipe_file(part, data)
            fs.mv(part, f"{root}/{name}")

        try:
            self._tried(put)
        except FileNotFoundError as error:
            raise self._no_bucket() from error

    def listed(self, folder: str) -> Iterator[Blob]:
        """See `Blobs.listed`."""
        parts_of(folder)
        _, root = self._file_system()
        try:
            found = self._tried(lambda fs, root: fs.find(f"{root}/{folder}", detail=True))
        except FileNotFoundError:
            found = {}
        for path, info in found.items():
            name = str(path).removeprefix(f"{root}/")
            if not name.rpartition("/")[2].startswith("."):
                yield Blob(name=name, size_bytes=info["size"], changed_at=_changed_at(info))

    def remove_older(self, name: str, before: datetime) -> bool:
        """See `Blobs.remove_older`."""
        parts_of(name)
        try:
            info = self._tried(lambda fs, root: fs.info(f"{root}/{name}"))
            if _changed_at(info) >= before:
                return False
            self._tried(lambda fs, root: fs.rm_file(f"{root}/{name}"))
        except FileNotFoundError:
            return False
        return True

    def _tried(self, work: Callable[[AbstractFileSystem, str], T]) -> T:
        """What the work gives, after some tries; raises FileNotFoundError, or what it means."""
        pauses_s = iter(PAUSES_S)
        while True:
            try:
                return work(*self._file_system())
            except (FileNotFoundError, StoreError):
                raise
            except Exception as error:  # every library has errors of its own
                trouble = trouble_with(self._url, error)
                pause_s = next(pauses_s, None)
                if pause_s is None or not isinstance(trouble, StoreUnreachableError):
                    raise trouble from error
            self._sleep(pause_s)

    def _file_system(self) -> tuple[AbstractFileSystem, str]:
        if self._opened is None:
            options = _S3_OPTIONS if self._url.startswith(("s3://", "s3a://")) else {}
            try:
                fs, root = url_to_fs(self._url, use_listings_cache=False, **options)
            except Exception as error:  # every library has errors of its own
                raise trouble_with(self._url, error) from error
            self._opened = fs, root.rstrip("/")
        return self._opened

    def _require_bucket(self) -> None:
        """Tell a store without this blob from no store at all; looked at once."""
        fs, root = self._file_system()
        if self._is_known or not _protocols(fs) & (_BUCKETS - {"memory"}):
            return
        if not self._tried(lambda fs, _: fs.exists(root.partition("/")[0])):
            raise self._no_bucket()
        self._is_known = True

    def _no_bucket(self) -> StoreError:
        return StoreError(
            shown(self._url), "there is no such bucket or folder; make it, or name another"
        )


def _protocols(fs: AbstractFileSystem) -> set[str]:
    return {fs.protocol} if isinstance(fs.protocol, str) else set(fs.protocol)


def _changed_at(info: dict[str, Any]) -> datetime:
    """When a file was last written; now, so that nothing is removed, where nobody knows."""
    value = next((info[name] for name in _TIMES if info.get(name) is not None), None)
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    if isinstance(value, (int, float)):
        return datetime.fromtimestamp(value, UTC)
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    return datetime.now(UTC)

"""A store behind a network: what is tried again, and what its troubles are called."""

import errno
import sys

import fsspec
import pytest
from fsspec.implementations.memory import MemoryFileSystem

from flows.artifacts.errors import StoreError, StoreUnreachableError
from flows.artifacts.fsspec_blobs import PAUSES_S, FsspecBlobs


class NoCredentialsError(Exception):
    """As botocore's: no OSError."""


@pytest.fixture
def flaky(monkeypatch):
    """Blobs in memory, whose next reads raise these errors first; and the pauses made."""
    errors, slept = [], []
    read = MemoryFileSystem.cat_file

    def cat_file(self, path, **options):
        if errors:
            raise errors.pop(0)
        return read(self, path, **options)

    monkeypatch.setattr(MemoryFileSystem, "cat_file", cat_file)
    blobs = FsspecBlobs("memory://flaky", sleep=slept.append)
    blobs.write("room/one", b"value")
    return blobs, errors, slept


@pytest.mark.parametrize(
    "error",
    [ConnectionResetError("reset"), TimeoutError(), OSError(errno.EBUSY, "slow down"), Exception()],
)
def test_what_may_pass_is_tried_again_after_a_pause(flaky, error):
    blobs, errors, slept = flaky
    errors.extend([error] * 2)
    assert blobs.read("room/one") == b"value"
    assert slept == list(PAUSES_S[:2])


def test_what_does_not_pass_is_given_up_after_the_last_pause(flaky):
    blobs, errors, slept = flaky
    errors.extend([ConnectionRefusedError("refused")] * 9)
    with pytest.raises(StoreUnreachableError, match=r"memory://flaky: no answer \(refused\)"):
        blobs.read("room/one")
    assert slept == list(PAUSES_S)


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (PermissionError("Forbidden"), "access refused .Forbidden.; check the credentials"),
        (NoCredentialsError("Unable to locate credentials"), "check the credentials"),
        (OSError(errno.ENOSPC, "No space left"), "it is full"),
        (OSError(errno.EINVAL, "bad region"), "check POLYCUE_STORE_URL"),
        (ValueError("bad endpoint"), "check POLYCUE_STORE_URL"),
    ],
)
def test_what_no_second_try_can_mend_is_said_at_once(flaky, error, says):
    blobs, errors, slept = flaky
    errors.append(error)
    with pytest.raises(StoreError, match=says) as raised:
        blobs.read("room/one")
    assert (slept, raised.value.exit_code) == ([], 7)
    assert not isinstance(raised.value, StoreUnreachableError)


def test_a_bucket_that_is_not_there_is_no_empty_store(bucket_server):
    blobs = FsspecBlobs("s3://no-such-bucket/folder", sleep=lambda _: None)
    for use in (lambda: blobs.read("room/one"), lambda: blobs.write("room/one", b"")):
        with pytest.raises(StoreError, match=r"s3://no-such-bucket/folder: there is no such"):
            use()


def test_without_a_network_the_store_is_said_to_be_unreachable(monkeypatch):
    nowhere = {"endpoint_url": "http://127.0.0.1:9", "key": "test", "secret": "test"}
    monkeypatch.setitem(fsspec.config.conf, "s3", nowhere)
    blobs = FsspecBlobs("s3://elsewhere/folder", sleep=lambda _: None)
    with pytest.raises(StoreUnreachableError, match="check the network"):
        blobs.read("room/one")


def test_a_missing_library_is_named_by_the_extra_that_brings_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "s3fs", None)
    monkeypatch.delitem(sys.modules["fsspec.registry"]._registry, "s3", raising=False)
    with pytest.raises(StoreError, match="install the extra `s3`"):
        FsspecBlobs("s3://bucket/folder").read("room/one")
    with pytest.raises(StoreError, match="artifact store nowhere://x"):
        FsspecBlobs("nowhere://x").read("room/one")


def test_a_password_in_the_url_is_not_told():
    with pytest.raises(StoreError) as raised:
        FsspecBlobs("nowhere://me:secret@host/folder").read("room/one")
    assert "secret" not in str(raised.value)


def test_doctor_names_a_store_that_cannot_be_used(tmp_path):
    from flows.checkup import _store
    from flows.settings import Settings

    assert _store(Settings(home=tmp_path)) == (True, "in the workspace")
    with pytest.raises(StoreError):
        _store(Settings(home=tmp_path, store_url="nowhere://x"))


@pytest.mark.parametrize("url", ["/mnt/results", "bucket", "simplecache::s3://bucket"])
def test_what_is_no_url_of_one_store_is_refused_by_the_settings(url):
    from pydantic import ValidationError

    from flows.settings import Settings

    with pytest.raises(ValidationError, match="name a store as"):
        Settings(store_url=url)


def test_a_store_in_a_folder_that_is_mounted_is_a_folder(tmp_path):
    from flows.artifacts.blobs import FolderBlobs
    from flows.artifacts.opening import blobs_for
    from flows.settings import Settings

    blobs = blobs_for(Settings(home=tmp_path, store_url=f"file://{tmp_path}/shared"), "artifacts")
    assert isinstance(blobs, FolderBlobs)
    assert blobs.folder == tmp_path / "shared" / "artifacts"

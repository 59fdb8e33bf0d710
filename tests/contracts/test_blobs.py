"""What every keeper of named bytes promises: a folder, any file system, a bucket, the fake."""

import os
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from blob_fakes import InMemoryBlobs

from flows.artifacts.blobs import FolderBlobs
from flows.artifacts.caching import CachedBlobs
from flows.artifacts.fsspec_blobs import FsspecBlobs

LATER = datetime.now(UTC) + timedelta(days=1)


@pytest.fixture(params=["fake", "folder", "fsspec-local", "fsspec-memory", "s3", "s3-cached"])
def blobs(request, tmp_path):
    kind = request.param
    if kind.startswith("s3"):
        far = FsspecBlobs(request.getfixturevalue("bucket_url"))
        near = FolderBlobs(tmp_path)
        return CachedBlobs(far, near, max_bytes=1_000) if kind == "s3-cached" else far
    return {
        "fake": InMemoryBlobs,
        "folder": lambda: FolderBlobs(tmp_path),
        "fsspec-local": lambda: FsspecBlobs(f"file://{tmp_path}/store"),
        "fsspec-memory": lambda: FsspecBlobs(f"memory://{uuid4().hex}"),
    }[kind]()


class TestBlobs:
    def test_what_was_never_written_cannot_be_read_listed_or_removed(self, blobs):
        with pytest.raises(KeyError):
            blobs.read("room/one")
        assert list(blobs.listed("room")) == []
        assert blobs.remove_older("room/one", LATER) is False

    def test_what_was_written_is_read_and_the_last_writer_wins(self, blobs):
        blobs.write("room/one", b"old")
        blobs.write("room/one", b"new and longer")
        assert blobs.read("room/one") == b"new and longer"

    def test_a_listing_tells_sizes_and_when_they_changed_and_keeps_rooms_apart(self, blobs):
        began = datetime.now(UTC) - timedelta(seconds=2)
        for name in ("room/a/one", "room/b/two", "roomy/three"):
            blobs.write(name, b"12345")
        found = {blob.name: blob for blob in blobs.listed("room")}
        assert set(found) == {"room/a/one", "room/b/two"}
        assert {blob.size_bytes for blob in found.values()} == {5}
        assert all(began < blob.changed_at < LATER for blob in found.values())

    def test_only_what_is_older_is_removed(self, blobs):
        blobs.write("room/one", b"1")
        assert blobs.remove_older("room/one", datetime.now(UTC) - timedelta(hours=1)) is False
        assert blobs.read("room/one") == b"1"
        assert blobs.remove_older("room/one", LATER) is True
        assert list(blobs.listed("room")) == []

    @pytest.mark.parametrize("name", ["", "/etc/passwd", "../up", "room/../up", "room//x", ".part"])
    def test_a_name_that_leads_elsewhere_is_refused(self, blobs, name):
        for use in (blobs.read, lambda name: blobs.write(name, b"x")):
            with pytest.raises(ValueError, match="not the name"):
                use(name)


def test_what_is_written_again_is_no_longer_old_though_it_is_the_same(tmp_path):
    blobs, path = FolderBlobs(tmp_path), tmp_path / "room" / "one"
    blobs.write("room/one", b"1")
    fresh = path.stat().st_mtime_ns
    blobs.write("room/one", b"1")
    assert path.stat().st_mtime_ns == fresh
    os.utime(path, (0, 0))
    blobs.write("room/one", b"1")
    assert blobs.remove_older("room/one", datetime.now(UTC) - timedelta(hours=1)) is False


@pytest.mark.parametrize("written", [b"1", b"newer"])
def test_what_is_written_while_it_is_being_removed_stays(tmp_path, monkeypatch, written):
    blobs, path = FolderBlobs(tmp_path), tmp_path / "room" / "one"
    blobs.write("room/one", b"1")
    os.utime(path, (0, 0))
    rename = type(path).rename

    def write_and_rename(self, target):
        monkeypatch.undo()
        blobs.write("room/one", written)  # between the two looks at its age
        return rename(self, target)

    monkeypatch.setattr(type(path), "rename", write_and_rename)
    assert blobs.remove_older("room/one", datetime.now(UTC) - timedelta(hours=1)) is False
    assert blobs.read("room/one") == written
    assert [one.name for one in path.parent.iterdir()] == ["one"]

"""What every artifact store promises: the fake, in a folder, behind fsspec, in a bucket."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from flows_fakes import InMemoryArtifactStore
from two_processes import in_two_processes

from flows.artifacts.collecting import Collected, Collector
from flows.artifacts.fsspec_blobs import FsspecBlobs
from flows.artifacts.store import BlobArtifactStore, FolderArtifactStore, object_name

KEY = "k" * 64
_ELSEWHERE = b'{"digest": "../../../etc/passwd", "size_bytes": 1}'


@pytest.fixture(params=["fake", "folder", "fsspec-local", "fsspec-memory", "s3"])
def store(request, tmp_path):
    if request.param == "fake":
        return InMemoryArtifactStore()
    if request.param == "folder":
        return FolderArtifactStore(tmp_path)
    if request.param == "s3":
        return BlobArtifactStore(FsspecBlobs(request.getfixturevalue("bucket_url")))
    urls = {"fsspec-local": f"file://{tmp_path}", "fsspec-memory": f"memory://{uuid4().hex}"}
    return BlobArtifactStore(FsspecBlobs(urls[request.param]))


class TestArtifactStore:
    def test_what_was_never_written_is_not_found(self, store):
        assert store.find("stage", "k" * 64) is None

    def test_what_was_written_is_found_and_read_back(self, store):
        ref = store.write("stage", "k" * 64, b"value")
        assert store.find("stage", "k" * 64) == ref
        assert store.read(ref) == b"value"
        assert ref.size_bytes == 5

    def test_the_same_key_in_another_stage_is_another_artifact(self, store):
        store.write("one", "k" * 64, b"value")
        assert store.find("other", "k" * 64) is None

    def test_a_second_write_replaces_the_first(self, store):
        store.write("stage", "k" * 64, b"old")
        store.write("stage", "k" * 64, b"new")
        assert store.read(store.find("stage", "k" * 64)) == b"new"

    def test_equal_bytes_under_two_keys_share_a_digest(self, store):
        one = store.write("stage", "1" * 64, b"same")
        two = store.write("stage", "2" * 64, b"same")
        assert one.digest == two.digest


class TestFolderArtifactStoreUnderFaults:
    @pytest.mark.parametrize("damage", [b"", b"val", b"VALUE"])
    def test_a_damaged_artifact_counts_as_absent(self, tmp_path, damage, caplog):
        store = FolderArtifactStore(tmp_path)
        ref = store.write("stage", "k" * 64, b"value")
        (tmp_path / "objects" / ref.digest[:2] / ref.digest).write_bytes(damage)
        assert store.find("stage", "k" * 64) is None
        assert "damaged" in caplog.text

    @pytest.mark.parametrize(
        "damage",
        [b"", b"{", b"[]", b'{"digest": "x"}', b'{"digest": 3}', _ELSEWHERE],
    )
    def test_a_damaged_pointer_counts_as_absent(self, tmp_path, damage):
        store = FolderArtifactStore(tmp_path)
        store.write("stage", "k" * 64, b"value")
        (tmp_path / "stages" / "stage" / f"{'k' * 64}.json").write_bytes(damage)
        assert store.find("stage", "k" * 64) is None

    def test_a_vanished_object_counts_as_absent(self, tmp_path):
        store = FolderArtifactStore(tmp_path)
        ref = store.write("stage", "k" * 64, b"value")
        (tmp_path / "objects" / ref.digest[:2] / ref.digest).unlink()
        assert store.find("stage", "k" * 64) is None
        with pytest.raises(KeyError):
            store.read(ref)


class TestArtifactsInABucket:
    @pytest.fixture(autouse=True)
    def _bucket(self, bucket_url):
        self.url = bucket_url
        self.blobs = FsspecBlobs(bucket_url)
        self.store = BlobArtifactStore(self.blobs)

    def test_what_one_machine_writes_another_finds(self):
        ref = self.store.write("stage", KEY, b"value")
        other = BlobArtifactStore(FsspecBlobs(self.url))
        assert other.find("stage", KEY) == ref
        assert other.read(ref) == b"value"

    @pytest.mark.parametrize("damage", [b"", b"val", b"VALUE"])
    def test_a_damaged_object_counts_as_absent(self, damage):
        ref = self.store.write("stage", KEY, b"value")
        self.blobs.write(object_name(ref.digest), damage)
        assert self.store.find("stage", KEY) is None

    def test_what_nothing_points_at_is_collected_there_too(self):
        for value in (b"one", b"two", b"three"):
            self.store.write("stage", KEY, value)
        now = datetime.now(UTC)
        assert Collector(blobs=self.blobs, now=now).collect() == Collected()
        later = Collector(blobs=self.blobs, now=now + timedelta(days=2))
        assert later.collect() == Collected(objects=2, size_bytes=6)
        assert self.store.read(self.store.find("stage", KEY)) == b"three"


@pytest.mark.parametrize("where", ["folder", pytest.param("bucket", marks=pytest.mark.slow)])
def test_two_processes_that_write_one_key_leave_one_of_two_whole_values(request, tmp_path, where):
    if where == "folder":
        kept, made = FolderArtifactStore(tmp_path), f"FolderBlobs(Path({str(tmp_path)!r}))"
    else:
        url = request.getfixturevalue("bucket_url")
        kept, made = BlobArtifactStore(FsspecBlobs(url)), f"FsspecBlobs({url!r})"
    imports = f"""
from pathlib import Path
from flows.artifacts.blobs import FolderBlobs
from flows.artifacts.fsspec_blobs import FsspecBlobs
from flows.artifacts.store import BlobArtifactStore
store = BlobArtifactStore({made})
"""
    work = "store.write('stage', 'k' * 64, f'{os.getpid():08}'.encode() * 20_000)"
    in_two_processes(imports, work)
    value = kept.read(kept.find("stage", KEY))
    assert value == value[:8] * 20_000

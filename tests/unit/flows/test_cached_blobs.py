"""Copies nearby of what is kept far away."""

import hashlib

import pytest
from blob_fakes import InMemoryBlobs

from flows.artifacts.blobs import FolderBlobs
from flows.artifacts.caching import CachedBlobs
from flows.artifacts.store import BlobArtifactStore, object_name

KEY = "k" * 64


@pytest.fixture
def asked():
    """What the store far away was asked for."""
    return []


@pytest.fixture
def far(asked):
    return InMemoryBlobs(before_each=lambda method, name: asked.append((method, name)))


def cached(far, folder, max_bytes=1_000):
    return CachedBlobs(far, FolderBlobs(folder), max_bytes=max_bytes)


def name_of(data):
    return object_name(hashlib.sha256(data).hexdigest())


def test_an_object_is_fetched_once_and_its_pointer_asked_for_every_time(far, asked, tmp_path):
    BlobArtifactStore(far).write("stage", KEY, b"value")
    store = BlobArtifactStore(cached(far, tmp_path))
    asked.clear()
    for _ in range(3):
        assert store.read(store.find("stage", KEY)) == b"value"
    pointer = ("read", f"stages/stage/{KEY}.json")
    assert asked == [pointer, ("read", name_of(b"value")), pointer, pointer]


def test_a_damaged_copy_is_fetched_again_and_nothing_damaged_is_kept(far, tmp_path):
    name = name_of(b"value")
    far.write(name, b"value")
    blobs = cached(far, tmp_path)
    blobs.read(name)
    (tmp_path / name).write_bytes(b"VALUE")
    assert blobs.read(name) == b"value"
    far.write(name_of(b"other"), b"damaged far away")
    assert blobs.read(name_of(b"other")) == b"damaged far away"  # the store finds that out
    assert not (tmp_path / name_of(b"other")).exists()


def test_the_copies_stay_within_their_size_and_what_was_used_last_stays(far, tmp_path):
    blobs = cached(far, tmp_path, max_bytes=450)
    values = [bytes([number]) * 100 for number in range(8)]
    for value in values:
        blobs.write(name_of(value), value)
        blobs.read(name_of(values[0]))
    kept = [value for value in values if (tmp_path / name_of(value)).exists()]
    assert values[0] in kept
    assert values[-1] in kept
    assert sum(len(value) for value in kept) <= 450
    assert [far.read(name_of(value)) for value in values] == values


def test_where_no_copy_can_be_kept_everything_works_and_it_is_said_once(far, tmp_path, caplog):
    (tmp_path / "file").write_text("")
    blobs = cached(far, tmp_path / "file")
    for value in (b"one", b"two"):
        blobs.write(name_of(value), value)
        assert blobs.read(name_of(value)) == value
    assert caplog.text.count("cannot be kept nearby") == 1

"""What nothing points at goes, and nothing else, whoever writes meanwhile."""

import hashlib
from datetime import UTC, datetime, timedelta
from itertools import count
from threading import Lock

import pytest
from blob_fakes import InMemoryBlobs
from hypothesis import example, given
from hypothesis import strategies as st

from flows.artifacts.codec import JsonCodec
from flows.artifacts.collecting import MIN_GRACE, Collected, Collector
from flows.artifacts.errors import StoreUnreachableError
from flows.artifacts.store import ArtifactRef, BlobArtifactStore, object_name

DAY = timedelta(days=1)
VALUES = (b"one", b"two", b"three")


class World:
    """A store whose clock can be turned, and what must be found in it."""

    def __init__(self, before_each=lambda method, name: None):
        self.now = datetime(2026, 1, 1, tzinfo=UTC)
        self.blobs = InMemoryBlobs(lambda: self.now, before_each)
        self.store = BlobArtifactStore(self.blobs)
        self.stored = {}

    def write(self, key, value):
        self.store.write("stage", str(key), value)
        self.stored[key] = value

    def collector(self, **options):
        return Collector(blobs=self.blobs, now=self.now, **options)

    def require_all_found(self):
        found = {key: self.store.find("stage", str(key)) for key in self.stored}
        assert None not in found.values()
        assert {key: self.store.read(ref) for key, ref in found.items()} == self.stored

    def objects(self):
        return [blob.name for blob in self.blobs.listed("objects")]


def test_what_is_no_longer_pointed_at_goes_after_the_grace():
    world = World()
    world.write(1, b"old")
    world.write(1, b"new")
    assert world.collector().collect() == Collected()
    world.now += 2 * DAY
    assert world.collector(dry_run=True).collect() == Collected(objects=1, size_bytes=3)
    assert len(world.objects()) == 2
    assert world.collector().collect() == Collected(objects=1, size_bytes=3)
    assert len(world.objects()) == 1
    world.require_all_found()


def test_a_large_store_is_listed_piece_by_piece(monkeypatch):
    monkeypatch.setattr("flows.artifacts.collecting._LISTED_AT_ONCE", 0)
    world = World()
    world.write(1, b"old")
    world.write(1, b"new")
    world.now += 2 * DAY
    assert world.collector().collect() == Collected(objects=1, size_bytes=3)
    world.require_all_found()


def test_a_crash_between_bytes_and_pointer_leaves_what_is_collected_later():
    world = World()
    world.blobs.write("objects/ab/" + "ab" * 32, b"nobody's")
    world.now += 2 * DAY
    assert world.collector().collect().objects == 1


# What somebody else does before the collector's next call: how many of its calls later, under
# which key, which value, and how long after.
Meanwhile = st.lists(
    st.tuples(st.integers(0, 7), st.integers(0, 2), st.sampled_from(VALUES), st.booleans()),
    max_size=6,
)
Before = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from(VALUES), st.sampled_from([0, 30, 72])), max_size=6
)


# An object nobody points at is written again in the very moment in which it was to be removed.
@example(before=[], meanwhile=[(4, 1, VALUES[0], True)], forget=None)
@given(before=Before, meanwhile=Meanwhile, forget=st.sampled_from([None, 3 * DAY]))
def test_every_stage_that_was_stored_is_found_after_a_collection_whoever_writes_meanwhile(
    before, meanwhile, forget
):
    calls, waiting, rewritten = count(), sorted(meanwhile, key=lambda one: one[0]), set()
    turn = Lock()  # the collector reads with many threads

    def before_each(method, name):
        if collecting and turn.acquire(blocking=False):
            called = next(calls)
            while waiting and waiting[0][0] <= called:
                _, key, value, is_whole = waiting.pop(0)
                if is_whole:
                    world.write(key, value)
                    rewritten.add(key)
                else:  # killed between bytes and pointer
                    world.blobs.write(_object_of(value), value)
            turn.release()

    collecting = []

    world = World(before_each)
    orphan = [(0, VALUES[0], 0), (0, VALUES[1], 72)]
    for key, value, hours in (*orphan, *before):
        world.write(key, value)
        world.now += timedelta(hours=hours)
    collector = world.collector(forget=forget)
    forgotten = {
        int(blob.name.rpartition("/")[2].removesuffix(".json"))
        for blob in world.blobs.listed("stages")
        if forget is not None and blob.changed_at < world.now - forget
    }
    collecting.append(True)
    collector.collect()
    collecting.clear()
    for key in forgotten - rewritten:
        world.stored.pop(key)
    world.require_all_found()


def _object_of(value):
    return object_name(hashlib.sha256(value).hexdigest())


def test_a_collector_in_the_middle_of_a_write_takes_nothing_from_it():
    def collect_before(method, name):
        if method == "write" and name.startswith("stages/") and world.now > begun:
            began, world.now = world.now, begun
            Collector(blobs=world.blobs, now=began).collect()
            world.now = began

    world = World(collect_before)
    begun = world.now
    world.write(1, b"old")
    world.write(1, b"new")
    world.now += 2 * DAY
    world.write(2, b"old")  # the very bytes that nothing has pointed at for two days
    world.require_all_found()


def test_what_is_forgotten_by_age_can_still_be_read_by_a_run_that_had_found_it():
    world = World()
    world.write(1, b"value")
    ref = world.store.find("stage", "1")
    world.now += 10 * DAY
    world.write(2, b"fresh")
    assert world.collector(forget=9 * DAY).collect() == Collected(retired=1)
    assert world.store.find("stage", "1") is None
    assert world.store.read(ref) == b"value"
    world.now += timedelta(hours=23)
    world.collector(forget=9 * DAY).collect()
    assert world.store.read(ref) == b"value"
    world.now += 2 * DAY
    world.collector(forget=9 * DAY).collect()
    assert world.collector(forget=9 * DAY).collect().objects == 1
    with pytest.raises(KeyError):
        world.store.read(ref)
    world.stored.pop(1)
    world.require_all_found()


def test_what_a_reference_that_is_a_result_names_is_kept():
    world = World()
    draft = world.store.write("cues", "1", b"draft")
    world.store.write("last-draft", "film", JsonCodec(ArtifactRef).encode(draft))
    world.store.write("cues", "1", b"another draft")
    world.now += 2 * DAY
    assert world.collector(indirect=frozenset({"last-draft"})).collect().objects == 0
    assert world.store.read(draft) == b"draft"


def test_a_store_that_fails_while_pointers_are_read_loses_nothing():
    def fail(method, name):
        if method == "read" and failing:
            raise StoreUnreachableError("s3://b", "no answer")

    failing = []
    world = World(fail)
    world.write(1, b"old")
    world.write(1, b"new")
    world.now += 2 * DAY
    failing.append(True)
    with pytest.raises(StoreUnreachableError):
        world.collector().collect()
    assert len(world.objects()) == 2


def test_a_grace_that_a_run_could_outlive_is_refused():
    with pytest.raises(ValueError, match="may still need"):
        Collector(blobs=InMemoryBlobs(), now=datetime.now(UTC), grace=MIN_GRACE / 2)

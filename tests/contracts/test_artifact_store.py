"""What every artifact store promises, on the folder store and on the in-memory one."""

import pytest
from flows_fakes import InMemoryArtifactStore

from flows.artifacts.store import FolderArtifactStore


@pytest.fixture(params=["folder", "memory"])
def store(request, tmp_path):
    return FolderArtifactStore(tmp_path) if request.param == "folder" else InMemoryArtifactStore()


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

    @pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"digest": "x"}', b'{"digest": 3}'])
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

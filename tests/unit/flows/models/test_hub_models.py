"""Fetching from a hub: pinned, verified, resumed, and never without leave."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest
from fake_hub import running_hub
from model_entries import COMMIT, CONFIG, OTHER_COMMIT, WEIGHTS, entry, sha256

from flows.errors import CannotWriteError
from flows.models.commands import ModelState, list_models, pin_model, pull_model, verify_model
from flows.models.entries import HubSource, ModelFile, Registry
from flows.models.errors import (
    BadCommitError,
    DamagedModelError,
    MalformedPinsError,
    ModelNotHereError,
    UnknownModelError,
    UnpinnedModelError,
)
from flows.models.pins import read_pins
from flows.models.resolve import pull, resolve
from flows.models.wanted import known_revision

FILES = {"model.bin": WEIGHTS, "config.json": CONFIG, "README.md": b"# not needed", "x.py": b"1"}
UNKNOWN_FILES = (
    ModelFile(name="model.bin", size_bytes=None, sha256=None),
    ModelFile(name="config.json", size_bytes=None, sha256=None),
)


@pytest.fixture
def hub(monkeypatch, tmp_path):
    with running_hub() as running:
        running.add("makers/tiny", COMMIT, FILES)
        monkeypatch.setenv("HF_ENDPOINT", running.url)
        yield running


@pytest.fixture
def cache(tmp_path):
    return tmp_path / "models"


def resolved(model, cache, **changes):
    settings = {"cache_dir": cache, "allow_noncommercial": False, "offline": False}
    return resolve(model, **(settings | changes))


def test_a_pinned_model_is_fetched_once_and_only_its_own_files(hub, cache):
    first = resolved(entry(), cache)
    again = resolved(entry(), cache)
    assert again == first
    assert (first.directory / "model.bin").read_bytes() == WEIGHTS
    assert hub.downloads("model.bin") == 1
    assert hub.downloads("x.py") == hub.downloads("README.md") == 0
    assert sorted(path.name for path in first.directory.iterdir()) == [
        "NOTICE.txt",
        "config.json",
        "model.bin",
    ]


def test_the_notice_beside_the_model_names_licence_makers_and_commit(hub, cache):
    notice = (resolved(entry(), cache).directory / "NOTICE.txt").read_text("utf-8")
    assert "MIT" in notice
    assert "Made for tests" in notice
    assert COMMIT in notice


def test_a_licence_file_of_the_repository_comes_along(hub, cache):
    hub.add("makers/tiny", COMMIT, FILES | {"LICENSE": b"Do what you like.\n"})
    assert (resolved(entry(), cache).directory / "LICENSE").read_bytes() == b"Do what you like.\n"


def test_the_revision_of_a_known_model_is_told_before_and_kept_after_fetching(hub, cache):
    before = known_revision(entry(), cache)
    assert resolved(entry(), cache).revision == before
    assert hub.downloads("model.bin") == 1


def test_offline_nothing_is_asked_of_the_hub(hub, cache):
    with pytest.raises(ModelNotHereError, match="POLYCUE_OFFLINE"):
        resolved(entry(), cache, offline=True)
    assert hub.requests == []


def test_offline_a_model_that_is_here_serves(hub, cache):
    there = resolved(entry(), cache)
    asked = len(hub.requests)
    assert resolved(entry(), cache, offline=True) == there
    assert len(hub.requests) == asked


def test_bytes_that_the_registry_does_not_know_are_refused_and_not_kept(hub, cache):
    hub.add("makers/tiny", COMMIT, FILES | {"model.bin": WEIGHTS[:-1] + b"!"})
    with pytest.raises(DamagedModelError) as caught:
        resolved(entry(), cache)
    assert caught.value.expected == sha256(WEIGHTS)
    assert caught.value.found == sha256(WEIGHTS[:-1] + b"!")
    assert "polycue models pull tiny --force" in str(caught.value)
    assert list((cache / "tiny").glob("*/model.bin")) == []


@pytest.mark.parametrize("name", ["model.bin", "config.json"])
def test_bytes_other_than_the_hub_itself_lists_are_refused(hub, cache, name):
    published = FILES[name]
    hub.served_instead[name] = published[:-1] + b"!"
    with pytest.raises(DamagedModelError) as caught:
        resolved(entry(files=UNKNOWN_FILES), cache)
    assert name in caught.value.file
    assert read_pins(cache) == {}


def test_after_a_damaged_download_the_next_pull_starts_afresh(hub, cache):
    hub.served_instead["model.bin"] = WEIGHTS[:-1] + b"!"
    with pytest.raises(DamagedModelError):
        resolved(entry(), cache)
    hub.served_instead.clear()
    assert (resolved(entry(), cache).directory / "model.bin").read_bytes() == WEIGHTS


def test_a_file_that_the_commit_lacks_is_named(hub, cache):
    hub.add("makers/tiny", COMMIT, {"config.json": CONFIG})
    with pytest.raises(ModelNotHereError, match=r"no model\.bin"):
        resolved(entry(), cache)


def test_an_unknown_repository_commit_or_a_closed_one_is_said_in_words(hub, cache):
    with pytest.raises(ModelNotHereError, match="the hub has no makers/huge"):
        resolved(entry(sources=(HubSource(repository="makers/huge", revision=COMMIT),)), cache)
    with pytest.raises(ModelNotHereError, match=f"no makers/tiny@{OTHER_COMMIT[:12]}"):
        resolved(
            entry(sources=(HubSource(repository="makers/tiny", revision=OTHER_COMMIT),)), cache
        )
    hub.gated.add("makers/tiny")
    with pytest.raises(ModelNotHereError, match="asks for consent"):
        resolved(entry(), cache)


def test_a_hub_that_does_not_answer_is_no_crash(monkeypatch, cache):
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setattr("time.sleep", lambda _seconds: None)  # between the library's own retries
    with pytest.raises(ModelNotHereError, match="could not be fetched"):
        resolved(entry(), cache)


def test_a_download_that_broke_is_finished_by_the_next_pull(hub, cache):
    hub.cut_after["model.bin"] = 5000
    try:
        resolved(entry(), cache)
    except ModelNotHereError:
        assert not list((cache / "tiny").glob("[0-9]*"))
    model = resolved(entry(), cache)
    assert hub.cut_after == {}, "nothing broke"
    assert (model.directory / "model.bin").read_bytes() == WEIGHTS


def test_a_model_larger_than_the_free_disk_is_refused_before_the_first_byte(
    hub, cache, monkeypatch
):
    usage = type("Usage", (), {"free": 51_000})
    cache.mkdir()
    monkeypatch.setattr("shutil.disk_usage", lambda _path: usage)
    with pytest.raises(CannotWriteError, match="are free"):
        resolved(entry(), cache)
    assert hub.downloads("model.bin") == 0


def test_a_disk_that_fills_while_fetching_is_a_storage_error(hub, cache, monkeypatch):
    def full(*_args, **_options):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr("huggingface_hub.snapshot_download", full)
        with pytest.raises(CannotWriteError, match="disk is full"):
            resolved(entry(), cache)
    assert resolved(entry(), cache).directory.is_dir()


def test_a_break_of_the_line_while_fetching_is_said_in_words(hub, cache, monkeypatch):
    def broken(*_args, **_options):
        raise ConnectionResetError(errno.ECONNRESET, os.strerror(errno.ECONNRESET))

    monkeypatch.setattr("huggingface_hub.snapshot_download", broken)
    with pytest.raises(ModelNotHereError, match="Connection reset by peer"):
        resolved(entry(), cache)


def test_a_forced_pull_clears_what_an_earlier_one_moved_aside(hub, cache):
    folder = resolved(entry(), cache).directory
    aside = folder.with_name(f".outgoing-{folder.name}")
    aside.mkdir()
    (aside / "model.bin").write_bytes(b"from a run that was killed")
    settings = {"cache_dir": cache, "allow_noncommercial": False, "offline": False}
    pull(entry(), **settings, force=True)
    assert sorted(path.name for path in folder.parent.iterdir()) == [folder.name]


class TestWithoutACommit:
    @pytest.fixture
    def unpinned(self):
        return entry(
            files=UNKNOWN_FILES, sources=(HubSource(repository="makers/tiny", revision=None),)
        )

    @pytest.fixture
    def registry(self, unpinned):
        return Registry(entries=(unpinned,))

    def test_the_model_is_refused_and_the_message_says_how_to_pin(self, hub, cache, unpinned):
        with pytest.raises(UnpinnedModelError) as caught:
            resolved(unpinned, cache)
        assert "polycue models pin tiny COMMIT" in str(caught.value)
        assert "makers/tiny" in str(caught.value)
        assert hub.requests == []

    def test_the_first_pull_records_digests_and_later_ones_require_them(
        self, hub, cache, unpinned, registry
    ):
        assert known_revision(unpinned, cache) is None
        pin_model(registry, "tiny", COMMIT.upper(), cache_dir=cache)
        first = resolved(unpinned, cache)
        assert read_pins(cache)["tiny"].digests == {
            "model.bin": sha256(WEIGHTS),
            "config.json": sha256(CONFIG),
        }
        assert known_revision(unpinned, cache) == first.revision
        # The same commit with other bytes: a hub that was tampered with.
        hub.add("makers/tiny", COMMIT, FILES | {"config.json": b'{"kind": "evil"}\n'})
        with pytest.raises(DamagedModelError):
            pull(unpinned, cache_dir=cache, allow_noncommercial=False, offline=False, force=True)
        # What was there before the refused pull still serves.
        assert resolved(unpinned, cache) == first

    def test_a_pin_written_by_hand_will_do(self, hub, cache, unpinned):
        cache.mkdir()
        (cache / "pins.toml").write_text(f'[models.tiny]\nrevision = "{COMMIT}"\n')
        assert resolved(unpinned, cache).directory.name == COMMIT[:12]

    def test_another_pin_fetches_the_other_commit_and_keeps_both_apart(
        self, hub, cache, unpinned, registry
    ):
        hub.add("makers/tiny", OTHER_COMMIT, FILES | {"model.bin": WEIGHTS * 2})
        pin_model(registry, "tiny", COMMIT, cache_dir=cache)
        one = resolved(unpinned, cache)
        pin_model(registry, "tiny", OTHER_COMMIT, cache_dir=cache)
        assert known_revision(unpinned, cache) is None
        two = resolved(unpinned, cache)
        assert one.revision != two.revision
        assert (one.directory / "model.bin").read_bytes() == WEIGHTS
        assert (two.directory / "model.bin").read_bytes() == WEIGHTS * 2

    def test_pinning_the_same_commit_again_forgets_no_digest(self, hub, cache, unpinned, registry):
        pin_model(registry, "tiny", COMMIT, cache_dir=cache)
        resolved(unpinned, cache)
        before = read_pins(cache)
        pin_model(registry, "tiny", COMMIT, cache_dir=cache)
        assert read_pins(cache) == before

    @pytest.mark.parametrize("commit", ["main", COMMIT[:12], COMMIT + "0", "", "g" * 40])
    def test_only_a_full_commit_is_a_pin(self, cache, registry, commit):
        with pytest.raises(BadCommitError):
            pin_model(registry, "tiny", commit, cache_dir=cache)
        assert read_pins(cache) == {}

    def test_states_go_from_not_pinned_over_not_here_to_ready(self, hub, cache, registry, unpinned):
        def state():
            (row,) = list_models(registry, cache_dir=cache)
            return row.state

        assert state() is ModelState.NOT_PINNED
        pin_model(registry, "tiny", COMMIT, cache_dir=cache)
        assert state() is ModelState.NOT_HERE
        resolved(unpinned, cache)
        assert state() is ModelState.READY


def test_a_pin_of_another_commit_voids_the_digests_of_the_registry(hub, cache):
    hub.add("makers/tiny", OTHER_COMMIT, FILES | {"model.bin": WEIGHTS * 2})
    registry = Registry(entries=(entry(),))
    pin_model(registry, "tiny", OTHER_COMMIT, cache_dir=cache)
    model = resolved(entry(), cache)
    assert (model.directory / "model.bin").read_bytes() == WEIGHTS * 2
    assert read_pins(cache)["tiny"].digests["model.bin"] == sha256(WEIGHTS * 2)


@pytest.mark.parametrize(
    "text",
    ["not toml at all =", '[models.tiny]\nrevision = "main"\n', "[models]\ntiny = 3\n", "x = 1\n"],
)
def test_a_malformed_pin_file_is_an_error_that_names_it(cache, text):
    cache.mkdir()
    (cache / "pins.toml").write_text(text)
    with pytest.raises(MalformedPinsError, match=r"pins\.toml"):
        resolved(entry(), cache)


def test_a_forced_pull_mends_a_damaged_cache(hub, cache):
    registry = Registry(entries=(entry(),))
    folder = resolved(entry(), cache).directory
    (folder / "model.bin").write_bytes(WEIGHTS[:-1] + b"!")
    with pytest.raises(DamagedModelError):
        verify_model(registry, "tiny", cache_dir=cache)
    settings = {"cache_dir": cache, "allow_noncommercial": False, "offline": False}
    with pytest.raises(DamagedModelError):
        pull_model(registry, "tiny", **settings)
    pull_model(registry, "tiny", **settings, force=True)
    assert verify_model(registry, "tiny", cache_dir=cache).directory == folder


def test_commands_on_an_unknown_model_list_the_known_ones(cache):
    registry = Registry(entries=(entry(),))
    with pytest.raises(UnknownModelError, match="tiny"):
        verify_model(registry, "tyni", cache_dir=cache)


def test_verifying_what_is_not_here_says_how_to_get_it(cache):
    registry = Registry(entries=(entry(),))
    with pytest.raises(ModelNotHereError, match="polycue models pull tiny"):
        verify_model(registry, "tiny", cache_dir=cache)


PULL_IN_A_PROCESS = """
import sys
from pathlib import Path
from model_entries import entry
from flows.models.resolve import pull
model = pull(entry(), cache_dir=Path(sys.argv[1]), allow_noncommercial=False, offline=False,
             force=False)
print(model.revision)
"""


def test_two_processes_that_pull_at_once_share_one_download(hub, cache):
    support = str(Path(__file__).parents[3] / "support")
    environment = os.environ | {"PYTHONPATH": support, "HF_ENDPOINT": hub.url}
    command = [sys.executable, "-c", PULL_IN_A_PROCESS, str(cache)]
    running = [
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    revisions = {process.communicate(timeout=120)[0].strip() for process in running}
    assert [process.returncode for process in running] == [0, 0]
    assert revisions == {known_revision(entry(), cache)}
    assert hub.downloads("model.bin") == 1

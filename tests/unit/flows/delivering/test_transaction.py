"""A set of files is whole or not there, wherever its maker is killed or refused."""

import errno
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from dying_disk import Killed, dying_at, refusing_at
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.delivering.holding import room_of
from flows.delivering.transaction import transaction, write_set
from flows.errors import CannotWriteError

MANIFEST = "film.json"
OLD = {"film.srt": b"old subtitles", "film.vtt": b"as before", "gone.srt": b"x", MANIFEST: b"old"}
NEW = {"film.srt": b"new", "film.vtt": b"as before", "sub/film.ttml": b"<tt/>", MANIFEST: b"new!"}
OBSOLETE = ("gone.srt", "never.srt")


def on_disk(folder):
    """Every file below the folder that other programs look at."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not any(part.startswith(".") for part in path.parts)
    }


def has_rooms(folder):
    return [path.name for path in folder.iterdir() if path.name.startswith(".")]


def deliver(folder):
    with transaction(folder, "film") as files:
        return files.commit(NEW, manifest=MANIFEST, obsolete=OBSOLETE)


def settle(folder):
    with transaction(folder, "film"):
        pass


def folder_with(parent, files):
    folder = Path(parent) / "out"
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


def steps_of(tmp_path, files):
    folder = folder_with(tmp_path, files)
    with dying_at(10_000) as asked:
        deliver(folder)
    return len(asked)


@pytest.mark.parametrize("before", [OLD, {}], ids=["a set replaced", "the first set"])
def test_killed_at_any_step_the_next_run_finds_all_old_or_all_new(tmp_path, before):
    steps = steps_of(tmp_path, before)
    ends = []
    for step in range(steps):
        with tempfile.TemporaryDirectory() as parent:
            folder = folder_with(parent, before)
            with dying_at(step), pytest.raises(Killed):
                deliver(folder)
            seen = on_disk(folder)
            # Each file is whole at every moment, and a manifest stands by a whole set only.
            assert all(data in {before.get(name), NEW.get(name)} for name, data in seen.items())
            if MANIFEST in seen:
                assert seen in (before, NEW)
            settle(folder)
            assert on_disk(folder) in (before, NEW)
            assert not has_rooms(folder)
            ends.append(on_disk(folder) == NEW)
            deliver(folder)
            assert on_disk(folder) == NEW
            assert not has_rooms(folder)
    # Once it is decided it stays so: never back to the old set at a later step.
    assert ends == sorted(ends)
    assert set(ends) == {False, True}


@settings(max_examples=25, deadline=None)
@given(first=st.integers(0, 45), second=st.integers(0, 25), third=st.integers(0, 25))
def test_killed_again_while_it_is_settled_it_is_settled_in_the_end(first, second, third):
    with tempfile.TemporaryDirectory() as parent:
        folder = folder_with(parent, OLD)
        with dying_at(first):
            _survive(lambda: deliver(folder))
        for step in (second, third):
            with dying_at(step):
                _survive(lambda: settle(folder))
        settle(folder)
        assert on_disk(folder) in (OLD, NEW)
        assert not has_rooms(folder)


@settings(max_examples=25, deadline=None)
@given(refused=st.integers(0, 30), killed=st.integers(0, 40))
def test_killed_while_it_is_taken_back_it_is_taken_back_in_the_end(refused, killed):
    with tempfile.TemporaryDirectory() as parent:
        folder = folder_with(parent, OLD)
        with dying_at(killed), refusing_at(refused, errno.EIO):
            _survive(lambda: deliver(folder))
        settle(folder)
        assert on_disk(folder) in (OLD, NEW)
        assert not has_rooms(folder)


def test_refused_at_any_step_the_old_set_stays_or_the_new_one_is_there(tmp_path):
    steps = steps_of(tmp_path, OLD)
    refused = 0
    for step in range(steps):
        number = (errno.ENOSPC, errno.EACCES)[step % 2]
        with tempfile.TemporaryDirectory() as parent:
            folder = folder_with(parent, OLD)
            with refusing_at(step, number):
                is_refused = False
                with suppress(CannotWriteError):
                    is_refused = True
                    deliver(folder)
                    is_refused = False
            assert on_disk(folder) == (OLD if is_refused else NEW)
            refused += is_refused
            deliver(folder)
            assert on_disk(folder) == NEW
            assert not has_rooms(folder)
    assert refused > steps / 3


def test_when_nothing_can_be_written_any_more_the_next_run_settles_it(tmp_path):
    steps = steps_of(tmp_path, OLD)
    for step in range(0, steps, 2):
        with tempfile.TemporaryDirectory() as parent:
            folder = folder_with(parent, OLD)
            with refusing_at(step, errno.EROFS, for_ever=True):
                _survive(lambda folder=folder: deliver(folder))
            settle(folder)
            assert on_disk(folder) in (OLD, NEW)


def test_a_set_that_is_there_already_is_not_touched_and_needs_no_permission(tmp_path):
    assert write_set(tmp_path, "film", NEW, manifest=MANIFEST) is True
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    with refusing_at(0, errno.EACCES, for_ever=True) as asked:
        assert write_set(tmp_path, "film", NEW, manifest=MANIFEST) is False
    assert not asked
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_a_folder_where_a_file_belongs_is_said_so_and_nothing_changes(tmp_path):
    folder = folder_with(tmp_path, OLD)
    (folder / "sub").mkdir()
    (folder / "sub" / "film.ttml").mkdir()
    with pytest.raises(CannotWriteError, match=r"film\.ttml"):
        deliver(folder)
    assert on_disk(folder) == OLD
    assert not has_rooms(folder)


def test_a_planted_record_moves_nothing_outside_the_folder(tmp_path):
    folder = folder_with(tmp_path, OLD)
    with dying_at(10_000) as asked:
        deliver(folder)
    other = folder_with(tmp_path / "out", {})
    step = next(n for n in range(len(asked), 0, -1) if asked[n - 1] == "unlink") - 8
    with dying_at(step):
        _survive(lambda: deliver(other))
    (room,) = other.glob(".polycue-*")
    journal = room / "journal"
    journal.write_text(journal.read_text().replace("film.srt", "../../stolen"))
    with pytest.raises(CannotWriteError, match="damaged"):
        settle(other)
    assert not (tmp_path / "stolen").exists()


def test_makers_of_one_set_at_once_come_one_after_another(tmp_path):
    sets = [{"a": bytes([65 + n]) * 5_000, "b": bytes([65 + n]) * 3_000} for n in range(3)]

    def write(files):
        for _ in range(8):
            with transaction(tmp_path, "ab") as mine:
                mine.commit(files)
                assert on_disk(tmp_path) == files

    with ThreadPoolExecutor(len(sets)) as pool:
        list(pool.map(write, sets))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


def test_a_room_that_goes_while_it_is_made_is_made_again(tmp_path, monkeypatch):
    room, real, gone = room_of(tmp_path, "ab"), Path.mkdir, []

    def mkdir(path, *args, **kwargs):
        if path == room.place and not gone:
            gone.append(path)
            raise FileExistsError(path)  # who was here before has left since
        return real(path, *args, **kwargs)

    monkeypatch.setattr(Path, "mkdir", mkdir)
    with transaction(tmp_path, "ab") as mine:
        mine.commit({"a": b"1"})
    assert gone
    assert on_disk(tmp_path) == {"a": b"1"}


def test_a_file_in_the_place_of_the_room_is_named(tmp_path):
    room_of(tmp_path, "ab").place.write_bytes(b"")
    with (
        pytest.raises(CannotWriteError, match="a file where a folder is needed"),
        transaction(tmp_path, "ab"),
    ):
        pass


def _survive(act):
    with suppress(Killed, CannotWriteError):
        act()

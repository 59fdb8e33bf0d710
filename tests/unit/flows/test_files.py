import errno
import os
import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from flows.errors import CannotWriteError
from flows.files import write_atomically


def test_a_file_appears_with_its_bytes_and_missing_folders_are_made(tmp_path):
    path = tmp_path / "new" / "folder" / "a.srt"
    assert write_atomically(path, b"text") is True
    assert path.read_bytes() == b"text"


def test_a_file_that_is_already_so_is_left_alone(tmp_path):
    path = tmp_path / "a.srt"
    write_atomically(path, b"text")
    before = path.stat().st_mtime_ns
    assert write_atomically(path, b"text") is False
    assert path.stat().st_mtime_ns == before


def test_the_file_is_readable_as_the_umask_says(tmp_path):
    path = tmp_path / "a.srt"
    before = os.umask(0o022)
    try:
        write_atomically(path, b"text")
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o644


def test_what_a_killed_writer_left_behind_is_taken_over(tmp_path):
    path = tmp_path / "a.srt"
    (tmp_path / ".a.srt.part").write_bytes(b"a longer text that was never finished")
    write_atomically(path, b"text")
    assert path.read_bytes() == b"text"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.srt"]


def test_writers_of_one_path_at_once_never_mix_their_bytes(tmp_path):
    path = tmp_path / "a.srt"
    texts = [bytes([65 + number]) * 200_000 for number in range(4)]

    def write_often(text):
        for _ in range(20):
            write_atomically(path, text)
            assert path.read_bytes() in texts

    with ThreadPoolExecutor(len(texts)) as pool:
        list(pool.map(write_often, texts))
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.srt"]


@pytest.mark.parametrize(
    ("number", "says"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EDQUOT, "quota"),
        (errno.EACCES, "permission denied"),
        (errno.EROFS, "read-only"),
        (errno.EIO, "Input/output error"),
    ],
)
@pytest.mark.parametrize("step", ["os.fsync", "pathlib.Path.replace"])
def test_a_failing_write_leaves_the_old_file_and_no_litter(
    tmp_path, monkeypatch, number, says, step
):
    path = tmp_path / "a.srt"
    write_atomically(path, b"old")

    def fail(*_):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(step, fail)
    with pytest.raises(CannotWriteError, match=says):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.srt"]


def test_a_file_where_the_folder_should_be_is_said_so(tmp_path):
    (tmp_path / "out").write_text("I am a file")
    with pytest.raises(CannotWriteError, match="file"):
        write_atomically(tmp_path / "out" / "a.srt", b"text")

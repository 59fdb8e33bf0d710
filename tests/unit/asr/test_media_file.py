"""Paths that are no readable file are told apart, each with what to do."""

import hashlib
import os
from pathlib import Path

import pytest

from asr.containers.media_file import checked_digest
from asr.errors import UnreadableMediaError


def test_the_digest_is_that_of_the_bytes(tmp_path):
    path = tmp_path / "film.mkv"
    content = os.urandom(3_000_000)
    path.write_bytes(content)
    assert checked_digest(path) == hashlib.sha256(content).hexdigest()


def fifo(path):
    os.mkfifo(path)


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda path: None, "no such file"),
        (lambda path: path.mkdir(), "a folder"),
        (lambda path: path.touch(), "empty"),
        (fifo, "not a regular file"),
        (lambda path: path.symlink_to(path.parent / "nowhere"), "no such file"),
    ],
)
def test_what_is_no_readable_file_is_refused_with_the_reason(make, why, tmp_path):
    path = tmp_path / "film.mp4"
    make(path)
    with pytest.raises(UnreadableMediaError, match=why) as caught:
        checked_digest(path)
    assert "'film.mp4'" in str(caught.value)
    assert caught.value.exit_code == 3


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (PermissionError(13, "Permission denied"), "permission denied; ask its owner"),
        (OSError(5, "Input/output error"), "input/output error"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(error, why, tmp_path, monkeypatch):
    """Raised by hand, since root may read everything."""
    path = tmp_path / "film.mp4"
    path.write_bytes(b"x")

    def refuse(self, *args, **kwargs):
        raise error

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(UnreadableMediaError, match=why):
        checked_digest(path)


def test_a_hostile_file_name_is_shown_without_its_control_characters(tmp_path):
    with pytest.raises(UnreadableMediaError) as caught:
        checked_digest(tmp_path / "\x1b[31mred\nline.mp4")
    assert "\x1b" not in str(caught.value)
    assert "\n" not in str(caught.value)

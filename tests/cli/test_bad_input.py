"""Bad input: one clear line, a documented exit code, no traceback, nothing half-written."""

import shutil

import numpy as np
import pytest
from command import VIDEO, InProcess
from media_factory import AudioTrack, VideoTrack, make_media

from flows.files import write_atomically

pytestmark = pytest.mark.engine


@pytest.fixture
def polycue(warm_home, monkeypatch, capsys):
    return InProcess(warm_home, monkeypatch, capsys)


def assert_refused(done, *, code, says):
    assert done.code == code, done.err
    assert says in done.err
    assert done.err.count("polycue:") == 1
    assert len(done.err.strip().splitlines()) == 1
    assert "Traceback" not in done.err
    assert done.out == ""


def missing(folder):
    return folder / "missing.mp4"


def a_directory(folder):
    return folder


def empty(folder):
    path = folder / "empty.mp4"
    path.touch()
    return path


def text_renamed(folder):
    path = folder / "text.mp4"
    path.write_text("This is no film at all.\n" * 200)
    return path


def truncated(folder):
    path = folder / "truncated.mp4"
    path.write_bytes(VIDEO.read_bytes()[:3000])
    return path


def without_audio(folder):
    path = folder / "silent-picture.mp4"
    make_media(path, video=VideoTrack(seconds=2))
    return path


def a_blink_of_audio(folder):
    path = folder / "blink.flac"
    track = AudioTrack(pieces=[(0.0, np.zeros((1, 3200), dtype=np.float32))], codec="flac")
    make_media(path, audio=[track])
    return path


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (missing, "missing.mp4"),
        (a_directory, "folder"),
        (empty, "empty"),
        (text_renamed, "not a media file"),
        (truncated, "damaged"),
        (without_audio, "no audio"),
        (a_blink_of_audio, "no speech"),
    ],
)
def test_media_that_cannot_be_heard_ends_with_code_3(polycue, tmp_path, make, says):
    media_folder = tmp_path / "media"
    media_folder.mkdir()
    out = tmp_path / "out"
    done = polycue("run", make(media_folder), "--to", "pt-BR", "--out", out, "--quiet")
    assert_refused(done, code=3, says=says)
    assert not out.exists()


def test_an_audio_stream_that_is_not_there_ends_with_code_3_and_lists_those_that_are(
    polycue, tmp_path
):
    done = polycue("run", VIDEO, "--audio-stream", "7", "--out", tmp_path / "out")
    assert_refused(done, code=3, says="7")


@pytest.mark.parametrize("bad", ["xx", "english", "pt-BR,klingon", "🏴", "und"])
def test_an_unknown_target_language_ends_with_code_4(polycue, tmp_path, bad):
    done = polycue("run", VIDEO, "--to", bad, "--out", tmp_path / "out")
    assert_refused(done, code=4, says="unknown language")


def test_an_unknown_spoken_language_ends_with_code_4(polycue, tmp_path):
    done = polycue("run", VIDEO, "--language", "zz", "--out", tmp_path / "out")
    assert_refused(done, code=4, says="unknown language")


def test_a_target_no_engine_serves_ends_with_code_4_before_any_work(polycue, tmp_path):
    out = tmp_path / "out"
    done = polycue("run", VIDEO, "--language", "en", "--to", "ko", "--out", out)
    assert_refused(done, code=4, says="ko")
    assert not out.exists()


@pytest.mark.parametrize(
    ("options", "code", "says"),
    [
        (("--client", "nobody"), 1, "unknown client 'nobody': use one of amazon"),
        (("--client", "arte", "--language", "fr"), 1, "client arte has no style for language fr"),
        (("--client", "arte", "--language", "de", "--to", "es"), 1, "language es"),
        (("--client", "ted", "--kind", "sdh", "--language", "en"), 1, "kind sdh"),
    ],
)
def test_a_style_there_is_not_is_refused_before_any_work(polycue, tmp_path, options, code, says):
    out = tmp_path / "out"
    done = polycue("run", VIDEO, *options, "--out", out)
    assert_refused(done, code=code, says=says)
    assert not out.exists()


@pytest.mark.parametrize("option", ["--audience", "--kind"])
def test_an_audience_or_kind_there_is_not_ends_with_code_2(polycue, option):
    done = polycue("run", VIDEO, option, "karaoke")
    assert done.code == 2
    assert "karaoke" in done.err


def test_a_damaged_model_file_ends_with_code_5_and_names_the_repair(polycue, tmp_path, models_copy):
    model = next(models_copy.rglob("model.bin"))
    damaged = bytearray(model.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    model.write_bytes(damaged)
    shutil.rmtree(polycue.home / "artifacts")
    (polycue.home / "models").unlink()
    (polycue.home / "models").symlink_to(models_copy)
    done = polycue("run", VIDEO, "--out", tmp_path / "out", "--quiet")
    assert_refused(done, code=5, says="polycue models pull")


def test_a_folder_that_is_no_model_ends_with_code_5(polycue, tmp_path):
    done = polycue("run", VIDEO, "--speech-model", tmp_path, "--out", tmp_path / "out")
    assert_refused(done, code=5, says=str(tmp_path))


def test_names_that_nobody_could_expect_end_with_code_2(polycue, tmp_path):
    done = polycue("run", VIDEO, "--names", "Elinor, \x1b[2J", "--out", tmp_path / "out")
    assert_refused(done, code=2, says="'\\x1b[2J' is no name")


def test_a_wrong_option_ends_with_code_2(polycue):
    done = polycue("run", VIDEO, "--no-such-option")
    assert done.code == 2
    assert "--no-such-option" in done.err


def test_a_full_disk_ends_with_code_7_and_leaves_nothing_half_written(
    polycue, tmp_path, monkeypatch
):
    import errno
    import os

    def full(_descriptor):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    out = tmp_path / "out"
    monkeypatch.setattr("os.fsync", full)
    done = polycue("run", VIDEO, "--out", out, "--quiet")
    assert_refused(done, code=7, says="disk is full")
    assert not list(out.glob("*")) if out.exists() else True
    assert not list(polycue.home.rglob("*.part"))
    monkeypatch.undo()


def test_an_output_folder_that_is_a_file_ends_with_code_7(polycue, tmp_path):
    write_atomically(tmp_path / "out", b"I am a file")
    done = polycue("run", VIDEO, "--out", tmp_path / "out", "--quiet")
    assert_refused(done, code=7, says="out")


def test_exporting_from_an_empty_queue_says_so(polycue, tmp_path):
    done = polycue("export", "nothing", "--out", tmp_path)
    assert_refused(done, code=2, says="nothing")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("POLYCUE_COMPUTE_TYPE", "int3"),
        ("POLYCUE_TIER", "luxury"),
        ("POLYCUE_CPU_THREADS", "-1"),
        ("POLYCUE_CHUNK_SECONDS", "soon"),
    ],
)
def test_a_setting_that_makes_no_sense_is_named_and_ends_with_code_2(
    polycue, tmp_path, monkeypatch, name, value
):
    monkeypatch.setenv(name, value)
    done = polycue("run", VIDEO, "--out", tmp_path / "out")
    assert_refused(done, code=2, says=f"{name}: ")

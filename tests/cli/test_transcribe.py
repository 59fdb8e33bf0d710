"""``polycue transcribe``: the files, what it says, and that a run and it share everything."""

import json

import pytest
from command import VIDEO, InProcess
from media_factory import VideoTrack, make_media

from flows.transcript_file import decode_transcript
from subtitles.formats.srt import SrtFormat

pytestmark = pytest.mark.engine


@pytest.fixture
def polycue(warm_home, monkeypatch, capsys):
    return InProcess(warm_home, monkeypatch, capsys)


def artifacts(home):
    return sorted(path.name for path in (home / "artifacts").rglob("*") if path.is_file())


def test_a_title_that_a_run_has_recognised_is_not_recognised_again(polycue, warm_home, tmp_path):
    before, out = artifacts(warm_home), tmp_path / "out"
    done = polycue("transcribe", VIDEO, "--out", out, "--formats", "json,srt vtt,txt", "--json")
    assert done.code == 0, done.err
    report = json.loads(done.out)
    stem = f"{VIDEO.stem}.en"
    names = [f"{stem}.{ending}" for ending in ("transcript.json", "srt", "vtt", "txt")]
    assert [out / name for name in names] == [*map(type(out), report["files"])]
    made = sorted([*names, f"{stem}.delivery.json"])
    assert made == sorted(path.name for path in out.iterdir())
    assert report["cached"]
    assert artifacts(warm_home) == before
    assert not (warm_home / "review.db").exists()

    transcript = decode_transcript((out / names[0]).read_bytes())
    assert report["words"] == len(transcript.words) > 60
    assert (report["language"], report["engine"]) == ("en", str(transcript.made_by))
    cues = SrtFormat().decode((out / names[1]).read_text("utf-8")).document.subtitles
    assert (
        " ".join(row for cue in cues for row in cue.lines).split()[0] == transcript.text.split()[0]
    )


def test_the_summary_says_words_language_and_what_to_listen_to(polycue, tmp_path):
    done = polycue("transcribe", VIDEO, "--out", tmp_path / "out", "--formats", "json", "--quiet")
    first, file = done.out.splitlines()
    assert " words, English (" in first
    assert "% sure); " in first
    assert "to listen to" in first
    assert file.strip().endswith(f"{VIDEO.stem}.en.transcript.json")
    before = (tmp_path / "out" / f"{VIDEO.stem}.en.transcript.json").read_bytes()
    polycue("transcribe", VIDEO, "--out", tmp_path / "out", "--formats", "json", "--quiet")
    assert (tmp_path / "out" / f"{VIDEO.stem}.en.transcript.json").read_bytes() == before


@pytest.mark.parametrize(
    ("options", "code", "says"),
    [
        (("--formats", "docx"), 6, "unknown subtitle format"),
        (("--formats", " , "), 2, "name formats"),
        (("--language", "zz"), 4, "unknown language"),
        (("--audio-stream", "7"), 3, "7"),
        (("--names", "a" * 99), 2, "no name to expect"),
        (("--speech-model", "nowhere"), 5, "nowhere"),
    ],
)
def test_bad_options_end_with_one_line_and_nothing_written(polycue, tmp_path, options, code, says):
    done = polycue("transcribe", VIDEO, "--out", tmp_path / "out", *options)
    assert_refused(done, code, says)
    assert not (tmp_path / "out").exists()


def test_media_that_cannot_be_heard_ends_with_code_3(polycue, tmp_path):
    assert_refused(polycue("transcribe", tmp_path / "missing.mp4"), 3, "missing.mp4")
    silent = tmp_path / "silent.mp4"
    make_media(silent, video=VideoTrack(seconds=1))
    assert_refused(polycue("transcribe", silent), 3, "no audio")


def test_an_output_folder_that_is_a_file_ends_with_code_7(polycue, tmp_path):
    (tmp_path / "out").write_text("")
    done = polycue("transcribe", VIDEO, "--out", tmp_path / "out", "--quiet")
    assert_refused(done, 7, "cannot write")


def assert_refused(done, code, says):
    assert done.code == code, done.err
    assert says in done.err
    assert done.err.count("polycue:") == len(done.err.strip().splitlines()) == 1
    assert done.out == ""

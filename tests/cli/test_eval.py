"""``polycue eval asr``: what it measures, and how bad input ends."""

import json

import pytest
from command import VIDEO, InProcess
from media_factory import VideoTrack, make_media

from flows.cli.score_files import read_heard

REFERENCE = """1
00:00:01,000 --> 00:00:02,000
Nobody asked me.

2
00:00:05,000 --> 00:00:06,000
They never do.
"""
TRANSCRIPT = {
    "format": "polycue-transcript",
    "version": 1,
    "title": "film",
    "media": {"sha256": "ab", "duration_ms": 9000, "audio_stream": 0},
    "engine": {"name": "e", "version": "1", "model": "m", "model_revision": "r", "options": {}},
    "language": "en",
    "language_probability": 1.0,
    "doubts": [{"start_ms": 4900, "end_ms": 6100, "doubts": ["speech-without-words"]}],
}
WORDS = [(" nobody", 1040, 1300), (" asked", 1300, 1600), (" me", 1600, 2000), (" Ha!", 8000, 8400)]


@pytest.fixture
def polycue(tmp_path, monkeypatch, capsys):
    return InProcess(tmp_path / "home", monkeypatch, capsys)


@pytest.fixture
def written(tmp_path):
    def write(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    return write


@pytest.fixture
def transcript(written):
    words = [
        {"text": text, "start_ms": start, "end_ms": end, "probability": 0.9}
        for text, start, end in WORDS
    ]
    return written("film.transcript.json", json.dumps({**TRANSCRIPT, "words": words}))


def test_a_transcript_is_measured_in_words_times_and_seconds(polycue, written, transcript):
    done = polycue("eval", "asr", transcript, written("film.en.srt", REFERENCE), "--json")
    assert done.code == 0, done.err
    found = json.loads(done.out)
    score = found["score"]
    plain, verbatim = score["words"]["plain"], score["words"]["verbatim"]
    assert (plain["deletions"], plain["substitutions"], plain["insertions"]) in {
        (2, 1, 0),
        (3, 0, 1),
    }
    assert plain["words"] == verbatim["words"] == 6
    assert verbatim["substitutions"] > plain["substitutions"]
    starts = score["starts"]
    assert (starts["errors"]["median_ms"], starts["errors"]["unheard"]) == (40, 1)
    assert starts["share_within_far_frames"] == 1
    assert score["invented"]["total_ms"] == 400
    assert [word["text"] for word in score["invented_words"]["unflagged"]] == [" Ha!"]
    assert (score["missed"]["total_ms"], score["missed"]["flagged_ms"]) == (1000, 1000)
    assert found["remarks"] == []


def test_the_table_has_a_row_for_every_measure(polycue, written, transcript):
    done = polycue("eval", "asr", transcript, written("film.en.srt", REFERENCE))
    assert "Recognition in English" in done.out
    for measure in ("word error rate, verbatim", "plain", "normalised", "start error, 90 %",
                    "starts within 12 frames", "invented words", "missed"):  # fmt: skip
        assert measure in done.out
    assert "1.00 s flagged" in done.out
    assert max(map(len, done.out.splitlines())) <= 100


def test_frames_are_those_of_the_picture(polycue, written, transcript):
    reference = written("film.en.srt", REFERENCE.replace("00:00:01,000", "00:00:00,950"))
    files = ("eval", "asr", transcript, reference, "--json", "--frame-rate")
    slow, fast = (json.loads(polycue(*files, rate).out) for rate in ("20", "60"))
    assert slow["score"]["starts"]["errors"]["share_within_two_frames"] == 1
    assert fast["score"]["starts"]["errors"]["share_within_two_frames"] == 0


def test_a_file_compared_with_itself_is_perfect(polycue, written):
    reference = written("film.en.srt", REFERENCE)
    score = json.loads(polycue("eval", "asr", reference, reference, "--json").out)["score"]
    assert {errors["words"] for errors in score["words"].values()} == {6}
    assert all(
        errors["deletions"] + errors["substitutions"] + errors["insertions"] == 0
        for errors in score["words"].values()
    )
    assert score["starts"]["errors"]["worst_ms"] == 0
    assert score["invented"]["total_ms"] == score["missed"]["total_ms"] == 0
    assert score["invented_words"] is None


def test_text_without_times_is_measured_in_words_alone(polycue, written, transcript):
    text = written("script.txt", "Nobody asked me.\nThey never do.\n")
    done = polycue("eval", "asr", transcript, text)
    assert "start" not in done.out.partition("without times")[0]
    assert "starts and seconds are not measured" in done.out


def test_silence_heard_as_silence_has_no_rate(polycue, written):
    empty = written("empty.en.txt", "")
    done = polycue("eval", "asr", empty, empty)
    assert done.code == 0, done.err
    assert "–" in done.out


def test_words_of_a_cue_share_its_time_by_their_letters(written):
    file = written("film.en.srt", "1\n00:00:01,000 --> 00:00:02,000\nI\nagree.\n")
    words = read_heard(file, None).words
    assert [(word.text, word.span.start_ms, word.span.end_ms) for word in words] == [
        (" I", 1000, 1142),
        (" agree.", 1142, 2000),
    ]


def test_files_without_a_language_ask_for_one(polycue, written):
    file = written("film.srt", REFERENCE)
    done = polycue("eval", "asr", file, file)
    assert_refused(done, code=2, says="name it with --language")
    assert polycue("eval", "asr", file, file, "--language", "en").code == 0


def assert_refused(done, *, code, says):
    assert done.code == code, done.err
    assert says in done.err
    assert done.err.count("\n") == done.err.count("polycue:") == 1
    assert done.out == ""


@pytest.fixture
def placed(tmp_path):
    """A file that is there when it has content."""

    def place(name, content):
        path = tmp_path / "in" / name
        path.parent.mkdir()
        if content is not None:
            path.write_bytes(content)
        return path

    return place


@pytest.mark.parametrize(
    ("file", "code", "says"),
    [
        (("film.en.srt", b"this is no subtitle\n"), 6, "line 1"),
        (("film.en.json", b'{"format": "polycue-transcript", "version": 9}'), 6, "transcript"),
        (("film.en.json", b"[" * 100_000), 6, ""),
        (("film.en.json", b"\xff\x00"), 6, ""),
        (("film.en.vtt", None), 2, "cannot read"),
        (("film.en.mp4", None), 3, "film.en.mp4"),
        (("film.en.mkv", b"This is no film at all.\n" * 99), 3, "not a media file"),
    ],
)
def test_a_bad_hypothesis_is_refused_on_one_line(polycue, written, placed, file, code, says):
    reference = written("reference.en.srt", REFERENCE)
    assert_refused(polycue("eval", "asr", placed(*file), reference), code=code, says=says)


@pytest.mark.parametrize(
    ("file", "code", "says"),
    [
        (("reference.en.srt", b"\x00\n"), 6, ""),
        (("reference.en.srt", None), 2, "cannot read"),
        (("reference.flac", b"fLaC"), 2, "is no reference"),
    ],
)
def test_a_bad_reference_is_refused_before_anything_is_recognised(
    polycue, placed, file, code, says
):
    assert_refused(polycue("eval", "asr", VIDEO, placed(*file)), code=code, says=says)
    assert not polycue.home.exists()


def test_media_without_sound_ends_with_code_3(polycue, written, tmp_path):
    film = tmp_path / "silent.mp4"
    make_media(film, video=VideoTrack(seconds=1))
    done = polycue("eval", "asr", film, written("reference.en.srt", REFERENCE))
    assert_refused(done, code=3, says="no audio")

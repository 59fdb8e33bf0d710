"""Files of a track: in every format asked for, compared before anything is written."""

import logging
from fractions import Fraction

import pytest
from timed_text import cue, track

from flows.stages import deliverables
from flows.stages.deliverables import write_files
from subtitles.formats.malformed import RoundTripError, UnknownFormatError, UnwritableSubtitleError
from subtitles.formats.registry import FORMATS, format_of

FILM = track([cue("Hello <i>there</i>.\nYou!", 3003, 5005)])


def test_every_format_is_written_beside_the_others(tmp_path):
    paths = write_files(FILM, "Film", tmp_path, tuple(FORMATS), frame_rate=Fraction(24000, 1001))
    assert [path.name for path in paths] == [f"Film.en.{name}" for name in FORMATS]
    assert 'begin="72f" end="120f"' in (tmp_path / "Film.en.ttml").read_text("utf-8")
    read = format_of("json").decode((tmp_path / "Film.en.json").read_text("utf-8")).document
    assert read.track == FILM
    assert read.title == "Film"


def test_what_a_format_cannot_carry_of_a_subtitle_is_told(tmp_path, caplog):
    with caplog.at_level(logging.WARNING):
        write_files(FILM, "Film", tmp_path, ("srt", "vtt"))
    assert not caplog.records
    write_files(FILM, "Film", tmp_path, ("scc",))
    assert "en, SCC: styling (1 subtitle, first 1)" in caplog.text


@pytest.mark.parametrize(
    ("formats", "text", "error"),
    [
        (("srt", "docx"), "Hello", UnknownFormatError),
        (("srt", "scc"), "日本", UnwritableSubtitleError),
        (("srt", "vtt"), "Hello", RoundTripError),
    ],
)
def test_when_one_file_cannot_be_none_is_written(tmp_path, monkeypatch, formats, text, error):
    if error is RoundTripError:
        vtt = FORMATS["vtt"]
        monkeypatch.setattr(
            type(vtt), "encode", lambda *_: "WEBVTT\n\n00:01.000 --> 00:02.000\nHell\n"
        )
    with pytest.raises(error):
        write_files(track([cue(text)]), "Film", tmp_path / "out", formats)
    assert not (tmp_path / "out").exists()
    assert deliverables.file_name("Film", "en", "srt") == "Film.en.srt"

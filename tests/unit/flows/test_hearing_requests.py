"""What a request says about hearing reaches the engines and the keys of what they make."""

from pathlib import Path

import numpy as np
import pytest
from flows_fakes import RecordingProgress
from media_factory import RATE_HZ, AudioTrack, make_media
from pydantic import ValidationError

from flows.progress import current_progress
from flows.request import LocalizeRequest
from flows.settings import Settings
from flows.wiring import build_pipeline


def transcriber(tmp_path, **request):
    asked = LocalizeRequest(media=Path("film.mp4"), **request)
    return build_pipeline(Settings(home=tmp_path, chunk_seconds=100), asked).transcriber


def test_names_to_expect_are_part_of_who_recognises(tmp_path):
    plain, told = (transcriber(tmp_path, names=names) for names in ((), ("Elinor", "Barton Park")))
    assert "Elinor, Barton Park" in str(told.recognizer.signature)
    assert str(told.recognizer.signature) != str(plain.recognizer.signature)
    assert str(told.detector.signature) == str(plain.detector.signature)


def test_chunks_are_about_as_long_as_the_settings_say(tmp_path):
    plan = transcriber(tmp_path).plan
    assert plan.shortest_ms < 100_000 < plan.longest_ms


@pytest.mark.parametrize("speakers", ["off", "channels"])
def test_speakers_are_told_apart_only_when_asked(tmp_path, speakers):
    assert (transcriber(tmp_path, speakers=speakers).diarizer is None) == (speakers == "off")


@pytest.mark.parametrize(
    "names", [("x" * 100,), ("bell\x07",), tuple(f"name{n}" for n in range(200))]
)
def test_a_request_with_names_that_nobody_could_expect_is_refused(names):
    with pytest.raises(ValidationError):
        LocalizeRequest(media=Path("film.mp4"), names=names)


def test_the_stream_that_is_listened_to_and_why_are_told_without_what_titles_hide(tmp_path):
    sound = [(0.0, np.zeros((1, RATE_HZ), np.float32))]
    media = tmp_path / "film.mka"
    make_media(
        media,
        audio=[
            AudioTrack(pieces=sound, title="Commentary \x1b[2J", is_default=True),
            AudioTrack(pieces=sound, language="fra"),
        ],
    )
    progress = RecordingProgress()
    token = current_progress.set(progress)
    title = build_pipeline(Settings(home=tmp_path), LocalizeRequest(media=media)).open_title(
        LocalizeRequest(media=media)
    )
    current_progress.reset(token)
    assert title.stream.index == 1
    ((_, warning),) = progress.told
    assert warning.isprintable()
    assert "1: fr" in warning
    assert "using 1: the container's default, 0, is a commentary" in warning

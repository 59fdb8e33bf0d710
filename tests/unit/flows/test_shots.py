"""The search for shot changes as a stage: stored, beside the run, and never in its way."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from flows_fakes import InMemoryArtifactStore, RecordingProgress
from shot_fakes import ScriptedShotFinder

from asr.errors import DamagedMediaError, UnreadableMediaError
from asr.media import AudioStream, MediaAsset
from asr.picture.shots import ShotChanges
from flows.aside import Abandon
from flows.errors import AbandonedError
from flows.pipeline import Pipeline
from flows.progress import current_progress
from flows.request import LocalizeRequest
from flows.stages.once import STORED_ALREADY
from flows.stages.shots import LABEL, shots_stage
from flows.title import Title, with_shots
from subtitles.picture import Picture

MEDIA = Path("film.mp4")
ASSET = MediaAsset(
    media_id="f" * 64,
    path=MEDIA,
    duration_ms=10_000,
    frame_rate=Fraction(24),
    has_video=True,
    audio_streams=(),
    video_index=0,
)
STREAM = AudioStream(
    index=0, language=None, title="", channels=1, sample_rate_hz=48_000, is_default=True, start_ms=0
)


def title(asset=ASSET, **request):
    return Title(request=LocalizeRequest(media=MEDIA, **request), asset=asset, stream=STREAM)


@pytest.fixture
def progress():
    listening = RecordingProgress()
    token = current_progress.set(listening)
    yield listening
    current_progress.reset(token)


def pipeline(finder):
    unused = None
    return Pipeline(
        store=InMemoryArtifactStore(),
        transcriber=unused,
        shot_finder=finder,
        localizer=unused,
        timelines=unused,
        transcripts=unused,
    )


def looked(pipeline, title):
    with pipeline.look_for_shots(title) as looking:
        return looking.result()


def test_what_is_found_is_stored_told_and_becomes_the_titles_picture(progress):
    finder = ScriptedShotFinder(at_ms=(1000, 4000))
    pipe = pipeline(finder)
    first = looked(pipe, title())
    assert (first.value.at_ms, first.cached) == ((1000, 4000), False)
    assert progress.told[0] == ("started", LABEL, 10_000)
    assert ("advanced", LABEL, 9_000) in progress.told
    assert progress.told[-1] == ("finished", LABEL, "2 shot changes")
    seen = with_shots(title(), first.value)
    assert seen.picture == Picture(
        frame_rate=Fraction(24), duration_ms=10_000, shot_changes_ms=(1000, 4000)
    )
    second = looked(pipe, title())
    assert (second.value, second.cached, len(finder.searched)) == (first.value, True, 1)
    assert progress.told[-1] == ("finished", LABEL, STORED_ALREADY)
    assert pipe.shots(second.ref).value == first.value


@pytest.mark.parametrize(
    "unsearched",
    [title(shot_changes=False), title(replace(ASSET, video_index=None, has_video=False))],
    ids=["nobody wants it", "sound alone"],
)
def test_what_is_not_to_be_searched_is_not(unsearched, progress):
    finder = ScriptedShotFinder(at_ms=(1000,))
    assert looked(pipeline(finder), unsearched) is None
    assert (finder.searched, progress.told) == ([], [])
    assert with_shots(unsearched, None).picture.shot_changes_ms == ()


def test_a_picture_that_cannot_be_decoded_is_a_warning_every_time_and_searched_once(progress):
    finder = ScriptedShotFinder(failure=DamagedMediaError(MEDIA, "none of it"))
    pipe = pipeline(finder)
    for _ in range(2):
        assert looked(pipe, title()).value == ShotChanges()
        assert "cannot be decoded" in progress.told[-1][1]
    assert len(finder.searched) == 1


def test_a_file_that_is_gone_fails_the_title_and_is_not_remembered():
    pipe = pipeline(ScriptedShotFinder(failure=UnreadableMediaError(MEDIA, "it is gone")))
    with pytest.raises(UnreadableMediaError):
        looked(pipe, title())
    assert pipe.store.find("shots", shots_stage(ASSET, pipe.shot_finder).key) is None


def test_a_run_that_ended_ends_the_search_and_stores_nothing():
    whole = Abandon()
    whole.now()
    pipe = pipeline(ScriptedShotFinder(at_ms=(1000,)))
    with pipe.look_for_shots(title(), within=whole) as looking, pytest.raises(AbandonedError):
        looking.result()
    assert pipe.store.find("shots", shots_stage(ASSET, pipe.shot_finder).key) is None


def test_another_film_stream_or_finder_is_searched_anew():
    finder = ScriptedShotFinder()
    keys = {
        shots_stage(asset, finder).key
        for asset in (ASSET, replace(ASSET, media_id="e" * 64), replace(ASSET, video_index=1))
    }
    assert len(keys | {shots_stage(ASSET, ScriptedShotFinder(version="2")).key}) == 4
    assert shots_stage(replace(ASSET, path=Path("moved.mp4")), finder).key in keys

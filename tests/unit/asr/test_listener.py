"""A whole stream, listened to once: the same however it arrives, in flat memory."""

import tracemalloc
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from listening_fakes import ROOM, SPOKEN, LoudnessDetector, in_blocks, stream

from asr.hearing.decode_windows import LONGEST_WINDOW_MS, WINDOW_OVERLAP_MS
from asr.hearing.listener import listen
from asr.hearing.listening import SoundKind
from asr.hearing.voice_track import follow
from asr.sound.chunking import ChunkPlan
from subtitles.span import Span

PLAN = ChunkPlan(shortest_ms=30_000, longest_ms=60_000)
MINUTE = 60_000


def listened(samples, sizes=(16_000,), plan=PLAN):
    return listen(in_blocks(samples, sizes), LoudnessDetector(), plan=plan)


def turns(*pairs):
    return [Span(start, end) for start, end in pairs]


def lines(count, *, length_ms=3_000, pause_ms=700, start_ms=1_000):
    step = length_ms + pause_ms
    return [Span(start_ms + n * step, start_ms + n * step + length_ms) for n in range(count)]


@settings(max_examples=12)
@given(
    st.lists(st.integers(1, 400_000), min_size=1, max_size=4),
    st.integers(0, 200_000),
    st.integers(0, 3),
)
def test_a_stream_is_heard_alike_whole_and_in_blocks_of_any_size(sizes, duration_ms, seed):
    level = np.random.default_rng(seed).uniform(0, SPOKEN, duration_ms // 32 + 1)
    samples = np.repeat(level, 512)[: duration_ms * 16].astype(np.float32)
    detector = LoudnessDetector()
    track = follow(in_blocks(samples, sizes), detector)
    assert track.duration_ms == duration_ms
    np.testing.assert_allclose(
        track.probabilities, LoudnessDetector().speech_probabilities(samples), atol=1e-6
    )
    powers = np.square(np.pad(samples, (0, -len(samples) % 512)).reshape(-1, 512)).mean(axis=1)
    np.testing.assert_allclose(track.powers[:-1], powers[:-1], rtol=1e-4)
    assert len(track.powers) == len(powers)
    assert detector.longest_ms <= 70_000


def test_windows_lie_around_speech_and_chunks_around_windows():
    listening = listened(stream(3 * MINUTE, [*lines(20), *lines(10, start_ms=120_000)]))
    windows = [window for chunk in listening.chunks for window in chunk.windows]
    assert listening.duration_ms == 3 * MINUTE
    assert all(window.duration_ms <= LONGEST_WINDOW_MS for window in windows)
    for one, other in pairwise(listening.chunks):
        assert one.span.end_ms <= other.span.start_ms
    for chunk in listening.chunks:
        assert chunk.span.start_ms <= chunk.windows[0].start_ms
        assert chunk.windows[-1].end_ms <= chunk.span.end_ms
        assert chunk.audible
        assert chunk.sure
    assert abs(listening.speech_ms - 90_000) < 2_000


def test_speech_that_never_pauses_makes_windows_and_chunks_that_overlap():
    listening = listened(stream(3 * MINUTE, turns((2_000, 178_000))))
    windows = [window for chunk in listening.chunks for window in chunk.windows]
    assert {one.end_ms - other.start_ms for one, other in pairwise(windows)} == {WINDOW_OVERLAP_MS}
    assert all(window.duration_ms <= LONGEST_WINDOW_MS for window in windows)
    assert len(listening.chunks) > 2
    for one, other in pairwise(listening.chunks):
        assert one.span.duration_ms <= PLAN.longest_ms + 3_000
        assert one.span.end_ms - other.span.start_ms == WINDOW_OVERLAP_MS


def test_pauseless_speech_is_cut_where_the_voice_is_weakest():
    samples = stream(40_000, turns((1_000, 39_000)))
    samples[18_000 * 16 : 18_300 * 16] *= 0.5  # still a voice
    one, other = listened(samples).chunks[0].windows
    assert 18_000 <= (one.end_ms + other.start_ms) / 2 <= 18_300


def test_of_equally_sure_moments_the_quietest_is_cut_at():
    samples = stream(40_000, turns((1_000, 39_000))) * 3  # so loud that all is sure
    samples[20_000 * 16 : 20_200 * 16] *= 0.7
    one, other = listened(samples).chunks[0].windows
    assert 20_000 <= (one.end_ms + other.start_ms) / 2 <= 20_200


@pytest.mark.parametrize("duration_ms", [0, 1, 20, 5_000])
def test_a_stream_in_which_nobody_speaks_has_no_chunk(duration_ms):
    listening = listened(stream(duration_ms, []))
    assert (listening.chunks, listening.speech_ms) == ((), 0)
    assert listening.duration_ms == duration_ms


def test_speech_to_the_very_end_ends_with_the_stream():
    listening = listened(stream(5_010, turns((1_000, 5_010))))
    (chunk,) = listening.chunks
    assert chunk.span.end_ms == chunk.windows[-1].end_ms == chunk.sure[-1].end_ms == 5_010


def test_what_is_heard_where_nobody_speaks_is_told_apart():
    samples = stream(40_000, turns((10_000, 15_000), (30_000, 38_000)))
    rng = np.random.default_rng(0)  # music: loud and unsteady, yet no voice to this detector
    loudness = np.repeat(rng.uniform(0.2, 1.0, 80) * 0.02, 100 * 16)[: 8_000 * 16]
    samples[20_000 * 16 : 28_000 * 16] *= (loudness / ROOM).astype(np.float32)
    quiet, after, music, before_speech, end = listened(samples).non_speech
    assert [part.kind for part in (quiet, after, music, before_speech, end)] == [
        SoundKind.SILENCE,
        SoundKind.SILENCE,
        SoundKind.SOUND,
        SoundKind.SILENCE,
        SoundKind.SILENCE,
    ]
    assert abs(music.span.start_ms - 20_000) <= 1_000
    assert abs(music.span.end_ms - 28_000) <= 1_000


@pytest.mark.parametrize("room", [0.0, 0.0005, 0.01])
def test_a_steady_room_is_silence_however_loud_it_is(room):
    parts = listened(stream(20_000, turns((5_000, 9_000)), room=room)).non_speech
    assert {part.kind for part in parts} == {SoundKind.SILENCE}


def test_pauses_between_words_are_no_stretches_of_non_speech():
    parts = listened(stream(30_000, lines(6, pause_ms=600))).non_speech
    assert all(part.span.duration_ms >= 1_000 for part in parts)
    assert not any(1_000 < part.span.start_ms < 20_000 for part in parts)


@pytest.mark.parametrize("minutes", [30, pytest.param(180, marks=pytest.mark.slow)])
def test_a_long_title_takes_hardly_more_memory_than_a_short_one(minutes):
    minute = stream(MINUTE, lines(12))

    def peak(duration):
        tracemalloc.start()
        listening = listen((minute for _ in range(duration)), LoudnessDetector(), plan=ChunkPlan())
        assert listening.duration_ms == duration * MINUTE
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return highest

    # What grows is a few numbers a frame and the plan itself. A minute of samples is 3.8 MB; how
    # many stretches the threads hold at once is chance: as much as that, never a whole title.
    assert peak(minutes) - peak(5) < 35_000 * minutes + 3_800_000

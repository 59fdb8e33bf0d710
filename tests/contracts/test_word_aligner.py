"""What every WordAligner promises, run on a fake and on the real one."""

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from asr.hearing.settling import CrowdedWordsError, settle
from asr.hearing.speech_edge_aligner import SpeechEdgeAligner
from asr.hearing.word_aligner import AlignedAudio, WordAligner
from asr.hearing.word_times import LEAST_WORD_MS, TimedText
from subtitles.language import parse_language
from subtitles.span import Span

ENGLISH = parse_language("en")
RATE = 16
EDGE_TOLERANCE_MS = 40
"""Of the times at pauses: the detector's frame is 32 ms, the level's 10."""


class SharingAligner:
    """Stands in for a forced aligner: its own times, the speech shared out by letters."""

    name = "sharing 1"

    def align(self, words, audio):
        regions = [one for one in audio.sure if one.overlap_ms(audio.window)] or [audio.window]
        total, done, timed = sum(len(word.text) for word in words), 0, []
        length = sum(region.duration_ms for region in regions)
        for word in words:
            start = self._at(regions, length * done // total, is_start=True)
            done += len(word.text)
            end = self._at(regions, length * done // total, is_start=False)
            timed.append(replace(word, start_ms=start, end_ms=end))
        return settle(timed, speech=regions, within=audio.window)

    @staticmethod
    def _at(regions, spoken_ms, *, is_start):
        for region in regions:
            if spoken_ms < region.duration_ms + (not is_start):
                return region.start_ms + spoken_ms
            spoken_ms -= region.duration_ms
        return regions[-1].end_ms


@pytest.fixture(params=[SharingAligner, SpeechEdgeAligner], ids=["sharing", "speech-edges"])
def aligner(request) -> WordAligner:
    return request.param()


SENTENCES = (Span(1_000, 2_400), Span(3_400, 4_400))
WINDOW = Span(600, 4_800)


@dataclass(frozen=True)
class Scene:
    """Two sentences with a second of room between them, and their words, roughly timed."""

    speech: tuple[Span, ...] = SENTENCES
    window: Span = WINDOW

    @property
    def audio(self):
        rng = np.random.default_rng(0)
        samples = 0.0005 * rng.standard_normal(5_000 * RATE)
        for region in self.speech:
            here = slice(region.start_ms * RATE, region.end_ms * RATE)
            samples[here] += 0.1 * rng.standard_normal(region.duration_ms * RATE)
        return AlignedAudio(
            samples=samples.astype(np.float32),
            window=self.window,
            audible=self.speech,
            sure=self.speech,
            language=ENGLISH,
        )


# Attention is early at pauses; the number was given no time at all.
ROUGH = tuple(
    TimedText(text=text, start_ms=start, end_ms=end, probability=0.9)
    for text, start, end in [
        (" At", 700, 1_200),
        (" 10:45", 1_200, 1_200),
        (" we", 1_200, 1_700),
        (" left.", 1_700, 2_200),
        (" Nobody", 2_200, 3_800),
        (" knew.", 3_800, 4_300),
    ]
)


def texts(words):
    return [word.text for word in words]


def assert_settled(aligned, words, window):
    assert texts(aligned) == texts(words)
    assert [word.probability for word in aligned] == [word.probability for word in words]
    for word in aligned:
        assert word.end_ms - word.start_ms >= LEAST_WORD_MS
        assert window.start_ms <= word.start_ms
        assert word.end_ms <= window.end_ms
    for one, other in pairwise(aligned):
        assert one.end_ms <= other.start_ms


def test_the_same_words_come_out_in_order_apart_inside_the_window_each_with_some_time(aligner):
    scene = Scene()
    assert_settled(aligner.align(ROUGH, scene.audio), ROUGH, scene.window)


def test_words_at_pauses_touch_the_edges_of_speech(aligner):
    scene = Scene()
    aligned = aligner.align(ROUGH, scene.audio)
    edges = [aligned[0].start_ms, aligned[3].end_ms, aligned[4].start_ms, aligned[-1].end_ms]
    expected = [time for region in scene.speech for time in (region.start_ms, region.end_ms)]
    assert edges == pytest.approx(expected, abs=EDGE_TOLERANCE_MS)


@pytest.mark.parametrize("text", [" 7", " 10:45", " £5", " …", " 第二", "!"])
def test_numbers_and_signs_are_timed_like_words(aligner, text):
    words = [replace(ROUGH[0], text=text), *ROUGH[1:]]
    aligned = aligner.align(words, Scene().audio)
    assert aligned[0].text == text
    assert aligned[0].start_ms == pytest.approx(1_000, abs=EDGE_TOLERANCE_MS)


def test_no_words_give_no_words(aligner):
    assert aligner.align([], Scene().audio) == ()


def test_without_detected_speech_the_words_still_come_out_in_good_order(aligner):
    scene = Scene()
    unheard = replace(scene.audio, audible=(), sure=())
    assert_settled(aligner.align(ROUGH, unheard), ROUGH, scene.window)


def test_soft_speech_that_is_only_audible_is_speech():
    scene = Scene()
    soft = replace(scene.audio, sure=scene.speech[:1])
    assert SpeechEdgeAligner().align(ROUGH, soft) == SpeechEdgeAligner().align(ROUGH, scene.audio)


def test_where_in_the_chunk_a_window_lies_changes_nothing(aligner):
    scene = Scene()
    audio, later_ms = scene.audio, 90_000
    moved = AlignedAudio(
        samples=np.concatenate([np.tile(audio.samples, 18), audio.samples]),
        window=audio.window.shifted(later_ms),
        audible=tuple(region.shifted(later_ms) for region in audio.audible),
        sure=tuple(region.shifted(later_ms) for region in audio.sure),
        language=ENGLISH,
    )
    words = [
        replace(word, start_ms=word.start_ms + later_ms, end_ms=word.end_ms + later_ms)
        for word in ROUGH
    ]
    here = aligner.align(ROUGH, audio)
    assert [(w.start_ms - later_ms, w.end_ms - later_ms) for w in aligner.align(words, moved)] == [
        (word.start_ms, word.end_ms) for word in here
    ]


def test_the_same_audio_gives_the_same_times(aligner):
    assert aligner.align(ROUGH, Scene().audio) == aligner.align(ROUGH, Scene().audio)


def test_more_words_than_the_window_has_room_for_are_refused(aligner):
    narrow = replace(Scene().audio, window=Span(1_000, 1_000 + len(ROUGH) * LEAST_WORD_MS - 1))
    with pytest.raises(CrowdedWordsError):
        aligner.align(ROUGH, narrow)


def test_the_name_says_which_version(aligner):
    assert aligner.name.split()[-1].isdigit()


any_words = st.lists(
    st.builds(
        TimedText,
        text=st.sampled_from([" a", " two,", " 3.", "£"]),
        start_ms=st.integers(-500, 6_000),
        end_ms=st.integers(-500, 6_000),
        probability=st.just(0.5),
    ),
    min_size=1,
    max_size=12,
)
any_window = st.tuples(st.integers(0, 3_000), st.integers(300, 5_000)).map(
    lambda pair: Span(pair[0], pair[0] + pair[1])
)
SCENE_AUDIO = Scene().audio


@given(any_words, any_window, st.sampled_from([SharingAligner(), SpeechEdgeAligner()]))
def test_whatever_times_come_in_good_order_comes_out(words, window, aligner):
    assume(len(words) * LEAST_WORD_MS <= window.duration_ms)
    assert_settled(aligner.align(words, replace(SCENE_AUDIO, window=window)), words, window)

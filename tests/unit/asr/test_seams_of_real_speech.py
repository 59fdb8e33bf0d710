"""A real clip, cut everywhere: two overlapping hearings joined say what one hearing says."""

from difflib import SequenceMatcher
from pathlib import Path

import pytest
from asr_fakes import FORCED_ENGLISH
from whisper_fixtures import REVISION, tiny_english_folder

from asr.hearing.decode_windows import WINDOW_OVERLAP_MS
from asr.hearing.listening import ChunkSpeech
from asr.hearing.seams import join_words
from asr.hearing.speech_regions import AUDIBLE, EDGES, speech_regions
from asr.sound.av_media import decode_spans, probe
from asr.sound.stream_choice import stream_choice
from asr.whisper.model import RecognitionOptions
from asr.whisper.recognizer import FasterWhisperRecognizer
from asr.whisper.voice import SileroVoiceDetector
from subtitles.span import Span

pytestmark = pytest.mark.engine

SAMPLES = Path(__file__).parents[3] / "sample_media"


class Clip:
    """The beginning of a sample, to be heard in any windows."""

    def __init__(self, recognizer, name, end_ms):
        self._recognizer, self.span = recognizer, Span(0, end_ms)
        asset = probe(SAMPLES / name)
        (self._chunk,) = decode_spans(asset, stream_choice(asset, None).stream, [self.span])
        sure = SileroVoiceDetector().speech_probabilities(self._chunk.samples)
        self._regions = {
            "audible": speech_regions(sure, AUDIBLE),
            "sure": speech_regions(sure, EDGES),
        }

    def heard(self, *windows):
        speech = ChunkSpeech(span=self.span, windows=windows, **self._regions)
        return self._recognizer.recognize(self._chunk, speech, FORCED_ENGLISH).words

    def heard_in_two(self, overlap):
        return self.heard(Span(0, overlap.end_ms), Span(overlap.start_ms, self.span.end_ms))


@pytest.fixture(scope="module")
def recognizer(tmp_path_factory):
    return FasterWhisperRecognizer(
        tiny_english_folder(tmp_path_factory.mktemp("tiny") / "model"),
        model_name="whisper-tiny.en",
        model_revision=REVISION,
        options=RecognitionOptions(),
    )


@pytest.fixture(scope="module")
def sentence(recognizer):
    return Clip(recognizer, "sense_and_sensibility.mp4", 10_600)


def keys(words):
    return ["".join(filter(str.isalnum, word.text.casefold())) for word in words]


def differences_at(overlap, whole, joined):
    """Words that only one of them has, in the overlap: elsewhere a model may hear otherwise when
    it is given less of a sentence, and no seam can help that."""
    matcher = SequenceMatcher(None, keys(whole), keys(joined), autojunk=False)
    return [
        (operation, word.text)
        for operation, i, j, k, m in matcher.get_opcodes()
        if operation != "equal"
        for word in (*whole[i:j], *joined[k:m])
        if word.span.overlap_ms(overlap)
    ]


def lost_or_doubled(clip, starts):
    whole = clip.heard(clip.span)
    return {
        start: found
        for start in starts
        if (overlap := Span(start, start + WINDOW_OVERLAP_MS))
        and (found := differences_at(overlap, whole, clip.heard_in_two(overlap)))
    }


def test_two_hearings_of_a_sentence_lose_and_double_no_word_at_the_seam(sentence):
    assert lost_or_doubled(sentence, range(4_100, 8_100, 1_000)) == {}


@pytest.mark.slow
def test_no_seam_anywhere_in_a_sentence_loses_or_doubles_a_word(sentence):
    assert lost_or_doubled(sentence, range(4_100, 8_200, 200)) == {}


@pytest.mark.slow
def test_no_seam_anywhere_in_several_sentences_loses_or_doubles_a_word(recognizer):
    clip = Clip(recognizer, "voice_menu.flac", 19_000)
    assert lost_or_doubled(clip, range(2_500, 14_500, 700)) == {}


def test_known_words_of_a_clip_survive_a_seam_at_any_moment(sentence):
    words = sentence.heard(sentence.span)
    assert len(words) > 20
    for start_ms in range(0, sentence.span.end_ms - WINDOW_OVERLAP_MS, 20):
        overlap = Span(start_ms, start_ms + WINDOW_OVERLAP_MS)
        left = [word for word in words if word.span.end_ms <= overlap.end_ms]
        right = [word for word in words if word.span.start_ms >= overlap.start_ms]
        assert list(join_words(left, right, overlap)) == list(words), start_ms

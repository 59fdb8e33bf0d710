"""A film of planted parts: nothing is invented unseen, and soft speech is heard or flagged."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from planted_film import Planted, PlantedFilm, PlantedKind, make_planted_film, score
from planted_sounds import level_db

from asr.hearing.listener import listen
from asr.recognizer import AudioChunk, SpokenLanguage
from asr.sound.av_media import decode_spans, probe
from asr.sound.chunking import ChunkPlan
from asr.whisper.model import RecognitionOptions
from asr.whisper.recognizer import FasterWhisperRecognizer
from asr.whisper.voice import SileroVoiceDetector
from subtitles.doubts import Doubt, DoubtfulSpan
from subtitles.language import parse_language
from subtitles.span import Span
from subtitles.words import Word

SAMPLES = Path(__file__).parents[4] / "sample_media"
MENU = (SAMPLES / "voice_menu.flac", SAMPLES / "voice_menu.en.srt")

SOFT = Planted(span=Span(2000, 4000), kind=PlantedKind.QUIET, name="soft", text="Who is there?")
MUSIC = Planted(span=Span(6000, 9000), kind=PlantedKind.SOUND, name="music")
FILM = PlantedFilm(path=Path("film.wav"), parts=(SOFT, MUSIC), duration_ms=10_000)


def word(text: str, start_ms: int, end_ms: int, *doubts: Doubt) -> Word:
    return Word(text=text, span=Span(start_ms, end_ms), probability=0.9, doubts=doubts)


def stretch(start_ms: int, end_ms: int, *doubts: Doubt) -> DoubtfulSpan:
    return DoubtfulSpan(span=Span(start_ms, end_ms), doubts=doubts)


HEARD = [word(" Who", 2000, 2500), word(" is", 2500, 3000), word(" there", 3000, 4000)]


def test_words_in_music_are_counted_and_those_without_a_doubt_named():
    flagged = word(" you", 6500, 7000, Doubt.NO_SPEECH)
    counted = score(FILM, [*HEARD, word(" Thanks", 6000, 6500), flagged], [])
    assert counted.invented == (" Thanks", " you")
    assert counted.unflagged == (" Thanks",)
    suspect = stretch(6000, 7000, Doubt.UNSURE)
    assert score(FILM, [word(" Thanks", 6000, 6500)], [suspect]).unflagged == ()
    missing = stretch(6000, 7000, Doubt.QUIET_SPEECH)
    assert score(FILM, [word(" Thanks", 6000, 6500)], [missing]).unflagged == (" Thanks",)


@pytest.mark.parametrize(
    ("words", "doubts", "recognised", "flagged", "lost"),
    [
        (HEARD, [], 1, 0, ()),
        (HEARD[:1], [], 0, 0, ("soft",)),
        ([], [], 0, 0, ("soft",)),
        ([], [stretch(2500, 3500, Doubt.QUIET_SPEECH)], 0, 1, ()),
        ([word(" When", 2000, 4000, Doubt.UNSURE)], [], 0, 1, ()),
        ([], [stretch(6000, 9000, Doubt.QUIET_SPEECH)], 0, 0, ("soft",)),
    ],
)
def test_soft_speech_is_recognised_or_flagged_or_lost(words, doubts, recognised, flagged, lost):
    counted = score(FILM, words, doubts)
    assert (counted.recognised, counted.flagged, counted.lost) == (recognised, flagged, lost)
    assert counted.soft_share == recognised + flagged


def test_flags_where_nobody_speaks_are_false():
    counted = score(FILM, HEARD, [stretch(6000, 9000, Doubt.QUIET_SPEECH)])
    assert (counted.false_flags, counted.false_flags_ms) == (1, 3000)


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    path = tmp_path_factory.mktemp("planted") / "film.wav"
    return make_planted_film(path, [MENU], soft=7, loud=2)


def test_the_film_is_the_same_each_time_and_holds_what_it_says(film, tmp_path):
    again = make_planted_film(tmp_path / "film.wav", [MENU], soft=7, loud=2)
    assert replace(again, path=film.path) == film
    assert again.path.read_bytes() == film.path.read_bytes()
    asset = probe(film.path)
    assert asset.duration_ms == film.duration_ms
    kinds = {part.kind for part in film.parts}
    assert kinds == set(PlantedKind)
    levels = {
        part.name: level_db(chunk.samples)
        for part, chunk in zip(
            film.parts,
            decode_spans(asset, asset.audio_streams[0], [part.span for part in film.parts]),
            strict=True,
        )
    }
    assert levels["speech 0"] == pytest.approx(-20, abs=1)
    for part in film.parts:
        if part.kind is PlantedKind.QUIET:
            below = float(part.name.split()[1])
            assert levels[part.name] == pytest.approx(-20 + below, abs=1)
    assert levels["digital silence"] < -100


@pytest.mark.engine
def test_nothing_is_invented_unseen_and_soft_speech_is_heard_or_flagged(film, models_folder):
    folder = next((models_folder / "whisper-base").iterdir())
    recognizer = FasterWhisperRecognizer(
        folder, model_name="base", model_revision="r", options=RecognitionOptions()
    )
    asset = probe(film.path)
    whole = Span(0, film.duration_ms)
    (sound,) = decode_spans(asset, asset.audio_streams[0], [whole])
    listening = listen([sound.samples], SileroVoiceDetector(), plan=ChunkPlan())
    (speech,) = listening.chunks
    samples = np.copy(sound.samples[speech.span.start_ms * 16 : speech.span.end_ms * 16])
    chunk = AudioChunk(index=0, start_ms=speech.span.start_ms, samples=samples)
    heard = recognizer.recognize(chunk, speech, SpokenLanguage(tag=parse_language("en")))
    counted = score(film, heard.words, heard.doubts)
    assert counted.unflagged == ()
    assert counted.lost == ()
    assert counted.recognised >= 5
    assert counted.false_flags_ms <= 1000

"""Recognition in chunks: each computed once, by whoever comes first, in any order."""

import threading
from dataclasses import replace
from random import Random

import pytest
from asr_fakes import ScriptedRecognizer
from film_speech import (
    FailingOnce,
    LoudnessDetector,
    loaded_engine,
    make_speech,
    script,
    title_of,
    transcriber,
)
from flows_fakes import InMemoryArtifactStore, RecordingProgress

from asr.errors import NoSpeechError, UnusableModelError
from asr.speakers.diarizer import SpeakerTurn
from flows.engines import LazyEngine
from flows.progress import current_progress
from flows.stages.listening import LABEL as LISTENING
from flows.stages.once import STORED_ALREADY
from flows.stages.reporting import checked
from flows.stages.subtitling import source_stage
from flows.stages.tally import LABEL as RECOGNITION
from flows.title import with_transcript
from subtitles.doubts import Doubt, DoubtfulSpan
from subtitles.language import parse_language
from subtitles.signature import EngineSignature
from subtitles.span import Span

BURSTS = 8
SCRIPT = script(BURSTS)


@pytest.fixture(scope="module")
def media(tmp_path_factory):
    return make_speech(tmp_path_factory.mktemp("film") / "film.flac", bursts=BURSTS)


@pytest.fixture(scope="module")
def silent(tmp_path_factory):
    path = tmp_path_factory.mktemp("film") / "silent.mka"
    return _silence(path)


def _silence(path):
    import numpy as np
    from media_factory import AudioTrack, make_media

    track = AudioTrack(pieces=[(0.0, np.zeros((1, 48_000), np.float32))], codec="flac")
    make_media(path, audio=[track])
    return path


@pytest.fixture(autouse=True)
def progress():
    listener = RecordingProgress()
    token = current_progress.set(listener)
    yield listener
    current_progress.reset(token)


def test_every_word_of_every_chunk_is_there_once_and_again_costs_nothing(media, progress):
    recognizer = ScriptedRecognizer(SCRIPT)
    work, title = transcriber(recognizer), title_of(media)
    first = work.transcribe(title)
    assert [word.text for word in first.value.words] == [text for text, _, _ in SCRIPT]
    count = len(recognizer.heard)
    assert count > 2
    assert [index for index, _ in recognizer.heard] == list(range(count))
    assert ("started", RECOGNITION, title.asset.duration_ms) in progress.told
    assert ("advanced", RECOGNITION, title.asset.duration_ms) in progress.told
    assert ("finished", RECOGNITION, f"{BURSTS} words, English") in progress.told
    assert any(told[:2] == ("advanced", LISTENING) for told in progress.told)

    progress.told.clear()
    assert work.transcribe(title) == replace(first, cached=True)
    assert len(recognizer.heard) == count
    assert progress.told == [("finished", RECOGNITION, STORED_ALREADY)]


@pytest.mark.parametrize("seed", range(3))
def test_chunks_done_in_any_order_by_anybody_make_the_same_transcript(media, seed, progress):
    title = title_of(media)
    unbroken = transcriber(ScriptedRecognizer(SCRIPT)).transcribe(title)
    store = InMemoryArtifactStore()
    machines = [transcriber(ScriptedRecognizer(SCRIPT), store=store) for _ in range(2)]
    listening = machines[0].listen(title).value
    spoken, _ = machines[0].language(title, listening)
    order = list(range(len(listening.chunks)))
    Random(seed).shuffle(order)
    tally = machines[0].tally(title, listening, spoken)
    for turn, index in enumerate(order):
        machines[turn % 2].recognize_chunk(title, listening, spoken, index)
        tally.done(index)
    assert progress.told[-1] == ("advanced", RECOGNITION, title.asset.duration_ms)
    assert machines[1].join(title).ref == unbroken.ref


@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_failure_costs_the_chunk_at_hand_and_no_other(media, at, progress):
    recognizer = FailingOnce(SCRIPT, at=at)
    work, title = transcriber(recognizer), title_of(media)
    with pytest.raises(RuntimeError):
        work.transcribe(title)
    assert work.stored_share(title)[0] == at
    joined = work.transcribe(title)
    indexes = [index for index, _ in recognizer.heard]
    assert indexes == sorted(set(indexes)), "a chunk was recognised twice"
    assert (progress.stored_ms > 0) == (at > 0)
    unbroken = transcriber(ScriptedRecognizer(SCRIPT)).transcribe(title)
    assert joined.ref.digest == unbroken.ref.digest


def test_the_plan_knows_how_many_chunks_are_stored(media):
    work, title = transcriber(ScriptedRecognizer(SCRIPT)), title_of(media)
    assert (work.stored_transcript(title), work.stored_share(title)) == (None, (0, 0))
    listening = work.listen(title).value
    count = len(listening.chunks)
    assert work.stored_share(title) == (0, count)
    spoken, _ = work.language(title, listening)
    work.recognize_chunk(title, listening, spoken, 1)
    assert work.stored_share(title) == (1, count)
    made = work.transcribe(title)
    assert work.stored_transcript(title) == replace(made, cached=True)


def test_a_language_that_a_person_names_is_not_voted_on(media):
    recognizer = ScriptedRecognizer(SCRIPT, language=parse_language("cs"))
    work = transcriber(recognizer)
    assert work.transcribe(title_of(media, language="de")).value.language == "de"
    assert {language for _, language in recognizer.heard} == {"de"}
    assert work.transcribe(title_of(media)).value.language == "cs"
    assert recognizer.heard[-1][1] == "cs", "words of a forced language were taken for voted ones"


def test_a_stream_whose_tag_names_another_language_is_a_warning(tmp_path, progress):
    media = make_speech(tmp_path / "film.mka", bursts=2, language="fra")
    transcriber(ScriptedRecognizer(script(2))).transcribe(title_of(media))
    (warning,) = [told[1] for told in progress.told if told[0] == "warned"]
    assert "tagged French" in warning
    assert "English" in warning


def test_a_title_in_which_nobody_speaks_has_words_in_no_language(silent, progress):
    work = transcriber(ScriptedRecognizer(SCRIPT))
    with pytest.raises(NoSpeechError):
        work.transcribe(title_of(silent))
    made = work.transcribe(title_of(silent, language="pt-BR")).value
    assert (made.language, made.words) == ("pt-BR", ())
    assert "nobody seems to speak" in progress.told[-1][1]


class Doubting(ScriptedRecognizer):
    """Thinks that it missed something in every chunk."""

    def recognize(self, chunk, speech, spoken):
        heard = super().recognize(chunk, speech, spoken)
        missed = DoubtfulSpan(span=speech.sure[0], doubts=(Doubt.SPEECH_WITHOUT_WORDS,))
        return replace(heard, doubts=(missed,))


def test_what_is_doubtful_is_told_and_found_on_the_cues(media, progress):
    title = title_of(media)
    made = transcriber(Doubting(SCRIPT)).transcribe(title)
    count = len(made.value.doubts)
    assert count > 2
    warning = f"{count} stretches to listen to: {count} probably missed"
    assert ("warned", warning) in progress.told
    title = with_transcript(title, made.value)
    stage = source_stage(made, title.request.profile(made.value.language), title.picture)
    track = stage.compute()
    rules = [finding.rule for finding in checked(title, track, track).findings]
    assert rules.count("missed-speech") == count
    assert "missed-speech" not in {f.rule for f in checked(title_of(media), track, track).findings}


class TwoVoices:
    """Hears one speaker in the first half of a title, another in the second."""

    signature = EngineSignature(engine="two-voices", engine_version="1")

    def __init__(self):
        self.asked = []

    def turns(self, asset, stream, speech, *, advanced):
        self.asked.append(tuple(speech))
        middle = asset.duration_ms // 2
        advanced(asset.duration_ms)
        return (
            SpeakerTurn(span=Span(0, middle), speaker="S1"),
            SpeakerTurn(span=Span(middle, asset.duration_ms), speaker="S2"),
        )


def test_speakers_are_laid_over_a_transcript_that_stays_as_it_is(media, progress):
    store, title, voices = InMemoryArtifactStore(), title_of(media), TwoVoices()
    recognizer = ScriptedRecognizer(SCRIPT)
    plain = transcriber(recognizer, store=store).transcribe(title)
    work = transcriber(recognizer, store=store, diarizer=voices)
    assert work.stored_transcript(title) is None
    labelled = work.transcribe(title)
    assert [word.speaker for word in labelled.value.words] == ["S1"] * 4 + ["S2"] * 4
    assert [word.text for word in labelled.value.words] == [w.text for w in plain.value.words]
    assert len(recognizer.heard) == len(set(recognizer.heard)), "recognised again"
    assert ("finished", "Telling speakers apart", "2 speakers") in progress.told
    assert work.stored_transcript(title) == work.transcribe(title)
    assert len(voices.asked) == 1
    assert len(voices.asked[0]) == BURSTS


class Unready(ScriptedRecognizer):
    """Its files are damaged; says when that was found."""

    def engine(self, found):
        def load():
            found.set()
            raise UnusableModelError("whisper", "its files are damaged")

        return LazyEngine(self.signature, load)


class Patient(LoudnessDetector):
    """Listens on only once the recogniser's files were looked at."""

    def __init__(self, found):
        super().__init__()
        self._found = found

    def speech_probabilities(self, samples):
        assert self._found.wait(10), "nobody looked at the files while somebody listened"
        return super().speech_probabilities(samples)


def test_the_recogniser_gets_ready_while_somebody_listens_and_its_fault_is_told(media):
    found = threading.Event()
    work = replace(
        transcriber(ScriptedRecognizer(SCRIPT)),
        recognizer=Unready(SCRIPT).engine(found),
        detector=loaded_engine(Patient(found)),
    )
    with pytest.raises(UnusableModelError, match="damaged"):
        work.transcribe(title_of(media))


def test_a_damaged_recogniser_is_no_matter_where_nobody_speaks(silent):
    work = replace(
        transcriber(ScriptedRecognizer(SCRIPT)),
        recognizer=Unready(SCRIPT).engine(threading.Event()),
    )
    with pytest.raises(NoSpeechError):
        work.transcribe(title_of(silent))

"""From the sound of a title to its transcript, step by step; either engine walks it."""

from dataclasses import dataclass

from asr.hearing.listening import Listening, VoiceDetector
from asr.recognizer import ChunkTranscript, Recognizer, SpokenLanguage
from asr.sound.chunking import ChunkPlan
from asr.speakers.diarizer import Diarizer
from flows.artifacts.store import ArtifactRef, ArtifactStore
from flows.aside import Aside
from flows.doubts_text import doubts_text
from flows.engines import LazyEngine
from flows.progress import current_progress
from flows.stages.language import LABEL as LANGUAGE
from flows.stages.language import language_stage
from flows.stages.listening import LABEL as LISTENING
from flows.stages.listening import LISTENINGS, listening_stage
from flows.stages.once import STORED_ALREADY, StageResult, compute_once, loaded, stored
from flows.stages.recognition import TRANSCRIPTS, chunk_stage, stored_chunks, transcript_stage
from flows.stages.speakers import LABEL as SPEAKERS
from flows.stages.speakers import labelled_stage, turns_stage
from flows.stages.speech import Speech
from flows.stages.tally import LABEL as RECOGNITION
from flows.stages.tally import ChunkTally
from flows.title import Title
from subtitles.language import LanguageTag, language_name, same_language
from subtitles.span import MS_PER_MINUTE
from subtitles.words import Transcript

# Of a vote that is less sure a person should know.
_SURE = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcriber:
    """Who listens in this process, and where the results are kept."""

    store: ArtifactStore
    recognizer: LazyEngine[Recognizer]
    detector: LazyEngine[VoiceDetector]
    plan: ChunkPlan
    diarizer: LazyEngine[Diarizer] | None = None

    def speech(self, title: Title) -> Speech:
        """What there is to recognise."""
        language = title.request.language
        return Speech(
            asset=title.asset,
            stream=title.stream,
            language=LanguageTag(language) if language else None,
            recognizer=self.recognizer,
            detector=self.detector,
            plan=self.plan,
        )

    def listen(self, title: Title) -> StageResult[Listening]:
        """Where somebody speaks."""
        result = compute_once(self.store, listening_stage(self.speech(title)))
        heard = result.value
        count = "1 chunk" if len(heard.chunks) == 1 else f"{len(heard.chunks)} chunks"
        note = f"{heard.speech_ms / MS_PER_MINUTE:.1f} min of speech, {count}"
        current_progress.get().finished(LISTENING, STORED_ALREADY if result.cached else note)
        return result

    def heard(self, title: Title) -> Listening:
        """What `listen` gave, once more."""
        return compute_once(self.store, listening_stage(self.speech(title))).value

    def listening(self, ref: ArtifactRef) -> StageResult[Listening]:
        """The listening behind a reference."""
        return loaded(self.store, ref, LISTENINGS)

    def language(self, title: Title, listening: Listening) -> tuple[SpokenLanguage, bool]:
        """What is spoken, and whether that was known already.

        Raises:
            NoSpeechError: nobody speaks, and nobody said in which language.
        """
        speech = self.speech(title)
        if speech.forced is not None:
            return speech.forced, True
        result = compute_once(self.store, language_stage(speech, listening))
        spoken, progress = result.value, current_progress.get()
        said = f"{language_name(spoken.tag)}, {spoken.probability:.0%} sure"
        progress.finished(LANGUAGE, STORED_ALREADY if result.cached else said)
        if spoken.probability < _SURE:
            progress.warned(f"the spoken language is a guess ({said}); say it with --language")
        tagged = title.stream.language
        if tagged is not None and not same_language(tagged, spoken.tag):
            progress.warned(
                f"the audio stream is tagged {language_name(tagged)} and sounds like "
                f"{language_name(spoken.tag)}; if that is wrong, give --language or --audio-stream"
            )
        return spoken, result.cached

    def tally(self, title: Title, listening: Listening, spoken: SpokenLanguage) -> ChunkTally:
        """Adds up the chunks of a title as they are done; those that are stored are done."""
        known = stored_chunks(self.store, self.speech(title), listening, spoken)
        return ChunkTally(listening, known)

    def recognize_chunk(
        self, title: Title, listening: Listening, spoken: SpokenLanguage, index: int
    ) -> StageResult[ChunkTranscript]:
        """The words of one chunk, the first of which has the index 0."""
        stage = chunk_stage(self.speech(title), listening, spoken, index)
        return compute_once(self.store, stage)

    def join(self, title: Title) -> StageResult[Transcript]:
        """Words with times, of all chunks; those that are not stored are recognised first."""
        result = compute_once(self.store, transcript_stage(self.store, self.speech(title)))
        progress = current_progress.get()
        words = len(result.value.words)
        note = f"{words} words, {language_name(result.value.language)}"
        progress.finished(RECOGNITION, STORED_ALREADY if result.cached else note)
        if not words:
            progress.warned("nobody seems to speak in this audio stream: the subtitles are empty")
        if result.value.doubts:
            progress.warned(doubts_text(result.value.doubts))
        return result

    def label(self, title: Title, transcript: StageResult[Transcript]) -> StageResult[Transcript]:
        """The same words with who says them, when somebody is to tell voices apart."""
        if self.diarizer is None:
            return transcript
        speech = self.speech(title)
        listening = self.heard(title)
        turns = compute_once(self.store, turns_stage(speech, listening, self.diarizer))
        count = turns.value.speakers
        note = {0: "the voices cannot be told apart", 1: "1 speaker"}.get(
            count, f"{count} speakers"
        )
        current_progress.get().finished(SPEAKERS, STORED_ALREADY if turns.cached else note)
        return compute_once(self.store, labelled_stage(transcript, turns))

    def transcribe(self, title: Title) -> StageResult[Transcript]:
        """All of it, one step after another; nothing when the transcript is stored.

        Raises:
            NoSpeechError: nobody speaks, and nobody said in which language.
            MediaError, ModelError: see the engines.
        """
        if stored(self.store, transcript_stage(self.store, self.speech(title))) is None:
            self._recognize(title)
        return self.label(title, self.join(title))

    def _recognize(self, title: Title) -> None:
        listening = self._listen_and_get_ready(title)
        spoken, _ = self.language(title, listening)
        tally = self.tally(title, listening, spoken)
        tally.started()
        for index in range(len(listening.chunks)):
            self.recognize_chunk(title, listening, spoken, index)
            tally.done(index)

    def _listen_and_get_ready(self, title: Title) -> Listening:
        """Where somebody speaks; meanwhile the recogniser's files are checked, in another thread.

        What is wrong with them is told when the recogniser is needed: maybe nobody speaks.
        """
        if stored(self.store, listening_stage(self.speech(title))) is not None:
            return self.listen(title).value
        with Aside("recognizer", lambda _: self.recognizer.get()):
            return self.listen(title).value

    def stored_transcript(self, title: Title) -> StageResult[Transcript] | None:
        """What `transcribe` would give without computing anything; None when it would compute."""
        speech = self.speech(title)
        transcript = stored(self.store, transcript_stage(self.store, speech))
        if transcript is None or self.diarizer is None:
            return transcript
        listening = stored(self.store, listening_stage(speech))
        if listening is None:
            return None
        turns = stored(self.store, turns_stage(speech, listening.value, self.diarizer))
        return None if turns is None else stored(self.store, labelled_stage(transcript, turns))

    def stored_share(self, title: Title) -> tuple[int, int]:
        """How many chunks are stored, of how many; 0 of 0 as long as nobody has listened."""
        speech = self.speech(title)
        listening = stored(self.store, listening_stage(speech))
        if listening is None:
            return 0, 0
        count = len(listening.value.chunks)
        spoken = speech.forced
        if spoken is None:
            voted = stored(self.store, language_stage(speech, listening.value))
            if voted is None:
                return 0, count
            spoken = voted.value
        return len(stored_chunks(self.store, speech, listening.value, spoken)), count

    def transcript(self, ref: ArtifactRef) -> StageResult[Transcript]:
        """The transcript behind a reference."""
        return loaded(self.store, ref, TRANSCRIPTS)

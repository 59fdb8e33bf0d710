"""Some stretches of a title to the language spoken in it."""

from asr.errors import NoSpeechError
from asr.hearing.language_vote import probe_spans, vote
from asr.hearing.listening import Listening
from asr.recognizer import SpokenLanguage
from asr.sound.av_media import decode_spans
from flows.artifacts.codec import JsonCodec
from flows.progress import current_progress
from flows.stages.once import Stage
from flows.stages.speech import Speech

LABEL = "Detecting the language"

LANGUAGES = JsonCodec(SpokenLanguage)


def language_stage(speech: Speech, listening: Listening) -> Stage[SpokenLanguage]:
    """What most of several stretches, spread over the title, are spoken in.

    Computing it raises NoSpeechError when nobody speaks.
    """

    def compute() -> SpokenLanguage:
        current_progress.get().started(LABEL, 0)
        spans = probe_spans(listening)
        if not spans:
            raise NoSpeechError
        recognizer = speech.recognizer.get()
        heard = [
            (*recognizer.detect_language(chunk.samples), chunk.duration_ms)
            for chunk in decode_spans(speech.asset, speech.stream, spans)
            if len(chunk.samples)
        ]
        spoken = vote(heard)
        if spoken is None:
            raise NoSpeechError
        return spoken

    return Stage(
        name="language",
        made_from=speech.made_from(),
        codec=LANGUAGES,
        compute=compute,
    )

"""Some stretches of a title to the language spoken in it."""

from collections.abc import Iterable

from asr.errors import NoSpeechError
from asr.hearing.language_vote import probe_spans, vote
from asr.hearing.listening import Listening
from asr.recognizer import SpokenLanguage
from asr.sound.av_media import decode_spans
from flows.artifacts.codec import JsonCodec
from flows.progress import current_progress
from flows.stages.once import Stage
from flows.stages.speech import Speech
from subtitles.span import Span

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
        chunks = decode_spans(speech.asset, speech.stream, spans)
        heard = [
            (*recognizer.detect_language(chunk.samples), _speech_ms(listening, span))
            for span, chunk in zip(spans, chunks, strict=True)
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


def _speech_ms(listening: Listening, span: Span) -> int:
    """How much speech a stretch holds; where none is sure, how much is audible."""
    sure = sum(_overlap_ms(chunk.sure, span) for chunk in listening.chunks)
    return sure or sum(_overlap_ms(chunk.audible, span) for chunk in listening.chunks)


def _overlap_ms(regions: Iterable[Span], span: Span) -> int:
    return sum(map(span.overlap_ms, regions))

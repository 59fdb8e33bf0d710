"""Voices to labels on words."""

from dataclasses import dataclass, replace

from asr.hearing.listening import Listening
from asr.speakers.diarizer import Diarizer, SpeakerTurn
from asr.speakers.labelling import LABELLING_VERSION, label_words
from flows.artifacts.codec import JsonCodec
from flows.engines import LazyEngine
from flows.progress import current_progress
from flows.stages.once import Stage, StageResult
from flows.stages.recognition import TRANSCRIPTS
from flows.stages.speech import Speech
from subtitles.words import Transcript

LABEL = "Telling speakers apart"


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerTurns:
    """Who speaks when in a title; no turns when voices cannot be told apart."""

    turns: tuple[SpeakerTurn, ...]

    @property
    def speakers(self) -> int:
        """How many voices there are."""
        return len({turn.speaker for turn in self.turns})


TURNS = JsonCodec(SpeakerTurns)


def turns_stage(
    speech: Speech, listening: Listening, diarizer: LazyEngine[Diarizer]
) -> Stage[SpeakerTurns]:
    """Who speaks when, where somebody surely speaks."""
    regions = sorted({region for chunk in listening.chunks for region in chunk.sure})

    def compute() -> SpeakerTurns:
        progress = current_progress.get()
        progress.started(LABEL, speech.asset.duration_ms)
        found = diarizer.get().turns(
            speech.asset,
            speech.stream,
            regions,
            advanced=lambda done_ms: progress.advanced(LABEL, done_ms),
        )
        return SpeakerTurns(turns=found)

    return Stage(
        name="speakers",
        made_from={
            **speech.listening(),
            "diarizer": str(diarizer.signature),
            "revision": diarizer.signature.model_revision,
        },
        codec=TURNS,
        compute=compute,
    )


def labelled_stage(
    transcript: StageResult[Transcript], turns: StageResult[SpeakerTurns]
) -> Stage[Transcript]:
    """The transcript with a label on each word that somebody known says."""
    return Stage(
        name="labelled-transcript",
        made_from={
            "transcript": transcript.ref.digest,
            "turns": turns.ref.digest,
            "rules": LABELLING_VERSION,
        },
        codec=TRANSCRIPTS,
        compute=lambda: replace(
            transcript.value, words=label_words(transcript.value.words, turns.value.turns)
        ),
    )

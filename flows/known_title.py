"""What earlier runs have found of a title, looked up without computing anything."""

from dataclasses import dataclass

from asr.picture.shots import ShotChanges
from flows.pipeline import Pipeline
from flows.request import LocalizeRequest
from flows.stages.once import StageResult, stored
from flows.stages.shots import shots_stage
from flows.stages.subtitling import source_stage
from flows.title import Title, with_shots, with_transcript
from subtitles.cues import CueTrack
from subtitles.words import Transcript


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownTitle:
    """A title as far as it is known.

    Attributes:
        title: With the shot changes and the transcript that are stored.
        shots: None where nobody has looked for them yet.
        transcript: None where it is not recognised yet.
        source: The machine's cues; None where they are not made yet.
        translated: What translations are made from; None where nothing was made from it yet.
    """

    title: Title
    shots: StageResult[ShotChanges] | None
    transcript: StageResult[Transcript] | None
    source: StageResult[CueTrack] | None
    translated: StageResult[CueTrack] | None


def known_title(pipeline: Pipeline, request: LocalizeRequest) -> KnownTitle:
    """What is stored of a title; reads, computes and writes nothing.

    Raises:
        PolycueError: what would stop the whole title.
    """
    title = pipeline.open_title(request)
    transcript = pipeline.transcriber.stored_transcript(title)
    shots = stored(pipeline.store, shots_stage(title.asset, pipeline.shot_finder))
    title = with_shots(title, shots.value if shots and title.wants_shot_changes else None)
    is_seen = shots is not None or not title.wants_shot_changes
    source = None
    if transcript is not None:
        title = with_transcript(title, transcript.value)
        if is_seen:
            profile = request.profile(transcript.value.language)
            source = stored(pipeline.store, source_stage(transcript, profile, title.picture))
    return KnownTitle(
        title=title,
        shots=shots,
        transcript=transcript,
        source=source,
        translated=pipeline.stored_translated_source(title, source) if source else None,
    )

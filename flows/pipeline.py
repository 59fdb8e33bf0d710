"""The road of one title, step by step; the inline engine and the Prefect flow both walk it."""

from dataclasses import dataclass

from asr.media import AudioStream
from asr.picture.shots import ShotChanges, ShotFinder
from asr.sound.av_media import probe
from asr.sound.stream_choice import stream_choice
from flows.artifacts.store import ArtifactRef, ArtifactStore
from flows.aside import Abandon, Aside
from flows.engines import Lazy
from flows.localizing import Localizer
from flows.progress import current_progress
from flows.report import LanguageReport
from flows.request import LocalizeRequest
from flows.stages.approved import approved_stage, says_the_same
from flows.stages.listened_for import remember_listened_for
from flows.stages.once import STORED_ALREADY, Stage, StageResult, compute_once, loaded, stored
from flows.stages.shots import LABEL as SHOT_CHANGES
from flows.stages.shots import SHOTS, shots_stage
from flows.stages.subtitling import TRACKS, source_stage
from flows.stages.timeline import heard_words, timeline_of
from flows.title import Title, wanted_of
from flows.transcribing import Transcriber
from review.release.port import ApprovedTranscripts
from review.timeline import Timelines
from subtitles.cues import CueTrack
from subtitles.errors import PolycueError
from subtitles.language import LanguageTag, parse_language
from subtitles.words import Transcript
from translate.translator import LanguagePair


@dataclass(frozen=True, slots=True, kw_only=True)
class Pipeline:
    """The engines and stores of this process, wired together (`flows.wiring`).

    Attributes:
        store: Results of stages.
        transcriber: From sound to words.
        shot_finder: Searches the picture.
        localizer: From source cues to files and review tasks.
        timelines: What the form shows of films; opened when something is parked.
        transcripts: What people approved as the text spoken; None where there is no review
            database yet.
        listened_for: Words to expect in the speech.
    """

    store: ArtifactStore
    transcriber: Transcriber
    shot_finder: ShotFinder
    localizer: Localizer
    timelines: Lazy[Timelines]
    transcripts: Lazy[ApprovedTranscripts | None]
    listened_for: tuple[str, ...] = ()

    def open_title(self, request: LocalizeRequest) -> Title:
        """Probe the media and choose its audio stream; MediaError when there is nothing to hear."""
        asset = probe(request.media)
        spoken = LanguageTag(request.language) if request.language else None
        chosen = stream_choice(asset, request.audio_stream, language=spoken)
        if not chosen.is_certain:
            described = ", ".join(map(_described, asset.audio_streams))
            current_progress.get().warned(
                f"{len(asset.audio_streams)} audio streams ({described}); using "
                f"{chosen.stream.index}: {chosen.why}; choose another with --audio-stream"
            )
        return Title(request=request, asset=asset, stream=chosen.stream)

    def refuse_the_impossible(self, title: Title) -> None:
        """Say so before an hour of recognition when no target at all could be translated.

        A glossary with faults is refused always, when there is anything to translate; languages
        only when the spoken language is known beforehand; a run of which some languages are
        possible goes on, and reports the others.

        Raises:
            PolycueError: why the first target, the spoken language, or anything cannot be made.
        """
        if title.targets:
            self.localizer.aids.get()
        spoken = title.request.language or title.stream.language
        if spoken:
            title.request.profile(LanguageTag(spoken))
        targets = wanted_of(title.request, LanguageTag(spoken)) if spoken else ()
        refused: list[PolycueError] = []
        for target in targets:
            try:
                title.request.profile(target)
                self.localizer.translator_for(
                    LanguagePair(LanguageTag(spoken or ""), target), title
                )
            except PolycueError as error:
                refused.append(error)
        if targets and len(refused) == len(targets):
            raise refused[0]

    def transcribe(self, title: Title) -> StageResult[Transcript]:
        """Words with times, and with who says them when that is asked; see `Transcriber`."""
        return self.transcriber.transcribe(title)

    def look_for_shots(
        self, title: Title, *, within: Abandon | None = None
    ) -> Aside[StageResult[ShotChanges] | None]:
        """Begin to search the picture, beside other work; gives None when it is not to be searched.

        Args:
            title: The title.
            within: Ends the search early when abandoned; leaving the block does it, too.
        """
        return Aside("shot-changes", lambda stop: self._shot_changes(title, stop), within=within)

    def _shot_changes(self, title: Title, abandon: Abandon) -> StageResult[ShotChanges] | None:
        if not title.wants_shot_changes:
            return None
        stage = shots_stage(title.asset, self.shot_finder, check=abandon.check)
        result = compute_once(self.store, stage)
        progress = current_progress.get()
        note = STORED_ALREADY if result.cached else f"{len(result.value.at_ms)} shot changes"
        progress.finished(SHOT_CHANGES, note)
        if not result.value.frames:
            progress.warned(
                "the picture cannot be decoded: cues are timed by the sound alone; "
                "export the video again to have shot changes respected"
            )
        return result

    def shots(self, ref: ArtifactRef) -> StageResult[ShotChanges]:
        """The shot changes behind a reference."""
        return loaded(self.store, ref, SHOTS)

    def source(self, ref: ArtifactRef) -> StageResult[CueTrack]:
        """The source cues behind a reference."""
        return loaded(self.store, ref, TRACKS)

    def source_track(
        self, title: Title, transcript: StageResult[Transcript]
    ) -> StageResult[CueTrack]:
        """Cues in the language of the speech."""
        profile = title.request.profile(transcript.value.language)
        return compute_once(self.store, source_stage(transcript, profile, title.picture))

    def translated_source(
        self, title: Title, source: StageResult[CueTrack]
    ) -> StageResult[CueTrack]:
        """What is translated: the transcript as people approved it, or else the machine's cues.

        Raises:
            InvalidCueError: the approved cues are no track; says which.
            ReviewDatabaseError: the review database does not answer.
        """
        stage = self._approved_stage(title, source)
        return source if stage is None else compute_once(self.store, stage)

    def stored_translated_source(
        self, title: Title, source: StageResult[CueTrack]
    ) -> StageResult[CueTrack] | None:
        """The same, only looked for; None while nothing was translated from what is approved."""
        stage = self._approved_stage(title, source)
        return source if stage is None else stored(self.store, stage)

    def _approved_stage(
        self, title: Title, source: StageResult[CueTrack]
    ) -> Stage[CueTrack] | None:
        transcripts = self.transcripts.get()
        spoken = source.value.language
        approved = None if transcripts is None else transcripts.of(title.media_id, spoken)
        if approved is None or says_the_same(approved, source.value):
            return None
        return approved_stage(approved, source)

    def deliver_source(self, title: Title, source: StageResult[CueTrack]) -> LanguageReport:
        """Files and review task of the source language, and for the form the film's timeline."""
        report = self.localizer.deliver_source(title, source)
        remember_listened_for(self.store, title.request.media, self.listened_for)
        if title.request.is_reviewed:
            listening = self.transcriber.heard(title)
            self.timelines.get().keep(
                title.media_id, timeline_of(title, listening), heard_words(title)
            )
        return report


def _described(stream: AudioStream) -> str:
    # Titles come from the file: shown through repr, which keeps control characters out.
    title = f" {stream.title[:40]!r}" if stream.title else ""
    return f"{stream.index}: {stream.language or 'untagged'}{title}"


def parse_targets(text: str) -> tuple[LanguageTag, ...]:
    """Languages of a ``--to`` option: tags with commas or spaces between them."""
    return tuple(parse_language(part) for part in text.replace(",", " ").split())

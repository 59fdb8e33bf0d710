"""The road of one title, step by step; the inline engine and the Prefect flow both walk it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from asr.media import AudioStream
from asr.picture.shots import ShotChanges, ShotFinder
from asr.sound.av_media import probe
from asr.sound.stream_choice import stream_choice
from flows.artifacts.store import ArtifactRef, ArtifactStore
from flows.aside import Abandon, Aside
from flows.engines import Lazy, LazyEngine
from flows.progress import current_progress
from flows.report import LanguageReport
from flows.request import LocalizeRequest
from flows.stages.deliverables import write_files
from flows.stages.once import STORED_ALREADY, StageResult, compute_once, loaded
from flows.stages.parking import park
from flows.stages.reporting import WrittenReport, checked, report_run
from flows.stages.shots import LABEL as SHOT_CHANGES
from flows.stages.shots import SHOTS, shots_stage
from flows.stages.subtitling import TRACKS, source_stage, target_stage
from flows.title import Title
from flows.transcribing import Transcriber
from review.store import ReviewStore
from subtitles.cues import CueTrack
from subtitles.errors import PolycueError
from subtitles.findings import Finding
from subtitles.language import LanguageTag, language_name, parse_language, same_language
from subtitles.quality import summarize
from subtitles.words import Transcript
from translate.translator import LanguagePair, Translator

TranslatorChoice = Callable[[LanguagePair, Title], LazyEngine[Translator]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pipeline:
    """The engines and stores of this process, wired together (`flows.wiring`)."""

    store: ArtifactStore
    review: Lazy[ReviewStore]
    transcriber: Transcriber
    shot_finder: ShotFinder
    translator_for: TranslatorChoice

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

        Only when the spoken language is known beforehand; a run of which some languages are
        possible goes on, and reports the others.

        Raises:
            PolycueError: why the first target, or the spoken language, cannot be made.
        """
        spoken = title.request.language or title.stream.language
        if spoken:
            title.request.profile(LanguageTag(spoken))
        targets = self.wanted(title, LanguageTag(spoken)) if spoken else ()
        refused: list[PolycueError] = []
        for target in targets:
            try:
                title.request.profile(target)
                self.translator_for(LanguagePair(LanguageTag(spoken or ""), target), title)
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

    @staticmethod
    def wanted(title: Title, spoken: LanguageTag) -> tuple[LanguageTag, ...]:
        """The targets that need translating: not the language of the speech itself."""
        return tuple(tag for tag in title.targets if not same_language(tag, spoken))

    def deliver_source(self, title: Title, source: StageResult[CueTrack]) -> LanguageReport:
        """Files and review task of the spoken language."""
        return self._deliver(title, source.value, source.value, source.ref, source.cached, ())

    def deliver_target(
        self, title: Title, source: StageResult[CueTrack], target: LanguageTag
    ) -> LanguageReport:
        """Translate into one language, write its files and park it.

        Raises:
            UnsupportedPairError: no engine serves this pair; says what can.
            UnservedStyleError: the client has no style for this language.
        """
        progress = current_progress.get()
        label = f"Translating into {language_name(target)}"
        progress.started(label, 0)
        profile = title.request.profile(target)
        translator = self.translator_for(LanguagePair(source.value.language, target), title)
        stage = target_stage(source, profile, translator, title.picture)
        made = compute_once(self.store, stage)
        track = made.value.track
        note = STORED_ALREADY if made.cached else f"{len(track.cues)} cues"
        progress.finished(label, note)
        return self._deliver(title, source.value, track, made.ref, made.cached, made.value.warnings)

    def _deliver(
        self,
        title: Title,
        source: CueTrack,
        track: CueTrack,
        ref: ArtifactRef,
        cached: bool,  # noqa: FBT001
        doubts: tuple[Finding, ...],
    ) -> LanguageReport:
        result = checked(title, source, track, doubts)
        files = write_files(
            track,
            title.request.stem,
            title.request.out_folder,
            title.request.formats,
            frame_rate=title.picture.frame_rate,
        )
        task, is_new = park(
            self.review.get(),
            asset=title.asset,
            title=title.request.stem,
            source=source,
            track=track,
            ref=ref,
            profile=result.profile,
            findings=result.findings,
        )
        return LanguageReport(
            language=track.language,
            cached=cached,
            engine=str(track.made_by),
            files=files,
            task_id=task.task_id,
            task_is_new=is_new,
            cues=ref,
            quality=summarize(track, result.profile, result.findings),
        )

    def report(
        self, title: Title, source: CueTrack, languages: Sequence[LanguageReport]
    ) -> WrittenReport:
        """Write the quality report of all languages of a run."""
        return report_run(self.store, title, source, languages)


def _described(stream: AudioStream) -> str:
    # Titles come from the file: shown through repr, which keeps control characters out.
    title = f" {stream.title[:40]!r}" if stream.title else ""
    return f"{stream.index}: {stream.language or 'untagged'}{title}"


def parse_targets(text: str) -> tuple[LanguageTag, ...]:
    """Languages of a ``--to`` option: tags with commas or spaces between them."""
    return tuple(parse_language(part) for part in text.replace(",", " ").split())

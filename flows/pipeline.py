"""The road of one title, step by step; the inline engine and the Prefect flow both walk it."""

from collections.abc import Callable
from dataclasses import dataclass

from asr.av_media import choose_stream, probe
from asr.chunking import ChunkPlan
from asr.media import AudioStream, MediaAsset
from asr.recognizer import Recognizer
from flows.artifacts.store import ArtifactRef, ArtifactStore
from flows.engines import Lazy, LazyEngine
from flows.progress import current_progress
from flows.report import LanguageReport
from flows.request import FORMATS, LocalizeRequest
from flows.stages.deliverables import write_files
from flows.stages.once import StageResult, compute_once, loaded
from flows.stages.parking import park
from flows.stages.recognition import LABEL as RECOGNITION
from flows.stages.recognition import TRANSCRIPTS, Speech, transcript_stage
from flows.stages.subtitling import TRACKS, source_stage, target_stage
from review.store import ReviewStore
from subtitles.checks import check_track
from subtitles.cues import CueTrack
from subtitles.errors import PolycueError
from subtitles.findings import Finding
from subtitles.language import LanguageTag, language_name, parse_language, same_language
from subtitles.picture import Picture
from subtitles.profile import load_profile
from subtitles.quality import summarize
from subtitles.words import Transcript
from translate.translator import LanguagePair, Translator

STORED_ALREADY = "stored already"
TranslatorChoice = Callable[[LanguagePair, "Title"], LazyEngine[Translator]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """A probed title and what is asked of it."""

    request: LocalizeRequest
    asset: MediaAsset
    stream: AudioStream

    @property
    def targets(self) -> tuple[LanguageTag, ...]:
        """Languages asked for, each once, in the order given."""
        return tuple(dict.fromkeys(LanguageTag(tag) for tag in self.request.targets))

    @property
    def picture(self) -> Picture:
        """What the cues are timed to."""
        return Picture(frame_rate=self.asset.frame_rate, duration_ms=self.asset.duration_ms)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pipeline:
    """The engines and stores of this process, wired together (`flows.wiring`)."""

    store: ArtifactStore
    review: Lazy[ReviewStore]
    recognizer: LazyEngine[Recognizer]
    translator_for: TranslatorChoice
    plan: ChunkPlan

    def open_title(self, request: LocalizeRequest) -> Title:
        """Probe the media and choose its audio stream; MediaError when there is nothing to hear."""
        asset = probe(request.media)
        stream = choose_stream(asset, request.audio_stream)
        if len(asset.audio_streams) > 1 and request.audio_stream is None:
            described = ", ".join(
                f"{one.index}: {one.language or 'untagged'} {one.title}".strip()
                for one in asset.audio_streams
            )
            current_progress.get().warned(
                f"{len(asset.audio_streams)} audio streams ({described}); "
                f"using {stream.index}, choose another with --audio-stream"
            )
        return Title(request=request, asset=asset, stream=stream)

    def refuse_the_impossible(self, title: Title) -> None:
        """Say so before an hour of recognition when no target at all could be translated.

        Only when the spoken language is known beforehand; a run of which some languages are
        possible goes on, and reports the others.

        Raises:
            PolycueError: why the first target cannot be made.
        """
        spoken = title.request.language or title.stream.language
        targets = self.wanted(title, LanguageTag(spoken)) if spoken else ()
        refused: list[PolycueError] = []
        for target in targets:
            try:
                self.translator_for(LanguagePair(LanguageTag(spoken or ""), target), title)
            except PolycueError as error:
                refused.append(error)
        if targets and len(refused) == len(targets):
            raise refused[0]

    def speech(self, title: Title) -> Speech:
        """What there is to recognise."""
        language = title.request.language
        return Speech(
            asset=title.asset,
            stream=title.stream,
            language=LanguageTag(language) if language else None,
            recognizer=self.recognizer,
            plan=self.plan,
        )

    def transcribe(self, title: Title) -> StageResult[Transcript]:
        """Words with times."""
        result = compute_once(self.store, transcript_stage(self.store, self.speech(title)))
        progress = current_progress.get()
        words = len(result.value.words)
        spoken = language_name(result.value.language)
        note = STORED_ALREADY if result.cached else f"{words} words, {spoken}"
        progress.finished(RECOGNITION, note)
        if not words:
            progress.warned("nobody seems to speak in this audio stream: the subtitles are empty")
        return result

    def transcript(self, ref: ArtifactRef) -> StageResult[Transcript]:
        """The transcript behind a reference."""
        return loaded(self.store, ref, TRANSCRIPTS)

    def source(self, ref: ArtifactRef) -> StageResult[CueTrack]:
        """The source cues behind a reference."""
        return loaded(self.store, ref, TRACKS)

    def source_track(
        self, title: Title, transcript: StageResult[Transcript]
    ) -> StageResult[CueTrack]:
        """Cues in the language of the speech."""
        return compute_once(self.store, source_stage(transcript, title.picture))

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
        """
        progress = current_progress.get()
        label = f"Translating into {language_name(target)}"
        progress.started(label, 0)
        translator = self.translator_for(LanguagePair(source.value.language, target), title)
        stage = target_stage(source, target, translator, title.picture)
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
        profile = load_profile(track.language)
        compared = None if track is source else source
        checked = check_track(track, profile, picture=title.picture, source=compared)
        findings = (*checked, *doubts)
        files = write_files(track, title.request.stem, title.request.out_folder, FORMATS)
        task, is_new = park(
            self.review.get(),
            asset=title.asset,
            title=title.request.stem,
            source=source,
            track=track,
            ref=ref,
            profile=profile,
            findings=findings,
        )
        return LanguageReport(
            language=track.language,
            cached=cached,
            engine=str(track.made_by),
            files=files,
            task_id=task.task_id,
            task_is_new=is_new,
            quality=summarize(track, profile, findings),
        )


def parse_targets(text: str) -> tuple[LanguageTag, ...]:
    """Languages of a ``--to`` option: tags with commas or spaces between them."""
    return tuple(parse_language(part) for part in text.replace(",", " ").split())

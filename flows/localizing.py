"""From source cues to files and review tasks, language by language."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flows.artifacts.store import ArtifactStore
from flows.delivering.naming import PLAIN, NamingTemplate
from flows.delivering.outputs import outlet_of
from flows.engines import Lazy, LazyEngine
from flows.observing.context import at_work
from flows.progress import current_progress
from flows.report import LanguageReport
from flows.speech_translator import SpeechTranslator
from flows.stages.deliverables import write_files
from flows.stages.last_drafts import last_draft, remember_draft, remember_inputs
from flows.stages.once import STORED_ALREADY, Stage, StageResult, compute_once
from flows.stages.parking import park
from flows.stages.reporting import WrittenReport, checked, report_run
from flows.stages.subtitling import target_stage
from flows.title import Localizable
from flows.translation_summary import TranslationSummary, summary_of
from review.store import ReviewStore
from subtitles.cues import CueTrack
from subtitles.language import LanguageTag, language_name
from subtitles.quality import summarize
from translate.aids import Aids
from translate.engines.answer_store import AnswerStore
from translate.engines.remembering import RememberingTranslator
from translate.track import TranslatedTrack
from translate.translator import LanguagePair, Sentence, Translator

TranslatorChoice = Callable[[LanguagePair, Localizable], LazyEngine[Translator]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Localizer:
    """What takes a source track into other languages and to those who review it.

    Attributes:
        store: Results of stages.
        review: The queue; opened when something is parked.
        answers: What engines answered before.
        translator_for: Who translates which pair.
        aids: The show's words and what was approved before; read when something is translated.
        naming: Of the files.
    """

    store: ArtifactStore
    review: Lazy[ReviewStore]
    answers: AnswerStore
    translator_for: TranslatorChoice
    aids: Lazy[Aids]
    naming: NamingTemplate = PLAIN

    def deliver_source(self, title: Localizable, source: StageResult[CueTrack]) -> LanguageReport:
        """Files and review task of the source language."""
        with at_work(language=source.value.language):
            return self._deliver(title, source.value, TranslatedTrack(track=source.value), source)

    def deliver_target(
        self, title: Localizable, source: StageResult[CueTrack], target: LanguageTag
    ) -> LanguageReport:
        """Translate into one language, write its files and park it.

        Raises:
            UnsupportedPairError: no engine serves this pair; says what can.
            UnservedStyleError: the client has no style for this language.
        """
        with at_work(language=target):
            return self._deliver_target(title, source, target)

    def _deliver_target(
        self, title: Localizable, source: StageResult[CueTrack], target: LanguageTag
    ) -> LanguageReport:
        progress = current_progress.get()
        label = f"Translating into {language_name(target)}"
        progress.started(label, 0)
        asked: list[Sentence] = []
        stage = self._stage(title, source, target, asked)
        made = compute_once(self.store, stage)
        before = last_draft(self.store, title.request.source_file, target)
        summary = summary_of(made.value, asked, before)
        count = len(made.value.sentences)
        note = STORED_ALREADY if made.cached else f"{count} sentences, {summary.asked} asked anew"
        progress.finished(label, note)
        report = self._deliver(title, source.value, made.value, made, summary)
        if not made.cached:
            remember_inputs(self.store, stage)
        remember_draft(self.store, title.request.source_file, target, made.ref)
        return report

    def target_stage(
        self, title: Localizable, source: StageResult[CueTrack], target: LanguageTag
    ) -> Stage[TranslatedTrack]:
        """The translation, not yet made; raises as `deliver_target`."""
        return self._stage(title, source, target, [])

    def report(
        self, title: Localizable, source: CueTrack, languages: Sequence[LanguageReport]
    ) -> WrittenReport:
        """Write the quality report of all languages of a run."""
        return report_run(self.store, title, source, languages)

    def _stage(
        self,
        title: Localizable,
        source: StageResult[CueTrack],
        target: LanguageTag,
        asked: list[Sentence],
    ) -> Stage[TranslatedTrack]:
        engine = self.translator_for(LanguagePair(source.value.language, target), title)

        def remembering() -> Translator:
            translator = engine.get()
            # What it answers depends on what is heard, which no sentence tells.
            if isinstance(translator, SpeechTranslator):
                return translator
            return RememberingTranslator(translator, self.answers, asked=asked.extend)

        return target_stage(
            source,
            title.request.profile(target),
            LazyEngine(engine.signature, remembering),
            title.picture,
            self.aids.get(),
            resegment=title.request.resegment,
        )

    def _deliver(
        self,
        title: Localizable,
        source: CueTrack,
        made: TranslatedTrack,
        result: StageResult[CueTrack] | StageResult[TranslatedTrack],
        summary: TranslationSummary | None = None,
    ) -> LanguageReport:
        request, track = title.request, made.track
        found = checked(title, source, track, made.warnings)
        files = write_files(
            track,
            outlet_of(request, self.naming),
            request.formats,
            frame_rate=title.picture.frame_rate,
            made_from=result.ref.digest,
        )
        parked = None
        if request.is_reviewed:
            parked = park(self.review.get(), title, source, made, result.ref, found)
        return LanguageReport(
            language=track.language,
            cached=result.cached,
            engine=str(track.made_by),
            files=files,
            task_id=parked[0].task_id if parked else None,
            task_is_new=parked is not None and parked[1],
            cues=result.ref,
            quality=summarize(track, found.profile, found.findings),
            translation=summary,
        )

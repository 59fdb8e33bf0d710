"""A whole track into another language: the road from source cues to target cues.

Lines are the track's sentences with what memory has for them; questions are what the engine is
asked, each once; answers hold all its renderings, judged, after asking again where none was good;
options are what each line may be shown as; the projection spreads one of them over the line's cues.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from subtitles.cues import CueTrack
from subtitles.findings import Finding, Severity
from subtitles.language import LanguageTag
from subtitles.picture import Picture
from subtitles.style.profile import StyleProfile
from translate.aids import NO_AIDS, Aids
from translate.choosing.asking import Interview
from translate.choosing.candidates import Answer
from translate.choosing.doubts import fault_findings
from translate.drafts import Origin, SentenceDraft
from translate.errors import MismatchedProfileError, TranslationGapError
from translate.glossary.agreed import AgreedTerm
from translate.lines import Line, QuestionKey, lines_of, questions_of
from translate.options import Option, Options, options_of
from translate.projection.projection import project
from translate.translator import LanguagePair, Translator, UnsupportedPairError

TRANSLATION_RULES_VERSION = "5"
"""Of everything between cues and engine: part of every cache key, raised when output changes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslatedTrack:
    """A translated track and what a reviewer should look at.

    Attributes:
        track: As many cues as the source has, in order, each with its one source cue's id.
        sentences: What is known of each sentence of the source, in order.
        warnings: On the track's own cue ids; of severity error only where nothing was translated.
    """

    track: CueTrack
    sentences: tuple[SentenceDraft, ...] = ()
    warnings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """One line and how it came out."""

    line: Line
    options: Options
    chosen: Option
    answer: Answer | None
    cue_ids: tuple[str, ...]
    terms: tuple[AgreedTerm, ...]


def translate_track(
    track: CueTrack,
    target: LanguageTag,
    translator: Translator,
    *,
    profile: StyleProfile,
    picture: Picture,
    aids: Aids = NO_AIDS,
) -> TranslatedTrack:
    """The track in another language, cue for cue; the same input gives the same output.

    Lines that are alike are asked once; what approved work has an exact translation of is not
    asked at all. An engine whose answer is no good is asked again, at most twice, all such lines
    in one batch. A line that stays without a translation shows `CONTINUATION`, with a finding of
    severity error.

    Args:
        track: The source track.
        target: The language wanted, as the profile's.
        translator: The engine; nothing else here does any work beyond this process.
        profile: Limits of the target language.
        picture: The frame grid, cuts and end of the title.
        aids: The show's words and what was approved before.

    Raises:
        UnsupportedPairError: when the engine does not serve this pair.
        TranslationGapError: when no sentence at all got a translation; names the first cue.
        MismatchedProfileError: when the profile is another language's.
    """
    pair = _served_pair(track, target, translator, profile)
    in_context = translator.uses_context
    lines = lines_of(track, aids.memory, pair)
    questions = questions_of(lines, aids.glossary, pair, translator)
    answers = Interview(translator, pair).answers(questions)
    options = [options_of(line, _answer(line, answers, in_context), pair) for line in lines]
    _refuse_silence(lines, options, translator)
    projected = project(
        track,
        [line.sentence for line in lines],
        [one.translation for one in options],
        profile=profile,
        signature=translator.signature,
        picture=picture,
    )
    shown_in = _target_ids(projected.track)
    told = [
        _Told(
            line=line,
            options=some,
            chosen=some.showable[0],
            answer=_answer(line, answers, in_context),
            cue_ids=_ids(line, shown_in),
            terms=aids.glossary.agreed_in(line.sentence.text, pair) if aids.glossary else (),
        )
        for line, some in zip(lines, options, strict=True)
    ]
    doubts = [finding for one in told for finding in _doubts(one, shown_in, pair, profile)]
    missed = () if aids.glossary is None else aids.glossary.findings(projected.track, track)
    return TranslatedTrack(
        track=projected.track,
        sentences=tuple(_draft(one) for one in told),
        warnings=(*projected.warnings, *doubts, *missed),
    )


def _served_pair(
    track: CueTrack, target: LanguageTag, translator: Translator, profile: StyleProfile
) -> LanguagePair:
    pair = LanguagePair(track.language, target)
    if profile.language != target:
        raise MismatchedProfileError(target, profile.language)
    if not translator.supports(pair):
        raise UnsupportedPairError(pair.source, pair.target, ())
    return pair


def _answer(
    line: Line,
    answers: Mapping[QuestionKey, Answer],
    in_context: bool,  # noqa: FBT001
) -> Answer | None:
    return answers[line.key(in_context=in_context)] if line.is_asked else None


def _refuse_silence(
    lines: Sequence[Line], options: Sequence[Options], translator: Translator
) -> None:
    """An error when an engine translated nothing of anything that has words."""
    origins = [one.origin for one in options]
    if Origin.NONE in origins and not {Origin.MACHINE, Origin.MEMORY} & set(origins):
        sentence = lines[origins.index(Origin.NONE)].sentence
        engine = translator.signature.engine
        raise TranslationGapError(engine, sentence.cue_ids[0], sentence.text)


def _target_ids(track: CueTrack) -> Mapping[str, str]:
    """For each source cue, the target cue that renders it."""
    return {name: cue.cue_id for cue in track.cues for name in cue.source_cue_ids}


def _ids(line: Line, shown_in: Mapping[str, str]) -> tuple[str, ...]:
    """The target cues of a line, in order, each once."""
    return tuple(dict.fromkeys(shown_in[cue_id] for cue_id in line.sentence.cue_ids))


def _draft(told: _Told) -> SentenceDraft:
    chosen, answer = told.chosen, told.answer
    return SentenceDraft(
        source_text=told.line.sentence.text,
        text=chosen.rendering.text,
        cue_ids=told.cue_ids,
        origin=told.options.origin,
        score=chosen.rendering.score,
        faults=tuple(one.rule for one in chosen.candidate.faults) if chosen.candidate else (),
        runners_up=tuple(one for one in told.options.offered if one != chosen.rendering.text),
        memory_hits=told.line.hits,
        terms=told.terms,
        retries=answer.retries if answer else 0,
    )


def _doubts(
    told: _Told, shown_in: Mapping[str, str], pair: LanguagePair, profile: StyleProfile
) -> Iterator[Finding]:
    """What is wrong with how a line is shown."""
    if told.options.origin is Origin.NONE:
        yield Finding(
            rule="no-translation",
            severity=Severity.ERROR,
            cue_id=told.cue_ids[0],
            measured=0,
            limit=1,
            unit="translations",
            source="translate.track: the engine gave nothing, however it was asked",
        )
    if told.chosen.candidate is not None:
        yield from fault_findings(
            told.line.sentence, told.chosen.candidate, shown_in, pair=pair, profile=profile
        )

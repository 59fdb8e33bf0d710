"""A whole track into another language: the road from source cues to target cues.

Lines are the track's sentences with what memory has for them; questions are what the engine is
asked, each once; answers hold all its renderings, judged, after asking again where none was good or
none had room; options are what each line may be shown as; fitting takes the one that can be read;
the projection spreads it over the line's cues; drafts and findings say how each line came out.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from subtitles.cues import CueTrack
from subtitles.findings import Finding
from subtitles.picture import Picture
from subtitles.style.profile import StyleProfile
from translate.aids import NO_AIDS, Aids
from translate.choosing.asking import Interview
from translate.drafts import Origin, SentenceDraft
from translate.errors import TranslationGapError
from translate.fitting import Fit, fitted, is_narrow
from translate.lines import Line, lines_of, questions_of
from translate.options import Options, options_of
from translate.outcomes import Outcome, doubts_of, drafts_of
from translate.overlong import bounded, overlong_findings
from translate.projection.projection import Spoken, project
from translate.projection.shares import Shares
from translate.translator import LanguagePair, Translator, UnsupportedPairError

TRANSLATION_RULES_VERSION = "9"
"""Of everything between cues and engine: part of every cache key, raised when output changes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslatedTrack:
    """A translated track and what a reviewer should look at.

    Attributes:
        track: In order, each cue with the ids of the source cues it renders: as many cues as the
            source has, each with one, unless cues were joined on demand.
        sentences: What is known of each sentence of the source, in order.
        warnings: On the track's own cue ids; of severity error only where nothing was translated.
    """

    track: CueTrack
    sentences: tuple[SentenceDraft, ...] = ()
    warnings: tuple[Finding, ...] = ()


def translate_track(
    track: CueTrack,
    translator: Translator,
    *,
    profile: StyleProfile,
    picture: Picture,
    aids: Aids = NO_AIDS,
    resegment: bool = False,
) -> TranslatedTrack:
    """The track in another language, cue for cue; the same input gives the same output.

    Lines that are alike are asked once; what approved work has an exact translation of is not
    asked at all. An engine whose answer is no good is asked again, at most twice, and one whose
    answer has no room in its cues once for a shorter one; all such lines in one batch. A line that
    stays without a translation shows `CONTINUATION`, with a finding of severity error, and so does
    a cue that is far too long to be one.

    Args:
        track: The source track.
        translator: The engine; nothing else here does any work beyond this process.
        profile: Of the language wanted: its limits and print.
        picture: The frame grid, cuts and end of the title.
        aids: The show's words and what was approved before.
        resegment: Whether cues of one sentence may be joined where that reads better.

    Raises:
        UnsupportedPairError: when the engine does not serve this pair.
        TranslationGapError: when no sentence at all got a translation; names the first cue.
    """
    pair = _served_pair(track, translator, profile)
    within = bounded(track)
    track = within.track
    lines = lines_of(track, aids.memory, pair, in_context=translator.uses_context)
    questions = questions_of(lines, aids.glossary, pair, translator)
    interview = Interview(translator, pair)
    answers = interview.answers(questions)
    options = [options_of(line, answers.get(line.key), pair) for line in lines]
    _refuse_silence(lines, options, translator)
    shares = Shares(track.cues, [line.sentence for line in lines], profile, picture)
    narrow = {number: lines[number] for number in _narrow(options, shares)}
    answers |= interview.shorter({one.key: questions[one.key] for one in narrow.values()}, answers)
    more = {number: options_of(line, answers[line.key], pair) for number, line in narrow.items()}
    fits = [
        fitted(number, some, more[number], shares) if number in more else Fit(options=some)
        for number, some in enumerate(options)
    ]
    spoken = _spoken(lines, fits)
    made_by = translator.signature
    projected = project(
        track, spoken, profile=profile, signature=made_by, picture=picture, resegment=resegment
    )
    shown_in = {name: cue.cue_id for cue in projected.track.cues for name in cue.source_cue_ids}
    outcomes = [
        Outcome(line=line, options=fit.options, answer=answers.get(line.key))
        for line, fit in zip(lines, fits, strict=True)
    ]
    drafts = drafts_of(outcomes, shown_in, aids.glossary, pair)
    overlong = overlong_findings(within.overlong, shown_in, profile)
    doubts = doubts_of(outcomes, drafts, projected.track, shown_in, pair=pair, profile=profile)
    missed = aids.glossary.findings(projected.track, track, profile) if aids.glossary else ()
    return TranslatedTrack(
        track=projected.track,
        sentences=drafts,
        warnings=(*projected.warnings, *overlong, *doubts, *missed),
    )


def _served_pair(track: CueTrack, translator: Translator, profile: StyleProfile) -> LanguagePair:
    pair = LanguagePair(track.language, profile.language)
    if not translator.supports(pair):
        raise UnsupportedPairError(pair.source, pair.target, ())
    return pair


def _narrow(options: Sequence[Options], shares: Shares) -> list[int]:
    """The numbers of the engine's lines that lack room as they are."""
    return [
        number
        for number, some in enumerate(options)
        if some.origin is Origin.MACHINE and is_narrow(number, some, shares)
    ]


def _spoken(lines: Sequence[Line], fits: Sequence[Fit]) -> list[Spoken]:
    return [
        Spoken(sentence=line.sentence, rendering=fit.options.best.rendering, no_room=fit.no_room)
        for line, fit in zip(lines, fits, strict=True)
    ]


def _refuse_silence(
    lines: Sequence[Line], options: Sequence[Options], translator: Translator
) -> None:
    """An error when an engine translated nothing of anything that has words."""
    origins = [one.origin for one in options]
    if Origin.NONE in origins and not {Origin.MACHINE, Origin.MEMORY} & set(origins):
        sentence = lines[origins.index(Origin.NONE)].sentence
        engine = translator.signature.engine
        raise TranslationGapError(engine, sentence.cue_ids[0], sentence.text)

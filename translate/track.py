"""A whole track into another language: sentences, engine, projection, doubts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from subtitles.cues import CueTrack, derive_cue_id
from subtitles.findings import Finding, Severity
from subtitles.language import LanguageTag
from subtitles.picture import Picture
from subtitles.style.profile import StyleProfile
from translate.aids import NO_AIDS, Aids
from translate.choosing.sanity import doubts, is_copy
from translate.drafts import SentenceDraft
from translate.errors import MismatchedProfileError, TranslationGapError
from translate.projection.projection import CONTINUATION, project
from translate.sentencing.engine_text import EngineText, assembled, engine_text
from translate.sentencing.sentences import sentences_of
from translate.translator import (
    LanguagePair,
    Sentence,
    Translation,
    Translator,
    UnsupportedPairError,
)

TRANSLATION_RULES_VERSION = "4"
"""Of everything between cues and engine: part of every cache key, raised when output changes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslatedTrack:
    """A translated track and what a reviewer should look at.

    Attributes:
        track: As many cues as the source has, in order, each with its one source cue's id.
        sentences: What is known of each sentence of the source, in order.
        warnings: On the track's own cue ids; never of severity error, since a person decides.
    """

    track: CueTrack
    sentences: tuple[SentenceDraft, ...] = ()
    warnings: tuple[Finding, ...] = ()


def translate_track(
    track: CueTrack,
    target: LanguageTag,
    translator: Translator,
    *,
    profile: StyleProfile,
    picture: Picture,
    aids: Aids = NO_AIDS,  # noqa: ARG001 -- the seam
) -> TranslatedTrack:
    """The track in another language, cue for cue; the same input gives the same output.

    Sentences that are alike are translated once. An engine that leaves sentences out, answers
    with nothing, or repeats the source is asked once more, sentence by sentence. One that stays
    without a translation shows `CONTINUATION`, with a finding of severity error.

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
    pair = LanguagePair(track.language, target)
    if profile.language != target:
        raise MismatchedProfileError(target, profile.language)
    if not translator.supports(pair):
        raise UnsupportedPairError(pair.source, pair.target, ())
    sentences = sentences_of(track)
    shown = [engine_text(sentence.text, pair.source) for sentence in sentences]
    answers = _answers(sentences, shown, translator, pair)
    translations = [_assembled(text, answers, pair) for text in shown]
    gaps = _gaps(sentences, shown, translations, translator)
    projected = project(
        track,
        sentences,
        translations,
        profile=profile,
        signature=translator.signature,
        picture=picture,
    )
    missing = [_gap_finding(sentence, pair, translator) for sentence in gaps]
    found = _doubts(sentences, translations, pair, translator)
    return TranslatedTrack(track=projected.track, warnings=(*projected.warnings, *missing, *found))


def _answers(
    sentences: Sequence[Sentence],
    shown: Sequence[EngineText],
    translator: Translator,
    pair: LanguagePair,
) -> Mapping[str, Translation]:
    """One translation for each different text; those in doubt are asked for again, one by one."""
    asked: dict[str, Sentence] = {}
    for sentence, text in zip(sentences, shown, strict=True):
        if text.core:
            asked.setdefault(text.core, _with_text(sentence, text.core))
    batch = translator.translate(tuple(asked.values()), pair) if asked else ()
    if len(batch) != len(asked):
        # Which answer belongs to which sentence cannot be told any more.
        batch = (Translation(text=""),) * len(asked)
    answers = dict(zip(asked, batch, strict=True))
    for core, answer in answers.items():
        if not answer.text.strip() or is_copy(core, answer.text):
            answers[core] = _asked_alone(asked[core], answer, translator, pair)
    return answers


def _asked_alone(
    sentence: Sentence, first: Translation, translator: Translator, pair: LanguagePair
) -> Translation:
    """A second answer, or the best of the candidates; the first one when none is better."""
    again = translator.translate((sentence,), pair)
    candidates = (
        *again,
        *(Translation(text=one.text, score=one.score) for one in first.candidates),
    )
    usable = (answer for answer in candidates if answer.text.strip())
    return next((one for one in usable if not is_copy(sentence.text, one.text)), first)


def _assembled(
    shown: EngineText, answers: Mapping[str, Translation], pair: LanguagePair
) -> Translation:
    """The answer with what the engine did not see put back; `CONTINUATION` for no answer."""
    if not shown.core:
        return Translation(text=assembled(shown, "", pair.target))
    answer = answers[shown.core]
    text = assembled(shown, answer.text, pair.target)
    if not text:
        return Translation(text=CONTINUATION)
    candidates = (
        replace(one, text=assembled(shown, one.text, pair.target), alignment=())
        for one in answer.candidates
    )
    return replace(
        answer, text=text, alignment=(), candidates=tuple(one for one in candidates if one.text)
    )


def _with_text(sentence: Sentence, core: str) -> Sentence:
    """The sentence as the engine sees it, its cue lengths scaled to the shorter text."""
    total = sum(sentence.cue_lengths)
    borders = [
        0,
        *(round(end * len(core) / total) for end in accumulate(sentence.cue_lengths)),
    ]
    lengths = tuple(later - earlier for earlier, later in pairwise(borders))
    return replace(sentence, text=core, cue_lengths=lengths)


def _gaps(
    sentences: Sequence[Sentence],
    shown: Sequence[EngineText],
    translations: Sequence[Translation],
    translator: Translator,
) -> tuple[Sentence, ...]:
    """The sentences that stayed without a translation; an error when all of them did."""
    asked = [
        (sentence, translation.text == CONTINUATION)
        for sentence, text, translation in zip(sentences, shown, translations, strict=True)
        if text.core
    ]
    gaps = tuple(sentence for sentence, is_gap in asked if is_gap)
    if gaps and len(gaps) == len(asked):
        raise TranslationGapError(translator.signature.engine, gaps[0].cue_ids[0], gaps[0].text)
    return gaps


def _gap_finding(sentence: Sentence, pair: LanguagePair, translator: Translator) -> Finding:
    """An error, so that nobody approves the cue as it is."""
    return Finding(
        rule="no-translation",
        severity=Severity.ERROR,
        cue_id=derive_cue_id(sentence.cue_ids[0], pair.target, translator.signature),
        measured=0,
        limit=1,
        unit="translations",
        source="translate.track: the engine gave nothing, asked twice",
    )


def _doubts(
    sentences: Sequence[Sentence],
    translations: Sequence[Translation],
    pair: LanguagePair,
    translator: Translator,
) -> list[Finding]:
    found: list[Finding] = []
    for sentence, translation in zip(sentences, translations, strict=True):
        cue_id = derive_cue_id(sentence.cue_ids[0], pair.target, translator.signature)
        found += doubts(sentence.text, translation.text, pair, cue_id)
    return found

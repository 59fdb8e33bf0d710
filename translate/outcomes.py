"""How each line came out: what stays with the track beside its cues, and what is doubtful."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from subtitles.cues import CueTrack
from subtitles.findings import Finding, Severity
from subtitles.style.profile import StyleProfile
from translate.aids import ShowWords
from translate.choosing.candidates import Answer
from translate.choosing.doubts import fault_findings, low_quality
from translate.choosing.quality import quality
from translate.drafts import Origin, SentenceDraft
from translate.lines import Line
from translate.options import Option, Options
from translate.translator import LanguagePair


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One line and what it is shown as.

    Attributes:
        line: The line.
        options: What it is shown as, and what it might have been shown as.
        answer: What the engine said; None when it was not asked.
    """

    line: Line
    options: Options
    answer: Answer | None

    @property
    def chosen(self) -> Option:
        """What it is shown as."""
        return self.options.best


def drafts_of(
    outcomes: Sequence[Outcome],
    shown_in: Mapping[str, str],
    glossary: ShowWords | None,
    pair: LanguagePair,
) -> tuple[SentenceDraft, ...]:
    """What stays with the track of each line.

    Args:
        outcomes: All lines, in order.
        shown_in: For each source cue, the target cue that renders it.
        glossary: The show's words; None for none.
        pair: The languages.
    """
    return tuple(_draft(one, _target_ids(one.line, shown_in), glossary, pair) for one in outcomes)


def _draft(
    outcome: Outcome, cue_ids: tuple[str, ...], glossary: ShowWords | None, pair: LanguagePair
) -> SentenceDraft:
    line, answer = outcome.line, outcome.answer
    rendering, candidate = outcome.chosen.rendering, outcome.chosen.candidate
    return SentenceDraft(
        source_text=line.sentence.text,
        text=rendering.text,
        cue_ids=cue_ids,
        origin=outcome.options.origin,
        score=rendering.score,
        quality=quality(line.shown.core, candidate, answer, pair) if candidate and answer else None,
        faults=tuple(fault.rule for fault in candidate.faults) if candidate else (),
        runners_up=tuple(text for text in outcome.options.offered if text != rendering.text),
        memory_hits=line.hits,
        terms=glossary.agreed_in(line.sentence.text, pair) if glossary else (),
        retries=answer.retries if answer else 0,
    )


def doubts_of(
    outcomes: Sequence[Outcome],
    drafts: Sequence[SentenceDraft],
    track: CueTrack,
    shown_in: Mapping[str, str],
    *,
    pair: LanguagePair,
    profile: StyleProfile,
) -> Iterator[Finding]:
    """What a reviewer should look at, on the track's own cues.

    Args:
        outcomes: All lines, in order.
        drafts: The same, as they stay with the track.
        track: The finished track.
        shown_in: For each source cue, the target cue that renders it.
        pair: The languages.
        profile: Says how a rule counts in the target language.
    """
    for outcome in outcomes:
        candidate, sentence = outcome.chosen.candidate, outcome.line.sentence
        if outcome.options.origin is Origin.NONE:
            yield _gap(shown_in[sentence.cue_ids[0]])
        elif candidate is not None and candidate.faults:
            yield from fault_findings(sentence, candidate, shown_in, pair=pair, profile=profile)
    yield from low_quality(drafts, len(track.cues), profile)


def _gap(cue_id: str) -> Finding:
    """An error, so that nobody approves the cue as it is."""
    return Finding(
        rule="no-translation",
        severity=Severity.ERROR,
        cue_id=cue_id,
        measured=0,
        limit=1,
        unit="translations",
        source="translate.outcomes: the engine gave nothing, however it was asked",
    )


def _target_ids(line: Line, shown_in: Mapping[str, str]) -> tuple[str, ...]:
    """The target cues of a line, in order, each once."""
    return tuple(dict.fromkeys(shown_in[cue_id] for cue_id in line.sentence.cue_ids))

"""How one language of a run was translated, in numbers, and which of its cues are new."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from subtitles.cues import CueTrack
from translate.drafts import Origin, SentenceDraft
from translate.glossary.verifying import missed_terms
from translate.track import TranslatedTrack
from translate.translator import Sentence

LOW_QUALITY = "low-quality"
"""The rule about sentences that the estimate trusts least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslationSummary:
    """One translated track in numbers; all but the last three are the same on every run.

    Attributes:
        sentences: How many there are.
        mean_quality: Over the sentences that have an estimate; None when none has.
        low_quality_cues: Cues marked for the linguist as those that are trusted least.
        terms: Words of the show that were said, each once a sentence.
        terms_honoured: Those of them that the translation has as agreed.
        from_memory: Sentences that approved work had a translation of.
        asked: Stretches of text that an engine was asked for in this run, each counted once
            however often it was asked; the others were answered before. What Whisper hears and
            translates by itself is not counted.
        asked_cues: Cues in which those stand for the first time, in order.
        changed_cues: Cues of sentences that are not as this title's last draft in this language has
            them, in order; None when there was no draft before.
    """

    sentences: int
    mean_quality: float | None
    low_quality_cues: int
    terms: int
    terms_honoured: int
    from_memory: int
    asked: int = 0
    asked_cues: tuple[str, ...] = ()
    changed_cues: tuple[str, ...] | None = None


def summary_text(summary: TranslationSummary) -> str:
    """What is the same on every run, on one line; what there is nothing of is left out."""
    parts = [f"{summary.sentences:,} sentences"]
    if summary.mean_quality is not None:
        parts.append(f"estimated quality {summary.mean_quality:.0%}")
    if summary.low_quality_cues:
        parts.append(f"{summary.low_quality_cues:,} cues trusted least")
    if summary.terms:
        parts.append(f"{summary.terms_honoured:,} of {summary.terms:,} terms as agreed")
    if summary.from_memory:
        parts.append(f"{summary.from_memory:,} from memory")
    return ", ".join(parts)


def redone_text(summary: TranslationSummary) -> str:
    """What this run did, on one line."""
    asked = f"{summary.asked:,} asked anew"
    if summary.changed_cues is None:
        return asked
    return f"{asked}, cues changed: {len(summary.changed_cues):,}"


def summary_of(
    made: TranslatedTrack, asked: Sequence[Sentence] = (), before: TranslatedTrack | None = None
) -> TranslationSummary:
    """The numbers of a translated track.

    Args:
        made: The track.
        asked: What an engine was asked for to make it.
        before: The title's last draft in this language.
    """
    drafts, language = made.sentences, made.track.language
    qualities = [draft.quality for draft in drafts if draft.quality is not None]
    terms = sum(len({one.forms for one in draft.terms}) for draft in drafts)
    missed = sum(len(missed_terms(one.terms, one.text, language)) for one in drafts if one.terms)
    shown_in = {name: cue.cue_id for cue in made.track.cues for name in cue.source_cue_ids}
    asked_in = (shown_in[name] for one in asked for name in one.cue_ids if name in shown_in)
    return TranslationSummary(
        sentences=len(drafts),
        mean_quality=round(sum(qualities) / len(qualities), 3) if qualities else None,
        low_quality_cues=len({one.cue_id for one in made.warnings if one.rule == LOW_QUALITY}),
        terms=terms,
        terms_honoured=terms - missed,
        from_memory=sum(draft.origin is Origin.MEMORY for draft in drafts),
        asked=len({one.text for one in asked}),
        asked_cues=_in_order(made.track, asked_in),
        changed_cues=None if before is None else _changed(made, before),
    )


def _changed(made: TranslatedTrack, before: TranslatedTrack) -> tuple[str, ...]:
    """Cues of sentences that read otherwise, and cues that read otherwise though they do not."""
    drafted = {_said(draft) for draft in before.sentences}
    shown = {cue.cue_id: cue.lines for cue in before.track.cues}
    anew = [name for one in made.sentences if _said(one) not in drafted for name in one.cue_ids]
    moved = [cue.cue_id for cue in made.track.cues if shown.get(cue.cue_id) != cue.lines]
    return _in_order(made.track, (*anew, *moved))


def _said(draft: SentenceDraft) -> tuple[str, str]:
    return draft.source_text, draft.text


def _in_order(track: CueTrack, cue_ids: Iterable[str]) -> tuple[str, ...]:
    """Each once, in the order of the track."""
    wanted = set(cue_ids)
    return tuple(cue.cue_id for cue in track.cues if cue.cue_id in wanted)

"""A whole machine draft merged into a task: cues, what is found on them, sentences."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from review.drafts import drafted_cues
from review.edits import measured_anew
from review.machine_drafts import Draft
from review.measuring import Yardstick
from review.merging.merge import Hand, Merged, Newer, merge
from review.merging.report import MergeReport, report_of
from review.merging.source_cues import SourceCue
from review.passages import cue_qualities
from review.remeasuring import remeasured
from review.tasks import ReviewCue
from subtitles.findings import Finding
from translate.drafts import SentenceDraft
from translate.glossary.agreed import AgreedTerm


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedDraft:
    """A task as it is after a merge.

    Attributes:
        cues: In order, with what is found on each.
        sources: What they render, in order.
        sentences: Those of the draft, running through the cues that now stand for its own.
        track_findings: What was found on the whole draft.
        report: What happened.
    """

    cues: tuple[ReviewCue, ...]
    sources: tuple[SourceCue, ...]
    sentences: tuple[SentenceDraft, ...]
    track_findings: tuple[Finding, ...]
    report: MergeReport


def merge_draft(hand: Hand, draft: Draft, by: Yardstick) -> MergedDraft:
    """The draft in the hands of people.

    What the pipeline found on its own cues comes with them, what stood on kept cues stays; both are
    measured anew where their source, their times or what stands beside them has changed.

    Args:
        hand: The task as people have left it, findings and all.
        draft: What the machine says now.
        by: What the draft's cues are measured by.
    """
    qualities = cue_qualities(draft.sentences)
    newer = Newer(cues=draft.cues, qualities=qualities, made_by=draft.made_by)
    merged = merge(hand, newer)
    sentences = _moved(draft.sentences, merged)
    terms = _terms_by_cue(sentences)
    coming = _drafted(draft, merged)
    brought = {cue.cue_id: cue for cue in coming}
    brought |= {cue.cue_id: cue for cue in hand.cues if cue.cue_id in merged.kept_ids}
    before = {cue.cue_id: cue for cue in hand.cues}
    cues = tuple(_with_findings(cue, brought[cue.cue_id], before) for cue in merged.cues)
    kept = remeasured(hand.cues, cues, by, terms.__getitem__)
    new = remeasured(coming, cues, by, terms.__getitem__)
    return MergedDraft(
        cues=tuple(
            one if one.cue_id in merged.kept_ids else other
            for one, other in zip(kept, new, strict=True)
        ),
        sources=merged.sources,
        sentences=sentences,
        track_findings=tuple(one for one in draft.findings if not one.cue_id),
        report=report_of(hand, merged),
    )


def _drafted(draft: Draft, merged: Merged) -> tuple[ReviewCue, ...]:
    """The cues of the draft as the pipeline measured them, by the names they have here.

    Those in whose place people's cues stand have none: they are there as neighbours.
    """
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in draft.findings:
        found[finding.cue_id].append(finding)
    cues = []
    for cue in drafted_cues(draft):
        standing = merged.standing[cue.cue_id]
        goes_in = len(standing) == 1 and standing[0] not in merged.kept_ids
        name = standing[0] if goes_in else ""
        findings = tuple(replace(one, cue_id=name) for one in found[cue.cue_id])
        cues.append(replace(cue, cue_id=name, findings=findings))
    return tuple(cues)


def _with_findings(
    cue: ReviewCue, brought: ReviewCue, before: Mapping[str, ReviewCue]
) -> ReviewCue:
    """A merged cue with what was found on it where it comes from, and what was let stay."""
    was = before.get(cue.cue_id)
    known = replace(cue, waivers=() if was is None else was.waivers)
    return measured_anew(known, brought.findings)


def _moved(sentences: Sequence[SentenceDraft], merged: Merged) -> tuple[SentenceDraft, ...]:
    """The sentences with the cues they now run through, those left out that run through none."""
    places = {cue.cue_id: cue.ordinal for cue in merged.cues}
    moved = []
    for sentence in sentences:
        names = {name for cue_id in sentence.cue_ids for name in merged.standing[cue_id]}
        if names:
            cue_ids = tuple(sorted(names, key=places.__getitem__))
            moved.append(replace(sentence, cue_ids=cue_ids))
    return tuple(moved)


def _terms_by_cue(sentences: Sequence[SentenceDraft]) -> Mapping[str, Sequence[AgreedTerm]]:
    terms: dict[str, list[AgreedTerm]] = defaultdict(list)
    for sentence in sentences:
        for cue_id in sentence.cue_ids:
            terms[cue_id] += sentence.terms
    return terms

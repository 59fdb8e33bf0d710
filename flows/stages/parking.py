"""Cue tracks into the review queue."""

import hashlib

from flows.artifacts.store import ArtifactRef
from flows.title import Localizable
from review.machine_drafts import Draft, DraftCue
from review.store import ReviewStore
from review.tasks import ReviewTask
from subtitles.cues import Cue, CueTrack
from subtitles.report.model import LanguageResult
from translate.track import TranslatedTrack


def park(
    store: ReviewStore,
    title: Localizable,
    source: CueTrack,
    made: TranslatedTrack,
    ref: ArtifactRef,
    checks: LanguageResult,
) -> tuple[ReviewTask, bool]:
    """Put the draft into the queue; the bool tells whether it was new. Idempotent.

    Args:
        store: The queue.
        title: What the draft is of.
        source: The cues in the source language.
        made: The draft, with what is known of its sentences.
        ref: Where it is stored.
        checks: The style it keeps, and what was found on it.
    """
    track, profile, asset = made.track, checks.profile, title.asset
    rate = title.picture.frame_rate
    return store.park(
        Draft(
            media_id=title.media_id,
            title=title.request.stem,
            media_path=str(asset.path) if asset else "",
            frame_rate=str(rate) if rate else None,
            source_language=source.language,
            language=track.language,
            audience=profile.audience,
            kind=profile.kind,
            client=profile.client,
            project=title.request.project,
            draft_id=hashlib.sha256(f"{title.media_id}\x1f{ref.digest}".encode()).hexdigest(),
            made_by=str(track.made_by),
            cues=_draft_cues(source, track),
            findings=tuple(checks.findings),
            sentences=made.sentences,
        )
    )


def _draft_cues(source: CueTrack, track: CueTrack) -> tuple[DraftCue, ...]:
    source_cues = {cue.cue_id: cue for cue in source.cues}
    return tuple(
        DraftCue(
            cue_id=cue.cue_id,
            span=cue.span,
            text=cue.text,
            source_text=_source_text(cue, source_cues),
            confidence=cue.confidence,
        )
        for cue in track.cues
    )


def _source_text(cue: Cue, source_cues: dict[str, Cue]) -> str:
    if not cue.source_cue_ids:
        return cue.text
    return "\n".join(source_cues[cue_id].text for cue_id in cue.source_cue_ids)

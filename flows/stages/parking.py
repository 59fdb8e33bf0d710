"""Cue tracks into the review queue."""

import hashlib
from collections.abc import Sequence

from asr.media import MediaAsset
from flows.artifacts.store import ArtifactRef
from review.store import ReviewStore
from review.tasks import Draft, DraftCue, ReviewTask
from subtitles.cues import Cue, CueTrack
from subtitles.findings import Finding
from subtitles.style.profile import StyleProfile


def park(  # noqa: PLR0913 - a draft is made of exactly these
    store: ReviewStore,
    *,
    asset: MediaAsset,
    title: str,
    source: CueTrack,
    track: CueTrack,
    ref: ArtifactRef,
    profile: StyleProfile,
    findings: Sequence[Finding],
) -> tuple[ReviewTask, bool]:
    """Put the draft into the queue; the bool tells whether it was new. Idempotent."""
    return store.park(
        Draft(
            media_id=asset.media_id,
            title=title,
            media_path=str(asset.path),
            frame_rate=str(asset.frame_rate) if asset.frame_rate else None,
            source_language=source.language,
            language=track.language,
            audience=profile.audience,
            kind=profile.kind,
            client=profile.client,
            draft_id=hashlib.sha256(f"{asset.media_id}\x1f{ref.digest}".encode()).hexdigest(),
            made_by=str(track.made_by),
            cues=_draft_cues(source, track),
            findings=tuple(findings),
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

"""The transcript that people approved, as the track that translations are made from."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from flows.progress import current_progress
from flows.stages.once import Stage, StageResult
from flows.stages.subtitling import TRACKS
from review.release.document import ReleasedCue, ReleaseDocument
from subtitles.cues import Cue, CueTrack
from subtitles.signature import EngineSignature
from subtitles.span import Span

_PEOPLE = EngineSignature(engine="review", engine_version="1")


def says_the_same(document: ReleaseDocument, heard: CueTrack) -> bool:
    """Whether people approved the machine's own cues: then these stay what is translated."""
    approved = [(one.cue_id, one.start_ms, one.end_ms, one.text) for one in document.cues]
    machine = [(cue.cue_id, cue.span.start_ms, cue.span.end_ms, cue.text) for cue in heard.cues]
    return approved == machine


def approved_stage(document: ReleaseDocument, heard: StageResult[CueTrack]) -> Stage[CueTrack]:
    """The approved cues; what the machine knows of a cue that is still there stays with it.

    Two approvals of the same text give the same result. Where a lead let a cue be shown while the
    one before it still is, the one before ends there, and the run warns of it.

    Raises:
        InvalidCueError: when computed, for two cues that begin at the same time.
    """
    said = [[one.cue_id, one.start_ms, one.end_ms, one.text] for one in document.cues]
    digest = hashlib.sha256(json.dumps(said).encode()).hexdigest()
    return Stage(
        name="approved-cues",
        made_from={"approved": digest, "heard": heard.ref.digest},
        codec=TRACKS,
        compute=lambda: _track(document, heard.value),
    )


def _track(document: ReleaseDocument, heard: CueTrack) -> CueTrack:
    machine = {cue.cue_id: cue for cue in heard.cues}
    ends = _ends(document.cues)
    return CueTrack(
        media_id=heard.media_id,
        language=heard.language,
        cues=tuple(_cue(one, ends[one.cue_id], machine) for one in document.cues),
        made_by=_PEOPLE,
    )


def _ends(cues: Sequence[ReleasedCue]) -> dict[str, int]:
    """When each cue ends: with the next one's beginning at the latest."""
    ends = {one.cue_id: one.end_ms for one in cues}
    for earlier, later in pairwise(cues):
        if later.start_ms < earlier.end_ms:
            ends[earlier.cue_id] = later.start_ms
            current_progress.get().warned(
                f"the approved cue {earlier.cue_id} overlaps the next one; it is translated as "
                f"ending {earlier.end_ms - later.start_ms} ms earlier"
            )
    return ends


def _cue(approved: ReleasedCue, end_ms: int, machine: Mapping[str, Cue]) -> Cue:
    span = Span(approved.start_ms, end_ms)
    lines = tuple(line for line in approved.text.split("\n") if line.strip())
    known = machine.get(approved.cue_id)
    if known is None:
        return Cue(cue_id=approved.cue_id, span=span, lines=lines)
    moves = known.moves if known.span == span else ()
    # What a person wrote or left standing is no guess any more.
    return replace(known, span=span, lines=lines, moves=moves, confidence=1.0)

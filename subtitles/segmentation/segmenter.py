"""Words to cues: where to cut speech so that it reads well and in time."""

from collections.abc import Sequence

from subtitles.cues import Cue, CueTrack, derive_cue_id
from subtitles.picture import Picture
from subtitles.segmentation.cutter import Cutter
from subtitles.segmentation.spoken import SpokenPiece, spoken_pieces
from subtitles.signature import EngineSignature
from subtitles.span import Span
from subtitles.style.profile import StyleProfile
from subtitles.timing.fitting import time_cues
from subtitles.words import Transcript

SEGMENTATION_VERSION = "2"
"""Moves with every change that can cut or time differently: part of every cache key."""


def segment(transcript: Transcript, profile: StyleProfile, *, picture: Picture) -> CueTrack:
    """The transcript as cues: every visible character, in order, in rows and times that hold.

    Never more than ``max_lines`` rows nor a row wider than allowed, never longer than the longest
    duration, never closer than the smallest gap. Reading speed and the shortest duration are kept
    where the speech leaves room. In-times are at most one frame before the first word, and later
    only where words collide. The same input gives the same cues and ids.

    Where the words name their speakers, every speaker has rows of their own. A cue ends with a turn
    or holds two short ones, one row each, marked with the dashes of the language.

    Args:
        transcript: What was said; nonsense (zero-length or overlapping words, one endless word) is
            cut like anything else.
        profile: Limits of the spoken language.
        picture: The frame grid, cuts and end of the title.
    """
    spoken = spoken_pieces(transcript.words, profile)
    cues: tuple[Cue, ...] = ()
    if spoken:
        cues = _cues(spoken, transcript, profile, picture)
    return CueTrack(
        media_id=transcript.media_id,
        language=transcript.language,
        cues=cues,
        made_by=EngineSignature(
            engine="polycue-segmenter",
            engine_version=SEGMENTATION_VERSION,
            model=profile.profile_id,
            model_revision=profile.revision,
            options=(("frame_rate", str(picture.frame_rate)),),
        ),
    )


def _cues(
    spoken: Sequence[SpokenPiece],
    transcript: Transcript,
    profile: StyleProfile,
    picture: Picture,
) -> tuple[Cue, ...]:
    cutter = Cutter(spoken, profile, picture.frame_rate)
    cuts = cutter.cuts()
    rows = [cutter.rows(start, end) for start, end in cuts]
    speech = [
        Span(spoken[start].span.start_ms, max(one.span.end_ms for one in spoken[start:end]))
        for start, end in cuts
    ]
    names = (transcript.media_id, transcript.language, profile.revision, SEGMENTATION_VERSION)
    drafts = [
        Cue(
            cue_id=derive_cue_id(*names, number, "\n".join(lines)),
            # A place to start from: a cue takes some time, a recognised word may take none.
            span=Span(said.start_ms, max(said.end_ms, said.start_ms + 1)),
            lines=lines,
            confidence=min(one.probability for one in spoken[start:end]),
            speech=said,
        )
        for number, ((start, end), lines, said) in enumerate(zip(cuts, rows, speech, strict=True))
    ]
    return time_cues(drafts, profile, picture, linger=True)

"""What was heard and seen of a title, as the reviewer form shows it along the cues."""

from asr.hearing.listening import Listening
from flows.title import Title
from review.timeline import Timeline


def timeline_of(title: Title, listening: Listening) -> Timeline:
    """Sound, shots and speech of a title."""
    waveform = listening.waveform
    return Timeline(
        duration_ms=listening.duration_ms,
        peaks_hz=waveform.peaks_hz if waveform else 0,
        peaks=waveform.peaks if waveform else "",
        shot_changes_ms=title.shot_changes_ms,
        speech=tuple(region for chunk in listening.chunks for region in chunk.sure),
    )

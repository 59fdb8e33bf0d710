"""What was heard and seen of a title, as the reviewer form shows it along the cues."""

from asr.hearing.listening import Listening
from flows.title import Title
from review.hearing import HeardWord
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


def heard_words(title: Title) -> tuple[HeardWord, ...]:
    """Every word of a title with how sure the recogniser was of it."""
    if title.transcript is None:
        return ()
    return tuple(
        HeardWord(
            text=word.text.strip(),
            span=word.span,
            percent=round(100 * word.probability),
            doubts=tuple(doubt.value for doubt in word.doubts),
            speaker=word.speaker,
        )
        for word in title.transcript.words
        if word.text.strip()
    )

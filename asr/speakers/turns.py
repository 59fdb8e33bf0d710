"""Making turns of stretches that somebody was heard in (pure)."""

from collections.abc import Iterable
from dataclasses import replace

from asr.speakers.diarizer import SpeakerTurn
from subtitles.span import Span


def named_by_appearance(turns: Iterable[SpeakerTurn]) -> tuple[SpeakerTurn, ...]:
    """The same turns in order of their start, speakers renamed ``S1``, ``S2``… as first heard."""
    ordered = sorted(turns, key=lambda turn: (turn.span, turn.speaker))
    names: dict[str, str] = {}
    for turn in ordered:
        names.setdefault(turn.speaker, f"S{len(names) + 1}")
    return tuple(replace(turn, speaker=names[turn.speaker]) for turn in ordered)


def joined(turns: Iterable[SpeakerTurn], *, pause_ms: int) -> tuple[SpeakerTurn, ...]:
    """Turns of one speaker that follow each other within a pause, as one.

    Args:
        turns: In order of their start.
        pause_ms: The longest pause inside a turn; nobody else speaks in it.
    """
    kept: list[SpeakerTurn] = []
    for turn in turns:
        last = kept[-1] if kept else None
        if (
            last is not None
            and last.speaker == turn.speaker
            and turn.span.start_ms - last.span.end_ms <= pause_ms
        ):
            end_ms = max(last.span.end_ms, turn.span.end_ms)
            kept[-1] = replace(last, span=Span(last.span.start_ms, end_ms))
        else:
            kept.append(turn)
    return tuple(kept)

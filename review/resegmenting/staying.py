"""Which cues stay as they are when others are cut anew, and why."""

from collections import Counter
from collections.abc import Sequence
from enum import StrEnum

from review.resegmenting.spoken_texts import SpokenText
from review.resegmenting.word_times import Said

_SOUND_SIGNS = frozenset("♪♫[]")
_MOST_TURNS = 2


class WhyLeft(StrEnum):
    """Why a cue that nobody has confirmed stays as it is."""

    OFFERED = "offered"
    """A newer text waits for somebody to look at it."""
    TAGS = "tags"
    """Some of its words alone are in italics, or have other tags."""
    SOUND = "sound"
    """It tells a sound, or is sung."""
    UNHEARD = "unheard"
    """Nothing was heard at its time: text on the screen, say, or a cue shifted by hand."""
    SPEAKERS = "speakers"
    """Several people speak in it, and nobody knows which words are whose."""
    ODD = "odd"
    """It has characters that nobody sees, and that would be lost."""
    NO_ROOM = "no-room"
    """Between its neighbours there is no time for what it would become."""


def why_left(text: SpokenText, said: Sequence[Said]) -> WhyLeft | None:
    """Why a cue cannot be cut anew; None if it can.

    Args:
        text: Of the cue.
        said: Its words, as many as the text has.
    """
    cue = text.cue
    whole = cue.text.strip()
    is_sound = bool(_SOUND_SIGNS.intersection(whole)) or (whole[:1], whole[-1:]) == ("(", ")")
    speakers = speakers_of(text, said)
    reasons = {
        WhyLeft.OFFERED: bool(cue.offered_text) or cue.is_stale,
        WhyLeft.TAGS: text.is_tagged,
        WhyLeft.SOUND: is_sound,
        WhyLeft.UNHEARD: not any(word.is_heard for word in said),
        WhyLeft.SPEAKERS: bool(text.turns)
        and (len(text.turns) != _MOST_TURNS or "" in speakers or len(set(speakers)) == 1),
    }
    return next((why for why, holds in reasons.items() if holds), None)


def speakers_of(text: SpokenText, said: Sequence[Said]) -> tuple[str, ...]:
    """Who speaks every word of a cue: one voice a turn, that of most of its words."""
    found: list[str] = []
    for count in text.turns or (len(said),):
        labels = [word.speaker for word in said[len(found) : len(found) + count] if word.speaker]
        voice = Counter(labels).most_common(1)
        found += [voice[0][0] if voice else ""] * count
    return tuple(found)

"""What a recogniser doubts about its own transcript, in terms a linguist can act on."""

from dataclasses import dataclass
from enum import StrEnum

from subtitles.span import Span


class Doubt(StrEnum):
    """Why a stretch of a transcript should be listened to."""

    NO_SPEECH = "no-speech"
    """Words where the voice detector hears nobody."""
    UNSURE = "unsure"
    """Words the recogniser itself gives little probability."""
    REPETITION = "repetition"
    """The same words again and again."""
    STOCK_PHRASE = "stock-phrase"
    """Words that recognisers are known to invent: credits, thanks for watching."""
    SPEAKING_RATE = "speaking-rate"
    """More words than anybody can say in that time."""
    FOREIGN = "foreign-language"
    """Spoken in another language than the title's."""
    SPEECH_WITHOUT_WORDS = "speech-without-words"
    """Somebody speaks and there are no words."""
    QUIET_SPEECH = "quiet-speech"
    """Somebody may be whispering, far from the microphone or under music; there are no words."""


INVENTED = frozenset(
    {Doubt.NO_SPEECH, Doubt.UNSURE, Doubt.REPETITION, Doubt.STOCK_PHRASE, Doubt.SPEAKING_RATE}
)
"""The words are probably not said."""

MISSED = frozenset({Doubt.SPEECH_WITHOUT_WORDS, Doubt.QUIET_SPEECH})
"""Something is probably said that has no words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtfulSpan:
    """A stretch of a title that a person should listen to.

    Attributes:
        span: Where, on the title's own clock.
        doubts: Why, the weightiest first; at least one.
        set_aside: Text that was heard there and is so surely invented that no cue is made of it;
            empty when nothing was set aside. Kept, so that nothing is silently deleted.
    """

    span: Span
    doubts: tuple[Doubt, ...]
    set_aside: str = ""

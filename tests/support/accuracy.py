"""How well recognised text and its times agree with a reference."""

from dataclasses import dataclass

from asr.scoring.readings import Reading, tokens
from asr.scoring.word_errors import word_errors
from subtitles.formats.srt import SrtFormat
from subtitles.language import parse_language

_ENGLISH = parse_language("en")


def plain_words(text):
    """Lower case, no punctuation: what a word error rate compares."""
    return " ".join(tokens(text, reading=Reading.PLAIN, language=_ENGLISH))


def word_error_rate(reference, heard):
    return word_errors(reference, heard, language=_ENGLISH).rate


@dataclass(frozen=True)
class SentenceStart:
    """One reference sentence and the in-time of the cue that begins it (None when none does)."""

    text: str
    reference_ms: int
    cue_ms: int | None

    @property
    def error_ms(self):
        return None if self.cue_ms is None else self.cue_ms - self.reference_ms


# Words compared to decide that a cue begins a sentence: enough to tell sentences apart, few enough
# to survive a misheard word further on.
_OPENING_WORDS = 2


def sentence_starts(reference_srt, cues):
    """For each reference sentence, the nearest cue that begins with its opening words."""
    found = []
    for sentence in SrtFormat().decode(reference_srt).document.subtitles:
        opening = plain_words(" ".join(sentence.lines)).split()[:_OPENING_WORDS]
        starts = [
            cue.span.start_ms
            for cue in cues
            if plain_words(" ".join(cue.lines)).split()[: len(opening)] == opening
            and abs(cue.span.start_ms - sentence.span.start_ms) < 2000
        ]
        nearest = min(starts, key=lambda ms: abs(ms - sentence.span.start_ms), default=None)
        found.append(SentenceStart(" ".join(sentence.lines), sentence.span.start_ms, nearest))
    return found

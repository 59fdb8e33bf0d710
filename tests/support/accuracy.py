"""How well recognised text and its times agree with a reference."""

import re
import unicodedata
from dataclasses import dataclass

import jiwer

from subtitles.formats.srt import SrtFormat

_NOT_WORDS = re.compile(r"[^\w\s']")


def plain_words(text):
    """Lower case, no punctuation: what a word error rate compares."""
    text = unicodedata.normalize("NFKC", text).replace("’", "'").replace("-", " ")
    return " ".join(_NOT_WORDS.sub(" ", text.lower()).split())


def word_error_rate(reference, heard):
    return jiwer.wer(plain_words(reference), plain_words(heard))


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

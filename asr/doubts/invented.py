"""Telling text that recognisers invent for music and noise from text they hear (pure).

Cheap rules on one decoded window, far from anything seen in real speech: in 115 windows of read,
acted and telephone speech in four languages the mean log probability was never under −0.41, the
detected share of speech never under 0.70, the rate never over 20.1 characters a second, the
compression ratio never over 2.1; inventions in music, tones and room noise had −0.73 to −2.13, 0.00
to 0.11, and once 163 characters a second. Quiet speech that the detector misses keeps its words as
long as the recogniser is sure of them.
"""

from collections.abc import Iterator, Sequence

from asr.doubts.heard import HeardWindow
from asr.doubts.plain_words import says_something
from asr.doubts.repetition import looping
from asr.doubts.speaking_rate import least_ms
from asr.doubts.stock_phrases import is_filler, stock_tail
from asr.hearing.word_times import TimedText
from subtitles.doubts import MISSED, Doubt
from subtitles.span import Span

_UNSURE_LOG_PROBABILITY = -0.7
_LITTLE_SPEECH_SHARE = 0.25
# Below this nobody is heard but for a click or two.
_NO_SPEECH_SHARE = 0.1
# Whisper's own limits: text this compressible repeats itself, and this much doubt is no speech.
_LOOPING_RATIO = 2.4
_NO_SPEECH_PROBABILITY = 0.6
# What the detector misses at the edges of speech, in which words may be said as well.
_UNHEARD_EDGES_MS = 1000
# So many times the fastest speech is not speech, whatever the detector may have missed.
_SURELY_TOO_FAST = 1.4
# Real windows have at least 13 letters in a second of what is surely speech. With 5, a fifth of
# what the fastest could say, much of it has no words; a short cry may well be drawn out.
_LEAST_LETTERS_SHARE = 0.18
_ENOUGH_SPEECH_MS = 8000
# A single word in a window that is sure of the others. Below it lies no word of 1,379 in real
# recordings; higher limits say little, as of 43 words below 0.5 only 16 were wrong.
_UNSURE_WORD = 0.15
# No word takes longer than both, but one drawn out: it was stretched over others that are missing.
_LONGEST_WORD_MS = 2500
_LONGEST_LETTER_MS = 300
# A word this far from anything audible was heard by the recogniser alone…
_UNHEARD_WORD_MS = 600
# …and this far from anything that surely is speech it may be: 1 of those 1,379 words is.
_UNSURE_SPEECH_MS = 300
# What a recogniser says that was told there is speech, and cannot make out a word of it.
_GUESS = frozenset({Doubt.UNSURE, Doubt.STOCK_PHRASE})


def invented(heard: HeardWindow) -> tuple[Doubt, ...]:
    """Why a window's text may not be what was said, the weightiest first; empty when it is fine.

    Too little text for so much speech is among the reasons: then most of it is missed.
    """
    if not says_something(heard.text):
        return ()
    return tuple(_doubts(heard))


def is_surely_invented(heard: HeardWindow) -> bool:
    """Whether no cue should be made of a window's text: far too fast, or unsure and unheard."""
    if not says_something(heard.text):
        return False
    too_fast = least_ms(heard.text) > _SURELY_TOO_FAST * heard.window.duration_ms
    unsure = heard.mean_log_probability < _UNSURE_LOG_PROBABILITY
    return too_fast or (unsure and heard.speech_share < _LITTLE_SPEECH_SHARE)


def better(first: HeardWindow, second: HeardWindow) -> HeardWindow:
    """The decoding of a window to keep; the first, unless the second clearly wins.

    1. Words that are said beat words that are surely invented, and where nothing was heard at
       first, words without a doubt (where there surely is speech, any words but a stock phrase
       that is unsure) beat none.
    2. A second decoding without words never wins: what was heard is doubted, not deleted. Neither
       does one with less than half of the text, unless the first one loops or is too fast.
    3. Fewer doubts win; of as many, the surer decoding, by its mean log probability.
    """
    if not says_something(second.text):
        return first
    if not says_something(first.text):
        doubted = set(invented(second))
        is_guess = doubted >= _GUESS
        fine = not doubted or (second.speech_share >= _LITTLE_SPEECH_SHARE and not is_guess)
        return second if fine and not is_surely_invented(second) else first
    if is_surely_invented(first) != is_surely_invented(second):
        return first if is_surely_invented(second) else second
    doubts = invented(first)
    is_swollen = Doubt.REPETITION in doubts or Doubt.SPEAKING_RATE in doubts
    if not is_swollen and 2 * len(second.text) < len(first.text):
        return first
    return min(first, second, key=lambda one: (len(invented(one)), -one.mean_log_probability))


def doubtful_words(
    heard: HeardWindow, audible: Sequence[Span] = (), sure: Sequence[Span] | None = None
) -> tuple[tuple[Doubt, ...], ...]:
    """Why each of a window's words may not have been said, in their order; mostly empty.

    Doubts about the whole text are doubts of each word; a loop and a stock phrase only of theirs.

    Args:
        heard: The decoding that was kept.
        audible: Regions worth listening to; without any, no word is judged by them.
        sure: Regions that are surely speech; None when words are not to be judged by them.
    """
    found = [set(_doubts_of_word(word)) for word in heard.words]
    for doubts, word in zip(found, heard.words, strict=True):
        unheard = audible and not _is_near(word, audible, _UNHEARD_WORD_MS)
        if unheard or (sure is not None and not _is_near(word, sure, _UNSURE_SPEECH_MS)):
            doubts.add(Doubt.NO_SPEECH)
    for doubt in invented(heard):
        if doubt in MISSED:  # no word's fault
            continue
        for index in _concerned(doubt, heard):
            found[index].add(doubt)
    return tuple(tuple(doubt for doubt in Doubt if doubt in one) for one in found)


def _concerned(doubt: Doubt, heard: HeardWindow) -> range:
    """Which words a doubt about a window's text is about."""
    texts = [word.text for word in heard.words]
    count = len(texts)
    if doubt is Doubt.REPETITION:
        return looping(texts, heard.language) or range(count)
    if doubt is Doubt.STOCK_PHRASE:
        return range(count - (stock_tail(texts) or count), count)
    return range(count)


def _doubts_of_word(word: TimedText) -> Iterator[Doubt]:
    letters = sum(character.isalnum() for character in word.text)
    longest_ms = max(_LONGEST_WORD_MS, letters * _LONGEST_LETTER_MS)
    if word.probability < _UNSURE_WORD or word.end_ms - word.start_ms > longest_ms:
        yield Doubt.UNSURE


def _is_near(word: TimedText, regions: Sequence[Span], near_ms: int) -> bool:
    start_ms, end_ms = word.start_ms - near_ms, word.end_ms + near_ms
    return any(one.start_ms < end_ms and start_ms < one.end_ms for one in regions)


def _doubts(heard: HeardWindow) -> Iterator[Doubt]:
    words = [word.text for word in heard.words] or heard.text.split()
    unsure = heard.mean_log_probability < _UNSURE_LOG_PROBABILITY
    unheard = heard.speech_share < _LITTLE_SPEECH_SHARE
    doubted = unsure or heard.no_speech_probability > _NO_SPEECH_PROBABILITY
    if heard.speech_share < _NO_SPEECH_SHARE or (unheard and doubted):
        yield Doubt.NO_SPEECH
    if unsure:
        yield Doubt.UNSURE
    if heard.compression_ratio > _LOOPING_RATIO or looping(words, heard.language):
        yield Doubt.REPETITION
    if stock_tail(words) or (is_filler(words, heard.language) and (unheard or doubted)):
        yield Doubt.STOCK_PHRASE
    if least_ms(heard.text) > _spoken_ms(heard):
        yield Doubt.SPEAKING_RATE
    sure_ms = heard.speech_share * heard.window.duration_ms
    if sure_ms >= _ENOUGH_SPEECH_MS and least_ms(heard.text) < _LEAST_LETTERS_SHARE * sure_ms:
        yield Doubt.SPEECH_WITHOUT_WORDS


def _spoken_ms(heard: HeardWindow) -> float:
    """How long somebody may speak in a window."""
    audible_ms = heard.audible_share * heard.window.duration_ms
    return min(heard.window.duration_ms, audible_ms + _UNHEARD_EDGES_MS)

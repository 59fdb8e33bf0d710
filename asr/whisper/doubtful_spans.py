"""What a linguist should listen to, made of what was heard (pure)."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from asr.doubts.heard import HeardWindow
from asr.doubts.invented import doubtful_words, invented
from asr.hearing.listening import ChunkSpeech
from subtitles.doubts import Doubt, DoubtfulSpan
from subtitles.language import LanguageTag
from subtitles.span import Span
from subtitles.words import Word


def words_of(heard: HeardWindow, *, speech: ChunkSpeech, spoken: LanguageTag) -> list[Word]:
    """A window's words with their doubts; those in another language than the title's carry it.

    Args:
        heard: The decoding that was kept, its words aligned.
        speech: Where somebody speaks.
        spoken: The title's language.
    """
    language = None if heard.language == spoken else heard.language
    return [
        Word(
            text=word.text,
            span=Span(word.start_ms, word.end_ms),
            probability=word.probability,
            language=language,
            doubts=doubts,
        )
        for word, doubts in zip(
            heard.words, doubtful_words(heard, speech.audible, speech.sure), strict=True
        )
    ]


def set_aside(heard: HeardWindow) -> DoubtfulSpan:
    """A window whose text is surely invented: it is kept, but makes no cue."""
    return DoubtfulSpan(span=heard.window, doubts=invented(heard), set_aside=heard.text)


def spans_of(words: Sequence[Word]) -> Iterator[DoubtfulSpan]:
    """One span per run of words that are doubted for the same reasons, in time order.

    Words in another language than the title's are to be listened to as well.
    """
    for doubts, run in groupby(words, key=_doubts):
        if doubts:
            said = list(run)
            span = Span(said[0].span.start_ms, max(word.span.end_ms for word in said))
            yield DoubtfulSpan(span=span, doubts=doubts)


def _doubts(word: Word) -> tuple[Doubt, ...]:
    return (*word.doubts, Doubt.FOREIGN) if word.language is not None else word.doubts

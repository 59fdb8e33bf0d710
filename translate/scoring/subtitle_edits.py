"""SubER, the edits between two subtitle files, breaks and times included: the home of ``suber``.

Importing this fails where the package is not installed: it measures, and nothing else needs it.
"""

from collections.abc import Iterator, Sequence

from suber.data_types import LineBreak, Subtitle, TimedWord
from suber.metrics.suber import calculate_SubER

from subtitles.counting import visible_text
from subtitles.cues import Cue
from subtitles.language import LanguageTag, base_language, is_unspaced
from subtitles.span import MS_PER_SECOND


def suber(shown: Sequence[Cue], wanted: Sequence[Cue], language: LanguageTag) -> float:
    """Edits per hundred words and breaks of the reference; lower is better, may exceed 100.

    Args:
        shown: The translation.
        wanted: The reference.
        language: Of both; where words are not spaced, every character counts as one.
    """
    found: float = calculate_SubER(
        list(_subtitles(shown, language)), list(_subtitles(wanted, language))
    )
    return found


def _subtitles(cues: Sequence[Cue], language: LanguageTag) -> Iterator[Subtitle]:
    """As the package has them, in order of time, cues without words left out."""
    for number, cue in enumerate(sorted(cues, key=lambda one: one.span), 1):
        start, end = (at / MS_PER_SECOND for at in (cue.span.start_ms, cue.span.end_ms))
        rows = [row for line in cue.lines if (row := _words(line, language))]
        words = [
            TimedWord(
                string=word,
                line_break=LineBreak.END_OF_LINE if place == len(row) - 1 else LineBreak.NONE,
                subtitle_start_time=start,
                subtitle_end_time=end,
            )
            for row in rows
            for place, word in enumerate(row)
        ]
        if words:
            words[-1].line_break = LineBreak.END_OF_BLOCK
            yield Subtitle(word_list=words, index=number, start_time=start, end_time=end)


def _words(line: str, language: LanguageTag) -> list[str]:
    words = visible_text(line).split()
    if is_unspaced(language) or base_language(language) == "ko":
        return list("".join(words))
    return words
